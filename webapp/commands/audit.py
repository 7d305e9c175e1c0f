"""`accord audit`: check that no history was changed or cut, and keep anchors of the histories elsewhere."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.commands.installation import application, settings

if TYPE_CHECKING:
    from workflows.operations.audit import Checked


@click.group()
def audit() -> None:
    """Check histories, and keep anchors of them elsewhere."""


@audit.command()
@click.option("--trust", "key", default="", help="One trust, by its key; all of them otherwise.")
@click.option("--anchors", type=click.Path(path_type=Path), help="Anchors kept elsewhere: a file, or a folder of them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def verify(key: str, anchors: Path | None, as_json: bool) -> None:
    """Work out every hash of the histories anew. Ends with 1 where something was changed, moved or cut."""
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows.domain.errors import Broken  # noqa: PLC0415 - likewise
    from workflows.operations import anchors as kept  # noqa: PLC0415 - likewise
    from workflows.operations import audit as checks  # noqa: PLC0415 - likewise

    checked = checks.Checked()
    with sessions(application())() as session:
        try:
            exported = list(kept.read(anchors)) if anchors else []
            found = checks.verify(session, checked=checked, key=key, exported=exported)
            faults = 0
            if as_json:
                said = checks.as_json(checked, found)
                faults = len(said["faults"])
                click.echo(json.dumps(said, indent=2))
            else:
                for fault in found:
                    faults += 1
                    click.echo(fault.sentence)
                _sum_up(checked, faults)
        except Broken as broken:
            raise click.ClickException(broken.sentence) from None
    raise SystemExit(1 if faults else 0)


def _sum_up(checked: "Checked", faults: int) -> None:
    for trust, counts in checked.counts.items():
        figures = ", ".join(f"{counts[kind]} {kind}" for kind in ("cases", "events", "acts", "anchors"))
        click.echo(f"{trust}: {figures} looked at.")
    click.echo(f"{faults} found that should not be." if faults else "Every history is whole.")


@audit.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="The folder; otherwise ACCORD_ANCHORS.")
def anchor(folder: Path | None) -> None:
    """Keep today's anchors now, and write those that the folder lacks. The clock does so once a day."""
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows import front_door  # noqa: PLC0415 - likewise
    from workflows.operations import anchors as kept  # noqa: PLC0415 - likewise
    from workflows.operations import trusts  # noqa: PLC0415 - likewise

    where = folder or settings().anchors
    with sessions(application())() as session:
        for trust_id in trusts.trust_ids(session):
            front_door.perform(session, kept.anchor, trust_id=trust_id, now=datetime.now(UTC))
        written = kept.export(session, folder=where) if where else 0
    click.echo(f"{written} anchors were written to {where}." if where else "Today’s anchors are kept in the database.")
