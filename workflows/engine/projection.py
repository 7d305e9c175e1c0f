"""The projection: what the engine waits for, as rows that lists and pages read."""

from collections.abc import Sequence

from workflows.domain.roles import Role
from workflows.domain.vocabulary import ITEM_ROLES
from workflows.engine import ledger
from workflows.engine.drawings import Node
from workflows.engine.expressions import deadline_of, read
from workflows.engine.holders import Bench
from workflows.engine.moves import NOBODY, Move
from workflows.engine.process import Process, Waiting
from workflows.store import drafts as draft_rows
from workflows.store import steps as step_rows
from workflows.store.models import Step

DIRECTORATE = Role.MEDICAL_DIRECTORATE.value


def project(move: Move, process: Process, completed: Step | None) -> None:
    """Bring the case's rows to what its process waits for now, inside the move; `completed` is the step it ended."""
    waiting = process.waiting()
    human = {one.task: one for one in waiting if one.kind == "step"}
    rows = open_rows(move)
    end(move, [row for row in rows if row.task not in human], status="cancelled")
    known = {row.task for row in rows}
    for one in waiting:
        if one.task not in known:
            ledger.begin(move, one.deadline or move.loaded.diagrams.drawing(one.process).nodes[one.element].deadline)
    opened = open_steps(move, [one for one in human.values() if one.task not in known])
    if move.waiting is not None:
        move.waiting = {row: people for row, people in move.waiting.items() if row.status == "open"} | opened
    still_open = [row for row in rows if row.status == "open"] + list(opened)
    done = {completed.deadline} if completed and completed.deadline else set()
    cancelled = {row.deadline for row in rows if row.status == "cancelled" and row.deadline}
    drawn_open = {row.deadline for row in still_open if row.deadline}
    ledger.settle(move, drawn_open=drawn_open, drawn_done=done, drawn_cancelled=cancelled)
    ended = [row for row in rows if row.status != "open"] + ([completed] if completed else [])
    for name in timers_on(move, ended) - drawn_open - done - cancelled - {one.deadline for one in waiting}:
        ledger.withdraw(move, name)
    ledger.show_dates(move, still_open)
    move.case.stage = stage(still_open, waiting)


def timers_on(move: Move, ended: Sequence[Step]) -> set[str]:
    """The deadlines of the timers on the edge of steps that have ended."""
    places = {(row.process, row.element) for row in ended}
    return {
        deadline_of(node.timer)
        for process in {process for process, _ in places}
        for node in move.loaded.diagrams.drawing(process).nodes.values()
        if node.timer and (process, node.attached_to) in places
    }


def open_rows(move: Move) -> list[Step]:
    """The case's steps that were open before this move went on; none for a case that is only just being opened."""
    if move.waiting is not None:
        return [row for row in move.waiting if row.status == "open"]
    return list(step_rows.open_of_case(move.session, case_id=move.case.id)) if move.case.version > 1 else []


def stage(open_rows: Sequence[Step], waiting: Sequence[Waiting]) -> str:
    """What the case waits for, in the words of its diagram: a drawn day where it waits for that alone."""
    names = dict.fromkeys([row.name for row in open_rows] + [one.name for one in waiting if one.kind == "message"])
    return "; ".join(names or dict.fromkeys(one.name for one in waiting if one.kind == "timer"))


def end(move: Move, rows: Sequence[Step], *, status: str) -> None:
    """End steps that are done, or that the process no longer waits for: what somebody had filled in of those goes."""
    by = move.by if status == "done" else NOBODY
    step_rows.end(
        move.session,
        steps=rows,
        status=status,
        now=move.now,
        done_by_id=by.person_id,
        on_behalf_of_id=by.on_behalf_of_id,
    )
    if status == "cancelled":
        draft_rows.delete_drafts(move.session, step_ids=[row.id for row in rows])
        for row in rows:
            move.record("step_cancelled", step=row.id, element=row.element, name=row.name)


def open_steps(move: Move, waiting: Sequence[Waiting]) -> dict[Step, list[int]]:
    """Open the rows of steps that have just been reached, with their holders."""
    if not waiting:
        return {}
    entered = move.entered
    if entered is None:
        entered = step_rows.occurrences_of_case(move.session, case_id=move.case.id)
    reached = [(one, move.loaded.diagrams.drawing(one.process).nodes[one.element]) for one in waiting]
    move.bench.read(Role(role) for one, node in reached for role in roles_of_step(node, one.item))
    opened: dict[Step, list[int]] = {}
    for one, node in reached:
        role = role_of_step(move, node, one.item)
        people = holders_of_step(move.bench, node, one.item)
        row = row_of_step(move, one, node, entered.get((one.process, one.element), 0) + 1)
        row.role, row.queue = role, "" if people else DIRECTORATE
        row.holder_id = people[0] if len(people) == 1 else None
        opened[row] = people
    step_rows.add(move.session, opened=opened, kept_ids=move.next_step_ids)
    move.next_step_ids = []
    for row, people in opened.items():
        move.record("step_opened", step=row.id, element=row.element, name=row.name, role=row.role, holders=people)
    move.names |= move.bench.names
    return opened


def row_of_step(move: Move, one: Waiting, node: Node, occurrence: int) -> Step:
    """A step's row, but for its holders."""
    return Step(
        trust_id=move.case.trust_id,
        case_id=move.case.id,
        task=one.task,
        process=one.process,
        caller=one.caller,
        element=one.element,
        name=node.name,
        item=one.item,
        occurrence=occurrence,
        screen=node.screen,
        deadline=node.deadline,
        due_at=ledger.due_of_step(move, node.deadline),
        status="open",
        opened_at=move.now,
    )


def holders_of_step(bench: Bench, node: Node, item: str) -> list[int]:
    """Who may act on a step: the person for whom it is drawn, else whoever holds one of its roles."""
    return [int(item)] if item.isdecimal() else bench.any_of(roles_of_step(node, item))


def role_of_step(move: Move, node: Node, item: str) -> str:
    """The role in which a step is taken. In a for-each step the item is a person, whose role in it the case may know,
    or a role that stands vacant."""
    if not item.isdecimal():
        return item or node.lane
    told = (ITEM_ROLES[fact] for fact in read(node.for_each).facts if fact in ITEM_ROLES)
    return next((roles[item] for fact in told if item in (roles := move.known[fact] or {})), node.lane)


def roles_of_step(node: Node, item: str) -> Sequence[str]:
    """The roles whose holders may act on a step; none in a for-each step whose item is a person."""
    if item:
        return () if item.isdecimal() else (item,)
    return node.roles or (node.lane,)
