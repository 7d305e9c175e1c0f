"""A trust whose planning round has come to the individual job plans of a team of doctors: all of it by the verbs."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from workflows import releases
from workflows.seeding.cast import CUMBRIA, Part, engage
from workflows.seeding.driver import Driver
from workflows.seeding.stories import plan_the_round, plan_the_team

PASSWORD = "a password of the benchmark's people"  # noqa: S105 - they live for a minute
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Signing in is not what is measured."""


@dataclass(frozen=True)
class Somebody:
    """A person with a way in; for a doctor with the reference of their case."""

    id: int
    email: str
    case: str = ""


@dataclass(frozen=True)
class Team:
    """Who takes part."""

    manager: Somebody
    amd: Somebody
    doctors: tuple[Somebody, ...]


def team(session: Session, *, size: int) -> Team:
    """So many doctors, each with an annual case that waits for both sides to prepare."""
    others = tuple(part for part in CUMBRIA.parts if part.role != "practitioner")
    doctors = tuple(
        Part(f"doctor{number}", f"Dr {number}", "practitioner", "10", had_plan=True) for number in range(1, size + 1)
    )
    now = datetime.now(UTC)
    company = replace(CUMBRIA, parts=(*doctors, *others))
    cast = engage(session, company=company, password_hash=QUICK.hash(PASSWORD), on=now.date())
    releases.ship(session, trust=cast.trust, now=now)
    story = Driver(session, cast, now, now)
    plan_the_round(story)
    plan_the_team(story, absent="")
    manager, amd = cast.person("manager"), cast.person("amd")
    found = Team(
        Somebody(manager.id, manager.email),
        Somebody(amd.id, amd.email),
        tuple(
            Somebody(person.id, person.email, story.case_of(key))
            for key, person in ((one.key, cast.person(one.key)) for one in doctors)
        ),
    )
    session.commit()
    return found
