"""A plan beside the contract and the rotas on record, as HR compares them."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from webapp.presenters import rotas, words
from workflows.domain.arithmetic.on_call_supplement import Supplement
from workflows.domain.plan import Plan
from workflows.inbox.on_call_beside import OnCallBeside
from workflows.inbox.panels import ContractInBrief, PlanPanel

CLOSE = Fraction(1, 10_000)
"""Plans keep figures of rotas as decimals."""


class Compared(NamedTuple):
    """Something on record beside what the plan says of it."""

    what: str
    record: str
    plan: str
    differs: bool | None
    """None where there is nothing here to compare with."""


def compared(panel: PlanPanel) -> list[Compared]:
    """Contract and rotas beside the plan: PAs, on-call and dates (CPFT-7.6.13)."""
    if panel.contract is None or panel.draft is None:
        return []
    plan, contract = panel.draft.plan, panel.contract
    total = plan.totals().overall
    return [
        Compared("PAs a week", words.figure(contract.pas), words.figure(total), total != Fraction(contract.pas)),
        _period(plan, contract),
        *(_on_call(panel.on_call) if panel.on_call else ()),
    ]


def _period(plan: Plan, contract: ContractInBrief) -> Compared:
    begins, ends = plan.effective_from, plan.effective_to
    first = f"From {words.short_day(begins)}" if begins else "From the day on which it comes into force"
    last = f" to {words.short_day(ends)}" if ends else ", without a last day"
    held = f"From {words.short_day(contract.starts_on)}"
    held += f" to {words.short_day(contract.ends_on)}" if contract.ends_on else ", without a last day"
    too_soon = begins is not None and begins < contract.starts_on
    too_late = contract.ends_on is not None and max(begins or date.min, ends or date.max) > contract.ends_on
    return Compared("Period", held, first + last, too_soon or too_late)


def _on_call(both: OnCallBeside) -> Iterator[Compared]:
    """Rota by rota how often and in which category; then the supplement, and PAs."""
    record = {part.name: _turn(part.frequency, part.category) for part in both.recorded.rotas}
    plan = {
        str(row.get("rota") or "a rota without a name"): _turn(
            Fraction(str(row.get("frequency") or 0)), str(row.get("category") or "")
        )
        for row in both.rows
    }
    for name in {**record, **plan}:
        here, there = record.get(name, "Not on this rota"), plan.get(name, "Not in the plan")
        yield Compared(f"On call: {name}", here, there, here != there)
    if record or plan:
        paid, planned = (_supplement(one) for one in (both.recorded.supplement, both.supplement))
        yield Compared("Availability supplement", paid, planned, paid != planned)
    agreed = all(part.predictable is not None for part in both.recorded.rotas)
    pas = both.recorded.predictable + both.recorded.unpredictable
    said = words.figure(pas) if agreed else "Not agreed for the rota yet"
    yield Compared("On-call PAs a week", said, words.figure(both.pas), abs(pas - both.pas) > CLOSE if agreed else None)


def _supplement(found: Supplement | None) -> str:
    return rotas.supplement(found) if found else "None"


def _turn(frequency: Fraction, category: str) -> str:
    """ "1 in 8, category A"."""
    often = rotas.one_in(frequency) if frequency else "How often is not said"
    return f"{often}, {f'category {category}' if category else 'no category'}"
