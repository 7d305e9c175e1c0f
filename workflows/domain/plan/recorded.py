"""Hours that were recorded for a line, the evidence of its average: a day and its hours in each row (BTH-3.4.4-b)."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from workflows.domain.arithmetic.contracted import average_administration
from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.working import Figure
from workflows.domain.fields import YEARS, Json

RECORDED, FIRST, LAST = "recorded", "recorded_from", "recorded_until"
"""The columns of parts.MORE that hold it."""
ENTRY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})):?\s+(\d{1,2}(?:\.\d{1,3})?)")
MOST_ENTRIES = 400
HOURS_IN_DAY = 24


class NotAnEntry(ValueError):
    """A row is not a day with its hours."""


def entries(text: str) -> list[tuple[date, Fraction]]:
    """The days with their hours: "1/3/2027 2.5" or "2027-03-01 2.5" in each row. Raises NotAnEntry with the row."""
    return [_entry(row) for row in text.splitlines() if row.strip()]


def _entry(row: str) -> tuple[date, Fraction]:
    found = ENTRY.fullmatch(row.strip())
    if found is None:
        raise NotAnEntry(row.strip())
    year, month, day, day_first, month_next, year_last, hours = found.groups()
    try:
        on = date(int(year or year_last), int(month or month_next), int(day or day_first))
    except ValueError:
        raise NotAnEntry(row.strip()) from None
    if on.year not in YEARS or Fraction(hours) > HOURS_IN_DAY:
        raise NotAnEntry(row.strip())
    return on, Fraction(hours)


def fault(more: Mapping[str, Json]) -> tuple[str, str] | None:
    """What is wrong with what a line says was recorded: the column, and why. None where nothing is."""
    if RECORDED not in more:
        return None
    try:
        recorded = entries(str(more[RECORDED]))
    except NotAnEntry as row:
        return RECORDED, f"“{str(row)[:40]}” cannot be read. Write a day and its hours in each row, as 1/3/2027 2.5."
    for column in (FIRST, LAST):
        if column not in more:
            return column, "say over which days the time was recorded."
    first, last = _period(more)
    if len(recorded) > MOST_ENTRIES or not any(first <= day <= last for day, _ in recorded):
        return RECORDED, f"between these days there have to be entries, and {MOST_ENTRIES} of them at most."
    return None


def average(more: Mapping[str, Json], terms: Terms) -> Figure:
    """PAs a week: the average of what was recorded over its period. For what `fault` found nothing wrong with."""
    return average_administration(entries(str(more[RECORDED])), *_period(more), terms)


def _period(more: Mapping[str, Json]) -> tuple[date, date]:
    return date.fromisoformat(str(more[FIRST])), date.fromisoformat(str(more[LAST]))
