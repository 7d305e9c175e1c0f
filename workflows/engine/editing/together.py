"""Edits of what is done at the same time: a step beside another one, a gateway before both and one behind, which waits
until both are done."""

from workflows.engine.check.paths import walk
from workflows.engine.editing.diagram import CannotChange, Diagram, Edited
from workflows.engine.editing.placing import Placing
from workflows.engine.editing.steps import ONLY_WAITS, NewStep, into_lane_beside, is_race, new_step

TOGETHER = "parallelGateway"
BESIDE = frozenset(
    {"userTask", "serviceTask", "businessRuleTask", "scriptTask", "receiveTask", "callActivity", "manualTask"}
)
"""What something can be done at the same time as."""


def add_beside(text: str, beside: str, step: NewStep) -> Edited:
    """Add a step that is done at the same time as another one; or, where `beside` is a gateway at which all ways are
    taken, as what is on its ways. The case goes on once everything is done. Raises CannotChange."""
    diagram = Diagram(text)
    placing = Placing(diagram)
    check_beside(diagram, beside)
    if diagram.kind(beside) == TOGETHER:
        split, join, said = beside, _join_of(diagram, beside), "what is done there"
    else:
        said = diagram.called(beside)
        split, join = _around(diagram, beside)
    key = new_step(diagram, step, behind=split)
    into_lane_beside(diagram, key, step.role, beside)
    diagram.connect(split, key)
    diagram.connect(key, join)
    placing.finish()
    return Edited(diagram.source.text(), f"Added the step {diagram.called(key)} at the same time as {said}.", key)


def _around(diagram: Diagram, step: str) -> tuple[str, str]:
    """The gateways before and behind a step: those that it stands between alone, else new ones. The first would wait
    for every way that leads to it, so that several come together before it."""
    before, after = diagram.sources(step), diagram.targets(step)
    if len(before) == 1 and len(diagram.out_of(before[0])) > 1 and _join_of(diagram, before[0]) == after[0]:
        return before[0], after[0]
    first = _gateway(diagram, "exclusiveGateway", f"before_{step}", step) if len(before) > 1 else ""
    split = _gateway(diagram, TOGETHER, f"together_with_{step}", step)
    join = _gateway(diagram, TOGETHER, f"done_with_{step}", step)
    for flow in diagram.into(step):
        diagram.redirect(flow, target=first or split)
    diagram.redirect(diagram.out_of(step)[0], target=join)
    for source, target in ((first, split), (split, step), (join, after[0])):
        if source:
            diagram.connect(source, target)
    return split, join


def _gateway(diagram: Diagram, kind: str, name: str, beside: str) -> str:
    key = diagram.new_id(name)
    diagram.add(kind, key, "", behind=beside)
    into_lane_beside(diagram, key, "", beside)
    return key


def check_beside(diagram: Diagram, step: str) -> None:
    """Raises CannotChange where nothing can be done at the same time."""
    if diagram.kind(step) == TOGETHER:
        if not _join_of(diagram, step):
            raise CannotChange(
                "The ways that part here come together nowhere, so nothing would wait for one more.", element=step
            )
        return
    name, before, after = diagram.called(step), diagram.sources(step), diagram.targets(step)
    if diagram.kind(step) not in BESIDE:
        raise CannotChange(f"{name} takes no time, so nothing can be done at the same time.", element=step)
    if len(after) != 1 or not before or step in before:
        raise CannotChange(f"It is not clear what comes before {name} and what after it.", element=step)
    if any(is_race(diagram, each) for each in before):
        raise CannotChange(ONLY_WAITS, element=before[0])
    if any(diagram.nodes[event].get("cancelActivity") != "false" for event in diagram.attached_to(step)):
        raise CannotChange(
            f"{name} can be ended early, and leads elsewhere then: what is done at the same time would be waited for in"
            " vain. Remove what ends it first.",
            element=step,
        )


def _join_of(diagram: Diagram, split: str) -> str:
    """The gateway at which all that parts at a gateway comes together again, "" where there is none."""
    if diagram.kind(split) != TOGETHER:
        return ""
    ways = [walk([target], {**diagram.onward, split: ()}) for target in diagram.targets(split)]
    both = set.intersection(*map(set, ways)) if len(ways) > 1 else set()
    joins = [key for key in both & diagram.nodes.keys() if diagram.kind(key) == TOGETHER and len(diagram.into(key)) > 1]
    return joins[0] if len(joins) == 1 else next((key for key in diagram.order() if key in joins), "")
