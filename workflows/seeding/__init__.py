"""The demonstration: two trusts with invented people, and cases at many stages, made by driving the verbs."""

from datetime import datetime, timedelta

from workflows import releases
from workflows.seeding.cast import BLACKPOOL, CUMBRIA, Cast, engage
from workflows.seeding.driver import Driver
from workflows.seeding.stories import blackpool_story, cumbria_story
from workflows.store import Session
from workflows.store import people as people_rows

__all__ = ["is_seeded", "seed_demonstration"]

def is_seeded(session: Session) -> bool:
    """Whether this installation has trusts already."""
    return bool(people_rows.trusts(session))


def seed_demonstration(session: Session, *, password_hash: str, now: datetime) -> None:
    """Fill an empty installation: everything up to `now` happens in order, each move at its own instant.

    password_hash: the argon2 hash of the one password that all demonstration accounts share.
    """
    for company, story, days in ((CUMBRIA, cumbria_story, 47), (BLACKPOOL, blackpool_story, 24)):
        begin = (now - timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
        cast: Cast = engage(session, company=company, password_hash=password_hash, on=begin.date())
        releases.ship(session, trust=cast.trust, now=begin)
        story(Driver(session, cast, begin, now))
