"""What is asked of a limit or value of a policy, and what was typed as the policy holds it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from webapp.forms.answers import Named
from webapp.forms.asked import Asked
from webapp.forms.people import Values
from webapp.forms.studio_boxes import choice, text
from workflows.domain.fact_words import in_words as words
from workflows.domain.fields import Field
from workflows.studio.policy_edits import Value

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
SPARE = 2
"""Empty rows behind those of a list."""
KINDS = (("text", "Words"), ("number", "A number"), ("yes_no", "Yes or no"), ("lines", "A list, a line for each"))


def fields(value: Value, label: str) -> tuple[Field, ...]:
    """The boxes of one value, with what the policy says beside it as its hint."""
    if value.kind == "rows":
        return tuple(_row_fields(value))
    kind = {"lines": "long_text"}.get(value.kind, value.kind)
    hint = " ".join(part for part in (value.comment, "A line for each." if value.kind == "lines" else "") if part)
    return (Field("value", kind, label, hint=hint, required=value.kind not in ("text", "lines")),)


class ValueForm(Asked):
    """The boxes of one value. Of those of a list any may stay empty, and none says so."""

    def box(self, field: Field, offered: Named) -> Any:
        """Without words about what is optional."""
        return super().box(replace(field, required=True) if field.key.startswith("row_") else field, offered)


def _row_fields(value: Value) -> Iterator[Field]:
    for place in range(len(value.value) + SPARE):
        for key in columns(value.value):
            name = f"part {key + 1}" if isinstance(key, int) else words(key).lower()
            yield Field(f"row_{place}_{key}", "text", f"Entry {place + 1}: {name}")


def columns(rows: Sequence[Any]) -> tuple[Any, ...]:
    """What the rows of a list say: keys of small tables, places in lists."""
    return tuple(dict.fromkeys(key for row in rows for key in (row if isinstance(row, Mapping) else range(len(row)))))


def given(value: Value) -> dict[str, Any]:
    """What holds now."""
    if value.kind == "rows":
        cells = ((place, key, cell) for place, row in enumerate(value.value) for key, cell in _cells(row))
        return {f"row_{place}_{key}": _plain(cell) for place, key, cell in cells}
    if value.kind == "lines":
        return {"value": "\n".join(value.value)}
    return {"value": Decimal(str(value.value)) if value.kind == "number" else value.value}


def _cells(row: Any) -> list[tuple[Any, Any]]:
    return list(row.items() if isinstance(row, Mapping) else enumerate(row))


def _plain(cell: Any) -> str:
    return ("yes" if cell else "no") if isinstance(cell, bool) else str(cell)


def said(value: Value, values: Values) -> Any:
    """What was typed, as TOML holds it. Raises ValueError for a cell that is not what the others of its column are."""
    if value.kind == "rows":
        return [row for place in range(len(value.value) + SPARE) if (row := _row(value.value, place, values))]
    return typed(value.kind, values.get("value"))


def typed(kind: str, said: Any) -> Any:
    """What was typed in one box, as TOML holds it."""
    if kind == "yes_no":
        return bool(said)
    if kind == "number":
        return _number(said) if isinstance(said, str) else _exact(Fraction(said))
    words = str(said or "").replace("\r", "").strip()
    return [line.strip() for line in words.split("\n") if line.strip()] if kind == "lines" else words


def _yes(said: str) -> bool:
    if said.casefold() not in ("yes", "no"):
        raise ValueError(said)
    return said.casefold() == "yes"


def _number(said: str) -> int | float:
    if not NUMBER.fullmatch(said):
        raise ValueError(said)
    return _exact(Fraction(said))


def _exact(exact: Fraction) -> int | float:
    return int(exact) if exact.denominator == 1 else float(exact)


def _row(rows: Sequence[Any], place: int, values: Values) -> Any:
    """One row: None where nothing stands in it. What is empty in a small table is not said there."""
    keys = columns(rows)
    cells = {key: text(values, f"row_{place}_{key}") for key in keys}
    if not any(cells.values()):
        return None
    if not isinstance(rows[0], Mapping):
        return [cells[key] for key in keys]
    return {key: _cell([row[key] for row in rows if key in row], cell) for key, cell in cells.items() if cell}


def _cell(others: Sequence[Any], said: str) -> Any:
    """A cell as the others of its column are: a number, yes or no, or words. Raises ValueError for what is not."""
    if all(isinstance(one, bool) for one in others):
        return _yes(said)
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in others):
        return _number(said)
    return said


def new_fields() -> tuple[Field, ...]:
    """What is asked of a value that is new."""
    return (
        Field("name", "text", "What is it called?", required=True, hint="For example, Longest talk in days."),
        choice("kind", "What is it?", KINDS),
        Field("value", "long_text", "What does it say?", required=True),
    )


def new_value(values: Values) -> tuple[str, Any]:
    """The name and the value that were typed. Raises ValueError for what is no number, or neither yes nor no."""
    kind, value = text(values, "kind"), text(values, "value")
    return text(values, "name"), _yes(value) if kind == "yes_no" else typed(kind, value)
