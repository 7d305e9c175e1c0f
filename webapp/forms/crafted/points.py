"""The points in dispute: element by element, what it is now and what each side wants."""

from webapp.forms.base import Boxes
from webapp.forms.crafted.meeting import RowsExtra
from webapp.forms.crafted.plan import Cell, SelectCell
from webapp.forms.errors import complain
from webapp.forms.fields import LongText, Select, Text
from webapp.forms.rows import Rows, Typed
from workflows.domain.plan import Activity
from workflows.inbox.panels import Panel, PlanPanel

OTHERS = {"effective_from": "Start of the plan", "base": "Main place of work", "notes": "Notes"}


class Points(RowsExtra):
    """It supplies rows of element, current, practitioner, manager, reason (TCS Schedule 4)."""

    template = "steps/crafted/points.html"
    key = "disputed"
    title = "element"

    def __init__(self, panel: Panel, typed: Typed) -> None:
        elements = elements_of(panel)
        columns: Boxes = {
            "element": Select("Point", widget=SelectCell(), offered=[("", "Choose a point"), *elements]),
            "current": Text("As it is now", widget=Cell()),
            "practitioner": Text("What the doctor wants", widget=Cell()),
            "manager": Text("What the manager wants", widget=Cell()),
            "reason": LongText("Why they differ", widget=Cell()),
        }
        so_far = panel.disputed if isinstance(panel, PlanPanel) else ()
        self.rows = Rows(self.key, columns, typed, so_far or [{}])

    def valid(self) -> bool:
        readable = self.rows.valid()
        for row in self.rows.filled():
            if not row["element"].data:
                complain(row["element"], "Choose the point in dispute.")
        return readable and not self.problems()

    def problems(self) -> list[dict[str, str]]:
        return self.rows.problems("current")


def elements_of(panel: Panel) -> list[tuple[str, str]]:
    """Every element of the draft and of the plan agreed last that may be in dispute: its id and its words."""
    if not isinstance(panel, PlanPanel):
        return []
    plans = [version.plan for version in (panel.draft, panel.agreed) if version]
    lines = {activity.id: _words(activity) for plan in reversed(plans) for activity in plan.activities}
    return [*lines.items(), *OTHERS.items()]


def _words(activity: Activity) -> str:
    return " ".join(part for part in (activity.title, activity.day.capitalize(), activity.start) if part)
