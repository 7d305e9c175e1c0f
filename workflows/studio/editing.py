"""Verbs on a diagram of a draft, one a change: each reads the file, edits its text and keeps it with what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from workflows.domain.studio import Permission
from workflows.domain.vocabulary import MESSAGE_WORDS, OUTCOMES, PROCESSES
from workflows.engine.drawings import Node
from workflows.engine.drawings import read as read_drawing
from workflows.engine.editing import branches, fields, races, removing, steps, together
from workflows.engine.editing.branches import Way
from workflows.engine.editing.conditions import Picked, comparisons, picked, written
from workflows.engine.editing.diagram import CannotChange, Edited
from workflows.engine.editing.fields import DrawnField
from workflows.engine.editing.races import Wait
from workflows.engine.editing.steps import NewStep
from workflows.engine.expressions import Refused
from workflows.store import Session
from workflows.store import releases as release_rows
from workflows.studio import drafts
from workflows.studio.drawing import drawn_in
from workflows.studio.offering import offer
from workflows.studio.rights import Acting, check_may

__all__ = [
    "ENDS",
    "CannotChange",
    "DrawnField",
    "Edited",
    "NewStep",
    "Picked",
    "Place",
    "Refused",
    "Wait",
    "Way",
    "comparisons",
    "picked",
    "written",
]

Change = Callable[[str], Edited]
Titles = Mapping[str, Mapping[str, str]]
ENDS = "a new end"
"""In place of an element that a way leads to: a new end."""


@dataclass(frozen=True)
class Place:
    """Which diagram of which draft, and the version of the file that the person was shown."""

    draft_id: int
    process: str
    read: int


def _keep(session: Session, by: Acting, at: Place, now: datetime, change: Change) -> Edited:
    """Edit the text as it is now. A text that somebody changed meanwhile is not touched: drafts.Stale."""
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    drafts.find(session, by.trust_id, at.draft_id)
    files = drafts.files(session, draft_id=at.draft_id)
    path = drawn_in(files, at.process).path
    try:
        made = change(files[path])
    except ValueError as error:  # what the XML itself does not take: control characters, half of a pair
        raise CannotChange("What you typed has a character in it that a diagram cannot hold. Type it anew.") from error
    drafts.save_file(
        session, by=by, draft_id=at.draft_id, path=path, text=made.text, read=at.read, said=made.said, now=now
    )
    return made


def add_step(session: Session, *, by: Acting, at: Place, after: str, step: NewStep, now: datetime) -> Edited:
    """A new step behind an element, or on a flow. Raises CannotChange and what drafts.save_file raises, as all do."""

    def change(text: str) -> Edited:
        on = after if after in {flow.id for flow in read_drawing(text).flows} else ""
        return steps.add_step(text, step, after="" if on else after, on=on)

    return _keep(session, by, at, now, change)


def add_beside(session: Session, *, by: Acting, at: Place, beside: str, step: NewStep, now: datetime) -> Edited:
    """A new step at the same time as another one, or as what is on the ways of a gateway."""
    return _keep(session, by, at, now, lambda text: together.add_beside(text, beside, step))


def change_step(
    session: Session, *, by: Acting, at: Place, element: str, said: Mapping[str, str], now: datetime
) -> Edited:
    """What an element says: `said` by name, documentation, role, and what steps.SAYS of its kind."""
    titles = _titles(session, by, at)

    def change(text: str) -> Edited:
        made = [Edited(text, "", element)]
        node = read_drawing(text).nodes.get(element)
        if node is None:
            raise CannotChange("Somebody has removed this meanwhile.", element=element)
        for name, value in said.items():
            if " ".join(value.split()) != " ".join(said_now(node, name).split()):
                made.append(_told(made[-1].text, element, name, value, titles))
        sentences = [each.said for each in made if each.said]
        if len(sentences) > 1:
            title = read_drawing(made[-1].text).nodes[element].name or element
            return Edited(made[-1].text, f"Changed “{title}” in {len(sentences)} ways.", element)
        return Edited(made[-1].text, sentences[0] if sentences else "Changed nothing.", element)

    return _keep(session, by, at, now, change)


def said_now(node: Node, name: str) -> str:
    """What an element says under one of these names."""
    if name == "role":
        return node.lane
    if name == "roles":
        return " ".join(node.roles) if node.roles != (node.lane,) else ""
    if name == "calledElement":
        return node.called
    return str(getattr(node, name, "") or node.attributes.get(name, ""))


def _titles(session: Session, by: Acting, at: Place) -> Titles:
    """What people call the keys that a step may name, by what it says of them."""
    draft = drafts.find(session, by.trust_id, at.draft_id)
    files, base = (
        drafts.files(session, draft_id=draft.id),
        release_rows.by_id(session, release_id=draft.base_release_id),
    )
    offered = offer(files, process=drawn_in(files, at.process).key, policy=base.policy if base else "")
    processes = {**PROCESSES, **dict(offered.stages)}
    return {
        **{key: dict(offered.roles) for key in ("role", "roles", "to")},
        **dict.fromkeys(("process", "calledElement"), processes),
        "deadline": dict(offered.deadlines),
        "screen": dict(offered.screens),
        "letter": dict(offered.letters),
        "action": dict(offered.actions),
        "decision": dict(offered.decisions),
        "for_each": dict(offered.lists),
        "outcome": dict(OUTCOMES),
    }


def _told(text: str, element: str, name: str, value: str, titles: Titles) -> Edited:
    known = titles.get(name, {})
    shown = known.get(value) or " and ".join(known.get(word, word) for word in value.split())
    if name == "name":
        return steps.rename(text, element, value)
    if name == "documentation":
        return steps.document(text, element, value)
    if name == "role":
        return steps.assign(text, element, value, shown=shown)
    return steps.set_detail(text, element, name, value, shown=shown)


def move_step(session: Session, *, by: Acting, at: Place, element: str, up: bool, now: datetime) -> Edited:
    """Let a step change places with its neighbour."""
    return _keep(session, by, at, now, lambda text: steps.move_step(text, element, up=up))


def remove(session: Session, *, by: Acting, at: Place, element: str, now: datetime) -> Edited:
    """Remove a step, a deadline's event, or a way out of a choice."""

    def change(text: str) -> Edited:
        drawing = read_drawing(text)
        if element in {flow.id for flow in drawing.flows}:
            return removing.remove_way(text, element)
        if element in drawing.attached:
            return branches.remove_timer(text, element)
        return removing.remove_step(text, element)

    return _keep(session, by, at, now, change)


def add_choice(
    session: Session, *, by: Acting, at: Place, after: str, question: str, way: Way, otherwise: str, now: datetime
) -> Edited:
    """A choice behind a step, or another way of a choice that is there."""

    def change(text: str) -> Edited:
        on = after if after not in read_drawing(text).nodes else ""
        if not on and branches.is_choice(text, after):
            return branches.add_way(text, after, way)
        return branches.add_choice(
            text, after="" if on else after, on=on, question=question, ways=[way], otherwise=otherwise
        )

    return _keep(session, by, at, now, change)


def add_race(session: Session, *, by: Acting, at: Place, after: str, waits: Sequence[Wait], now: datetime) -> Edited:
    """Wait for whichever of several comes first, behind an element or on a flow."""
    titles = _titles(session, by, at)
    waits = [replace(wait, name=_waited_for(wait, titles)) for wait in waits]

    def change(text: str) -> Edited:
        on = after if after not in read_drawing(text).nodes else ""
        return races.add_race(text, waits, after="" if on else after, on=on)

    return _keep(session, by, at, now, change)


def add_wait(session: Session, *, by: Acting, at: Place, gateway: str, wait: Wait, now: datetime) -> Edited:
    """One thing more of which whichever comes first is waited for."""
    wait = replace(wait, name=_waited_for(wait, _titles(session, by, at)))
    return _keep(session, by, at, now, lambda text: races.add_wait(text, gateway, wait))


def _waited_for(wait: Wait, titles: Titles) -> str:
    """What a wait is called in the diagram: the words of the deadline or the message."""
    words = titles["deadline"].get(wait.deadline) or MESSAGE_WORDS.get(wait.message, wait.message)
    return f"{words[:1].upper()}{words[1:]}"


def change_way(
    session: Session, *, by: Acting, at: Place, flow: str, name: str, condition: str, to: str, now: datetime
) -> Edited:
    """What a way is called, when it is taken ("" for the default, which has no condition), and where it leads: an
    element, or ENDS for a new end."""

    def change(text: str) -> Edited:
        drawn = next((each for each in read_drawing(text).flows if each.id == flow), None)
        if drawn is None:
            raise CannotChange("Somebody has removed this way meanwhile.", element=flow)
        made = Edited(text, "Changed nothing.", flow)
        if condition and condition != drawn.condition:
            made = branches.set_condition(made.text, flow, condition, name)
        elif name != drawn.name:
            made = steps.rename(made.text, flow, name)
        if to == ENDS:
            made = branches.lead_to(made.text, flow, end="Done")
        elif to and to != drawn.target:
            made = branches.lead_to(made.text, flow, to=to)
        return made

    return _keep(session, by, at, now, change)


def make_default(session: Session, *, by: Acting, at: Place, flow: str, now: datetime) -> Edited:
    """Let a way be taken when no condition of the others holds."""
    return _keep(session, by, at, now, lambda text: branches.set_default(text, flow))


def limit_time(
    session: Session, *, by: Acting, at: Place, step: str, deadline: str, to: str, end: str, now: datetime
) -> Edited:
    """Let a deadline end a step: the case goes to an element that is there, or to a new end."""
    shown = _titles(session, by, at)["deadline"].get(deadline, "")
    change = partial(branches.add_timer, step=step, deadline=deadline, to=to, end=end, shown=shown)
    return _keep(session, by, at, now, change)


def keep_field(
    session: Session, *, by: Acting, at: Place, step: str, key: str, field: DrawnField, now: datetime
) -> Edited:
    """Add a question to a step (`key` ""), or change one."""
    if key:
        return _keep(session, by, at, now, lambda text: fields.change_field(text, step, key, field))
    return _keep(session, by, at, now, lambda text: fields.add_field(text, step, field))


def move_field(session: Session, *, by: Acting, at: Place, step: str, key: str, up: bool, now: datetime) -> Edited:
    """Ask a question earlier or later."""
    return _keep(session, by, at, now, lambda text: fields.move_field(text, step, key, up=up))


def remove_field(session: Session, *, by: Acting, at: Place, step: str, key: str, now: datetime) -> Edited:
    """Remove a question from a step."""
    return _keep(session, by, at, now, lambda text: fields.remove_field(text, step, key))
