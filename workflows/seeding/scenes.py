"""What happens in job planning, scene by scene. Who plays in which is told in workflows.seeding.stories."""

from datetime import date
from decimal import Decimal

from workflows.inbox.rota_figures import rota_figures
from workflows.seeding.driver import Driver, Scene
from workflows.seeding.plan_texts import plan_of, within_a_year
from workflows.seeding.reviews import record_review
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
SERVICE_NEEDS = [
    {"service": "Outpatient clinic", "pas": "12"},
    {"service": "Ward round", "pas": "7.5"},
    {"service": "Urgent assessments", "pas": "5"},
]
TEACHING = [
    {
        "session": "Tuesday clinic",
        "workload": "12",
        "share": "25",
        "funding": "Medical Education, by the yearly agreement",
        "adjustment": "One clinic a month goes to the specialty doctors",
    }
]
PREPARED: dict[str, Json] = {
    "effect_on_service": "One clinic moves from Tuesday to Thursday.",
    "effect_on_team": "The ward round on Thursday needs a colleague.",
    "changes_wanted": "A fixed afternoon for supervision.",
    "evidence": "Diary of March, activity figures from the service manager.",
}


def propose(story: Driver) -> Scene:
    """A round begins: the AMD's objectives, the directorate's timetable."""
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
    yield 2
    story.do("office", "propose_timetable", team_plans_due=story.day(28), individual_plans_due=story.day(120))


def issue(story: Driver, together: tuple[int, int] | None = None) -> Scene:
    """The timetable agreed and issued: the teams start. together: the ids of two teams that meet in one session."""
    yield from propose(story)
    yield 1
    story.do(
        "amd", "agree_timetable", timetable_answer="agreed", combined_sessions=[combined(together)] if together else []
    )
    story.do("office", "issue_timetable", timetable_issued_on=story.day())


def combined(teams: tuple[int, int]) -> dict[str, Json]:
    """Why two teams meet together (CPFT 7.4)."""
    team, other = teams
    interaction = "They share the theatres, and every list needs people of both"
    return {"team": team, "with_team": other, "staff_numbers": "Eight doctors each", "interaction": interaction}


def away(story: Driver, who: str, deputy: str, about: str) -> Scene:
    """Somebody goes on leave; their deputy reads the pack of one doctor for them."""
    story.away(who, deputy, first=1, last=14, reason="Annual leave")
    yield 2
    story.do(who, "read_pack", story.case_of(about), by=deputy, pack_read="read", pack_note="")


def left(story: Driver, who: str) -> Scene:
    """Somebody leaves in two weeks; whatever waits for their post then passes on, or into the queue."""
    area = story.leaves(who, days=14)
    yield 15
    story.pass_on(area)


def succeeded(story: Driver, who: str, successor: str) -> Scene:
    """A clinical manager's post passes to somebody else."""
    story.takes_over(successor, who, "clinical_manager")
    yield 0


def prepare_session(story: Driver, doctors: list[str], *, figures: bool = True) -> None:
    """Manager, service manager and these doctors prepare for the team's session."""
    story.do(
        "manager",
        "prepare_session",
        session_requirements="Urgent referrals, ward cover, supervision.",
        team_session_booked_for=story.day(4),
        team_session_time="13:00",
        team_session_place="Seminar room",
    )
    if figures:
        story.do(
            "service",
            "prepare_service_figures",
            capacity="42 clinics a month at present.",
            service_activities="Clinics, ward rounds, urgent assessments.",
            developments="A second assessment room from June.",
        )
    for doctor in doctors:
        story.do(doctor, "prepare_contribution", contribution="Happy to share the ward cover.")


def draft_team_plan(story: Driver, absent: str) -> Scene:
    """Preparation, the session, and the draft that comes of it."""
    prepare_session(story, story.members())
    yield 4
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
        service_needs=SERVICE_NEEDS,
        teaching_sessions=TEACHING if story.cast.asks else [],
    )


def attended(story: Driver, group: str, key: str, absent: str) -> dict[str, Json]:
    """One row of who took part in the session."""
    name = story.cast.people[key].name if key in story.cast.people else "Nobody in post" if key else "All of them"
    reason = "On leave; sent comments in writing" if key == absent and absent else ""
    if key and key not in story.cast.people:
        reason = "The post is vacant"
    return {"group": group, "person": name, "present": not reason, "reason": reason}


def answer_team_plan(story: Driver, doctors: list[str], *, against: tuple[str, ...] = ()) -> None:
    """These doctors agree to the team's draft, or object."""
    for doctor in doctors:
        if doctor in against:
            words = "The ward cover falls on three of us. Share it between everybody."
            story.do(doctor, "answer_team_plan", team_answer="object", objection=words)
        else:
            story.do(doctor, "answer_team_plan", team_answer="agree")


def approve_team_plan(story: Driver, absent: str) -> Scene:
    """A team's plan from its preparation to the approval."""
    yield from draft_team_plan(story, absent)
    answer_team_plan(story, story.members())
    yield 1
    story.do("amd", "approve_team_plan", team_approval="approved")


def issue_material(story: Driver, doctor: str) -> None:
    """What a doctor is sent before the meeting, where the policy says so (BTH 3.3.2.4)."""
    case = story.case_of(doctor)
    if story.waits("service", "issue_preparation", case):
        story.do(
            "service",
            "issue_preparation",
            case,
            preparation_issued_on=story.day(),
            preparation_issued="Activity figures, rota, last year's plan",
        )


def plan_for(story: Driver, doctor: str, pas: str, **plan: Json) -> dict[str, Json]:
    """A plan with the team's work in it, which leaves room for what the doctor's rotas come to."""
    rotas = rota_figures(story.session, person_id=story.cast.person(doctor).id, on=story.today)
    plan["on_call"] = rotas.predictable + rotas.unpredictable
    made = plan_of(story.cast.place, Decimal(pas), work=story.cast.work, asks=story.cast.asks, **plan)
    return within_a_year(made, date.fromisoformat(story.day()))


def draft_own(story: Driver, doctor: str, *, pas: str, **plan: Json) -> None:
    """The doctor's part of the preparation."""
    issue_material(story, doctor)
    case = story.case_of(doctor)
    story.do(doctor, "prepare_review", case, **PREPARED)
    story.do(doctor, "draft_plan", case, plan=plan_for(story, doctor, pas, **plan))


def prepare(story: Driver, doctor: str, *, pas: str, **plan: Json) -> None:
    """Both sides prepare."""
    draft_own(story, doctor, pas=pas, **plan)
    note = "Talk about the Thursday ward round."
    story.do("manager", "read_pack", story.case_of(doctor), pack_read="read", pack_note=note)


def book(story: Driver, doctor: str, *, days: int) -> None:
    """A date for the meeting, so many days from now."""
    case = story.case_of(doctor)
    story.do(
        "manager",
        "book_meeting",
        case,
        meeting_booked_for=story.day(days),
        meeting_time="14:00",
        meeting_place="Manager's office",
        service_manager_invited=False,
    )
    if story.waits("manager", "explain_date", case):
        story.do("manager", "explain_date", case, date_reason="The first day on which both were free.")


def record(story: Driver, doctor: str, *, extra: str = "") -> None:
    """The meeting's record."""
    story.do(
        "manager",
        "record_meeting",
        story.case_of(doctor),
        meeting_date=story.day(),
        meeting_present=[story.cast.person(doctor).id, story.cast.person("manager").id],
        private_work_discussed=True,
        private_work_note="None.",
        overload_note="Looked at together: the extra half PA replaces waiting-list work." if extra else "",
    )


def discuss(story: Driver, doctor: str, *, pas: str, **plan: Json) -> Scene:
    """Prepare, book, meet, and bring the plan up to date."""
    prepare(story, doctor, pas=pas, **plan)
    book(story, doctor, days=1)
    yield 1
    record(story, doctor, extra=plan.get("extra", ""))
    record_review(story, doctor)
    story.do("manager", "update_plan", story.case_of(doctor), plan=plan_for(story, doctor, pas, **plan))


def meet(story: Driver, doctor: str, *, pas: str, **plan: Json) -> Scene:
    """The same, and both agree."""
    yield from discuss(story, doctor, pas=pas, **plan)
    case = story.case_of(doctor)
    story.do("manager", "agree_plan", case, manager_answer="agree")
    story.do(doctor, "answer_plan", case, practitioner_answer="agree")


def sign(story: Driver, doctor: str, *others: str) -> None:
    """The doctor signs, and whoever else has."""
    case = story.case_of(doctor)
    for who in (doctor, *others):
        story.do(who, "sign_plan", case, sign_answer="sign")


def everybody(story: Driver) -> tuple[str, ...]:
    """Who signs beside the doctor."""
    return ("manager", "amd") if story.cast.asks else ("manager",)


def check(story: Driver, doctor: str, *, with_hr: bool = True) -> Scene:
    """The directorate accepts the signed plan; HR finds that it matches."""
    yield 2
    accept(story, doctor, with_hr=with_hr)


def accept(story: Driver, doctor: str, *, with_hr: bool = True) -> None:
    """The same, at once."""
    case = story.case_of(doctor)
    story.do("office", "check_plan", case, check_answer="accepted")
    if with_hr:
        note = "The half PA above the contract is paid as an additional PA."
        story.do("hr", "compare_contract", case, hr_answer="matches", hr_note=note)


def give_back(story: Driver, doctor: str, *, days: int) -> Scene:
    """The directorate returns the signed plan, so many days later."""
    case = story.case_of(doctor)
    yield days
    reasons = {"research": "Nothing is said about research. Fill it in, or say why it does not apply."}
    story.do("office", "check_plan", case, check_answer="returned", return_reasons=reasons)


def start_interim(story: Driver, doctor: str) -> None:
    """A new starter's interim plan (CPFT 7.4.3); drafted unless the team has no plan yet."""
    story.start(
        "office",
        "individual_planning",
        kind="interim",
        subject=story.cast.person(doctor).id,
        team=story.cast.team.id,
        employment_start_date=story.day(-14),
    )
    issue_material(story, doctor)
    if story.waits(doctor, "draft_plan", story.case_of(doctor)):
        story.do(doctor, "draft_plan", story.case_of(doctor), plan=plan_for(story, doctor, "10"))


def review(story: Driver, doctor: str) -> None:
    """A review during the year, which the doctor has asked for and described."""
    story.start(
        doctor,
        "individual_planning",
        kind="in_year",
        subject=story.cast.person(doctor).id,
        team=story.cast.team.id,
        change_reason="A clinic has moved to another site.",
    )
    issue_material(story, doctor)
    story.do(
        doctor,
        "describe_change",
        story.case_of(doctor),
        changed_on=story.day(-7),
        what_changed="The Tuesday clinic has moved, with forty minutes of travel each way.",
        effect_on_service="Two patients fewer a week.",
        effect_on_team="None.",
    )


def refuse_to_sign(story: Driver, doctor: str) -> None:
    """The doctor says at the signatures that there is no agreement after all."""
    story.do(
        doctor,
        "sign_plan",
        story.case_of(doctor),
        sign_answer="not_agreed",
        sign_reason="The travel between sites is not counted.",
    )
