"""`accord trust`: set up a trust with its first release and the first of its Medical Directorate."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from webapp.commands.installation import application
from webapp.commands.people import Command

if TYPE_CHECKING:
    from workflows.inbox import Session

POLICIES = ("cumbria", "blackpool")


@click.group()
def trust() -> None:
    """Set up a trust."""


@trust.command()
@click.option("--key", required=True, help="Short, in capitals, as case references begin: CPFT.")
@click.option("--name", required=True, help="The trust's name.")
@click.option("--policy", required=True, type=click.Choice(POLICIES), help="The policy file that it starts from.")
@click.option("--person", required=True, help="Name of the first person of its Medical Directorate team.")
@click.option("--email", required=True, help="Their e-mail address: a link to choose a password goes there.")
def add(key: str, name: str, policy: str, person: str, email: str) -> None:
    """Add a trust: everything else its Medical Directorate does in Accord."""
    from webapp.create_app import sessions  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows import front_door  # noqa: PLC0415 - likewise
    from workflows.domain.errors import Broken  # noqa: PLC0415 - likewise

    said = {"key": key, "name": name, "policy": policy, "person": person, "email": email}
    try:
        with sessions(application())() as session:
            front_door.perform(session, set_up, **said, now=datetime.now(UTC))
    except Broken as broken:
        raise click.ClickException(broken.sentence) from None
    click.echo(f"{name} is set up. {person} gets an e-mail with a link to choose a password.")


def set_up(session: "Session", *, key: str, name: str, policy: str, person: str, email: str, now: datetime) -> None:
    """The trust, release 1 and its first person, all or none."""
    from workflows import people, releases  # noqa: PLC0415 - heavy: not before the command needs it
    from workflows.domain.calendars import civil_day  # noqa: PLC0415 - likewise
    from workflows.domain.roles import Role  # noqa: PLC0415 - likewise
    from workflows.operations.trusts import open_trust  # noqa: PLC0415 - likewise
    from workflows.people.accounts import invite  # noqa: PLC0415 - likewise

    opened = open_trust(session, key=key, name=name, policy=policy)
    releases.ship(session, trust=opened, now=now)
    by = Command(opened.id)
    first = people.add_person(session, by=by, said=people.Particulars(name=person, email=email), now=now)
    people.give_post(
        session,
        by=by,
        person_id=first,
        role=Role.MEDICAL_DIRECTORATE.value,
        place=people.Place(),
        starts_on=civil_day(now),
        ends_on=None,
        now=now,
    )
    invite(session, by=by, person_id=first, now=now)
