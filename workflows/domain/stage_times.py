"""How long the stages of disputes take: promised against actual, and which limits that gives little hope for.

Everything is counted in days from the day on which a limit starts. A limit that ends before that day, as statements
must be in a week before the hearing, has days below nought.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

ENOUGH = 10
"""Fewer cases than this foretell nothing."""


@dataclass(frozen=True)
class Took:
    """A limit that is over: the days that it gave, with every extension, the days that were needed, and when it was
    done."""

    name: str
    stage: str
    promised: int
    took: int
    done_on: date


@dataclass(frozen=True)
class Figure:
    """What is usual of one limit: the middle of the days given and of the days needed, of so many cases since a day;
    `late` of them were done after their limit."""

    name: str
    stage: str
    promised: float
    took: float
    cases: int
    late: int
    since: date


def figures(over: Iterable[Took]) -> dict[str, Figure]:
    """What is usual, by the name of the limit."""
    by_name: dict[str, list[Took]] = defaultdict(list)
    for one in over:
        by_name[one.name].append(one)
    return {name: _figure(name, each) for name, each in by_name.items()}


def _figure(name: str, each: list[Took]) -> Figure:
    return Figure(
        name=name,
        stage=max(each, key=lambda one: one.done_on).stage,
        promised=median(one.promised for one in each),
        took=median(one.took for one in each),
        cases=len(each),
        late=sum(one.took > one.promised for one in each),
        since=min(one.done_on for one in each),
    )


def expected(figure: Figure | None, starts_on: date) -> date | None:
    """The day by which half of such cases were done, counted from this start; None where there are too few."""
    if figure is None or figure.cases < ENOUGH:
        return None
    return starts_on + timedelta(days=round(figure.took))
