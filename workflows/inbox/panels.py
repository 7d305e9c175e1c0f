"""What a crafted screen shows beside its questions: the plan and its signatures, or the team and its plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from workflows import plans, releases
from workflows.calculating.around import around_plan
from workflows.calculating.basis import Basis, basis_of
from workflows.domain.calendars import civil_day
from workflows.domain.plan import Finding, Kind, Plan, catalogue, findings_of
from workflows.inbox import Session, Viewer
from workflows.inbox.dispute_panels import SCREENS as OF_A_DISPUTE
from workflows.inbox.dispute_panels import DisputePanel, dispute_panel
from workflows.inbox.extra_panels import SCREENS as OF_AN_AGREEMENT
from workflows.inbox.extra_panels import ExtraPanel, extra_panel
from workflows.inbox.on_call_beside import OnCallBeside, on_call_beside
from workflows.inbox.reach import reach, readable, standings_in
from workflows.inbox.review_panels import PayPanel, ReviewPanel, looked_back_at, pay_panel, review_panel
from workflows.inbox.said import Said, Surroundings, entered, given, just_written, team_said, told, visible
from workflows.inbox.team_panels import RoundPanel, TeamPanel, round_panel, team_panel
from workflows.store import panel_rows, step_pages
from workflows.store import people as people_rows
from workflows.store import plans as plan_rows

__all__ = [
    "ContractInBrief", "DisputePanel", "ExtraPanel", "Nothing", "Panel", "PayPanel", "PlainPanel", "PlanPanel",
    "ReviewPanel", "RoundPanel", "Said", "TeamPanel", "Version", "entered", "panel_of",
]  # fmt: skip


@dataclass(frozen=True)
class ContractInBrief:
    """A doctor's contract; `pas` are the contracted PAs a week."""

    kind: str
    grade: str
    pas: Decimal
    starts_on: date
    ends_on: date | None
    payroll_number: str = ""


@dataclass(frozen=True)
class Version:
    """A version of a plan."""

    number: int
    status: str
    plan: Plan
    effective_from: date | None
    written_at: datetime
    by_doctor: bool = False
    """Whether the doctor wrote it last, and not the other side."""


@dataclass(frozen=True)
class SignatureLine:
    """A signature: whose, in which role, and when; voided by an edit or standing."""

    person_id: int
    name: str
    role: str
    on_behalf_of: str
    signed_at: datetime
    voided_at: datetime | None
    voided_because: str


@dataclass(frozen=True)
class PlanPanel:
    """All that the screens of a plan show. `draft` is the version in work, `agreed` the one agreed last: it counts
    today, or it waits for its first day."""

    doctor: str
    contract: ContractInBrief | None
    draft: Version | None
    agreed: Version | None
    signatures: tuple[SignatureLine, ...]
    to_sign: tuple[str, ...]
    returned: Mapping[str, str]
    """Why the directorate returned the plan, by section; empty once it was corrected and signed."""
    disputed: tuple[Mapping[str, Any], ...]
    team_plan: int | None
    team_said: tuple[Said, ...]
    """The team plan that applies, question by question."""
    said: tuple[Said, ...] = ()
    """What has been entered in this case so far, as far as the viewer may see it."""
    rules: Mapping[str, Any] = field(default_factory=dict)
    """The policy's rules on plans, with their clauses."""
    findings: tuple[Finding, ...] = ()
    """What they find in the draft."""
    basis: Basis | None = None
    """The terms under which the draft is reckoned; None where the policy has none."""
    catalogue: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """The policy's types of activity by category, each with its title."""
    templates: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The policy's templates of a plan, each with its title and its lines."""
    leave_booking: str = ""
    """Where the rules on booking leave are (BTH-3.4.12.1-f)."""
    on_call: OnCallBeside | None = None
    """The draft's on-call beside the rotas on record, where it is to be compared."""
    came_back: tuple[Said, ...] = ()
    """What was said in the step before, once the plan has been out to be signed: why somebody has to change it."""


@dataclass(frozen=True)
class PlainPanel:
    """Beside a step without a screen of its own: what was said in the step before it, all that has been entered so
    far, and the plan in work where there is one and the viewer may read it."""

    just_said: tuple[Said, ...]
    said: tuple[Said, ...]
    doctor: str
    contract: ContractInBrief | None
    draft: Version | None


@dataclass(frozen=True)
class Nothing:
    """No panel."""


Panel = PlanPanel | TeamPanel | RoundPanel | DisputePanel | ExtraPanel | PlainPanel | PayPanel | ReviewPanel | Nothing


def panel_of(session: Session, *, viewer: Viewer, step_id: int, now: datetime, to_read: bool = False) -> Panel:
    """What a step shows beside its questions; `to_read`: as far as what was entered can only be read beside it. The
    viewer's right to the step has been checked with its page."""
    row = step_pages.opened_step(session, trust_id=viewer.trust_id, step_id=step_id)
    if row is None:
        return Nothing()
    build = (TO_READ if to_read else BUILDERS).get(row.step.screen, plain_panel)
    return build(Surroundings(session, viewer, row, releases.of(session, release_id=row.case.release_id), now))


def plan_panel(around: Surroundings) -> PlanPanel:
    """The plan in work with everything around it."""
    session, case = around.session, around.row.case
    subject = case.subject_id or 0
    draft = panel_rows.draft_of_case(session, case_id=case.id, version_id=around.facts.get("plan_version"))
    agreed = plan_rows.agreed_last(session, person_id=subject)
    applies = panel_rows.team_plan(session, trust_id=case.trust_id, team_plan_id=around.facts.get("team_plan"))
    signatures = _signatures(around, draft.id if draft else None)
    just, rules = just_written(around), plans.rules_of(around.loaded.policy)
    version = _version(draft)
    basis = _basis(around, draft, version.plan) if version else None
    return PlanPanel(
        doctor=around.row.subject or "",
        contract=_contract(around, subject),
        draft=version,
        agreed=_version(agreed),
        signatures=signatures,
        to_sign=_to_sign(around, {line.person_id for line in signatures if line.voided_at is None}),
        returned=next(iter(just.get("return_reasons", {}).values()), {}),
        disputed=tuple(around.facts.get("disputed") or ()),
        team_plan=applies.number if applies else None,
        team_said=team_said(around, applies.content if applies else {}),
        said=visible(around),
        rules=rules,
        findings=_findings(around, version.plan, basis, subject, rules) if version else (),
        basis=basis,
        catalogue={category: _titles(types) for category, types in catalogue(around.loaded.policy.values).items()},
        templates=around.loaded.policy.values.get("plan_templates", {}),
        leave_booking=str(around.loaded.policy.values.get("leave_booking", "")),
        came_back=told(around, just) if "to_sign" in around.facts else (),
    )


def hr_panel(around: Surroundings) -> PlanPanel:
    """The plan in work beside all that is on record of pay."""
    panel, person = plan_panel(around), around.row.case.subject_id
    if panel.draft is None or person is None:
        return panel
    today = civil_day(around.now)
    both = on_call_beside(around.session, around.loaded, panel.draft.plan, person_id=person, today=today)
    return replace(panel, on_call=both)


def _titles(types: Mapping[str, Kind]) -> tuple[tuple[str, str], ...]:
    return tuple((key, one.title) for key, one in types.items())


def _findings(
    around: Surroundings, plan: Plan, basis: Basis | None, doctor: int, rules: Mapping[str, Any]
) -> tuple[Finding, ...]:
    if not rules:
        return ()
    today = civil_day(around.now)
    beside = around_plan(around.session, around.loaded, plan, person_id=doctor, basis=basis, today=today)
    return findings_of(plan, rules, beside)


def _basis(around: Surroundings, draft: Any, plan: Plan) -> Basis | None:
    return basis_of(around.loaded, plan, contract=draft.contract_kind, today=civil_day(around.now))


def plain_panel(around: Surroundings) -> PlainPanel:
    """What a step without a screen of its own has to be judged by."""
    case = around.row.case
    sees = reach(around.session, viewer=around.viewer, now=around.now)
    draft = None
    if case.subject_id and "plan_draft" in readable(standings_in(sees, case, ())):
        named = around.facts.get("plan_version")
        draft = panel_rows.draft_of_case(around.session, case_id=case.id, version_id=named)
    return PlainPanel(
        just_said=told(around, just_written(around)) or given(around),
        said=visible(around),
        doctor=around.row.subject or "",
        contract=_contract(around, case.subject_id or 0) if draft else None,
        draft=_version(draft),
    )


BUILDERS: Mapping[str, Callable[[Surroundings], Panel]] = MappingProxyType(
    {
        "plan": plan_panel,
        "sign": plan_panel,
        "directorate_check": plan_panel,
        "hr_check": hr_panel,
        "points": plan_panel,
        "pack": plan_panel,
        "meeting": plan_panel,
        "answer": plan_panel,
        "team_answer": team_panel,
        "attendance": team_panel,
        "team_plan": team_panel,
        "team_sessions": round_panel,
        "evidence": plan_panel,
        "pay_decision": pay_panel,
        "review": review_panel,
        **dict.fromkeys(OF_A_DISPUTE, dispute_panel),
        **dict.fromkeys(OF_AN_AGREEMENT, extra_panel),
    }
)
TO_READ: Mapping[str, Callable[[Surroundings], Panel]] = MappingProxyType({**BUILDERS, "review": looked_back_at})


def _contract(around: Surroundings, person_id: int) -> ContractInBrief | None:
    row = panel_rows.contract(around.session, person_id=person_id, today=civil_day(around.now))
    if row is None:
        return None
    return ContractInBrief(
        row.kind, row.grade, row.programmed_activities, row.starts_on, row.ends_on, row.payroll_number
    )


def _version(row: Any) -> Version | None:
    if row is None:
        return None
    plan, own = Plan.from_json(row.content), row.written_by_id == row.person_id
    return Version(row.number, row.status, plan, row.effective_from, row.written_at, own)


def _signatures(around: Surroundings, version_id: int | None) -> tuple[SignatureLine, ...]:
    rows = panel_rows.signatures(around.session, version_id=version_id) if version_id else []
    names = people_rows.names(
        around.session, person_ids=[person for row in rows for person in (row.person_id, row.on_behalf_of_id)]
    )
    return tuple(
        SignatureLine(
            person_id=row.on_behalf_of_id or row.person_id,
            name=names.get(row.person_id, ""),
            role=around.loaded.policy.title(row.role),
            on_behalf_of=names.get(row.on_behalf_of_id or 0, ""),
            signed_at=row.signed_at,
            voided_at=row.voided_at,
            voided_because=row.voided_because,
        )
        for row in rows
    )


def _to_sign(around: Surroundings, signed: set[int]) -> tuple[str, ...]:
    """Who has yet to sign, in order. A role that nobody holds is there by its title."""
    waiting = [item for item in around.facts.get("to_sign") or () if item not in signed]
    names = people_rows.names(around.session, person_ids=[item for item in waiting if isinstance(item, int)])
    return tuple(
        names.get(item, "") if isinstance(item, int) else f"{around.loaded.policy.title(item)} (nobody holds this role)"
        for item in waiting
    )
