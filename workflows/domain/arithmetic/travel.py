"""Travel: what of it is working time, and so direct clinical care (BTH 3.4.4). Journeys are in minutes, one way."""

from fractions import Fraction

from workflows.domain.arithmetic.terms import MINUTES_IN_HOUR
from workflows.domain.arithmetic.working import HOURS, Figure, Working, plainly

NONE = Fraction(0)


def between_sites(*journeys: Fraction) -> Figure:
    """Hours between two sites of one day's work: all of it counts (BTH-3.4.4-c)."""
    lines = tuple(Working(f"Between two sites: {plainly(each)} minutes", _hours(each), HOURS) for each in journeys)
    return _sum(lines)


def excess(home_to_site: Fraction, home_to_base: Fraction, *, journeys: int = 1) -> Figure:
    """Hours of excess travel: from home to another site, less from home to the main base; never less than nothing
    (BTH-3.4.4-d)."""
    each = max(home_to_site - home_to_base, NONE)
    words = f"Home to the other site {plainly(home_to_site)} minutes, less home to base {plainly(home_to_base)}"
    lines = [Working(words, _hours(each), HOURS)]
    if each == 0:
        lines = [Working(f"{words}: no more than the usual way", NONE, HOURS)]
    if journeys != 1:
        lines.append(Working(f"{journeys} journeys", _hours(each) * journeys, HOURS))
    return Figure(_hours(each) * journeys, HOURS, tuple(lines))


def for_emergencies(*journeys: Fraction) -> Figure:
    """Hours to and from work for NHS emergencies: all of it counts (BTH-3.4.4-d)."""
    lines = tuple(Working(f"For an emergency: {plainly(each)} minutes", _hours(each), HOURS) for each in journeys)
    return _sum(lines)


def own_way(*journeys: Fraction) -> Figure:
    """Between the main base and home or private premises: no working time (BTH-3.4.4-e)."""
    words = "Between main base and home or private premises: {} minutes, no working time"
    return _sum(tuple(Working(words.format(plainly(each)), NONE, HOURS) for each in journeys))


def _sum(lines: tuple[Working, ...]) -> Figure:
    return Figure(sum((line.value for line in lines), NONE), HOURS, lines)


def _hours(minutes: Fraction) -> Fraction:
    return Fraction(minutes) / MINUTES_IN_HOUR
