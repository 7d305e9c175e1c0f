"""What a job plan comes to while it is being written: its figures, its year and what the policy's rules find in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from workflows import plans, releases
from workflows.calculating.around import around_plan
from workflows.calculating.basis import basis_of
from workflows.domain.arithmetic.extra import hours_with_private_work, out_of_hours, over_full_time, pensionable
from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.working import Figure
from workflows.domain.calendars import civil_day
from workflows.domain.plan import Finding, Plan, findings_of
from workflows.domain.plan.half_typed import read_what_can_be
from workflows.domain.plan.working_out import Figures
from workflows.domain.plan.year import Year, first_day_of, year_of
from workflows.inbox import Session, Viewer
from workflows.store import panel_rows, step_pages


@dataclass(frozen=True)
class Reckoned:
    """The figures under the terms of a contract."""

    terms: Terms
    figures: Figures
    year: Year
    over: Figure
    """PAs a week above a whole-time contract."""
    pensionable: Figure
    hours: Figure
    """A week, with private work and other work that is not the trust's."""
    out_of_hours: Figure


@dataclass(frozen=True)
class PlanFigures:
    """What a plan comes to as it stands in a form."""

    plan: Plan
    """What of it can be read."""
    unread: Mapping[str, str]
    """A sentence for each part that cannot, by its key: see domain.plan.half_typed."""
    total: Fraction
    """PAs a week, overall."""
    contracted: Fraction | None
    """PAs a week of the contract, where payroll holds one."""
    reckoned: Reckoned | None
    """None where the policy of the case's release has no terms to reckon by."""
    findings: tuple[Finding, ...]


def plan_figures(
    session: Session, *, viewer: Viewer, step_id: int, content: Mapping[str, Any], now: datetime
) -> PlanFigures | None:
    """Work out a plan that somebody is writing in a step; nothing is kept. `content` is its JSON, as far as it has been
    typed. The viewer's right to the step has been checked; None for a step without a plan in work."""
    row = step_pages.opened_step(session, trust_id=viewer.trust_id, step_id=step_id)
    if row is None or row.step.screen != "plan":
        return None
    answers, _ = panel_rows.facts_and_where(session, case_id=row.case.id)
    named = panel_rows.newest(answers).get("plan_version")
    draft = panel_rows.draft_of_case(session, case_id=row.case.id, version_id=named)
    if draft is None:
        return None
    loaded, today = releases.of(session, release_id=row.case.release_id), civil_day(now)
    plan, unread = read_what_can_be(content)
    basis = basis_of(loaded, plan, contract=draft.contract_kind, today=today)
    plan = basis.work_out(plan) if basis else plan
    around = around_plan(session, loaded, plan, person_id=draft.person_id, basis=basis, today=today)
    reckoned = None
    if basis is not None:
        starts = plan.effective_from or first_day_of(row.case.year) or today
        reckoned = _reckoned(plan, basis.figures(plan), basis.terms, starts)
    return PlanFigures(
        plan=plan,
        unread=unread,
        total=plan.totals().overall,
        contracted=around.contracted,
        reckoned=reckoned,
        findings=findings_of(plan, plans.rules_of(loaded.policy), around),
    )


def _reckoned(plan: Plan, figures: Figures, terms: Terms, starts: date) -> Reckoned:
    return Reckoned(
        terms=terms,
        figures=figures,
        year=year_of(plan, figures, terms, starts),
        over=over_full_time(figures.overall.pas_a_week, terms),
        pensionable=pensionable(figures.overall.pas_a_week, terms),
        hours=hours_with_private_work(figures.overall.hours_a_week, figures.outside_hours, terms),
        out_of_hours=out_of_hours(figures.overall, terms),
    )
