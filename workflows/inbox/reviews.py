"""Yearly reviews of job plans: which are due soon or overdue, team by team; and how long a change has waited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases
from workflows.domain import yearly_reviews as rules
from workflows.domain.calendars import civil_day
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import Reach, reach
from workflows.store import lists, team_pages
from workflows.store import reviews as review_rows
from workflows.store.models import Case
from workflows.store.reviews import Member

OF_A_CHANGE = frozenset({"individual_planning", "change_request"})
"""The processes whose cases may begin with the report of a significant change."""


@dataclass(frozen=True)
class Line:
    """A doctor's yearly review; `reference` is that of the case in which their plan is worked on, "" where there is
    none or the viewer does not see it."""

    name: str
    review: rules.Yearly
    under_way: bool
    reference: str


@dataclass(frozen=True)
class TeamReviews:
    """The doctors of a team, the most urgent first."""

    id: int
    name: str
    care_group: str
    lines: tuple[Line, ...]

    @property
    def overdue(self) -> int:
        """How many reviews are overdue."""
        return sum(line.review.state is rules.State.OVERDUE for line in self.lines)


@dataclass(frozen=True)
class Waited:
    """How long a significant change has waited for its review, or did: days since the report (CPFT-7.7.4-a)."""

    reported_on: date
    days: int
    held: bool


def yearly(session: Session, *, viewer: Viewer, now: datetime) -> tuple[TeamReviews, ...]:
    """The teams that the viewer sees cases of, with the yearly review of each doctor; a doctor sees their own line."""
    sees, today = reach(session, viewer=viewer, now=now), civil_day(now)
    members = [one for one in review_rows.members(session, trust_id=viewer.trust_id, day=today) if _sees(sees, one)]
    people = {one.person_id for one in members}
    rule = releases.published(session, trust_id=viewer.trust_id).policy.deadline(rules.RULE)
    last = review_rows.last_reviews(session, trust_id=viewer.trust_id, person_ids=people)
    cases = _cases(session, sees, people)
    teams: dict[int, list[tuple[Member, Line]]] = {}
    for one in members:
        case = cases.get(one.person_id)
        line = Line(one.name, rules.yearly(rule, last.get(one.person_id), today), case is not None, case or "")
        teams.setdefault(one.team_id, []).append((one, line))
    return tuple(_team(rows) for rows in teams.values())


def _team(rows: list[tuple[Member, Line]]) -> TeamReviews:
    first = rows[0][0]
    lines = sorted((line for _, line in rows), key=lambda line: (line.review.due_on or date.min, line.name))
    return TeamReviews(first.team_id, first.team, first.care_group, tuple(lines))


def _sees(sees: Reach, one: Member) -> bool:
    over = sees.in_team(one.team_id, one.care_group_id) - {"hr", "finance"}
    return bool(over) or one.person_id in sees.people


def _cases(session: Session, sees: Reach, people: Iterable[int]) -> dict[int, str]:
    """By doctor: the reference of the case in which their plan is worked on, "" where the viewer may not open it."""
    rows = team_pages.open_cases_of(session, trust_id=sees.trust_id, person_ids=list(people))
    plans = [case for case in rows if case.process == "individual_planning"]
    shown = lists.visible_among(session, sight=sees.sight, case_ids=[case.id for case in plans])
    return {case.subject_id or 0: case.reference if case.id in shown else "" for case in plans}


def waited(session: Session, *, case: Case, today: date) -> Waited | None:
    """Of a case that began with a significant change: how long that has waited, or did until the meeting."""
    if case.process not in OF_A_CHANGE:
        return None
    reported, held = review_rows.change_of(session, case_id=case.id)
    if reported is None:
        return None
    until = held or (civil_day(case.closed_at) if case.closed_at else today)
    return Waited(reported, (until - reported).days, held is not None)
