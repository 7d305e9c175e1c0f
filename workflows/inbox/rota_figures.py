"""A doctor's part in the rotas that they are on: what was agreed for everybody on each, and the supplement."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from workflows import releases
from workflows.calculating import rules
from workflows.domain import rotas as rota_rules
from workflows.domain.arithmetic import on_call_supplement as supplements
from workflows.domain.arithmetic.on_call_supplement import METHOD_NOT_STATED, Supplement
from workflows.domain.arithmetic.working import Working
from workflows.domain.rotas import RotaShare
from workflows.inbox import Session
from workflows.inbox.rotas import supplement_of, working_of
from workflows.store import posts as post_rows
from workflows.store import rotas as rota_rows
from workflows.store.models import Rota


@dataclass(frozen=True, kw_only=True)
class Part(RotaShare):
    """A doctor's part in one rota on a day, with what it rests on."""

    team: str
    equal_share: bool
    diary: tuple[date, date] | None
    """The first and last day of the diary from which it was agreed."""
    applies_from: date | None
    working: tuple[Working, ...]


@dataclass(frozen=True)
class RotaFigures:
    """All of a doctor's on-call on a day. `frequency` is that of all rotas together, None for a doctor on none; `notes`
    are sentences that have to be seen beside the figures."""

    rotas: tuple[Part, ...]
    frequency: Fraction | None
    category: str
    supplement: Supplement | None
    predictable: Fraction
    unpredictable: Fraction
    notes: tuple[str, ...]


def rota_figures(session: Session, *, person_id: int, on: date) -> RotaFigures:
    """A doctor's on-call on a day: every rota that they are on with what was agreed for it, how often they are on call
    overall, and the supplement. No plan says anything else (BTH-3.4.13.2-b)."""
    rotas = rota_rows.of_people(session, person_ids=[person_id], on=on)
    parts = tuple(_part(rota, person_id, on) for rota in rotas)
    if not parts:
        return RotaFigures((), None, "", None, Fraction(0), Fraction(0), ())
    categories = {part.category for part in parts}
    category = categories.pop() if len(categories) == 1 else ""
    contract = post_rows.contract_of(session, person_id=person_id, on=on)
    found = None
    if contract:
        by = rules.of(releases.published(session, trust_id=rotas[0].trust_id))
        found = supplement_of(by, contract, rotas, on)
    notes = (METHOD_NOT_STATED if len(parts) > 1 else "", found.flag if found else "")
    return RotaFigures(
        rotas=parts,
        frequency=supplements.combined([part.frequency for part in parts]),
        category=category,
        supplement=found,
        predictable=sum((part.predictable or Fraction(0) for part in parts), Fraction(0)),
        unpredictable=sum((part.unpredictable or Fraction(0) for part in parts), Fraction(0)),
        notes=tuple(note for note in notes if note),
    )


def _part(rota: Rota, person_id: int, on: date) -> Part:
    place = next(one for one in rota_rules.on_it(rota.members, on) if one.person_id == person_id)
    agreed = rota_rules.in_force(rota.diaries, on)
    return Part(
        **vars(rota_rules.share(rota, on)),
        team=rota.team.name,
        equal_share=place.equal_share,
        diary=(agreed.starts_on, agreed.ends_on) if agreed else None,
        applies_from=agreed.applies_from if agreed else None,
        working=working_of(agreed) if agreed else (),
    )
