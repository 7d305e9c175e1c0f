"""Reminders of deadlines, a line each: when, what happens, and who hears of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from webapp.forms.crafted.cells import Cell, SelectCell
from webapp.forms.fields import Select, Text
from webapp.forms.lines import Kind, Lines
from webapp.forms.rows import Row, Typed
from webapp.forms.studio_boxes import Options
from workflows.domain.deadlines import HOLDERS, Length, Rung
from workflows.domain.policy import Policy
from workflows.domain.policy_tables import MOST_RUNGS

LADDER = "ladder"
BEFORE, AFTER, ON = "before", "after", "on"
LONGEST = 999
EMPTY = {"unit": "day", "side": BEFORE, "do": "remind"}
UNITS: Options = (("day", "days"), ("week", "weeks"), ("month", "months"), ("year", "years"))
SIDES: Options = ((BEFORE, "before"), (AFTER, "after"), (ON, "on the day"))
DOES: Options = (("remind", "remind"), ("escalate", "escalate to"))
FEWEST_WHO = 2


class Ladder(Lines):
    """Reminders as lines. `rungs` are those that hold now. Each line has boxes for as many people as the longest."""

    def __init__(self, policy: Policy, typed: Typed, rungs: Sequence[Rung], *, legend: str, after: str = "") -> None:
        widest = max((len(rung.to) for rung in rungs), default=0)
        self.who = tuple(f"to_{place}" for place in range(max(FEWEST_WHO, widest)))
        kind = Kind(legend, HINT, "Reminder", after, self._boxes(policy), EMPTY)
        super().__init__(LADDER, kind, typed, [self._shown(rung) for rung in rungs], MOST_RUNGS)

    def _boxes(self, policy: Policy) -> dict[str, Any]:
        offered = ((HOLDERS, "whoever has to act"), *((role.value, title) for role, title in policy.titles.items()))
        first, *others = self.who
        return {
            "number": Text("How many?", widget=Cell(inputmode="numeric")),
            "unit": _list("Days, weeks or months?", UNITS),
            "side": _list("Before or after?", SIDES),
            "do": _list("What happens?", DOES),
            first: _list("Whom?", (("", "choose whom"), *offered)),
            **{key: _list("And whom else?", (("", "and nobody else"), *offered)) for key in others},
        }

    def _shown(self, rung: Rung) -> dict[str, Any]:
        count = rung.at.count
        return {
            "number": str(abs(count)) if count else "",
            "unit": rung.at.unit,
            "side": BEFORE if count < 0 else AFTER if count else ON,
            "do": rung.do,
            **dict(zip(self.who, rung.to, strict=False)),
        }

    def valid(self) -> bool:
        """Whether each line says when and to whom, and none says the same as another."""
        found: list[dict[str, Any]] = []
        for row in self.said():
            if sentence := _wrong_number(row):
                self.refuse(row, "number", sentence)
            if not self._to(row):
                self.refuse(row, self.who[0], "Choose who gets it, or take this line out.")
            if not any(box.errors for box in row):
                found.append(self._rung(row))
                if found[-1] in found[:-1]:
                    self.refuse(row, "number", "Another line says the same. Take one of them out.")
        return super().valid()

    def rungs(self) -> list[dict[str, Any]]:
        """The reminders as the policy holds them; those of lines that are valid."""
        return [self._rung(row) for row in self.said()]

    def _rung(self, row: Row) -> dict[str, Any]:
        said = row.values()
        at = "0 days" if said["side"] == ON else str(Length(int(said["number"] or 0), said["unit"] or "day"))
        sign = {BEFORE: "-", AFTER: "+"}.get(said["side"] or BEFORE, "")
        return {"at": f"{sign}{at}", "do": said["do"] or "remind", "to": self._to(row)}

    def _to(self, row: Row) -> list[str]:
        return list(dict.fromkeys(value for key in self.who if (value := row[key].data)))


def _list(label: str, offered: Options) -> Any:
    return Select(label, widget=SelectCell(), offered=offered)


HINT = (
    "A line reads as a sentence: 7 days before, remind whoever has to act. It is counted from the deadline’s last day."
    " On the day itself, leave the number empty."
)


def as_written(rungs: Iterable[Rung]) -> list[dict[str, Any]]:
    """Reminders that hold, as the policy would write them."""
    return [
        {
            "at": f"{'+' if rung.at.count > 0 else ''}{rung.at}" if rung.at.count else "0 days",
            "do": rung.do,
            "to": [*rung.to],
        }
        for rung in rungs
    ]


def _wrong_number(row: Row) -> str:
    number = str(row["number"].data or "")
    if row["side"].data == ON:
        return "The last day itself needs no number. Leave this empty, or choose before or after." if number else ""
    if number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= LONGEST and len(number) < 4:
        return ""
    return f"Write a whole number from 1 to {LONGEST}, such as 7."
