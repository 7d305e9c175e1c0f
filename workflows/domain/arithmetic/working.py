"""What every figure of a job plan carries: the lines of its working, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

PA, HOURS, DAYS, PER_CENT, TIMES, WEEKS = "PA", "hours", "days", "per cent", "times", "weeks"
"""Units of a line of working."""


@dataclass(frozen=True)
class Working:
    """One line of the working: "Monday 20:00 to 24:00: 4 h premium at 3 h a PA" comes to 4/3 PA."""

    words: str
    value: Fraction
    unit: str

    def to_json(self) -> dict[str, Any]:
        """{"words", "exact", "decimal", "unit"}."""
        return {"words": self.words, **exactly(self.value), "unit": self.unit}


@dataclass(frozen=True)
class Figure:
    """A figure with its working; `note` is a sentence about it that has to be seen, or ""."""

    value: Fraction
    unit: str
    working: tuple[Working, ...]
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """{"exact", "decimal", "unit", "working"}, and "note" where there is one."""
        lines = [line.to_json() for line in self.working]
        note = {"note": self.note} if self.note else {}
        return {**exactly(self.value), "unit": self.unit, "working": lines, **note}


def added(figures: Iterable[Fraction]) -> Fraction:
    """Their exact sum, over one denominator for all: a plan adds up thousands of them."""
    parts = list(figures)
    common = lcm(*(part.denominator for part in parts))
    return Fraction(sum(part.numerator * (common // part.denominator) for part in parts), common)


def exactly(value: Fraction) -> dict[str, Any]:
    """A figure for machines: exact as a fraction, and as a decimal to 3 places."""
    return {"exact": str(value), "decimal": float(round(value, 3))}


def plainly(value: Fraction) -> str:
    """A figure for a sentence: "4", "1.25", and where three decimals do not end the fraction too: "1.333 (4/3)"."""
    if value.denominator == 1:
        return str(value.numerator)
    thousandths = round(value * 1000)  # whole numbers from here on: a plan has hundreds of these figures
    whole, part = divmod(abs(thousandths), 1000)
    decimals = f".{part:03}".rstrip("0") if part else ""
    short = f"{'-' if value < 0 else ''}{whole}{decimals}"
    return short if thousandths * value.denominator == value.numerator * 1000 else f"{short} ({value})"


def counted(value: Fraction, unit: str) -> str:
    """A figure with a noun: "1 day", "12 days", "3 entries"."""
    plural = f"{unit[:-1]}ies" if unit.endswith("y") and unit != "day" else f"{unit}s"
    return f"{plainly(value)} {unit if value == 1 else plural}"
