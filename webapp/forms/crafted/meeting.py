"""The screens of a team's session: who took part, and what the service and the team need."""

from collections.abc import Mapping
from typing import Any

from webapp.forms import widgets
from webapp.forms.base import Boxes
from webapp.forms.crafted.plan import Cell, SelectCell
from webapp.forms.errors import Problem, complain
from webapp.forms.fields import Select, Text, YesNo
from webapp.forms.rows import Row, Rows, Typed
from webapp.forms.step import Extra
from workflows.inbox.panels import Panel, TeamPanel


class PresentCell(widgets.Radios):
    """Yes or no in a row."""

    def common(self, field: Any) -> widgets.Params:
        return {**super().common(field), "formGroup": {"classes": "app-cell"}}

    def params(self, field: Any) -> widgets.Params:
        legend = {"text": field.label.text, "classes": "app-cell__label"}
        return {**super().params(field), "fieldset": {"legend": legend}, "small": True}


class RowsExtra(Extra):
    """A screen that supplies one list of rows under the fact's key."""

    key = ""
    title = ""
    """The column that names a row in a complaint."""
    aside: tuple[str, ...] = ()
    rows: Rows

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:  # noqa: ARG003 - whatever was typed
        """What may be chosen in a row stands in the panel."""
        return True

    def press(self, button: str) -> None:
        self.rows.press(button)

    def valid(self) -> bool:
        return self.rows.valid()

    def values(self) -> dict[str, Any]:
        return {self.key: [self.row_values(row) for row in self.rows.filled()]}

    def row_values(self, row: Row) -> dict[str, Any]:
        """A row as the fact holds it: texts are never None."""
        return {column: "" if value is None else value for column, value in row.values().items()}

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        """Complaints come as "attendance.2.reason", counted from 0 over the rows that were sent."""
        placed = set()
        rows = self.rows.filled()
        for key, sentence in problems.items():
            fact, _, rest = key.partition(".")
            number, _, column = rest.partition(".")
            if fact == self.key and number.isdecimal() and int(number) < len(rows):
                row = rows[int(number)]
                complain(row[column] if column in row else row[self.title], sentence)
                placed.add(key)
        return placed

    def problems(self) -> list[Problem]:
        return self.rows.problems(self.title)


class Attendance(RowsExtra):
    """Who was at the session (CPFT 7.4.1). It supplies rows of group, person, present, reason."""

    template = "steps/crafted/attendance.html"
    key = "attendance"
    title = "person"

    def __init__(self, panel: Panel, typed: Typed) -> None:
        groups = panel.groups if isinstance(panel, TeamPanel) else ()
        columns: Boxes = {
            "group": Select("Group", widget=SelectCell(), offered=(("", "Choose a group"), *groups)),
            "person": Text("Name", widget=Cell()),
            "present": YesNo("Was there?", widget=PresentCell(classes="nhsuk-radios--inline")),
            "reason": Text("If not, why?", widget=Cell()),
        }
        self.rows = Rows(self.key, columns, typed, _so_far(panel))

    def valid(self) -> bool:
        readable = self.rows.valid()
        for row in self.rows.filled():
            if row["present"].data is None:
                complain(row["present"], "Say whether they were there.")
            if row["present"].data is False and not row["reason"].data:
                complain(row["reason"], "Say why they were not there.")
        return readable and not self.problems()


class Requirements(RowsExtra):
    """What the service and the team need, and which trust objective each need serves (CPFT 7.4.1)."""

    template = "steps/crafted/requirements.html"
    key = "requirements"
    title = "requirement"

    def __init__(self, panel: Panel, typed: Typed) -> None:
        columns: Boxes = {
            "requirement": Text("What is needed", widget=Cell()),
            "trust_objective": Text("Trust objective that it serves", widget=Cell()),
            "lead": Text("Who leads", widget=Cell()),
        }
        so_far = panel.requirements if isinstance(panel, TeamPanel) else ()
        self.rows = Rows(self.key, columns, typed, so_far or [{}, {}, {}])


def _so_far(panel: Panel) -> list[Mapping[str, Any]]:
    """The list that was sent before, or everybody who is expected."""
    if not isinstance(panel, TeamPanel):
        return []
    expected: list[Mapping[str, Any]] = [{"group": group, "person": name} for group, name in panel.expected]
    return list(panel.attendance) or expected
