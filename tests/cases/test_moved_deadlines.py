"""Deadlines that are new to a moved case which knows already the day from which they are counted."""

import re
from datetime import date, timedelta

import pytest

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.disputing import begin, book, record, refer
from tests.cases.moves import RECORD, drawn, move, snapshot, undo
from tests.cases.sketches import flow, plain, step, timer
from tests.cases.walk import Walk
from workflows import releases
from workflows.inbox import Viewer
from workflows.inbox.deadlines import deadline_page
from workflows.store import people
from workflows.store.models import Person

SIGN, CHECK, READ = step("sign_it", "signed text"), step("check_it", "checked text"), step("read_it", "seen text")
OLD = drawn(RECORD, SIGN, READ)
AHEAD = drawn(RECORD, SIGN, step("check_it", "checked text", deadline="sign_off"), READ)
HERE = drawn(RECORD, step("sign_it", "signed text", deadline="sign_off"), READ)
ESCALATED = sketches.diagram(
    {"clinical_manager": ("record_it", "check_it"), "practitioner": ("sign_it", "read_it")},
    *(plain("startEvent", "opened"), RECORD, SIGN, CHECK, timer("time_up", "check_it", "sign_off", takes_away=True)),
    *(READ, plain("endEvent", "closed"), flow("opened", "record_it"), flow("record_it", "sign_it")),
    *(flow("sign_it", "check_it"), flow("check_it", "read_it"), flow("time_up", "read_it"), flow("read_it", "closed")),
)
LENGTH = timedelta(days=28)


PAPERS = """
[deadlines.papers]
title = "Papers of both sides"
clause = "CPFT-7.8.4-b"
kind = "after"
start = "referral_received_date"
start_words = "The referral was received on {date}."
length = "14 days"
strength = "normally"
effect = "late"
"""


def with_papers(mediation: str) -> str:
    """Mediation with a step of the doctor between the booking of the meeting and its record."""
    drawn_step = step("send_papers", "papers_sent text", deadline="papers").replace("userTask", "bpmn:userTask")
    drawn_step = re.sub(r"(</?)(documentation|extensionElements)", r"\1bpmn:\2", drawn_step)
    between = '<bpmn:sequenceFlow id="book_mediation_to_record_mediation" sourceRef="book_mediation" targetRef='
    mediation = mediation.replace(f'{between}"record_mediation"', f'{between}"send_papers"')
    onward = '<bpmn:sequenceFlow id="send_papers_on" sourceRef="send_papers" targetRef="record_mediation"/>'
    lane = "<bpmn:flowNodeRef>answer_decision</bpmn:flowNodeRef>"
    mediation = mediation.replace(lane, f"<bpmn:flowNodeRef>send_papers</bpmn:flowNodeRef>{lane}")
    return mediation.replace("</bpmn:process>", f"{drawn_step}{onward}</bpmn:process>")


def signing(walk: Walk) -> tuple[str, date]:
    """A case at its second step, and the day of its meeting: nothing is counted from that day yet."""
    own, met_on = sketches.run(walk, OLD), walk.at.date()
    walk.do(walk.house.manager, "record_it", own, meeting_date=walk.today)
    assert walk.deadlines(own) == {}
    return own, met_on


def why(walk: Walk, own: str) -> tuple[str, ...]:
    """How the page of the deadline explains its date."""
    who = walk.house.doctor
    with walk.session() as session:
        line = walk.deadline(own, "sign_off").id
        viewer = Viewer(who.id, who.trust_id)
        return tuple(deadline_page(session, viewer=viewer, deadline_id=line, now=walk.at).lines)


def test_a_new_step_has_its_deadline_though_the_day_it_is_counted_from_has_gone_by(cpft: Walk, owner: Person) -> None:
    own, met_on = signing(cpft)
    cpft.at += timedelta(days=17)
    sketches.publish(cpft, AHEAD)
    move(cpft, owner, own)
    cpft.do(cpft.house.doctor, "sign_it", own, signed="yes")
    row = cpft.deadline(own, "sign_off")
    assert (row.starts_on, row.due_on, row.status) == (met_on, met_on + LENGTH, "open")
    assert [one.due_at for one in cpft.steps(own, "check_it")] == [row.due_at]
    assert "Record it" in why(cpft, own)[1], "the step that gave the day"
    cpft.do(cpft.house.manager, "check_it", own, checked="yes")
    assert cpft.deadlines(own) == {"sign_off": "met"}


def test_nobody_is_late_with_a_new_step_whose_time_would_be_up_and_its_page_says_why(cpft: Walk, owner: Person) -> None:
    own, _ = signing(cpft)
    sketches.publish(cpft, AHEAD)
    move(cpft, owner, own)
    cpft.at += timedelta(days=40)
    cpft.do(cpft.house.doctor, "sign_it", own, signed="yes")
    row, today = cpft.deadline(own, "sign_off"), cpft.at.date()
    assert (row.starts_on, row.due_on, row.status) == (today, today + LENGTH, "open")
    assert why(cpft, own)[0].startswith("It was new to this case on ")
    assert "Record it" not in " ".join(why(cpft, own))
    cpft.live_through(until=today + LENGTH + timedelta(days=2))
    assert cpft.deadlines(own) == {"sign_off": "missed"}


@pytest.mark.parametrize("days", [17, 40])
def test_the_step_at_which_a_case_stands_gets_its_deadline_with_the_move_and_loses_it_with_the_batch(
    cpft: Walk, owner: Person, days: int
) -> None:
    own, met_on = signing(cpft)
    before = snapshot(cpft, own)
    cpft.at += timedelta(days=days)
    sketches.publish(cpft, HERE)
    batch = move(cpft, owner, own)
    row = cpft.deadline(own, "sign_off")
    assert (row.starts_on, row.status) == (met_on if days < LENGTH.days else cpft.at.date(), "open")
    assert [one.due_at for one in cpft.steps(own, "sign_it")] == [row.due_at]
    undo(cpft, owner, batch)
    assert snapshot(cpft, own) == before
    assert cpft.deadlines(own) == {"sign_off": "cancelled"}


def test_the_timer_of_a_new_step_fires_in_a_moved_case(cpft: Walk, owner: Person) -> None:
    own, met_on = signing(cpft)
    sketches.publish(cpft, ESCALATED)
    move(cpft, owner, own)
    cpft.do(cpft.house.doctor, "sign_it", own, signed="yes")
    assert cpft.waiting(own) == ["check_it"]
    cpft.live_through(until=met_on + LENGTH + timedelta(days=2))
    assert cpft.waiting(own) == ["read_it"]


@SQLITE
def test_a_step_drawn_into_mediation_is_dated_when_a_dispute_comes_round_to_it(cpft: Walk, owner: Person) -> None:
    own = refer(cpft, begin(cpft))
    referred_on = cpft.at.date()
    book(cpft, own)
    cpft.pass_time(days=7)
    with cpft.session() as session:
        trust = people.trust(session, trust_id=cpft.house.trust.id)
        assert trust is not None
        files = dict(releases.shipped_files(trust.policy))
        files["processes/mediation.bpmn"] = with_papers(files["processes/mediation.bpmn"])
        files[f"policies/{trust.policy}.toml"] += PAPERS
        releases.ship(session, trust=trust, now=cpft.at, files=files)
        session.commit()
    move(cpft, owner, own)
    record(cpft, own, "another_meeting")
    director, booked_for = cpft.house.medical_director, (cpft.at + timedelta(days=7)).date().isoformat()
    where = {"mediation_time": "10:00", "mediation_place": "Voreda"}
    cpft.do(director, "book_mediation", own, mediation_booked_for=booked_for, **where)
    [row] = cpft.steps(own, "send_papers")
    assert (row.holder_id, row.due_at) == (cpft.house.doctor.id, cpft.deadline(own, "papers").due_at)
    assert cpft.deadline(own, "papers").due_on == referred_on + timedelta(days=14)
