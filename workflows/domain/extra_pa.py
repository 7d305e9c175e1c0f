"""Extra and additional programmed activities above the standard week: what an agreement has to say, when it may begin,
change and end, what is left of a yearly number, and what a department foresees.

PAs are exact fractions. An agreement gives them by the week ("regular"), or as one number for its whole time, used as
needed ("yearly"). Clauses: CPFT 7.2.2 and Appendix 1; BTH 3.4.15 and Appendix 3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Protocol

from workflows.domain.calendars import ONE_DAY, Calendar, in_full
from workflows.domain.errors import BadValues
from workflows.domain.fields import number_in_words
from workflows.domain.lengths import Length

KINDS: Mapping[str, str] = MappingProxyType(
    {"extra": "Extra: from spare capacity", "additional": "Additional: regular duties beyond the full-time week"}
)
"""BTH-App3.2-a."""
BASES: Mapping[str, str] = MappingProxyType({"regular": "so many a week", "yearly": "a number, used as needed"})
STATES: Mapping[str, str] = MappingProxyType(
    {
        "offered": "Offered, not accepted yet",
        "agreed": "Agreed",
        "ended": "Ended",
        "declined": "Declined",
        "lapsed": "Not accepted in time",
    }
)
NEEDS: Mapping[str, str] = MappingProxyType(
    {"waiting_lists": "Waiting lists", "cover": "Cover of clinics and lists", "vacancies": "Vacancies"}
)
"""For what a department foresees extra PAs (BTH-App3.2-d)."""
STANDARD, WRITTEN_AGREEMENT = "7.1", "7.6"
"""The clauses of the contract: standard PAs, and the written agreement of any further ones (BTH-App3.3-a)."""
DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class Limits:
    """What the policy says of these agreements. `longest` None: it names none. `weeks`: those in attendance."""

    longest: Length | None
    spare_pas: Fraction
    weeks: int
    full_time_pas: Fraction
    reference: str


def limits(values: Mapping[str, Any]) -> Limits:
    """The limits in the values of a policy."""
    said = values["extra_pa"]
    months = int(said["longest_months"])
    return Limits(
        longest=Length(months, "month") if months else None,
        spare_pas=Fraction(str(said["spare_capacity_pas"])),
        weeks=int(values["weeks_in_attendance"]),
        full_time_pas=Fraction(str(values["full_time_pas"])),
        reference=str(said["reference"]),
    )


@dataclass(frozen=True)
class Wanted:
    """A request as it was typed. `by_doctor`: the doctor asks for it. `first_day` is the first on which it may begin
    by the notice that the trust has to give; `shorter` says why it begins sooner."""

    kind: str
    basis: str
    pas: Fraction | None
    purpose: str
    starts: date | None
    ends: date | None
    meeting: date | None
    by_doctor: bool
    first_day: date
    shorter: str


def check_request(wanted: Wanted, allowed: Limits, *, today: date) -> None:
    """Raises BadValues with a sentence for each answer that cannot stand.

    Clauses: CPFT-7.2.2-c and CPFT-App1-a (an end, 12 months at most or the next job plan meeting), BTH-App3.3-b
    (purpose and duration, for part-timers too), BTH-App3.2-b (spare capacity), BTH-3.4.15-II (notice).
    """
    problems = {**_amount(wanted, allowed), **_dates(wanted, allowed, today)}
    if not wanted.purpose.strip():
        problems["extra_purpose"] = "Say what it is for: without a purpose there is no agreement, for part-timers too."
    if problems:
        raise BadValues(problems)


def _amount(wanted: Wanted, allowed: Limits) -> dict[str, str]:
    weekly = wanted.basis == "regular"
    key = "extra_pas" if weekly else "extra_pas_yearly"
    if wanted.pas is None or wanted.pas <= 0:
        return {key: "Say how many programmed activities: more than 0."}
    most = allowed.spare_pas if weekly else allowed.spare_pas * allowed.weeks
    if wanted.kind == "extra" and wanted.pas > most:
        per = "a week" if weekly else "for the whole time, one for each working week"
        return {key: f"From spare capacity at most {number_in_words(most)} {per} can be offered."}
    return {}


def _dates(wanted: Wanted, allowed: Limits, today: date) -> dict[str, str]:
    starts, ends = wanted.starts, wanted.ends
    if starts is None or ends is None:
        lacking = {"extra_from": starts, "extra_until": ends}
        words = "Give the first and the last day: an agreement without an end is not possible."
        return {key: words for key, day in lacking.items() if day is None}
    problems = {}
    if starts <= today:
        problems["extra_from"] = "It must begin after today: the doctor has to accept it first."
    elif not wanted.by_doctor and starts < wanted.first_day and not wanted.shorter.strip():
        problems["shorter_notice_reason"] = (
            f"With the notice that the doctor is entitled to it begins on {in_full(wanted.first_day)} at the earliest. "
            "Say why it is sooner: it can only begin then if the doctor agrees to that as well."
        )
    if words := _too_long(starts, ends, wanted.meeting, allowed):
        problems["extra_until"] = words
    return problems


def _too_long(starts: date, ends: date, meeting: date | None, allowed: Limits) -> str:
    if ends < starts:
        return "The last day is before the first."
    if allowed.longest and ends > (last := last_day(starts, allowed.longest)):
        return f"It can last {allowed.longest} at most: until {in_full(last)}."
    if meeting and starts <= meeting < ends:
        return f"It ends no later than the next job plan meeting, on {in_full(meeting)}."
    return ""


def last_day(starts: date, longest: Length) -> date:
    """The last day of something that lasts so long from a day on: 12 months from 1 April end on 31 March."""
    return longest.after(starts, Calendar()) - ONE_DAY


def check_begins_later(starts: date, *, today: date, key: str) -> None:
    """An agreement is made before it begins. Raises BadValues for the answer `key`."""
    if starts <= today:
        words = f"It was to begin on {in_full(starts)}, which is not after today. Send it back for other dates."
        raise BadValues({key: words})


class Agreed(Protocol):
    """What the rules have to know of an agreement; `ends_on` its last day, whatever notice was given."""

    @property
    def basis(self) -> str: ...
    @property
    def pas(self) -> Fraction: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def next_pas(self) -> Fraction | None: ...
    @property
    def next_from(self) -> date | None: ...


def pas_on(one: Agreed, day: date) -> Fraction:
    """The PAs of an agreement on a day: fewer from the day on which a reduction takes effect."""
    if one.next_pas is not None and one.next_from is not None and day >= one.next_from:
        return one.next_pas
    return one.pas


def over_full_time(contracted: Fraction, agreed: Iterable[Fraction], wanted: Fraction, full_time: Fraction) -> bool:
    """Whether the week would hold more than full time (BTH-App3.1-c). All in PAs a week."""
    return contracted + sum(agreed, Fraction(0)) + wanted > full_time


def ends_after_notice(ends_on: date, first_day: date) -> date:
    """The last day of an agreement that is given notice of: the one before the change may take effect, or the one that
    it had where that is sooner (CPFT-App1-d, BTH-3.4.15-II-c)."""
    return min(ends_on, first_day - ONE_DAY)


def check_change(change: str, pas: Fraction | None, now: Fraction, *, key: str) -> None:
    """A reduction names fewer PAs than there are. Raises BadValues for the answer `key`."""
    if change == "reduce" and (pas is None or not 0 < pas < now):
        words = f"Say to how many it is reduced: more than 0 and fewer than {number_in_words(now)}."
        raise BadValues({key: words})


@dataclass(frozen=True)
class Balance:
    """A number of PAs used as needed: agreed and worked so far (BTH-App3.2-c)."""

    agreed: Fraction
    worked: Fraction

    @property
    def left(self) -> Fraction:
        """What can still be worked."""
        return self.agreed - self.worked


def check_worked(balance: Balance, pas: Fraction, day: date, *, starts: date, ends: date, today: date) -> None:
    """An entry of PAs that were worked, or a correction (less than 0). Raises BadValues."""
    problems = {}
    if not pas or pas > balance.left:
        problems["pas"] = f"{number_in_words(balance.left)} are left. Enter at most so many, and not 0."
    elif balance.worked + pas < 0:
        problems["pas"] = f"Only {number_in_words(balance.worked)} have been entered, so no more can be taken back."
    if not starts <= day <= min(ends, today):
        until = in_full(min(ends, today))
        problems["worked_on"] = f"The agreement counts from {in_full(starts)}: give a day from then to {until}."
    if problems:
        raise BadValues(problems)


@dataclass(frozen=True)
class ContractLine:
    """A line of what a doctor is contracted for: the clause of the contract under which it stands, and PAs."""

    clause: str
    words: str
    pas: Fraction
    weekly: bool = True


def contract_lines(
    contracted: Fraction, agreements: Iterable[tuple[str, Fraction, str]], full_time: Fraction
) -> tuple[ContractLine, ...]:
    """Standard PAs under clause 7.1, each written agreement under 7.6, never mixed (BTH-App3.3-a).

    agreements: reference, PAs and basis of each.
    """
    return (
        ContractLine(STANDARD, "Standard programmed activities", min(contracted, full_time)),
        *(
            ContractLine(WRITTEN_AGREEMENT, f"Written agreement {reference}", pas, basis == "regular")
            for reference, pas, basis in agreements
        ),
    )


def check_advertised(pas: Fraction | None, full_time: Fraction, *, key: str) -> None:
    """A vacancy or draft post is advertised at full time at most (BTH-App3.1-b). Raises BadValues for `key`."""
    if pas is None or not 0 < pas <= full_time:
        most = number_in_words(full_time)
        words = f"A post is advertised with {most} PAs a week at most. More are agreed with its holder, for a time."
        raise BadValues({key: words})


def in_period(one: Agreed, first: date, last: date) -> Fraction:
    """The PAs of an agreement that fall into a period, both days included: weekly ones by its days, a number by the
    share of the agreement's own time."""
    begins, ends = max(one.starts_on, first), min(one.ends_on, last)
    days = (ends - begins).days + 1
    if days <= 0:
        return Fraction(0)
    if one.basis == "yearly":
        return one.pas * days / ((one.ends_on - one.starts_on).days + 1)
    if one.next_pas is None or one.next_from is None or one.next_from > ends:
        return one.pas * days / DAYS_IN_WEEK
    before = max((one.next_from - begins).days, 0)
    return (one.pas * before + one.next_pas * (days - before)) / DAYS_IN_WEEK


@dataclass(frozen=True)
class Reviewed:
    """An agreement as a yearly review has to find it: since when it counts, and when it was last decided on."""

    reference: str
    accepted_on: date
    decided_on: date | None


def undecided(agreements: Iterable[Reviewed], *, since: date) -> list[str]:
    """The references of the agreements on which nobody has decided since the yearly review began: keep, reduce or end
    (BTH-3.4.15-I). One that was made in the meantime was decided on just then."""
    return [
        one.reference
        for one in agreements
        if one.accepted_on < since and (one.decided_on is None or one.decided_on < since)
    ]


def year_of(words: str) -> tuple[date, date]:
    """The first and last day of a planning year: "2027/28" is 1 April 2027 to 31 March 2028."""
    first = int(words[:4])
    return date(first, 4, 1), date(first + 1, 4, 1) - timedelta(days=1)
