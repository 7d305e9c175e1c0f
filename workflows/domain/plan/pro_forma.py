"""A job plan in the rows and columns of a policy's own form (BTH Appendix 5): what stands where, and the totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from workflows.domain.calendars import in_words as day_in_words
from workflows.domain.fields import number_in_words
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import DAYS, Activity
from workflows.domain.plan.patterns import in_words as how_often

NOON, EVENING, MORNING = "12:00", "19:00", "07:00"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
PARTS_OF_DAY: Mapping[str, str] = MappingProxyType({"am": "am", "pm": "pm", "night": "(7pm-7am)"})
DCC = "DCC"
FORM_ROWS = (
    *((day, part, f"{DAYS[day]} {words}") for day in WEEKDAYS for part, words in PARTS_OF_DAY.items()),
    ("saturday", "", "Saturday"),
    ("sunday", "", "Sunday"),
)
"""The seventeen rows of the printed timetable (BTH-App5-b)."""


@dataclass(frozen=True)
class Code:
    """A code of the form and the kinds of activity it stands for; `defined` where the policy says what it means."""

    code: str
    title: str
    kinds: tuple[str, ...]
    defined: bool


@dataclass(frozen=True)
class Entry:
    """A line of the plan on the form: one cell for each column. PAs are texts, "" in the columns that are not its."""

    title: str
    when: str
    place: str
    often: str
    dcc: str
    other: str
    """The PAs that are no direct clinical care, with their code: "SPA 1.5"."""
    additional: str
    """Additional PAs with their time limit: "1 until 31 March 2028"."""
    spare: str


@dataclass(frozen=True)
class FormRow:
    """A row of the timetable with the lines that begin in it."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class FormTotals:
    """What the form adds up: by code within the contract, the additional PAs, and all together. Unpredictable on-call
    work stands in a line of its own and is part of DCC (BTH-App5-e)."""

    by_code: Mapping[str, Fraction]
    additional: Fraction
    overall: Fraction
    unpredictable: Fraction


def codes_of(values: Mapping[str, Any]) -> tuple[Code, ...]:
    """The codes of the form, as the policy's values map them (BTH-App5-c)."""
    return tuple(
        Code(code, said["title"], tuple(said["kinds"]), not said.get("undefined", False))
        for code, said in values.get("form_codes", {}).items()
    )


def rows_of(plan: Plan, codes: Iterable[Code]) -> tuple[FormRow, ...]:
    """The rows of the timetable, each with its lines in the order of time; last, where there is any, what has no fixed
    day. A line stands in the part of the day in which it begins."""
    by_kind = _by_kind(codes)
    found: dict[tuple[str, str], list[Activity]] = {}
    for line in sorted(plan.activities, key=lambda one: (one.start or "99", one.title)):
        found.setdefault(_row(line), []).append(line)
    rows = [(title, found.get((day, part), [])) for day, part, title in FORM_ROWS]
    rows += [("No fixed day", found[("", "")])] if ("", "") in found else []
    return tuple(FormRow(title, tuple(_entry(line, by_kind) for line in lines)) for title, lines in rows)


def totals_of(plan: Plan, codes: Iterable[Code]) -> FormTotals:
    """The totals of the form. Every line is counted once: under its code, or as additional."""
    codes = tuple(codes)
    by_kind, sums = _by_kind(codes), {code.code: Fraction(0) for code in codes}
    additional = Fraction(0)
    for line in plan.activities:
        if line.extra:
            additional += line.pas
        else:
            sums[by_kind[line.category]] = sums.get(by_kind[line.category], Fraction(0)) + line.pas
    return FormTotals(MappingProxyType(sums), additional, plan.totals().overall, unpredictable(plan))


def unpredictable(plan: Plan) -> Fraction:
    """PAs a week of unpredictable work on call: as agreed for the rotas, else those of on-call lines without times."""
    agreed = [Fraction(str(row["unpredictable"])) for row in plan.entries("rotas") if "unpredictable" in row]
    lines = (line.pas for line in plan.in_category("on_call") if not line.start)
    return sum(agreed or lines, Fraction(0))


def _by_kind(codes: Iterable[Code]) -> Mapping[str, str]:
    """The code of each kind of activity; a kind without one stands for itself, on-call for clinical care."""
    return _Codes({kind: code.code for code in codes for kind in code.kinds})


class _Codes(dict[str, str]):
    def __missing__(self, kind: str) -> str:
        return DCC if kind in {"dcc", "on_call"} else kind.upper()


def _row(line: Activity) -> tuple[str, str]:
    if line.day not in WEEKDAYS:
        return line.day, ""
    if not line.start or MORNING <= line.start < NOON:
        return line.day, "am"
    return line.day, "pm" if NOON <= line.start < EVENING else "night"


def _entry(line: Activity, by_kind: Mapping[str, str]) -> Entry:
    code, pas = by_kind[line.category], number_in_words(line.pas)
    until = line.more.get("until")
    limit = f" until {day_in_words(date.fromisoformat(until))}" if until else ""
    return Entry(
        title=line.title,
        when=f"{line.start} to {line.end}" if line.start else f"{line.hours} hours" if line.hours else "",
        place=line.place,
        often=how_often(line.pattern),
        dcc=pas if code == DCC and not line.extra else "",
        other=f"{code} {pas}" if code != DCC and not line.extra else "",
        additional=f"{'' if code == DCC else f'{code} '}{pas}{limit}" if line.extra else "",
        spare=str(line.more.get("spare", "")),
    )
