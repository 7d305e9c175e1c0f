"""`accord people`: import a list of people, and take one out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.commands.installation import application

if TYPE_CHECKING:
    from workflows.people import Comparison


@dataclass(frozen=True)
class Command:
    """A command on the server: it may do everything within the trust that it names."""

    trust_id: int
    person_id: int | None = None


@click.group()
def people() -> None:
    """Import a list of people into a trust, and take one out."""


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--trust", "key", required=True, help="The trust, by its key.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def import_list(file: Path, key: str, dry_run: bool) -> None:
    """Import a CSV list: all of it, or nothing where one line is wrong. Ends with 1 then."""
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows import clock, front_door  # noqa: PLC0415 - likewise
    from workflows import people as verbs  # noqa: PLC0415 - likewise
    from workflows.cases import cases_around  # noqa: PLC0415 - likewise
    from workflows.domain.errors import Broken  # noqa: PLC0415 - likewise
    from workflows.domain.people_file import text_of  # noqa: PLC0415 - likewise

    made, now, data = sessions(application()), datetime.now(UTC), file.read_bytes()
    try:
        with made() as session:
            by = Command(verbs.trust_id(session, key=key))
            found = front_door.perform(session, verbs.check_file, by=by, name=file.name, data=data, now=now).comparison
        _tell(found)
        if dry_run or not found.items:
            return
        with made() as session:
            done = front_door.perform(session, verbs.import_text, by=by, text=text_of(data), now=now)
            touched = cases_around(session, trust_id=by.trust_id, area=done.area)
        clock.pass_on(made, touched, now)
    except Broken as broken:
        raise click.ClickException(broken.sentence) from None
    click.echo("Imported.")


@people.command("export")
@click.option("--trust", "key", required=True, help="The trust, by its key.")
@click.option("--to", type=click.Path(path_type=Path), help="The file to write; the screen otherwise.")
def export_list(key: str, to: Path | None) -> None:
    """Write everybody of a trust as a CSV list that imports again unchanged."""
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows import front_door  # noqa: PLC0415 - likewise
    from workflows import people as verbs  # noqa: PLC0415 - likewise
    from workflows.domain.errors import Broken  # noqa: PLC0415 - likewise

    try:
        with sessions(application())() as session:
            by = Command(verbs.trust_id(session, key=key))
            text = front_door.perform(session, verbs.export, by=by, now=datetime.now(UTC))
    except Broken as broken:
        raise click.ClickException(broken.sentence) from None
    if to is None:
        click.echo(text, nl=False)
    else:
        to.write_text(f"\ufeff{text}", encoding="utf-8", newline="")


def _tell(found: "Comparison") -> None:
    """What was found, line by line. Ends with 1 where anything is wrong."""
    for problem in found.problems:
        click.echo(f"line {problem.line}: {problem.column or 'the whole line'}: {problem.sentence}")
    if found.problems:
        raise click.ClickException(f"{len(found.problems)} found wrong, nothing imported.")
    for item in found.items:
        click.echo(f"line {item.line}: {item.does}: {item.words}")
    counts = ", ".join(f"{count} {word}" for word, count in found.counts.items())
    click.echo(f"{counts}, {found.unchanged} as recorded already.")
