"""A rule of a decision table in words: what it asks and what it answers."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from workflows.domain.fact_words import spaced
from workflows.studio.table_edits import Column, Row, Sheet, TablePage, plain

WHOSE = "policy.key"
"""What a column looks at that asks whose policy holds."""
WORD = re.compile(r"\b[a-z][a-z0-9_]*\b")
NOTHING: Mapping[str, str] = MappingProxyType({})

COUNTS = {
    "UNIQUE": "At most one rule may apply.",
    "FIRST": "The first rule that applies counts.",
    "COLLECT": "Every rule that applies counts.",
}


def counts(sheet: Sheet) -> str:
    """Which rules count."""
    return COUNTS.get(sheet.hit_policy, "")


def asked(page: TablePage, row: Row) -> list[str]:
    """What it asks, without the columns that it leaves open."""
    if page.sheet is None:
        return []
    columns = zip(page.sheet.asks, page.sheet.inputs, row.inputs, strict=False)
    said = (
        f"{one.label}: {cell(one, text, page.policies if looks_at == WHOSE else NOTHING)}"
        for one, (_, looks_at), text in columns
        if text not in ("", "-")
    )
    return list(said) or ["Always"]


def answers(page: TablePage, row: Row) -> list[str]:
    """What it answers, without what it leaves empty."""
    pairs = zip(page.sheet.answers if page.sheet else (), row.outputs, strict=False)
    return [f"{one.label}: {cell(one, text, NOTHING)}" for one, text in pairs if text] or ["Nothing"]


def cell(column: Column, text: str, titles: Mapping[str, str]) -> str:
    """A cell for reading: keys as words, or by their titles where these are known."""
    if column.kind == "boolean":
        return {"true": "yes", "false": "no"}.get(text, text)
    titles = {**titles, **dict(column.options)}
    return WORD.sub(lambda found: titles.get(found[0]) or spaced(found[0]), plain(column, text))
