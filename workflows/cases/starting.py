"""Starting a case by hand: a planning round, an interim plan, a review, a request for help, an issue for an AMD."""

from collections.abc import Mapping
from datetime import date, datetime

from workflows.cases.acting import Actor
from workflows.domain import people as rules
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.roles import Role
from workflows.domain.vocabulary import DISPUTE
from workflows.domain.vocabulary_extra_pas import PROCESS as EXTRA_PAS
from workflows.engine import openings, releases
from workflows.engine.moves import Acting
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import facts as fact_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.models import Json, Post


class NotYoursToStart(NotAllowed):
    """Only the {medical_directorate} team starts planning rounds and interim plans; a review during the year can also
    be started by the doctor and by their {clinical_manager}, and only those two ask for extra programmed activities.
    Everybody asks for help for themselves alone."""


class AlreadyRunning(NotAllowed):
    """This is already under way as {reference}. Finish that one first."""


FIRST_DAY_WITHIN = 366

SEVERAL_AT_ONCE = frozenset({"help_request", "compliance_issue", "resource_report", "standards_statement", EXTRA_PAS})
"""Processes of which several cases may be open about the same person or care group."""

ASK_FOR_HELP = frozenset({Role.PRACTITIONER, Role.CLINICAL_MANAGER, Role.AMD})
"""Who may ask the Medical Directorate for help with job planning (CPFT-5.6)."""


class UnlikelyFirstDay(NotAllowed):
    """The first day of a new starter is within a year of today. Please look at the date again."""


def start_case(session: Session, *, actor: Actor, process: str, facts: Mapping[str, Json], now: datetime) -> str:
    """Open a case and return its reference.

    facts: planning_round: year, care_group; individual_planning: year, kind (interim or in_year), subject, team, and
    employment_start_date or change_reason; disagreement: year, kind (pay_progression), subject, team,
    objection, failure_to_agree_date; help_request: year, kind, subject; compliance_issue: year, kind, care_group;
    additional_pa, pay_progression, standards_statement, change_request, resource_report: year, kind, subject, team, and
    what START_FACTS names besides. Raises: NotYoursToStart, AlreadyRunning, NotOfThisTrust, GradeWithoutPlan.
    """
    posts = post_rows.posts_of(session, person_id=actor.person_id, on=civil_day(now))
    if not may_start(actor, posts, process, facts):
        raise NotYoursToStart
    check_first_day(facts, civil_day(now))
    check_grade(session, actor, process, facts, civil_day(now))
    people_rows.lock_trust(session, trust_id=actor.trust_id)
    if process not in SEVERAL_AT_ONCE:
        check_not_running(session, actor, process, facts)
    by = Acting(actor.person_id)
    return openings.open_case(
        session,
        trust_id=actor.trust_id,
        process=process,
        facts={"kind": "annual", **looked_up(session, actor, process, facts), **facts},
        now=now,
        by=by,
    ).reference


def check_not_running(session: Session, actor: Actor, process: str, facts: Mapping[str, Json]) -> None:
    """Raises AlreadyRunning."""
    running = case_rows.open_like(
        session,
        trust_id=actor.trust_id,
        process=process,
        year=facts["year"],
        subject_id=facts.get("subject"),
        care_group_id=None if facts.get("subject") else facts.get("care_group"),
    )
    if running is not None:
        raise AlreadyRunning(reference=running)


def check_grade(session: Session, actor: Actor, process: str, facts: Mapping[str, Json], today: date) -> None:
    """Who may be given a job plan case: doctors of the grades that the policy names (BTH-2-a). A contract that payroll
    does not hold yet stands in nobody's way. Raises GradeWithoutPlan."""
    person = people_rows.by_id(session, trust_id=actor.trust_id, person_id=facts.get("subject") or 0)
    if process != "individual_planning" or person is None:
        return
    first_day = date.fromisoformat(facts.get("employment_start_date") or today.isoformat())
    contract = post_rows.contract_of(session, person_id=person.id, on=max(first_day, today))
    if contract is not None:
        policy = releases.published(session, trust_id=actor.trust_id).policy
        rules.check_grade(person.name, contract.grade, policy.values)


def looked_up(session: Session, actor: Actor, process: str, facts: Mapping[str, Json]) -> dict[str, Json]:
    """What a round starts with that nobody types: when the care group's last timetable was issued (CPFT 7.6.4)."""
    if process != "planning_round":
        return {}
    issued = fact_rows.newest_elsewhere(
        session,
        trust_id=actor.trust_id,
        process=process,
        care_group_id=facts["care_group"],
        key="timetable_issued_on",
    )
    return {"previous_timetable_issue_date": issued} if issued else {}


def check_first_day(facts: Mapping[str, Json], today: date) -> None:
    """A new starter's first day is near: another is a slip of the keyboard, and everybody would be told it is late."""
    first_day = facts.get("employment_start_date")
    if first_day and abs((date.fromisoformat(first_day) - today).days) > FIRST_DAY_WITHIN:
        raise UnlikelyFirstDay


def may_start(actor: Actor, posts: list[Post], process: str, facts: Mapping[str, Json]) -> bool:
    """Whether somebody with these posts may start this case (CPFT 7.7.4, BTH 2-c: either side asks for a review; BTH
    3.4.18: the doctor alone disputes a decision on pay progression)."""
    if process == "help_request":
        asks = any(post.role in ASK_FOR_HELP for post in posts)
        return asks and facts.get("subject") == actor.person_id
    manages = any(post.role == Role.CLINICAL_MANAGER and post.team_id == facts.get("team") for post in posts)
    if process == EXTRA_PAS:
        return manages or facts.get("subject") == actor.person_id
    if any(post.role == Role.MEDICAL_DIRECTORATE for post in posts):
        return True
    return either_side(process, str(facts.get("kind")), manages=manages, own=facts.get("subject") == actor.person_id)


def either_side(process: str, kind: str, *, manages: bool, own: bool) -> bool:
    """What a doctor starts about their own plan, and a manager about a doctor of their team (BTH-2-c)."""
    about_plans = {("individual_planning", "in_year"), ("change_request", "in_year")}
    by_the_doctor = own and ((process, kind) == (DISPUTE, "pay_progression") or process == "resource_report")
    by_the_manager = manages and not own and process == "pay_progression"
    return by_the_doctor or by_the_manager or ((process, kind) in about_plans and (manages or own))
