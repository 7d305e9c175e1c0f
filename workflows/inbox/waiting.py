"""What a case waits for: its steps with their holders, and whatever else its drawings wait for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from workflows.inbox import Viewer, progress
from workflows.inbox.cases import due_day
from workflows.inbox.progress import Position
from workflows.releases import Loaded, deadline_of
from workflows.store.models import Case, Deadline, Step


@dataclass(frozen=True)
class Next:
    """What follows a step: a step (with its role in the trust's words), a stage, a wait, or the end of the case."""

    name: str
    kind: str
    role: str


@dataclass(frozen=True)
class Waiting:
    """A step that waits: who has it since when, when it is due, and what may come next."""

    step_id: int
    element: str
    name: str
    role: str
    holders: tuple[str, ...]
    in_queue: bool
    mine: bool
    on_behalf_of: str
    """Whose deputy the viewer would be in doing it; "" where it is their own or nobody's that they may act for."""
    for_each: bool
    """One of several steps at this place, a person each: the lane says nothing on who this one is."""
    since: datetime
    due_on: date | None
    deadline_id: int | None
    after: tuple[Next, ...]


def position_of(case: Case, steps: Sequence[Step], ledger: Sequence[Deadline], loaded: Loaded) -> Position:
    """Where the case stands in its drawings."""
    opened = {step.name for step in steps if step.status == "open"}
    waits = frozenset(case.stage.split("; ")) - opened
    return Position(
        process=case.process,
        steps=steps,
        waits=waits | days_awaited(case, ledger, waits, loaded),
        closed=case.status == "closed",
        drawing=loaded.diagrams.drawing,
        worded=loaded.policy.worded,
    )


def days_awaited(case: Case, ledger: Sequence[Deadline], waits: frozenset[str], loaded: Loaded) -> frozenset[str]:
    """The drawn days that a case waits for, by name: their deadlines run. One that is an alternative to messages is
    awaited as long as they are."""
    running = {row.name for row in ledger if row.ended_at is None}
    found = set()
    for process in progress.called_from(case.process, loaded.diagrams.drawing):
        drawing = loaded.diagrams.drawing(process)
        for node in drawing.nodes.values():
            if node.type == "intermediateCatchEvent" and node.timer and deadline_of(node.timer) in running:
                others = progress.alternatives(drawing, node.id)
                if not others or others & waits:
                    found.add(node.name)
    return frozenset(found)


def waiting_steps(  # noqa: PLR0917 - all that is known of the waiting steps, gathered once
    viewer: Viewer,
    steps: Sequence[Step],
    holders: Sequence[tuple[int, int, str]],
    ledger: Sequence[Deadline],
    loaded: Loaded,
    position: Position,
) -> tuple[Waiting, ...]:
    opened = [step for step in steps if step.status == "open"]
    able: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for step_id, person_id, name in holders:
        able[step_id].append((person_id, name))
    newest = {row.name: row.id for row in sorted(ledger, key=lambda row: row.occurrence)}
    far_off = datetime.max.replace(tzinfo=UTC)
    return tuple(
        waiting_step(
            step,
            [one for one in able[step.id] if step.holder_id in {None, one[0]}],
            title=loaded.policy.title(step.role),
            viewer=viewer,
            deadline_id=newest.get(step.deadline),
            after=_after(step, loaded, position),
        )
        for step in sorted(opened, key=lambda step: (step.due_at or far_off, step.id))
    )


def waiting_step(
    step: Step,
    holders: Sequence[tuple[int, str]],
    *,
    title: str,
    viewer: Viewer,
    deadline_id: int | None,
    after: tuple[Next, ...],
) -> Waiting:
    return Waiting(
        step_id=step.id,
        element=step.element,
        name=step.name,
        role=title,
        holders=tuple(name for _, name in holders),
        in_queue=bool(step.queue),
        mine=any(person in viewer.stands_for for person, _ in holders),
        on_behalf_of=_on_behalf_of(viewer, holders),
        for_each=bool(step.item),
        since=step.opened_at,
        due_on=due_day(step.due_at),
        deadline_id=deadline_id,
        after=after,
    )


def _on_behalf_of(viewer: Viewer, holders: Sequence[tuple[int, str]]) -> str:
    if any(person == viewer.person_id for person, _ in holders):
        return ""
    return next((name for person, name in holders if person in viewer.acts_for), "")


def _after(step: Step, loaded: Loaded, position: Position) -> tuple[Next, ...]:
    found: list[Next] = []
    for drawing, node in progress.next_after(step.process, step.element, step.caller, position):
        role = loaded.policy.title(node.lane) if node.type in progress.PEOPLES and node.lane else ""
        name = loaded.diagrams.drawing(node.called).name if node.called else node.name
        one = Next(name=name or drawing.name, kind=progress.kind_of(node), role=role)
        if one not in found:
            found.append(one)
    return tuple(found)


def waits_for(position: Position, loaded: Loaded) -> tuple[str, ...]:
    """What the case waits for that is nobody's step, in the words of the drawing."""
    nodes = [
        node
        for process in progress.called_from(position.process, loaded.diagrams.drawing)
        for node in loaded.diagrams.drawing(process).nodes.values()
    ]
    names = [node.name for node in nodes if progress.is_wait(node) and node.name in position.waits]
    return () if position.closed else tuple(dict.fromkeys(names))
