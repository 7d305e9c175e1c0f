"""What must hold after any fault: all that was confirmed is there, nothing happened twice."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from workflows.store import engines, firings
from workflows.store.models import Case, Deadline, Event, Firing, Notice, Step

TOLD = {"reminder_sent": "remind", "escalated": "escalate", "deadline_missed": "due", "deadline_lapsed": "due"}
FIRED = (
    select(Deadline.case_id, Deadline.name, Deadline.due_on, Firing.kind, Firing.rung)
    .join_from(Firing, Deadline)
    .where(Firing.status == "fired")
)
ABOUT_DEADLINES = select(Notice.deadline_id, Notice.person_id, Notice.subject).where(Notice.deadline_id.is_not(None))


def engine_on(url: str) -> Engine:
    """An engine for looking: it keeps no connection, so that none is left whatever happens to the database."""
    chosen = {name: value for name, value in engines.options(url).items() if not name.startswith(("pool", "max_"))}
    return engines.prepare(create_engine(url, poolclass=NullPool, **chosen))


def confirmed_is_there(engine: Engine, confirmed: Iterable[tuple[int, int]]) -> None:
    """Each step that somebody was told to be complete is complete, by them, with one line in the history."""
    with Session(engine) as session:
        for step_id, person_id in confirmed:
            step = session.get_one(Step, step_id)
            assert (step.status, step.done_by_id) == ("done", person_id), (step_id, step.element)
        done = select(Event).where(Event.kind == "step_completed")
        lines = Counter(event.details["step"] for event in session.scalars(done))
    assert all(times == 1 for times in lines.values()), lines


def fired_once(engine: Engine) -> int:
    """Each firing that was done has one line in its case's history and each line its firing; no notice is there twice.
    Returns how many were done."""
    with Session(engine) as session:
        fired = Counter(tuple(row) for row in session.execute(FIRED))
        told = Counter(line_of(event) for event in session.scalars(select(Event).where(Event.kind.in_(TOLD))))
        notices = Counter(tuple(row) for row in session.execute(ABOUT_DEADLINES))
    assert fired == told, (fired - told, told - fired)
    assert all(times == 1 for times in fired.values()), fired.most_common(3)
    assert all(times == 1 for times in notices.values()), notices.most_common(3)
    return len(fired)


def line_of(event: Event) -> tuple[object, ...]:
    """A line of history as the firing that it tells of: case, deadline, its day, kind, rung."""
    said = event.details
    return event.case_id, said["deadline"], date.fromisoformat(said["due_on"]), TOLD[event.kind], said.get("rung", 0)


def waits(engine: Engine, now: datetime) -> bool:
    """Whether anything is due and has not been done. Nobody knows while the database is away."""
    try:
        with Session(engine) as session:
            return bool(firings.due_ids(session, now=now, limit=1))
    except OperationalError:
        return True


def status_of(engine: Engine, references: Iterable[str]) -> Counter[str]:
    """How the cases stand."""
    with Session(engine) as session:
        return Counter(session.scalars(select(Case.status).where(Case.reference.in_(list(references)))))
