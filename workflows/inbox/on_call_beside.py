"""A plan's on-call beside what is on record: the rotas that the doctor is on, and what was agreed for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from workflows.calculating import rules
from workflows.domain.arithmetic import on_call_supplement as supplements
from workflows.domain.arithmetic.on_call_supplement import Supplement, Turn
from workflows.domain.plan import Plan
from workflows.inbox import Session
from workflows.inbox.rota_figures import RotaFigures, rota_figures
from workflows.releases import Loaded
from workflows.store import posts as post_rows


@dataclass(frozen=True)
class OnCallBeside:
    """Both sides on the plan's first day (CPFT-7.6.13). `pas` are the plan's on-call PAs a week."""

    recorded: RotaFigures
    rows: tuple[Mapping[str, Any], ...]
    """The rotas of the plan."""
    pas: Fraction
    supplement: Supplement | None
    """By the plan's rotas; None where it names none, or the contract on that day is not known."""


def on_call_beside(session: Session, loaded: Loaded, plan: Plan, *, person_id: int, today: date) -> OnCallBeside:
    """A doctor's plan beside the rotas on record."""
    on = plan.effective_from or today
    recorded, rows = rota_figures(session, person_id=person_id, on=on), plan.entries("rotas")
    contract = post_rows.contract_of(session, person_id=person_id, on=on)
    found = None
    if rows and contract:
        shares = {part.name: part.equal_share for part in recorded.rotas}
        turns = [
            Turn(Fraction(str(row["frequency"])), row.get("category", ""), shares.get(row.get("rota", ""), True))
            for row in rows
            if Fraction(str(row.get("frequency") or 0)) > 0
        ]
        grade = supplements.grade_of(contract.kind, contract.grade)
        found = supplements.overall(rules.of(loaded).decide, grade=grade, turns=turns) if turns else None
    return OnCallBeside(recorded, rows, plan.totals().by_category["on_call"], found)
