"""The rotas that a doctor is on, in the plan: what was agreed for the whole rota, and no plan's to change."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import Activity
from workflows.domain.rotas import RotaShare

OF_A_ROTA = "rota-"
"""What the ids of lines and rows begin with that come from a rota."""
ID = re.compile(rf"{OF_A_ROTA}(\d+)(?:-|$)")
WORK = MappingProxyType({"predictable": "predictable work", "unpredictable": "unpredictable work"})


def with_rotas(plan: Plan, shares: Iterable[RotaShare]) -> Plan:
    """The plan with the doctor's rotas as they are agreed today, in place of what it said of rotas before. What was
    entered by hand stays. Their PAs stand in on-call lines, which count like any other (BTH-3.4.13.2-c): none before
    anything is agreed."""
    agreed = list(shares)
    lines = tuple(line for line in plan.activities if not line.id.startswith(OF_A_ROTA))
    rows = tuple(row for row in plan.entries("rotas") if not str(row["id"]).startswith(OF_A_ROTA))
    new = tuple(line for share in agreed for line in _lines(share))
    all_rows = (*rows, *(_row(share) for share in agreed))
    filled = {*(["on_call"] if new else []), *(["rotas"] if all_rows else [])}
    return replace(
        plan,
        activities=(*lines, *new),
        rows=MappingProxyType({**plan.rows, "rotas": all_rows} if all_rows or rows else _without(plan, "rotas")),
        not_applicable=MappingProxyType(
            {part: reason for part, reason in plan.not_applicable.items() if part not in filled}
        ),
    )


def rota_of(identity: str) -> int | None:
    """The rota from which a line or row comes, by its id; None for one that was entered by hand."""
    found = ID.match(identity)
    return int(found[1]) if found else None


def rotas_in(plan: Plan) -> frozenset[int]:
    """The rotas from which lines and rows of a plan come."""
    identities = (*(line.id for line in plan.activities), *(str(row["id"]) for row in plan.entries("rotas")))
    return frozenset(rota for each in identities if (rota := rota_of(each)) is not None)


def _without(plan: Plan, part: str) -> dict[str, Any]:
    return {key: rows for key, rows in plan.rows.items() if key != part}


def _lines(share: RotaShare) -> Iterator[Activity]:
    for kind, words in WORK.items():
        pas: Fraction | None = getattr(share, kind)
        if pas:
            yield Activity(
                id=f"{OF_A_ROTA}{share.id}-{kind}",
                category="on_call",
                title=f"{share.name}: {words}",
                day="",
                start="",
                end="",
                place="",
                pas=pas,
                subcategory=kind,
            )


def _row(share: RotaShare) -> MappingProxyType[str, Any]:
    said = {
        "rota": share.name,
        "frequency": _number(share.frequency),
        "category": share.category,
        "predictable": _number(share.predictable or Fraction(0)),
        "unpredictable": _number(share.unpredictable or Fraction(0)),
    }
    cells = {key: value for key, value in said.items() if value != ""}
    return MappingProxyType({"id": f"{OF_A_ROTA}{share.id}", **cells})


def _number(value: Fraction) -> int | float:
    """A figure as a column keeps it; the lines keep it exactly."""
    return int(value) if value.denominator == 1 else round(float(value), 6)
