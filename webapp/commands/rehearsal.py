"""`accord rehearse`: a draft tried on the past, by replaying closed cases over it. Nothing is written."""

from pathlib import Path

import click

from webapp.commands.installation import application

EVERY = 200
"""Cases after which it says how far it has come."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--draft", type=int, help="The number of a draft in the studio, instead of files.")
@click.option("--trust", default="", help="The trust, by its key: CPFT. Needed for files where there are several.")
@click.option("--process", default="", help="Only cases of this process, such as disagreement.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def rehearse(files: tuple[Path, ...], draft: int | None, trust: str, process: str, as_json: bool) -> None:
    """Replay closed cases over diagrams, tables and policies that are not published yet: which would have gone
    elsewhere, which steps are new, which deadlines would have been other days.

    Ends with 0 whatever is found; reads only.
    """
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows.domain.errors import Broken  # noqa: PLC0415 - likewise
    from workflows.studio import replaying  # noqa: PLC0415 - likewise

    if bool(files) == (draft is not None):
        raise click.UsageError("Give files, or a draft with --draft.")
    try:
        with sessions(application())() as session:
            report = replaying.of_files(session, trust=trust, paths=files, draft=draft, process=process, said=_progress)
    except Broken as fault:
        raise click.ClickException(fault.sentence) from None
    for line in [report.json] if as_json else report.lines:
        click.echo(line)


def _progress(done: int, of: int) -> None:
    """Long work says how far it has come, beside what it prints."""
    if of > EVERY and (done % EVERY == 0 or done == of):
        click.echo(f"{done:,} of {of:,} cases", err=True)
