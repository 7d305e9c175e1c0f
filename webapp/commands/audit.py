"""`accord audit`: check that no history was changed or cut."""

import click


@click.group()
def audit() -> None:
    """Check histories, and keep anchors of them elsewhere."""
