"""What has happened in each trust of the demonstration up to now."""

from decimal import Decimal

from workflows.seeding.driver import Driver
from workflows.seeding.plan_texts import plan_of
from workflows.store.models import Json

GROUPS = {
    "service_manager": "service",
    "clinical_manager": "manager",
    "nursing_quality_manager": "nursing",
    "practitioners": "",
    "decision_makers": "",
}
REQUIREMENTS = [
    {"requirement": "See urgent referrals in five days", "trust_objective": "Timely access", "lead": "Clinical lead"},
    {"requirement": "Cover the ward round every weekday", "trust_objective": "Safe inpatient care", "lead": "Manager"},
    {"requirement": "One audit a quarter", "trust_objective": "Learning organisation", "lead": "Audit lead"},
]  # fmt: skip


def cumbria_story(story: Driver) -> None:
    """From the round to plans in force, signed late, returned, being met about, being prepared; and a new starter."""
    plan_the_round(story)
    plan_the_team(story, absent="nursing")
    meet(story, "ahmed", pas="10", extra="Memory clinic")
    sign(story, "ahmed", "manager")
    check(story, "ahmed")
    meet(story, "byrne", pas="10")
    sign(story, "byrne")
    meet(story, "chandra", pas="8", leave_out=("research",))
    sign(story, "chandra", "manager")
    story.wait(12)
    case = story.case_of("chandra")
    reasons = {"research": "Nothing is said about research. Fill it in, or say why it does not apply."}
    story.do("office", "check_plan", case, check_answer="returned", return_reasons=reasons)
    story.wait(20)
    prepare(story, "doyle", pas="10")
    book(story, "doyle", days=9)
    start_interim(story, "frost")
    story.draft(
        "eze", "prepare_review", story.case_of("eze"), effect_on_service="One more clinic a month", effect_on_team=""
    )
    story.reach(story.until)


def blackpool_story(story: Driver) -> None:
    """A third signature awaited, a plan with HR, a disagreement that has forked, and a plan to be drafted."""
    plan_the_round(story)
    plan_the_team(story, absent="")
    story.wait(8)
    for doctor in ("quayle", "rashid", "sharples", "turner"):
        issue_material(story, doctor)
    meet(story, "quayle", pas="10")
    sign(story, "quayle", "manager")
    meet(story, "rashid", pas="11", extra="Acute take cover")
    sign(story, "rashid", "manager", "amd")
    check(story, "rashid", with_hr=False)
    disagree(story, "sharples")
    story.do("turner", "prepare_review", story.case_of("turner"), **PREPARED)
    story.reach(story.until)


PREPARED: dict[str, Json] = {
    "effect_on_service": "One clinic moves from Tuesday to Thursday.",
    "effect_on_team": "The ward round on Thursday needs a colleague.",
    "changes_wanted": "A fixed afternoon for supervision.",
    "evidence": "Diary of March, activity figures from the service manager.",
}


def plan_the_round(story: Driver) -> None:
    """The AMD's objectives, the directorate's timetable, agreed and issued."""
    story.start(
        "office",
        "planning_round",
        care_group=story.cast.care_group.id,
        previous_timetable_issue_date=story.day(-350),
    )
    story.do(
        "amd",
        "record_objectives",
        objectives="Shorter waits for a first appointment. Safe cover of the wards. Time for teaching.",
        objectives_set_on=story.day(),
    )
    story.wait(2)
    story.do("office", "propose_timetable", team_plans_due=story.day(28), individual_plans_due=story.day(120))
    story.wait(1)
    story.do("amd", "agree_timetable", timetable_answer="agreed")
    story.do("office", "issue_timetable", timetable_issued_on=story.day())


def plan_the_team(story: Driver, *, absent: str) -> None:
    """Preparation, session, draft, everyone's agreement, approval."""
    story.do("manager", "prepare_session", session_requirements="Urgent referrals, ward cover, supervision.")
    story.do(
        "service",
        "prepare_service_figures",
        capacity="42 clinics a month at present.",
        service_activities="Clinics, ward rounds, urgent assessments.",
        developments="A second assessment room from June.",
    )
    doctors = story.members()
    for doctor in doctors:
        story.do(doctor, "prepare_contribution", contribution="Happy to share the ward cover.")
    story.wait(4)
    story.do(
        "manager",
        "hold_session",
        team_session_date=story.day(),
        attendance=[attended(story, group, key, absent) for group, key in GROUPS.items()],
    )
    story.do(
        "manager",
        "draft_team_plan",
        plans_match="Each plan keeps one ward round and one urgent session a week.",
        lead_responsibilities="Audit, teaching and rota leads are named at the session.",
        requirements=REQUIREMENTS,
    )
    for doctor in doctors:
        story.do(doctor, "answer_team_plan", team_answer="agree")
    story.wait(1)
    story.do("amd", "approve_team_plan", team_approval="approved")


def attended(story: Driver, group: str, key: str, absent: str) -> dict[str, Json]:
    """One row of who took part in the session."""
    name = story.cast.person(key).name if key else "All of them"
    reason = "On leave; sent comments in writing" if key == absent and absent else ""
    return {"group": group, "person": name, "present": not reason, "reason": reason}


def issue_material(story: Driver, doctor: str) -> None:
    """What a Blackpool doctor is sent before the meeting (BTH 3.3.2.4)."""
    story.do(
        "service",
        "issue_preparation",
        story.case_of(doctor),
        preparation_issued_on=story.day(),
        preparation_issued="Activity figures, rota, last year's plan",
    )


def prepare(story: Driver, doctor: str, *, pas: str, **plan: Json) -> None:
    """Both sides prepare."""
    case = story.case_of(doctor)
    story.do(doctor, "prepare_review", case, **PREPARED)
    story.do(doctor, "draft_plan", case, plan=plan_of(story.cast.place, Decimal(pas), **plan))
    story.do("manager", "read_pack", case, pack_read="read", pack_note="Talk about the Thursday ward round.")


def book(story: Driver, doctor: str, *, days: int) -> None:
    """A date for the meeting, so many days from now."""
    story.do(
        "manager",
        "book_meeting",
        story.case_of(doctor),
        meeting_booked_for=story.day(days),
        meeting_time="14:00",
        meeting_place="Manager's office",
        service_manager_invited=False,
    )


def meet(story: Driver, doctor: str, *, pas: str, **plan: Json) -> None:
    """Prepare, book, meet, bring the plan up to date; both agree."""
    prepare(story, doctor, pas=pas, **plan)
    book(story, doctor, days=1)
    story.wait(1)
    record(story, doctor, pas=pas, **plan)
    case = story.case_of(doctor)
    story.do("manager", "agree_plan", case, manager_answer="agree")
    story.do(doctor, "answer_plan", case, practitioner_answer="agree")


def record(story: Driver, doctor: str, *, pas: str, **plan: Json) -> None:
    """The meeting's record, and the plan as it was discussed."""
    case = story.case_of(doctor)
    story.do(
        "manager",
        "record_meeting",
        case,
        meeting_date=story.day(),
        meeting_present=[story.cast.person(doctor).id, story.cast.person("manager").id],
        private_work_discussed=True,
        private_work_note="None.",
        overload_note="Looked at together: the extra half PA replaces waiting-list work." if plan.get("extra") else "",
    )
    story.do("manager", "update_plan", case, plan=plan_of(story.cast.place, Decimal(pas), **plan))


def sign(story: Driver, doctor: str, *others: str) -> None:
    """The doctor signs, and whoever else has."""
    case = story.case_of(doctor)
    for who in (doctor, *others):
        story.do(who, "sign_plan", case, sign_answer="sign")


def check(story: Driver, doctor: str, *, with_hr: bool = True) -> None:
    """The directorate accepts the signed plan; HR finds that it matches."""
    case = story.case_of(doctor)
    story.wait(2)
    story.do("office", "check_plan", case, check_answer="accepted")
    if with_hr:
        note = "The half PA above the contract is paid as an additional PA."
        story.do("hr", "compare_contract", case, hr_answer="matches", hr_note=note)


def start_interim(story: Driver, doctor: str) -> None:
    """A new starter's interim plan (CPFT 7.4.3), drafted and being prepared for."""
    person = story.cast.person(doctor)
    story.start(
        "office",
        "individual_planning",
        kind="interim",
        subject=person.id,
        team=story.cast.team.id,
        employment_start_date=story.day(-14),
    )
    story.do(doctor, "draft_plan", story.case_of(doctor), plan=plan_of(story.cast.place, Decimal(10)))


def disagree(story: Driver, doctor: str) -> None:
    """No agreement on one activity: the rest goes on to signatures, the dispute's message waits in the outbox."""
    prepare(story, doctor, pas="10", extra="Extra Friday list")
    book(story, doctor, days=1)
    story.wait(1)
    record(story, doctor, pas="10", extra="Extra Friday list")
    case = story.case_of(doctor)
    story.do("manager", "agree_plan", case, manager_answer="agree")
    story.do(doctor, "answer_plan", case, practitioner_answer="not_agreed", practitioner_view="Not the Friday list.")
    story.do(
        doctor,
        "state_position",
        case,
        position="The Friday list adds to a full week.",
        tried_at_review="Offered Tuesday.",
    )
    story.do(
        "manager",
        "record_disagreement",
        case,
        failure_to_agree_date=story.day(),
        manager_tried="Offered every second Friday.",
        disputed=[
            {
                "element": "dcc-extra",
                "current": "Not in the plan in force",
                "practitioner": "Leave it out",
                "manager": "0.5 PA on Fridays",
                "reason": "Workload",
            }
        ],
    )
