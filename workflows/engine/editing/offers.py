"""What may be done to each element and each way of a diagram: an editor offers this and no more. The checks are those
with which the edits themselves refuse."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from workflows.engine.editing import branches, races, removing, steps, together
from workflows.engine.editing.diagram import CannotChange, Diagram
from workflows.engine.editing.placing import check_drawable, drawable


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
Offers = Mapping[str, frozenset[Deed]]
"""By element or way: what may be done to it."""


class _Unnamed(Diagram):
    """A diagram for whoever only asks whether something may be done: to find words for why not would take longer."""

    def called(self, key: str) -> str:
        self.node(key)
        return ""


def offers(text: str) -> Offers:
    """All that would not be refused whatever else was said."""
    diagram = _Unnamed(text)
    groups = ((diagram.nodes, OF_ELEMENTS), (diagram.flows, OF_WAYS))
    return {
        key: frozenset(deed for deed, check in checks.items() if drawable(diagram) and not _why(diagram, check, key))
        for keys, checks in groups
        for key in keys
    }


def refusal(text: str, key: str, deed: Deed) -> str:
    """Why something cannot be done to an element or a way, whatever else is said; "" where it can."""
    diagram = Diagram(text)
    check = (OF_WAYS if key in diagram.flows else OF_ELEMENTS).get(deed)
    return _why(diagram, lambda diagram, _: check_drawable(diagram), key) or (
        _why(diagram, check, key) if check else ""
    )


def _why(diagram: Diagram, check: Check, key: str) -> str:
    try:
        check(diagram, key)
    except CannotChange as refused:
        return refused.sentence
    return ""
