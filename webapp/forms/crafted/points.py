"""The points in dispute: element by element, how it is now and what each side wants."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from webapp.forms.base import Boxes
from webapp.forms.crafted.meeting import RowsExtra
from webapp.forms.crafted.plan import Cell, SelectCell
from webapp.forms.errors import Problem, complain, problem
from webapp.forms.fields import LongText, Select, Text, day_in
from webapp.forms.rows import Row, Rows, Typed
from workflows.domain.calendars import in_full
from workflows.domain.disputes import PARTS
from workflows.domain.plan import Activity, Plan
from workflows.inbox.panels import Panel, PlanPanel

SIDES = ("practitioner", "manager")
NOT_THERE = "Not in the plan"
START = "effective_from"


class LongCell(Cell):
    """A box of several lines in a row."""

    macro = "textarea"


class Points(RowsExtra):
    """It supplies rows of element, current, practitioner, practitioner_pas, manager, manager_pas, reason (TCS
    Schedule 4). How an element is now is said by us, from the plan that was agreed last."""

    template = "steps/crafted/points.html"
    key = "disputed"
    title = "element"

    def __init__(self, panel: Panel, typed: Typed) -> None:
        versions = (panel.agreed, panel.draft) if isinstance(panel, PlanPanel) else ()
        agreed, draft = (version.plan if version else None for version in versions or (None, None))
        lines = {line.id: line for plan in (agreed, draft) if plan for line in plan.activities}
        self.elements = {**{key: _words(line) for key, line in lines.items()}, **PARTS}
        self.now = now_of(agreed, lines)
        offered = [("", "Choose a point"), *self.elements.items()]
        pas = Cell(inputmode="decimal")
        columns: Boxes = {
            "element": Select("Which part of the plan?", widget=SelectCell(), offered=offered),
            "practitioner": Text("What the doctor wants", widget=LongCell(rows=2)),
            "practitioner_pas": Text("PAs a week, as the doctor wants", widget=pas),
            "manager": Text("What the manager wants", widget=LongCell(rows=2)),
            "manager_pas": Text("PAs a week, as the manager wants", widget=pas),
            "reason": LongText("Why they differ", widget=LongCell(rows=2)),
        }
        so_far = panel.disputed if isinstance(panel, PlanPanel) else ()
        self.rows = Rows(self.key, columns, typed, so_far or [{}])

    def is_now(self, row: Row) -> str:
        """How the chosen part is now, in words; "" while none is chosen."""
        return self.now.get(row["element"].data or "", "")

    def valid(self) -> bool:
        readable = self.rows.valid()
        for row in self.rows.filled():
            if not row["element"].data:
                complain(row["element"], "Choose the part of the plan that is in dispute.")
            if row["element"].data == START:
                for side in SIDES:
                    if row[side].data and day_in(row[side].data) is None:
                        complain(row[side], "Give the start of the plan as a date, such as 1 April 2027.")
        return readable and not self.problems()

    def row_values(self, row: Row) -> dict[str, Any]:
        values = {**super().row_values(row), "current": self.is_now(row)}
        if values["element"] == START:
            for side in SIDES:
                day = day_in(values[side])
                values[side] = day.isoformat() if day else values[side]
        return values

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        """The sentences begin with the number of their row, which stands beside the box anyway."""
        return super().complain({key: _of_the_row(sentence) for key, sentence in problems.items()})

    def problems(self) -> list[Problem]:
        return [
            problem(field, self.elements.get(row["element"].data or "", f"Point {place}"))
            for place, row in enumerate(self.rows, 1)
            for field in row
            if field.errors
        ]


def now_of(plan: Plan | None, lines: Mapping[str, Activity]) -> dict[str, str]:
    """How each element is now, in words: in the plan that was agreed last, if there is one."""
    before = {line.id: line for line in plan.activities} if plan else {}
    start: date | None = plan.effective_from if plan else None
    return {
        **{key: before[key].in_words() if key in before else NOT_THERE for key in lines},
        START: in_full(start) if start else "No date",
        "base": (plan.base if plan else "") or "None",
        "notes": (plan.notes if plan else "") or "None",
    }


def _words(line: Activity) -> str:
    return f"{line.title}: {line.in_words()}"


def _of_the_row(sentence: str) -> str:
    """ "Row 2: say why it is in dispute." -> "Say why it is in dispute." """
    row, _, said = sentence.partition(": ")
    return said[:1].upper() + said[1:] if row.startswith("Row ") and said else sentence
