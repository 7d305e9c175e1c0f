"""Changing the date of a deadline, in words: what may be done, and what it brings."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from webapp.presenters import words
from webapp.presenters.deadlines import deed
from workflows.inbox.deadlines import Consequences, TakenBack

OFFERS: Mapping[str, str] = MappingProxyType(
    {
        "extend": "Give more time",
        "pause": "Stop the clock",
        "resume": "Start the clock again",
        "take_back": "Take the extension back",
    }
)
"""What each change is called, on its link and as the heading of its page."""
BUTTONS: Mapping[str, str] = MappingProxyType({**OFFERS, "extend": "Show what that changes"})
DONE: Mapping[str, str] = MappingProxyType(
    {
        "extend": "The deadline has its new date. Those who have a step to do by then have been told.",
        "pause": "The clock of this deadline stands still. Those who have a step to do by then have been told.",
        "resume": "The clock runs again. Those who have a step to do by then have been told.",
        "take_back": "The extension is taken back. Those who have a step to do by then have been told.",
    }
)


def lines(found: Consequences) -> list[str]:
    """What the change brings, a sentence each."""
    said = [_date(found)]
    if found.steps:
        waits = words.listed([f"“{step}”" for step in found.steps])
        said.append(f"It is the date of {waits}: whoever has that to do is told at once.")
    if found.due_on is None:
        said.append("While the clock stands still nothing is late, and no reminder or escalation goes out.")
        said.append("When somebody starts it again, the days in between are added to the date.")
        return said
    said += _ladder(found) or ["No reminder is left to come before then."]
    if found.lapses:
        said.append("With the end of that day the right to do it lapses.")
    said.append("Your name, today’s date and the reason stand beside the date; the history says who changed it.")
    return said


def _ladder(found: Consequences) -> list[str]:
    """What time will then do, a sentence for each kind with its days."""
    days: dict[str, list[str]] = {}
    for rung in found.ladder:
        if rung.kind != "due":
            days.setdefault(deed(rung), []).append(words.short_day(rung.at))
    return [f"{what} on {words.listed(on)}." for what, on in days.items()]


def _date(found: Consequences) -> str:
    was = words.day(found.line.due_on)
    if found.due_on is None:
        return f"It is due on {was} now. From today on its clock stands still."
    if found.verb == "take_back":
        return f"It is due on {was} now, and would be due on {words.day(found.due_on)} again."
    if found.days == 0:
        return f"It stays due on {was}."
    later = words.count(found.days, "day")
    late = " It would still be late." if found.late else ""
    return f"It is due on {was} now, and would be due on {words.day(found.due_on)}, {later} later.{late}"


def not_later(found: Consequences) -> str:
    """Why a date is no extension."""
    return f"The new date must be later than {words.day(found.line.due_on)}, on which it is due now."


def earliest(found: Consequences) -> str:
    """The first day that is an extension, as an example to type."""
    day = found.line.due_on + timedelta(days=7)
    return f"It is due on {words.day(found.line.due_on)} now. A week more would be {words.day(day)}."


def taken_back(one: TakenBack) -> str:
    """An extension that no longer counts."""
    reason = f" It had been given because: {one.reason.strip().rstrip('.')}." if one.reason else ""
    return (
        f"An extension to {words.short_day(one.until)} was taken back by {one.by} on {words.short_day(one.on)}.{reason}"
    )
