"""The crafted screens, walked in a browser without JavaScript on the shipped diagrams."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cases.stages import session_booked
from tests.cases.walk import PLAN, Walk
from tests.factories import NOW, TODAY, open_case
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows import on_call
from workflows.cases import Actor
from workflows.on_call import About
from workflows.store.models import Case, Person, PlanVersion, TeamPlan

Visit = Callable[[Person], Visitor]
NONE = {
    f"{key}-reason": "None this year" for key in ("research", "additional_nhs", "external", "academic", "managerial")
}
LINES = {
    "dcc-0-id": "", "dcc-0-title": "Outpatient clinic", "dcc-0-day": "monday", "dcc-0-start": "9am",
    "dcc-0-end": "1pm", "dcc-0-place": "Penrith", "dcc-0-pas": "7.5",
    "spa-0-id": "", "spa-0-title": "Audit", "spa-0-day": "", "spa-0-start": "", "spa-0-end": "", "spa-0-place": "",
    "spa-0-pas": "2.5", **NONE, "on_call-reason": "Not on a rota", "plan-base": "Penrith",
}  # fmt: skip


@pytest.fixture
def interim(walk: Walk, store: Store) -> str:
    """The interim case of a new starter: the doctor drafts a plan, the manager reads the pack."""
    house = walk.house
    with store() as session:
        case = open_case(session, house, process="team_planning")
        about_team = {"trust_id": house.trust.id, "team_id": house.team.id, "case_id": case.id}
        content = {"requirements": [], "plans_match": "They match."}
        plan = TeamPlan(**about_team, number=1, year="2027/28", content=content, session_on=TODAY, approved_at=NOW)
        session.add(plan)
    about = {"subject": house.doctor.id, "team": house.team.id, "employment_start_date": walk.today}
    return walk.start(house.directorate, "individual_planning", kind="interim", **about)


def at(walk: Walk, visit: Visit, who: Person, element: str, reference: str) -> Visitor:
    """Somebody with their step open."""
    visitor = visit(who)
    visitor.open(f"/steps/{walk.step(who, element, reference)}")
    return visitor


def to_signing(walk: Walk, reference: str) -> None:
    """The meeting held, the plan agreed: everybody has to sign."""
    house = walk.house
    walk.do(house.doctor, "draft_plan", reference, plan=PLAN)
    walk.do(house.manager, "read_pack", reference, pack_read="read")
    booked = {"meeting_booked_for": walk.today, "meeting_place": "Online", "service_manager_invited": False}
    walk.do(house.manager, "book_meeting", reference, **booked)
    met = {"meeting_date": walk.today, "meeting_present": [house.doctor.id, house.manager.id]}
    walk.do(house.manager, "record_meeting", reference, **met, private_work_discussed=True)
    walk.do(house.manager, "update_plan", reference, plan=PLAN)
    walk.do(house.manager, "agree_plan", reference, manager_answer="agree")
    walk.do(house.doctor, "answer_plan", reference, practitioner_answer="agree")


@pytest.mark.clause("CPFT-7.2-a", "CPFT-7.1-e")
def test_a_plan_is_written_line_by_line_without_a_script(walk: Walk, visit: Visit, interim: str) -> None:
    doctor = at(walk, visit, walk.house.doctor, "draft_plan", interim)
    assert "add-dcc" in doctor.page.buttons()
    page = doctor.change("add-dcc", {"plan-base": "Penrith", "notes": ""})
    page = doctor.change("add-spa", {"dcc-0-title": "Outpatient clinic", "dcc-0-pas": "7.5"})
    assert page.values()["dcc-0-title"] == ["Outpatient clinic"], "what was typed stays"
    page = doctor.change("stay", {"dcc-0-pas": "7.25", "spa-0-pas": "2.5"})
    assert "Total: 9.75 PAs a week, contracted: 10 0.25 less than contracted" in page.text
    page = doctor.change("complete", LINES)
    assert "You have completed “Draft the plan”" in page.text
    with walk.session() as session:
        content = session.query(PlanVersion).one().content
    assert [(line["title"], line["start"], line["end"], line["pas"]) for line in content["activities"]] == [
        ("Outpatient clinic", "09:00", "13:00", "7.5"),
        ("Audit", "", "", "2.5"),
    ]
    assert content["not_applicable"]["on_call"] == "Not on a rota"


def test_a_line_can_be_taken_away_and_an_empty_one_does_not_count(walk: Walk, visit: Visit, interim: str) -> None:
    doctor = at(walk, visit, walk.house.doctor, "draft_plan", interim)
    doctor.change("add-dcc", {})
    doctor.change("add-dcc", {"dcc-0-title": "First"})
    page = doctor.change("remove-dcc-0", {"dcc-1-title": "Second"})
    assert "dcc-0-title" not in page.values()
    assert page.values()["dcc-1-title"] == ["Second"]
    boxes = {**LINES, "dcc-1-title": "", "dcc-1-pas": "", "spa-0-title": "", "spa-0-pas": ""}
    del boxes["spa-0-id"]
    page = doctor.change("complete", {**boxes, "spa-reason": "None"})
    assert page.heading == "My steps"


def test_what_is_wrong_in_a_line_is_said_at_its_box(walk: Walk, visit: Visit, interim: str) -> None:
    doctor = at(walk, visit, walk.house.doctor, "draft_plan", interim)
    doctor.change("add-dcc", {})
    doctor.change("add-spa", {})
    wrong = {**LINES, "dcc-0-end": "", "spa-0-title": "", "spa-0-pas": "lots", "plan-effective_from-day": "40"}
    page = doctor.change(
        "complete", {**wrong, "plan-effective_from-month": "1", "plan-effective_from-year": "2027"}, status=422
    )
    assert page.problems == [
        "“From when does the plan apply?” must be a real date.",
        "Outpatient clinic: Give both the start and the end, or neither.",
        "Line 1: Say what the activity is.",
        "Line 1: “PAs a week” must be a number, such as 2.5.",
    ]
    assert {"#plan-effective_from-day", "#dcc-0-end", "#spa-0-title", "#spa-0-pas"} <= set(page.links)
    assert page.values()["spa-0-pas"] == ["lots"]


def test_an_empty_plan_is_refused(walk: Walk, visit: Visit, interim: str) -> None:
    doctor = at(walk, visit, walk.house.doctor, "draft_plan", interim)
    page = doctor.change("complete", {}, status=422)
    assert page.problems == ["Add at least one activity, or say why each kind of activity does not apply."]


def test_a_half_written_plan_is_kept(walk: Walk, visit: Visit, interim: str) -> None:
    doctor = at(walk, visit, walk.house.doctor, "draft_plan", interim)
    doctor.change("add-dcc", {})
    doctor.change("save", {"dcc-0-title": "Clinic", "dcc-0-pas": "some", "research-reason": "None"})
    page = doctor.open(f"/steps/{walk.step(walk.house.doctor, 'draft_plan', interim)}")
    values = page.values()
    assert (values["dcc-0-title"], values["dcc-0-pas"], values["research-reason"]) == (["Clinic"], ["some"], ["None"])


@pytest.mark.clause("CPFT-7.4-c")
def test_the_pack_shows_the_plan_and_asks_whether_it_was_read(walk: Walk, visit: Visit, interim: str) -> None:
    walk.do(walk.house.doctor, "draft_plan", interim, plan=PLAN)
    manager = at(walk, visit, walk.house.manager, "read_pack", interim)
    assert "Outpatient clinic Where" not in manager.page.text
    assert "Audit and revalidation" in manager.page.text
    assert manager.fill(status=422).problems == ["“Have you read the pack?” needs an answer."]
    assert "You have completed" in manager.fill(pack_read="read").text


@pytest.mark.clause("CPFT-7.5-a")
def test_signing_shows_the_plan_who_has_signed_and_what_it_means(walk: Walk, visit: Visit, interim: str) -> None:
    to_signing(walk, interim)
    doctor = at(walk, visit, walk.house.doctor, "sign_plan", interim)
    assert "Still to sign Dr Carys Llewellyn" in doctor.page.text
    assert "Signing says that you agree to the plan as it stands above." in doctor.page.text
    assert any(link.startswith("/deadlines/") for link in doctor.page.links)
    doctor.fill(sign_answer="sign")
    manager = at(walk, visit, walk.house.manager, "sign_plan", interim)
    assert "Signed Dr Amina Osei, Practitioner, on Monday 1 March 2027 at 9:30am" in manager.page.text
    manager.fill(sign_answer="sign")
    assert "check_plan" in walk.waiting(interim)


@pytest.mark.clause("CPFT-7.6.5-b")
def test_a_plan_is_returned_section_by_section_and_mended(walk: Walk, visit: Visit, interim: str) -> None:
    to_signing(walk, interim)
    for who in (walk.house.doctor, walk.house.manager):
        walk.do(who, "sign_plan", interim, sign_answer="sign")
    office = visit(walk.house.directorate)
    step = walk.step(walk.house.directorate, "check_plan", interim)
    office.open(f"/steps/{step}")
    office.send(f"/steps/{step}/claim", {})
    assert "Every kind of activity has lines, or a reason why it does not apply." in office.page.text
    page = office.fill(status=422, check_answer="returned")
    assert page.problems == ["Give a reason beside at least one section that you return."]
    page = office.change("complete", {"answer-check_answer": "returned", "return-dcc": "The clinic has no place."})
    assert "You have completed" in page.text
    manager = at(walk, visit, walk.house.manager, "mend_plan", interim)
    assert "Why this plan came back Direct clinical care The clinic has no place." in manager.page.text
    assert "PAs Why it came back: The clinic has no place." in manager.page.text, "beside the section too"
    assert "only the signatures that cover it stop counting" in manager.page.text
    assert manager.page.values()["dcc-0-title"] == ["Outpatient clinic"]
    page = manager.change("complete", {"dcc-0-place": "Carlisle"})
    assert "“Sign the plan”" in page.text, "the signatures that covered the section are asked for again"


@pytest.mark.clause("CPFT-7.6.5-a")
def test_the_directorates_check_starts_from_what_the_rules_find_and_returns_the_plan_for_it(
    walk: Walk, visit: Visit, interim: str
) -> None:
    to_signing(walk, interim)
    signing = at(walk, visit, walk.house.doctor, "sign_plan", interim)
    wrong = "“Outpatient clinic”: its times come to 1 PA, and 7.5 PA was entered."
    assert wrong in signing.page.text
    for who in (walk.house.doctor, walk.house.manager):
        walk.do(who, "sign_plan", interim, sign_answer="sign")
    office = visit(walk.house.directorate)
    step = walk.step(walk.house.directorate, "check_plan", interim)
    office.open(f"/steps/{step}")
    office.send(f"/steps/{step}/claim", {})
    assert "What the policy’s rules find" in office.page.text
    settle = "To settle it: PAs that follow from the times, or why they differ. CPFT-7.4.2-a"
    assert f"{wrong} {settle}" in office.page.text
    ticked = {"return-for-open": "pas_by_hand@activities.0.pas"}
    page = office.change("complete", {"answer-check_answer": "accepted", **ticked}, status=422)
    assert page.problems == ["You gave a reason to return a section. Return the plan, or clear it."]
    assert page.values()["return-for-open"] == ["pas_by_hand@activities.0.pas"]
    page = office.change("complete", {"answer-check_answer": "returned", "return-dcc": "Please look.", **ticked})
    assert "You have completed" in page.text
    reasons = walk.facts(interim)["return_reasons"]
    assert reasons == {"dcc": f"Please look. {wrong} (CPFT-7.4.2-a)"}
    mending = at(walk, visit, walk.house.manager, "mend_plan", interim)
    assert f"Why this plan came back Direct clinical care Please look. {wrong}" in mending.page.text


@pytest.mark.clause("CPFT-7.6.13")
def test_hr_sees_what_is_on_record_beside_the_plan(walk: Walk, visit: Visit, store: Store, interim: str) -> None:
    to_signing(walk, interim)
    for who in (walk.house.doctor, walk.house.manager):
        walk.do(who, "sign_plan", interim, sign_answer="sign")
    walk.do(walk.house.directorate, "check_plan", interim, check_answer="accepted")
    with store() as session:
        manager: dict[str, Any] = {"by": Actor(walk.house.manager.id, walk.house.trust.id), "now": NOW}
        rota = on_call.add_rota(session, team_id=walk.house.team.id, said=About("Physicians"), **manager)
        place: dict[str, Any] = {"person_id": walk.house.doctor.id, "starts_on": TODAY, "equal_share": True}
        on_call.add_member(session, rota_id=rota, **place, **manager)
    hr = at(walk, visit, walk.house.hr, "compare_contract", interim)
    assert "PAs a week On record 10 Job plan 10 Same? No difference" in hr.page.text
    assert "On call: Physicians On record 1 in 1, no category Job plan Not in the plan Same? Differs" in hr.page.text
    assert "Availability supplement" in hr.page.text
    hr.fill(hr_answer="matches")
    assert walk.case(interim).status == "closed"


@pytest.mark.clause("CPFT-7.4.1-a", "CPFT-7.4.1-b", "CPFT-5.5-b")
def test_a_team_session_is_recorded_and_its_plan_drafted(walk: Walk, visit: Visit) -> None:
    team = to_session(walk)
    manager = at(walk, visit, walk.house.manager, "hold_session", team)
    rows = {key: value[0] for key, value in manager.page.values().items() if key.startswith("attendance-")}
    assert sorted((rows[key], rows[key.replace("group", "person")]) for key in rows if key.endswith("-group")) == [
        ("clinical_manager", "Dr Carys Llewellyn"),
        ("decision_makers", ""),
        ("nursing_quality_manager", ""),
        ("practitioners", "Dr Amina Osei"),
        ("practitioners", "Dr Ben Carver"),
        ("service_manager", "Dawn Pickering"),
    ]
    named = [key.replace("person", "present") for key, value in rows.items() if key.endswith("-person") and value]
    empty = [key.removesuffix("person") for key, value in rows.items() if key.endswith("-person") and not value]
    boxes = dict.fromkeys(named, "yes")
    when = {"day": "1", "month": "3", "year": "2027"}
    boxes |= {f"answer-team_session_date-{part}": value for part, value in when.items()}
    page = manager.change("complete", {**boxes, f"{empty[0]}present": "no"}, status=422)
    assert [problem.partition(": ")[2] for problem in page.problems] == [
        "Say why they were not there.",
        "Say whether they were there.",
    ]
    absent = {f"{row}present": "no" for row in empty} | {f"{row}reason": "Nobody in post" for row in empty}
    manager.change("complete", {**boxes, **absent})
    assert len(walk.facts(team)["attendance"]) == 6
    drafting = at(walk, visit, walk.house.manager, "draft_team_plan", team)
    draft_team_plan(drafting)
    assert walk.facts(team)["service_needs"] == [{"service": "Clinic", "pas": "12.5"}]
    assert walk.facts(team)["requirements"] == [
        {"requirement": "See referrals in five days", "trust_objective": "Timely access", "lead": ""}
    ]
    doctor = at(walk, visit, walk.house.doctor, "answer_team_plan", team)
    assert "See referrals in five days" in doctor.page.text
    assert "My wish" in doctor.page.text
    assert "His wish" not in doctor.page.text, "what colleagues prepared is not for everybody"


def draft_team_plan(drafting: Visitor) -> None:
    """The team's plan, put right where the screen complains."""
    needs = {"requirements-0-requirement": "See referrals in five days", "requirements-0-trust_objective": ""}
    answers = {"answer-plans_match": "They match.", "answer-lead_responsibilities": "Audit: Dr Osei"}
    page = drafting.change("complete", {**needs, **answers}, status=422)
    assert page.problems
    drafting.change("add-service_needs", {**needs, **answers, "requirements-0-trust_objective": "Timely access"})
    page = drafting.change(
        "complete", {"service_needs-0-service": "Clinic", "service_needs-0-pas": "a lot"}, status=422
    )
    assert page.problems == ["Clinic: Row 1: give the PAs a week as a number, such as 12.5."]
    drafting.change("complete", {"service_needs-0-pas": "12.5"})


def to_session(walk: Walk) -> str:
    """A round is under way and its team has prepared."""
    house = walk.house
    round_ = walk.start(house.directorate, "planning_round", care_group=house.care_group.id)
    walk.do(house.amd, "record_objectives", round_, objectives="Timely access", objectives_set_on=walk.today)
    dates = {"team_plans_due": "2027-04-01", "individual_plans_due": "2027-06-01"}
    walk.do(house.directorate, "propose_timetable", round_, **dates)
    walk.do(house.amd, "agree_timetable", round_, timetable_answer="agreed")
    walk.do(house.directorate, "issue_timetable", round_, timetable_issued_on=walk.today)
    with walk.session() as session:
        team = session.query(Case).filter_by(process="team_planning").one().reference
    walk.do(house.manager, "prepare_session", team, session_requirements="More clinics", **session_booked(walk))
    walk.do(house.doctor, "prepare_contribution", team, contribution="My wish")
    walk.do(house.colleague, "prepare_contribution", team, contribution="His wish")
    if "prepare_service_figures" in walk.waiting(team):
        figures = {"capacity": "As before", "service_activities": "Clinics", "developments": "None"}
        walk.do(house.service_manager, "prepare_service_figures", team, **figures)
    return team


def sign(walk: Walk, reference: str) -> None:
    """Both sign what they agreed."""
    for who in (walk.house.doctor, walk.house.manager):
        walk.do(who, "sign_plan", reference, sign_answer="sign")


@pytest.mark.clause("CPFT-7.5-a")
def test_whoever_changes_the_plan_reads_what_should_change(walk: Walk, visit: Visit, interim: str) -> None:
    to_signing(walk, interim)
    walk.do(walk.house.doctor, "sign_plan", interim, sign_answer="change", sign_reason="Move the clinic to Tuesday.")
    text = at(walk, visit, walk.house.manager, "change_plan", interim).page.text
    assert "Why this plan came back What do you want to do? Dr Amina Osei Ask for a change first" in text
    assert text.index("Move the clinic to Tuesday.") < text.index("What has been entered so far")


@pytest.mark.clause("CPFT-7.6.13")
def test_a_difference_is_settled_with_the_words_of_hr_and_the_plan_on_the_page(
    walk: Walk, visit: Visit, interim: str
) -> None:
    to_signing(walk, interim)
    sign(walk, interim)
    office = walk.house.directorate
    walk.do(office, "check_plan", interim, check_answer="accepted")
    walk.do(walk.house.hr, "compare_contract", interim, hr_answer="differs", hr_note="Payroll says 9 PAs.")
    settling, step = visit(office), walk.step(office, "settle_difference", interim)
    settling.open(f"/steps/{step}")
    settling.send(f"/steps/{step}/claim", {})
    text = settling.page.text
    assert "What was entered just before Does the plan match contract and pay? No, it differs" in text
    assert "Payroll says 9 PAs." in text
    assert "Outpatient clinic" in text
    settling.fill(difference_answer="return", difference_note="The audit line is one PA too long.")
    mending = at(walk, visit, walk.house.manager, "mend_plan", interim).page.text
    assert "Why this plan came back How is the difference settled? Return the plan" in mending
    assert "The audit line is one PA too long." in mending


@pytest.mark.clause("CPFT-7.6.5-b")
def test_reasons_of_an_earlier_return_are_not_given_again_for_another_change(
    walk: Walk, visit: Visit, interim: str
) -> None:
    to_signing(walk, interim)
    sign(walk, interim)
    reasons = {"return_reasons": {"period": "Which base?"}, "check_note": "Ring me if unsure."}
    walk.do(walk.house.directorate, "check_plan", interim, check_answer="returned", **reasons)
    assert "Ring me if unsure." in at(walk, visit, walk.house.manager, "mend_plan", interim).page.text
    walk.do(walk.house.manager, "mend_plan", interim, plan={**PLAN, "base": "Carlisle"})
    walk.do(walk.house.doctor, "sign_plan", interim, sign_answer="change", sign_reason="Back to Penrith.")
    changing = at(walk, visit, walk.house.manager, "change_plan", interim).page.text
    assert "Back to Penrith." in changing
    assert "Which base?" not in changing


@pytest.mark.clause("CPFT-6.5-a")
def test_a_timetable_is_agreed_and_proposed_again_with_the_words_of_the_other_side(walk: Walk, visit: Visit) -> None:
    house = walk.house
    round_ = walk.start(house.directorate, "planning_round", care_group=house.care_group.id)
    walk.do(house.amd, "record_objectives", round_, objectives="Timely access", objectives_set_on=walk.today)
    dates = {"team_plans_due": "2027-04-01", "individual_plans_due": "2027-06-01", "timetable_note": "After Easter."}
    walk.do(house.directorate, "propose_timetable", round_, **dates)
    text = at(walk, visit, house.amd, "agree_timetable", round_).page.text
    assert all(said in text for said in ("Thursday 1 April 2027", "Tuesday 1 June 2027", "After Easter."))
    walk.do(house.amd, "agree_timetable", round_, timetable_answer="changes", timetable_changes="A week later.")
    office, step = visit(house.directorate), walk.step(house.directorate, "propose_timetable", round_)
    office.open(f"/steps/{step}")
    assert "A week later." in office.send(f"/steps/{step}/claim", {}).text


@pytest.mark.clause("CPFT-7.4.2-b")
def test_the_doctor_reads_on_the_case_where_they_meet_and_what_will_be_raised(
    walk: Walk, visit: Visit, interim: str
) -> None:
    walk.do(walk.house.doctor, "draft_plan", interim, plan=PLAN)
    walk.do(walk.house.manager, "read_pack", interim, pack_read="read", pack_note="Your Friday audit.")
    booked = {"meeting_booked_for": walk.today, "meeting_place": "Room 4", "service_manager_invited": False}
    walk.do(walk.house.manager, "book_meeting", interim, **booked)
    text = visit(walk.house.doctor).open(f"/cases/{interim}").text
    assert all(said in text for said in ("Your Friday audit.", "Room 4", "On what date will you meet? Monday 1 March"))
    assert "Your Friday audit." not in visit(walk.house.directorate).open(f"/cases/{interim}").text
