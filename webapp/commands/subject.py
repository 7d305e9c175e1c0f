"""`accord subject-export`: everything about one person as a file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from webapp.commands.installation import application


@click.command("subject-export")
@click.option("--trust", "key", required=True, help="The trust, by its key.")
@click.option("--person", "email", required=True, help="The person's e-mail address.")
@click.option("--out", "file", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A new zip file.")
def subject_export(key: str, email: str, file: Path) -> None:
    """Write all that is held about somebody, for a data subject's request. It is kept on record."""
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from webapp.presenters.subject import packed  # noqa: PLC0415 - likewise
    from workflows import front_door  # noqa: PLC0415 - likewise
    from workflows.domain.errors import Broken  # noqa: PLC0415 - likewise
    from workflows.inbox import subject  # noqa: PLC0415 - likewise
    from workflows.operations import subjects  # noqa: PLC0415 - likewise

    if file.exists():
        raise click.ClickException(f"{file} is there already. Give it another name.")
    now = datetime.now(UTC)
    with sessions(application())() as session:
        try:
            trust_id, person_id = subject.by_email(session, trust=key, email=email)
            found = subject.subject(session, trust_id=trust_id, person_id=person_id, now=now)
        except Broken as broken:
            raise click.ClickException(broken.sentence) from None
        data = packed(found, subject.files(session, found=found))
        front_door.perform(session, subjects.note_export, trust_id=trust_id, by_id=None, person_id=person_id, now=now)
    file.touch(mode=0o600)
    file.write_bytes(data)
    click.echo(f"{len(found.cases)} cases and {sum(map(len, found.rows.values()))} rows are in {file}.")
