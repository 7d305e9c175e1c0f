"""How often a line of the plan happens, in words. What it is worth: workflows.domain.arithmetic.patterns."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflows.domain.calendars import in_words as day_in_words
from workflows.domain.wording import listed

ORDINALS = ("", "first", "second", "third", "fourth", "fifth")


def in_words(pattern: Mapping[str, Any]) -> str:
    """ "every week", "week 2 of 4", "first and third week of the month", "14 times a year", "on 1 April 2027"."""
    if "week" in pattern:
        return f"week {pattern['week']} of {pattern['every_weeks']}"
    if "every_weeks" in pattern:
        return f"every {pattern['every_weeks']} weeks"
    if "month_weeks" in pattern:
        return f"{listed([ORDINALS[number] for number in pattern['month_weeks']])} week of the month"
    if "per_year" in pattern:
        return "once a year" if pattern["per_year"] == 1 else f"{pattern['per_year']} times a year"
    if "dates" in pattern:
        return f"on {listed([day_in_words(date.fromisoformat(day)) for day in pattern['dates']])}"
    return "every week"
