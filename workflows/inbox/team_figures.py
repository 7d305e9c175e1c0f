"""A team's plans in figures: what each member carries, and what all of them come to together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from workflows import releases
from workflows.calculating import rules
from workflows.domain.arithmetic.on_call_supplement import grade_of
from workflows.domain.arithmetic.supporting import expected_workload, part_time_split, standards
from workflows.domain.arithmetic.terms import NoTerms, terms
from workflows.domain.arithmetic.working import PER_CENT, Working
from workflows.domain.fields import Json
from workflows.domain.plan import Plan
from workflows.domain.rotas import on_it
from workflows.domain.teamwork import LEADS, Gap, OnCall, Plans, Service, Shared, gaps, services, shared
from workflows.inbox import Session
from workflows.inbox.rotas import how_often
from workflows.store.models import Contract, PlanVersion, Rota, TeamPlan

WHOLE = Fraction(100)


@dataclass(frozen=True)
class ToCome:
    """A version that is a draft in work, or agreed for a later day; `starts` is None of a draft."""

    id: int
    number: int
    doctor: str
    starts: date | None


@dataclass(frozen=True)
class PartTime:
    """A part-timer's split beside the pro rata one, in PAs a week, and the clinical work to be expected in per cent of
    a whole-time colleague's (BTH-3.4.6-a, BTH-3.4.6-d)."""

    dcc: Fraction
    dcc_pro_rata: Fraction
    spa: Fraction
    spa_pro_rata: Fraction
    workload: Fraction
    working: tuple[Working, ...]


@dataclass(frozen=True)
class Carries:
    """What a member carries by the plan that is shown: in force, or `proposed`. `by_category` are PAs a week; the rows
    of `rotas` are those of the plan."""

    total: Fraction
    by_category: Mapping[str, Fraction]
    on_call: tuple[str, ...]
    rotas: tuple[Mapping[str, Json], ...]
    leads: tuple[str, ...]
    proposed: bool
    part_time: PartTime | None


@dataclass(frozen=True)
class TeamRota:
    """An on-call rota of the team today; the frequency is the 8 of 1 in 8, None while nobody is on it."""

    id: int
    name: str
    category: str
    doctors: int
    frequency: Fraction | None


@dataclass(frozen=True)
class TeamFigures:
    """What the team's plans come to."""

    carries: Mapping[int, Carries]
    """By person."""
    shared: tuple[Shared, ...]
    services: tuple[Service, ...]
    """With the effect of what is proposed for those to whom drafts are shown."""
    gaps: tuple[Gap, ...]
    gaps_now: tuple[Gap, ...]
    """Of the plans in force alone: what a proposal mends is here and not among `gaps`."""
    rotas: tuple[TeamRota, ...]
    to_come: tuple[ToCome, ...]
    chosen: ToCome | None
    """The version that is shown in place of its doctor's plan in force."""


@dataclass(frozen=True)
class TeamRows:
    """What the store holds of a team's plans: those in force by person, and what is to come of those to whom it may be
    shown, None where it may not."""

    trust_id: int
    today: date
    people: Mapping[int, str]
    in_force: Mapping[int, PlanVersion]
    coming: Sequence[PlanVersion] | None
    contracts: Mapping[int, Contract]
    rotas: Sequence[Rota]
    team_plan: TeamPlan | None

    def listed(self, key: str) -> Sequence[Mapping[str, Json]]:
        """Rows of the team's plan."""
        return (self.team_plan.content.get(key) or ()) if self.team_plan else ()


def team_figures(session: Session, *, rows: TeamRows, instead: int) -> TeamFigures:
    """The figures of a team, `instead` being the id of a version to come that is to be shown in place of the plan in
    force of its doctor; 0 for none."""
    by = rules.of(releases.published(session, trust_id=rows.trust_id))
    chosen = next((row for row in rows.coming or () if row.id == instead), None)
    now = {person: Plan.from_json(row.content) for person, row in rows.in_force.items()}
    proposals = {row.person_id: Plan.from_json(row.content) for row in ([chosen] if chosen else rows.coming or ())}
    shown = {**now, **(proposals if chosen else {})}
    then = None if rows.coming is None else _named(rows, {**now, **proposals})
    served = services(_named(rows, now), then, rows.listed("service_needs"))
    gaps_now = _gaps(by, rows, now, services(_named(rows, now), None, rows.listed("service_needs")))
    part_time = _part_times(by, rows, shown)
    return TeamFigures(
        carries={
            person: _carries(plan, part_time.get(person), proposed=bool(chosen and chosen.person_id == person))
            for person, plan in shown.items()
        },
        shared=shared(_named(rows, shown)),
        services=served,
        gaps=_gaps(by, rows, shown, served) if chosen else gaps_now,
        gaps_now=gaps_now,
        rotas=tuple(_rota(rota, rows.today) for rota in _open(rows)),
        to_come=tuple(to_come_of(row, rows) for row in rows.coming or ()),
        chosen=to_come_of(chosen, rows) if chosen else None,
    )


def _gaps(by: rules.Rules, rows: TeamRows, plans: Mapping[int, Plan], served: Iterable[Service]) -> tuple[Gap, ...]:
    rotas = [OnCall(rota.name, len(on_it(rota.members, rows.today))) for rota in _open(rows)]
    asked = by.values.get("team_rules", {})
    return gaps(_named(rows, plans), asked, requirements=rows.listed("requirements"), served=served, rotas=rotas)


def _named(rows: TeamRows, plans: Mapping[int, Plan]) -> Plans:
    """Plans by the doctor's name; of two with one name the second is told apart by a number."""
    named: dict[str, Plan] = {}
    for person, name in rows.people.items():
        if person in plans:
            same = sum(one == name or one.startswith(f"{name} (") for one in named)
            named[f"{name} ({same + 1})" if same else name] = plans[person]
    return named


def _open(rows: TeamRows) -> list[Rota]:
    return [rota for rota in rows.rotas if rota.closed_on is None or rota.closed_on > rows.today]


def _rota(rota: Rota, today: date) -> TeamRota:
    return TeamRota(rota.id, rota.name, rota.category, len(on_it(rota.members, today)), how_often(rota, today))


def to_come_of(row: PlanVersion, rows: TeamRows) -> ToCome:
    """A version that is to come."""
    return ToCome(
        row.id, row.number, rows.people[row.person_id], row.effective_from if row.status == "agreed" else None
    )


def _carries(plan: Plan, part_time: PartTime | None, *, proposed: bool) -> Carries:
    totals = plan.totals()
    return Carries(
        total=totals.overall,
        by_category=totals.by_category,
        on_call=_titles(plan, {"on_call"}),
        rotas=plan.entries("rotas"),
        leads=_titles(plan, LEADS),
        proposed=proposed,
        part_time=part_time,
    )


def _titles(plan: Plan, categories: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.title for one in plan.activities if one.category in categories))


def _part_times(by: rules.Rules, rows: TeamRows, plans: Mapping[int, Plan]) -> dict[int, PartTime]:
    """The part-timers among the team's doctors with their splits."""
    found = ((person, _part_time(by, rows, rows.contracts.get(person), plan)) for person, plan in plans.items())
    return {person: split for person, split in found if split}


def _part_time(by: rules.Rules, rows: TeamRows, contract: Contract | None, plan: Plan) -> PartTime | None:
    """A part-timer's split; None of others, and where the policy says nothing of the contract."""
    if contract is None:
        return None
    try:
        under = terms(by.values, contract.kind, rows.today)
    except NoTerms:
        return None
    pas = Fraction(contract.programmed_activities)
    if pas >= under.full_time_pas:
        return None
    grade = grade_of(contract.kind, contract.grade)
    usual = standards(by.decide, grade=grade, pas=under.full_time_pas, terms=under)
    whole = usual.norm or usual.minimum
    if whole is None:
        return None
    sums = plan.totals().by_category
    split = part_time_split(pas, whole.spa, under, dcc=sums["dcc"], spa=sums["spa"])
    workload = expected_workload(WHOLE, sums["dcc"], under.full_time_pas - whole.spa, PER_CENT)
    spa = whole.spa * pas / under.full_time_pas
    return PartTime(sums["dcc"], split.value, sums["spa"], spa, workload.value, (*split.working, *workload.working))
