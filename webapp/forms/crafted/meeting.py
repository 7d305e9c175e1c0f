"""The screens of a team's session: who took part, and what the service and the team need."""

from collections.abc import Mapping
from typing import Any

from webapp.forms import widgets
from webapp.forms.base import Boxes
from webapp.forms.crafted.cells import Cell, SelectCell
from webapp.forms.errors import Problem, complain
from webapp.forms.fields import Select, Text, YesNo
from webapp.forms.rows import Row, Rows, Typed
from webapp.forms.step import Extra
from workflows.inbox.panels import Panel, RoundPanel, TeamPanel


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


class Needs(RowsExtra):
    """What each service needs in PAs a week, to be held against what the team's plans come to (CPFT 7.4.1)."""

    key = "service_needs"
    title = "service"

    def __init__(self, panel: Panel, typed: Typed) -> None:
        columns: Boxes = {
            "service": Text("Service, as the job plans call it", widget=Cell()),
            "pas": Text("PAs a week", widget=Cell(inputmode="decimal")),
        }
        self.rows = Rows(self.key, columns, typed, panel.needs if isinstance(panel, TeamPanel) else ())


class Teaching(RowsExtra):
    """Clinical sessions with teaching in them, their workload and funding (BTH-3.4.8.6-b)."""

    key = "teaching_sessions"
    title = "session"

    def __init__(self, panel: Panel, typed: Typed) -> None:
        columns: Boxes = {
            "session": Text("Session", widget=Cell()),
            "workload": Text("Workload without teaching", widget=Cell(inputmode="decimal")),
            "share": Text("Share of teaching in %", widget=Cell(inputmode="decimal")),
            "funding": Text("How it is funded", widget=Cell()),
            "adjustment": Text("What it changes in the team’s plan", widget=Cell()),
        }
        so_far = panel.teaching if isinstance(panel, TeamPanel) else ()
        self.rows = Rows(self.key, columns, typed, so_far)


class TeamPlan(Extra):
    """The team's plan: what is needed, by service in PAs, and, where the policy weighs teaching, the sessions with
    teaching in them."""

    template = "steps/crafted/team_plan.html"

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:  # noqa: ARG003 - whatever was typed
        """The panel says whether teaching is weighed."""
        return True

    def __init__(self, panel: Panel, typed: Typed) -> None:
        self.needs = Requirements(panel, typed)
        self.teaching = Teaching(panel, typed) if isinstance(panel, TeamPanel) and panel.weighs_from else None
        self.services = Needs(panel, typed)
        self.lists: list[RowsExtra] = [self.needs, self.services, *([self.teaching] if self.teaching else [])]

    def press(self, button: str) -> None:
        for each in self.lists:
            each.press(button)

    def valid(self) -> bool:
        looked_at = [each.valid() for each in self.lists]
        return all(looked_at)

    def values(self) -> dict[str, Any]:
        return {key: value for each in self.lists for key, value in each.values().items()}

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        return {key for each in self.lists for key in each.complain(problems)}

    def problems(self) -> list[Problem]:
        return [problem for each in self.lists for problem in each.problems()]


class TeamSessions(RowsExtra):
    """Teams of the care group that hold one session together, and the AMD's grounds (CPFT 7.4)."""

    template = "steps/crafted/team_sessions.html"
    key = "combined_sessions"
    title = "staff_numbers"

    def __init__(self, panel: Panel, typed: Typed) -> None:
        teams = (("", "Choose a team"), *(panel.teams if isinstance(panel, RoundPanel) else ()))
        columns: Boxes = {
            "team": Select("Team", widget=SelectCell(), offered=teams),
            "with_team": Select("Meets together with", widget=SelectCell(), offered=teams),
            "staff_numbers": Text("How many staff do they have?", widget=Cell()),
            "interaction": Text("How do they work together?", widget=Cell()),
        }
        self.rows = Rows(self.key, columns, typed, panel.combined if isinstance(panel, RoundPanel) else ())


def _so_far(panel: Panel) -> list[Mapping[str, Any]]:
    """The list that was sent before, or everybody who is expected."""
    if not isinstance(panel, TeamPanel):
        return []
    expected: list[Mapping[str, Any]] = [{"group": group, "person": name} for group, name in panel.expected]
    return list(panel.attendance) or expected
