"""England's bank holidays, from the `holidays` library."""

from functools import cache

import holidays

from workflows.domain.calendars import Calendar

YEARS_ON = 3
"""How far a deadline may reach: a plan's dispute ends well within three years of its start."""


@cache
def england(year: int) -> Calendar:
    """The calendar of England for deadlines that start in this year."""
    years = range(year - 1, year + YEARS_ON + 1)
    return Calendar(bank_holidays=frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years)))
