"""`accord backup` and `accord restore`: the whole installation as one file, and back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from webapp.commands.installation import application


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write the whole database to a new FILE while everybody goes on working. It holds personal data: guard it."""
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows import front_door  # noqa: PLC0415 - likewise
    from workflows.domain.errors import Broken  # noqa: PLC0415 - likewise
    from workflows.operations import backups  # noqa: PLC0415 - likewise

    with sessions(application())() as session:
        try:
            manifest = backups.back_up(session, file=file, now=datetime.now(UTC))
            front_door.perform(session, backups.note_backup, manifest=manifest)
        except Broken as broken:
            raise click.ClickException(broken.sentence) from None
        except OSError as fault:
            raise click.ClickException(f"{file} could not be written: {fault.strerror}.") from None
    size = file.stat().st_size
    click.echo(f"{manifest.rows} rows of {len(manifest.tables)} tables are in {file} ({size:,} bytes).")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Put a backup FILE into an empty database of either kind. Nothing is ever overwritten."""
    from webapp.create_app import migrate, sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows import front_door  # noqa: PLC0415 - likewise
    from workflows.domain.errors import Broken  # noqa: PLC0415 - likewise
    from workflows.operations import backups  # noqa: PLC0415 - likewise

    app = application()
    try:
        backups.read(file)
        with sessions(app)() as session:
            has_tables = backups.check_empty(session)
        if not has_tables:
            migrate(app)
        with sessions(app)() as session:
            manifest = front_door.perform(session, backups.restore, file=file, now=datetime.now(UTC))
    except Broken as broken:
        raise click.ClickException(broken.sentence) from None
    click.echo(f"{manifest.rows} rows are back as they were on {manifest.made_at:%d %B %Y at %H:%M} UTC.")
    click.echo("Run `accord audit verify`, then start the web and the clock.")
