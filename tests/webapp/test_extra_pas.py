"""Extra programmed activities on the web: asking, deciding, accepting, notice, the balance, and a team's forecast."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine

from tests.cases.extra import ADDRESS, ASKED, accepted, asked, offered
from tests.cases.walk import Walk
from tests.factories import World
from tests.webapp.test_crafted import at
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]


def typed(key: str, day: str) -> dict[str, Any]:
    """A day as three boxes."""
    when = date.fromisoformat(day)
    return {f"{key}__day": str(when.day), f"{key}__month": str(when.month), f"{key}__year": str(when.year)}


@pytest.mark.parametrize("part", ["doctor", "manager"])
def test_the_doctor_or_their_manager_starts_a_request_and_goes_on_at_once(walk: Walk, visit: Visit, part: str) -> None:
    who = visit(getattr(walk.house, part))
    who.open("/cases/start")
    assert "Extra programmed activities" in who.page.text
    subject = f"{walk.house.doctor.id}:{walk.house.team.id}"
    who.open("/cases/start/extra")
    page = who.send("/cases/start/extra", {"start-subject": subject})
    assert page.heading == "Ask for extra activities"
    assert "Contracted: 10 standard PAs a week (clause 7.1)" in page.text
    assert "may begin on Tuesday 1 June 2027 at the earliest, or on Wednesday 1 September 2027" in page.text
    page = who.fill(status=422)
    assert "“Which work is it?” needs an answer." in page.problems


@pytest.mark.parametrize("part", ["amd", "directorate", "hr", "finance", "medical_director", "service_manager"])
def test_others_do_not_ask_for_extra_activities(walk: Walk, visit: Visit, part: str) -> None:
    who = visit(getattr(walk.house, part))
    who.open("/cases/start")
    assert "Extra programmed activities" not in who.page.text
    who.open("/cases/start/extra", status=403)


def test_the_amd_reads_the_request_and_both_sides_read_the_answer(walk: Walk, visit: Visit) -> None:
    reference = asked(walk)
    amd = at(walk, visit, walk.house.amd, "decide_extra", reference)
    assert ASKED["extra_work"] in amd.page.text
    assert "the week is longer than full time" in amd.page.text
    amd.fill(extra_decision="agree", extra_decision_reason="The waiting list is too long")
    page = at(walk, visit, walk.house.amd, "issue_extra", reference).page
    assert "a letter goes out: “Agreement on additional programmed activities”" in page.text
    doctor = visit(walk.house.doctor)
    assert "The waiting list is too long" in doctor.open(f"/cases/{reference}").text


@pytest.mark.clause("BTH-3.4.15-I")
def test_a_policy_without_a_longest_time_says_so_and_that_each_agreement_is_decided_on_every_year(
    engine: Engine, world: World, visit: Visit
) -> None:
    bth = Walk(engine, world.bth)
    reference = asked(bth, extra_until="2029-12-31")
    said = (
        "Your policy sets no longest time for extra activities. "
        "Whether to keep, reduce or end them is decided again every year (BTH-3.4.15-I)."
    )
    assert said in at(bth, visit, bth.house.amd, "decide_extra", reference).page.text
    bth.do(bth.house.amd, "decide_extra", reference, extra_decision="agree", extra_decision_reason="We need it")
    bth.do(bth.house.amd, "issue_extra", reference, extra_address=ADDRESS)
    assert said in at(bth, visit, bth.house.doctor, "answer_extra", reference).page.text


@pytest.mark.clause("CPFT-7.2.2-c", "CPFT-App1-b")
def test_a_policy_with_a_longest_time_says_it_before_anybody_asks_for_more(walk: Walk, visit: Visit) -> None:
    text = at(walk, visit, walk.house.amd, "decide_extra", asked(walk)).page.text
    assert "Extra activities are agreed for 12 months at most." in text
    assert "is decided again every year (CPFT-App1-b)." in text


def test_the_doctor_sees_what_is_offered_and_accepts_it(walk: Walk, visit: Visit) -> None:
    reference = offered(walk, extra_from="2027-04-12", shorter_notice_reason="A colleague has left")
    doctor = at(walk, visit, walk.house.doctor, "answer_extra", reference)
    text = doctor.page.text
    assert "nothing follows from declining" in text
    assert "It begins sooner than the notice allows, which would be on Tuesday 1 June 2027" in text
    page = doctor.fill(status=422, extra_accepted="accept", **typed("extra_accepted_on", "2027-03-01"))
    assert any("sooner than the notice" in problem for problem in page.problems)
    doctor.fill(extra_accepted="accept", shorter_notice_agreed="yes", **typed("extra_accepted_on", "2027-03-01"))
    page = doctor.open(f"/cases/{reference}")
    assert "Agreed, not begun yet" in page.text
    assert "1 PA a week" in page.text
    assert "12 April 2027 to 31 March 2028" in page.text


def test_notice_says_from_when_it_counts_and_what_would_come_to_nothing(walk: Walk, visit: Visit) -> None:
    reference = accepted(walk)
    doctor = visit(walk.house.doctor)
    page = doctor.open(f"/cases/{reference}/extra")
    assert page.heading == "Agreement JP/PA/2027/0001"
    assert "Clause 7.1 What Standard programmed activities PAs 10 PAs a week" in page.text
    assert "Clause 7.6 What Written agreement JP/PA/2027/0001 PAs 1 PA a week" in page.text
    page = doctor.open(f"/cases/{reference}/extra/notice")
    about = "1 PA a week, 7 June 2027 to 31 March 2028."
    assert f"{about} It can take effect on Tuesday 1 June 2027 at the earliest." in page.text
    address = f"/cases/{reference}/extra/notice"
    page = doctor.send(address, {"answer-notice_change": "reduce", "answer-notice_reason": "Enough"}, status=422)
    assert page.problems
    doctor.send(address, {"answer-notice_change": "end", "answer-notice_reason": "Enough"})
    assert "Under notice" in doctor.page.text
    assert "it ends before its first day, and never begins" in doctor.page.text


def test_the_manager_says_that_the_need_has_ended_and_decides(walk: Walk, visit: Visit) -> None:
    reference = accepted(walk)
    manager = visit(walk.house.manager)
    manager.open(f"/cases/{reference}/extra")
    address = f"/cases/{reference}/extra/need-ended"
    assert address in manager.page.links
    manager.open(address)
    assert "Keep, reduce or end the extra activities" in manager.send(address, {}).text
    assert "A review of these activities is under way" in manager.send(address, {}, status=409).text
    step = at(walk, visit, walk.house.manager, "review_extra", reference)
    assert "Agreement JP/PA/2027/0001" in step.page.text
    step.fill(review_decision="keep", review_reason="It is needed after all")
    assert address not in visit(walk.house.doctor).open(f"/cases/{reference}/extra").links


@pytest.mark.clause("BTH-App3.2-c")
def test_a_number_used_as_needed_has_a_running_balance(walk: Walk, visit: Visit) -> None:
    reference = accepted(
        walk,
        by="doctor",
        extra_basis="yearly",
        extra_pas=None,
        extra_pas_yearly=20,
        extra_from="2027-03-02",
        extra_until="2027-12-31",
    )
    with time_machine.travel("2027-03-05 10:00:00+00:00", tick=False):
        doctor = visit(walk.house.doctor)
        address = f"/cases/{reference}/extra/worked"
        doctor.open(address)
        entry = {"answer-pas": "2.5", "answer-words": "Saturday list"}
        page = doctor.send(address, {**entry, "answer-pas": "21"}, status=422)
        assert page.problems == ["20 are left. Enter at most so many, and not 0."]
        page = doctor.send(address, entry)
        assert "Agreed 20 PAs Worked 2.5 PAs Left 17.5 PAs" in page.text
        assert "Saturday list" in page.text
        assert "Dr Amina Osei" in page.text


@pytest.mark.parametrize(
    ("part", "status"), [("colleague", 403), ("finance", 403), ("hr", 403), ("service_manager", 403)]
)
def test_an_agreement_is_closed_to_whoever_has_no_part_in_it(walk: Walk, visit: Visit, part: str, status: int) -> None:
    visit(getattr(walk.house, part)).open(f"/cases/{accepted(walk)}/extra", status=status)


def test_an_agreement_of_another_trust_is_not_there(walk: Walk, world: World, visit: Visit) -> None:
    reference = accepted(walk)
    for page in ("", "/notice", "/worked", "/need-ended"):
        visit(world.bth.manager).open(f"/cases/{reference}/extra{page}", status=404)


@pytest.mark.parametrize("part", ["amd", "manager", "directorate", "finance"])
def test_those_over_teams_see_which_agreements_end_soon(walk: Walk, visit: Visit, part: str) -> None:
    accepted(walk)
    soon = accepted(walk, extra_until="2027-08-13")
    who = visit(getattr(walk.house, part))
    who.open("/teams")
    assert "/extra-activities" in who.page.links
    page = who.open("/extra-activities")
    assert "13 August 2027" in page.text
    assert "31 March 2028" not in page.text
    may_open = part != "finance"
    assert (f"/cases/{soon}/extra" in page.links) is may_open, "nobody is led to what they may not open"


def test_a_doctor_has_no_list_of_others(walk: Walk, visit: Visit) -> None:
    doctor = visit(walk.house.doctor)
    doctor.open("/teams")
    assert "/extra-activities" not in doctor.page.links
    doctor.open("/extra-activities", status=403)


@pytest.mark.clause("BTH-App3.2-d")
def test_a_department_sets_what_it_foresees_against_what_is_contracted(walk: Walk, visit: Visit) -> None:
    accepted(walk, extra_basis="yearly", extra_pas=None, extra_pas_yearly=20, extra_from="2027-06-07")
    team = walk.house.team.id
    manager = visit(walk.house.manager)
    manager.open(f"/teams/{team}")
    address = f"/teams/{team}/extra?year=2027/28"
    page = manager.open(address)
    assert "0 PAs are foreseen for the year and 20 are contracted: 20 more than foreseen." in page.text
    form = next(link for link in page.links if "foresee" in link)
    manager.open(form)
    for kind, pas in (("waiting_lists", "30"), ("cover", "4.5")):
        manager.send(form, {"answer-kind": kind, "answer-words": "Autumn", "answer-pas": pas})
    page = manager.open(address)
    assert "34.5 PAs are foreseen for the year and 20 are contracted: 14.5 are lacking." in page.text
    assert "Waiting lists 30 PAs Cover of clinics and lists 4.5 PAs Vacancies 0 PAs" in page.text
    manager.send(next(action for one in page.root.iter("form") if "/needs/" in (action := one.get("action", ""))), {})
    assert "4.5 PAs are foreseen" in manager.open(address).text


@pytest.mark.clause("BTH-App3.1-b")
def test_a_vacancy_above_ten_pas_is_refused_for_advertisement(walk: Walk, visit: Visit) -> None:
    address = f"/teams/{walk.house.team.id}/extra/foresee"
    manager = visit(walk.house.manager)
    manager.open(address)
    post = {"answer-kind": "vacancies", "answer-words": "A consultant", "answer-pas": "120"}
    page = manager.send(address, {**post, "answer-post_pas": "11"}, status=422)
    assert page.problems == [
        "A post is advertised with 10 PAs a week at most. More are agreed with its holder, for a time."
    ]
    assert "The post is advertised with 10 PAs a week." in manager.send(address, {**post, "answer-post_pas": "10"}).text


@pytest.mark.clause("BTH-App3.3-a")
def test_the_teams_page_lists_standard_pas_and_agreements_by_clause(walk: Walk, visit: Visit) -> None:
    accepted(walk)
    text = visit(walk.house.finance).open(f"/teams/{walk.house.team.id}/extra?year=2027/28").text
    assert "Clause 7.1 10 PAs a week Clause 7.6 1 PA a week" in text
    assert "11 PAs" not in text


@pytest.mark.parametrize(("part", "status"), [("doctor", 403), ("hr", 409), ("finance", 409)])
def test_others_enter_nothing_for_a_team(walk: Walk, visit: Visit, part: str, status: int) -> None:
    address = f"/teams/{walk.house.team.id}/extra/foresee"
    entry = {"answer-kind": "cover", "answer-words": "Summer", "answer-pas": "1"}
    visit(getattr(walk.house, part)).send(address, entry, status=status)


def test_a_forecast_of_another_trust_is_not_there(walk: Walk, world: World, visit: Visit) -> None:
    visit(world.bth.manager).open(f"/teams/{walk.house.team.id}/extra", status=404)


def test_the_page_of_the_case_says_that_it_waits_for_the_last_day(walk: Walk, visit: Visit) -> None:
    reference = accepted(walk)
    page = visit(walk.house.doctor).open(f"/cases/{reference}")
    now = next(part for part in page.root.iter("section") if part.get("id") == "now")
    for name in ("Last day", "Notice by either side", "The need ends", "The year is nearly over"):
        assert name in page.text_of(now), name
    assert "The agreement ends To come" in page.text
