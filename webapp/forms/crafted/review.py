"""The record of a review: what came of each supporting activity and objective, and what was agreed with whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from webapp.forms.base import Boxes, Part
from webapp.forms.errors import Problem, complain, problem
from webapp.forms.fields import Day, LongText, Select, Text
from webapp.forms.rows import Rows, Typed
from webapp.forms.step import Extra
from workflows.domain import reviews
from workflows.domain.plan import Activity, Plan
from workflows.inbox.panels import Panel, ReviewPanel

LONG = {"rows": 2}


class Block(Part):
    """What is asked of one thing that is looked back at."""

    def __init__(self, key: str, number: int, about: str, title: str, boxes: Boxes) -> None:
        self.about, self.title = about, title
        super().__init__(boxes, prefix=f"{key}-{number}")

    def values(self) -> dict[str, Any]:
        """What was typed, by box; days as texts."""
        return {key: as_text(field.data) for key, field in self._fields.items()}


class Review(Extra):
    """It supplies spa_reviewed, objective_progress and review_actions (domain.reviews)."""

    template = "steps/crafted/review.html"

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:  # noqa: ARG003 - whatever was typed
        """What is looked back at stands in the panel."""
        return True

    def __init__(self, panel: Panel, typed: Typed) -> None:
        shown = panel if isinstance(panel, ReviewPanel) else ReviewPanel(Plan(), ())
        plan = shown.before
        self.spa = [
            Block(reviews.SPA, number, line.id, line.title, of_activity(line))
            for number, line in enumerate(reviews.supporting(plan))
        ]
        self.objectives = [
            Block(reviews.OBJECTIVES, number, str(row["id"]), str(row.get("objective") or ""), of_objective())
            for number, row in enumerate(reviews.objectives(plan))
        ]
        for block in (*self.spa, *self.objectives):
            block.process(typed)
        people = [("", "Choose somebody"), *((str(key), name) for key, name in shown.people)]
        columns: Boxes = {
            "action": LongText("What is to be done?", render_kw=LONG),
            "owner": Select("Who does it?", offered=people),
            "due_on": Day("By when?"),
        }
        self.rows = Rows(reviews.ACTIONS, columns, typed)

    def press(self, button: str) -> None:
        self.rows.press(button)

    def valid(self) -> bool:
        return all([*(block.validate() for block in (*self.spa, *self.objectives)), self.rows.valid()])

    def values(self) -> dict[str, Any]:
        return {
            reviews.SPA: [{"activity": block.about, **block.values()} for block in self.spa],
            reviews.OBJECTIVES: [{"objective": block.about, **block.values()} for block in self.objectives],
            reviews.ACTIONS: [
                {key: as_text(value) for key, value in row.values().items()} for row in self.rows.filled()
            ],
        }

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        parts: Mapping[str, list[Any]] = {
            reviews.SPA: self.spa,
            reviews.OBJECTIVES: self.objectives,
            reviews.ACTIONS: self.rows.filled(),
        }
        placed = set()
        for key, sentence in problems.items():
            fact, _, rest = key.partition(".")
            number, _, column = rest.partition(".")
            if fact in parts and number.isdecimal() and int(number) < len(parts[fact]):
                complain(parts[fact][int(number)][column], sentence)
                placed.add(key)
        return placed

    def problems(self) -> list[Problem]:
        blocks = [
            problem(field, block.title) for block in (*self.spa, *self.objectives) for field in block if field.errors
        ]
        return [*blocks, *self.rows.problems("action")]


def of_activity(line: Activity) -> Boxes:
    """What is asked of a supporting activity; of a core one also what shows it."""
    progress: Boxes = {"progress": LongText("What came of it in the year?", render_kw=LONG)}
    if line.core != reviews.CORE:
        return progress
    return {
        **progress,
        "shown_by": Select("What shows it?", offered=[("", "Choose one"), *reviews.SHOWN_BY.items()]),
        "shown_on": Day("Completed on"),
        "shown_where": Text("Where is it kept, or what is its link?"),
    }


def of_objective() -> Boxes:
    """What is asked of an objective."""
    return {
        "progress": LongText("How far was it met?", render_kw=LONG),
        "beyond_control": LongText("What was beyond the doctor’s control? (optional)", render_kw=LONG),
    }


def as_text(value: object) -> object:
    """A day as 2027-04-01, nothing as an empty text."""
    return value.isoformat() if isinstance(value, date) else "" if value is None else value
