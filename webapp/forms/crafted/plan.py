"""The plan editor: lines of activity under each kind, or the reason why that kind does not apply."""

import re
import secrets
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from wtforms import HiddenField

from webapp.forms import widgets
from webapp.forms.base import Boxes, Part
from webapp.forms.errors import Problem, complain, summary
from webapp.forms.fields import Day, LongText, Number, Select, Text, Time
from webapp.forms.rows import Row, Rows, Typed
from webapp.forms.step import Extra
from workflows.domain.errors import BadValues
from workflows.domain.plan import CATEGORIES, DAYS, TEACHING, Activity, Plan, Share
from workflows.inbox.panels import Panel, PlanPanel

ROW_KEY = re.compile(r"(activities|spa_split)\.(\d+)(?:\.(\w+))?")


class Cell(widgets.Widget):
    """A box in a row: its label is shown where rows are stacked, and read out everywhere."""

    def common(self, field: Any) -> widgets.Params:
        given = super().common(field)
        return {**given, "formGroup": {"classes": "app-cell"}}

    def params(self, field: Any) -> widgets.Params:
        return {"label": {"text": field.label.text, "classes": "app-cell__label"}, "value": field._value()}


class Reason(Cell):
    """The reason why a kind of activity does not apply: its label is always there."""

    def params(self, field: Any) -> widgets.Params:
        return {"label": {"text": field.label.text}, "value": field._value()}


class SelectCell(Cell):
    """A list in a row."""

    macro = "select"

    def params(self, field: Any) -> widgets.Params:
        options = [option | {"selected": option["checked"]} for option in widgets.options(field)]
        return {"label": {"text": field.label.text, "classes": "app-cell__label"}, "items": options}


COLUMNS: Boxes = {
    "id": HiddenField(),
    "title": Text("What", widget=Cell()),
    "day": Select("Day", widget=SelectCell(), offered=tuple(DAYS.items())),
    "start": Time("Start", widget=Cell(inputmode="numeric")),
    "end": Time("End", widget=Cell(inputmode="numeric")),
    "place": Text("Place", widget=Cell()),
    "pas": Number("PAs a week", widget=Cell(inputmode="decimal")),
}
ASIDE = ("id", "day", "teaching", "agreed")
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
SPLIT: Boxes = {
    "holder": Text("Employer", widget=Cell()),
    "pas": Number("Supporting PAs a week", widget=Cell(inputmode="decimal")),
    "agreed_by": Text("Who agreed it there", widget=Cell()),
}
MARKER = "rests-shown"
"""The hidden box that says: what the lines rest on was on the page."""


def rests_of(category: str) -> Boxes:
    """What is asked about the lines of a kind."""
    return RESTS_OF_SPA if category == "spa" else RESTS


class Around(Part):
    """What stands around the lines."""

    def __init__(self) -> None:
        boxes: Boxes = {
            "effective_from": Day(
                "From when does the plan apply? (optional)",
                description="For example, 1 4 2027. Without a date: from the day on which it comes into force.",
            ),
            "base": Text("Main place of work", render_kw={"width": 20}),
            "notes": LongText("Notes (optional)", description="Anything that the lines cannot say."),
        }
        super().__init__(boxes, prefix="plan")


class Kind:
    """The lines of one kind of activity, or why there are none."""

    def __init__(self, key: str, plan: Plan, typed: Typed, *, rests: bool) -> None:
        self.key, self.title = key, CATEGORIES[key]
        lines = [_boxes(activity) for activity in plan.in_category(key)]
        self.rests = tuple(rests_of(key)) if rests else ()
        columns = {**COLUMNS, **rests_of(key)} if rests else COLUMNS
        self.rows = Rows(key, columns, typed, lines, aside=ASIDE)
        reason = Text("If there are no lines: why does this not apply?", widget=Reason())
        self.reason_form = Part({"reason": reason}, prefix=key)
        self.reason_form.process(typed, data={"reason": plan.not_applicable.get(key)})

    @property
    def reason(self) -> Any:
        """The box of the reason."""
        return self.reason_form["reason"]

    @property
    def total(self) -> Fraction:
        """The sum of PAs of those lines that can be read."""
        return sum((Fraction(row["pas"].data) for row in self.rows if row["pas"].data), Fraction(0))

    def activities(self) -> list[dict[str, Any]]:
        """The lines as the plan's JSON has them."""
        return [_line(self.key, row) for row in self.rows.filled()]


class PlanEditor(Extra):
    """The whole plan. It supplies `plan`, the JSON of workflows.domain.plan."""

    template = "steps/crafted/plan_editor.html"

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:
        """Lines that were not on the page stay as they are in the draft."""
        return not all(f"{key}-shown" in typed for key in CATEGORIES)

    def __init__(self, panel: Panel, typed: Typed) -> None:
        plan = panel.draft.plan if isinstance(panel, PlanPanel) and panel.draft else Plan.from_template()
        self.rests = _asks(panel, plan, typed)
        self.kinds = [Kind(key, plan, typed, rests=self.rests) for key in CATEGORIES]
        self.split = Rows("split", SPLIT, typed, [_share(share) for share in plan.spa_split])
        self.around = Around()
        data = {"effective_from": plan.effective_from, "base": plan.base, "notes": plan.notes}
        self.around.process(typed, data=data)

    @property
    def total(self) -> Fraction:
        """The sum of PAs over all kinds."""
        return sum((kind.total for kind in self.kinds), Fraction(0))

    def as_typed(self) -> Plan | None:
        """The plan that stands in the form; None while it cannot be read."""
        try:
            return Plan.from_json(self.values()["plan"])
        except BadValues:
            return None

    def press(self, button: str) -> None:
        for kind in self.kinds:
            kind.rows.press(button)
        self.split.press(button)

    def valid(self) -> bool:
        readable = all([self.around.validate(), *(kind.rows.valid() for kind in self.kinds), self.split.valid()])
        try:
            Plan.from_json(self.values()["plan"])
        except BadValues as bad:
            self.complain(bad.problems)
            return False
        return readable

    def values(self) -> dict[str, Any]:
        start = self.around["effective_from"].data
        return {
            "plan": {
                "activities": [line for kind in self.kinds for line in kind.activities()],
                "not_applicable": {kind.key: kind.reason.data for kind in self.kinds if kind.reason.data},
                "effective_from": start.isoformat() if start else None,
                "base": self.around["base"].data or "",
                "notes": self.around["notes"].data or "",
                "spa_split": [
                    {
                        "holder": row["holder"].data or "",
                        "pas": _typed_pas(row["pas"]),
                        "agreed_by": row["agreed_by"].data or "",
                    }
                    for row in self.split.filled()
                ],
            }
        }

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        return {key for key, sentence in problems.items() if self._place(key, sentence)}

    def problems(self) -> list[Problem]:
        found = summary(self.around)
        for kind in self.kinds:
            found += [*kind.rows.problems("title"), *summary(kind.reason_form)]
        return [*found, *self.split.problems("holder")]

    def _place(self, key: str, sentence: str) -> bool:
        """Put a complaint at its box, unless that has one already. Sentences of a line begin with its name: it goes."""
        box = self._box(key)
        if box is None:
            return False
        if not box.errors:
            complain(box, _of_the_line(sentence) if key.startswith(("activities.", "spa_split.")) else sentence)
        return True

    def _box(self, key: str) -> Any:
        if key in {"effective_from", "base", "notes"}:
            return self.around[key]
        kind = next((kind for kind in self.kinds if key == f"not_applicable.{kind.key}"), None)
        if kind is not None:
            return kind.reason
        found = ROW_KEY.fullmatch(key)
        if found is None:
            return None
        of_split = found[1] == "spa_split"
        rows = self.split.filled() if of_split else [row for kind in self.kinds for row in kind.rows.filled()]
        row = rows[int(found[2])]
        return row[found[3]] if found[3] in row else row["holder" if of_split else "title"]


def _asks(panel: Panel, plan: Plan, typed: Typed) -> bool:
    """Whether the page asks what each line rests on: the policy has rules on it, or something was said of it before."""
    if typed is not None and MARKER in typed:
        return True
    said = bool(plan.spa_split) or any(line.support for line in plan.activities)
    return said or (isinstance(panel, PlanPanel) and bool(panel.rules))


def _share(share: Share) -> dict[str, Any]:
    return {**vars(share), "pas": Decimal(share.pas.numerator) / Decimal(share.pas.denominator)}


def _boxes(activity: Activity) -> dict[str, Any]:
    pas = Decimal(activity.pas.numerator) / Decimal(activity.pas.denominator)
    return {**vars(activity), "pas": pas, "agreed": "yes" if activity.agreed else ""}


def _line(category: str, row: Row) -> dict[str, Any]:
    """A line as JSON. What cannot be read stays as it was typed: the domain says what is wrong with it."""
    return {
        "id": row["id"].data or secrets.token_hex(6),
        "category": category,
        "title": row["title"].data or "",
        "day": row["day"].data or "",
        "start": _clock(row["start"]),
        "end": _clock(row["end"]),
        "place": row["place"].data or "",
        "pas": _typed_pas(row["pas"]),
        **{part: row[part].data or "" for part in RESTS_OF_SPA if part in row},
    }


def _typed_pas(box: Any) -> str:
    return str(box.data) if box.data is not None else _raw(box)


def _clock(box: Any) -> str:
    if isinstance(box.data, time):
        return f"{box.data:%H:%M}"
    return _raw(box)


def _raw(box: Any) -> str:
    return str(box.raw)


def _of_the_line(sentence: str) -> str:
    """ "Line 3, Ward round: the time must be like 09:30." -> "The time must be like 09:30." """
    said = sentence.rpartition(": ")[2]
    return said[:1].upper() + said[1:]
