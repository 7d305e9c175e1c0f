"""What is asked of a rule of a decision table, and what was typed."""

from collections.abc import Mapping

from webapp.forms.asked import Asked
from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import version
from workflows.domain.fields import Field
from workflows.studio.table_edits import INPUTS, Row, Sheet, meant, plain

__all__ = ["Values", "sent", "version"]

ASKED: Mapping[str, str] = {
    "text": "A text, or several with commas between them.",
    "number": "A number, >= 10, < 5, or [5..12].",
    "boolean": "true or false.",
    "date": "A day, such as 2027-03-31, or >= 2027-03-31.",
}
ANSWERED: Mapping[str, str] = {
    "text": "A text.",
    "number": "A number.",
    "boolean": "true or false.",
    "date": "A day, such as 2027-03-31.",
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
            column.label or f"Input {place + 1}",
            hint=f"Empty for anything. {ASKED.get(column.kind, ANY_ASKED)}",
        )
        for place, column in enumerate(sheet.asks)
    )
    answers = (
        Field(
            f"out_{place}",
            "text",
            f"Answer: {column.label}",
            hint=f"Empty for nothing. {ANSWERED.get(column.kind, ANY_ANSWERED)}",
        )
        for place, column in enumerate(sheet.answers)
    )
    return (*asked, *answers, Field("note", "text", "What this rule is for"))


def given(sheet: Sheet, row: Row) -> dict[str, str]:
    """What it says now, without the quotation marks that its columns can do without."""
    asked = zip(sheet.asks, row.inputs, strict=False)
    answers = zip(sheet.answers, row.outputs, strict=False)
    return {
        **{f"in_{place}": "" if text == "-" else plain(column, text) for place, (column, text) in enumerate(asked)},
        **{f"out_{place}": plain(column, text) for place, (column, text) in enumerate(answers)},
        "note": row.note,
    }


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
    inputs = [meant(column, str(values.get(f"in_{at}") or "").strip()) for at, column in enumerate(sheet.asks)]
    inputs = [
        "-" if not text and row.inputs[place : place + 1] == ("-",) else text for place, text in enumerate(inputs)
    ]
    outputs = [meant(column, str(values.get(f"out_{at}") or "").strip()) for at, column in enumerate(sheet.answers)]
    return Row(row.key, tuple(inputs), tuple(outputs), str(values.get("note") or "").strip())
