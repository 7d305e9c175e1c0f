"""The plan editor as a form: everything that a job plan holds, without a script, and nothing lost on the way."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.cases.walk import PLAN, Walk
from tests.webapp.test_crafted import LINES, at, interim  # noqa: F401 - the case of a new starter
from tests.webapp.visitor import Visitor
from workflows import on_call
from workflows.cases import Actor
from workflows.domain.plan import Plan
from workflows.on_call import About
from workflows.store.models import Person, PlanVersion

Visit = Callable[[Person], Visitor]
Typed = Mapping[str, str]


@pytest.fixture
def doctor(walk: Walk, visit: Visit, interim: str) -> Visitor:  # noqa: F811
    """The doctor with an empty draft open."""
    return at(walk, visit, walk.house.doctor, "draft_plan", interim)


def kept(walk: Walk) -> dict[str, Any]:
    """The plan as it is kept."""
    with walk.session() as session:
        return dict(session.query(PlanVersion).one().content)


def send(walk: Walk, doctor: Visitor, boxes: Typed, *rows: str) -> dict[str, Any]:
    """Add rows, fill in a whole plan with these boxes, complete the step, and read what was kept."""
    for name in rows:
        doctor.change(f"add-{name}", {})
    page = doctor.change("complete", {**LINES, **boxes})
    assert "You have completed" in page.text
    return kept(walk)


@pytest.mark.clause("BTH-App5-a", "CPFT-2.5")
def test_the_head_holds_the_period_and_the_payroll_number_that_payroll_knows(walk: Walk, doctor: Visitor) -> None:
    values = doctor.page.values()
    assert (values["plan-payroll_number"], values["plan-contract"]) == (["00000001"], ["consultant_2003"])
    days = {"effective_from": ("1", "4", "2027"), "effective_to": ("31", "3", "2028")}
    boxes = {
        f"plan-{key}-{part}": value
        for key, day in days.items()
        for part, value in zip(("day", "month", "year"), day, strict=True)
    }
    content = send(walk, doctor, boxes)
    assert (content["effective_from"], content["effective_to"]) == ("2027-04-01", "2028-03-31")
    assert content["payroll_number"] == "00000001"


def test_a_plan_does_not_end_before_it_starts(doctor: Visitor) -> None:
    days = {"from": ("1", "4", "2027"), "to": ("31", "3", "2027")}
    boxes = {
        f"plan-effective_{key}-{part}": value
        for key, day in days.items()
        for part, value in zip(("day", "month", "year"), day, strict=True)
    }
    page = doctor.change("complete", {**LINES, **boxes}, status=422)
    assert page.problems == ["The day on which the plan ends must not be before its start."]
    assert "#plan-effective_to-day" in page.links


def test_pas_that_are_left_empty_follow_from_the_times_and_are_shown_beside_them(walk: Walk, doctor: Visitor) -> None:
    page = doctor.change("stay", {**LINES, "dcc-0-pas": ""})
    assert "1 PA, from its times" in page.text
    assert "Direct clinical care 1 PAs" in page.text
    page = doctor.change("stay", {"dcc-0-pas": "7.5"})
    assert "By its times it would be 1 PA" in page.text
    content = send(walk, doctor, {"dcc-0-pas": ""})
    assert [(line["pas"], line.get("by_times")) for line in content["activities"]] == [("1", True), ("2.5", None)]


@pytest.mark.parametrize("pas", ["1e400", "-1"])
def test_pas_that_nobody_can_work_count_nothing_and_keep_the_page(doctor: Visitor, pas: str) -> None:
    page = doctor.change("stay", {**LINES, "dcc-0-pas": pas})
    assert "Direct clinical care 0 PAs" in page.text
    assert page.values()["dcc-0-pas"] == [pas]


def test_a_line_on_no_fixed_day_stays_so_when_the_page_comes_again(doctor: Visitor) -> None:
    page = doctor.change("stay", LINES)
    assert page.values()["spa-0-day"] == [""]
    page = doctor.change("add-dcc", {})
    assert (page.values()["spa-0-day"], page.values()["dcc-0-day"]) == ([""], ["monday"])


def test_a_line_without_pas_times_or_hours_is_refused_at_its_box(doctor: Visitor) -> None:
    page = doctor.change("complete", {**LINES, "spa-0-pas": ""}, status=422)
    [problem] = page.problems
    assert problem.startswith("Audit: Give the times, the hours or the PAs")
    assert "#spa-0-pas" in page.links


@pytest.mark.clause("BTH-3.2.17")
@pytest.mark.parametrize(
    ("often", "which", "pattern", "words"),
    [
        ("weeks", "4", {"every_weeks": 4}, "every 4 weeks"),
        ("weeks", "2 of 4", {"week": 2, "every_weeks": 4}, "week 2 of 4"),
        ("months", "1 and 3", {"month_weeks": [1, 3]}, "1 and 3 of the month"),
        ("year", "14", {"per_year": 14}, "14 times a year"),
        ("dates", "1/4/2027, 1 October 2027", {"dates": ["2027-04-01", "2027-10-01"]}, "on 1/4/2027, 1 October 2027"),
    ],
)
def test_how_often_a_line_happens_is_said_in_plain_boxes(
    walk: Walk, doctor: Visitor, often: str, which: str, pattern: dict[str, Any], words: str
) -> None:
    boxes = {**LINES, "dcc-0-often": often, "dcc-0-which": which}
    assert f"More about it: {words}" in doctor.change("stay", boxes).text
    content = send(walk, doctor, boxes)
    assert content["activities"][0]["pattern"] == pattern


def test_how_often_that_makes_no_sense_is_said_at_its_box(doctor: Visitor) -> None:
    page = doctor.change("complete", {**LINES, "dcc-0-often": "weeks", "dcc-0-which": "sometimes"}, status=422)
    [problem] = page.problems
    assert problem.startswith("Outpatient clinic: Say how often")
    assert "#dcc-0-which" in page.links
    assert page.values()["dcc-0-which"] == ["sometimes"]


@pytest.mark.clause("CPFT-App1-c", "BTH-3.2.10", "BTH-App5-d")
def test_an_additional_pa_is_marked_with_its_reason_its_end_and_the_spare_capacity(
    walk: Walk, visit: Visit, interim: str, doctor: Visitor  # noqa: F811
) -> None:  # fmt: skip
    boxes = {
        "dcc-0-extra": "additional", "dcc-0-agreement": "APA-2027-3", "dcc-0-more_extra_reason": "Winter pressure",
        "dcc-0-more_until": "31 March 2028", "dcc-0-more_spare": "One more list a month", "dcc-0-premium": "agreed",
        "spa-0-core": "core",
    }  # fmt: skip
    line, spa = send(walk, doctor, boxes)["activities"]
    assert (line["extra"], line["agreement"], line["premium"]) == ("additional", "APA-2027-3", "agreed")
    said = {"extra_reason": "Winter pressure", "until": "2028-03-31", "spare": "One more list a month"}
    assert line["more"] == said
    assert spa["core"] == "core"
    manager = at(walk, visit, walk.house.manager, "read_pack", interim)
    assert "Additional PA until 31 March 2028 under APA-2027-3: Winter pressure" in manager.page.text


@pytest.mark.clause("CPFT-7.1-b", "CPFT-7.2-b", "CPFT-7.2-c", "BTH-3.4.14", "BTH-3.2.15", "BTH-3.4.2-b", "CPFT-2.5")
def test_duties_objectives_resources_and_leave_have_parts_of_their_own(walk: Walk, doctor: Visitor) -> None:
    boxes = {
        "duties-0-kind": "responsibility", "duties-0-duty": "Lead for falls", "duties-0-service": "Older people",
        "objectives-0-objective": "Fewer falls", "objectives-0-kind": "quality",
        "objectives-0-measurable": "A fifth fewer", "objectives-0-time_bound": "31/3/2028",
        "objectives-0-by_output": "no", "objectives-0-serves": "Safe wards",
        "resources-0-resource": "An audit clerk", "resources-0-serves": "Fewer falls",
        "leave-0-kind": "annual", "leave-0-days": "32",
        "leave-1-kind": "examining", "leave-1-days": "4", "leave-1-approved": "yes",
    }  # fmt: skip
    content = send(walk, doctor, boxes, "duties", "objectives", "resources", "leave", "leave")
    without_ids = {part: [{k: v for k, v in row.items() if k != "id"} for row in content[part]]
                   for part in ("duties", "objectives", "resources", "leave")}  # fmt: skip
    assert without_ids["duties"] == [{"kind": "responsibility", "duty": "Lead for falls", "service": "Older people"}]
    assert without_ids["objectives"] == [
        {
            "objective": "Fewer falls", "kind": "quality", "measurable": "A fifth fewer", "time_bound": "2028-03-31",
            "serves": "Safe wards", "by_output": False,
        }
    ]  # fmt: skip
    assert without_ids["resources"] == [{"resource": "An audit clerk", "serves": "Fewer falls"}]
    assert without_ids["leave"] == [
        {"kind": "annual", "days": 32},
        {"kind": "examining", "days": 4, "approved": True},
    ]


@pytest.mark.clause("BTH-App2-b", "BTH-App2-c")
def test_practising_privileges_elsewhere_are_declared_organisation_by_organisation(walk: Walk, doctor: Visitor) -> None:
    boxes = {
        "privileges-0-organisation": "Spire", "privileges-0-contact": "1 High Street",
        "privileges-0-director": "Dr Low",
        "privileges-0-role": "Consultant", "privileges-0-outpatients": "yes",
        "privileges-0-outpatients_since": "1 May 2020", "privileges-0-unusual": "no",
        "statements-specialty": "Geriatrics", "statements-sub_specialty": "Falls",
    }  # fmt: skip
    content = send(walk, doctor, boxes, "privileges")
    [row] = content["privileges"]
    assert row.pop("id")
    assert row == {
        "organisation": "Spire", "contact": "1 High Street", "director": "Dr Low", "role": "Consultant",
        "outpatients": True, "outpatients_since": "2020-05-01", "unusual": False,
    }  # fmt: skip
    assert content["statements"] == {"specialty": "Geriatrics", "sub_specialty": "Falls"}


def test_what_cannot_be_read_in_a_row_is_said_at_its_box_with_the_name_of_the_row(doctor: Visitor) -> None:
    doctor.change("add-objectives", {})
    boxes = {**LINES, "objectives-0-objective": "Fewer falls", "objectives-0-time_bound": "soon"}
    page = doctor.change("complete", boxes, status=422)
    assert page.problems == ["Fewer falls: “Time bound: by when?” must be a date, such as 1 April 2027."]
    assert "#objectives-0-time_bound" in page.links


@pytest.mark.clause("CPFT-7.1-c")
def test_a_part_without_rows_takes_the_reason_why_there_is_nothing(walk: Walk, doctor: Visitor) -> None:
    content = send(walk, doctor, {"outside-reason": "None", "objectives-reason": "Set at the appraisal"})
    assert content["not_applicable"]["outside"] == "None"
    assert content["not_applicable"]["objectives"] == "Set at the appraisal"


@pytest.mark.clause("CPFT-6.2", "CPFT-3-b", "CPFT-7.1-c")
def test_statements_are_made_once_and_the_appraisal_is_only_pointed_to(walk: Walk, doctor: Visitor) -> None:
    boxes = {
        "statements-development": "A course in leadership", "statements-professional_work": "None",
        "statements-appraisal_link": "The revalidation system", "statements-code_of_practice": "yes",
        "statements-appraised_on-day": "2", "statements-appraised_on-month": "2",
        "statements-appraised_on-year": "2027",
    }  # fmt: skip
    assert send(walk, doctor, boxes)["statements"] == {
        "development": "A course in leadership", "professional_work": "None", "code_of_practice": True,
        "appraised_on": "2027-02-02", "appraisal_link": "The revalidation system",
    }  # fmt: skip


def test_the_contents_say_which_parts_are_missing(doctor: Visitor) -> None:
    page = doctor.change("stay", {**LINES, "leave-reason": "None"})
    assert "nothing is said yet about duties and responsibilities" in page.text
    assert "Direct clinical care 1 line, 7.5 PAs" in page.text
    assert "Leave nothing, with a reason" in page.text
    assert "Research does not apply" in page.text


FULL = {
    **PLAN,
    "activities": [
        {**PLAN["activities"][0], "pattern": {"every_weeks": 2}, "premium": "agreed", "more": {"spare": "A list"}},
        PLAN["activities"][1],
    ],
    "payroll_number": "4711",
    "contract": "consultant_2003",
    "effective_to": "2028-03-31",
    "objectives": [
        {
            "id": "falls", "objective": "Fewer falls", "specific": "A fifth fewer", "measurable": "Incidents",
            "achievable": "Rounds at night", "relevant": "Safety", "time_bound": "2028-03-31", "serves": "Safe wards",
        }
    ],
    "statements": {"development": "A course", "private_work": "None"},
}  # fmt: skip


@pytest.fixture
def manager(walk: Walk, visit: Visit, interim: str) -> Visitor:  # noqa: F811
    """The manager with a full draft of the doctor open, to change it after the meeting."""
    return changing(walk, visit, interim, FULL)


def changing(walk: Walk, visit: Visit, interim: str, plan: Mapping[str, Any]) -> Visitor:  # noqa: F811
    """The manager with that draft open."""
    house = walk.house
    walk.do(house.doctor, "draft_plan", interim, plan=plan)
    walk.do(house.manager, "read_pack", interim, pack_read="read")
    booked = {"meeting_booked_for": walk.today, "meeting_place": "Online", "service_manager_invited": False}
    walk.do(house.manager, "book_meeting", interim, **booked)
    met = {"meeting_date": walk.today, "meeting_present": [house.doctor.id, house.manager.id]}
    walk.do(house.manager, "record_meeting", interim, **met, private_work_discussed=True)
    return at(walk, visit, house.manager, "update_plan", interim)


NEW_BOXES = (
    "shape-shown", "head-shown", "statements-shown", "made_from", "kept-before", "plan-effective_to",
    "plan-payroll_number",
    "plan-contract", "objectives-", "leave-", "rotas-", "duties-", "resources-", "outside-", "privileges-",
    "capacity-", "statements-", "dcc-0-often", "dcc-0-which", "dcc-0-premium", "dcc-0-more",
)  # fmt: skip
"""What a page of the release before did not have."""


def test_a_page_from_before_leaves_what_it_did_not_ask_as_it_is_in_the_draft(walk: Walk, manager: Visitor) -> None:
    before = kept(walk)
    asked = tuple(name for name in manager.page.values() if not name.startswith(NEW_BOXES))
    new = [name for name in manager.page.values() if name not in asked]
    manager.fill("complete", without=new)
    after = kept(walk)
    for part in ("objectives", "statements", "payroll_number", "effective_to"):
        assert after[part] == before[part]
    assert [line.get("more") for line in after["activities"]] == [{"spare": "A list"}, None]
    assert after["activities"][0]["pattern"] == {"every_weeks": 2}
    assert after["activities"][0]["premium"] == "agreed"


def test_sending_the_page_as_it_came_changes_nothing(walk: Walk, manager: Visitor) -> None:
    before = kept(walk)
    manager.change("complete", {})
    assert kept(walk) == before


def test_figures_are_shown_to_three_places_and_stay_exact_until_somebody_changes_them(
    walk: Walk, visit: Visit, interim: str  # noqa: F811
) -> None:  # fmt: skip
    clinic, audit = ({**line, "pas": pas} for line, pas in zip(FULL["activities"], ("1/3", "0.6214"), strict=True))
    loose = {**audit, "id": "loose", "title": "Reading", "day": "", "start": "", "end": "", "hours": "2.3333"}
    rota = {"id": "own", "rota": "Physicians", "frequency": 5.25, "category": "A", "predictable": 0.707143}
    manager = changing(walk, visit, interim, {**FULL, "activities": [clinic, audit, loose], "rotas": [rota]})
    before, boxes = kept(walk), manager.page.values()
    shown = ("dcc-0-pas", "spa-0-pas", "spa-1-hours", "rotas-0-frequency", "rotas-0-predictable")
    assert [boxes[name] for name in shown] == [["0.333"], ["0.621"], ["2.333"], ["5.25"], ["0.707"]]
    manager.change("stay", {})
    manager.change("complete", {"spa-0-pas": "0.62"})
    activities = [before["activities"][0], {**before["activities"][1], "pas": "0.62"}, before["activities"][2]]
    after = kept(walk)
    assert after == {**before, "activities": activities}
    assert (after["activities"][0]["pas"], after["rotas"][0]["predictable"]) == ("1/3", 0.707143)
    assert (
        Plan.from_json({**after, "activities": before["activities"]}).fingerprint()
        == Plan.from_json(before).fingerprint()
    )


@pytest.mark.clause("BTH-3.4.13.2-b")
def test_what_comes_from_a_rota_leads_to_how_its_figures_come_about(
    walk: Walk, visit: Visit, interim: str  # noqa: F811
) -> None:  # fmt: skip
    house = walk.house
    keeper: dict[str, Any] = {"by": Actor(house.manager.id, house.trust.id), "now": walk.at}
    with walk.session() as session:
        rota = on_call.add_rota(session, team_id=house.team.id, said=About("Physicians"), **keeper)
        place: dict[str, Any] = {"person_id": house.doctor.id, "starts_on": walk.at.date(), "equal_share": True}
        on_call.add_member(session, rota_id=rota, **place, **keeper)
        session.commit()
    page = changing(walk, visit, interim, FULL).page
    assert f"/rotas/{rota}" in page.links
    assert "How the figures of this rota come about" in page.text


def test_a_template_the_last_plan_or_nothing_can_be_the_start_and_be_undone(walk: Walk, doctor: Visitor) -> None:
    doctor.change("stay", {**LINES})
    page = doctor.change("start-template-consultant", {})
    assert page.values()["dcc-0-title"] == ["Ward round"]
    assert "Total: 10 PAs a week" in page.text
    page = doctor.change("start-before", {})
    assert page.values()["dcc-0-title"] == ["Outpatient clinic"]
    assert page.values()["dcc-0-pas"] == ["7.5"]
    page = doctor.change("start-empty", {})
    assert "dcc-0-title" not in page.values()


def test_of_two_people_who_change_one_plan_neither_overwrites_the_other_unseen(walk: Walk, manager: Visitor) -> None:
    with walk.session() as session:
        version = session.query(PlanVersion).one()
        version.content = {**version.content, "base": "Whitehaven"}
        session.commit()
    page = manager.change("complete", {"plan-base": "Carlisle"}, status=422)
    [problem] = page.problems
    assert problem.startswith("Somebody has changed this plan since you opened it.")
    assert "from “Whitehaven” to “Carlisle”" in page.text
    assert kept(walk)["base"] == "Whitehaven"
    theirs = manager.change("start-now", {})
    assert theirs.values()["plan-base"] == ["Whitehaven"]
    manager.change("start-before", {})
    manager.change("complete", {"plan-base": "Carlisle"})
    assert kept(walk)["base"] == "Carlisle", "once it was said, sending it again is a decision"


@pytest.mark.clause("CPFT-3-c", "BTH-3.4.2-a")
def test_whoever_signs_sees_the_pa_total_the_on_call_commitment_and_the_duties(
    walk: Walk, visit: Visit, interim: str, manager: Visitor  # noqa: F811
) -> None:  # fmt: skip
    manager.change("add-duties", {})
    manager.change("add-rotas", {})
    boxes = {
        "duties-0-duty": "Lead for falls", "rotas-0-rota": "Medical rota", "rotas-0-frequency": "8",
        "rotas-0-category": "A",
    }  # fmt: skip
    manager.change("complete", boxes)
    walk.do(walk.house.manager, "agree_plan", interim, manager_answer="agree")
    walk.do(walk.house.doctor, "answer_plan", interim, practitioner_answer="agree")
    signing = at(walk, visit, walk.house.doctor, "sign_plan", interim)
    assert "Agreed PAs 10 a week" in signing.page.text
    assert "On-call commitment Medical rota: 1 in 8, category A." in signing.page.text
    assert "Duties and responsibilities Lead for falls" in signing.page.text


def test_a_finding_that_stays_as_it_is_takes_its_reason(walk: Walk, manager: Visitor) -> None:
    name = next(name for name in manager.page.values() if name.startswith("reasons-"))
    page = manager.change("stay", {name: "Agreed with the team"})
    assert page.values()[name] == ["Agreed with the team"]
    manager.change("complete", {})
    assert kept(walk)["reasons"][name.removeprefix("reasons-")] == "Agreed with the team"
