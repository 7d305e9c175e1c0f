"""On call: the rota's own figures, its category and frequency, and work that nobody can foresee."""

from collections.abc import Iterator
from fractions import Fraction

from workflows.domain.arithmetic.on_call import beyond_limit
from workflows.domain.arithmetic.on_call_supplement import NO_TABLE, supplement
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import CONSULTANT, SAS, Around
from workflows.domain.plan.findings.finding import Found, Severity, called, number_of, rows, rule, shortly

CLOSE = Fraction(1, 10_000)
"""Rows keep figures as decimals."""


@rule("On-call work without its rota", Severity.WARNING, "the rota, how often, and its category", section="rotas")
def rota_stated(plan: Plan, _: Around) -> Iterator[Found]:
    """The plan states the on-call commitment (CPFT-3-c, BTH-3.4.2-a, BTH-3.4.13.1-c)."""
    if plan.in_category("on_call") and not plan.entries("rotas"):
        yield Found("plan", "", "There is on-call work in the plan, and no rota.")
    asked = {"frequency": "how often, as 1 in how many", "category": "its category, A or B"}
    for place, row in rows(plan, "rotas"):
        for key in (key for key in asked if not row.get(key)):
            yield Found(f"{place}.{key}", row["id"], f"{called(row, 'rota', 'Rota')}: say {asked[key]}.")


@rule("On-call PAs that are not the rota’s", Severity.ERROR, "the figures that were agreed for everybody on the rota")
def rota_pas(plan: Plan, around: Around) -> Iterator[Found]:
    """Everybody on a rota has the same on-call PAs, set at specialty level and not in one plan (BTH-3.4.13.2-b)."""
    by_name = {rota.name: rota for rota in around.rotas}
    for place, row in rows(plan, "rotas"):
        agreed = by_name.get(str(row.get("rota", "")))
        for key in ("predictable", "unpredictable"):
            everybody, here = getattr(agreed, key, None), number_of(row.get(key))
            if everybody is not None and abs(here - everybody) > CLOSE:
                words = f"{key} work is {shortly(everybody)} PA for everybody on it, and {shortly(here)} here."
                yield Found(f"{place}.{key}", row["id"], f"“{row['rota']}”: {words}")


@rule("Much unpredictable work on call", Severity.WARNING, "another look at the rota and the diary", section="rotas")
def unpredictable_limit(plan: Plan, around: Around) -> Iterator[Found]:
    """An average above two PAs a week is flagged (BTH-App4-g)."""
    found = list(rows(plan, "rotas"))
    total = sum((number_of(row.get("unpredictable")) for _, row in found), Fraction(0))
    if found and around.terms and (words := beyond_limit(total, around.terms.unpredictable_limit)):
        place, row = found[-1]
        yield Found(f"{place}.unpredictable", row["id"], words)


@rule("Frequency without a supplement", Severity.WARNING, "what was decided about the supplement")
def rota_frequency(plan: Plan, around: Around) -> Iterator[Found]:
    """A frequency between the bands of the table is flagged and not rounded (BTH-3.4.13.1-a)."""
    grade = around.kind_of_grade
    for place, row in rows(plan, "rotas"):
        if grade not in {CONSULTANT, SAS} or not row.get("frequency") or not row.get("category"):
            continue
        found = supplement(around.decide, grade=grade, category=row["category"], often=number_of(row["frequency"]))
        if found.flag and found.flag != NO_TABLE:
            yield Found(f"{place}.frequency", row["id"], f"{called(row, 'rota', 'Rota')}: {found.flag}")
