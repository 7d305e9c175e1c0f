"""The points in dispute: element by element, how it is now and what each side wants."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from webapp.forms.base import Boxes
from webapp.forms.crafted.cells import AreaCell, Cell, SelectCell
from webapp.forms.crafted.meeting import RowsExtra
from webapp.forms.errors import Problem, complain, problem
from webapp.forms.fields import LongText, Select, Text, day_in
from webapp.forms.rows import Row, Rows, Typed
from workflows.domain.calendars import in_full, in_words
from workflows.domain.disputes import PARTS
from workflows.domain.plan import Activity, Plan, pas_as_text
from workflows.domain.plan.side_by_side import Column, side_by_side
from workflows.inbox.panels import Panel, PlanPanel

SIDES = ("practitioner", "manager")
NOT_THERE = "Not in the plan"
START = "effective_from"
OFFER = "offer-"
"""With the element behind it: the button that makes a point of it."""


class Offer(NamedTuple):
    """Something in which the draft differs from the plan agreed last: how it is in both, and a point made of it."""

    title: str
    before: str
    proposed: str
    row: Mapping[str, str]


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
        self.offers = offers_of(panel) if isinstance(panel, PlanPanel) else {}
        offered = [("", "Choose a point"), *self.elements.items()]
        pas = Cell(inputmode="decimal")
        columns: Boxes = {
            "element": Select("Which part of the plan?", widget=SelectCell(), offered=offered),
            "practitioner": Text("What the doctor wants", widget=AreaCell()),
            "practitioner_pas": Text("PAs a week, as the doctor wants", widget=pas),
            "manager": Text("What the manager wants", widget=AreaCell()),
            "manager_pas": Text("PAs a week, as the manager wants", widget=pas),
            "reason": LongText("Why they differ", widget=AreaCell()),
        }
        so_far = panel.disputed if isinstance(panel, PlanPanel) else ()
        self.rows = Rows(self.key, columns, typed, so_far or [{}])

    def press(self, button: str) -> None:
        """Beside adding and removing a point: take up one that is offered, in place of empty ones."""
        offer = self.offers.get(button.removeprefix(OFFER)) if button.startswith(OFFER) else None
        if offer is None:
            super().press(button)
        elif not self.taken_up(offer.row["element"]):
            for blank in set(self.rows) - set(self.rows.filled()):
                self.rows.remove(blank.number)
            self.rows.add(offer.row)

    def taken_up(self, element: str) -> bool:
        """Whether there is a point about it already."""
        return any(row["element"].data == element for row in self.rows)

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


def offers_of(panel: PlanPanel) -> dict[str, Offer]:
    """What could be in dispute, by element: the draft says it otherwise than the plan agreed last.

    The draft's value is offered to whoever wrote it last, and that of the plan agreed last, where there is one, to the
    other side."""
    if panel.draft is None:
        return {}
    agreed = panel.agreed.plan if panel.agreed else Plan()
    beside = side_by_side([Column(agreed), Column(panel.draft.plan)])
    found = {line.id: line.title for line in beside.lines if line.differs}
    found |= {entry.id: PARTS[entry.id] for entry in beside.entries if entry.differs and entry.id in PARTS}
    wrote, other = SIDES if panel.draft.by_doctor else SIDES[::-1]
    offers = {}
    for element, title in found.items():
        (before, pas_before), (proposed, pas) = value_of(agreed, element), value_of(panel.draft.plan, element)
        row = {"element": element, wrote: proposed, f"{wrote}_pas": pas}
        row |= {other: before, f"{other}_pas": pas_before} if panel.agreed else {}
        offers[element] = Offer(title, before, proposed, row)
    return offers


def value_of(plan: Plan, element: str) -> tuple[str, str]:
    """What a plan says of an element in words, and its PAs; those are "" for what has none."""
    if element in PARTS:
        said = in_words(plan.effective_from) if plan.effective_from else ""
        return {START: said, "base": plan.base, "notes": plan.notes}[element], ""
    line = next((line for line in plan.activities if line.id == element), None)
    return (line.in_words(), pas_as_text(line.pas)) if line else (NOT_THERE, "0")


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
