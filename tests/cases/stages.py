"""The stretches of a planning year that several tests walk, each as the people of the trust would."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import update

from tests.cases import reviewing
from tests.cases.walk import PLAN, Walk
from workflows.domain.fields import Json
from workflows.store import messages
from workflows.store.messages import Letter
from workflows.store.models import Case, Person, Post, TeamPlan

CPFT_GROUPS = ("service_manager", "clinical_manager", "nursing_quality_manager", "practitioners", "decision_makers")
BTH_GROUPS = ("clinical_manager", "practitioners")


def plan_round(walk: Walk) -> str:
    """Objectives, timetable, agreement, issue. The teams have been started."""
    house = walk.house
    reference = walk.start(house.directorate, "planning_round", care_group=house.care_group.id)
    walk.do(house.amd, "record_objectives", reference, objectives="Cut waits", objectives_set_on=walk.today)
    propose(walk, reference)
    walk.do(house.amd, "agree_timetable", reference, timetable_answer="agreed")
    walk.do(house.directorate, "issue_timetable", reference, timetable_issued_on=walk.today)
    return reference


def propose(walk: Walk, reference: str) -> None:
    """The directorate's dates: teams in a month, doctors in three."""
    first, second = (walk.at.date() + timedelta(days=days) for days in (31, 92))
    walk.do(
        walk.house.directorate,
        "propose_timetable",
        reference,
        team_plans_due=first.isoformat(),
        individual_plans_due=second.isoformat(),
    )


def prepare_session(walk: Walk) -> None:
    """Everyone prepares for the team's session."""
    house = walk.house
    walk.do(house.manager, "prepare_session", session_requirements="Two more clinics", **session_booked(walk))
    walk.do(
        house.service_manager,
        "prepare_service_figures",
        capacity="42 clinics a month",
        service_activities="Clinics and ward rounds",
        developments="A second room from June",
    )
    for doctor in (house.doctor, house.colleague):
        walk.do(doctor, "prepare_contribution", contribution="Share the ward cover")


def end_posts(walk: Walk, *people: Person) -> None:
    """They have left their posts."""
    theirs = Post.person_id.in_([person.id for person in people])
    with walk.session() as session:
        session.execute(update(Post).where(theirs).values(ends_on=date(2027, 1, 31)))
        session.commit()


def attendance(groups: tuple[str, ...]) -> list[dict[str, Json]]:
    """Everybody came."""
    return [{"group": group, "person": f"Somebody for {group}", "present": True, "reason": ""} for group in groups]


def session_booked(walk: Walk) -> dict[str, Json]:
    """The team meets in a week."""
    on = (walk.at.date() + timedelta(days=7)).isoformat()
    return {"team_session_booked_for": on, "team_session_place": "Room 1"}


def hold_session(walk: Walk, groups: tuple[str, ...] = CPFT_GROUPS) -> None:
    """The session and the draft that comes of it."""
    manager = walk.house.manager
    walk.do(manager, "hold_session", team_session_date=walk.today, attendance=attendance(groups))
    draft_team_plan(walk)


def draft_team_plan(walk: Walk) -> None:
    """What the team agreed, with one requirement."""
    walk.do(
        walk.house.manager,
        "draft_team_plan",
        plans_match="Each plan keeps a ward round",
        lead_responsibilities="Audit: Dr Carver",
        educational_supervisors=[walk.house.doctor.id],
        requirements=[{"requirement": "Urgent referrals", "trust_objective": "Timely access", "lead": ""}],
    )


def plan_team(walk: Walk, groups: tuple[str, ...] = CPFT_GROUPS) -> None:
    """From preparation to the approved team plan; every doctor's case has been started."""
    prepare_session(walk)
    hold_session(walk, groups)
    answer_team_plan(walk)
    walk.do(walk.house.amd, "approve_team_plan", team_approval="approved")


def answer_team_plan(walk: Walk) -> None:
    """Both doctors agree to it."""
    for doctor in (walk.house.doctor, walk.house.colleague):
        walk.do(doctor, "answer_team_plan", team_answer="agree")


def approved_team_plan(walk: Walk, *, year: str = "2027/28", session_on: date | None = None) -> None:
    """A team plan as an earlier round has left it, for tests that begin with a doctor's own case."""
    house = walk.house
    with walk.session() as session:
        case = Case(
            trust_id=house.trust.id,
            reference=f"{house.trust.key}-OLD-{year}",
            process="team_planning",
            title="Team planning",
            year=year,
            release_id=house.release.id,
            team_id=house.team.id,
            status="closed",
            opened_at=walk.at,
            closed_at=walk.at,
        )
        session.add(case)
        session.flush()
        session.add(
            TeamPlan(
                trust_id=house.trust.id,
                team_id=house.team.id,
                case_id=case.id,
                number=1,
                year=year,
                content={},
                session_on=session_on or walk.at.date(),
                approved_at=walk.at,
            )
        )
        session.commit()


def start_plan(walk: Walk, doctor: Person | None = None, *, kind: str = "annual", **facts: Json) -> str:
    """A doctor's own case, with the team plan in place."""
    house = walk.house
    approved_team_plan(walk)
    subject = (doctor or house.doctor).id
    return walk.start(house.directorate, "individual_planning", kind=kind, subject=subject, team=house.team.id, **facts)


def prepare(walk: Walk, reference: str, doctor: Person | None = None, plan: Json = PLAN) -> None:
    """Both sides prepare for the meeting of a yearly review."""
    who = doctor or walk.house.doctor
    if "issue_preparation" in walk.waiting(reference):
        issue_preparation(walk, reference)
    walk.do(who, "prepare_review", reference, effect_on_service="One clinic moves", effect_on_team="None")
    walk.do(who, "draft_plan", reference, plan=plan)
    walk.do(walk.manager_of(reference), "read_pack", reference, pack_read="read")


def issue_preparation(walk: Walk, reference: str) -> None:
    """What a Blackpool doctor is sent first."""
    walk.do(
        walk.house.service_manager,
        "issue_preparation",
        reference,
        preparation_issued_on=walk.today,
        preparation_issued="Activity figures",
        preparation_gaps="The rota",
    )


def meet(walk: Walk, reference: str, doctor: Person | None = None, plan: Json = PLAN) -> None:
    """Book, meet today, bring the plan up to date."""
    who, manager = doctor or walk.house.doctor, walk.manager_of(reference)
    book(walk, reference)
    if "explain_date" in walk.waiting(reference):
        walk.do(manager, "explain_date", reference, date_reason="The only day free")
    walk.do(
        manager,
        "record_meeting",
        reference,
        meeting_date=walk.today,
        meeting_present=[who.id, manager.id],
        private_work_discussed=True,
        overload_note="Fewer clinics from May",
    )
    if "record_review" in walk.waiting(reference):
        reviewing.record(walk, reference)
    walk.do(manager, "update_plan", reference, plan=plan)


def book(walk: Walk, reference: str) -> None:
    """A meeting today."""
    walk.do(
        walk.manager_of(reference),
        "book_meeting",
        reference,
        meeting_booked_for=walk.today,
        meeting_place="Online",
        service_manager_invited=False,
    )


def agree(walk: Walk, reference: str, doctor: Person | None = None) -> None:
    """Both say that they agree."""
    walk.do(walk.manager_of(reference), "agree_plan", reference, manager_answer="agree")
    walk.do(doctor or walk.house.doctor, "answer_plan", reference, practitioner_answer="agree")


def to_signatures(walk: Walk, doctor: Person | None = None, plan: Json = PLAN) -> str:
    """A doctor's yearly plan, met about and agreed today: the signatures are waited for."""
    reference = start_plan(walk, doctor)
    prepare(walk, reference, doctor, plan)
    meet(walk, reference, doctor, plan)
    agree(walk, reference, doctor)
    return reference


def sign(walk: Walk, reference: str, *people: Person) -> None:
    """Each of them signs."""
    for person in people:
        walk.do(person, "sign_plan", reference, sign_answer="sign")


def accept(walk: Walk, reference: str) -> None:
    """The directorate and HR have nothing against the signed plan."""
    walk.do(walk.house.directorate, "check_plan", reference, check_answer="accepted")
    walk.do(walk.house.hr, "compare_contract", reference, hr_answer="matches", hr_note="Checked with payroll")


def finish(walk: Walk, doctor: Person) -> str:
    """A doctor's case from where the team plan has started it, to the plan in force."""
    reference = walk.case_of(doctor)
    prepare(walk, reference, doctor)
    meet(walk, reference, doctor)
    agree(walk, reference, doctor)
    sign(walk, reference, doctor, walk.house.manager)
    accept(walk, reference)
    return reference


def changed(plan: Json = PLAN, **parts: Json) -> Json:
    """The plan with other notes, base and so on."""
    return {**deepcopy(dict(plan)), **parts}


def moved(plan: Json = PLAN, *, activity: str = "clinic", **parts: Json) -> Json:
    """The plan with one activity changed."""
    new = deepcopy(dict(plan))
    new["activities"] = [{**line, **parts} if line["id"] == activity else line for line in new["activities"]]
    return new


def with_extra(plan: Json = PLAN) -> Json:
    """The plan with an extra list on Fridays, which some do not want."""
    new = deepcopy(dict(plan))
    extra = {
        "id": "friday-list",
        "category": "dcc",
        "title": "Extra list",
        "day": "friday",
        "start": "14:00",
        "end": "16:00",
        "place": "Penrith",
        "pas": "0.5",
    }
    new["activities"].append(extra)
    return new


def disagree(walk: Walk, reference: str, *elements: str) -> None:
    """From the refusal on: the doctor's view, the points in dispute, the fork."""
    house = walk.house
    walk.do(house.doctor, "state_position", reference, position="Too much", tried_at_review="Other days")
    record_points(walk, reference, *elements)


def record_points(walk: Walk, reference: str, *elements: str) -> None:
    """The manager marks what is in dispute, from today on."""
    rows = [
        {"element": one, "current": "-", "practitioner": "no", "manager": "yes", "reason": "Workload"}
        for one in elements
    ]
    walk.do(
        walk.house.manager,
        "record_disagreement",
        reference,
        failure_to_agree_date=walk.today,
        manager_tried="Other days",
        disputed=rows,
    )


def refuse(walk: Walk, plan: Json) -> str:
    """A plan that the doctor does not agree to at the answers: the doctor's view is waited for."""
    reference = start_plan(walk)
    prepare(walk, reference)
    meet(walk, reference, plan=plan)
    walk.do(walk.house.manager, "agree_plan", reference, manager_answer="agree")
    view = "Not the Friday list"
    walk.do(walk.house.doctor, "answer_plan", reference, practitioner_answer="not_agreed", practitioner_view=view)
    return reference


def reply(walk: Walk, reference: str, *, outcome: str, stands: Mapping[str, str] = MappingProxyType({})) -> None:
    """The dispute's answer, sent as a dispute case sends it when it closes; `stands` says by element whose value."""
    case = walk.case(reference)
    points = {point["element"]: point for point in walk.facts(reference)["disputed"]}
    elements = [
        {"element": key, "outcome": side, "value": points[key][side], "pas": points[key][f"{side}_pas"], "reason": ""}
        for key, side in stands.items()
    ]
    letter = Letter(
        trust_id=case.trust_id,
        key=f"reply:{case.id}:{outcome}",
        kind="tell",
        name="dispute_closed",
        sent_at=walk.at,
        receiver_id=case.id,
        facts={"reply": {"outcome": outcome, "elements": elements}},
    )
    walk.perform(messages.send, letters=[letter])
    walk.tick()
