"""What may be done to each element and each way of a diagram: an editor offers this and no more. The checks are those
with which the edits themselves refuse."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from workflows.engine.editing import branches, races, removing, steps, together
from workflows.engine.editing.diagram import CannotChange, Diagram
from workflows.engine.editing.placing import check_drawable


class Deed(StrEnum):
    """What can be done to an element or a way."""

    ADD = "add"
    """Something new behind it, or on it: a step, a choice."""
    TOGETHER = "together"
    WAY = "way"
    """One more way of a choice."""
    OTHERWISE = "otherwise"
    """Let a way be taken where no condition of the others holds."""
    LIMIT = "limit"
    """Let a deadline end it."""
    WAIT = "wait"
    """One thing more of which whichever comes first is waited for."""
    UP = "up"
    DOWN = "down"
    REMOVE = "remove"


Check = Callable[[Diagram, str], object]
OF_ELEMENTS: Mapping[Deed, Check] = {
    Deed.ADD: lambda diagram, key: steps.place(diagram, after=key),
    Deed.TOGETHER: together.check_beside,
    Deed.WAY: branches.check_choice,
    Deed.LIMIT: branches.check_limit,
    Deed.WAIT: races.check_race,
    Deed.UP: lambda diagram, key: steps.neighbours(diagram, key, up=True),
    Deed.DOWN: lambda diagram, key: steps.neighbours(diagram, key, up=False),
    Deed.REMOVE: removing.check_removal,
}
OF_WAYS: Mapping[Deed, Check] = {
    Deed.ADD: lambda diagram, key: steps.place(diagram, on=key),
    Deed.OTHERWISE: branches.check_default,
    Deed.REMOVE: removing.check_way_removal,
}
Refusals = Mapping[str, Mapping[Deed, str]]
"""By element or way: what cannot be done to it, and the sentence that says why."""


def refusals(text: str) -> Refusals:
    """What would be refused whatever else was said. What is not named may be done."""
    diagram = Diagram(text)
    groups = ((diagram.nodes, OF_ELEMENTS), (diagram.flows, OF_WAYS))
    return {
        key: {deed: why for deed, check in checks.items() if (why := _why(diagram, check, key))}
        for keys, checks in groups
        for key in keys
    }


def _why(diagram: Diagram, check: Check, key: str) -> str:
    try:
        check_drawable(diagram)
        check(diagram, key)
    except CannotChange as refused:
        return refused.sentence
    return ""
