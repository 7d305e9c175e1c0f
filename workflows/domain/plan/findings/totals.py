"""The plan's total beside the contract, and additional PAs above it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from workflows.domain.arithmetic.contracted import difference, lacking
from workflows.domain.calendars import in_words
from workflows.domain.extra_pa import last_day
from workflows.domain.lengths import Length
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around, ExtraPas
from workflows.domain.plan.findings.finding import WHOLE, Found, Severity, day_of, lines, named, rule, shortly
from workflows.domain.plan.lines import CATEGORIES, Activity

NONE = Fraction(0)
SHOWN = Fraction(1, 2000)
"""What is less is shown as nothing: figures of rotas come back from a form as decimals."""


def _additional(plan: Plan) -> Fraction:
    return sum((line.pas for line in plan.activities if line.extra), NONE)


@rule("Total away from the contract", Severity.WARNING, "the contract’s PAs, or why it is another total")
def total(plan: Plan, around: Around) -> Iterator[Found]:
    """A full-time plan totals 10 standard PAs, a part-time plan the pro rata figure (CPFT-7.1-d, BTH-3.2.9)."""
    if around.contracted is None:
        return
    standard = plan.totals().overall - _additional(plan)
    gap = difference(standard, min(around.contracted, around.full_time)).value
    if abs(gap) >= SHOWN:
        side = "more" if gap > 0 else "fewer"
        yield Found(WHOLE, "", f"The plan has {shortly(abs(gap))} PA {side} than the contract.")


@rule("A full-time plan without clinical care or supporting activities", Severity.WARNING, "time for both, or why not")
def made_up(plan: Plan, around: Around) -> Iterator[Found]:
    """Full time is made up of clinical care and supporting activities, with others beside them (BTH-3.2.9)."""
    if around.contracted is not None and not around.part_time:
        for category in lacking(plan.totals().by_category):
            yield Found(f"not_applicable.{category}", "", f"{CATEGORIES[category]}: there are no PAs for it.")


@rule("PAs above full time that are not marked", Severity.ERROR, "which lines are the additional ones")
def over_full_time(plan: Plan, around: Around) -> Iterator[Found]:
    """Above 10 PAs the plan marks which lines are the temporary additional ones (BTH-3.2.10, CPFT-App1-c)."""
    unmarked = plan.totals().overall - _additional(plan) - around.full_time
    if unmarked > 0:
        words = (
            f"{shortly(unmarked)} PA above the {shortly(around.full_time)} of full time are not marked as additional."
        )
        yield Found(WHOLE, "", f"{words} Mark the lines, or take something out.")


@rule("Additional PAs without their reason", Severity.ERROR, "why they are needed")
def extra_reason(plan: Plan, _: Around) -> Iterator[Found]:
    """Each additional PA has a stated reason (CPFT-App1-c)."""
    for place, line in _extras(plan):
        if not (line.more.get("extra_reason") or line.need or line.details):
            words = "say why these additional PAs are needed."
            yield Found(f"{place}.more.extra_reason", line.id, f"{named(line)}: {words}")


@rule("Additional PAs without an agreement", Severity.ERROR, "the reference of an agreement that counts")
def extra_agreed(plan: Plan, around: Around) -> Iterator[Found]:
    """Additional PAs are under an agreement of their own, approved and accepted (CPFT-7.2.2-b, BTH-App3.1-a)."""
    for place, line in _extras(plan):
        if not line.agreement:
            words = "name the agreement on additional PAs. It is asked for, and accepted, apart from this plan."
            yield Found(f"{place}.agreement", line.id, f"{named(line)}: {words}")
        elif around.extras is not None and _agreement(line, around) is None:
            words = f"there is no agreement {line.agreement} that counts from the first day of the plan on."
            yield Found(f"{place}.agreement", line.id, f"{named(line)}: {words}")


@rule("Additional PAs without an end", Severity.ERROR, "a last day within the agreement, and within twelve months")
def extra_until(plan: Plan, around: Around) -> Iterator[Found]:
    """They end, after twelve months at most where the policy says so (CPFT-7.2.2-c), and not after their agreement."""
    starts = plan.effective_from or around.today
    months = int(_limits(around).get("longest_months", 0))
    for place, line in _extras(plan):
        agreement, ends = _agreement(line, around), day_of(line.more.get("until"))
        ends = ends or (agreement.ends_on if agreement else None)
        if ends is None:
            yield Found(f"{place}.more.until", line.id, f"{named(line)}: say when these additional PAs end.")
        elif starts and (words := _wrong_end(starts, ends, months, agreement)):
            yield Found(f"{place}.more.until", line.id, f"{named(line)}: {words}")


def _wrong_end(starts: date, ends: date, months: int, agreement: ExtraPas | None) -> str:
    if ends < starts:
        return "they end before the plan begins."
    if agreement and ends > agreement.ends_on:
        return f"their agreement ends on {in_words(agreement.ends_on)}."
    if months and ends > (last := last_day(starts, Length(months, "month"))):
        return f"they can last {months} months at most: until {in_words(last)}."
    return ""


@rule("More spare capacity than can be offered", Severity.ERROR, "fewer extra PAs", section="dcc")
def spare_capacity(plan: Plan, around: Around) -> Iterator[Found]:
    """From spare capacity one PA a week is offered at most (BTH-App3.2-b)."""
    most = Fraction(str(_limits(around).get("spare_capacity_pas", 1)))
    extra = sum((line.pas for line in plan.activities if line.extra == "extra"), NONE)
    if extra > most:
        words = f"From spare capacity {shortly(most)} PA a week is the most; the plan has {shortly(extra)}."
        yield Found(WHOLE, "", words)


@rule("Extra PAs without their spare capacity", Severity.WARNING, "which spare capacity it uses")
def spare_named(plan: Plan, _: Around) -> Iterator[Found]:
    """An extra PA is linked to spare capacity (BTH-App3.2-a)."""
    for place, line in _extras(plan):
        if line.extra == "extra" and not line.more.get("spare"):
            yield Found(f"{place}.more.spare", line.id, f"{named(line)}: say which spare capacity it uses.")


def _extras(plan: Plan) -> Iterator[tuple[str, Activity]]:
    return ((place, line) for place, line in lines(plan) if line.extra)


def _agreement(line: Activity, around: Around) -> ExtraPas | None:
    return next((each for each in around.extras or () if each.reference == line.agreement), None)


def _limits(around: Around) -> dict[str, Any]:
    limits: dict[str, Any] = around.values.get("extra_pa", {})
    return limits
