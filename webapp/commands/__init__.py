"""The command `accord`: check diagrams, migrate, seed the demonstration, run the clock, prepare everything at once.

Nothing heavy is imported until a command needs it: `accord check` touches no database and starts at once.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.commands.audit import audit
from webapp.commands.backup import backup, restore
from webapp.commands.calculating import calculate
from webapp.commands.checking import settings as look_over
from webapp.commands.installation import application, post, settings
from webapp.commands.people import people
from webapp.commands.rehearsal import rehearse
from webapp.commands.retention import retention
from webapp.commands.subject import subject_export
from webapp.commands.trust import trust

if TYPE_CHECKING:
    from flask import Flask

BPMN = Path(__file__).parent.parent.parent / "bpmn"
DEMONSTRATION_PASSWORD = "job planning by the sea"  # noqa: S105 - invented people's; the sign-in page says it


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Accord: job planning, step by step."""


for part in (audit, backup, calculate, people, rehearse, restore, retention, look_over, subject_export, trust):
    main.add_command(part)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Check diagrams, decisions and policies before they are published."""
    from workflows.domain.errors import Broken  # noqa: PLC0415 - needs neither settings nor a database, but takes a moment
    from workflows.studio import checking  # noqa: PLC0415 - likewise

    try:
        found = checking.checked(files, BPMN)
    except Broken as broken:
        raise click.ClickException(broken.sentence) from None
    for line in [found.json] if as_json else found.lines:
        click.echo(line)
    raise SystemExit(found.exit_code)


@main.command()
def migrate() -> None:
    """Bring the database to the tables of this version."""
    _migrate(application())
    click.echo("The database is up to date.")


@main.group()
def seed() -> None:
    """Fill an empty installation."""


@seed.command()
@click.option("--small", is_flag=True, help="One team in each trust, in a second.")
def demo(small: bool) -> None:
    """The demonstration: two trusts with invented people, seventy doctors each, and cases at every stage."""
    done = _seed(application(), whole=not small)
    click.echo("The demonstration is there." if done else "There are trusts already: nothing was added.")


@main.command()
def clock() -> None:
    """Run the clock: reminders, escalations, lapsed days, the post between cases, and e-mail. Several may run."""
    from webapp import logs  # noqa: PLC0415 - see the top
    from webapp.create_app import sessions  # noqa: PLC0415 - likewise
    from workflows.clock import running  # noqa: PLC0415 - likewise

    app = application()
    logs.configure(settings().log, quiet=app.config["DEMONSTRATION"])
    running.run(
        sessions(app), demonstration=app.config["DEMONSTRATION"], post=post(settings()), anchors=settings().anchors
    )


@main.command()
def prepare() -> None:
    """Migrate, seed the demonstration once, and say where it is and how to sign in."""
    app = application()
    _migrate(app)
    if app.config["DEMONSTRATION"]:
        _seed(app)
    port = os.environ.get("PORT", "8000")
    click.echo(f"\nAccord is at http://127.0.0.1:{port}")
    if app.config["DEMONSTRATION"]:
        click.echo("Choose on the sign-in page who you want to be; there is no password to type.")
        click.echo(f"With an e-mail address it is “{DEMONSTRATION_PASSWORD}”. Ctrl-C stops everything.\n")


def _migrate(app: "Flask") -> None:
    from webapp.create_app import migrate as bring_up_to_date  # noqa: PLC0415 - see the top

    bring_up_to_date(app)


def _seed(app: "Flask", *, whole: bool = True) -> bool:
    """Returns whether it had to be done. whole: nine teams in each trust, not one."""
    from webapp.create_app import sessions  # noqa: PLC0415 - see the top
    from workflows import front_door, seeding  # noqa: PLC0415 - likewise
    from workflows.people.passwords import HASHER  # noqa: PLC0415 - likewise

    with sessions(app)() as session:
        if seeding.is_seeded(session):
            return False
        front_door.perform(
            session,
            seeding.seed_demonstration,
            password_hash=HASHER.hash(DEMONSTRATION_PASSWORD),
            now=datetime.now(UTC),
            whole=whole,
        )
    return True
