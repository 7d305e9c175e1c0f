"""What an expression may work with: JSON values of a modest size, and the named functions over them."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from workflows.domain.fields import Json

MAX_NUMBER = 10**15
MAX_TEXT = 100_000
MAX_ITEMS = 10_000
MAX_DEPTH = 12
MAX_PLACES = 9
"""Decimal places of what arithmetic gives: 0.1 + 0.2 is 0.3 to a process owner, and so it is here."""


class Fault(Exception):
    """Why an expression has no value, as a sentence."""


class Missing(Fault):
    """A fact that is needed has no value yet."""


def is_number(value: Json) -> bool:
    """Whether a value counts as a number; yes and no do not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def same(left: Json, right: Json) -> bool:
    """Equal, and of one kind: yes is not 1."""
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def number(value: Json) -> Json:
    """A number that is within bounds. Raises Fault."""
    if not is_number(value):
        raise Fault(f"{in_words(value)} is not a number.")
    if abs(value) > MAX_NUMBER or not math.isfinite(value):  # in this order: a huge int has no float
        raise Fault("The number is too large.")
    return round(value, MAX_PLACES) if isinstance(value, float) else value


def in_words(value: Json) -> str:
    """A value as a sentence may quote it, cut short."""
    if value is None:
        return "A missing value"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Mapping):
        return "A group of values"
    if isinstance(value, list | tuple):
        return "A list"
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def plain(value: Json) -> Json:
    """A copy of a value as plain JSON (tuples become lists). Raises Fault where it is too large or no JSON."""
    if value is None or isinstance(value, bool):
        return value
    budget = [MAX_ITEMS, MAX_TEXT]
    return _plain(value, budget, 0)


def _plain(value: Json, budget: list[int], depth: int) -> Json:
    budget[0] -= 1
    if isinstance(value, str):
        budget[1] -= len(value)
    if budget[0] < 0 or budget[1] < 0 or depth > MAX_DEPTH:
        raise Fault("The value is too large.")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, list | tuple):
        return [_plain(each, budget, depth + 1) for each in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _plain(each, budget, depth + 1) for key, each in value.items()}
    raise Fault(f"A value of the kind {type(value).__name__} cannot be used.")


def civil(value: Json) -> date:
    """The date of a text such as "2027-03-03". Raises Fault."""
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Fault(f"{in_words(value)} is not a date.")


def items(value: Json) -> list[Json]:
    """A list. Raises Fault."""
    if not isinstance(value, list | tuple):
        raise Fault(f"{in_words(value)} is not a list.")
    return list(value)


def comparable(first: Json, second: Json) -> None:
    """Raises Fault unless two values have an order: both are numbers, or both are texts (dates are)."""
    both_text = isinstance(first, str) and isinstance(second, str)
    if not both_text and not (is_number(first) and is_number(second)):
        raise Fault(f"{in_words(first)} and {in_words(second)} cannot be put in order.")


def _length(value: Json) -> int:
    if not isinstance(value, str | list | tuple | Mapping):
        raise Fault(f"{in_words(value)} has no length.")
    return len(value)


def _extreme(choose: Callable[..., Json]) -> Callable[..., Json]:
    def chosen(*values: Json) -> Json:
        among = items(values[0]) if len(values) == 1 else list(values)
        if not among:
            raise Fault("An empty list has no smallest and no largest.")
        for each in among:
            comparable(each, among[0])
        return choose(among)

    return chosen


def _round(value: Json, places: Json = 0) -> Json:
    if not isinstance(places, int) or isinstance(places, bool) or not 0 <= places <= MAX_PLACES:
        raise Fault(f"A number is rounded to 0 to {MAX_PLACES} decimal places.")
    rounded = round(number(value), places)
    return int(rounded) if places == 0 else rounded


def _text(value: Json) -> str:
    if value is None or isinstance(value, Mapping | list | tuple):
        raise Fault(f"{in_words(value)} cannot be put into words.")
    return str(value) if not isinstance(value, bool) else ("yes" if value else "no")


def _integer(value: Json) -> int:
    if isinstance(value, str):
        digits = value.strip()
        if len(digits) > 16 or not digits.removeprefix("-").isascii() or not digits.removeprefix("-").isdigit():
            raise Fault(f"{in_words(value)} is not a whole number.")
        return int(number(int(digits)))
    return int(number(value))


FUNCTIONS: Mapping[str, Callable[..., Json]] = MappingProxyType(
    {
        "days_between": lambda first, second: (civil(second) - civil(first)).days,
        "len": _length,
        "min": _extreme(min),
        "max": _extreme(max),
        "abs": lambda value: abs(number(value)),
        "round": _round,
        "count": lambda among, value: sum(same(value, each) for each in items(among)),
        "str": _text,
        "int": _integer,
    }
)
"""The functions that need nothing but their values; `due` comes from the case that is running."""
