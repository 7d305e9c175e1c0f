"""What a job plan holds beside its timetable, in words: on-call, duties, the shape of each line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from webapp.presenters import words
from workflows.domain.plan import CORES, PREMIUMS, Activity, Plan, catalogue, pattern_in_words, shown
from workflows.domain.plan import asked_of as asked
from workflows.domain.plan.in_words import PartInWords, Said, parts_in_words, statements_in_words
from workflows.domain.plan.parts import PARTS

AT_HEAD = frozenset({"until", "extra_reason"})
"""Details of a line that are said with its additional PAs."""


def at_head(plan: Plan) -> list[tuple[str, list[str]]]:
    """What is agreed to above all: the PA total, the on-call commitment and the duties (CPFT-3-c, BTH-3.4.2-a)."""
    return [
        ("Agreed PAs", [f"{words.figure(plan.totals().overall)} a week"]),
        ("On-call commitment", [on_call(plan)]),
        ("Duties and responsibilities", duties(plan) or [no_duties(plan)]),
    ]


def on_call(plan: Plan) -> str:
    """The on-call commitment (CPFT-3-c, BTH-3.4.2-a): "Medical rota: 1 in 8, category A. 1.5 PAs a week"."""
    rotas = [_rota(row) for row in plan.entries("rotas")]
    pas = plan.totals().by_category["on_call"]
    if rotas or plan.in_category("on_call"):
        names = rotas or [line.title for line in plan.in_category("on_call")]
        return f"{'; '.join(names)}. {words.figure(pas)} PAs a week"
    reason = plan.not_applicable.get("on_call") or plan.not_applicable.get("rotas")
    return f"None: {reason}" if reason else "Nothing is said about it yet"


def _rota(row: Mapping[str, Any]) -> str:
    said = [f"1 in {words.figure(row['frequency'])}" if "frequency" in row else ""]
    said.append(f"category {row['category']}" if "category" in row else "")
    return ": ".join(part for part in (str(row.get("rota", "")), ", ".join(one for one in said if one)) if part)


def duties(plan: Plan) -> list[str]:
    """The duties, responsibilities and accountabilities that were accepted, each with its service."""
    kinds = dict(PARTS["duties"].column("kind").options)
    return [
        " ".join(
            part
            for part in (
                f"{kinds[row['kind']]}:" if row.get("kind") in kinds else "",
                str(row.get("duty", "")),
                f"({row['service']})" if row.get("service") else "",
            )
            if part
        )
        for row in plan.entries("duties")
    ]


def no_duties(plan: Plan) -> str:
    """Why there are none."""
    return plan.not_applicable.get("duties") or "Nothing is said about them yet"


def shape(line: Activity, values: Mapping[str, Any] | None = None) -> list[str]:
    """What a line is beside its day and times: its type, how often, in which kind of time, core, additional."""
    types = catalogue(values or {})[line.category]
    said = [
        types[line.subcategory].title if line.subcategory in types else "",
        words.lower_first(pattern_in_words(line.pattern)) if line.pattern else "",
        f"{line.hours} hours" if line.hours else "",
        f"premium time: {words.lower_first(dict(PREMIUMS)[line.premium])}" if line.premium else "",
        words.lower_first(dict(CORES)[line.core]) if line.core else "",
        additional(line),
    ]
    return [one for one in said if one]


def additional(line: Activity) -> str:
    """ "Additional PA until 31 March 2028, under EPA-2027-3: winter pressure"; empty for a line of the contract."""
    if not line.extra:
        return ""
    until = line.more.get("until")
    parts = [
        f"{line.extra.capitalize()} PA",
        f"until {words.short_day(date.fromisoformat(until))}" if until else "",
        f"under {line.agreement}" if line.agreement else "",
    ]
    reason = line.more.get("extra_reason")
    return " ".join(part for part in parts if part) + (f": {reason}" if reason else "")


def details(line: Activity) -> list[str]:
    """What else was said of a line: "How many: 3"."""
    return [
        f"{column.label.rstrip('?')}: {shown(column, line.more[column.key])}"
        for column in asked(line.category)
        if column.key in line.more and column.key not in AT_HEAD
    ]


def parts(plan: Plan) -> tuple[PartInWords, ...]:
    """The parts that say something."""
    return tuple(part for part in parts_in_words(plan) if part.rows or part.reason)


def statements(plan: Plan) -> tuple[Said, ...]:
    """What is stated."""
    return statements_in_words(plan)
