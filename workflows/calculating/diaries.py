"""What the diary of a rota comes to by a policy: the averages of the team, then the share of each doctor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from functools import cache
from typing import Any

from workflows.calculating import rules
from workflows.domain.arithmetic.on_call import Availability, Share, availability, beyond_limit, share
from workflows.domain.arithmetic.on_call_diary import Averages, Entry, Regular, averages, regular
from workflows.domain.arithmetic.terms import terms
from workflows.domain.arithmetic.working import HOURS, PA, Working
from workflows.store.models import DiaryEntry

CONTRACT = "consultant_2003"
"""By whose terms: a rota has one value for all its doctors (BTH 3.4.13.2), whatever their contracts."""


@dataclass(frozen=True)
class Worth:
    """The result of a diary. `warning` says that the unpredictable work is beyond the limit, or is ""."""

    averages: Averages
    share: Share
    doctors: int
    hours_per_pa: Fraction
    available: Availability
    warning: str
    regular: tuple[Regular, ...]

    @property
    def working(self) -> tuple[Working, ...]:
        """Every line from the hours of the team to the PAs of each doctor."""
        parts = (("Unpredictable", self.share.unpredictable), ("Predictable", self.share.predictable))
        shares = (
            Working(f"{title} work: {line.words[:1].lower()}{line.words[1:]}", line.value, line.unit)
            for title, result in parts
            for line in result.working
        )
        left_out = (
            ("Left out, as it was inside a timetabled PA", self.averages.in_pa),
            ("Left out, as programmed work in a specialty of emergencies", self.averages.non_emergency),
        )
        return (
            *self.averages.working,
            *(Working(words, hours, HOURS) for words, hours in left_out if hours),
            *shares,
            Working("Unpredictable and predictable work together", self.share.pas, PA),
        )


def worth(
    values: Mapping[str, Any],
    entries: Sequence[Entry],
    *,
    first: date,
    last: date,
    doctors: int,
    routine_emergencies: bool,
) -> Worth:
    """What a diary from the first day to the last comes to, by the values of a policy as they stand on the last.

    Raises NoDoctors, NobodyAvailable, DiaryTooShort.
    """
    contract, available = terms(whole(values), CONTRACT, last), availability_on(values, last)
    mean = averages(entries, first, last, routine_emergencies=routine_emergencies)
    rate = contract.premium_hours_per_pa
    each = share(mean.predictable, mean.unpredictable, doctors=doctors, hours_per_pa=rate, available=available)
    warning = beyond_limit(each.unpredictable.pas, contract.unpredictable_limit)
    return Worth(mean, each, doctors, rate, available, warning, regular(entries, first, last))


def entries_of(rows: Iterable[DiaryEntry]) -> list[Entry]:
    """What was entered, as the arithmetic reads it."""
    return [
        Entry(row.day, time.fromisoformat(row.starts_at), time.fromisoformat(row.ends_at), row.predictable, row.in_pa)
        for row in rows
    ]


def diary_weeks(values: Mapping[str, Any]) -> int:
    """How many weeks a diary is kept where the specialty agrees nothing else (BTH 3.4.13.2)."""
    return int(whole(values)["on_call"]["diary_weeks"])


def availability_on(values: Mapping[str, Any], on: date) -> Availability:
    """The days of a year on which a doctor is there, by the values of a policy."""
    said = whole(values)
    return availability(said, terms(said, CONTRACT, on), on)


def verified(values: Mapping[str, Any]) -> bool:
    """Whether the figures of on-call work were read in a source of the trust; else they are only where to start."""
    return bool(whole(values)["on_call"].get("verified", True))


def whole(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a policy with the national ones of this version where it is older than on-call rotas are."""
    return values if "on_call" in values and "contracts" in values else {**_national(), **values}


@cache
def _national() -> Mapping[str, Any]:
    return rules.shipped("national_england").values
