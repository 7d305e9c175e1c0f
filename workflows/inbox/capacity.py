"""What a team can do, service by service, from its agreed plans; and what proposed changes would make of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workflows.domain.plan import Activity, Plan
from workflows.store.models import PlanVersion

CLINICAL = frozenset({"dcc", "on_call"})


@dataclass(frozen=True)
class Service:
    """A service of the team: programmed activities a week in the plans in force, and as it would be with what is
    agreed for a later day and every draft that is in work; None for a viewer to whom drafts are not shown."""

    title: str
    names: tuple[str, ...]
    """Who does it now."""
    now: Fraction
    proposed: Fraction | None


def capacity(
    people: Mapping[int, str], plans: Iterable[PlanVersion], drafts: Iterable[PlanVersion] | None
) -> tuple[Service, ...]:
    """The team's clinical activities by their names (CPFT-7.4.1-e): nothing is entered again for it. drafts: those in
    work, one a doctor at most, or None where they are not shown."""
    now = {row.person_id: clinical(row) for row in plans}
    then = {**now, **{row.person_id: clinical(row) for row in drafts}} if drafts is not None else None
    titles: dict[str, str] = {}
    for line in (line for lines in (*now.values(), *(then or {}).values()) for line in lines):
        titles.setdefault(_key(line), line.title.strip())
    return tuple(
        Service(
            title,
            tuple(people[person] for person, lines in now.items() if person in people and _pas(lines, key)),
            sum((_pas(lines, key) for lines in now.values()), Fraction(0)),
            None if then is None else sum((_pas(lines, key) for lines in then.values()), Fraction(0)),
        )
        for key, title in sorted(titles.items())
    )


def clinical(row: PlanVersion) -> list[Activity]:
    """The lines of a plan that are a service to patients."""
    return [line for line in Plan.from_json(row.content).activities if line.category in CLINICAL]


def _key(line: Activity) -> str:
    return line.title.strip().casefold()


def _pas(lines: Iterable[Activity], key: str) -> Fraction:
    return sum((line.pas for line in lines if _key(line) == key), Fraction(0))
