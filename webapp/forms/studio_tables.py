"""What is asked of a rule of a decision table, and what was typed."""

from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import version
from workflows.domain.fields import Field
from workflows.studio.table_edits import Row, Sheet

__all__ = ["Values", "sent", "version"]

ASKED = 'Empty for anything. A text in quotation marks, "a" or "b" as "a", "b"; a number, >= 10, < 5, or [5..12].'
ANSWERED = "Empty for nothing. A text in quotation marks, a number, true or false."


def fields(sheet: Sheet) -> tuple[Field, ...]:
    """A box for each column."""
    asked = (
        Field(f"in_{place}", "text", label or f"Input {place + 1}", hint=f"Looks at {looks}. {ASKED}")
        for place, (label, looks) in enumerate(sheet.inputs)
    )
    answers = (
        Field(f"out_{place}", "text", f"Answer: {label}", hint=ANSWERED)
        for place, (label, _) in enumerate(sheet.outputs)
    )
    return (*asked, *answers, Field("note", "text", "What this rule is for"))


def given(row: Row) -> dict[str, str]:
    """What it says now."""
    asked = {f"in_{place}": "" if text == "-" else text for place, text in enumerate(row.inputs)}
    return {**asked, **{f"out_{place}": text for place, text in enumerate(row.outputs)}, "note": row.note}


def said(sheet: Sheet, row: Row, values: Values) -> Row:
    """The rule as it was typed. A dash that stood for anything stays one."""
    inputs = [str(values.get(f"in_{place}") or "").strip() for place in range(len(sheet.inputs))]
    inputs = [
        "-" if not text and row.inputs[place : place + 1] == ("-",) else text for place, text in enumerate(inputs)
    ]
    outputs = tuple(str(values.get(f"out_{place}") or "").strip() for place in range(len(sheet.outputs)))
    return Row(row.key, tuple(inputs), outputs, str(values.get("note") or "").strip())
