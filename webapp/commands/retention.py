"""`accord retention`: what the rules no longer let us keep, to look at or to erase now."""

from datetime import UTC, datetime

import click

from webapp.commands.installation import application


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
def retention(dry_run: bool) -> None:
    """Erase personal text whose time is over. The clock does so once a day; the histories stay whole."""
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows.clock import keeping  # noqa: PLC0415 - likewise
    from workflows.clock.looking import Tally, look  # noqa: PLC0415 - likewise
    from workflows.operations import retention as rules  # noqa: PLC0415 - likewise
    from workflows.operations import trusts  # noqa: PLC0415 - likewise

    made, now = sessions(application()), datetime.now(UTC)
    for trust_id in look(made, trusts.trust_ids):
        with made() as session:
            click.echo(rules.in_words(rules.due(session, trust_id=trust_id, now=now)))
    if dry_run:
        click.echo("Nothing was erased.")
        return
    tally = Tally()
    keeping.erase(made, tally, now)
    click.echo(f"{tally.done['erased']} pieces of text were erased.")
