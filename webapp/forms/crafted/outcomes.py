"""What is to stand of each point in dispute: one block a point."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from wtforms import Field

from webapp.forms import widgets
from webapp.forms.answers import PREFIX
from webapp.forms.base import Boxes, Part
from webapp.forms.errors import Problem, complain, problem
from webapp.forms.fields import Choice, Day, LongText, Text
from webapp.forms.rows import Typed
from webapp.forms.step import Extra
from workflows.domain.disputes import SIDES
from workflows.inbox.dispute_story import Point
from workflows.inbox.panels import DisputePanel, Panel

KEY = "outcomes"
START = "effective_from"
OTHER = "other"
CHANGED = "The panel recommends something else, but you say that it is accepted. Put this back, or change the answer."
PAS = Text("If otherwise: PAs a week", render_kw={"width": 5, "inputmode": "decimal"})
IN_WORDS = "If otherwise: what is to stand?"


class Stands(widgets.Radios):
    """What may stand, each with what it would mean."""

    def __call__(self, field: Field, *, meanings: Mapping[str, str] = MappingProxyType({}), **more: Any) -> Markup:
        hints = {key: {"hint": {"text": words}} for key, words in meanings.items() if words}
        items = [option | hints.get(option["value"], {}) for option in widgets.options(field)]
        return super().__call__(field, items=items, **more)


class Standing(Part):
    """The block of one point."""

    def __init__(self, point: Point, number: int) -> None:
        self.point = point
        self.counts = point.current_pas != ""
        starts = point.element == START
        value = Day("If otherwise: from which day?") if starts else LongText(IN_WORDS, render_kw={"rows": 2})
        offered = [(key, words[:1].upper() + words[1:]) for key, words in SIDES.items()]
        boxes: Boxes = {
            "outcome": Choice("What is to stand?", widget=Stands(), offered=offered),
            "value": value,
            **(
                {"pas": Text("If otherwise: PAs a week", render_kw={"width": 5, "inputmode": "decimal"})}
                if self.counts
                else {}
            ),
            "reason": LongText("Why? (optional)", render_kw={"rows": 2}),
        }
        super().__init__(boxes, prefix=f"{KEY}-{number}")

    def row(self) -> dict[str, Any]:
        """The row of the fact: texts are never None, a day is written as 2027-04-01."""
        value = self["value"].data
        return {
            "element": self.point.element,
            "outcome": self["outcome"].data or "",
            "value": value.isoformat() if isinstance(value, date) else value or "",
            "pas": (self["pas"].data if self.counts else "") or "",
            "reason": self["reason"].data or "",
        }

    def begun(self) -> bool:
        """Whether something was entered without saying what is to stand."""
        return not self["outcome"].data and any(box.data for box in self)


class Outcomes(Extra):
    """It supplies `outcomes`: rows of element, outcome, value, pas, reason. Whether every point needs one depends on
    the answers beside it: that is the domain's to say (workflows.domain.disputes.check_outcomes)."""

    template = "steps/crafted/outcomes.html"
    lead = "Choose for each point what is to stand."

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:  # noqa: ARG003 - whatever was typed
        """The points stand in the panel."""
        return True

    def __init__(self, panel: Panel, typed: Typed) -> None:
        shown = panel if isinstance(panel, DisputePanel) else None
        self.fill(shown.points if shown else (), shown.proposed if shown else {}, typed)

    def fill(self, points: Sequence[Point], proposed: Mapping[str, Mapping[str, Any]], typed: Typed) -> None:
        """A block for each point: with what was typed, else with what is proposed, by element."""
        self.blocks = [Standing(point, number) for number, point in enumerate(points)]
        for block in self.blocks:
            block.process(typed, data=_kept(proposed.get(block.point.element, {})))

    def valid(self) -> bool:
        readable = [block.validate() for block in self.blocks]
        for block in self.blocks:
            if block.begun():
                complain(block["outcome"], "Choose what is to stand.")
        return all(readable) and not self.problems()

    def values(self) -> dict[str, Any]:
        return {KEY: [block.row() for block in self.blocks if block["outcome"].data]}

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        """Complaints come as "outcomes.0.pas", counted from 0 over the points, and begin with the point's title."""
        placed = set()
        for key, sentence in problems.items():
            fact, _, rest = key.partition(".")
            number, _, column = rest.partition(".")
            if fact == KEY and number.isdecimal() and int(number) < len(self.blocks):
                block = self.blocks[int(number)]
                said = sentence.removeprefix(f"{block.point.title}: ")
                complain(block[column if column in block else "outcome"], said[:1].upper() + said[1:])
                placed.add(key)
        return placed

    def problems(self) -> list[Problem]:
        return [problem(field, block.point.title) for block in self.blocks for field in block if field.errors]


class TalkOutcomes(Outcomes):
    """Only needed where the two sides agree."""

    last = True
    lead = "If you agree, choose for each point what is to stand. If you do not, leave this empty."


class BoardOutcomes(Outcomes):
    """Filled in with what the panel recommends."""

    last = True
    lead = "This is what the panel recommends. If the board accepts it, leave it as it is; if not, change what differs."

    def __init__(self, panel: Panel, typed: Typed) -> None:
        super().__init__(panel, typed)
        self.proposed = panel.proposed if isinstance(panel, DisputePanel) else {}
        self.accepted = typed is not None and typed.get(f"{PREFIX}-board_answer") == "accept"

    def valid(self) -> bool:
        """What was changed here would be lost where the answer is that the board accepts."""
        if not super().valid():
            return False
        for block in self.blocks:
            kept = self.proposed.get(block.point.element)
            if self.accepted and kept and _stands(block.row()) != _stands(kept):
                complain(block["outcome"], CHANGED)
        return not self.problems()


class SettlementOutcomes(Outcomes):
    """What one side proposes to the other, outside of any step."""

    lead = "Choose for each point what is to stand if the other side agrees."

    def __init__(self, points: Sequence[Point], typed: Typed) -> None:
        self.fill(points, {}, typed)


def _stands(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What is to stand by a row: its words and PAs say more only where that is something else."""
    return (row["outcome"], row["value"], row["pas"]) if row["outcome"] == OTHER else (row["outcome"],)


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the boxes take it: only what stands otherwise has words and PAs of its own."""
    own = row.get("outcome") == OTHER
    return {"outcome": row.get("outcome"), "reason": row.get("reason") or None} | (
        {"value": row.get("value") or None, "pas": row.get("pas") or None} if own else {"value": None, "pas": None}
    )
