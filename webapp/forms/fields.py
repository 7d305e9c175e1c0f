"""Fields that keep what was typed, whatever it was, and say what it means: `data` is the value, or None.

A field complains only of what it cannot read. What must be answered, and what is too long or too large, is the
domain's to say (workflows.domain.fields).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, NamedTuple

from wtforms import Field, StringField
from wtforms.utils import unset_value

from webapp.forms import widgets

TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap]m)?", re.IGNORECASE)
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}


OPTIONAL = " (optional)"
"""What the label of a question adds that may stay unanswered."""


def name_of(field: Field) -> str:
    """The question, as a complaint names it."""
    return f"“{field.label.text.removesuffix(OPTIONAL)}”"


class Option(NamedTuple):
    """Something that may be chosen."""

    value: str
    label: str


class Text(StringField):
    """A line or more of text; None when nothing but spaces was typed."""

    widget: widgets.Widget = widgets.Input()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = valuelist[0].strip() or None if valuelist else None


class LongText(Text):
    """A text of several lines."""

    widget = widgets.Textarea(rows=5)


class Typed(StringField):
    """A line that means something other than text. `raw` is what was typed."""

    refusal = "cannot be read"

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.raw = valuelist[0].strip() if valuelist else ""
        self.data = None
        if self.raw:
            self.data = self.read(self.raw)
            if self.data is None:
                raise ValueError(f"{name_of(self)} {self.refusal}.")

    def process_data(self, value: Any) -> None:
        self.data = value
        self.raw = "" if value is None else self.write(value)

    def read(self, typed: str) -> Any:
        """The value of what was typed; None if it has none."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """A value as people type it."""
        return str(value)

    def _value(self) -> str:
        return self.raw


THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


class Number(Typed):
    """A number: 2.5, 1,000."""

    widget = widgets.Input(inputmode="decimal", width=5)
    refusal = "must be a number, such as 2.5"

    def read(self, typed: str) -> Decimal | None:
        # 1,000 is a thousand; 1,5 may be meant as one and a half, and must not become fifteen.
        plain = typed.replace(",", "") if THOUSANDS.fullmatch(typed) else typed
        try:
            number = Decimal(plain)
        except InvalidOperation:
            return None
        return number if number.is_finite() else None


class Time(Typed):
    """A time of day: 09:30, 0930, 9.30am, 2pm."""

    widget = widgets.Input(width=5)
    refusal = "must be a time, such as 9:30am or 14:00"

    def read(self, typed: str) -> time | None:
        found = TIME.fullmatch(typed)
        if found is None:
            return None
        hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and not 1 <= hours <= 12:
            return None
        if half:
            hours = hours % 12 + (12 if half == "pm" else 0)
        return time(hours, minutes) if hours < 24 and minutes < 60 else None

    def write(self, value: Any) -> str:
        return value if isinstance(value, str) else f"{value:%H:%M}"


class Day(Field):
    """A date in three boxes, posted as name-day, name-month and name-year. A month may be typed as a word."""

    widget = widgets.DateInput()
    WIDTHS: Mapping[str, int] = {"day": 2, "month": 2, "year": 4}

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ARG002 - WTForms passes it
        self.process_errors = []
        self.bad_parts = frozenset(self.WIDTHS)
        self.data = None
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.WIDTHS):
            self.parts = {part: (formdata.get(f"{self.name}-{part}") or "").strip() for part in self.WIDTHS}
            self._read()
        else:
            self._show(self.default if data is unset_value else data)

    @property
    def first_bad_id(self) -> str:
        """The id of the box that the error summary leads to."""
        return f"{self.id}-{next(part for part in self.WIDTHS if part in self.bad_parts)}"

    def _show(self, value: Any) -> None:
        value = date.fromisoformat(value) if isinstance(value, str) else value
        self.data = value
        self.parts = {part: "" if value is None else str(getattr(value, part)) for part in self.WIDTHS}

    def _read(self) -> None:
        missing = [part for part, typed in self.parts.items() if not typed]
        if len(missing) == len(self.parts):
            return
        if missing:
            self.bad_parts = frozenset(missing)
            self.process_errors = [f"{name_of(self)} must include a {' and a '.join(missing)}."]
            return
        try:
            self.data = date(_whole(self.parts["year"]), _month(self.parts["month"]), _whole(self.parts["day"]))
        except ValueError:
            self.process_errors = [f"{name_of(self)} must be a real date."]


class Offering(Field):
    """A field with options: pairs of value and label. What is chosen is kept even if it is no longer offered.

    `reveals` are fields that stand below an option, by its value: they are asked with that answer alone.
    """

    reveals: Mapping[str, Sequence[Field]] = MappingProxyType({})

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        self.offer(offered)
        super().__init__(*args, **kwargs)

    def offer(self, offered: Iterable[tuple[str, str]]) -> None:
        """Set what may be chosen."""
        self.offered = [Option(str(value), text) for value, text in offered]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = self.meaning(valuelist[0]) if valuelist and valuelist[0] else None

    def meaning(self, posted: str) -> Any:
        """What a posted option stands for."""
        return posted

    def chosen(self) -> frozenset[str]:
        """The options that are chosen, as they are posted."""
        return frozenset() if self.data is None else frozenset({str(self.data)})


class Choice(Offering):
    """One of a few options."""

    widget = widgets.Radios()


class Select(Offering):
    """One of many options."""

    widget = widgets.Select()


class YesNo(Offering):
    """Yes or no."""

    widget = widgets.Radios(classes="nhsuk-radios--inline")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, offered=(("yes", "Yes"), ("no", "No")), **kwargs)

    def meaning(self, posted: str) -> Any:
        return {"yes": True, "no": False}.get(posted)

    def chosen(self) -> frozenset[str]:
        return frozenset({} if self.data is None else {"yes" if self.data else "no"})


class Person(Select):
    """One of the people offered, by id."""

    def meaning(self, posted: str) -> Any:
        return int(posted) if posted.isdecimal() else None


class Several(Offering):
    """Any of several options."""

    widget = widgets.Checkboxes()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [self.meaning(posted) for posted in valuelist if posted]

    def chosen(self) -> frozenset[str]:
        return frozenset(str(item) for item in self.data or ())


class People(Several):
    """Any of the people offered, by id."""

    def meaning(self, posted: str) -> Any:
        return int(posted) if posted.isdecimal() else None


class Documents(People):
    """Any of the documents offered, by id."""


def day_in(typed: str) -> date | None:
    """The day that somebody typed into one box: 2027-04-01, 1/4/2027, 1 April 2027; None for what is no date."""
    parts = re.findall(r"[^\W_]+", typed)
    if len(parts) != len(Day.WIDTHS):
        return None
    year, month, day = parts if len(parts[0]) == Day.WIDTHS["year"] else reversed(parts)
    try:
        return date(_whole(year), _month(month), _whole(day))
    except ValueError:
        return None


def _whole(typed: str) -> int:
    if not typed.isdecimal():
        raise ValueError(typed)
    return int(typed)


def _month(typed: str) -> int:
    return MONTHS.get(typed[:3].lower(), 0) or _whole(typed)
