"""Cells of a decision table as people write them: texts and days without quotation marks, where the column takes no
other kind of value."""

import re

from workflows.engine.cells import Column

_TEXT = r'"[^"\\]*"'
_TEXTS = re.compile(rf"{_TEXT}(\s*,\s*{_TEXT})*")
_NO_TEXT = re.compile(r'[<>=\[\]("\\]|!=|not\b|-$')
"""How a condition begins that is no plain text, and is taken as it stands: the check says what it thinks of it."""
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
    """A cell as the table writes it. Commas part the texts of a condition; an answer is one text. Words that stand for
    an answer to the question of the column become its key."""
    if column.kind == "date":
        return _DAY.sub(r'"\1"', typed)
    if column.options and _TEXTS.fullmatch(typed):
        return ", ".join(f'"{_key(column, each[1:-1])}"' for each in re.findall(_TEXT, typed))
    if column.kind != "text" or typed in ("", "-") or '"' in typed or "\\" in typed:
        return typed
    if column.answers:
        return f'"{typed}"'
    if _NO_TEXT.match(typed):
        return typed
    whole = _key(column, typed)
    texts = [whole] if whole in dict(column.options) else [_key(column, each.strip()) for each in typed.split(",")]
    return ", ".join(f'"{each}"' for each in texts if each)


def ticked(column: Column, cell: str) -> list[str] | None:
    """The keys of the answers that a cell names, [] where it holds for any; None where it says something else."""
    if cell in ("", "-"):
        return []
    keys = [_key(column, each[1:-1]) for each in re.findall(_TEXT, cell)] if _TEXTS.fullmatch(cell) else []
    return keys if keys and set(keys) <= dict(column.options).keys() else None


def _key(column: Column, said: str) -> str:
    """The key of the answer that somebody names by its key or by its words; else what they said."""
    if said in dict(column.options):
        return said
    return next((key for key, words in column.options if words.casefold() == said.casefold()), said)
