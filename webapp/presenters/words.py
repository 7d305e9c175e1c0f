"""Words that every page uses: days, moments, counts, lists of names."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from workflows.domain import wording
from workflows.domain.calendars import LONDON

listed = wording.listed


def day(value: date) -> str:
    """ "Monday 3 March 2027". An instant is shown as its day in Europe/London."""
    civil = _civil(value)
    return f"{civil:%A} {civil.day} {civil:%B %Y}"


def short_day(value: date) -> str:
    """ "3 March 2027"."""
    civil = _civil(value)
    return f"{civil.day} {civil:%B %Y}"


def moment(value: datetime) -> str:
    """ "Monday 3 March 2027 at 2:05pm", in Europe/London."""
    return f"{day(value)} at {hour(value)}"


def hour(value: datetime) -> str:
    """ "2:05pm", "midday", "midnight", in Europe/London."""
    local = value.astimezone(LONDON)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 step", "3 steps", "no steps"."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def figure(value: Fraction | Decimal | float) -> str:
    """A number of PAs as it is written in a plan: "10", "2.5", "0.125"; never more than three decimals."""
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


def distance(due_on: date, today: date) -> str:
    """How far a due day is: "today", "tomorrow", "in 5 days", "3 days late"."""
    days = (due_on - today).days
    near = {-1: "1 day late", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days late"


def lower_first(text: str) -> str:
    """For a name inside a sentence: "Sign the plan" -> "sign the plan"; "HR check" stays."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def acting(who: str, on_behalf_of: str) -> str:
    """Who did something, and in whose place: "Dr Amy Reed for Dr Ian Holt"."""
    return f"{who} for {on_behalf_of}" if on_behalf_of else who


def _civil(value: date) -> date:
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value
