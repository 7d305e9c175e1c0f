"""Extra programmed activities from the request to the last day, with the clock firing every limit on the way."""

from fractions import Fraction
from typing import Any

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.extra import ADDRESS, ASKED, accept, accepted, asked, day, offered
from tests.cases.stages import sign, to_signatures
from tests.cases.walk import Walk
from workflows import cases
from workflows.cases.extra_pa import NotASide, NotRunning, NotTheManager, ReviewUnderWay
from workflows.cases.starting import NotYoursToStart
from workflows.cases.withdrawing import SignedAlready
from workflows.domain.errors import BadValues
from workflows.store import extra_pa as extra_rows
from workflows.store.extra_pa import AgreedExtra
from workflows.store.models import ExtraPa

END: dict[str, Any] = {"notice_change": "end", "notice_pas": None, "notice_reason": "The clinic has closed"}


def agreed(walk: Walk, on: str) -> list[AgreedExtra]:
    """What the doctor has agreed to and counts on a day."""
    with walk.session() as session:
        return extra_rows.agreed(session, person_id=walk.house.doctor.id, on=day(on))


def row(walk: Walk, reference: str) -> ExtraPa:
    """The agreement of a case."""
    with walk.session() as session:
        found = extra_rows.of_case(session, case_id=walk.case(reference).id)
    assert found is not None
    return found


def told(walk: Walk, part: str, words: str) -> bool:
    """Whether somebody was told something of that subject."""
    return any(words in notice.subject for notice in walk.notices(getattr(walk.house, part)))


@pytest.mark.clause("CPFT-7.2.2-b", "CPFT-App1-e", "BTH-App3.1-a")
def test_extra_pas_count_only_once_the_amd_has_agreed_and_issued_them_and_the_doctor_has_accepted(cpft: Walk) -> None:
    house, reference = cpft.house, asked(cpft)
    assert cpft.waiting(reference) == ["decide_extra"]
    assert agreed(cpft, "2027-07-01") == []
    cpft.do(house.amd, "decide_extra", reference, extra_decision="agree", extra_decision_reason="We need it")
    assert (cpft.waiting(reference), agreed(cpft, "2027-07-01")) == (["issue_extra"], [])
    cpft.do(house.amd, "issue_extra", reference, extra_address=ADDRESS)
    assert (cpft.waiting(reference), agreed(cpft, "2027-07-01")) == (["answer_extra"], [])
    accept(cpft, reference)
    assert agreed(cpft, "2027-06-06") == []
    [one] = agreed(cpft, "2027-06-07")
    assert (one.reference, one.pas, one.kind, one.reason) == (
        "JP/PA/2027/0001",
        Fraction(1), "additional", "The waiting list has doubled",
    )  # fmt: skip
    assert one.ends_on == day("2028-03-31")
    assert row(cpft, reference).accepted_on == day("2027-03-01")
    for part in ("hr", "finance"):
        assert told(cpft, part, "Extra activities were agreed")


@SQLITE
@pytest.mark.clause("CPFT-7.2.2-a", "CPFT-7.2.2-d", "CPFT-7.2.2-f")
@pytest.mark.parametrize(
    "lacking", ["extra_work", "extra_expectations", "allowance_considered", "allowance_reason", "extra_purpose"]
)
def test_a_request_says_which_work_it_is_what_is_expected_and_why_no_allowance(cpft: Walk, lacking: str) -> None:
    with pytest.raises(BadValues) as refused:
        asked(cpft, **unsaid(lacking))
    assert list(refused.value.problems) == [lacking]


def unsaid(key: str) -> dict[str, Any]:
    """An answer that is not given."""
    return {key: None}


@SQLITE
@pytest.mark.clause("CPFT-7.2.2-d", "CPFT-7.2.2-f")
def test_two_blocks_of_extra_pas_each_keep_their_own_expectations_and_answers(cpft: Walk) -> None:
    first = accepted(cpft)
    second = accepted(cpft, extra_expectations="One audit", allowance_considered=False, allowance_reason="No such role")
    for reference, said in ((first, ASKED["extra_expectations"]), (second, "One audit")):
        assert cpft.facts(reference)["extra_expectations"] == said
    assert cpft.facts(second)["allowance_considered"] is False
    assert [one.reference for one in agreed(cpft, "2027-07-01")] == ["JP/PA/2027/0001", "JP/PA/2027/0002"]


@SQLITE
@pytest.mark.clause("CPFT-7.2.2-c")
def test_extra_pas_without_an_end_or_for_more_than_twelve_months_are_refused(cpft: Walk) -> None:
    for until in (None, "2028-06-07", "2027-06-01"):
        with pytest.raises(BadValues) as refused:
            asked(cpft, extra_until=until)
        assert "extra_until" in refused.value.problems
    assert cpft.waiting(asked(cpft, extra_until="2028-06-06")) == ["decide_extra"]


@SQLITE
@pytest.mark.clause("CPFT-7.2.2-c")
def test_extra_pas_end_no_later_than_the_next_job_plan_meeting(cpft: Walk) -> None:
    with pytest.raises(BadValues, match="no later than the next job plan meeting, on Thursday 4 November 2027"):
        asked(cpft, extra_next_meeting="2027-11-04")
    asked(cpft, extra_next_meeting="2027-11-04", extra_until="2027-11-04")


@pytest.mark.clause("CPFT-7.2.2-c")
def test_they_end_by_themselves_on_their_last_day_after_reminders(cpft: Walk) -> None:
    reference = accepted(cpft)
    cpft.live_through(until=day("2028-03-25"))
    for part in ("manager", "doctor"):
        assert told(cpft, part, "Last day of extra programmed activities: in 31 days")
    assert told(cpft, "manager", "Last day of extra programmed activities: in 91 days")
    cpft.live_through(until=day("2028-03-31"))
    assert cpft.case(reference).status == "open"
    assert agreed(cpft, "2028-03-31")
    cpft.live_through(until=day("2028-04-01"))
    assert (cpft.case(reference).status, row(cpft, reference).status) == ("closed", "ended")
    assert agreed(cpft, "2028-04-01") == []
    assert cpft.waiting(reference) == []
    assert cpft.deadlines(reference)["extra_pa_end"] == "met", "nobody is late when something ends as agreed"
    assert told(cpft, "finance", "The extra activities have ended")


@SQLITE
@pytest.mark.clause("BTH-3.4.15-II-a")
def test_what_the_trust_asks_for_begins_after_three_months_unless_both_sides_agree_to_less(bth: Walk) -> None:
    with pytest.raises(BadValues, match="on Tuesday 1 June 2027 at the earliest") as refused:
        asked(bth, extra_from="2027-05-31")
    assert list(refused.value.problems) == ["shorter_notice_reason"]
    asked(bth, extra_from="2027-06-01")
    reference = offered(bth, extra_from="2027-05-31", shorter_notice_reason="A colleague has left")
    with pytest.raises(BadValues, match="sooner than the notice that you are entitled to"):
        accept(bth, reference)
    accept(bth, reference, shorter_notice_agreed=True)
    assert [one.starts_on for one in agreed(bth, "2027-05-31")] == [day("2027-05-31")]


@SQLITE
@pytest.mark.clause("CPFT-App1-e")
def test_nobody_accepts_an_agreement_before_the_day_on_which_it_was_offered(cpft: Walk) -> None:
    house, reference = cpft.house, offered(cpft)
    for signed in (None, "2027-02-28", "2027-03-02"):
        with pytest.raises(BadValues) as refused:
            cpft.do(house.doctor, "answer_extra", reference, extra_accepted="accept", extra_accepted_on=signed)
        assert list(refused.value.problems) == ["extra_accepted_on"]


@SQLITE
@pytest.mark.clause("BTH-3.4.15-II-b")
def test_a_doctor_with_commitments_outside_has_six_months_notice(bth: Walk) -> None:
    with pytest.raises(BadValues, match="on Wednesday 1 September 2027 at the earliest"):
        asked(bth, extra_outside_work=True, extra_from="2027-08-31")
    asked(bth, extra_outside_work=True, extra_from="2027-09-01")


@SQLITE
def test_what_the_doctor_asks_for_may_begin_at_once(bth: Walk) -> None:
    reference = offered(bth, by="doctor", extra_from="2027-03-08", extra_outside_work=True)
    accept(bth, reference)
    assert agreed(bth, "2027-03-08")


@pytest.mark.clause("BTH-App3.1-a")
def test_declining_has_no_consequences(cpft: Walk) -> None:
    house, reference = cpft.house, offered(cpft)
    cpft.do(house.doctor, "answer_extra", reference, extra_accepted="decline")
    assert (cpft.case(reference).status, row(cpft, reference).status) == ("closed", "declined")
    assert cpft.waiting() == []
    assert not any(kind in cpft.history(reference) for kind in ("deadline_missed", "escalated", "case_started_child"))
    assert agreed(cpft, "2027-07-01") == []
    assert told(cpft, "manager", "The extra activities were not taken up")


@pytest.mark.clause("CPFT-App1-e", "BTH-App3.1-a")
def test_an_offer_that_is_not_accepted_before_its_first_day_lapses(cpft: Walk) -> None:
    reference = offered(cpft)
    cpft.live_through(until=day("2027-06-06"))
    assert cpft.waiting(reference) == ["answer_extra"]
    assert told(cpft, "doctor", "Accepting extra programmed activities: due in 2 days")
    cpft.live_through(until=day("2027-06-07"))
    assert (cpft.case(reference).status, row(cpft, reference).status) == ("closed", "lapsed")
    assert agreed(cpft, "2027-06-07") == []


@SQLITE
def test_an_agreement_that_is_not_issued_in_time_lapses_too(cpft: Walk) -> None:
    reference = asked(cpft)
    cpft.do(cpft.house.amd, "decide_extra", reference, extra_decision="agree", extra_decision_reason="We need it")
    cpft.live_through(until=day("2027-06-08"))
    assert cpft.case(reference).status == "closed"


@SQLITE
def test_the_amd_sends_a_request_back_or_refuses_it_with_a_reason(cpft: Walk) -> None:
    house, reference = cpft.house, asked(cpft)
    with pytest.raises(BadValues):
        cpft.do(house.amd, "decide_extra", reference, extra_decision="refuse")
    cpft.do(house.amd, "decide_extra", reference, extra_decision="change", extra_decision_reason="Half is enough")
    cpft.do(house.doctor, "request_extra", reference, **{**ASKED, "extra_pas": 0.5})
    cpft.do(house.amd, "decide_extra", reference, extra_decision="refuse", extra_decision_reason="No money")
    assert cpft.case(reference).status == "closed"
    assert told(cpft, "doctor", "The extra activities were not agreed")


@SQLITE
def test_an_amd_who_asks_for_themselves_is_answered_by_the_medical_director(cpft: Walk) -> None:
    house = cpft.house
    reference = cpft.start(house.manager, "additional_pa", kind="extra_pa", subject=house.amd.id, team=house.team.id)
    cpft.do(house.manager, "request_extra", reference, **ASKED)
    cpft.do(house.medical_director, "decide_extra", reference, extra_decision="agree", extra_decision_reason="Yes")
    assert cpft.waiting(reference) == ["issue_extra"]


@SQLITE
def test_a_request_that_comes_to_be_agreed_after_its_first_day_is_sent_back(cpft: Walk) -> None:
    reference = asked(cpft)
    cpft.set_day(day("2027-06-07"))
    with pytest.raises(BadValues, match="Send it back for other dates"):
        cpft.do(cpft.house.amd, "decide_extra", reference, extra_decision="agree", extra_decision_reason="Yes")


@SQLITE
@pytest.mark.clause("BTH-3.4.8.3-d")
def test_a_body_outside_can_be_named_as_commissioner(bth: Walk) -> None:
    accepted(bth, extra_commissioner="Health Education England")
    [one] = agreed(bth, "2027-07-01")
    assert one.commissioner == "Health Education England"


@SQLITE
@pytest.mark.clause("BTH-App3.2-a", "BTH-App3.2-b")
def test_each_is_typed_and_spare_capacity_stops_at_one_pa_a_week(bth: Walk) -> None:
    for typed in ({"extra_kind": None}, {"extra_kind": "extra", "extra_pas": 1.25}):
        with pytest.raises(BadValues):
            asked(bth, **typed)
    accepted(bth, extra_kind="extra", extra_pas=1)
    accepted(bth, extra_kind="additional", extra_pas=1.25)
    assert [(one.kind, one.pas) for one in agreed(bth, "2027-07-01")] == [
        ("extra", Fraction(1)),
        ("additional", Fraction(5, 4)),
    ]


@pytest.mark.clause("CPFT-App1-d", "BTH-3.4.15-II-c")
@pytest.mark.parametrize("side", ["doctor", "manager"])
def test_notice_of_either_side_ends_them_after_three_months(cpft: Walk, side: str) -> None:
    reference = accepted(cpft)
    cpft.live_through(until=day("2027-08-02"))
    give_notice(cpft, side, reference, **END)
    assert row(cpft, reference).ends_on == day("2027-11-01")
    assert cpft.facts(reference)["apa_changes_from"] == "2027-11-02"
    cpft.live_through(until=day("2027-11-01"))
    assert agreed(cpft, "2027-11-01")
    cpft.live_through(until=day("2027-11-02"))
    assert cpft.case(reference).status == "closed"
    assert agreed(cpft, "2027-11-02") == []
    assert told(cpft, "finance", "Notice was given of extra activities")
    letters = [event.details["name"] for event in cpft.events(reference, "letter_sent")]
    assert "Notice under an agreement on additional programmed activities" in letters


def give_notice(walk: Walk, side: str, reference: str, **values: Any) -> None:
    """Somebody gives notice, now."""
    actor = walk.actor(getattr(walk.house, side))
    walk.perform(cases.give_notice, actor=actor, reference=reference, values=values, now=walk.at)


@SQLITE
@pytest.mark.clause("CPFT-App1-d")
def test_notice_of_a_reduction_counts_after_three_months_and_another_can_follow(cpft: Walk) -> None:
    reference = accepted(cpft, extra_pas=2)
    cpft.live_through(until=day("2027-08-02"))
    with pytest.raises(BadValues, match="fewer than 2"):
        give_notice(cpft, "doctor", reference, notice_change="reduce", notice_pas=2, notice_reason="Too much")
    give_notice(cpft, "doctor", reference, notice_change="reduce", notice_pas=1, notice_reason="Too much")
    assert [one.pas for one in agreed(cpft, "2027-11-01")] == [2]
    assert [one.pas for one in agreed(cpft, "2027-11-02")] == [1]
    assert row(cpft, reference).ends_on == day("2028-03-31")
    give_notice(cpft, "manager", reference, **END)
    with pytest.raises(BadValues, match="It ends by itself on Monday 1 November 2027"):
        give_notice(cpft, "doctor", reference, **END)


@SQLITE
def test_notice_that_would_count_after_the_last_day_is_not_needed(cpft: Walk) -> None:
    reference = accepted(cpft)
    cpft.live_through(until=day("2028-01-10"))
    with pytest.raises(BadValues, match="ends by itself on Friday 31 March 2028"):
        give_notice(cpft, "doctor", reference, **END)


@SQLITE
@pytest.mark.parametrize("stranger", ["amd", "colleague", "directorate", "finance", "hr", "service_manager"])
def test_only_the_two_sides_give_notice(cpft: Walk, stranger: str) -> None:
    reference = accepted(cpft)
    with pytest.raises(NotASide):
        give_notice(cpft, stranger, reference, **END)


@SQLITE
def test_nobody_gives_notice_of_what_is_not_agreed(cpft: Walk) -> None:
    with pytest.raises(NotRunning):
        give_notice(cpft, "doctor", offered(cpft), **END)


@pytest.mark.clause("CPFT-7.2.2-e")
def test_that_the_need_has_ended_opens_a_review(cpft: Walk) -> None:
    house, reference = cpft.house, accepted(cpft)
    cpft.live_through(until=day("2027-08-02"))
    with pytest.raises(NotTheManager):
        cpft.perform(cases.end_need, actor=cpft.actor(house.doctor), reference=reference, now=cpft.at)
    cpft.perform(cases.end_need, actor=cpft.actor(house.manager), reference=reference, now=cpft.at)
    assert "review_extra" in cpft.waiting(reference)
    with pytest.raises(ReviewUnderWay):
        cpft.perform(cases.end_need, actor=cpft.actor(house.manager), reference=reference, now=cpft.at)
    give_notice(cpft, "doctor", reference, notice_change="reduce", notice_pas=0.5, notice_reason="Enough")
    cpft.do(house.manager, "review_extra", reference, review_decision="end", review_reason="The list is short again")
    assert row(cpft, reference).ends_on == day("2027-11-01")


@pytest.mark.clause("BTH-3.4.15-I", "CPFT-App1-b")
def test_what_lasts_longer_is_kept_reduced_or_ended_each_year(bth: Walk) -> None:
    house, reference = bth.house, accepted(bth, extra_until="2030-03-31", extra_pas=2)
    bth.live_through(until=day("2028-03-07"))
    assert "review_extra" not in bth.waiting(reference)
    bth.live_through(until=day("2028-03-09"))
    assert "review_extra" in bth.waiting(reference)
    assert bth.deadline(reference, "extra_pa_review").due_on == day("2028-06-07")
    bth.live_through(until=day("2028-06-09"))
    assert bth.deadlines(reference)["extra_pa_review"] == "missed"
    assert told(bth, "amd", "review of extra programmed activities")
    bth.do(house.manager, "review_extra", reference, review_decision="keep", review_reason="Still needed")
    assert row(bth, reference).ends_on == day("2030-03-31")
    bth.live_through(until=day("2029-03-10"))
    change: dict[str, Any] = {"review_decision": "reduce", "review_pas": 1, "review_reason": "Half"}
    bth.do(house.manager, "review_extra", reference, **change)
    assert [one.pas for one in agreed(bth, "2029-06-09")] == [2]
    assert [one.pas for one in agreed(bth, "2029-06-10")] == [1]
    bth.live_through(until=day("2030-04-01"))
    assert bth.case(reference).status == "closed"


@SQLITE
@pytest.mark.clause("CPFT-App1-b")
def test_the_yearly_review_of_the_job_plan_brings_them_up_for_review(cpft: Walk) -> None:
    house, reference = cpft.house, accepted(cpft)
    cpft.live_through(until=day("2027-09-01"))
    assert "review_extra" not in cpft.waiting(reference)
    cpft.start(house.directorate, "individual_planning", kind="annual", subject=house.doctor.id, team=house.team.id)
    cpft.tick()
    assert "review_extra" in cpft.waiting(reference)
    cpft.do(house.manager, "review_extra", reference, review_decision="keep", review_reason="Still needed")
    assert "review_extra" not in cpft.waiting(reference)


@SQLITE
@pytest.mark.clause("BTH-3.4.15-I")
def test_the_yearly_review_is_not_closed_before_each_agreement_is_decided_on(bth: Walk) -> None:
    house, reference = bth.house, accepted(bth)
    bth.pass_time(days=120)
    own = to_signatures(bth)
    sign(bth, own, house.doctor, house.manager, house.amd)
    with pytest.raises(BadValues, match="whether JP/PA/2027/0001 is kept, reduced or ended"):
        bth.do(house.directorate, "check_plan", own, check_answer="accepted")
    bth.do(house.manager, "review_extra", reference, review_decision="keep", review_reason="Still needed")
    bth.do(house.directorate, "check_plan", own, check_answer="accepted")


@SQLITE
@pytest.mark.clause("BTH-App3.1-c")
def test_a_week_over_full_time_opens_an_action_to_bring_it_down(bth: Walk) -> None:
    house, reference = bth.house, accepted(bth)
    assert bth.waiting(reference) == ["reduce_workload"]
    bth.do(house.manager, "reduce_workload", reference, workload_state="not_yet", workload_record="A job is advertised")
    assert bth.waiting(reference) == ["reduce_workload"]
    bth.do(house.manager, "reduce_workload", reference, workload_state="fits", workload_record="A colleague takes over")
    assert bth.waiting(reference) == []
    assert bth.waiting(accepted(bth, extra_kind="extra")) == [], "spare capacity is the doctor's own offer"


@SQLITE
def test_an_accepted_agreement_is_not_withdrawn_as_a_mistake(cpft: Walk) -> None:
    reference = accepted(cpft)
    actor = cpft.actor(cpft.house.directorate)
    with pytest.raises(SignedAlready):
        cpft.perform(cases.withdraw_case, actor=actor, reference=reference, reason="A slip", now=cpft.at)


@SQLITE
@pytest.mark.parametrize("stranger", ["colleague", "directorate", "amd", "hr"])
def test_only_the_doctor_and_their_manager_ask(cpft: Walk, stranger: str) -> None:
    house = cpft.house
    who = getattr(house, stranger)
    with pytest.raises(NotYoursToStart):
        cpft.start(who, "additional_pa", kind="extra_pa", subject=house.doctor.id, team=house.team.id)
