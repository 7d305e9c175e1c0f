"""A rule of a decision table in words: what it asks and what it answers."""

from workflows.studio.table_edits import Row, Sheet, plain

COUNTS = {
    "UNIQUE": "At most one rule may apply.",
    "FIRST": "The first rule that applies counts.",
    "COLLECT": "Every rule that applies counts.",
}


def counts(sheet: Sheet) -> str:
    """Which rules count."""
    return COUNTS.get(sheet.hit_policy, "")


def asked(sheet: Sheet, row: Row) -> list[str]:
    """What it asks, without the columns that it leaves open."""
    pairs = zip(sheet.asks, row.inputs, strict=False)
    return [f"{one.label}: {plain(one, text)}" for one, text in pairs if text not in ("", "-")] or ["Always"]


def answers(sheet: Sheet, row: Row) -> list[str]:
    """What it answers, without what it leaves empty."""
    pairs = zip(sheet.answers, row.outputs, strict=False)
    return [f"{one.label}: {plain(one, text)}" for one, text in pairs if text] or ["Nothing"]
