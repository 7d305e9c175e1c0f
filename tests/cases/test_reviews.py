"""Reviews of an earlier plan: the record, the actions, changes of the team plan, and what follows each year."""

from datetime import date, timedelta

import pytest

from tests.cases import reviewing
from tests.cases.conftest import SQLITE
from tests.cases.stages import (
    accept,
    agree,
    book,
    meet,
    moved,
    prepare,
    sign,
    to_signatures,
)
from tests.cases.walk import PLAN, Walk
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.store.models import Person

OBJECTIVE: Json = {
    "id": "waits",
    "objective": "Urgent referrals in five days",
    "kind": "service",
    "specific": "Every urgent referral",
    "measurable": "The waiting list",
    "achievable": "With a second nurse",
    "relevant": "Patients wait too long",
    "time_bound": "2028-03-31",
    "serves": "Timely access",
    "basis": "The clinic of last spring",
    "career": "Leads the service",
    "by_output": True,
    "doctor_agrees": True,
    "manager_agrees": True,
    "written_for_plan": True,
}
PLANNED: Json = {
    **PLAN,
    "activities": [{**line, **({"core": "core"} if line["id"] == "audit" else {})} for line in PLAN["activities"]],
    "objectives": [OBJECTIVE],
}
SIGNS = {"BTH": ("doctor", "manager", "amd"), "CPFT": ("doctor", "manager")}


def signed(walk: Walk, own: str) -> None:
    sign(walk, own, *(getattr(walk.house, part) for part in SIGNS[walk.house.trust.key]))
    accept(walk, own)


def planned(walk: Walk, plan: Json = PLANNED) -> None:
    """The doctor has a plan in force; the team plan of the next year is there as well."""
    own = to_signatures(walk, plan=plan)
    signed(walk, own)


def reviewed(walk: Walk) -> str:
    """The next yearly review, as far as the meeting."""
    own = start_plan_of(walk, "2027/28")
    prepare(walk, own, plan=PLANNED)
    return held(walk, own)


def start_plan_of(walk: Walk, year: str) -> str:
    house = walk.house
    about: dict[str, Json] = {"kind": "annual", "subject": house.doctor.id, "team": house.team.id}
    return walk.start(house.directorate, "individual_planning", year=year, **about)


def held(walk: Walk, own: str) -> str:
    """Book and meet today: the record of the review is waited for."""
    house = walk.house
    book(walk, own)
    if "explain_date" in walk.waiting(own):
        walk.do(house.manager, "explain_date", own, date_reason="The only day free")
    met: dict[str, Json] = {"meeting_date": walk.today, "meeting_present": [house.doctor.id, house.manager.id]}
    walk.do(house.manager, "record_meeting", own, private_work_discussed=True, **met)
    assert walk.waiting(own) == ["record_review"]
    return own


def year_later(walk: Walk) -> None:
    walk.at += timedelta(days=360)
    walk.tick()


@SQLITE
@pytest.mark.clause("CPFT-7.7.3-a", "CPFT-7.7.3-b")
def test_a_review_cannot_close_until_each_heading_and_next_years_objectives_have_an_entry(cpft: Walk) -> None:
    planned(cpft)
    year_later(cpft)
    own = reviewed(cpft)
    for heading in reviewing.HEADINGS:
        with pytest.raises(BadValues) as unsaid:
            reviewing.record(cpft, own, **{heading: " "})
        assert list(unsaid.value.problems) == [heading]
    reviewing.record(cpft, own)
    assert cpft.waiting(own) == ["update_plan"]


@SQLITE
@pytest.mark.clause("CPFT-7.2.1-j", "BTH-3.4.5.2.2-d", "BTH-3.2.11-d")
def test_each_spa_activity_and_objective_of_the_past_year_appears_and_needs_its_progress(cpft: Walk) -> None:
    planned(cpft)
    year_later(cpft)
    own = reviewed(cpft)
    with pytest.raises(BadValues) as unsaid:
        reviewing.record(cpft, own, spa_reviewed=[], objective_progress=[])
    assert {"spa_reviewed.0.progress", "objective_progress.0.progress"} <= set(unsaid.value.problems)
    entered = {"objective": "waits", "progress": "Eight days", "beyond_control": "The theatre was closed"}
    reviewing.record(cpft, own, objective_progress=[entered])
    assert cpft.facts(own)["objective_progress"] == [{**entered, "title": "Urgent referrals in five days"}]
    [spa] = cpft.facts(own)["spa_reviewed"]
    assert (spa["activity"], spa["title"], spa["progress"]) == ("audit", "Audit and revalidation", "Done")


@SQLITE
@pytest.mark.clause("BTH-3.4.5.2.1-f")
def test_core_spa_is_shown_by_a_completed_appraisal_or_revalidation(cpft: Walk) -> None:
    planned(cpft)
    year_later(cpft)
    own = reviewed(cpft)
    row = {"activity": "audit", "progress": "Done"}
    tomorrow = (cpft.at.date() + timedelta(days=1)).isoformat()
    for but in ({}, {"shown_by": "a friend"}, {"shown_on": tomorrow}, {"shown_where": ""}):
        shown = (
            {"shown_by": "appraisal", "shown_on": cpft.today, "shown_where": "In the portfolio", **but} if but else {}
        )
        with pytest.raises(BadValues):
            reviewing.record(cpft, own, spa_reviewed=[{**row, **shown}])
    reviewing.record(cpft, own)
    assert cpft.facts(own)["spa_reviewed"][0]["shown_by"] == "appraisal"


@pytest.mark.clause("BTH-3.3.2.4-c")
def test_an_action_agreed_at_a_review_has_an_owner_and_a_day_and_is_chased_until_it_is_closed(bth: Walk) -> None:
    house = bth.house
    planned(bth)
    year_later(bth)
    own = reviewed(bth)
    due = (bth.at.date() + timedelta(days=30)).isoformat()
    action: dict[str, Json] = {"action": "Find a clinic room", "owner": house.service_manager.id, "due_on": due}
    for wrong in ({"owner": ""}, {"owner": 10**6}, {"due_on": ""}, {"due_on": "2027-01-01"}, {"action": " "}):
        with pytest.raises(BadValues):
            reviewing.record(bth, own, review_actions=[{**action, **wrong}])
    reviewing.record(bth, own, review_actions=[action])
    chased = bth.newest("review_action")
    assert bth.facts(chased)["action_words"] == "Find a clinic room"
    step = bth.step(house.service_manager, "do_action", chased)
    bth.live_through(until=date.fromisoformat(due) + timedelta(days=9))
    kinds = [notice.kind for notice in bth.notices(house.service_manager) if notice.deadline_id]
    assert kinds.count("reminder") >= 2, "a week before and the day after"
    assert any(notice.kind == "escalation" for notice in bth.notices(house.amd))
    bth.complete(house.service_manager, step, action_state="open", action_note="No room yet")
    assert bth.waiting(chased) == ["do_action"], "it stays with its owner"
    bth.do(house.service_manager, "do_action", chased, action_state="done", action_note="Room 4")
    assert bth.case(chased).status == "closed"
    assert bth.deadlines(chased)["review_action"] == "missed"


@SQLITE
@pytest.mark.clause("CPFT-7.7.4-b")
def test_a_revised_plan_passes_sign_off_before_it_replaces_the_earlier_one_which_is_kept(cpft: Walk) -> None:
    house = cpft.house
    planned(cpft)
    own = changed(cpft, house.doctor)
    meet(cpft, own, plan=moved(PLANNED, place="Carlisle"))
    agree(cpft, own)
    sign(cpft, own, house.doctor, house.manager)
    assert [plan.status for plan in cpft.plans(house.doctor)] == ["in_force", "draft"]
    assert cpft.waiting(own) == ["check_plan"]
    accept(cpft, own)
    versions = cpft.plans(house.doctor)
    assert [plan.status for plan in versions] == ["superseded", "in_force"]
    assert versions[0].content["activities"][0]["place"] == "Penrith"


def changed(walk: Walk, who: Person, **facts: Json) -> str:
    """A review during the year, prepared by both sides."""
    house = walk.house
    about: dict[str, Json] = {"kind": "in_year", "subject": house.doctor.id, "team": house.team.id}
    own = walk.start(who, "individual_planning", change_reason="New clinic", **about, **facts)
    effects = {"effect_on_service": "More clinics", "effect_on_team": "None"}
    walk.do(house.doctor, "describe_change", own, changed_on=walk.today, what_changed="One clinic more", **effects)
    walk.do(house.doctor, "draft_plan", own, plan=PLANNED)
    walk.do(house.manager, "read_pack", own, pack_read="read")
    return own


@pytest.mark.clause("BTH-2-c")
@pytest.mark.parametrize("side", ["doctor", "manager"])
def test_either_side_opens_an_extra_review_on_any_date(cpft: Walk, side: str) -> None:
    planned(cpft)
    cpft.pass_time(days=9)
    own = changed(cpft, getattr(cpft.house, side))
    assert cpft.waiting(own) == ["book_meeting"]


@SQLITE
@pytest.mark.clause("CPFT-7.7.4-a")
def test_reporting_a_significant_change_starts_the_review_at_once(cpft: Walk) -> None:
    planned(cpft)
    about: dict[str, Json] = {"kind": "in_year", "subject": cpft.house.doctor.id, "team": cpft.house.team.id}
    said: dict[str, Json] = {"change_reason": "New ward", "significant_change_date": cpft.today}
    own = cpft.start(cpft.house.doctor, "individual_planning", **about, **said)
    assert cpft.waiting(own) == ["describe_change", "read_pack"], "in the moment of the report"


@SQLITE
@pytest.mark.clause("CPFT-7.7.2")
def test_a_change_of_both_plans_reviews_the_own_one_at_once_and_asks_when_the_teams_follows(cpft: Walk) -> None:
    house = cpft.house
    planned(cpft)
    about: dict[str, Json] = {"kind": "in_year", "subject": house.doctor.id, "team": house.team.id}
    said: dict[str, Json] = {"change_reason": "New ward", "change_scope": "both", "significant_change_date": cpft.today}
    change = cpft.start(house.doctor, "change_request", **about, **said)
    cpft.tick()
    own = cpft.newest("individual_planning")
    assert cpft.facts(own)["significant_change_date"] == cpft.today
    assert "describe_change" in cpft.waiting(own)
    cpft.do(house.manager, "weigh_team_change", change, team_change="now", team_change_why="The ward opens in May")
    assert cpft.case(cpft.newest("team_planning")).status == "open"
    assert cpft.case(change).status == "closed"


@SQLITE
@pytest.mark.clause("CPFT-7.7.2")
@pytest.mark.parametrize("answer", ["next_session", "not_needed"])
def test_a_change_of_the_team_plan_alone_opens_no_review_of_the_own_one(cpft: Walk, answer: str) -> None:
    house = cpft.house
    about: dict[str, Json] = {"kind": "in_year", "subject": house.doctor.id, "team": house.team.id}
    change = cpft.start(house.manager, "change_request", change_reason="New ward", change_scope="team", **about)
    cpft.do(house.manager, "weigh_team_change", change, team_change=answer, team_change_why="In autumn")
    assert (cpft.newest("individual_planning"), cpft.newest("team_planning")) == ("", "")
    assert cpft.case(change).status == "closed"


@SQLITE
@pytest.mark.clause("BTH-3.4.18-a")
def test_once_a_yearly_review_is_agreed_the_criteria_of_pay_progression_are_looked_at(bth: Walk) -> None:
    house = bth.house
    planned(bth)
    assert bth.newest("pay_progression") == "", "there was no earlier plan to review"
    year_later(bth)
    own = reviewed(bth)
    reviewing.record(bth, own)
    bth.do(house.manager, "update_plan", own, plan=PLANNED)
    agree(bth, own)
    assert bth.newest("pay_progression") == "", "it has no part in agreeing the plan"
    signed(bth, own)
    looked = bth.newest("pay_progression")
    assert (bth.waiting(looked), bth.case(looked).year) == (["say_threshold"], "2027/28")
    bth.do(house.hr, "say_threshold", looked, threshold_due=False)
    assert bth.waiting(looked) == ["report_criteria"]
