"""The parts of a plan that hold rows, and its statements: boxes made from the descriptions of the domain."""

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField

from webapp.forms.answers import MAKERS, Answers
from webapp.forms.base import Boxes
from webapp.forms.crafted.cells import answered, cells, identity, said, shown
from webapp.forms.crafted.plan.reason import reason_box
from webapp.forms.rows import Row, Rows, Typed
from workflows.domain.fields import Field
from workflows.domain.plan import PARTS, STATEMENTS, Plan

OPEN_AT_MOST = 11
"""Columns of a row that are all in the open; of more, those behind IN_THE_OPEN are folded."""
IN_THE_OPEN = 8
STATEMENTS_MARKER = "statements-shown"
COLUMNS: Mapping[str, Boxes] = {key: {"id": HiddenField(), **cells(part.columns)} for key, part in PARTS.items()}


class PartRows:
    """A part of the plan: its rows, or why there are none."""

    def __init__(self, key: str, plan: Plan, typed: Typed) -> None:
        self.part = PARTS[key]
        self.key, self.title, self.hint, self.one = key, self.part.title, self.part.hint, self.part.one
        names = [column.key for column in self.part.columns]
        split = len(names) if len(names) <= OPEN_AT_MOST else IN_THE_OPEN
        self.open, self.folded = tuple(names[:split]), tuple(names[split:])
        rows = [{"id": row["id"], **shown(self.part.columns, row)} for row in plan.entries(key)]
        self.rows = Rows(key, COLUMNS[key], typed, rows, aside=("id",))
        self.reason_form = reason_box(key, "If there is nothing to say here: why? “None” will do.", plan, typed)

    @property
    def reason(self) -> Any:
        """The box of the reason."""
        return self.reason_form["reason"]

    def called(self, row: Row) -> str:
        """What a row is called: "Audit of falls", "objective 2"."""
        named = said(row[self.part.named])
        options = dict(self.part.column(self.part.named).options)
        return options.get(named, named) or self.one

    def entries(self) -> list[dict[str, str]]:
        """The rows as the plan's JSON has them."""
        return [{"id": identity(row), **answered(self.part.columns, row)} for row in self.rows.filled()]


class Statements(Answers):
    """What a plan states once. Nothing of it has to be answered for the plan to be kept: the findings say what is
    missing."""

    def __init__(self, plan: Plan, typed: Typed) -> None:
        super().__init__(STATEMENTS, prefix="statements")
        self.process(typed if typed is not None and STATEMENTS_MARKER in typed else None, data=dict(plan.statements))

    def box(self, field: Field, _: Any) -> Any:
        """In what a statement is made."""
        return MAKERS[field.type](field, field.label, [])

    def given(self) -> dict[str, Any]:
        """What is stated, by key."""
        return {field.key: said_or_typed(self[field.key]) for field in STATEMENTS}


def said_or_typed(box: Any) -> Any:
    """A statement as the plan's JSON has it."""
    return box.data if isinstance(box.data, bool) or box.data is None else said(box)
