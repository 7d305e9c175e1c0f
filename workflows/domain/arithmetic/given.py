"""What somebody wrote into a file, read field by field: every fault is a sentence under the path of its field."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from workflows.domain.errors import BadValues
from workflows.domain.fields import DIGITS, YEARS, Json

LARGEST = Fraction(10_000)
NONE = Fraction(0)


@dataclass(frozen=True)
class Given:
    """A table of values. Reading goes on after a fault with a stand-in; `done` then raises them all at once."""

    values: Mapping[str, Json]
    problems: dict[str, str]
    path: str = ""

    @classmethod
    def of(cls, content: Json) -> "Given":
        """The whole file. Raises BadValues where it is no table."""
        if not isinstance(content, Mapping):
            raise BadValues({"file": "The file has to hold one table of values: {…}."})
        return cls(content, {})

    def done(self) -> None:
        """Raise BadValues if anything was wrong."""
        if self.problems:
            raise BadValues(self.problems)

    def wrong(self, key: str, sentence: str) -> None:
        """Note what is wrong with a value; the first fault of a field counts."""
        self.problems.setdefault(self.at(key), sentence)

    def at(self, key: str) -> str:
        """The path of a value: "activities.2.start"."""
        return f"{self.path}.{key}" if self.path else key

    def only(self, known: Collection[str]) -> None:
        """Refuse what is not known: most of it is misspelt."""
        for key in self.values:
            if key not in known:
                self.wrong(str(key), f"“{key}” is not known here; known are {', '.join(known)}.")

    def number(
        self, key: str, *, least: Fraction = NONE, most: Fraction = LARGEST, default: Fraction | None = None
    ) -> Fraction:
        """A number, exact. Without a default there has to be one."""
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        number = exact(value)
        if number is None:
            self.wrong(key, "A number is needed here." if value is None else f"“{_short(value)}” is not a number.")
        elif not least <= number <= most:
            self.wrong(key, f"The number has to be between {least} and {most}; {_short(value)} is not.")
        else:
            return number
        return default if default is not None else max(least, Fraction(1))

    def whole(self, key: str, *, least: int, most: int) -> int:
        """A whole number that has to be there."""
        number = self.number(key, least=Fraction(least), most=Fraction(most))
        if number.denominator != 1:
            self.wrong(key, f"A whole number is needed here, and {_short(self.values.get(key))} is none.")
        return int(number)

    def choice(self, key: str, options: Collection[str], *, default: str | None = None) -> str:
        """One of several texts, as it is written in `options`; capitals do not matter."""
        value = self.values.get(key, default)
        if isinstance(value, str) and value.lower() in options:
            return value.lower()
        named = ", ".join(option or "“”" for option in options)
        not_this = f"{key} is missing" if value is None else f"{key} cannot be “{_short(value)}”"
        self.wrong(key, f"{not_this}. Write one of: {named}.")
        return next(iter(options))

    def text(self, key: str) -> str:
        """A text; "" where there is none."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self.wrong(key, f"A text is needed here, and {_short(value)} is none.")
        return ""

    def yes_no(self, key: str, *, default: bool = False) -> bool:
        """true or false."""
        value = self.values.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(key, "This has to be true or false.")
        return default

    def part(self, key: str) -> "Given":
        """A table within this one; empty where there is none."""
        value = self.values.get(key, {})
        if isinstance(value, Mapping):
            return Given(value, self.problems, self.at(key))
        self.wrong(key, "A table of values is needed here: {…}.")
        return Given({}, self.problems, self.at(key))

    def rows(self, key: str, *, most: int) -> Iterator["Given"]:
        """The tables of a list, each with its path ("activities.2")."""
        rows = self.values.get(key, [])
        if not isinstance(rows, list) or len(rows) > most:
            self.wrong(key, f"A list is needed here, of {most} at most.")
            return
        for number, row in enumerate(rows):
            if isinstance(row, Mapping):
                yield Given(row, self.problems, f"{self.at(key)}.{number}")
            else:
                self.wrong(f"{key}.{number}", "A table of values is needed here: {…}.")

    def day(self, key: str, *, default: date) -> date:
        """A date such as "2027-04-01"."""
        if self.values.get(key) is None:
            return default
        day = _date(self.values[key])
        if day is None:
            self.wrong(key, "Write the date as 2027-04-01.")
        return day or default

    def dates(self, key: str) -> tuple[date, ...]:
        """A list of dates such as "2027-04-01", each once; empty where there is none."""
        values = self.values.get(key, [])
        if not isinstance(values, list):
            self.wrong(key, "A list of dates is needed here.")
            return ()
        found = [_date(value) for value in values]
        for number, day in enumerate(found):
            if day is None:
                self.wrong(f"{key}.{number}", "Write the date as 2027-04-01.")
            elif day in found[:number]:
                self.wrong(f"{key}.{number}", f"{day} is given twice. Give each date once.")
        return tuple(day for day in found if day is not None)


def exact(value: Json) -> Fraction | None:
    """A number of a modest size as it was written; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        return None
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > DIGITS):
        return None
    return Fraction(value)


def _date(value: Json) -> date | None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _short(value: Json) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
