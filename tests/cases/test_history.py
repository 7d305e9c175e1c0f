"""History: every event has its words, holds ids instead of people's words, and cannot be changed unnoticed."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.stages import CPFT_GROUPS, accept, disagree, moved, plan_round, plan_team, refuse, sign, with_extra
from tests.cases.walk import Walk
from workflows import cases, releases
from workflows.domain.events import EVENTS, event_hash
from workflows.inbox import history
from workflows.store.models import Case, Event, Person

SECRETS = ("Too much", "Other days", "Not the Friday list", "Say where the clinic is", "Outpatient clinic", "Workload")


def verify(walk: Walk, reference: str) -> bool:
    """Whether the chain of a case's history holds from its first event to the head that the case keeps."""
    with walk.session() as session:
        case = session.scalars(select(Case).where(Case.reference == reference)).one()
        previous, number = "", 0
        for event in session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.number)):
            number += 1
            digest = event_hash(
                previous=previous,
                case=case.id,
                number=number,
                at=event.at,
                kind=event.kind,
                who=event.who_id,
                on_behalf=event.on_behalf_of_id,
                clause=event.clause,
                release=event.release_id,
                details=event.details,
            )
            if (event.number, event.previous, event.hash) != (number, previous, digest):
                return False
            previous = digest
        return (case.event_count, case.event_head) == (number, previous)


@pytest.fixture
def walked(cpft: Walk) -> tuple[Walk, str]:
    """A plan with a disagreement, a return, a late signature and a dispute's outcome still awaited."""
    house = cpft.house
    own = refuse(cpft, with_extra())
    disagree(cpft, own, "friday-list")
    cpft.pass_time(days=20)
    sign(cpft, own, house.doctor)
    cpft.pass_time(days=20)
    sign(cpft, own, house.manager)
    reasons = {"dcc": "Say where the clinic is"}
    cpft.do(house.directorate, "check_plan", own, check_answer="returned", return_reasons=reasons)
    cpft.do(house.manager, "mend_plan", own, plan=moved(place="Kendal"))
    step = cpft.step(house.doctor, "sign_plan", own)
    cpft.perform(cases.claim_step, actor=cpft.actor(house.doctor), step_id=step, now=cpft.at)
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    return cpft, own


def test_the_chain_of_a_whole_walk_holds(walked: tuple[Walk, str]) -> None:
    walk, own = walked
    assert verify(walk, own)
    assert len(walk.history(own)) > 50


@SQLITE
@pytest.mark.parametrize(
    "tamper",
    [
        lambda event: {"details": {**event.details, "name": "Something else"}},
        lambda event: {"who_id": None if event.who_id else 1},
        lambda event: {"at": event.at.replace(year=2026)},
        lambda event: {"kind": "step_cancelled" if event.kind != "step_cancelled" else "step_opened"},
        lambda event: {"number": 9999},
        lambda event: {"clause": "CPFT-0"},
    ],
)
def test_a_changed_line_breaks_the_chain(
    walked: tuple[Walk, str], tamper: Callable[[Event], dict[str, object]]
) -> None:
    walk, own = walked
    number = len(walk.history(own)) // 2
    with walk.session() as session:
        event = session.scalars(select(Event).where(Event.number == number)).first()
        assert event is not None
        session.execute(update(Event).where(Event.id == event.id).values(**tamper(event)))
        session.commit()
    assert not verify(walk, own)


@SQLITE
def test_a_history_cut_off_at_its_end_is_noticed(walked: tuple[Walk, str]) -> None:
    walk, own = walked
    with walk.session() as session:
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
        session.delete(last)
        session.commit()
    assert not verify(walk, own)


@SQLITE
def test_every_event_that_is_recorded_has_its_words_and_all_that_they_tell(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    plan_team(cpft, CPFT_GROUPS)
    late = sketches.run(cpft, sketches.APPEAL)
    cpft.do(house.directorate, "record_outcome", late)
    cpft.pass_time(days=20)
    with cpft.session() as session:
        kinds = set(session.scalars(select(Event.kind)))
        assert kinds <= EVENTS.keys()
        for case in session.scalars(select(Case)).all():
            policy = releases.of(session, release_id=case.release_id).policy
            for line in history.of_case(session, case=case, policy=policy):
                assert "(not recorded)" not in line.words, line
                assert "{" not in line.words


@SQLITE
def test_history_of_a_disagreement_has_its_words_too(walked: tuple[Walk, str]) -> None:
    walk, own = walked
    with walk.session() as session:
        case = session.scalars(select(Case).where(Case.reference == own)).one()
        policy = releases.of(session, release_id=case.release_id).policy
        lines = history.of_case(session, case=case, policy=policy)
    assert [line.words for line in lines if "(not recorded)" in line.words] == []
    assert {"plan_returned", "agreement_refused", "signature_voided", "escalated"} <= {line.kind for line in lines}


@SQLITE
def test_events_hold_ids_and_nothing_that_people_wrote(walked: tuple[Walk, str]) -> None:
    walk, _ = walked
    with walk.session() as session:
        text = " ".join(str(event.details) for event in session.scalars(select(Event)))
        names = list(session.scalars(select(Person.name)))
    for secret in (*SECRETS, *names):
        assert secret not in text
