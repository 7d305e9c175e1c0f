"""When something is done, and whether two things are certain to fall on the same time of the same week."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from math import gcd
from types import MappingProxyType
from typing import Any, NamedTuple

from workflows.domain.arithmetic.terms import minutes
from workflows.domain.arithmetic.times import MIDNIGHT, WEEK
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.finding import lines, named
from workflows.domain.plan.lines import Activity
from workflows.domain.plan.parts import PARTS

END_OF_WEEK = MIDNIGHT * len(WEEK)
Pattern = Mapping[str, Any]


class Slot(NamedTuple):
    """Something at times of the week. Spans are minutes from Monday's midnight, each of them within the week."""

    place: str
    id: str
    name: str
    spans: tuple[tuple[int, int], ...]
    pattern: Pattern = MappingProxyType({})


def slot_of(place: str, line: Activity) -> Slot:
    """When a line is; without spans where it has no day and times. Of a line on certain dates these say the days."""
    dated = {WEEK[each.weekday()] for each in _dates(line.pattern)} if "dates" in line.pattern else ()
    days = sorted(dated) or ([line.day] if line.day else [])
    spans = tuple(span for day in days for span in spans_of(day, line.start, line.end)) if line.start else ()
    return Slot(place, line.id, named(line), spans, line.pattern)


def lines_with_times(plan: Plan, *categories: str) -> list[Slot]:
    """The lines at times of the week: those of some categories, or all."""
    found = (slot_of(place, line) for place, line in lines(plan) if not categories or line.category in categories)
    return [slot for slot in found if slot.spans]


def row_slot(part: str, number: int, row: Mapping[str, Any], prefix: str = "") -> Slot:
    """When a row of a part is: every week; without spans where day and times are not all said."""
    day, start, end = (row.get(f"{prefix}{each}") for each in ("day", "start", "end"))
    spans = spans_of(str(day), str(start), str(end)) if day and start and end else ()
    name = f"“{row['work']}”" if row.get("work") else f"The {PARTS[part].one} without a name"
    return Slot(f"{part}.{number}", str(row["id"]), name, spans)


@lru_cache(maxsize=4_000)
def spans_of(day: str, start: str, end: str) -> tuple[tuple[int, int], ...]:
    """A stretch in minutes of the week; what runs over Sunday's midnight goes on at the week's beginning."""
    begins, ends = (WEEK.index(day) * MIDNIGHT + minutes(each) for each in (start, end))
    if ends <= begins:
        ends += MIDNIGHT
    if ends <= END_OF_WEEK:
        return ((begins, ends),)
    over = ((0, ends - END_OF_WEEK),) if ends > END_OF_WEEK else ()
    return ((begins, END_OF_WEEK), *over)


def clashing(one: Slot, other: Slot) -> bool:
    """Whether both are certain to fall on the same time at least once."""
    overlap = any(a < d and c < b for a, b in one.spans for c, d in other.spans)
    return overlap and together(one.pattern, other.pattern)


def clashes(slots: Iterable[Slot], others: Iterable[Slot] | None = None) -> Iterator[tuple[Slot, Slot]]:
    """The pairs that clash, each once: among themselves, or with others."""
    mine = list(slots)
    if others is not None:
        against = list(others)
        yield from ((one, other) for one in mine for other in against if clashing(one, other))
        return
    for number, one in enumerate(mine):
        yield from ((one, other) for other in mine[number + 1 :] if clashing(one, other))


def together(one: Pattern, other: Pattern) -> bool:
    """Whether two patterns meet in the same week for certain. What may be arranged around each other does not count:
    every other week twice without saying which, or so many times a year beside a cycle."""
    if not one or not other:
        return True
    if "dates" in one and "dates" in other:
        return not _dates(one).isdisjoint(_dates(other))
    if "month_weeks" in one and "month_weeks" in other:
        return not set(one["month_weeks"]).isdisjoint(other["month_weeks"])
    if "every_weeks" in one and "every_weeks" in other:
        shared = gcd(one["every_weeks"], other["every_weeks"])
        said = "week" in one and "week" in other
        return shared == 1 or (said and (one["week"] - other["week"]) % shared == 0)
    for dated, cycle in ((one, other), (other, one)):
        if "dates" in dated and "month_weeks" in cycle:
            return any((day.day - 1) // len(WEEK) + 1 in cycle["month_weeks"] for day in _dates(dated))
    return {*one, *other} <= {"every_weeks", "week", "month_weeks"}


def _dates(pattern: Pattern) -> set[date]:
    return {date.fromisoformat(str(day)) for day in pattern.get("dates", ())}
