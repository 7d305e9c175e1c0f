"""Pay progression: the seven criteria, the threshold that rests on every year, and the dispute about it."""

from datetime import date

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.test_pay_disputes import OUTCOME, mediate
from tests.cases.walk import PLAN, Walk
from tests.factories import add_release, shipped_files
from workflows.cases.acting import NotYours
from workflows.cases.starting import AlreadyRunning, NotYoursToStart
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.store import pay_reviews
from workflows.store import plans as plan_rows
from workflows.store.models import Contract, PayReview, Person, PlanVersion

DUE = "2027-04-01"
MET: dict[str, Json] = {
    f"criterion_{key}": "met"
    for key in ("commitments", "appraisal", "plan_review", "objectives", "changes", "private_practice")
}
FAILED: list[Json] = [{"criterion": "appraisal", "evidence": "No appraisal since May"}]


def begin(walk: Walk, *, due: str | None = None, year: str = "2026/27", who: Person | None = None) -> str:
    """The criteria of one doctor are looked at."""
    about: dict[str, Json] = {"kind": "pay_progression", "subject": walk.house.doctor.id, "team": walk.house.team.id}
    return walk.start(who or walk.house.manager, "pay_progression", year=year, progression_date=due, **about)


def report(walk: Walk, own: str, **but: Json) -> None:
    """The head of department reports; the plan holds no additional PA and none was offered."""
    walk.do(walk.house.manager, "report_criteria", own, **{**MET, **but})
    walk.do(walk.house.manager, "report_extra_pa", own, criterion_extra_pa="met")


def recommend(walk: Walk, own: str, recommended: str = "met") -> None:
    said = {"pay_recommended": recommended, "pay_recommended_why": "As reported"}
    walk.do(walk.house.amd, "recommend_on_criteria", own, **said)


def decide(walk: Walk, own: str, decision: str = "met", **more: Json) -> None:
    if decision == "not_met":
        more = {"decision_words": "No appraisal", "failed": FAILED, **more}
    walk.do(walk.house.medical_director, "decide_on_criteria", own, pay_decision=decision, **more)


def earlier(walk: Walk, answer: str = "met", last: str | None = "2024-04-01") -> None:
    found = {"earlier_years": answer, "earlier_years_source": "Letters in the file"}
    walk.do(walk.house.hr, "record_earlier_years", last_threshold_on=last, **found)


def results(walk: Walk) -> list[PayReview]:
    with walk.session() as session:
        rows = pay_reviews.of_person(session, person_id=walk.house.doctor.id)
        session.expunge_all()
        return rows


def letters(walk: Walk, own: str, key: str) -> set[int]:
    """Who got a letter."""
    sent = [event.details for event in walk.events(own, "letter_sent")]
    return {details["to"] for details in sent if details["key"] == key}


@pytest.mark.clause("BTH-3.4.18-a")
@pytest.mark.clause("BTH-3.4.18-c")
@pytest.mark.clause("BTH-3.4.18-d")
def test_the_report_goes_to_the_divisional_director_then_to_the_medical_director_and_in_copy_to_the_doctor(
    bth: Walk,
) -> None:
    house, own = bth.house, begin(bth)
    with pytest.raises(BadValues) as unsaid:
        bth.do(house.manager, "report_criteria", own, **{**MET, "criterion_appraisal": None})
    assert list(unsaid.value.problems) == ["criterion_appraisal"]
    with pytest.raises(BadValues):
        bth.do(house.manager, "report_criteria", own, **{**MET, "criterion_changes": "not_met"})
    report(bth, own)
    assert bth.waiting(own) == ["recommend_on_criteria"]
    recommend(bth, own)
    assert letters(bth, own, "pay_report") == {house.medical_director.id, house.doctor.id, house.manager.id}
    decide(bth, own)
    [result] = results(bth)
    assert (result.year, result.met, result.threshold) == ("2026/27", True, "")
    assert set(result.criteria.values()) == {"met"}
    assert len(result.criteria) == 7
    assert bth.case(own).status == "closed"
    assert house.doctor.id in letters(bth, own, "pay_decision")


@SQLITE
@pytest.mark.clause("BTH-3.4.18-b")
def test_an_objective_missed_for_reasons_beyond_control_passes_with_reasons_and_effort(bth: Walk) -> None:
    own = begin(bth)
    excused = {"criterion_objectives": "excused", "objectives_reasons": "The theatre was closed"}
    with pytest.raises(BadValues) as without_effort:
        report(bth, own, **excused)
    assert list(without_effort.value.problems) == ["objectives_effort"]
    report(bth, own, **excused, objectives_effort="Lists at another site")
    recommend(bth, own)
    decide(bth, own)
    assert [row.met for row in results(bth)] == [True]


@SQLITE
@pytest.mark.clause("BTH-3.4.18-e")
def test_only_the_medical_director_decides_on_pay_progression(bth: Walk) -> None:
    house, own = bth.house, begin(bth)
    report(bth, own)
    recommend(bth, own)
    step = bth.step(house.medical_director, "decide_on_criteria", own)
    for other in (house.manager, house.amd, house.directorate, house.chief_executive, house.hr, house.doctor):
        with pytest.raises(NotYours):
            bth.complete(other, step, pay_decision="met")
    assert results(bth) == []


@SQLITE
@pytest.mark.clause("BTH-3.4.18-f")
def test_a_decision_against_the_doctor_needs_evidence_for_each_failed_criterion(bth: Walk) -> None:
    house, own = bth.house, begin(bth)
    report(bth, own, criterion_appraisal="not_met", evidence_appraisal="No appraisal since May")
    recommend(bth, own, "not_met")
    for failed in ([], [{"criterion": "appraisal", "evidence": " "}], [{"criterion": "charm", "evidence": "None"}]):
        with pytest.raises(BadValues):
            decide(bth, own, "not_met", failed=failed)
    decide(bth, own, "not_met")
    assert house.doctor.id in letters(bth, own, "pay_decision")
    assert [(row.met, row.criteria["appraisal"]) for row in results(bth)] == [(False, "not_met")]
    assert bth.waiting(own) == ["answer_pay_decision"]


@pytest.mark.clause("BTH-3.4.18-h")
def test_a_threshold_is_released_when_every_year_since_the_last_one_was_met(bth: Walk) -> None:
    own = begin(bth, due=DUE)
    assert bth.waiting(own) == ["record_earlier_years"]
    earlier(bth)
    report(bth, own)
    recommend(bth, own)
    decide(bth, own)
    found = {row.year: (row.met, row.source) for row in results(bth)}
    assert found == {
        "2023/24": (True, "recorded"),
        "2024/25": (True, "recorded"),
        "2025/26": (True, "recorded"),
        "2026/27": (True, "decided"),
    }
    assert (results(bth)[-1].threshold, results(bth)[-1].threshold_on) == ("released", date(2027, 4, 1))
    assert bth.case(own).status == "closed"


@SQLITE
@pytest.mark.clause("BTH-3.4.18-h")
@pytest.mark.parametrize("known", ["not_met", "unknown"])
def test_one_year_unmet_or_unknown_defers_the_threshold_although_this_year_was_met(bth: Walk, known: str) -> None:
    own = begin(bth, due=DUE)
    earlier(bth, known)
    report(bth, own)
    recommend(bth, own)
    decide(bth, own)
    assert (results(bth)[-1].met, results(bth)[-1].threshold) == (True, "deferred")
    assert bth.facts(own)["years_not_met"] == ["2024/25", "2025/26"]


@pytest.mark.clause("BTH-3.4.18-i")
def test_a_refused_threshold_stays_deferred_and_is_looked_at_again_until_the_criteria_are_met(bth: Walk) -> None:
    house, own = bth.house, begin(bth, due=DUE)
    earlier(bth)
    report(bth, own, criterion_appraisal="not_met", evidence_appraisal="None")
    recommend(bth, own, "not_met")
    decide(bth, own, "not_met")
    bth.do(house.doctor, "answer_pay_decision", own, pay_answer="accept")
    assert (bth.waiting(own), bth.case(own).status) == ([], "open")
    assert bth.case(own).stage == "Look again in a year"
    assert bth.deadline(own, "pay_look_again").due_on == date(2028, 3, 1)
    bth.live_through(until=date(2028, 3, 2))
    again = bth.newest("pay_progression")
    assert again != own
    assert bth.case(own).status == "closed"
    assert (bth.case(again).year, bth.facts(again)["progression_date"]) == ("2027/28", DUE)
    assert bth.waiting(again) == ["report_criteria"]
    report(bth, again)
    recommend(bth, again)
    decide(bth, again)
    assert (results(bth)[-1].threshold, bth.case(again).status) == ("released", "closed")


@SQLITE
@pytest.mark.clause("BTH-3.4.18-h")
def test_without_an_earlier_threshold_the_years_count_from_the_start_in_post(bth: Walk) -> None:
    with bth.session() as session:
        session.query(Contract).filter_by(person_id=bth.house.doctor.id).update({"starts_on": date(2025, 9, 1)})
        session.commit()
    own = begin(bth, due=DUE)
    assert bth.facts(own)["years_counted"] == ["2026/27"], "the year in which they started is no whole one"
    assert bth.waiting(own) == ["report_criteria"]


def with_extra_pa(walk: Walk) -> None:
    """The doctor's plan in force holds an additional PA."""
    line = {
        "id": "extra", "category": "dcc", "title": "Extra list", "day": "friday", "start": "", "end": "", "place": "",
        "pas": "1", "extra": "additional",
    }  # fmt: skip
    with walk.session() as session:
        version = PlanVersion(
            trust_id=walk.house.trust.id,
            person_id=walk.house.doctor.id,
            number=1,
            status="in_force",
            content={**PLAN, "activities": [*PLAN["activities"], line]},
            effective_from=date(2026, 4, 1),
            written_at=walk.at,
        )
        plan_rows.add(session, version=version)
        session.commit()


@SQLITE
@pytest.mark.clause("BTH-App3.2-e")
def test_a_plan_with_an_additional_pa_satisfies_the_criterion_of_the_offer(bth: Walk) -> None:
    with_extra_pa(bth)
    own = begin(bth)
    bth.do(bth.house.manager, "report_criteria", own, **MET)
    assert bth.waiting(own) == ["recommend_on_criteria"], "nobody is asked about the offer"
    recommend(bth, own)
    decide(bth, own)
    assert results(bth)[-1].criteria["extra_pa"] == "met"


def refused(walk: Walk, due: str | None = None) -> str:
    """A decision against the doctor, who disputes it."""
    own = begin(walk, due=due)
    if due:
        earlier(walk)
    report(walk, own, criterion_appraisal="not_met", evidence_appraisal="None")
    recommend(walk, own, "not_met")
    decide(walk, own, "not_met")
    walk.do(walk.house.doctor, "answer_pay_decision", own, pay_answer="dispute", pay_objection="I was appraised")
    return own


@pytest.mark.clause("TCS-4-d")
@pytest.mark.clause("BTH-3.4.18-g")
def test_the_chief_executive_decides_a_disputed_pay_decision_and_the_result_of_the_year_follows(cpft: Walk) -> None:
    house, own = cpft.house, refused(cpft, DUE)
    dispute = cpft.newest("disagreement")
    assert cpft.facts(dispute)["disputed"][0]["practitioner"] == "I was appraised"
    assert cpft.facts(dispute)["disputed"][0]["manager"] == "No appraisal"
    mediate(cpft, dispute)
    cpft.do(house.medical_director, "recommend_on_pay", dispute, pay_recommendation="Let it stand")
    cpft.do(house.chief_executive, "decide_on_pay", dispute, decision_reasons="Appraised in June", outcomes=OUTCOME)
    assert [row.met for row in results(cpft)][-1] is False, "until the dispute has ended the decision stands"
    cpft.do(house.doctor, "answer_decision", dispute, appeal_choice="accept")
    last = results(cpft)[-1]
    assert (last.met, last.source, last.threshold) == (True, "disputed", "released")
    assert (cpft.case(own).status, cpft.plans(house.doctor)) == ("closed", [])


@SQLITE
@pytest.mark.clause("BTH-3.4.18-g")
@pytest.mark.parametrize(("outcome", "waits"), [("current", []), ("other", ["carry_out_settlement"])])
def test_a_dispute_that_changes_nothing_leaves_the_decision_and_another_settlement_is_carried_out(
    bth: Walk, outcome: str, waits: list[str]
) -> None:
    house, own = bth.house, refused(bth)
    dispute = bth.newest("disagreement")
    mediate(bth, dispute)
    value = {"value": "Met from June on"} if outcome == "other" else {}
    row: Json = {"element": "pay_progression", "outcome": outcome, **value}
    bth.do(house.medical_director, "decide", dispute, decision_reasons="So it is", outcomes=[row])
    bth.do(house.doctor, "answer_decision", dispute, appeal_choice="accept")
    assert bth.waiting(own) == waits
    if waits:
        bth.do(house.medical_director, "carry_out_settlement", own, settled_as="met", settled_words="From June")
    assert (results(bth)[-1].met, bth.case(own).status) == (bool(waits), "closed")


@SQLITE
@pytest.mark.clause("BTH-3.4.18-g")
def test_a_decision_on_pay_stands_when_nobody_disputes_it_in_time(bth: Walk) -> None:
    own = begin(bth)
    report(bth, own, criterion_appraisal="not_met", evidence_appraisal="None")
    recommend(bth, own, "not_met")
    decide(bth, own, "not_met")
    assert bth.deadline(own, "pay_answer").due_on == date(2027, 3, 15)
    bth.live_through(until=date(2027, 3, 17))
    assert (bth.case(own).status, results(bth)[-1].met) == ("closed", False)
    assert bth.newest("disagreement") == ""


@SQLITE
@pytest.mark.clause("BTH-3.4.18-a")
def test_under_the_newer_national_rule_a_meeting_comes_first_and_a_failure_delays_by_a_year(bth: Walk) -> None:
    switch_on(bth)
    house = bth.house
    own = begin(bth, due="2027-09-01")
    earlier(bth)
    assert bth.waiting(own) == ["hold_pay_meeting"]
    window = bth.deadline(own, "pay_meeting")
    assert (window.opens_on, window.due_on) == (date(2027, 3, 1), date(2027, 6, 1))
    bth.do(house.manager, "hold_pay_meeting", own, pay_meeting_date=bth.today, pay_meeting_note="Appraisal is late")
    report(bth, own, criterion_appraisal="not_met", evidence_appraisal="None")
    recommend(bth, own, "not_met")
    decide(bth, own, "not_met")
    bth.do(house.doctor, "answer_pay_decision", own, pay_answer="accept")
    bth.live_through(until=date(2028, 3, 2))
    assert bth.facts(bth.newest("pay_progression"))["progression_date"] == "2028-09-01"


def switch_on(walk: Walk) -> None:
    """A release whose policy follows the rule from April 2025."""
    files = shipped_files()
    national = "policies/national_england.toml"
    files[national] = files[national].replace("pay_progression_from_2025 = false", "pay_progression_from_2025 = true")
    with walk.session() as session:
        add_release(session, trust=session.merge(walk.house.trust), files=files)
        session.commit()


@SQLITE
def test_who_may_begin_to_look_at_the_criteria(bth: Walk) -> None:
    house = bth.house
    for other in (house.doctor, house.colleague, house.amd, house.medical_director, house.hr):
        with pytest.raises(NotYoursToStart):
            begin(bth, who=other)
    begin(bth, who=house.directorate)
    with pytest.raises(AlreadyRunning):
        begin(bth)
