"""Lines of a timetable and terms of contracts, for tests of the arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.domain.factories import policy
from workflows.domain.arithmetic.terms import Terms, terms
from workflows.domain.arithmetic.times import PREMIUM, WEEK
from workflows.domain.arithmetic.timetable import NO_PAS
from workflows.domain.plan import CATEGORIES

TODAY = date(2027, 4, 1)


@cache
def terms_of(trust: str = "blackpool", contract: str = "consultant_2003", on: date = TODAY) -> Terms:
    """The terms of a shipped policy."""
    return terms(policy(trust).values, contract, on)


NATIONAL = terms_of("national_england")
BLACKPOOL = terms_of("blackpool")


@dataclass(frozen=True)
class Entry:
    """A line of a timetable."""

    category: str = "dcc"
    day: str = "monday"
    start: str = ""
    end: str = ""
    hours: str = ""
    pattern: Mapping[str, Any] = field(default_factory=dict)
    premium: str = "agreed"


def clock(minute: int) -> str:
    """ "07:30" for minutes from midnight."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


DAYS = st.sampled_from([*WEEK, ""])
MINUTES = st.integers(0, 24 * 60 - 1)
PREMIUMS = st.sampled_from(PREMIUM)
CONTRACTS = st.sampled_from(["consultant_2003", "sas_2008", "sas_2021", "local"])
PATTERNS = st.one_of(
    st.just({}),
    st.integers(1, 13).flatmap(
        lambda every: st.builds(lambda week: {"every_weeks": every, "week": week}, st.integers(1, every))
    ),
    st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True).map(lambda weeks: {"month_weeks": weeks}),
    st.integers(0, 60).map(lambda number: {"per_year": number}),
)
TIMED = st.builds(
    Entry,
    st.sampled_from(["dcc", "spa", "research", "on_call", *NO_PAS]),
    DAYS,
    MINUTES.map(clock),
    MINUTES.map(clock),
    st.just(""),
    PATTERNS,
    PREMIUMS,
)
UNTIMED = st.builds(
    Entry,
    st.sampled_from(sorted(CATEGORIES)),
    st.just(""),
    st.just(""),
    st.just(""),
    st.fractions(0, 60, max_denominator=60).map(str),
    PATTERNS,
    PREMIUMS,
)
ENTRIES = st.lists(TIMED | UNTIMED, max_size=5)


def pas(value: str | int) -> Fraction:
    """An exact figure: "8/3", "1.25"."""
    return Fraction(value)
