"""The appeal from the panel's forming to the board's decision: statements, hearing, recommendation."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.disputing import form_panel, hear, list_member, outcome, record_hearing, to_appeal
from tests.cases.keeping import walked_once
from tests.cases.test_races import at_once
from tests.cases.walk import Walk
from workflows.cases import Completed
from workflows.cases.acting import StepGone
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.engine import releases
from workflows.store.models import Person


@walked_once
def seated(walk: Walk) -> tuple[str, Person]:
    """An appeal whose panel is complete, with its chair."""
    list_member(walk, "Dr Third Member")
    reference = to_appeal(walk)
    chair, _, _ = form_panel(walk, reference)
    return reference, chair


def book(walk: Walk, reference: str, *, days: int = 14, **changed: Json) -> None:
    """The Chief Executive books the hearing."""
    booked = (walk.at.date() + timedelta(days=days)).isoformat()
    said: dict[str, Json] = {"hearing_time": "10:00", "hearing_place": "Board room", "hearing_days": 1}
    walk.do(walk.house.chief_executive, "book_hearing", reference, **{"hearing_booked_for": booked, **said, **changed})


@walked_once
def recommended(walk: Walk) -> tuple[str, Person]:
    """An appeal in which the panel has recommended what the doctor wants."""
    reference, chair = seated(walk)
    hear(walk, reference, chair)
    walk.do(chair, "recommend", reference, recommendation="Every other Friday", outcomes=outcome("practitioner"))
    return reference, chair


@pytest.mark.clause("TCS-4-h")
def test_a_hearing_leaves_both_sides_time_for_their_statements_of_case(cpft: Walk) -> None:
    reference, _ = seated(cpft)
    with pytest.raises(BadValues) as refused:
        book(cpft, reference, days=6)
    assert "Statements of case would have been due on" in refused.value.problems["hearing_booked_for"]
    book(cpft, reference, days=7)
    assert cpft.deadline(reference, "statements").due_on == cpft.at.date()


@pytest.mark.clause("CPFT-7.8.8-c")
def test_the_panel_meets_within_four_weeks_of_the_appeal_or_it_is_said_why_not(cpft: Walk) -> None:
    reference, _ = seated(cpft)
    received = date.fromisoformat(cpft.facts(reference)["appeal_received_date"])
    row = cpft.deadline(reference, "panel_meets")
    assert (row.due_on - received).days == 28
    with pytest.raises(BadValues) as refused:
        book(cpft, reference, days=29)
    assert list(refused.value.problems) == ["hearing_late_reason"]
    cpft.pass_time(days=29)
    assert cpft.deadline(reference, "panel_meets").status == "missed"
    told = [notice.subject for notice in cpft.notices(cpft.house.chief_executive)]
    assert any("Meeting of the appeal panel" in subject for subject in told)


@SQLITE
def test_a_hearing_is_not_booked_before_the_panel_is_complete(cpft: Walk) -> None:
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    assert cpft.steps(reference, "book_hearing") == []
    assert cpft.waiting(reference) == ["answer_third", "answer_third", "name_chair", "name_nominee"]


@SQLITE
@pytest.mark.clause("TCS-4-j")
def test_a_hearing_of_more_than_a_day_says_why(cpft: Walk) -> None:
    reference, _ = seated(cpft)
    with pytest.raises(BadValues) as refused:
        book(cpft, reference, hearing_days=2)
    assert "no longer than one day" in refused.value.problems["hearing_days_reason"]
    book(cpft, reference, hearing_days=2, hearing_days_reason="Two experts")


@SQLITE
@pytest.mark.clause("TCS-4-i")
def test_the_agenda_of_a_hearing_puts_managements_case_first(cpft: Walk) -> None:
    reference, _ = seated(cpft)
    with cpft.session() as session:
        agenda = releases.published(session, trust_id=cpft.house.trust.id).policy.values["hearing_agenda"]
    spoken = [line for line in agenda if "case" in line]
    assert spoken[0].startswith("Management")
    book(cpft, reference)
    sent = {event.details["key"] for event in cpft.events(reference, "letter_sent")}
    assert "hearing_invitation" in sent


@pytest.mark.clause("TCS-4-h")
def test_statements_are_due_a_week_before_the_hearing_and_a_later_one_is_marked_late(cpft: Walk) -> None:
    house = cpft.house
    reference, _ = seated(cpft)
    book(cpft, reference)
    row = cpft.deadline(reference, "statements")
    assert (date.fromisoformat(cpft.facts(reference)["hearing_booked_for"]) - row.due_on).days == 7
    cpft.do(house.doctor, "practitioner_statement", reference, practitioner_statement="No time")
    assert cpft.waiting(reference) == ["management_statement"]
    cpft.pass_time(days=9)
    assert cpft.deadline(reference, "statements").status == "missed"
    cpft.do(house.manager, "management_statement", reference, management_statement="Needed")
    assert "deadline_met_late" in cpft.history(reference)
    assert cpft.waiting(reference) == ["record_hearing"]
    last = cpft.deadline(reference, "last_statements")
    assert (last.status, last.ended_at is None) == ("cancelled", False), "nobody waits for a statement any more"


@SQLITE
def test_both_sides_and_the_whole_panel_are_invited_to_the_hearing(cpft: Walk) -> None:
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    panel = form_panel(cpft, reference)
    book(cpft, reference)
    for one in (cpft.house.doctor, cpft.house.manager, *panel):
        assert [notice for notice in cpft.notices(one) if notice.subject.startswith("Hearing on")], one.name
    assert not [notice for notice in cpft.notices(cpft.house.amd) if notice.subject.startswith("Hearing on")]


@SQLITE
def test_the_hearing_does_not_wait_for_a_statement_that_never_comes(cpft: Walk) -> None:
    reference, chair = seated(cpft)
    book(cpft, reference)
    cpft.pass_time(days=14)
    assert cpft.waiting(reference) == ["record_hearing"]
    record_hearing(cpft, reference, chair)


@SQLITE
@pytest.mark.clause("CPFT-7.8.9-a")
def test_both_cases_are_on_record_before_anything_is_recommended(cpft: Walk) -> None:
    reference, chair = seated(cpft)
    book(cpft, reference)
    cpft.pass_time(days=14)
    assert cpft.steps(reference, "recommend") == []
    for side in ("management_case", "practitioner_case"):
        with pytest.raises(BadValues) as refused:
            record_hearing(cpft, reference, chair, **{side: ""})
        assert list(refused.value.problems) == [side]
    earlier = (cpft.at.date() - timedelta(days=3)).isoformat()
    with pytest.raises(BadValues) as refused:
        record_hearing(cpft, reference, chair, appeal_hearing_date=earlier)
    assert list(refused.value.problems) == ["appeal_hearing_date"]


@SQLITE
@pytest.mark.clause("CPFT-7.8.13-a", "CPFT-7.8.13-b")
def test_the_doctor_speaks_alone_or_with_a_representative_who_is_no_lawyer(cpft: Walk) -> None:
    reference, chair = seated(cpft)
    book(cpft, reference)
    cpft.pass_time(days=14)
    with pytest.raises(BadValues) as refused:
        record_hearing(cpft, reference, chair, represented_by="union")
    assert list(refused.value.problems) == ["representative_name"]
    spoken: dict[str, Json] = {"represented_by": "union", "representative_name": "A representative"}
    with pytest.raises(BadValues) as refused:
        record_hearing(cpft, reference, chair, representative_as_lawyer=True, **spoken)
    assert list(refused.value.problems) == ["representative_as_lawyer"]
    record_hearing(cpft, reference, chair, **spoken)
    assert cpft.facts(reference)["represented_by"] == "union"


@SQLITE
@pytest.mark.clause("TCS-4-k")
def test_expert_advice_is_on_record_with_who_asked_and_who_gave_it(cpft: Walk) -> None:
    reference, chair = seated(cpft)
    book(cpft, reference)
    cpft.pass_time(days=14)
    advice: dict[str, Json] = {"expert_asked_by": "The panel", "expert_adviser": "A college", "expert_advice": "Enough"}
    record_hearing(cpft, reference, chair, **advice)
    assert {key: cpft.facts(reference)[key] for key in advice} == advice


@SQLITE
def test_an_adjourned_hearing_is_booked_again_and_goes_on(cpft: Walk) -> None:
    reference, chair = seated(cpft)
    book(cpft, reference)
    cpft.pass_time(days=14)
    with pytest.raises(BadValues) as refused:
        record_hearing(cpft, reference, chair, hearing_adjourned=True)
    assert list(refused.value.problems) == ["adjourned_reason"]
    record_hearing(cpft, reference, chair, hearing_adjourned=True, adjourned_reason="Illness")
    assert cpft.waiting(reference) == ["resume_hearing"]
    again: dict[str, Json] = {
        "hearing_resumed_booked_for": (cpft.at.date() + timedelta(days=7)).isoformat(),
        "hearing_resumed_time": "10:00",
        "hearing_resumed_place": "Board room",
    }
    cpft.do(cpft.house.chief_executive, "resume_hearing", reference, **again)
    cpft.pass_time(days=7)
    record_hearing(cpft, reference, chair)
    assert cpft.waiting(reference) == ["recommend"]
    assert (cpft.deadline(reference, "recommendation").due_on - cpft.at.date()).days == 14


@pytest.mark.clause("CPFT-7.8.9-b")
def test_the_recommendation_is_due_two_weeks_after_the_hearing_and_says_why_it_is_late(cpft: Walk) -> None:
    reference, chair = seated(cpft)
    hear(cpft, reference, chair)
    row = cpft.deadline(reference, "recommendation")
    assert (row.due_on - row.starts_on).days == 14
    cpft.pass_time(days=15)
    words: dict[str, Json] = {"recommendation": "Every other Friday", "outcomes": outcome("practitioner")}
    with pytest.raises(BadValues) as refused:
        cpft.do(chair, "recommend", reference, **words)
    assert list(refused.value.problems) == ["complexity_reason"]
    cpft.do(chair, "recommend", reference, complexity_reason="Two experts", **words)


@SQLITE
@pytest.mark.clause("TCS-4-l")
def test_the_doctor_gets_a_copy_of_the_recommendation(cpft: Walk) -> None:
    reference, _ = recommended(cpft)
    sent = [event.details for event in cpft.events(reference, "letter_sent")]
    assert cpft.house.doctor.id in [one["to"] for one in sent if one["key"] == "recommendation"]


@SQLITE
@pytest.mark.clause("CPFT-7.8.9-c")
def test_the_board_accepts_or_says_what_stands_instead_and_why(cpft: Walk) -> None:
    board = cpft.house.board_secretary
    reference, _ = recommended(cpft)
    when: dict[str, Json] = {"board_decided_on": cpft.today}
    with pytest.raises(BadValues) as refused:
        cpft.do(board, "board_decision", reference, board_answer="depart", outcomes=outcome("manager"), **when)
    assert list(refused.value.problems) == ["board_reasons"]
    departing: dict[str, Json] = {**when, "board_answer": "depart", "board_reasons": "The service needs it"}
    with pytest.raises(BadValues) as refused:
        cpft.do(board, "board_decision", reference, outcomes=outcome("practitioner"), **departing)
    assert list(refused.value.problems) == ["board_answer"]
    before: dict[str, Json] = {"board_decided_on": "2027-03-01", "board_answer": "accept"}
    with pytest.raises(BadValues) as refused:
        cpft.do(board, "board_decision", reference, **before)
    assert "before the hearing of the panel" in refused.value.problems["board_decided_on"]
    cpft.do(board, "board_decision", reference, outcomes=outcome("manager"), **departing)
    assert cpft.facts(reference)["dispute_outcome"]["elements"][0]["outcome"] == "manager"


@SQLITE
@pytest.mark.clause("TCS-4-m")
def test_the_case_stays_open_until_the_board_has_decided_and_both_sides_have_its_letter(cpft: Walk) -> None:
    house = cpft.house
    reference, _ = recommended(cpft)
    cpft.pass_time(days=60)
    assert cpft.case(reference).status == "open"
    cpft.do(house.board_secretary, "board_decision", reference, board_decided_on=cpft.today, board_answer="accept")
    sent = [event.details for event in cpft.events(reference, "letter_sent")]
    assert {house.doctor.id, house.manager.id} <= {one["to"] for one in sent if one["key"] == "board_decision"}
    assert cpft.case(reference).status == "closed"


@SQLITE
def test_a_second_appeal_in_the_same_dispute_is_refused(cpft: Walk) -> None:
    reference = to_appeal(cpft)
    [step] = cpft.steps(reference, "answer_decision")
    with pytest.raises(StepGone):
        cpft.complete(cpft.house.doctor, step.id, appeal_choice="appeal")


def test_two_who_record_the_boards_decision_at_once_record_one(cpft: Walk) -> None:
    board = cpft.house.board_secretary
    reference, _ = recommended(cpft)
    step = cpft.step(board, "board_decision", reference)

    def record(answer: Json) -> Callable[[], object]:
        return lambda: cpft.complete(board, step, board_decided_on=cpft.today, **answer)

    accept: dict[str, Json] = {"board_answer": "accept"}
    depart: dict[str, Json] = {"board_answer": "depart", "board_reasons": "No", "outcomes": outcome("manager")}
    results = at_once(record(accept), record(depart))
    assert [isinstance(one, Completed) for one in results].count(True) == 1
    assert len(cpft.events(reference, "dispute_concluded")) == 1
