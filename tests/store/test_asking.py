"""Questions that are foreseen come along with another, and their answers hold until something is written."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tests.factories import World, open_case, open_step
from workflows.store import step_pages
from workflows.store.asking import ask
from workflows.store.models import Case, Step

POSTGRES = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
AnythingElse = (select(Case.__table__.c.id),)


@pytest.fixture
def step(session: Session, world: World) -> Step:
    case = open_case(session, world.cpft)
    found = open_step(session, case, held_by=[world.cpft.doctor])
    session.commit()
    return found


def rename(engine: Engine, step_id: int) -> None:
    with Session(engine) as other:
        other.execute(update(Step).where(Step.id == step_id).values(name="renamed"))
        other.commit()


def nothing(_: Session) -> None:
    pass


def write(session: Session) -> None:
    session.execute(update(Case).values(title="Another"))


def keep_unsaved(session: Session) -> None:
    session.scalars(select(Case)).one().title = "Another"


@POSTGRES
@pytest.mark.parametrize(
    ("between", "expected"),
    [(nothing, "Step"), (write, "renamed"), (keep_unsaved, "renamed"), (Session.rollback, "renamed")],
)
def test_a_foreseen_answer_holds_until_something_is_written_or_the_transaction_ends(
    session: Session, engine: Engine, step: Step, between: Callable[[Session], None], expected: str
) -> None:
    trust_id, step_id, name = step.trust_id, step.id, step.name
    session.rollback()
    step_pages.foresee_asked(session, trust_id=trust_id, step_id=step_id)
    ask(session, AnythingElse, {})
    rename(engine, step_id)
    between(session)
    asked = step_pages.asked_step(session, trust_id=trust_id, step_id=step_id)
    assert asked is not None
    assert asked.name == (name if expected == "Step" else expected)
    asked = step_pages.asked_step(session, trust_id=trust_id, step_id=step_id)
    assert asked is not None
    assert asked.name == "renamed"  # an answer is given once


def test_what_was_foreseen_for_one_trust_answers_no_other(session: Session, world: World, step: Step) -> None:
    step_pages.foresee_asked(session, trust_id=step.trust_id, step_id=step.id)
    ask(session, AnythingElse, {})
    assert step_pages.asked_step(session, trust_id=world.bth.trust.id, step_id=step.id) is None
    assert step_pages.asked_step(session, trust_id=step.trust_id, step_id=step.id) is not None
