"""The parts of a job plan in words: rows with what their columns say, and statements."""

from collections.abc import Mapping
from typing import NamedTuple

from workflows.domain.fields import Json
from workflows.domain.plan.comparing import row_title, shown
from workflows.domain.plan.content import Plan
from workflows.domain.plan.parts import PARTS, STATEMENTS, Part


class Said(NamedTuple):
    """An answer with its question."""

    label: str
    text: str


class Row(NamedTuple):
    """A row of a part: what it is called, and what else it says."""

    title: str
    said: tuple[Said, ...]


class PartInWords(NamedTuple):
    """A part of the plan: its rows, or why there are none; "" where nothing has been said."""

    key: str
    title: str
    rows: tuple[Row, ...]
    reason: str


def parts_in_words(plan: Plan) -> tuple[PartInWords, ...]:
    """Every part, in the order in which a plan is read."""
    return tuple(
        PartInWords(
            key, part.title, tuple(_row(part, row) for row in plan.entries(key)), plan.not_applicable.get(key, "")
        )
        for key, part in PARTS.items()
    )


def _row(part: Part, row: Mapping[str, Json]) -> Row:
    said = (
        Said(column.label.rstrip("?"), shown(column, row[column.key]))
        for column in part.columns
        if column.key in row and column.key != part.named
    )
    return Row(row_title(part, row), tuple(said))


def statements_in_words(plan: Plan) -> tuple[Said, ...]:
    """What is stated, in the order of the questions."""
    return tuple(
        Said(each.label, shown(each, plan.statements[each.key])) for each in STATEMENTS if each.key in plan.statements
    )
