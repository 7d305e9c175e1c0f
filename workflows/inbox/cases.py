"""The list of cases: what somebody may see of their trust, narrowed, by what is due."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain.calendars import ONE_DAY, civil_day
from workflows.inbox import Session, Viewer, paging
from workflows.inbox.reach import reach
from workflows.store import lists
from workflows.store.lists import CaseFilters

__all__ = ["PER_PAGE", "CaseFilters", "CaseLine", "CaseList", "NextStep", "case_list"]

PER_PAGE = 25


@dataclass(frozen=True)
class NextStep:
    """A step that waits, and who may do it; nobody, when it lies in a queue to be assigned."""

    name: str
    role: str
    holders: tuple[str, ...]
    queue: str
    mine: bool
    process: str = ""
    """The diagram in which it is drawn."""
    deadline: str = ""
    """The key of the deadline with which it is drawn."""


@dataclass(frozen=True)
class CaseLine:
    """A case in the list. `due_on` is the earliest day on which something is due in it, passed or not."""

    reference: str
    process: str
    title: str
    year: str
    status: str
    stage: str
    doctor: str
    team: str
    care_group: str
    due_on: date | None
    closed_on: date | None
    steps: tuple[NextStep, ...]


@dataclass(frozen=True)
class CaseList:
    """A page of the list: `total` and `late` count all pages; `processes` and `care_groups` may be chosen from."""

    lines: tuple[CaseLine, ...]
    total: int
    late: int
    page: int
    pages: int
    processes: tuple[str, ...]
    care_groups: tuple[tuple[int, str], ...]
    today: date
    narrowed: bool
    sees_others: bool
    reads_plans: bool
    """Whether the viewer reads plans in force rather than cases, as HR and finance do."""
    has_plan: bool
    """Whether the viewer has a job plan of their own, as a doctor of a team."""


def case_list(session: Session, *, viewer: Viewer, filters: CaseFilters, page: int, now: datetime) -> CaseList:
    """A page of the cases that the viewer may see, what is due first first. A page past the end is the last one."""
    sees = reach(session, viewer=viewer, now=now)
    total, late = lists.count_cases(session, sight=sees.sight, filters=filters, now=now)
    at = paging.shown(total, page=page, at_once=PER_PAGE)
    rows = lists.list_cases(session, sight=sees.sight, filters=filters, now=now, limit=PER_PAGE, offset=at.offset)
    steps = next_steps(session, case_ids=[row.id for row in rows], people=viewer.stands_for)
    return CaseList(
        lines=tuple(
            CaseLine(
                reference=row.reference,
                process=row.process,
                title=row.title,
                year=row.year,
                status=row.status,
                stage=row.stage,
                doctor=row.doctor or "",
                team=row.team or "",
                care_group=row.care_group or "",
                due_on=due_day(row.due_at),
                closed_on=civil_day(row.closed_at) if row.closed_at else None,
                steps=tuple(steps[row.id]),
            )
            for row in rows
        ),
        total=total,
        late=late,
        page=at.page,
        pages=at.pages,
        processes=tuple(lists.processes(session, sight=sees.sight)),
        care_groups=tuple((row.id, row.name) for row in lists.care_groups(session, trust_id=viewer.trust_id)),
        today=civil_day(now),
        narrowed=filters != CaseFilters(),
        sees_others=sees.sees_others,
        reads_plans=sees.reads_plans and not sees.whole_trust,
        has_plan=bool(sees.sight.member_of),
    )


def next_steps(session: Session, *, case_ids: list[int], people: frozenset[int]) -> dict[int, list[NextStep]]:
    """The waiting steps of these cases with their holders, by case: two statements."""
    steps = lists.open_steps(session, case_ids=case_ids)
    holders: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for step_id, person_id, name in lists.holders(session, step_ids=[step.id for step in steps]):
        holders[step_id].append((person_id, name))
    found: dict[int, list[NextStep]] = defaultdict(list)
    for step in steps:
        claimed = [holder for holder in holders[step.id] if holder[0] == step.holder_id]
        of_step = claimed or holders[step.id]
        found[step.case_id].append(
            NextStep(
                name=step.name,
                role=step.role,
                holders=tuple(name for _, name in of_step),
                queue=step.queue,
                mine=any(person in people for person, _ in of_step),
                process=step.process,
                deadline=step.deadline,
            )
        )
    return found


def due_day(due_at: datetime | None) -> date | None:
    """The civil day at whose end something is due."""
    return civil_day(due_at) - ONE_DAY if due_at else None
