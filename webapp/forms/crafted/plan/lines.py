"""The lines of one kind of activity: what most of them need in the open, the rest folded away."""

from fractions import Fraction
from functools import cache
from typing import Any

from wtforms import HiddenField

from webapp.forms.base import Boxes
from webapp.forms.crafted.cells import NOT_SAID, Cell, Exact, SelectCell, answered, cells, identity, said, shown
from webapp.forms.crafted.plan import patterns
from webapp.forms.crafted.plan.reason import reason_box
from webapp.forms.fields import Select, Text, Time
from webapp.forms.rows import Row, Rows, Typed
from workflows.domain.arithmetic.timetable import Valued
from workflows.domain.errors import BadValues
from workflows.domain.plan import (
    CATEGORIES,
    CORES,
    DAYS,
    EXTRAS,
    PREMIUMS,
    TEACHING,
    Activity,
    Plan,
    asked_of,
    read_pas,
)
from workflows.inbox.panels import PlanPanel

OPEN: Boxes = {
    "id": HiddenField(),
    "title": Text("What", widget=Cell()),
    "day": Select("Day", widget=SelectCell(), offered=tuple(DAYS.items())),
    "start": Time("Start", widget=Cell(inputmode="numeric")),
    "end": Time("End", widget=Cell(inputmode="numeric")),
    "place": Text("Place", widget=Cell()),
    "pas": Exact("PAs a week", widget=Cell(inputmode="decimal")),
}
"""What most lines need."""
RESTS: Boxes = {
    "evidence": Text("Evidence: what shows it, and where is that?", widget=Cell()),
    "need": Text("Which need of the organisation does it serve?", widget=Cell()),
}
"""What a line rests on, where the trust's policy asks (BTH-3.4.1.6)."""
RESTS_OF_SPA: Boxes = {
    "details": Text("Description", widget=Cell()),
    **RESTS,
    "teaching": Select("Is it extra teaching?", widget=SelectCell(), offered=tuple(TEACHING.items())),
    "division": Text("If so: who took part for the division?", widget=Cell()),
    "hr": Text("If so: who took part for HR and OD?", widget=Cell()),
    "agreed": Select(
        "Discussed and agreed at the meeting?", widget=SelectCell(), offered=(("", "Not yet"), ("yes", "Yes"))
    ),
}
SHAPE: Boxes = {
    "hours": Exact("Hours a week, if it has no times", widget=Cell(inputmode="decimal")),
    **patterns.BOXES,
    "premium": Select("Evening, night or weekend: why then?", widget=SelectCell(), offered=PREMIUMS),
    "extra": Select("Is it an additional PA?", widget=SelectCell(), offered=EXTRAS),
    "agreement": Text("If so: reference of the agreement", widget=Cell()),
}
"""What makes a line what it is, beside its day and times."""
CORE: Boxes = {"core": Select("Core or non-core?", widget=SelectCell(), offered=CORES)}
MORE = "more_"
"""Before the names of the boxes of parts.MORE."""
LISTS = frozenset({"id", "day", "teaching", "agreed", "subcategory", "often", "premium", "extra", "core"})
"""Boxes that do not make a line count as filled in."""
SHAPE_MARKER, RESTS_MARKER = "shape-shown", "rests-shown"
"""The hidden boxes that say: this was on the page."""


def rests_of(category: str) -> Boxes:
    """What is asked about what the lines of a kind rest on."""
    return RESTS_OF_SPA if category == "spa" else RESTS


@cache
def shape_of(category: str) -> Boxes:
    """What else is asked about the lines of a kind."""
    types: Boxes = {"subcategory": Select("Type", widget=SelectCell(), offered=(NOT_SAID,))}
    more = cells(asked_of(category), MORE)
    of_extra = {f"{MORE}{name}": more[f"{MORE}{name}"] for name in ("extra_reason", "until", "spare")}
    return {**types, **(CORE if category == "spa" else {}), **SHAPE, **of_extra, **more}


class Kind:
    """The lines of one kind of activity, or why there are none."""

    def __init__(self, key: str, plan: Plan, typed: Typed, *, rests: bool) -> None:
        self.key, self.title = key, CATEGORIES[key]
        self.panel: PlanPanel | None = None
        boxes = shape_of(key)
        self.shape, self.rests = tuple(boxes), tuple(rests_of(key)) if rests else ()
        columns = {**OPEN, **boxes, **(rests_of(key) if rests else {})}
        aside = LISTS | {name for name in boxes if columns[name].field_class is Select}
        self.rows = Rows(key, columns, typed, [boxes_of(line) for line in plan.in_category(key)], aside=aside)
        self.reason_form = reason_box(key, "If there are no lines: why does this not apply?", plan, typed)
        self._worked: dict[int, Valued | None] = {}

    def beside(self, panel: PlanPanel) -> None:
        """Offer the types of the policy, and reckon by its terms."""
        self.panel, self._worked = panel, {}
        types = panel.catalogue.get(self.key, ())
        for row in self.rows:
            box: Any = row["subcategory"]
            box.offer((NOT_SAID, *types))

    @property
    def reason(self) -> Any:
        """The box of the reason."""
        return self.reason_form["reason"]

    @property
    def total(self) -> Fraction:
        """The sum of PAs of those lines that can be read; those that follow from times are worked out."""
        return sum((self.pas(row) for row in self.rows), Fraction(0))

    def pas(self, row: Row) -> Fraction:
        """The PAs of a line: those typed, else what its times come to."""
        typed = row["pas"].data
        return (read_pas(typed) if typed is not None else self.worked(row)) or Fraction(0)

    def worked(self, row: Row) -> Fraction | None:
        """What a line comes to by what it says; None where it says too little, or that cannot be read."""
        found = self._valued(row)
        return found.pas_a_week if found else None

    def premium(self, row: Row) -> tuple[Fraction, Fraction] | None:
        """Of a line in premium time: the hours a week in it, and all of them. On call has rules of its own
        (BTH-App4-f)."""
        found = self._valued(row) if self.key != "on_call" and row["start"].data else None
        return (found.out_of_hours_a_week, found.hours_a_week) if found and found.out_of_hours_a_week else None

    def _valued(self, row: Row) -> Valued | None:
        if row.number not in self._worked:
            self._worked[row.number] = self._work_out(row)
        return self._worked[row.number]

    def activities(self) -> list[dict[str, Any]]:
        """The lines as the plan's JSON has them."""
        return [self.line(row) for row in self.rows.filled()]

    def line(self, row: Row) -> dict[str, Any]:
        """A line as JSON. What cannot be read stays as it was typed: the domain says what is wrong with it."""
        texts = ("title", "day", "start", "end", "place", "subcategory", "hours", "premium", "core", "extra")
        return {
            "id": identity(row),
            "category": self.key,
            **{part: said(row[part]) for part in (*texts, "agreement", *self.rests) if part in row},
            "pas": said(row["pas"]),
            "by_times": not said(row["pas"]),
            "pattern": patterns.pattern(row),
            "more": answered(asked_of(self.key), row, MORE),
        }

    def _work_out(self, row: Row) -> Valued | None:
        basis = self.panel.basis if self.panel else None
        if basis is None:
            return None
        line = {**self.line(row), "title": "A line", "id": "line", "pas": "", "by_times": True}
        try:
            return basis.worth(*Plan.from_json({"activities": [line]}).activities)
        except BadValues:
            return None


def boxes_of(line: Activity) -> dict[str, Any]:
    """What the boxes of a line show. PAs that follow from its times are left to them."""
    return {
        **vars(line),
        "pas": None if line.by_times else line.pas,
        "hours": line.hours or None,
        "agreed": "yes" if line.agreed else "",
        **patterns.boxes_of(line.pattern),
        **shown(asked_of(line.category), line.more, MORE),
    }


def with_what_was_not_asked(typed: Typed, plan: Plan) -> Typed:
    """What was typed on a page that did not ask for all that a line holds, with that as it stands in the draft."""
    missing = [] if typed is None else [mark for mark in (SHAPE_MARKER, RESTS_MARKER) if mark not in typed]
    if typed is None or not missing:
        return typed
    typed, lines = typed.copy(), {line.id: line for line in plan.activities}
    for name, known in [(name, typed[name]) for name in typed if name.endswith("-id")]:
        line = lines.get(known)
        if line is not None and name.startswith(f"{line.category}-"):
            _keep(typed, name.removesuffix("id"), line, missing)
    return typed


def _keep(typed: Any, prefix: str, line: Activity, missing: list[str]) -> None:
    boxes = boxes_of(line)
    asked = [*(shape_of(line.category) if SHAPE_MARKER in missing else ())]
    asked += rests_of(line.category) if RESTS_MARKER in missing else ()
    for name in asked:
        if boxes.get(name) not in (None, ""):
            typed.setdefault(f"{prefix}{name}", str(boxes[name]))
