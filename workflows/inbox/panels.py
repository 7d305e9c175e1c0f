"""What a crafted screen shows beside its questions: the plan and its signatures, or the team and its plan."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.plan import Plan
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.store import panel_rows, step_pages
from workflows.store import people as people_rows

AT_THE_SESSION = (Role.SERVICE_MANAGER, Role.CLINICAL_MANAGER, Role.NURSING_QUALITY_MANAGER)
"""Who besides the practitioners has a place at a team's session (CPFT 7.4.1)."""


@dataclass(frozen=True)
class ContractInBrief:
    """A doctor's contract; `pas` are the contracted PAs a week."""

    kind: str
    grade: str
    pas: Decimal
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Version:
    """A version of a plan."""

    number: int
    plan: Plan
    effective_from: date | None
    written_at: datetime


@dataclass(frozen=True)
class SignatureLine:
    """A signature: whose, in which role, and when; voided by an edit or standing."""

    name: str
    role: str
    on_behalf_of: str
    signed_at: datetime
    voided_at: datetime | None
    voided_because: str


@dataclass(frozen=True)
class Said:
    """Something that was entered, with the question that it answers."""

    label: str
    value: Any
    type: str


@dataclass(frozen=True)
class PlanPanel:
    """All that the screens of a plan show. `draft` is the version in work, `in_force` the one that counts today."""

    doctor: str
    contract: ContractInBrief | None
    draft: Version | None
    in_force: Version | None
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


@dataclass(frozen=True)
class TeamPanel:
    """A team before or after its session."""

    team: str
    expected: tuple[tuple[str, str], ...]
    """Title of the group and name of whoever is expected at the session."""
    attendance: tuple[Mapping[str, Any], ...]
    requirements: tuple[Mapping[str, Any], ...]
    said: tuple[Said, ...]
    before: tuple[Said, ...]
    """The team's plan as it was approved last."""


@dataclass(frozen=True)
class Nothing:
    """No panel."""


Panel = PlanPanel | TeamPanel | Nothing
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Surroundings:
    """A step's case with what it knows."""

    session: Session
    viewer: Viewer
    row: step_pages.OpenedStep
    loaded: releases.Loaded
    facts: Facts
    now: datetime
    labels: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """By fact: the label and the type of the field that asks for it."""


def panel_of(session: Session, *, viewer: Viewer, step_id: int, now: datetime) -> Panel:
    """What the crafted screen of a step shows. The viewer's right to the step has been checked with its page."""
    row = step_pages.opened_step(session, trust_id=viewer.trust_id, step_id=step_id)
    build = BUILDERS.get(row.step.screen) if row else None
    if row is None or build is None:
        return Nothing()
    loaded = releases.of(session, release_id=row.case.release_id)
    facts = panel_rows.newest_facts(session, case_id=row.case.id)
    return build(Surroundings(session, viewer, row, loaded, facts, now, _labels(loaded)))


def plan_panel(around: Surroundings) -> PlanPanel:
    """The plan in work with everything around it."""
    session, case = around.session, around.row.case
    subject = case.subject_id or 0
    draft = panel_rows.draft_of_case(session, case_id=case.id, version_id=around.facts.get("plan_version"))
    in_force = panel_rows.plan_in_force(session, person_id=subject)
    applies = panel_rows.team_plan(session, trust_id=case.trust_id, team_plan_id=around.facts.get("team_plan"))
    waiting = [person for person in around.facts.get("to_sign") or () if isinstance(person, int)]
    names = people_rows.names(session, person_ids=waiting)
    return PlanPanel(
        doctor=around.row.subject or "",
        contract=_contract(around, subject),
        draft=_version(draft),
        in_force=_version(in_force),
        signatures=_signatures(around, draft.id if draft else None),
        to_sign=tuple(names[person] for person in waiting if person in names),
        returned=_returned(around.facts),
        disputed=tuple(around.facts.get("disputed") or ()),
        team_plan=applies.number if applies else None,
        team_said=_said(applies.content if applies else {}, around.labels),
        said=_visible(around),
    )


def team_panel(around: Surroundings) -> TeamPanel:
    """The team with those who are expected at its session, and what has been entered."""
    case, today = around.row.case, civil_day(around.now)
    roles = (Role.PRACTITIONER, *AT_THE_SESSION)
    posts = step_pages.posts_around(around.session, case=case, roles=roles, today=today)
    order = {role.value: place for place, role in enumerate((*AT_THE_SESSION, Role.PRACTITIONER))}
    before = panel_rows.newest_team_plan(around.session, team_id=case.team_id or 0)
    return TeamPanel(
        team=around.row.team or "",
        expected=tuple(
            dict.fromkeys(
                (around.loaded.policy.title(role), name)
                for role, _, name in sorted(posts, key=lambda post: (order[post[0]], post[2]))
            )
        ),
        attendance=tuple(around.facts.get("attendance") or ()),
        requirements=tuple(around.facts.get("requirements") or ()),
        said=_visible(around),
        before=_said(before.content if before else {}, around.labels),
    )


BUILDERS: Mapping[str, Callable[[Surroundings], Panel]] = MappingProxyType(
    {
        "plan": plan_panel,
        "sign": plan_panel,
        "directorate_check": plan_panel,
        "hr_check": plan_panel,
        "points": plan_panel,
        "pack": plan_panel,
        "attendance": team_panel,
        "team_plan": team_panel,
    }
)


def _contract(around: Surroundings, person_id: int) -> ContractInBrief | None:
    row = panel_rows.contract(around.session, person_id=person_id, today=civil_day(around.now))
    if row is None:
        return None
    return ContractInBrief(row.kind, row.grade, row.programmed_activities, row.starts_on, row.ends_on)


def _version(row: Any) -> Version | None:
    if row is None:
        return None
    return Version(row.number, Plan.from_json(row.content), row.effective_from, row.written_at)


def _signatures(around: Surroundings, version_id: int | None) -> tuple[SignatureLine, ...]:
    rows = panel_rows.signatures(around.session, version_id=version_id) if version_id else []
    names = people_rows.names(
        around.session, person_ids=[person for row in rows for person in (row.person_id, row.on_behalf_of_id)]
    )
    return tuple(
        SignatureLine(
            name=names.get(row.person_id, ""),
            role=around.loaded.policy.title(row.role),
            on_behalf_of=names.get(row.on_behalf_of_id or 0, ""),
            signed_at=row.signed_at,
            voided_at=row.voided_at,
            voided_because=row.voided_because,
        )
        for row in rows
    )


def _returned(facts: Facts) -> Mapping[str, str]:
    reasons = facts.get("return_reasons") if facts.get("check_answer") != "accept" else None
    return reasons if isinstance(reasons, dict) else {}


def _labels(loaded: releases.Loaded) -> Mapping[str, tuple[str, str]]:
    """The fields of every drawing of the release: what a team plan holds was asked for in another process."""
    return {
        asked.key: (asked.label, asked.type)
        for drawing in loaded.diagrams.drawings.values()
        for node in drawing.nodes.values()
        for asked in node.fields
    }


def _said(facts: Facts, labels: Mapping[str, tuple[str, str]]) -> tuple[Said, ...]:
    known = {**labels, "requirements": ("What the service and the team need", "rows")}
    return tuple(
        Said(known[key][0], value, known[key][1])
        for key, value in facts.items()
        if key in known and value not in (None, "", [])
    )


def _visible(around: Surroundings) -> tuple[Said, ...]:
    """What this case's own diagram asked for and got, in its order, without what was meant for others."""
    return _said({key: around.facts.get(key) for key in _open_fields(around)}, around.labels)


def _open_fields(around: Surroundings) -> Iterable[str]:
    drawing = around.loaded.diagrams.drawing(around.row.case.process)
    for element in drawing.order:
        for asked in drawing.nodes[element].fields:
            if not asked.visible or around.row.step.role in asked.visible:
                yield asked.key
