"""How many statements the pages send that everybody opens all day: each is a way to the database and back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, event

from tests.cases.stages import approved_team_plan
from tests.cases.walk import PLAN, Walk
from tests.factories import open_case, open_step
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that any engine sends in the block."""
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):  # SQLite is told so, PostgreSQL's driver says it by itself
            sent.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def reference(walk: Walk) -> str:
    """An interim case whose doctor has drafted a plan; the manager has yet to read the pack."""
    approved_team_plan(walk)
    house = walk.house
    reference = walk.start(
        house.directorate,
        "individual_planning",
        kind="interim",
        subject=house.doctor.id,
        team=house.team.id,
        employment_start_date=walk.today,
    )
    walk.do(house.doctor, "draft_plan", reference, plan=PLAN)
    walk.do(house.manager, "read_pack", reference, pack_read="read")
    return reference


def submitted(walk: Walk, visit: Visit, reference: str) -> list[str]:
    """What booking the meeting sends, up to the answer that leads on to the next page."""
    visitor = visit(walk.house.manager)
    step = walk.step(walk.house.manager, "book_meeting", reference)
    visitor.open(f"/steps/{step}")
    boxes = {
        **dict(visitor.page.values()),
        **{f"answer-meeting_booked_for-{part}": str(getattr(walk.at, part)) for part in ("day", "month", "year")},
        "answer-meeting_place": "Online",
        "answer-service_manager_invited": "no",
        "press": "complete",
    }
    with counted() as sent:
        answer = visitor.client.post(f"/steps/{step}", data=boxes)
    assert answer.status_code == 303, answer.text[:400]
    assert walk.waiting(reference) == ["record_meeting"]
    return sent


def test_completing_a_step_takes_fifteen_statements_and_inviting_to_a_meeting_four(
    walk: Walk, visit: Visit, reference: str
) -> None:
    """One for the demonstration's clock, one for who is there, one for what the step asks; case, open steps, facts and
    deadlines; who holds the next role; two end the step, two open the next; facts, history and the case itself. And to
    invite: what was booked before, how they are reached, the notices and the e-mails."""
    sent = submitted(walk, visit, reference)
    assert len(sent) <= 15 + 4, sent


def test_completing_a_step_reads_no_table_twice_for_the_same(walk: Walk, visit: Visit, reference: str) -> None:
    sent = submitted(walk, visit, reference)
    assert len(set(sent)) == len(sent)


def test_my_steps_take_four_statements_for_ten_as_for_one(
    walk: Walk, visit: Visit, store: Store, reference: str
) -> None:
    """One for the clock, one for who is there, the steps and the notices."""
    visitor = visit(walk.house.manager)
    visitor.open("/")
    with counted() as sent:
        visitor.open("/")
    with store() as session:
        for _ in range(9):
            open_step(session, open_case(session, walk.house), held_by=[walk.house.manager])
    with counted() as more:
        visitor.open("/")
    assert len(more) <= len(sent) <= 4, sent
