"""Teams: everyone's state, who carries what, and what nobody holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.inbox import Session, Viewer
from workflows.inbox.cases import NextStep, due_day, next_steps
from workflows.inbox.plans import may_read_team_plan
from workflows.inbox.reach import Reach, reach, readable
from workflows.inbox.team_figures import Carries, TeamFigures, TeamRows, ToCome, team_figures, to_come_of
from workflows.store import lists, team_pages
from workflows.store import plans as plan_rows
from workflows.store import rotas as rota_rows
from workflows.store.models import Case, PlanVersion, Team, TeamPlan


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
class Member:
    """A practitioner of the team. `carries` is None for one without a plan; `to_come` is the first version that is
    agreed and waits for its day; `cases` empty where the viewer may not see them."""

    id: int
    name: str
    grade: str
    contracted: Fraction | None
    plan_id: int | None
    plan_number: int
    plan_since: date | None
    to_come: ToCome | None
    carries: Carries | None
    cases: tuple[CaseState, ...]


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
    planned: int
    """How many of the members have a plan in force."""
    figures: TeamFigures
    """What the plans come to; of the viewer's own alone where they do not see everyone."""


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


def team_page(session: Session, *, viewer: Viewer, team_id: int, now: datetime, instead: int = 0) -> TeamPage:
    """Everyone's state in one team, and what its plans come to; with a version that is to come in place of its doctor's
    plan in force, by its id, for those to whom drafts are shown. Raises NoSuchTeam, NotYourTeam."""
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
    rows = _rows(session, team, people, agreed, now, drafts=covers)
    figures = team_figures(session, rows=rows, instead=instead)
    sees_cases = covers or not everyone
    may_read = may_read_team_plan(sees, team.id, team.care_group_id)
    return TeamPage(
        id=team.id,
        name=team.name,
        care_group=team.care_group.name,
        today=civil_day(now),
        everyone=everyone,
        sees_cases=sees_cases,
        opens_plans=not everyone or "plan_in_force" in readable(sees.in_team(team.id, team.care_group_id)),
        members=_members(rows, figures, agreed, _cases(session, sees, people) if sees_cases else {}),
        team_plan=_plan_link(rows.team_plan) if may_read else None,
        team_cases=_team_cases(session, sees, team) if sees_cases else (),
        planned=len(rows.in_force),
        figures=figures,
    )


def _rows(
    session: Session,
    team: Team,
    people: Mapping[int, str],
    agreed: Iterable[PlanVersion],
    now: datetime,
    *,
    drafts: bool,
) -> TeamRows:
    """What the figures are made of: one statement a kind. What is to come is for those over the team, not for HR and
    finance."""
    day = civil_day(now)
    return TeamRows(
        trust_id=team.trust_id,
        today=day,
        people=people,
        in_force={row.person_id: row for row in agreed if row.status == "in_force"},
        coming=team_pages.to_come(session, trust_id=team.trust_id, person_ids=people) if drafts else None,
        contracts={row.person_id: row for row in team_pages.contracts(session, person_ids=people, day=day)},
        rotas=rota_rows.of_teams(session, trust_id=team.trust_id, team_ids=[team.id], person_ids=()),
        team_plan=plan_rows.team_plan(session, team_id=team.id),
    )


def _cases(session: Session, sees: Reach, people: Iterable[int]) -> Mapping[int, Sequence[CaseState]]:
    """The open cases of each member."""
    rows = team_pages.open_cases_of(session, trust_id=sees.trust_id, person_ids=people)
    cases: dict[int, list[CaseState]] = defaultdict(list)
    for row, state in zip(rows, _states(session, sees, rows), strict=True):
        cases[row.subject_id or 0].append(state)
    return cases


def _members(
    rows: TeamRows,
    figures: TeamFigures,
    agreed: Iterable[PlanVersion],
    cases: Mapping[int, Sequence[CaseState]],
) -> tuple[Member, ...]:
    waiting = {row.person_id: row for row in agreed if row.status == "agreed"}
    return tuple(
        Member(
            id=person,
            name=name,
            grade=contract.grade if contract else "",
            contracted=Fraction(contract.programmed_activities) if contract else None,
            plan_id=row.id if row else None,
            plan_number=row.number if row else 0,
            plan_since=row.effective_from if row else None,
            to_come=to_come_of(waiting[person], rows) if person in waiting else None,
            carries=figures.carries.get(person),
            cases=tuple(cases.get(person, ())),
        )
        for person, name in rows.people.items()
        for row, contract in [(rows.in_force.get(person), rows.contracts.get(person))]
    )


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
