"""What is asked of a rule of a decision table, and what was typed."""

from collections.abc import Mapping

from webapp.forms.asked import Asked
from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import version
from workflows.domain.fields import Field
from workflows.studio.table_edits import INPUTS, Column, Row, Sheet, meant, plain, ticked

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


ALWAYS = "This rule always applies and answers nothing. Say when it applies, or what it answers."
NOTHING = "This rule answers nothing, so it changes nothing. Say what it answers."


def fields(sheet: Sheet, row: Row) -> tuple[Field, ...]:
    """A box for each column. A question with options is asked with them, unless the rule says more of it than some."""
    asked = (_asks(place, column, row) for place, column in enumerate(sheet.asks))
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


def _asks(place: int, column: Column, row: Row) -> Field:
    key, label = f"in_{place}", column.label or f"Input {place + 1}"
    if column.options and ticked(column, _cell(row, place)) is not None:
        hint = "Choose all for which the rule applies, or none for any answer."
        return Field(key, "several", label, hint=hint, options=column.options)
    takes = "; ".join(words for _, words in column.options) or ASKED.get(column.kind, ANY_ASKED)
    return Field(key, "text", label, hint=f"Empty for anything. {'Some of: ' if column.options else ''}{takes}")


def _cell(row: Row, place: int) -> str:
    return row.inputs[place] if place < len(row.inputs) else ""


def given(sheet: Sheet, row: Row) -> dict[str, str | list[str]]:
    """What it says now, without the quotation marks that its columns can do without."""
    answers = zip(sheet.answers, row.outputs, strict=False)
    return {
        **{f"in_{place}": _given(column, _cell(row, place)) for place, column in enumerate(sheet.asks)},
        **{f"out_{place}": plain(column, text) for place, (column, text) in enumerate(answers)},
        "note": row.note,
    }


def _given(column: Column, cell: str) -> str | list[str]:
    if column.options and (keys := ticked(column, cell)) is not None:
        return keys
    return "" if cell == "-" else plain(column, cell)


def fits(form: Asked, sheet: Sheet, row: Row, number: int) -> bool:
    """Whether every cell says what its column takes, and the rule says anything; what does not is told at its box, in
    the words of the check."""
    typed = said(sheet, row, form.values())
    wrong = {
        f"{'in' if kind == INPUTS else 'out'}_{place}": words
        for (kind, place), words in sheet.faults(number, typed).items()
    }
    if not any(text not in ("", "-") for text in typed.outputs):
        always = all(text in ("", "-") for text in typed.inputs)
        wrong.setdefault("out_0", ALWAYS if always else NOTHING if sheet.hit_policy != "FIRST" else "")
    wrong = {key: words for key, words in wrong.items() if words}
    form.complain(wrong)
    return not wrong


def said(sheet: Sheet, row: Row, values: Values) -> Row:
    """The rule as it was typed. A dash that stood for anything stays one."""
    inputs = [_said(column, values.get(f"in_{at}"), _cell(row, at)) for at, column in enumerate(sheet.asks)]
    outputs = [meant(column, str(values.get(f"out_{at}") or "").strip()) for at, column in enumerate(sheet.answers)]
    return Row(row.key, tuple(inputs), tuple(outputs), str(values.get("note") or "").strip())


def _said(column: Column, answer: str | list[str] | None, before: str) -> str:
    """A cell as it is to be written; as it stands where the same answers are ticked as before."""
    if isinstance(answer, list):
        text = before if set(answer) == set(ticked(column, before) or ()) else _texts(answer)
    else:
        text = meant(column, str(answer or "").strip())
    return text or ("-" if before == "-" else "")


def _texts(keys: list[str]) -> str:
    return ", ".join(f'"{key}"' for key in keys)
