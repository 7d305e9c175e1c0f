"""Lines of boxes below a question of a form: each can be taken out, and another added, with scripts and without."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from webapp.forms.base import Boxes
from webapp.forms.errors import Problem, complain, problem
from webapp.forms.rows import Row, Rows, Typed


class Kind(NamedTuple):
    """What stands in each line, and what is said around them. `one`: what a line is called; `after`: the key of the
    question below which they stand, "" for the first place; `empty`: what a line holds in which nothing was said."""

    legend: str
    hint: str
    one: str
    after: str
    boxes: Boxes
    empty: Mapping[str, Any]


class Lines(Rows):
    """The lines of one kind, never none: where nothing is said, an empty one waits. `most`: as many may be said."""

    def __init__(self, name: str, kind: Kind, typed: Typed, data: Sequence[Mapping[str, Any]], most: int) -> None:
        self.kind, self.most = kind, most
        self.given = [_said(values) for values in data]
        super().__init__(name, kind.boxes, typed, data)
        self._wait()

    def blank(self) -> Row:
        """An empty line that is not among these."""
        return self._row(max((row.number for row in self.rows), default=-1) + 1, data=self.kind.empty)

    def add(self, data: Mapping[str, Any] | None = None) -> Row:
        """A new line at the end."""
        return super().add(data or self.kind.empty)

    def turned(self, button: str) -> bool:
        """Do what a button says; whether it was one of these lines'."""
        ours = button == f"add-{self.name}" or button.startswith(f"remove-{self.name}-")
        self.press(button)
        self._wait()
        return ours

    def said(self) -> list[Row]:
        """The lines in which something was said."""
        return [row for row in self.rows if _said(row.values()) != _said(self.kind.empty)]

    @property
    def touched(self) -> bool:
        """Whether something else is said than before."""
        return [_said(row.values()) for row in self.said()] != self.given

    def refuse(self, row: Row, column: str, sentence: str) -> None:
        """Say what is wrong in a line, once for each box."""
        if not row[column].errors:
            complain(row[column], sentence)

    def valid(self) -> bool:
        """Whether there are not too many. What a line may say is for whoever asks."""
        for row in self.said()[self.most :]:
            self.refuse(row, next(iter(self.kind.boxes)), f"There can be {self.most} at most. Take this one out.")
        return not self.wrong()

    def wrong(self) -> list[Problem]:
        """What is wrong, in the order of the page, each with its line."""
        return [
            problem(box, f"{self.kind.one} {place}")
            for place, row in enumerate(self.rows, 1)
            for box in row
            if box.errors
        ]

    def _wait(self) -> None:
        if not self.rows:
            self.add()


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "")}
