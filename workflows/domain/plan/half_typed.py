"""A job plan while it is being typed: what can be read of it already, and what cannot."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from workflows.domain.errors import BadValues
from workflows.domain.plan.content import Plan

NO_NAME = "A line without a name"


class HalfTyped(NamedTuple):
    """What could be read, and a sentence for each line, row or answer that was left out of it, by its key."""

    plan: Plan
    unread: Mapping[str, str]


def read_what_can_be(content: Mapping[str, Any]) -> HalfTyped:
    """The plan without those lines, rows and answers that cannot be read. The keys of `unread` are those of
    Plan.from_json: "activities.2.pas", counted from 0 over all lines as they were typed.

    A line that has no name yet counts all the same: it will get one.
    """
    given = {**content, "activities": [_named(line) for line in content.get("activities") or []]}
    try:
        return HalfTyped(Plan.from_json(given), {})
    except BadValues as bad:
        # What is whole does not depend on what is left out, but for reasons beside lines that are not there now.
        rest = {key: _without(key, value, bad.problems) for key, value in given.items() if key not in bad.problems}
        again = read_what_can_be(rest) if rest != given else HalfTyped(Plan.from_template(), {})
        return HalfTyped(again.plan, {**again.unread, **bad.problems})


def _named(line: Any) -> Any:
    return {**line, "title": line.get("title") or NO_NAME} if isinstance(line, Mapping) else line


def _without(head: str, value: Any, problems: Mapping[str, str]) -> Any:
    """A part of the plan without what there are complaints about."""
    faulty = {key.split(".")[1] for key in problems if key.startswith(f"{head}.")}
    if isinstance(value, Mapping):
        return {key: each for key, each in value.items() if str(key) not in faulty}
    if isinstance(value, list | tuple):
        return [each for number, each in enumerate(value) if str(number) not in faulty]
    return value
