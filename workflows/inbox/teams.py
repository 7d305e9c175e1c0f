"""Teams: everyone's state, who carries what, and what nobody holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.plan import CATEGORIES, Plan
from workflows.inbox import Session, Viewer
from workflows.inbox.capacity import Service, capacity
from workflows.inbox.cases import NextStep, due_day, next_steps
from workflows.inbox.plans import may_read_team_plan
from workflows.inbox.reach import Reach, reach, readable
from workflows.store import lists, team_pages
from workflows.store import plans as plan_rows
from workflows.store.models import Case, Contract, PlanVersion, Team, TeamPlan

NOT_CLINICAL = tuple(key for key in CATEGORIES if key not in {"dcc", "on_call"})


class NoSuchTeam(NotFound):
    """There is no such team in your trust."""


class NotYourTeam(NotAllowed):
    """The page of {team} is open to its members and managers, to {hr_workforce} and {finance}, and to the
    {medical_directorate}."""


@dataclass(frozen=True)
class TeamLine:
    """A team in the list. Counts of cases are 0 for those who read plans only."""

    id: int
    name: str
    care_group: str
    members: int
    plans_in_force: int
    open_cases: int
    late_cases: int
    team_plan: tuple[int, int, str] | None
    """(id, number, planning year) of the one in force, for those who may read it."""
    plans_only: bool
    """Whether the viewer reads the job plans of the team alone: neither its own plan nor its cases."""


@dataclass(frozen=True)
class CaseState:
    """Where a practitioner's open case is."""

    reference: str
    process: str
    stage: str
    steps: tuple[NextStep, ...]
    due_on: date | None


@dataclass(frozen=True)
class ToCome:
    """A version of a plan that is agreed, and the day from which it is in force."""

    id: int
    number: int
    starts: date


@dataclass(frozen=True)
class Member:
    """A practitioner of the team. `by_category` are PAs a week of the plan in force; `to_come` is the first version
    that is agreed and waits for its day; `cases` empty where the viewer may not see them."""

    id: int
    name: str
    grade: str
    contracted: Fraction | None
    plan_id: int | None
    plan_number: int
    plan_since: date | None
    to_come: ToCome | None
    total: Fraction | None
    by_category: Mapping[str, Fraction]
    on_call: tuple[str, ...]
    leads: tuple[str, ...]
    cases: tuple[CaseState, ...]


@dataclass(frozen=True)
class Shared:
    """An activity that several members hold (CPFT-7.4.1-c)."""

    title: str
    category: str
    names: tuple[str, ...]
    pas: Fraction


@dataclass(frozen=True)
class TeamPage:
    """A team. `everyone` is False for a member, who sees their own line only; `opens_plans` tells whether the viewer
    may read the plans themselves, beyond their sums."""

    id: int
    name: str
    care_group: str
    today: date
    everyone: bool
    sees_cases: bool
    opens_plans: bool
    members: tuple[Member, ...]
    team_plan: tuple[int, int, str] | None
    team_cases: tuple[CaseState, ...]
    shared: tuple[Shared, ...]
    held_by_nobody: tuple[str, ...]
    """Kinds of non-clinical work that are in nobody's plan, and requirements of the team plan without a lead."""
    planned: int
    """How many of the members have a plan in force."""
    services: tuple[Service, ...]
    """What the team does for patients, with the effect of drafts in work for those who see its cases."""


def team_list(session: Session, *, viewer: Viewer, now: datetime) -> tuple[TeamLine, ...]:
    """The teams that the viewer may open, by care group and name."""
    sees, day = reach(session, viewer=viewer, now=now), civil_day(now)
    all_of_them = sees.whole_trust or sees.reads_plans
    among = sees.sight.managed | sees.teams({"practitioner"})
    rows = team_pages.teams(session, trust_id=viewer.trust_id, led=None if all_of_them else sees.sight.led, among=among)
    ids = [row.id for row in rows]
    shut = {row.id for row in rows if not may_read_team_plan(sees, row.id, row.care_group_id)}
    members = team_pages.members(session, team_ids=ids, day=day)
    people = {person for _, person, _ in members}
    planned = {row.person_id for row in team_pages.plans_in_force(session, trust_id=viewer.trust_id, person_ids=people)}
    plans = {row.team_id: row for row in team_pages.team_plans_in_force(session, team_ids=ids)}
    counts = lists.open_and_late_by_team(session, sight=sees.sight, team_ids=ids, now=now)
    return tuple(
        TeamLine(
            id=row.id,
            name=row.team,
            care_group=row.care_group,
            members=sum(team == row.id for team, _, _ in members),
            plans_in_force=sum(team == row.id and person in planned for team, person, _ in members),
            open_cases=counts.get(row.id, (0, 0))[0],
            late_cases=counts.get(row.id, (0, 0))[1],
            team_plan=None if row.id in shut else _plan_link(plans.get(row.id)),
            plans_only=row.id in shut,
        )
        for row in rows
    )


def _plan_link(row: TeamPlan | None) -> tuple[int, int, str] | None:
    return (row.id, row.number, row.year) if row else None


def team_page(session: Session, *, viewer: Viewer, team_id: int, now: datetime) -> TeamPage:
    """Everyone's state in one team. Raises NoSuchTeam, NotYourTeam."""
    team = team_pages.team(session, trust_id=viewer.trust_id, team_id=team_id)
    if team is None:
        raise NoSuchTeam
    sees = reach(session, viewer=viewer, now=now)
    covers = bool(sees.in_team(team.id, team.care_group_id) - {"hr", "finance"})
    everyone = covers or sees.reads_plans
    if not sees.reads_team(team.id, team.care_group_id):
        raise NotYourTeam(team=team.name)
    people = {
        person: name
        for _, person, name in team_pages.members(session, team_ids=[team.id], day=civil_day(now))
        if everyone or person in sees.people
    }
    agreed = team_pages.plans_agreed(session, trust_id=viewer.trust_id, person_ids=list(people))
    plans = {row.person_id: row for row in agreed if row.status == "in_force"}
    in_force = plan_rows.team_plan(session, team_id=team.id)
    may_read = may_read_team_plan(sees, team.id, team.care_group_id)
    sees_cases = covers or not everyone
    members = _members(session, sees, people, agreed, now, sees_cases=sees_cases)
    return TeamPage(
        id=team.id,
        name=team.name,
        care_group=team.care_group.name,
        today=civil_day(now),
        everyone=everyone,
        sees_cases=sees_cases,
        opens_plans=not everyone or "plan_in_force" in readable(sees.in_team(team.id, team.care_group_id)),
        members=members,
        team_plan=_plan_link(in_force) if may_read else None,
        team_cases=_team_cases(session, sees, team) if sees_cases else (),
        shared=_shared(people, plans) if everyone else (),
        held_by_nobody=_held_by_nobody(plans.values(), in_force) if everyone and plans else (),
        planned=len(plans),
        services=_services(session, viewer, people, plans, drafts=covers) if everyone else (),
    )


def _services(
    session: Session, viewer: Viewer, people: Mapping[int, str], plans: Mapping[int, PlanVersion], *, drafts: bool
) -> tuple[Service, ...]:
    """The team's capacity; what is to come is shown to those over the team, not to HR and finance."""
    rows = team_pages.to_come(session, trust_id=viewer.trust_id, person_ids=people) if drafts else None
    return capacity(people, plans.values(), rows)


def _members(
    session: Session,
    sees: Reach,
    people: Mapping[int, str],
    agreed: Iterable[PlanVersion],
    now: datetime,
    *,
    sees_cases: bool,
) -> tuple[Member, ...]:
    plans: dict[int, dict[str, PlanVersion]] = defaultdict(dict)
    for version in agreed:
        plans[version.person_id][version.status] = version
    contracts = {row.person_id: row for row in team_pages.contracts(session, person_ids=people, day=civil_day(now))}
    cases: dict[int, list[CaseState]] = defaultdict(list)
    if sees_cases:
        rows = team_pages.open_cases_of(session, trust_id=sees.trust_id, person_ids=people)
        for row, state in zip(rows, _states(session, sees, rows), strict=True):
            cases[row.subject_id or 0].append(state)
    return tuple(
        _member(person, name, contracts.get(person), plans[person], cases[person]) for person, name in people.items()
    )


def _member(
    person: int, name: str, contract: Contract | None, plans: Mapping[str, PlanVersion], cases: Sequence[CaseState]
) -> Member:
    row, agreed = plans.get("in_force"), plans.get("agreed")
    plan = Plan.from_json(row.content) if row else None
    totals = plan.totals() if plan else None
    return Member(
        id=person,
        name=name,
        grade=contract.grade if contract else "",
        contracted=Fraction(contract.programmed_activities) if contract else None,
        plan_id=row.id if row else None,
        plan_number=row.number if row else 0,
        plan_since=row.effective_from if row else None,
        to_come=ToCome(agreed.id, agreed.number, agreed.effective_from) if agreed and agreed.effective_from else None,
        total=totals.overall if totals else None,
        by_category=totals.by_category if totals else {},
        on_call=_titles(plan, {"on_call"}),
        leads=_titles(plan, {"additional_nhs", "managerial"}),
        cases=tuple(cases),
    )


def _titles(plan: Plan | None, categories: set[str]) -> tuple[str, ...]:
    if plan is None:
        return ()
    return tuple(dict.fromkeys(one.title for one in plan.activities if one.category in categories))


def _states(session: Session, sees: Reach, rows: Sequence[Case]) -> list[CaseState]:
    """Where these cases are: three statements for all of them."""
    ids = [row.id for row in rows]
    steps = next_steps(session, case_ids=ids, people=sees.people)
    due = team_pages.due_of_cases(session, case_ids=ids)
    return [
        CaseState(row.reference, row.process, row.stage, tuple(steps[row.id]), due_day(due.get(row.id))) for row in rows
    ]


def _team_cases(session: Session, sees: Reach, team: Team) -> tuple[CaseState, ...]:
    rows = team_pages.open_cases_about(session, trust_id=sees.trust_id, team_id=team.id)
    return tuple(_states(session, sees, rows))


def _shared(people: Mapping[int, str], plans: Mapping[int, PlanVersion]) -> tuple[Shared, ...]:
    """Activities of the same name in the plans of more than one member."""
    held: dict[tuple[str, str], dict[int, Fraction]] = defaultdict(dict)
    titles: dict[tuple[str, str], str] = {}
    for person, row in plans.items():
        for one in Plan.from_json(row.content).activities:
            key = (one.category, one.title.strip().casefold())
            titles.setdefault(key, one.title.strip())
            held[key][person] = held[key].get(person, Fraction(0)) + one.pas
    return tuple(
        Shared(titles[key], key[0], tuple(people[person] for person in by), sum(by.values(), Fraction(0)))
        for key, by in sorted(held.items(), key=lambda pair: (list(CATEGORIES).index(pair[0][0]), pair[0][1]))
        if len(by) > 1
    )


def _held_by_nobody(plans: Iterable[PlanVersion], team_plan: TeamPlan | None) -> tuple[str, ...]:
    filled = {one.category for row in plans for one in Plan.from_json(row.content).activities}
    missing = [CATEGORIES[key] for key in NOT_CLINICAL if key not in filled]
    required = (team_plan.content.get("requirements") or []) if team_plan else []
    unled = [str(row.get("requirement", "")) for row in required if not row.get("lead")]
    return (*missing, *(f"{requirement} (in the team plan, without a lead)" for requirement in unled if requirement))
