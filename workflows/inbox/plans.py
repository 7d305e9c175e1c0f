"""Versions of job plans and of team plans, to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.plan import Agreed, Difference, Plan, compare, successor
from workflows.domain.policy import Policy
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import Reach, reach, readable, standings_in
from workflows.releases import Loaded
from workflows.store import case_pages, lists, team_pages
from workflows.store import plans as plan_rows
from workflows.store.models import Case, Person, PlanVersion, TeamPlan

SESSION_DATE = "team_session_date"
"""Shown at the head of a team plan, not among its answers."""


class NoSuchPlan(NotFound):
    """There is no such job plan in your trust."""


class NotYourPlan(NotAllowed):
    """This version of the plan of {doctor} is open to the doctor and managers concerned only."""


class NoSuchTeamPlan(NotFound):
    """There is no such team plan in your trust."""


class NotYourTeam(NotAllowed):
    """The plan of {team} is open to its members and managers and to the {medical_directorate} only."""


@dataclass(frozen=True)
class Signed:
    """A signature under a version. `because` says what voided it; it is empty while the signature stands."""

    name: str
    role: str
    on_behalf_of: str
    signed_at: datetime
    voided_at: datetime | None
    because: str


@dataclass(frozen=True)
class VersionLink:
    """A version of the doctor's plan; `starts` is the day from which it counts, None of a draft."""

    id: int
    number: int
    status: str
    starts: date | None


@dataclass(frozen=True)
class PlanPage:
    """A version of a job plan. `follows` is the later one that has taken its place, or will on its own first day;
    `today` the one in force today; `before` the version that was agreed before it, with `differences` from there to
    here. Versions that the viewer may not open are none of them."""

    id: int
    doctor: str
    number: int
    status: str
    plan: Plan
    contracted: Fraction | None
    contract: str
    """The kind of contract, a key of domain.people.CONTRACT_KINDS, and the payroll number: as the plan says, else as
    payroll holds them on its first day; "" where nobody has recorded them."""
    payroll_number: str
    effective_from: date | None
    written_on: date
    follows: VersionLink | None
    today: VersionLink | None
    reference: str
    case_title: str
    case_open_to_viewer: bool
    team_plan: tuple[int, int] | None
    signatures: tuple[Signed, ...]
    before: VersionLink | None
    differences: tuple[Difference, ...]
    versions: tuple[VersionLink, ...]
    policy: Policy
    """Of the release of its case; of the trust's newest one where it has no case."""
    leave_open_to_viewer: bool


@dataclass(frozen=True)
class Opened:
    """A version that the viewer may read, with all those of its doctor that they may read, newest first."""

    row: PlanVersion
    doctor: Person
    sees: Reach
    rows: tuple[PlanVersion, ...]
    standings: frozenset[str]
    """What the viewer is to the doctor, disputes aside."""


def opened(session: Session, *, viewer: Viewer, plan_id: int, now: datetime) -> Opened:
    """Let the viewer at a version of a plan. Raises NoSuchPlan, NotYourPlan."""
    found = team_pages.plan_version(session, trust_id=viewer.trust_id, plan_id=plan_id)
    if found is None:
        raise NoSuchPlan
    row, doctor = found
    sees = reach(session, viewer=viewer, now=now)
    standings = _standings(session, sees, doctor, now)
    may = _readable(session, sees, standings, doctor, row)
    if not _may_open(row, may):
        if not may:
            raise NoSuchPlan
        raise NotYourPlan(doctor=doctor.name)
    rows = plan_rows.versions(session, person_id=doctor.id)
    return Opened(row, doctor, sees, tuple(one for one in rows if _may_open(one, may)), standings)


def plan_page(session: Session, *, viewer: Viewer, plan_id: int, now: datetime) -> PlanPage:
    """A version of a plan with its signatures and what changed. Raises NoSuchPlan, NotYourPlan."""
    found = opened(session, viewer=viewer, plan_id=plan_id, now=now)
    row, doctor, sees, rows = found.row, found.doctor, found.sees, found.rows
    before = _before(row, rows)
    case = case_pages.by_id(session, case_id=row.case_id) if row.case_id else None
    team_plan = _team_plan(session, row, sees)
    plan = Plan.from_json(row.content)
    held = team_pages.contracts(session, person_ids=[doctor.id], day=row.effective_from or civil_day(now))[-1:]
    return PlanPage(
        id=row.id,
        doctor=doctor.name,
        number=row.number,
        status=state_of(row, case),
        plan=plan,
        contracted=next((Fraction(one.programmed_activities) for one in held), None),
        contract=plan.contract or row.contract_kind or next((one.kind for one in held), ""),
        payroll_number=plan.payroll_number or next((one.payroll_number for one in held), ""),
        effective_from=row.effective_from,
        written_on=civil_day(row.written_at),
        follows=_after(row, rows),
        today=next((link(one) for one in rows if one.status == "in_force"), None),
        reference=case.reference if case else "",
        case_title=case.title if case else "",
        case_open_to_viewer=bool(case and lists.visible_among(session, sight=sees.sight, case_ids=[case.id])),
        team_plan=(team_plan.id, team_plan.number) if team_plan else None,
        signatures=_signatures(session, row, case),
        before=link(before) if before else None,
        differences=tuple(compare(Plan.from_json(before.content), plan)) if before else (),
        versions=tuple(link(one) for one in rows),
        policy=_policy(session, row, case),
        leave_open_to_viewer=reads_leave(found.standings),
    )


def may_open(session: Session, *, viewer: Viewer, plan_id: int, now: datetime) -> bool:
    """Whether the viewer may open that version of a plan."""
    found = team_pages.plan_version(session, trust_id=viewer.trust_id, plan_id=plan_id)
    if found is None:
        return False
    row, doctor = found
    sees = reach(session, viewer=viewer, now=now)
    return _may_open(row, _readable(session, sees, _standings(session, sees, doctor, now), doctor, row))


def _standings(session: Session, sees: Reach, doctor: Person, now: datetime) -> frozenset[str]:
    """What the viewer is to a doctor: by the teams that the doctor is in, and by being the doctor."""
    standings = set(sees.standings)
    teams = team_pages.teams_of(session, trust_id=doctor.trust_id, person_id=doctor.id, day=civil_day(now))
    for team in teams:
        standings |= sees.in_team(team.id, team.care_group_id)
    return frozenset(standings | {"party"} if doctor.id in sees.people else standings)


def _readable(
    session: Session, sees: Reach, standings: frozenset[str], doctor: Person, row: PlanVersion
) -> frozenset[str]:
    """What the viewer may read of this doctor's plans."""
    if row.case_id and lists.holds_step_in(session, people=sees.people, case_id=row.case_id):
        standings |= {"holder"}
    return readable(standings) or readable(_in_disputes(session, sees, doctor))


def reads_leave(standings: frozenset[str]) -> bool:
    """Whether somebody who is this to a doctor may see their leave: the doctor, those who manage them, and the
    directorate."""
    return "plan_draft" in readable(standings)


def _in_disputes(session: Session, sees: Reach, doctor: Person) -> frozenset[str]:
    """What the viewer is in the doctor's disputes that they may see: whoever mediates, sits or decides in one reads the
    plan that it is about."""
    disputes = lists.disputes_about(session, trust_id=doctor.trust_id, subject_id=doctor.id)
    visible = lists.visible_among(session, sight=sees.sight, case_ids=[case.id for case in disputes])
    steps = lists.open_steps(session, case_ids=visible)
    holders = [person for _, person, _ in lists.holders(session, step_ids=[step.id for step in steps])]
    return frozenset().union(*(standings_in(sees, case, holders) for case in disputes if case.id in visible))


def _may_open(row: PlanVersion, may: frozenset[str]) -> bool:
    return ("plan_draft" if row.status == "draft" else "plan_in_force") in may


def state_of(row: PlanVersion, case: Case | None) -> str:
    """The status of a version; "put_aside" of a draft whose case has ended without it."""
    return "put_aside" if row.status == "draft" and case is not None and case.status == "closed" else row.status


def _before(row: PlanVersion, rows: Sequence[PlanVersion]) -> PlanVersion | None:
    """The version that was agreed before this one: the newest earlier one that is no draft."""
    return next((one for one in rows if one.number < row.number and one.status != "draft"), None)


def _after(row: PlanVersion, rows: Sequence[PlanVersion]) -> VersionLink | None:
    """The version that took, or will take, the place of one that has been agreed."""
    agreed = {one.number: one for one in rows if one.status != "draft"}
    later = (Agreed(one.number, one.effective_from or date.min) for one in agreed.values())
    after = successor(row.number, later) if row.number in agreed else None
    return link(agreed[after.number]) if after else None


def link(row: PlanVersion) -> VersionLink:
    """The version as a list of versions shows it."""
    return VersionLink(row.id, row.number, row.status, row.effective_from)


def _team_plan(session: Session, row: PlanVersion, sees: Reach) -> TeamPlan | None:
    """The team plan that this version follows, for those who may read it."""
    if row.team_plan_id is None:
        return None
    found = plan_rows.team_plan_by_id(session, trust_id=row.trust_id, team_plan_id=row.team_plan_id)
    team = team_pages.team(session, trust_id=row.trust_id, team_id=found.team_id) if found else None
    return found if team and may_read_team_plan(sees, team.id, team.care_group_id) else None


def policy_in_force(session: Session, *, viewer: Viewer) -> Policy:
    """The policy of the viewer's trust, as it was published last."""
    return releases.published(session, trust_id=viewer.trust_id).policy


def _policy(session: Session, row: PlanVersion, case: Case | None) -> Policy:
    if case is None:
        return releases.published(session, trust_id=row.trust_id).policy
    return releases.of(session, release_id=case.release_id).policy


def _signatures(session: Session, row: PlanVersion, case: Case | None) -> tuple[Signed, ...]:
    found = case_pages.signatures(session, plan_version_ids=[row.id])
    if not found:
        return ()
    title = releases.of(session, release_id=case.release_id).policy.title if case else str
    behalf = [signature.on_behalf_of_id for signature, _ in found if signature.on_behalf_of_id]
    names = lists.names(session, trust_id=row.trust_id, person_ids=behalf) if behalf else {}
    return tuple(
        Signed(
            name=name,
            role=title(signature.role),
            on_behalf_of=names.get(signature.on_behalf_of_id or 0, ""),
            signed_at=signature.signed_at,
            voided_at=signature.voided_at,
            because=signature.voided_because,
        )
        for signature, name in found
    )


@dataclass(frozen=True)
class Answer:
    """A question of the team plan and what the team answered; people are names."""

    label: str
    value: Any
    type: str


@dataclass(frozen=True)
class TeamPlanPage:
    """An approved version of a team's plan. `newest` is the number of the one in force."""

    team_id: int
    team: str
    number: int
    newest: int
    year: str
    session_on: date | None
    approved_on: date
    approved_by: str
    reference: str
    case_open_to_viewer: bool
    requirements: tuple[Mapping[str, Any], ...]
    needs: tuple[Mapping[str, Any], ...]
    """What each service needs: service and PAs a week."""
    attendance: tuple[Mapping[str, Any], ...]
    answers: tuple[Answer, ...]
    others: tuple[tuple[int, int], ...]
    """(id, number) of every version, the newest first."""


def team_plan_page(session: Session, *, viewer: Viewer, team_plan_id: int, now: datetime) -> TeamPlanPage:
    """A copy of a team's plan, for its members and managers (CPFT-7.4-a). Raises NoSuchTeamPlan, NotYourTeam."""
    row = plan_rows.team_plan_by_id(session, trust_id=viewer.trust_id, team_plan_id=team_plan_id)
    if row is None:
        raise NoSuchTeamPlan
    sees = reach(session, viewer=viewer, now=now)
    team = team_pages.team(session, trust_id=viewer.trust_id, team_id=row.team_id)
    if team is None or not may_read_team_plan(sees, row.team_id, team.care_group_id):
        raise NotYourTeam(team=team.name if team else "this team")
    case = lists.case_of_team_plan(session, row=row)
    loaded = releases.of(session, release_id=case.release_id)
    versions = plan_rows.team_plans(session, team_id=row.team_id)
    names = lists.names(session, trust_id=row.trust_id, person_ids=_people_in(row))
    return TeamPlanPage(
        team_id=team.id,
        team=team.name,
        number=row.number,
        newest=versions[0].number,
        year=row.year,
        session_on=row.session_on,
        approved_on=civil_day(row.approved_at),
        approved_by=names.get(row.approved_by_id or 0, ""),
        reference=case.reference,
        case_open_to_viewer=bool(lists.visible_among(session, sight=sees.sight, case_ids=[case.id])),
        requirements=tuple(_named(row.content.get("requirements") or [], names)),
        needs=tuple(row.content.get("service_needs") or ()),
        attendance=tuple(_titled(_named(row.content.get("attendance") or [], names), loaded)),
        answers=_answers(row, loaded, names),
        others=tuple((one.id, one.number) for one in versions),
    )


def may_read_team_plan(sees: Reach, team_id: int, care_group_id: int) -> bool:
    """Members, managers, the AMD and the directorate read a team's plan."""
    standings = set(sees.in_team(team_id, care_group_id))
    if team_id in sees.teams({"practitioner"}):
        standings.add("team")
    return "team_plan" in readable(standings)


def _people_in(row: TeamPlan) -> set[int]:
    """Every whole number in the content might be a person: names are looked up in the trust alone."""
    found = {row.approved_by_id} if row.approved_by_id else set()
    for value in row.content.values():
        for one in value if isinstance(value, list) else [value]:
            for part in one.values() if isinstance(one, dict) else [one]:
                if isinstance(part, int) and not isinstance(part, bool):
                    found.add(part)
    return found


def _named(rows: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Rows whose columns `person` and `lead` show names."""
    return [
        {key: names.get(value, value) if key in {"person", "lead"} else value for key, value in row.items()}
        for row in rows
    ]


def _titled(rows: Sequence[Mapping[str, Any]], loaded: Loaded) -> list[dict[str, Any]]:
    """Rows whose group is one of the policy, or a role, show what the trust calls it."""
    groups: Any = loaded.policy.values.get("team_session_groups", {})
    titles = {**{role.value: title for role, title in loaded.policy.titles.items()}, **groups}
    return [{**row, "group": titles.get(str(row.get("group", "")), row.get("group", ""))} for row in rows]


def _answers(row: TeamPlan, loaded: Loaded, names: Mapping[int, str]) -> tuple[Answer, ...]:
    """What was asked where the team plan was drawn up, in the order of the drawing, with what was answered."""
    drawing = loaded.diagrams.drawing("team_planning")
    asked = {field.key: field for element in drawing.order for field in drawing.nodes[element].fields}
    found = []
    for key, field in asked.items():
        value = row.content.get(key)
        if value in (None, "", []) or key == SESSION_DATE or field.type == "files":
            continue
        if field.type in {"person", "people"}:
            value = [names.get(one, "") for one in (value if isinstance(value, list) else [value])]
        if field.type in {"choice", "several"}:
            labels = dict(field.options)
            value = [labels.get(one, one) for one in (value if isinstance(value, list) else [value])]
        found.append(Answer(field.label, value, field.type))
    return tuple(found)
