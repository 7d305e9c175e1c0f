"""Versions of a doctor's plan side by side, for whoever may read each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflows import releases
from workflows.calculating.basis import basis_of
from workflows.domain.calendars import civil_day
from workflows.domain.disputes import wanted
from workflows.domain.errors import NotFound
from workflows.domain.plan import Plan
from workflows.domain.plan.side_by_side import Column, SideBySide, side_by_side
from workflows.inbox import Session, Viewer
from workflows.inbox.finding import find
from workflows.inbox.plans import NoSuchPlan, VersionLink, link, opened
from workflows.inbox.reach import is_dispute, reach, readable, standings_in
from workflows.store import case_pages, lists, panel_rows, team_pages
from workflows.store import plans as plan_rows
from workflows.store.models import PlanVersion


@dataclass(frozen=True)
class ComparePage:
    """Versions of one doctor's plan beside each other, in the order asked for."""

    doctor: str
    columns: tuple[VersionLink, ...]
    beside: SideBySide
    versions: tuple[VersionLink, ...]
    """All that could be chosen, newest first."""


def compare_page(session: Session, *, viewer: Viewer, plan_ids: Sequence[int], now: datetime) -> ComparePage:
    """Two versions or three, the others as they differ from the first. Raises NoSuchPlan where one is no version of the
    same doctor's plan that the viewer may read, NotYourPlan where they may read others of it only."""
    found = [opened(session, viewer=viewer, plan_id=plan_id, now=now) for plan_id in plan_ids]
    if len({each.doctor.id for each in found}) != 1:
        raise NoSuchPlan
    rows = [each.row for each in found]
    return ComparePage(
        doctor=found[0].doctor.name,
        columns=tuple(link(row) for row in rows),
        beside=side_by_side([column(session, row, now) for row in rows]),
        versions=tuple(link(row) for row in found[0].rows),
    )


class NothingInDispute(NotFound):
    """Case {reference} has no dispute about a job plan that you may read."""


@dataclass(frozen=True)
class Positions:
    """The plan of today, as the doctor wants it, and as the manager wants it."""

    reference: str
    title: str
    beside: SideBySide


def positions(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> Positions:
    """What each side of a dispute makes of the whole plan. Raises NoSuchCase, NotYourCase, NothingInDispute."""
    sees = reach(session, viewer=viewer, now=now)
    case = find(session, sees=sees, reference=reference)
    steps = lists.open_steps(session, case_ids=[case.id])
    holders = [person for _, person, _ in lists.holders(session, step_ids=[step.id for step in steps])]
    may = readable(standings_in(sees, case, holders))
    facts, _ = panel_rows.facts_and_where(session, case_id=case.id)
    rows, lines = (facts.get(key, {}).get("", None) for key in ("disputed", "disputed_lines"))
    agreed = plan_rows.agreed_last(session, person_id=case.subject_id) if case.subject_id else None
    if not is_dispute(case) or not {"positions", "plan_in_force"} <= may or not lines:
        raise NothingInDispute(reference=reference)
    today = column(session, agreed, now) if agreed else Column(Plan())
    sides = [wanted(today.plan, lines, rows, side) for side in ("practitioner", "manager")]
    columns = [column(session, agreed, now, plan=plan) if agreed else Column(plan) for plan in sides]
    return Positions(case.reference, case.title, side_by_side([today, *columns]))


def column(session: Session, row: PlanVersion, now: datetime, *, plan: Plan | None = None) -> Column:
    """A version, or another plan in its place, with its figures: by the policy that its case follows, or today’s where
    it came from elsewhere."""
    plan = plan or Plan.from_json(row.content)
    plan = replace(plan, effective_from=plan.effective_from or row.effective_from)
    case = case_pages.by_id(session, case_id=row.case_id) if row.case_id else None
    loaded = (
        releases.of(session, release_id=case.release_id) if case else releases.published(session, trust_id=row.trust_id)
    )
    basis = basis_of(loaded, plan, contract=_contract(session, row, now), today=civil_day(now))
    return Column(plan, basis.figures(plan) if basis else None)


def _contract(session: Session, row: PlanVersion, now: datetime) -> str:
    """The kind of contract that the version was made under; of one that came from elsewhere, what payroll holds."""
    if row.contract_kind:
        return row.contract_kind
    held = team_pages.contracts(session, person_ids=[row.person_id], day=row.effective_from or civil_day(now))
    return held[-1].kind if held else ""
