"""Lines of one name, told apart: a sentence about one of them says which."""

from collections import Counter
from collections.abc import Mapping

from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.finding import Found, named
from workflows.domain.plan.lines import DAYS, Activity

Names = Mapping[str, tuple[str, str]]
"""By the id of a line: how sentences call it, and how they call it apart from others of that name."""


def told_apart(plan: Plan) -> Names:
    """The lines that share their name with another: with day and times, or with their place in the plan where these do
    not tell them apart either. “Clinic” -> “Clinic” (Monday 09:00 to 13:00), “Clinic” (line 7)."""
    names = Counter(_name(line) for line in plan.activities)
    shared = [(place, line) for place, line in enumerate(plan.activities, start=1) if names[_name(line)] > 1]
    times = Counter((_name(line), _when(line)) for _, line in shared)
    return {
        line.id: (named(line), f"{named(line)} ({when if when and times[_name(line), when] == 1 else f'line {place}'})")
        for place, line in shared
        for when in (_when(line),)
    }


def with_names(found: Found, names: Names) -> Found:
    """The same, with the lines that its sentence is about told apart. Of two that share a name, `about` comes first."""
    said, rest = "", found.sentence
    for plain, apart in (names[line] for line in (found.about, found.other) if line in names):
        before, is_there, after = rest.partition(plain)
        if is_there:
            said, rest = f"{said}{before}{apart}", after
    return found._replace(sentence=said + rest) if said else found


def _name(line: Activity) -> str:
    return line.title.strip().casefold()


def _when(line: Activity) -> str:
    times = f"{line.start} to {line.end}" if line.start else ""
    return " ".join(part for part in (DAYS[line.day] if line.day else "", times) if part)
