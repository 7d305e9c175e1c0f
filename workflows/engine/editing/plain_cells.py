"""Cells of a decision table as people write them: texts and days without quotation marks, where the column takes no
other kind of value."""

import re

from workflows.engine.cells import Column

_TEXT = r'"[^"\\]*"'
_TEXTS = re.compile(rf"{_TEXT}(\s*,\s*{_TEXT})*")
_NO_TEXT = re.compile(r'[<>=\[\]("\\]|not\b|-$')
"""What begins otherwise, or has a quotation mark in it, is taken as it stands: the check says what it thinks of it."""
_DAY = re.compile(r'"?(\d{4}-\d{2}-\d{2})"?')


def plain(column: Column, cell: str) -> str:
    """A cell as it is shown: `annual, interim` for `"annual", "interim"`. What could not be read back stays."""
    if column.kind == "date":
        return _DAY.sub(r"\1", cell)
    if column.kind == "text" and _TEXTS.fullmatch(cell):
        shown = ", ".join(each[1:-1] for each in re.findall(_TEXT, cell))
        return shown if meant(column, shown) == re.sub(r"\s*,\s*(?=\")", ", ", cell) else cell
    return cell


def meant(column: Column, typed: str) -> str:
    """A cell as the table writes it. Commas part the texts of a condition; an answer is one text."""
    if column.kind == "date":
        return _DAY.sub(r'"\1"', typed)
    if column.kind != "text" or not typed or _NO_TEXT.match(typed) or '"' in typed or "\\" in typed:
        return typed
    texts = [typed] if column.answers else [each.strip() for each in typed.split(",")]
    return ", ".join(f'"{each}"' for each in texts if each)
