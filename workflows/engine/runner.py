"""The runner: moves a case and writes down all that the move did, in the caller's transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound, Unsound
from workflows.engine import history, ledger, letters, outbox, releases
from workflows.engine.actions import ACTIONS
from workflows.engine.drawings import Node
from workflows.engine.expressions import FUNCTIONS, deadline_of
from workflows.engine.known import Known
from workflows.engine.moves import NOBODY, Acting, Move
from workflows.engine.process import ENGINE_VERSION, Process, Waiting
from workflows.engine.projection import end, project
from workflows.store import LostRace, Session, taking
from workflows.store import cases as case_rows
from workflows.store import deadlines as deadline_rows
from workflows.store import facts as fact_rows
from workflows.store.models import Case, Deadline, Json, Step
from workflows.store.taking import Taken


class StepNotWaiting(NotFound):
    """This step is no longer waiting: somebody has completed it, or the case has moved on without it."""


class Running:
    """A move as the engine sees it: what expressions may read, and what service work does."""

    def __init__(self, move: Move) -> None:
        self.move = move
        self.case: Mapping[str, Any] = move.known
        self.policy: Mapping[str, Any] = move.loaded.policy.values
        self.functions: Mapping[str, Callable[..., Any]] = {
            **FUNCTIONS,
            "due": lambda name: ledger.due_day(move, name),
        }

    def act(self, node: Node) -> None:
        """Do the service work that an element names, and send its letter."""
        ACTIONS[node.action](self.move, node)
        if node.letter:
            letters.send(self.move, node.letter, stage=letters.stage_of(self.move, node), clause=node.clause)

    def decided(self, node: Node, outputs: Mapping[str, Json]) -> None:
        """Keep what a decision table decided, as facts of the case."""
        self.move.write(outputs)
        self.move.record("decided", element=node.id, name=node.name, decision=node.decision)


def open_move(session: Session, *, case: Case, now: datetime, by: Acting) -> Move:
    """Take the case for this transaction and read what it knows. A race for it is met here, before anything else."""
    read = case.version
    taken = taking.take(session, case_ids=[case.id], today=civil_day(now))[case.id]
    if taken.case.version != read:
        raise LostRace(case.reference)
    return move_of(session, taken=taken, now=now, by=by)


def move_of(session: Session, *, taken: Taken, now: datetime, by: Acting) -> Move:
    """A move of a case that has been taken, with all that it knows."""
    return Move(
        session=session,
        case=taken.case,
        loaded=releases.of(session, release_id=taken.case.release_id),
        now=now,
        by=by,
        known=Known(taken.facts),
        deadlines=taken.deadlines,
        waiting=taken.waiting,
        entered=taken.entered,
        posts=taken.posts,
        next_step_ids=taken.next_step_ids,
        names=taken.names,
        on_fact=on_fact,
    )


def on_fact(move: Move, key: str, value: Json) -> None:
    """What a new fact sets going: deadlines that start with it, deadlines that it meets."""
    ledger.met_by(move, fact=key)
    ledger.open_rows(move, fact=key, value=value)


def start(session: Session, *, case: Case, facts: Mapping[str, Json], now: datetime, by: Acting = NOBODY) -> Move:
    """Open a case: write its first facts, start its diagram and go on to the first steps."""
    move = Move(
        session=session,
        case=case,
        loaded=releases.of(session, release_id=case.release_id),
        now=now,
        by=by,
        known=Known([]),
        deadlines=[],
        on_fact=on_fact,
    )
    move.record("case_opened", process=case.process)
    with faults_of(move):
        move.write(facts)
        process = Process.start(move.loaded.diagrams, case.process, Running(move))
        go_on(move, process)
    return move


def complete(
    move: Move, *, step: Step, values: Mapping[str, Json], types: Mapping[str, str], before: Callable[[Move], None]
) -> None:
    """Complete a step: judge it by its deadline, write its values as facts, and go on to the next steps.

    before: what the step's screen does besides, as signing a plan; it runs after the facts are written.
    Raises: RightLapsed; StepNotWaiting when the engine has moved on.
    """
    with faults_of(move, step):
        if step.deadline:
            ledger.judge(move, step.deadline, ends_step=ends_by_timer(move, step))
        move.step = step
        move.record("step_completed", clause=clause_of(move, step), step=step.id, element=step.element, name=step.name)
        move.write(values, types)
        before(move)
        if (node := move.loaded.diagrams.drawing(step.process).nodes[step.element]).letter:
            letters.send(move, node.letter, stage=step.process, clause=node.clause)
        move.step = None
        process = load(move)
        if not any(one.task == step.task for one in process.waiting()):
            raise StepNotWaiting
        end(move, [step], status="done")
        process.complete(step.task)
        go_on(move, process, done=step)


def foreseen_letter(
    move: Move, *, step: Step, values: Mapping[str, Json], types: Mapping[str, str], before: Callable[[Move], None]
) -> bytes:
    """The letter that a step would send if it were completed like this, marked as a preview. The step stays open; what
    is written on the way is for the caller to take back. Raises RightLapsed, NoLetter."""
    if step.deadline:
        ledger.judge(move, step.deadline, ends_step=ends_by_timer(move, step))
    move.step = step
    move.write(values, types)
    before(move)
    return letters.preview(move, move.loaded.diagrams.drawing(step.process).nodes[step.element])


def receive(move: Move, *, name: str, facts: Mapping[str, Json]) -> bool:
    """Give a message to a case that waits for it. Returns False, and does nothing, when it does not wait for it."""
    with faults_of(move):
        process = load(move)
        waiting = waiting_for(process, name)
        if waiting is None or not outbox.may_release(move, name):
            return False
        move.write(facts)
        move.record("message_received", name=name, element=waiting.element)
        process.receive(waiting.task)
        go_on(move, process)
    return True


def fire_timers(move: Move, row: Deadline) -> int:
    """Fire the drawn timers of a deadline whose day has come. Returns how many there were."""
    if not move.loaded.diagrams.has_timer(move.case.process, row.name):
        return 0
    with faults_of(move):
        process = load(move)
        timers = [one for one in process.waiting() if one.kind == "timer" and one.deadline == row.name]
        for one in timers:
            ledger.note(move, row, "timer_fired", element=one.element)
            process.fire(one.task)
        go_on(move, process)
    return len(timers)


def load(move: Move) -> Process:
    """The case's process as it was stored."""
    return Process.load(move.case.state, move.loaded.diagrams, Running(move))


def waiting_for(process: Process, name: str) -> Waiting | None:
    """The receive task that waits for a message, if one does."""
    return next((one for one in process.waiting() if one.kind == "message" and one.message == name), None)


def go_on(move: Move, process: Process, done: Step | None = None) -> None:
    """Run until only people, messages and time are waited for; then write everything down."""
    process.settle()
    while (one := releasable(move, process)) is not None:
        move.record("message_received", name=one.message, element=one.element)
        process.receive(one.task)
        process.settle()
    project(move, process, done)
    if process.finished:
        close(move)
    move.case.state, move.case.engine_version = process.dump(), ENGINE_VERSION
    save(move)


def releasable(move: Move, process: Process) -> Waiting | None:
    """A wait that is over already: the started cases are all closed, or the message has come before the wait."""
    for one in process.waiting():
        if one.kind == "message" and outbox.take(move, one.message):
            return one
    return None


def close(move: Move) -> None:
    """The diagram has come to its end."""
    move.case.status, move.case.closed_at = "closed", move.now
    ledger.cancel_open(move)
    move.record("case_closed")
    outbox.tell_parent(move)


def save(move: Move) -> None:
    """Store what the move gathered: its facts and its line of history."""
    history.append(move.session, case=move.case, happenings=move.happenings)
    fact_rows.add(move.session, rows=move.known.added)
    case_rows.save(move.session, case=move.case)
    deadline_rows.save(move.session, deadlines=move.deadlines)
    move.known.added, move.happenings = [], []
    move.session.flush()


def ends_by_timer(move: Move, step: Step) -> bool:
    """Whether a timer of the step's own deadline is drawn on it that takes it away."""
    return any(
        node.attached_to == step.element and node.interrupting and deadline_of(node.timer) == step.deadline
        for node in move.loaded.diagrams.drawing(step.process).nodes.values()
        if node.timer
    )


def clause_of(move: Move, step: Step) -> str:
    """The clause that a step is drawn with."""
    return move.loaded.diagrams.drawing(step.process).nodes[step.element].clause


class faults_of:  # noqa: N801 - reads as a word: with faults_of(move)
    """Says of a fault which case it stopped and when, so that the front door can keep it as an incident."""

    def __init__(self, move: Move, step: Step | None = None) -> None:
        """`step`: the one that a person was completing; none where time or a message moved the case."""
        self.move, self.step = move, step

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, Unsound):
            fault.case_id, fault.at = self.move.case.id, self.move.now
            fault.step_id = self.step.id if self.step else None
