"""Lines of a plan that can be meant, but look like a slip: they are said, and never refused."""

from workflows.domain.arithmetic.times import LONGEST_DAY
from workflows.domain.plan.lines import Activity

A_DAY = 24 * 60


def oddity(activity: Activity) -> str:
    """What to look at again in a line; "" where nothing is odd. On-call runs through nights and is left alone."""
    return oddity_of(activity.start, activity.end, activity.category)


def oddity_of(start: str, end: str, category: str) -> str:
    """The same for times as text, "HH:MM" or empty."""
    if not start or not end or category == "on_call":
        return ""
    begins, ends = _minutes(start), _minutes(end)
    lasts = (ends - begins) % A_DAY
    hours = f"{lasts / 60:.2f}".rstrip("0").rstrip(".")
    if lasts > LONGEST_DAY * 60:
        next_day = ", into the next day" if ends < begins else ""
        return f"That is {hours} hours in one line{next_day}. Please look at the times again."
    if 0 < ends < begins:  # midnight is the end of the same day
        return f"It ends before it starts, so it runs {hours} hours into the next day. Is that meant?"
    return ""


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
