"""The demonstration: two trusts with invented people, and cases at many stages, made by driving the verbs."""

from dataclasses import replace
from datetime import datetime, timedelta

from workflows import releases
from workflows.seeding.cast import BLACKPOOL, CUMBRIA, Company, engage, join
from workflows.seeding.driver import Driver, play
from workflows.seeding.extra_pas import agreements
from workflows.seeding.half_drawn import half_drawn
from workflows.seeding.leave import enter_leave
from workflows.seeding.pay import progressions
from workflows.seeding.registers import stock
from workflows.seeding.rotas import keep_rotas
from workflows.seeding.stories import FIRST, the_rest
from workflows.store import Session
from workflows.store import people as people_rows

__all__ = ["is_seeded", "seed_demonstration"]


def is_seeded(session: Session) -> bool:
    """Whether this installation has trusts already."""
    return bool(people_rows.trusts(session))


def seed_demonstration(session: Session, *, password_hash: str, now: datetime, whole: bool = False) -> None:
    """Fill an empty installation: everything up to `now` happens in order, each move at its own instant.

    password_hash: the argon2 hash of the one password that all demonstration accounts share. whole: two trusts with
    seventy practitioners each in nine teams, as visitors see them; else one team of each, as most tests need.
    """
    for company in (CUMBRIA, BLACKPOOL):
        tell(session, company, password_hash=password_hash, now=now, whole=whole)


def tell(session: Session, company: Company, *, password_hash: str, now: datetime, whole: bool) -> None:
    """Everything that has happened in one trust."""
    begin = (now - timedelta(days=company.began)).replace(hour=9, minute=0, second=0, microsecond=0)
    cast = engage(session, company=company, password_hash=password_hash, on=begin.date())
    first = Driver(session, cast, begin, now)
    scenes = [(first, FIRST[company.key](first))]
    if whole:
        casts = join(session, cast=cast, company=company, on=begin.date())
        scenes += [*the_rest(first, company, casts), *agreements(first, company.key, casts)]
        scenes += progressions(first, company.key, casts)
    earliest = min(story.at for story, _ in scenes)
    releases.ship(session, trust=cast.trust, now=earliest)
    register, rotas, leave, studio = (replace(first, at=earliest) for _ in range(4))
    if whole and company is CUMBRIA:
        scenes.append((studio, half_drawn(studio)))
    play([(register, stock(register)), (rotas, keep_rotas(rotas)), (leave, enter_leave(leave)), *scenes])
