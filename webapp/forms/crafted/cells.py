"""Boxes in a row: what a column of the domain is asked in, small enough for many of them on a page."""

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from wtforms import Field as Box
from wtforms.utils import unset_value

from webapp.forms import widgets
from webapp.forms.base import Boxes
from webapp.forms.fields import LongText, Number, Option, Select, Text, Time, Typed, day_in
from workflows.domain.fields import Field

GROUP = Markup(
    '<div class="nhsuk-form-group app-cell{}{}">'
    '<label class="nhsuk-label app-cell__label" for="{}">{}</label>{}{}</div>'
)
HINT = Markup('<div class="nhsuk-hint app-cell__hint" id="{}-hint">{}</div>')
ERROR = Markup(
    '<span class="nhsuk-error-message" id="{}-error"><span class="nhsuk-u-visually-hidden">Error:</span> {}</span>'
)
KEPT = Markup('<input type="hidden" name="{}-exact" value="{}">')
OPTION = Markup('<option value="{}"{}>{}</option>')


class Cell(widgets.Widget):
    """A box in a row, as the design system draws it, without its macro: a page has hundreds of them. Its label is shown
    where rows are stacked, and read out everywhere."""

    box = Markup('<input class="nhsuk-input{}" id="{}" name="{}" type="text"{} value="{}">')
    kind = "input"

    def __call__(self, field: Box, **more: Any) -> Markup:  # noqa: ARG002 - as every widget is called
        wrong = bool(field.errors)
        above = HINT.format(field.id, field.description) if field.description else ""
        above += ERROR.format(field.id, field.errors[0]) if wrong else ""
        state = f" nhsuk-{self.kind}--error" if wrong else ""
        drawn = self.draw(field, state, self.attributes(field))
        drawn += KEPT.format(field.name, exact) if (exact := getattr(field, "exact", "")) else ""
        group = " nhsuk-form-group--error" if wrong else ""
        wide = f" app-cell--{self.fixed['size']}" if "size" in self.fixed else ""
        return GROUP.format(wide, group, field.id, field.label.text, above, drawn)

    def attributes(self, field: Box) -> Markup:
        """What else stands in the tag of the box."""
        about = ["hint"] if field.description else []
        about += ["error"] if field.errors else []
        given = {"inputmode": self.fixed["inputmode"]} if "inputmode" in self.fixed else {}
        given |= {"aria-describedby": " ".join(f"{field.id}-{one}" for one in about)} if about else {}
        return Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in given.items())

    def draw(self, field: Any, state: str, attributes: Markup) -> Markup:
        """The box itself."""
        return self.box.format(state, field.id, field.name, attributes, field._value())


class AreaCell(Cell):
    """A box of several lines."""

    kind = "textarea"

    def draw(self, field: Any, state: str, attributes: Markup) -> Markup:
        """The box itself."""
        tag = Markup('<textarea class="nhsuk-textarea{}" id="{}" name="{}" rows="2"{}>\n{}</textarea>')
        return tag.format(state, field.id, field.name, attributes, field._value())


class SelectCell(Cell):
    """A list in a row."""

    kind = "select"

    def draw(self, field: Any, state: str, attributes: Markup) -> Markup:
        """The list with its options; what was chosen and is no longer offered stays."""
        tag = Markup('<select class="nhsuk-select{}" id="{}" name="{}"{}>{}</select>')
        known, chosen = {one.value for one in field.offered}, field.chosen() or frozenset({""})
        options = _options(tuple(field.offered), chosen & known)
        options += _drawn([Option(one, one) for one in sorted(chosen - known) if one], chosen)
        return tag.format(state, field.id, field.name, attributes, options)


def _drawn(options: Iterable[Option], chosen: frozenset[str]) -> Markup:
    return Markup("").join(
        OPTION.format(one.value, Markup(" selected") if one.value in chosen else "", escape(one.label))
        for one in options
    )


@lru_cache(maxsize=500)
def _options(offered: tuple[Option, ...], chosen: frozenset[str]) -> Markup:
    """What a list offers, drawn once: most lists stand in every row of a page alike."""
    return _drawn(offered, chosen)


EXACTLY = re.compile(r"\d{1,9}(\.\d{1,9})?|\d{1,9}/[1-9]\d{0,8}")


class Exact(Number):
    """A number that is shown to three places and kept exactly: as long as what is shown is left alone, what was there
    stays, be it a fraction ("1/3") or a longer decimal."""

    data: Any

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.exact = ""
        super().process(formdata, data, extra_filters)
        kept = (formdata.get(f"{self.name}-exact") if formdata is not None else None) or ""
        if EXACTLY.fullmatch(kept) and self.raw == _to_three_places(Fraction(kept)):
            self.data, self.exact = _number(kept), kept

    def process_data(self, value: Any) -> None:
        self.data, self.raw = None, ""
        if value is not None:
            text = str(value) if isinstance(value, Fraction | str) else f"{Decimal(str(value)):f}"
            self.data, self.raw = _number(text), _to_three_places(Fraction(text))
            same = Fraction(self.raw) == value if isinstance(value, Fraction) else self.raw == text
            self.exact = "" if same else text


def _to_three_places(number: Fraction) -> str:
    return f"{round(Decimal(number.numerator) / Decimal(number.denominator), 3):f}".rstrip("0").rstrip(".")


def _number(text: str) -> Fraction | Decimal:
    return Fraction(text) if "/" in text else Decimal(text)


class OneDay(Typed):
    """A date in one box: 1 April 2027, 1/4/2027."""

    widget = Cell()
    refusal = "must be a date, such as 1 April 2027"

    def read(self, typed: str) -> date | None:
        return day_in(typed)

    def write(self, value: Any) -> str:
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return f"{day.day} {day:%B %Y}"


NOT_SAID = ("", "Not said")
YES_NO = (NOT_SAID, ("yes", "Yes"), ("no", "No"))


def cell(column: Field) -> Any:
    """The box in which a column is asked."""
    label, hint = column.label, column.hint
    if column.type == "long_text":
        return LongText(label, description=hint, widget=AreaCell(size="wide"))
    if column.type == "date":
        return OneDay(label, description=hint)
    if column.type == "number":
        return Exact(label, description=hint, widget=Cell(inputmode="decimal"))
    if column.type == "time":
        return Time(label, description=hint, widget=Cell(inputmode="numeric"))
    if column.type in {"choice", "yes_no"}:
        offered = YES_NO if column.type == "yes_no" else (NOT_SAID, *column.options)
        return Select(label, description=hint, widget=SelectCell(), offered=offered)
    return Text(label, description=hint, widget=Cell())


def cells(columns: tuple[Field, ...], prefix: str = "") -> Boxes:
    """A box for each column; the names of the boxes begin with `prefix`."""
    return {f"{prefix}{column.key}": cell(column) for column in columns}


def shown(columns: tuple[Field, ...], values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Answers to columns as their boxes show them."""
    return {f"{prefix}{one.key}": _shown(values[one.key]) for one in columns if one.key in values}


def _shown(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def said(box: Any) -> str:
    """What stands in a box, as the domain reads it; what cannot be read stays as it was typed, to be complained of."""
    if isinstance(box.data, time):
        return f"{box.data:%H:%M}"
    if isinstance(box.data, date):
        return box.data.isoformat()
    if box.data is None:
        return str(getattr(box, "raw", ""))
    return str(box.data)


def identity(row: Any) -> str:
    """The id of a row. A new one gets its own here, and keeps it from page to page."""
    if not row["id"].data:
        row["id"].data = secrets.token_hex(6)
    return str(row["id"].data)


def answered(columns: tuple[Field, ...], row: Any, prefix: str = "") -> dict[str, str]:
    """What was answered in the boxes of columns, by column."""
    filled = {column.key: said(row[f"{prefix}{column.key}"]) for column in columns}
    return {key: value for key, value in filled.items() if value}
