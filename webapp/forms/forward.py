"""How far the demonstration's clock is to be moved."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from workflows.domain.calendars import at_hour
from workflows.domain.errors import BadValues

FURTHEST = timedelta(days=400)
"""At most this far at once: a year's round, and a little more."""
MORNING = 8
"""A visitor who names a day arrives there after its reminders, which go out at seven."""
STEPS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


def target(posted: Mapping[str, str], *, now: datetime, next_deadline: datetime | None) -> datetime:
    """The instant that was asked for. Raises BadValues with a sentence where there is none."""
    by = posted.get("by", "")
    if by in STEPS:
        return now + STEPS[by]
    if by == "deadline" and next_deadline is None:
        raise BadValues({"by": "Nothing is due in your trust at the moment."})
    until = next_deadline if by == "deadline" else _morning(posted.get("on", ""))
    if until is None:
        raise BadValues({"on": "Choose the day to move to."})
    if until <= now:
        raise BadValues({"on": "Time moves forward only: choose a later day."})
    if until - now > FURTHEST:
        raise BadValues({"on": "That is too far at once: choose a day within the next 400 days."})
    return until


def _morning(typed: str) -> datetime | None:
    try:
        return at_hour(date.fromisoformat(typed), MORNING)
    except (ValueError, OverflowError):
        return None
