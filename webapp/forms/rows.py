"""Rows of a form that a person adds and takes away: by buttons that send the form, so that no script is needed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from webapp.forms.base import Boxes, Part
from webapp.forms.errors import Problem, problem

NUMBER = re.compile(r"(\d{1,5})-")
"""The number of a row in the name of a box, behind that of the rows."""
Typed = MultiDict[str, str] | None
"""What was posted, or kept as a draft; None for a page that is opened for the first time."""


def by_section(typed: Typed) -> Mapping[str, MultiDict[str, str]]:
    """What was typed, by the word with which the names of its boxes begin: rows look through their own alone."""
    sections: dict[str, MultiDict[str, str]] = {}
    for name, said in (typed or MultiDict()).lists():
        sections.setdefault(name.partition("-")[0], MultiDict()).setlist(name, said)
    return sections


class Row(Part):
    """One row. `number` is its own in the names of its boxes, and stays when rows before it go. `unread` is what cannot
    be read in it yet, while somebody types: the label of the box, and a sentence."""

    def __init__(self, name: str, number: int, columns: Boxes) -> None:
        self.number = number
        self.unread: list[tuple[str, str]] = []
        super().__init__(columns, prefix=f"{name}-{number}")

    def is_blank(self, but: Iterable[str]) -> bool:
        """Whether nothing has been filled in, leaving some columns aside."""
        typed = (field for key, field in self._fields.items() if key not in but)
        return all(field.data in (None, "", []) and not field.process_errors for field in typed)

    def values(self) -> dict[str, Any]:
        """The row's values by column."""
        return {key: field.data for key, field in self._fields.items()}


class Rows:
    """A list of rows under one name. `aside` are columns that do not make a row count as filled in."""

    def __init__(
        self,
        name: str,
        columns: Boxes,
        typed: Typed,
        data: Sequence[Mapping[str, Any]] = (),
        aside: Iterable[str] = (),
    ) -> None:
        self.name, self.columns, self.aside = name, columns, frozenset(aside)
        if typed is not None and self.marker in typed:
            self.rows = [self._row(number, typed=typed) for number in self._numbers(typed)]
        else:
            self.rows = [self._row(number, data=values) for number, values in enumerate(data)]

    @property
    def marker(self) -> str:
        """The name of the hidden box that says: these rows were on the page, however few are left."""
        return f"{self.name}-shown"

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, data: Mapping[str, Any] | None = None) -> Row:
        """A new row at the end."""
        row = self.blank()
        row.process(data=dict(data or {}))
        self.rows.append(row)
        return row

    def blank(self) -> Row:
        """An empty row that is not among these: what a script adds. It has a number that none of them has."""
        return self._row(max((row.number for row in self.rows), default=-1) + 1, data={})

    def remove(self, number: int) -> None:
        """Take a row away."""
        self.rows = [row for row in self.rows if row.number != number]

    def press(self, button: str) -> None:
        """Do what a button says: "add-NAME" or "remove-NAME-3"; others are not meant for these rows."""
        if button == f"add-{self.name}":
            self.add()
        found = re.fullmatch(rf"remove-{re.escape(self.name)}-(\d+)", button)
        if found:
            self.remove(int(found[1]))

    def filled(self) -> list[Row]:
        """The rows in which something stands."""
        return [row for row in self.rows if not row.is_blank(self.aside)]

    def valid(self) -> bool:
        """Whether every filled row can be read."""
        return not [row for row in self.filled() if not row.validate()]

    def problems(self, title: str) -> list[Problem]:
        """The complaints, each with the row that it is about: its `title` column, or its place."""
        return [
            problem(field, str(row[title].data or f"Line {place}"))
            for place, row in enumerate(self.rows, 1)
            for field in row
            if field.errors
        ]

    def _numbers(self, typed: MultiDict[str, str]) -> list[int]:
        ours = f"{self.name}-"
        found = (NUMBER.match(name, len(ours)) for name in typed if name.startswith(ours))
        return sorted({int(one[1]) for one in found if one})

    def _row(self, number: int, typed: Typed = None, data: Mapping[str, Any] | None = None) -> Row:
        row = Row(self.name, number, self.columns)
        row.process(typed, data=dict(data) if data is not None else None)
        return row
