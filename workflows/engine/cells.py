"""Cells of decision tables against what their columns declare: what an editor refuses, in the words of the checker.

    fault(column, cell)    a sentence, or "" where the cell says what its column takes

A case that runs asks none of this: what a table once answered it goes on answering.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from workflows.domain.calculations import CALCULATIONS
from workflows.domain.fields import Json
from workflows.domain.wording import code, listed, short
from workflows.engine.decisions import NotACell, bounds, literals, read_answer, read_test
from workflows.engine.values import is_number
from workflows.engine.xml import Element

NUMBER = "number"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("string", "text"), "text"),
        **dict.fromkeys(("number", "integer", "long", "double", "decimal"), NUMBER),
        "boolean": "boolean",
        "date": "date",
    }
)
"""What the types that tables declare are for us; of any other type a column takes anything."""
TAKES: Mapping[str, str] = MappingProxyType(
    {
        "text": "a text in quotation marks",
        NUMBER: "a number",
        "boolean": "true or false",
        "date": "a day in quotation marks, such as \"2027-03-31\"",
    }
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEVER_IN_TEXTS = re.compile(r'["\\]')
MOST_OPTIONS = 12
"""Answers to a question that a sentence names."""
MOST_SHOWN = 60
"""Characters of a label or of a value, in a sentence."""


@dataclass(frozen=True)
class Column:
    """A column: what it is called, the declared type, and between which numbers its own must lie. An answer `alone` is
    one value and no list. `options`: the keys and the words of the only answers that there can be to its question."""

    label: str
    type: str
    answers: bool
    least: int | None = None
    most: int | None = None
    above: bool = False
    """Whether it has to be more than `least`."""
    alone: bool = False
    options: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """text, number, boolean or date; "" where it takes anything."""
        return KINDS.get(self.type, "")


def column(table: str, label: str, type_: str, *, name: str, answers: bool) -> Column:
    """A column of a table. `name`: what it looks at, or the name of its answer, by which calculations know it."""
    calculation = CALCULATIONS.get(table)
    limits = calculation.limits.get(name) if calculation else None
    alone = bool(calculation and answers and name in calculation.outputs)
    if limits is None:
        return Column(label, type_, answers, alone=alone)
    return Column(label, type_, answers, limits.least, limits.most, limits.above, alone)


def asks(table: str, drawn: Element) -> Column:
    """The column of an input, as a table draws it."""
    looks = next(drawn.iterchildren("{*}inputExpression"), None)
    text = "".join(looks.itertext()).strip() if looks is not None else ""
    declared = looks.get("typeRef", "") if looks is not None else ""
    return column(table, drawn.get("label", "") or text, declared, name=text, answers=False)


def answers(table: str, drawn: Element) -> Column:
    """The column of an answer."""
    name = drawn.get("name", "")
    return column(table, drawn.get("label", "") or name, drawn.get("typeRef", ""), name=name, answers=True)


def faults(number: int, columns: Sequence[Column], cells: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What is wrong in a rule: of each such cell the place of its column, and a sentence."""
    for place, (each, cell) in enumerate(zip(columns, cells, strict=False)):
        if found := fault(each, cell):
            yield place, f"Rule {number}: {found}"


def fault(column: Column, cell: str) -> str:
    """Why a cell does not belong into its column, as a sentence."""
    kind, label = column.kind, f"“{column.label[:MOST_SHOWN]}”"
    takes = f"{label} takes {TAKES[kind]}" if kind else label
    cell = cell.strip()
    try:
        (read_answer if column.answers else read_test)(cell)
    except NotACell as error:
        if kind == "text" and _NEVER_IN_TEXTS.search(cell):
            return f"{label}: a text cannot hold quotation marks or backslashes."
        return f"{takes}: {str(error) if kind in ('', 'text', 'date') else str(error).partition('. ')[0] + '.'}"
    except ValueError as error:
        return f"{label}: {error}"
    values = [value for value in literals(cell) if value is not None]
    if kind and (wrong := next((value for value in values if not _is(kind, value)), None)) is not None:
        return f"{takes}, and {_shown(wrong)} is none."
    if column.alone and len(values) > 1:
        return f"{label} takes one value, and no list."
    beyond = (words for value in values if is_number(value) and (words := _beyond(column, label, value)))
    return _void(label, cell) or not_offered(column, cell) or next(beyond, "")


def not_offered(column: Column, cell: str) -> str:
    """Which value of a cell is no answer to the question that its column looks at, as a sentence; "" for none."""
    known = dict(column.options)
    wrong = [value for value in literals(cell) if value is not None and value not in known] if known else []
    if not wrong:
        return ""
    named = [f"“{short(words)}” ({code(key)})" for key, words in column.options[:MOST_OPTIONS]]
    more = len(known) - len(named)
    offered = listed([*named, f"{more} more"] if more else named)
    return f"“{column.label[:MOST_SHOWN]}” is never {_shown(wrong[0])}. The answers to it are {offered}."


def _void(label: str, cell: str) -> str:
    """A sentence on a range in which nothing lies, else ""."""
    ends = bounds(cell)
    if ends is None:
        return ""
    low, high, closed = ends
    comparable = (is_number(low) and is_number(high)) or (isinstance(low, str) and isinstance(high, str))
    if not comparable or low < high or (low == high and closed):
        return ""
    return f"{label}: nothing lies in {code(cell)}. The lower end comes first, and must be below the other."


def _beyond(column: Column, label: str, value: float) -> str:
    if column.least is not None and (value < column.least or (column.above and value == column.least)):
        return f"{label} must be {'more than' if column.above else 'at least'} {column.least}, and {value:g} is not."
    if column.most is not None and value > column.most:
        return f"{label} must be at most {column.most}, and {value:g} is more."
    return ""


def _is(kind: str, value: Json) -> bool:
    if kind == NUMBER:
        return is_number(value)
    if kind == "boolean":
        return isinstance(value, bool)
    return isinstance(value, str) and (kind != "date" or bool(_DAY.fullmatch(value)))


def _shown(value: Json) -> str:
    """A value as it is written in a cell, in a sentence."""
    if isinstance(value, str):
        return f'"{value[:MOST_SHOWN]}"'
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"
