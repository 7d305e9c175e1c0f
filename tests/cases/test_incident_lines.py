"""Incidents of a case are lines of its history: once until they are settled, in a chain that still holds."""

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import start_plan
from tests.cases.walk import Walk
from workflows import releases
from workflows.domain.events import event_hash
from workflows.engine import incident_lines
from workflows.inbox import history
from workflows.store import Session
from workflows.store import incidents as incident_rows

KEY, ELEMENT = "step:1", "prepare_review"


def fail(session: Session, walk: Walk, reference: str) -> bool:
    """A failed move, kept as the front door keeps it."""
    case = walk.case(reference)
    incident_rows.record(
        session, trust_id=case.trust_id, case_id=case.id, key=KEY, element=ELEMENT, sentence="It divides by zero.",
        now=walk.at,
    )  # fmt: skip
    return incident_lines.recorded(session, case_id=case.id, key=KEY, element=ELEMENT, now=walk.at)


def settle(session: Session, walk: Walk, reference: str) -> bool:
    incident_rows.settle(session, key=KEY, now=walk.at)
    case_id = walk.case(reference).id
    return incident_lines.settled(session, case_id=case_id, key=KEY, element=ELEMENT, now=walk.at)


def words(walk: Walk, reference: str) -> list[str]:
    with walk.session() as session:
        case = walk.case(reference)
        policy = releases.of(session, release_id=case.release_id).policy
        return [line.words for line in history.of_case(session, case=case, policy=policy)]


def test_an_incident_is_told_once_until_it_is_settled_and_then_anew(cpft: Walk) -> None:
    reference = start_plan(cpft)
    said = [
        cpft.perform(verb, walk=cpft, reference=reference) for verb in (settle, fail, fail, fail, settle, settle, fail)
    ]
    assert said == [False, True, False, False, True, False, True]
    assert cpft.history(reference)[-3:] == ["incident_recorded", "incident_settled", "incident_recorded"]
    told = words(cpft, reference)
    assert told[0] == "The case could not go on at “Prepare your review”: It divides by zero."
    assert told[1] == "What had stopped the case at “Prepare your review” was settled."


def test_the_chain_still_holds_and_the_case_can_go_on(cpft: Walk) -> None:
    reference = start_plan(cpft)
    cpft.perform(fail, walk=cpft, reference=reference)
    cpft.do(cpft.house.doctor, "prepare_review", reference, effect_on_service="None", effect_on_team="None")
    events = [event for kind in set(cpft.history(reference)) for event in cpft.events(reference, kind)]
    previous = ""
    for event in sorted(events, key=lambda one: one.number):
        digest = event_hash(
            previous=previous, number=event.number, at=event.at, kind=event.kind, who=event.who_id,
            on_behalf=event.on_behalf_of_id, clause=event.clause, release=event.release_id, details=event.details,
            case=event.case_id,
        )  # fmt: skip
        assert (event.previous, event.hash) == (previous, digest)
        previous = digest
    assert cpft.case(reference).event_head == previous
    assert cpft.case(reference).event_count == len(events)


@SQLITE
@pytest.mark.parametrize("element", ["nowhere", ""])
def test_an_element_that_is_not_drawn_is_called_by_its_id(cpft: Walk, element: str) -> None:
    reference = start_plan(cpft)
    case_id = cpft.case(reference).id
    cpft.perform(incident_lines.recorded, case_id=case_id, key=KEY, element=element, now=cpft.at)
    assert "could not go on" in words(cpft, reference)[0]


@SQLITE
def test_a_case_that_is_not_there_has_no_history(cpft: Walk) -> None:
    assert cpft.perform(incident_lines.recorded, case_id=999, key=KEY, element=ELEMENT, now=cpft.at) is False
