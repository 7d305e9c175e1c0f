"""What the directorate does about a failure: it is tried again at once, or given up with a reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cases import sketches
from tests.cases.walk import Walk
from tests.factories import NOW
from workflows.domain.errors import BadValues, NotAllowed, NotFound
from workflows.operations.incidents import DealtWith, NotTriedByTime, give_up, retry
from workflows.store import acts, incidents, messages
from workflows.store.incidents import IncidentFilters
from workflows.store.models import Firing, Incident, Message, Person

DUE = datetime(2027, 3, 16, 8, tzinfo=UTC)


def fail(walk: Walk) -> tuple[str, Incident]:
    """A case whose deadline comes and cannot move it: the gateway asks for an amount that nobody has entered."""
    reference = sketches.run(walk, sketches.FAULTY, checked=False)
    walk.do(walk.house.directorate, "record_outcome", reference)
    walk.at = DUE
    assert walk.tick().done["failed"] == 1
    [incident] = walk.incidents()
    return reference, incident


def ask(walk: Walk, verb: Any, incident: Incident, who: Person | None = None, **more: Any) -> None:
    person = who or walk.house.directorate
    about = {"trust_id": person.trust_id, "person_id": person.id, "incident_id": incident.id}
    walk.perform(verb, **about, **more, now=walk.at)


def history(walk: Walk, incident: Incident) -> list[tuple[str, str | None]]:
    with walk.session() as session:
        return [(line.kind, line.who) for line in incidents.lines(session, incident_id=incident.id, limit=20)][::-1]


def status(walk: Walk, incident: Incident) -> str:
    return next(one.status for one in walk.incidents() if one.id == incident.id)


def test_what_is_retried_is_done_at_the_clocks_next_look_and_settled(cpft: Walk) -> None:
    reference, incident = fail(cpft)
    for _ in range(3):
        cpft.pass_time(hours=1)
    cpft.do(cpft.house.directorate, "enter_amount", reference, amount=5)
    cpft.at += timedelta(seconds=1)
    assert not cpft.tick(), "its next try would be an hour away"
    with cpft.session() as session:
        assert incidents.next_tries(session, keys=[incident.key])[incident.key] > cpft.at + timedelta(minutes=30)
    ask(cpft, retry, incident)
    assert cpft.tick().done["due"] == 1
    assert status(cpft, incident) == "settled"
    name = cpft.house.directorate.name
    assert history(cpft, incident) == [("failed", None), ("failed", None), ("retried", name), ("settled", None)]
    with cpft.session() as session:
        lines = incidents.lines(session, incident_id=incident.id, limit=9)
        assert [line.at for line in lines[:2]] == [cpft.at, cpft.at]
        assert acts.newest(session, trust_id=incident.trust_id, limit=1)[0].kind == "incident_retried"


def test_what_is_given_up_is_not_tried_again_and_keeps_its_reason(cpft: Walk) -> None:
    reference, incident = fail(cpft)
    for reason in ("", "  \n"):
        with pytest.raises(BadValues):
            ask(cpft, give_up, incident, reason=reason)
    ask(cpft, give_up, incident, reason="The doctor has left.")
    cpft.do(cpft.house.directorate, "enter_amount", reference, amount=5)
    cpft.pass_time(days=30)
    assert "go_on" not in cpft.waiting(reference)
    assert status(cpft, incident) == "given_up"
    assert history(cpft, incident)[-1] == ("given_up", cpft.house.directorate.name)
    with cpft.session() as session:
        assert incidents.lines(session, incident_id=incident.id, limit=1)[0].words == "The doctor has left."
        assert {row.status for row in session.query(Firing).filter_by(kind="due")} == {"void"}
        assert incidents.count_open(session, trust_id=incident.trust_id) == 0
    with pytest.raises(DealtWith):
        ask(cpft, retry, incident)
    with pytest.raises(DealtWith):
        ask(cpft, give_up, incident, reason="Again.")


def test_nobody_but_the_trusts_directorate_deals_with_its_incidents(cpft: Walk, bth: Walk) -> None:
    _, incident = fail(cpft)
    for who in (cpft.house.doctor, cpft.house.medical_director, cpft.house.hr):
        with pytest.raises(NotAllowed):
            ask(cpft, give_up, incident, who, reason="No.")
    with pytest.raises(NotFound):
        ask(cpft, retry, incident, bth.house.directorate)
    assert status(cpft, incident) == "open"


def test_a_persons_step_is_not_for_time_to_try_again(cpft: Walk) -> None:
    about = {"trust_id": cpft.house.trust.id, "case_id": None, "element": "", "sentence": "No.", "now": NOW}
    cpft.perform(incidents.record, key="step:7", **about)
    [incident] = cpft.incidents()
    with pytest.raises(NotTriedByTime, match="The step waits"):
        ask(cpft, retry, incident)
    ask(cpft, give_up, incident, reason="Done on paper.")
    assert status(cpft, incident) == "given_up"


def test_a_case_does_not_wait_for_one_whose_start_was_given_up(cpft: Walk) -> None:
    parent = sketches.run(cpft, sketches.FAULTY, checked=False)
    sender = cpft.case(parent).id
    letter = messages.Letter(cpft.house.trust.id, "one", "start", "nowhere", cpft.at, sender_id=sender)
    cpft.perform(messages.send, letters=[letter])
    assert cpft.tick().done["failed"] == 1
    [incident] = cpft.incidents()
    ask(cpft, give_up, incident, reason="It was drawn wrongly.")
    with cpft.session() as session:
        sent = {row.key: row for row in session.query(Message)}
        assert sent["one"].status == "given_up"
        assert sent[f"given_up:{sent['one'].id}"].receiver_id == sender
    assert cpft.pass_time(days=1).done["failed"] == 0


def test_the_same_failure_over_and_over_is_two_lines_and_a_count(cpft: Walk) -> None:
    about = {"trust_id": cpft.house.trust.id, "case_id": None, "key": "firing:1", "element": ""}
    for hour in range(5):
        cpft.perform(incidents.record, **about, sentence="No.", now=NOW + timedelta(hours=hour))
    cpft.perform(incidents.record, **about, sentence="Another.", now=NOW + timedelta(hours=5))
    [incident] = cpft.incidents()
    assert incident.times == 6
    with cpft.session() as session:
        lines = incidents.lines(session, incident_id=incident.id, limit=9)[::-1]
    assert [(line.at - NOW, line.words) for line in lines] == [
        (timedelta(0), "No."),
        (timedelta(hours=4), "No."),
        (timedelta(hours=5), "Another."),
    ]


def test_the_list_is_narrowed_by_status_kind_and_case(cpft: Walk) -> None:
    reference, incident = fail(cpft)
    about = {"trust_id": cpft.house.trust.id, "case_id": None, "element": "", "now": NOW}
    cpft.perform(incidents.record, key="mail:4", sentence="Refused.", **about)

    def listed(**narrowed: str) -> list[str]:
        with cpft.session() as session:
            filters = IncidentFilters(**narrowed)
            found = incidents.of_trust(session, trust_id=cpft.house.trust.id, filters=filters, limit=9, offset=0)
            assert incidents.count(session, trust_id=cpft.house.trust.id, filters=filters) == len(found)
            return [one.incident.key for one in found]

    assert listed() == ["mail:4", incident.key]
    assert listed(kind="mail") == ["mail:4"]
    assert listed(words=reference.lower()) == [incident.key]
    assert listed(words="%") == []
    assert listed(status="settled") == []
    assert set(listed(status="")) == {"mail:4", incident.key}
