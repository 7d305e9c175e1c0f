"""Moving one case to another release, with all that hangs on it, and putting it back: each inside the caller's
transaction, of a case that has been taken.

The state goes on with its tasks; open steps are named, held and dated as the new diagrams draw them; a line of the
ledger that the new policy reckons otherwise keeps the rule under which it was opened, and so its day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.engine import ledger, releases, runner
from workflows.engine.moves import Acting, Move
from workflows.engine.moving import CannotMove, Stays, between, side
from workflows.engine.process import Waiting
from workflows.engine.projection import DIRECTORATE, holders_of_step, role_of_step, stage
from workflows.engine.releases import Loaded
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import events as event_rows
from workflows.store import firings as firing_rows
from workflows.store import steps as step_rows
from workflows.store.models import Json, Step
from workflows.store.taking import Taken

OF_LINES = ("status", "ended_at", "release_id")
CLOSED = CannotMove("It has been closed.")


@dataclass(frozen=True)
class Before:
    """A case as it was before it moved: enough to put it back. `rows` is JSON: its stage and engine, its open steps
    with their holders, the lines of the ledger that the move changed, and the ids of those that it opened."""

    release_id: int
    state: bytes
    rows: dict[str, Json]


def carry(
    session: Session, *, taken: Taken, to: Loaded, now: datetime, by: Acting, batch: int
) -> Before | CannotMove | Stays:
    """Move a case, if it can; its version has grown by one then. batch: the id that its history names."""
    case = taken.case
    if case.status != "open":
        return CLOSED
    if case.release_id == to.id:
        return Stays()
    old = releases.of(session, release_id=case.release_id)
    pair = between(side(old.files, old.diagrams.content_hash), side(to.files, to.diagrams.content_hash))
    verdict = pair.verdict(case.state)
    if isinstance(verdict, CannotMove):
        return verdict
    state, steps = case.state, {step: list(people) for step, people in taken.waiting.items()}
    rows: dict[str, Json] = {"stage": case.stage, "engine": case.engine_version, "steps": as_they_are(steps)}
    lines = {line.id: _line(line) for line in taken.deadlines}
    case_rows.follow(session, case=case, release_id=to.id)
    move = runner.move_of(session, taken=taken, now=now, by=by)
    move.record("case_moved", before=old.number, after=to.number, batch=batch)
    case.state = state if isinstance(verdict, Stays) else pair.moved(state)
    _redraw(move, steps, old, runner.load(move).waiting())
    rows["lines"] = [lines[line.id] for line in move.deadlines if line.id in lines and lines[line.id] != _line(line)]
    rows["opened"] = [line.id for line in move.deadlines if line.id not in lines]
    runner.save(move)
    return Before(old.id, state, rows)


def _redraw(move: Move, steps: Mapping[Step, list[int]], old: Loaded, waiting: list[Waiting]) -> None:
    """Bring the case's rows to what the new diagrams and the new policy say of what it waits for."""
    for line in move.deadlines:
        rules = [one.policy.deadlines.get(line.name) for one in (old, move.loaded)]
        if line.release_id is None and rules[0] != rules[1]:
            line.release_id = old.id
    lost = {step.deadline for step in steps}
    for step, people in steps.items():
        _redraw_step(move, step, people)
    drawn = {step.deadline for step in steps} - {""}
    for name in sorted(drawn - lost):
        ledger.begin(move, name, otherwise=move.today)
    if drawn != lost - {""}:
        ledger.settle(move, drawn_open=drawn, drawn_done=set(), drawn_cancelled=lost - drawn - {""})
    ledger.show_dates(move, steps)
    move.case.stage = stage(list(steps), waiting)


def _redraw_step(move: Move, step: Step, held: list[int]) -> None:
    node = move.loaded.diagrams.drawing(step.process).nodes[step.element]
    role = role_of_step(move, node, step.item)
    drawn: dict[str, Json] = {"name": node.name, "role": role, "screen": node.screen, "deadline": node.deadline}
    step_rows.redraw(move.session, step=step, drawn=drawn)
    people = held if step.item else holders_of_step(move.bench, node, step.item)
    if set(people) == set(held) or step.id in event_rows.steps_assigned(move.session, case_id=move.case.id):
        return
    step_rows.set_holders(move.session, held={step: people})
    holder = step.holder_id if step.holder_id in people else people[0] if len(people) == 1 else None
    step_rows.redraw(move.session, step=step, drawn={"holder_id": holder, "queue": "" if people else DIRECTORATE})
    between_whom: dict[str, Json] = {"from": held or DIRECTORATE, "to": people or DIRECTORATE}
    move.record("holder_changed", step=step.id, element=step.element, name=step.name, **between_whom)


def put_back(session: Session, *, taken: Taken, before: Before, now: datetime, by: Acting, batch: int) -> None:
    """Put a case back as it was before it moved. The caller has seen to it that nothing has happened since."""
    case = taken.case
    new = releases.of(session, release_id=case.release_id)
    case_rows.follow(session, case=case, release_id=before.release_id)
    move = runner.move_of(session, taken=taken, now=now, by=by)
    move.record("case_moved_back", before=new.number, after=move.loaded.number, batch=batch)
    _put_lines_back(move, before.rows, new)
    steps = {step.id: (step, people) for step, people in taken.waiting.items()}
    for was in before.rows["steps"]:
        _put_step_back(move, *steps[was["id"]], was)
    case.state, case.stage, case.engine_version = before.state, before.rows["stage"], before.rows["engine"]
    runner.save(move)


def _put_step_back(move: Move, step: Step, held: list[int], was: Mapping[str, Json]) -> None:
    due_at = _instant(was["due_at"])
    step_rows.redraw(move.session, step=step, drawn={key: was[key] for key in step_rows.DRAWN})
    if step.due_at != due_at:
        step_rows.set_due(move.session, case_id=move.case.id, deadline=step.deadline, due_at=due_at)
    if set(held) != set(was["holders"]):
        step_rows.set_holders(move.session, held={step: was["holders"]})


def _put_lines_back(move: Move, rows: Mapping[str, Json], new: Loaded) -> None:
    """Lines that the move opened are nobody's any more; what it ended or opened again is as it was."""
    was = {line["id"]: line for line in rows["lines"]}
    for line in move.deadlines:
        if line.id in rows["opened"]:
            line.release_id = new.id  # the earlier policy may not know it
            ledger.close(move, line, status="cancelled")
            ledger.note(move, line, "deadline_withdrawn")
        elif line.id in was:
            ran = line.ended_at is None
            line.status, line.release_id = was[line.id]["status"], was[line.id]["release_id"]
            line.ended_at = _instant(was[line.id]["ended_at"])
            if ran and line.ended_at is not None:
                firing_rows.void(move.session, deadline_ids=[line.id])
            elif not ran and line.ended_at is None:
                ledger.replan(move, line)


def as_they_are(steps: Mapping[Step, list[int]]) -> list[Json]:
    """Open steps as JSON."""
    return [
        {
            "id": step.id,
            "due_at": step.due_at.isoformat() if step.due_at else None,
            "holders": people,
            **{key: getattr(step, key) for key in step_rows.DRAWN},
        }
        for step, people in steps.items()
    ]


def _line(line: Any) -> Json:
    held = {key: getattr(line, key) for key in OF_LINES}
    return {"id": line.id, **held, "ended_at": line.ended_at.isoformat() if line.ended_at else None}


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
