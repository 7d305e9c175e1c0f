"""What is asked of a rule of a decision table, and what was typed."""

from collections.abc import Mapping

from webapp.forms.asked import Asked
from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import version
from workflows.domain.fields import Field
from workflows.studio.table_edits import INPUTS, Row, Sheet

__all__ = ["Values", "sent", "version"]

ASKED: Mapping[str, str] = {
    "text": 'A text in quotation marks; "a" or "b" as "a", "b".',
    "number": "A number, >= 10, < 5, or [5..12].",
    "boolean": "true or false.",
    "date": 'A day in quotation marks, such as "2027-03-31", or >= "2027-03-31".',
}
ANSWERED: Mapping[str, str] = {
    "text": "A text in quotation marks.",
    "number": "A number.",
    "boolean": "true or false.",
    "date": 'A day in quotation marks, such as "2027-03-31".',
}
"""What a cell takes, by the type that its column declares."""
ANY_ASKED = 'A text in quotation marks, "a" or "b" as "a", "b"; a number, >= 10, < 5, or [5..12].'
ANY_ANSWERED = "A text in quotation marks, a number, true or false."


def fields(sheet: Sheet) -> tuple[Field, ...]:
    """A box for each column."""
    asked = (
        Field(
            f"in_{place}",
            "text",
            label or f"Input {place + 1}",
            hint=f"Looks at {looks}. Empty for anything. {ASKED.get(column.kind, ANY_ASKED)}",
        )
        for place, ((label, looks), column) in enumerate(zip(sheet.inputs, sheet.asks, strict=True))
    )
    answers = (
        Field(
            f"out_{place}",
            "text",
            f"Answer: {label}",
            hint=f"Empty for nothing. {ANSWERED.get(column.kind, ANY_ANSWERED)}",
        )
        for place, ((label, _), column) in enumerate(zip(sheet.outputs, sheet.answers, strict=True))
    )
    return (*asked, *answers, Field("note", "text", "What this rule is for"))


def given(row: Row) -> dict[str, str]:
    """What it says now."""
    asked = {f"in_{place}": "" if text == "-" else text for place, text in enumerate(row.inputs)}
    return {**asked, **{f"out_{place}": text for place, text in enumerate(row.outputs)}, "note": row.note}


def fits(form: Asked, sheet: Sheet, row: Row, number: int) -> bool:
    """Whether every cell says what its column takes; what does not is told at its box, in the words of the check."""
    typed = said(sheet, row, form.values())
    wrong = {
        f"{'in' if kind == INPUTS else 'out'}_{place}": words
        for (kind, place), words in sheet.faults(number, typed).items()
    }
    form.complain(wrong)
    return not wrong


def said(sheet: Sheet, row: Row, values: Values) -> Row:
    """The rule as it was typed. A dash that stood for anything stays one."""
    inputs = [str(values.get(f"in_{place}") or "").strip() for place in range(len(sheet.inputs))]
    inputs = [
        "-" if not text and row.inputs[place : place + 1] == ("-",) else text for place, text in enumerate(inputs)
    ]
    outputs = tuple(str(values.get(f"out_{place}") or "").strip() for place in range(len(sheet.outputs)))
    return Row(row.key, tuple(inputs), outputs, str(values.get("note") or "").strip())
