"""On-call work as programmed activities, by both methods of BTH Appendix 4 and with the check that they agree.

Hours are those of the whole team, on an average weekday (Monday to Friday) and an average weekend (Saturday and Sunday
together); PAs are a week, for each doctor on the rota. Everything is an exact fraction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.working import PA, Working, plainly
from workflows.domain.errors import NotAllowed

WEEKDAYS_IN_A_WEEK = 5
A_YEAR = "PA a year"


class MethodsDisagree(ArithmeticError):
    """The two methods of Appendix 4 are one calculation written down twice: one of them was worked out wrongly."""


class NobodyAvailable(NotAllowed):
    """With so much leave there is no weekday, or no weekend, left on which a doctor is available. Look at the figures
    again."""


class NoDoctors(NotAllowed):
    """There is nobody on the rota: its work has no doctor to be divided among."""


@dataclass(frozen=True)
class Availability:
    """The days of a year on which a full-time doctor can be on call (Appendix 4, Step 2). Days, but for weekends.

    The defaults are those of the policy's own text for the years before 2011/12: 211 weekdays and 44 weekends.
    """

    weekdays_year: Fraction = Fraction(261)
    """52 weeks and a day."""
    annual_leave: Fraction = Fraction(30)
    extra_days: Fraction = Fraction(0)
    """Leave beyond the six weeks: one day in 2011/12, two since."""
    bank_and_lieu: Fraction = Fraction(10)
    study: Fraction = Fraction(10)
    weekends_year: Fraction = Fraction(52)
    weekends: Fraction = Fraction(44)
    """Those on which they are available."""

    @property
    def weekdays(self) -> Fraction:
        """The weekdays on which they are available. Raises NobodyAvailable."""
        left = self.weekdays_year - self.annual_leave - self.extra_days - self.bank_and_lieu - self.study
        if left <= 0 or self.weekends <= 0:
            raise NobodyAvailable
        return left

    @property
    def weekday_factor(self) -> Fraction:
        """By how much those who are there work more on weekdays for those who are away: 261/210."""
        return self.weekdays_year / self.weekdays

    @property
    def weekend_factor(self) -> Fraction:
        """The same of weekends: 52/44. Raises NobodyAvailable."""
        if self.weekends <= 0:
            raise NobodyAvailable
        return self.weekends_year / self.weekends


@dataclass(frozen=True)
class Work:
    """Hours of on-call work of the whole team."""

    weekday_hours: Fraction = Fraction(0)
    weekend_hours: Fraction = Fraction(0)

    def __add__(self, other: "Work") -> "Work":
        return Work(self.weekday_hours + other.weekday_hours, self.weekend_hours + other.weekend_hours)


@dataclass(frozen=True)
class Figures:
    """PAs a week of one doctor, by one method."""

    weekdays: Fraction
    weekends: Fraction

    @property
    def total(self) -> Fraction:
        """Both together."""
        return self.weekdays + self.weekends


@dataclass(frozen=True)
class Result:
    """What each doctor's on-call work comes to, by both methods, with the working of both."""

    method_1: Figures
    method_2: Figures
    working: tuple[Working, ...]

    @property
    def pas(self) -> Fraction:
        """PAs a week."""
        return self.method_1.total


@dataclass(frozen=True)
class Share:
    """The same with predictable and unpredictable work apart."""

    predictable: Result
    unpredictable: Result

    @property
    def pas(self) -> Fraction:
        """PAs a week of both together."""
        return self.predictable.pas + self.unpredictable.pas


def availability(values: Mapping[str, Any], terms: Terms, on: date) -> Availability:
    """The availability under a policy on a day: what was agreed locally stands in [values.on_call] (Appendix 4).
    Annual leave is that of the terms, unless another figure stands there."""
    said = {"annual_leave": terms.annual_leave_days, **values.get("on_call", {})}
    days = {key: Fraction(str(said[key])) for key in ("annual_leave", "bank_and_lieu", "study") if key in said}
    begun = [step for step in said.get("extra_days", ()) if date.fromisoformat(str(step["from"])) <= on]
    extra = max(begun, key=lambda step: str(step["from"]))["days"] if begun else 0
    return Availability(
        weekdays_year=terms.weekdays_in_year,
        extra_days=Fraction(str(extra)),
        weekends_year=terms.weekends_in_year,
        weekends=terms.weekends_available,
        **days,
    )


def pas_a_week(work: Work, *, doctors: int, hours_per_pa: Fraction, available: Availability) -> Result:
    """Each doctor's PAs a week for the work of a team (Appendix 4, Step 3).

    Raises NoDoctors, NobodyAvailable; MethodsDisagree where the two methods differ at all.
    """
    if doctors < 1:
        raise NoDoctors
    weekday, weekend = work.weekday_hours / hours_per_pa, work.weekend_hours / hours_per_pa
    per_pa = f"{plainly(hours_per_pa)} h a PA"
    converted = (
        Working(f"Average weekday: {plainly(work.weekday_hours)} h at {per_pa}", weekday, PA),
        Working(f"Average weekend: {plainly(work.weekend_hours)} h at {per_pa}", weekend, PA),
    )
    first, lines_1 = _method_1(weekday, weekend, doctors, available)
    second, lines_2 = _method_2(weekday, weekend, doctors, available)
    check(first, second)
    return Result(first, second, (*converted, *lines_1, *lines_2))


def share(
    predictable: Work, unpredictable: Work, *, doctors: int, hours_per_pa: Fraction, available: Availability
) -> Share:
    """Each doctor's PAs with predictable and unpredictable work apart. Raises what `pas_a_week` raises."""
    about: dict[str, Any] = {"doctors": doctors, "hours_per_pa": hours_per_pa, "available": available}
    return Share(pas_a_week(predictable, **about), pas_a_week(unpredictable, **about))


def check(first: Figures, second: Figures) -> None:
    """Raises MethodsDisagree for a difference: with exact fractions there is no rounding to allow for."""
    if (first.weekdays, first.weekends) != (second.weekdays, second.weekends):
        raise MethodsDisagree(f"Method 1 gives {first.total} PA a week, method 2 {second.total}.")


def beyond_limit(unpredictable: Fraction, limit: Fraction) -> str:
    """What is said of more unpredictable work than the terms foresee (2 PAs a week; 1 until 31 March 2005), or ""."""
    if unpredictable <= limit:
        return ""
    return (
        f"Unpredictable work comes to {plainly(unpredictable)} PA a week, more than the {plainly(limit)} that may be"
        " allocated on average. Look at the rota and the diary again before you agree it."
    )


def _method_1(
    weekday: Fraction, weekend: Fraction, doctors: int, available: Availability
) -> tuple[Figures, tuple[Working, ...]]:
    """PAs of the whole year over the days that a doctor is there."""
    year_weekdays, year_weekends = weekday * available.weekdays_year, weekend * available.weekends_year
    figures = Figures(
        year_weekdays / available.weekdays * WEEKDAYS_IN_A_WEEK / doctors, year_weekends / available.weekends / doctors
    )
    on, weekends = _each(doctors), plainly(available.weekends)
    return figures, (
        Working(
            f"Method 1: {plainly(weekday)} PA × {plainly(available.weekdays_year)} weekdays", year_weekdays, A_YEAR
        ),
        Working(
            f"Method 1: {plainly(weekend)} PA × {plainly(available.weekends_year)} weekends", year_weekends, A_YEAR
        ),
        Working(
            f"Method 1: {plainly(year_weekdays)} PA ÷ {plainly(available.weekdays)} weekdays available × 5 {on}",
            figures.weekdays,
            PA,
        ),
        Working(f"Method 1: {plainly(year_weekends)} PA ÷ {weekends} weekends available {on}", figures.weekends, PA),
        Working("Method 1: weekdays and weekends together", figures.total, PA),
    )


def _method_2(
    weekday: Fraction, weekend: Fraction, doctors: int, available: Availability
) -> tuple[Figures, tuple[Working, ...]]:
    """PAs of each doctor's week times what those who are there do for those who are away."""
    of_weekdays, of_weekends = weekday * WEEKDAYS_IN_A_WEEK / doctors, weekend / doctors
    figures = Figures(of_weekdays * available.weekday_factor, of_weekends * available.weekend_factor)
    up = f"{percent(available.weekday_factor)} ({_over(available.weekdays_year, available.weekdays)})"
    up_at_weekends = f"{percent(available.weekend_factor)} ({_over(available.weekends_year, available.weekends)})"
    on = _each(doctors)
    return figures, (
        Working(f"Method 2: {plainly(weekday)} PA × 5 weekdays {on}", of_weekdays, PA),
        Working(f"Method 2: {plainly(weekend)} PA a weekend {on}", of_weekends, PA),
        Working(f"Method 2: {plainly(of_weekdays)} PA × {up}", figures.weekdays, PA),
        Working(f"Method 2: {plainly(of_weekends)} PA × {up_at_weekends}", figures.weekends, PA),
        Working("Method 2: weekdays and weekends together", figures.total, PA),
    )


def _each(doctors: int) -> str:
    return f"÷ {doctors} on the rota"


def _over(year: Fraction, available: Fraction) -> str:
    return f"{plainly(year)}/{plainly(available)}"


def percent(factor: Fraction) -> str:
    """ "124.29 %"."""
    return f"{float(factor * 100):.2f} %"
