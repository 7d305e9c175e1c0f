"""What a crafted screen shows beside its questions: the plan and its signatures, or the team and its plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.fields import Field
from workflows.domain.plan import Plan
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import reach, readable, standings_in
from workflows.store import panel_rows, step_pages
from workflows.store import people as people_rows
from workflows.store.models import Case

HELD_BY: Mapping[str, str] = MappingProxyType(
    {
        "service_manager": Role.SERVICE_MANAGER,
        "clinical_manager": Role.CLINICAL_MANAGER,
        "nursing_quality_manager": Role.NURSING_QUALITY_MANAGER,
        "practitioners": Role.PRACTITIONER,
    }
)
"""By group at a team's session (CPFT 7.4.1): the role whose holders are expected."""


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

    person_id: int
    name: str
    role: str
    on_behalf_of: str
    signed_at: datetime
    voided_at: datetime | None
    voided_because: str


@dataclass(frozen=True)
class Said:
    """Something that was entered, with the question that it answers. `value` is in words, but for rows; `by` says whose
    answer it is where several people gave one."""

    label: str
    value: Any
    type: str
    by: str = ""


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
class TeamPanel:
    """A team before or after its session."""

    team: str
    groups: tuple[tuple[str, str], ...]
    """Key and title of the groups that the policy wants at a session."""
    expected: tuple[tuple[str, str], ...]
    """Key of the group and name of whoever is expected; a group that nobody holds has one line without a name."""
    attendance: tuple[Mapping[str, Any], ...]
    requirements: tuple[Mapping[str, Any], ...]
    said: tuple[Said, ...]
    before: tuple[Said, ...]
    """The team's plan as it was approved last."""


@dataclass(frozen=True)
class Nothing:
    """No panel."""


Panel = PlanPanel | TeamPanel | PlainPanel | Nothing
Facts = Mapping[str, Any]
Answers = Mapping[str, Mapping[str, Any]]
"""Values by key and, for what each of several people was asked, by item."""


@dataclass(frozen=True)
class Surroundings:
    """A step's case with what it knows."""

    session: Session
    viewer: Viewer
    row: step_pages.OpenedStep
    loaded: releases.Loaded
    answers: Answers
    """What the case knows: by key and, for what each of several people was asked, by item."""
    now: datetime
    labels: Mapping[str, Field]
    """By fact: the field that asks for it."""

    @cached_property
    def facts(self) -> Facts:
        """Of each key the value written last."""
        return {key: list(by_item.values())[-1] for key, by_item in self.answers.items()}


def panel_of(session: Session, *, viewer: Viewer, step_id: int, now: datetime) -> Panel:
    """What a step shows beside its questions. The viewer's right to the step has been checked with its page."""
    row = step_pages.opened_step(session, trust_id=viewer.trust_id, step_id=step_id)
    if row is None:
        return Nothing()
    build = BUILDERS.get(row.step.screen, plain_panel)
    loaded = releases.of(session, release_id=row.case.release_id)
    answers = panel_rows.newest_facts(session, case_id=row.case.id)
    return build(Surroundings(session, viewer, row, loaded, answers, now, _labels(loaded)))


def plan_panel(around: Surroundings) -> PlanPanel:
    """The plan in work with everything around it."""
    session, case = around.session, around.row.case
    subject = case.subject_id or 0
    draft = panel_rows.draft_of_case(session, case_id=case.id, version_id=around.facts.get("plan_version"))
    in_force = panel_rows.plan_in_force(session, person_id=subject)
    applies = panel_rows.team_plan(session, trust_id=case.trust_id, team_plan_id=around.facts.get("team_plan"))
    signatures = _signatures(around, draft.id if draft else None)
    just = _just_written(around)
    return PlanPanel(
        doctor=around.row.subject or "",
        contract=_contract(around, subject),
        draft=_version(draft),
        in_force=_version(in_force),
        signatures=signatures,
        to_sign=_to_sign(around, {line.person_id for line in signatures if line.voided_at is None}),
        returned=next(iter(just.get("return_reasons", {}).values()), {}),
        disputed=tuple(around.facts.get("disputed") or ()),
        team_plan=applies.number if applies else None,
        team_said=_said(around, applies.content if applies else {}),
        said=_visible(around),
        came_back=_told(around, just) if "to_sign" in around.facts else (),
    )


def plain_panel(around: Surroundings) -> PlainPanel:
    """What a step without a screen of its own has to be judged by."""
    case = around.row.case
    sees = reach(around.session, viewer=around.viewer, now=around.now)
    draft = None
    if case.subject_id and "plan_draft" in readable(standings_in(sees, case, ())):
        named = around.facts.get("plan_version")
        draft = panel_rows.draft_of_case(around.session, case_id=case.id, version_id=named)
    return PlainPanel(
        just_said=_told(around, _just_written(around)),
        said=_visible(around),
        doctor=around.row.subject or "",
        contract=_contract(around, case.subject_id or 0) if draft else None,
        draft=_version(draft),
    )


def team_panel(around: Surroundings) -> TeamPanel:
    """The team with those who are expected at its session, and what has been entered."""
    case, today = around.row.case, civil_day(around.now)
    posts = step_pages.posts_around(around.session, case=case, roles=HELD_BY.values(), today=today)
    groups = around.loaded.policy.values.get("team_session_groups", {})
    before = panel_rows.newest_team_plan(around.session, team_id=case.team_id or 0)
    return TeamPanel(
        team=around.row.team or "",
        groups=tuple(groups.items()),
        expected=tuple(
            (group, name)
            for group in groups
            for name in [name for role, _, name in posts if role == HELD_BY.get(group, group)] or [""]
        ),
        attendance=tuple(around.facts.get("attendance") or ()),
        requirements=tuple(around.facts.get("requirements") or ()),
        said=_visible(around),
        before=_said(around, before.content if before else {}),
    )


BUILDERS: Mapping[str, Callable[[Surroundings], Panel]] = MappingProxyType(
    {
        "plan": plan_panel,
        "sign": plan_panel,
        "directorate_check": plan_panel,
        "hr_check": plan_panel,
        "points": plan_panel,
        "pack": plan_panel,
        "meeting": plan_panel,
        "answer": plan_panel,
        "team_answer": team_panel,
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


def _just_written(around: Surroundings) -> Answers:
    """What the step that was completed last before this one wrote: mostly why this one is there at all."""
    step = around.row.step
    return panel_rows.facts_of_step_before(
        around.session, case_id=around.row.case.id, step_id=step.id, opened_at=step.opened_at
    )


def _labels(loaded: releases.Loaded) -> Mapping[str, Field]:
    """The fields of every drawing of the release: what a team plan holds was asked for in another process."""
    drawings = loaded.diagrams.drawings.values()
    return {asked.key: asked for drawing in drawings for node in drawing.nodes.values() for asked in node.fields}


def _said(around: Surroundings, facts: Facts) -> tuple[Said, ...]:
    """Answers with their questions, in words; what is empty or was never asked is left out."""
    told = [
        Said(field.label, _in_words(around.session, field, facts[field.key]), field.type)
        for field in around.labels.values()
        if facts.get(field.key) not in (None, "", [])
    ]
    rows = facts.get("requirements")
    return (*told, Said("What the service and the team need", rows, "rows")) if rows else tuple(told)


def _in_words(session: Session, field: Field, value: Any) -> Any:
    options = dict(field.options)
    match field.type:
        case "choice":
            return options.get(value, value)
        case "several":
            return [options.get(one, one) for one in value]
        case "person" | "people":
            ids = value if isinstance(value, list) else [value]
            return sorted(people_rows.names(session, person_ids=ids).values())
        case "date":
            return date.fromisoformat(value)
        case _:
            return value


def entered(session: Session, *, case: Case, loaded: releases.Loaded) -> tuple[Said, ...]:
    """What has been entered in a doctor's case, for its parties between their steps: what names its readers is left
    to their steps, and so is what each of several people was asked."""
    answers = panel_rows.newest_facts(session, case_id=case.id)
    asked = (
        field
        for drawing in [loaded.diagrams.drawing(case.process)]
        for element in drawing.order
        for field in drawing.nodes[element].fields
    )
    known = {field.key: field for field in asked if not field.visible}
    return tuple(
        Said(field.label, _in_words(session, field, answers[key][""]), field.type)
        for key, field in known.items()
        if answers.get(key, {}).get("") not in (None, "", [])
    )


def _visible(around: Surroundings) -> tuple[Said, ...]:
    """What this case asked for and got, in the order of its drawings, without what was meant for others."""
    rows = around.facts.get("requirements")
    found = _told(around, around.answers)
    return (*found, Said("What the service and the team need", rows, "rows")) if rows else found


def _told(around: Surroundings, answers: Answers) -> tuple[Said, ...]:
    """These answers with the questions that the case's own drawing and the stages that it calls ask."""
    diagrams = around.loaded.diagrams
    asked: dict[str, Field] = {}
    for stage in diagrams.stages(around.row.case.process):
        drawing = diagrams.drawing(stage)
        for drawn in (field for element in drawing.order for field in drawing.nodes[element].fields):
            asked.setdefault(drawn.key, drawn)
    names = people_rows.names(around.session, person_ids=_items(answers))
    return tuple(
        Said(field.label, _in_words(around.session, field, value), field.type, names.get(_person(item), ""))
        for field in asked.values()
        if not field.visible or around.row.step.role in field.visible
        for item, value in answers.get(field.key, {}).items()
        if value not in (None, "", []) and _is_for(item, around.row.step.item)
    )


def _is_for(item: str, own_item: str) -> bool:
    """In a for-each step people see their own answers to what everybody was asked, not each other's."""
    return not own_item or item in {"", own_item}


def _person(item: str) -> int:
    return int(item) if item.isdecimal() else 0


def _items(answers: Answers) -> set[int | None]:
    return {int(item) for by_item in answers.values() for item in by_item if item.isdecimal()}
