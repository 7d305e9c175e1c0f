"""The values that a fact can have, as far as a diagram can tell them apart: few enough to try them all.

A set of values is a number: each bit stands for one value of its key. What cannot be known, such as a list of people or
what a policy makes of two dates, is SOMETHING, about which every question has both answers.
"""

import ast
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, pairwise

from workflows.domain.fields import Field, Json
from workflows.engine.expressions import Expression

ELSE = "something else"
"""A text, or an option, that no condition names."""
MOST_CONSTANTS = 200
"""A fact that is compared with more than so many is taken for unknown."""
MOST_OPTIONS = 4
"""Of a field with up to so many options every selection is tried; of a longer one none, each alone, and all."""


class Unknowable(Exception):
    """What is asked of a value cannot be known."""


class Something:
    """A value of which no more is known than that it is there."""

    def __eq__(self, other: object) -> bool:
        if other is None:
            return False
        raise Unknowable

    def __hash__(self) -> int:
        return id(self)

    def __bool__(self) -> bool:
        raise Unknowable

    def __str__(self) -> str:
        raise Unknowable


SOMETHING = Something()


class Unset:
    """What a name holds before a script has set it."""


UNSET = Unset()


@dataclass
class Key:
    """A fact, a value of the policy, a name of a script, or a question that cannot be known, with its values."""

    name: str
    values: list[Json] = field(default_factory=list)
    initial: int = 0
    """The values that it can have before anything has happened; also those of a key that nobody asks for any more."""
    _places: dict[str, int] = field(default_factory=dict)

    def mask(self, values: Iterable[Json]) -> int:
        """A set of values, taking in those that are new."""
        mask = 0
        for value in values:
            place = self._places.setdefault(_identity(value), len(self.values))
            if place == len(self.values):
                self.values.append(value)
            mask |= 1 << place
        return mask

    def among(self, mask: int) -> list[Json]:
        """The values of a set."""
        return [value for place, value in enumerate(self.values) if mask >> place & 1]

    def absent(self) -> int:
        """The set of no value at all."""
        return self.mask([None])


def _identity(value: Json) -> str:
    if value is SOMETHING or value is UNSET:
        return type(value).__name__
    return json.dumps(value, sort_keys=True)


@dataclass
class Asked:
    """What expressions ask about a fact: the constants that they compare it with, and whether that is all they do."""

    constants: list[Json] = field(default_factory=list)
    plainly: bool = True
    for_none: bool = False

    def compare(self, constants: Sequence[Json] | None) -> None:
        """Note a comparison: with constants, or with what is none (None)."""
        if constants is None or len(self.constants) > MOST_CONSTANTS:
            self.plainly = False
            return
        self.for_none = self.for_none or None in constants
        self.constants += [each for each in constants if each is not None and each not in self.constants]


def asked_of(expressions: Iterable[Expression]) -> Mapping[str, Asked]:
    """What some expressions ask, by fact."""
    found: dict[str, Asked] = {}
    for expression in expressions:
        _look(ast.parse(" ".join(expression.text.split()), mode="eval").body, found, plainly=True)
    return found


def _look(node: ast.AST, found: dict[str, Asked], *, plainly: bool) -> None:
    if fact := fact_of(node):
        asked = found.setdefault(fact, Asked())
        asked.plainly = asked.plainly and plainly
    elif isinstance(node, ast.Compare):
        _compared(node, found)
    elif isinstance(node, ast.BoolOp) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
        for each in ast.iter_child_nodes(node):
            _look(each, found, plainly=plainly)
    elif isinstance(node, ast.IfExp):
        _look(node.test, found, plainly=True)
        _look(node.body, found, plainly=plainly)
        _look(node.orelse, found, plainly=plainly)
    else:
        for each in ast.iter_child_nodes(node):
            _look(each, found, plainly=False)


def _compared(node: ast.Compare, found: dict[str, Asked]) -> None:
    for left, right in pairwise([node.left, *node.comparators]):
        for one, other in ((left, right), (right, left)):
            if fact := fact_of(one):
                found.setdefault(fact, Asked()).compare(_constants(other))
    for side in (node.left, *node.comparators):
        if not fact_of(side) and _constants(side) is None:
            _look(side, found, plainly=False)


def fact_of(node: ast.AST) -> str:
    """The x of `case.x`, `policy.x.y` as it is written, else ""."""
    path: list[str] = []
    while isinstance(node, ast.Attribute):
        path.insert(0, node.attr)
        node = node.value
    if not path or not isinstance(node, ast.Name):
        return ""
    if node.id == "policy":
        return ".".join(["policy", *path])
    return path[0] if node.id == "case" and len(path) == 1 and path[0] != "all" else ""


def _constants(node: ast.AST) -> Sequence[Json] | None:
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return [-node.operand.value] if isinstance(node.operand.value, int | float) else None
    if isinstance(node, ast.List | ast.Tuple):
        members = [_constants(each) for each in node.elts]
        return None if None in members else [value for each in members if each for value in each]
    return None


def values_of(kind: str, asked: Asked, drawn: Field | None = None) -> list[Json]:
    """The values that a fact of a type can be given, without None: what is only ever compared with constants has one
    below, at and above each of them."""
    options = [key for key, _ in drawn.options] if drawn else []
    if kind == "yes_no":
        return [True, False]
    if kind in ("choice", "several") and options:
        return list(options) if kind == "choice" else _selections(options)
    if not asked.plainly or not asked.constants:
        return [SOMETHING]
    texts = [each for each in asked.constants if isinstance(each, str)]
    if kind in ("number", "date"):
        return _numbers(asked, drawn) if kind == "number" else _days(texts)
    return [*texts, ELSE] if kind in ("text", "long_text", "choice", "time", "") else [SOMETHING]


def _selections(options: Sequence[str]) -> list[Json]:
    if len(options) > MOST_OPTIONS:
        return [[], *([each] for each in options), list(options)]
    return [list(each) for size in range(len(options) + 1) for each in combinations(options, size)]


def _numbers(asked: Asked, drawn: Field | None) -> list[Json]:
    limits = sorted({each for each in asked.constants if isinstance(each, int | float)})
    if not limits:
        return [SOMETHING]
    between = [(low + high) / 2 for low, high in pairwise(limits)]
    low, high = (drawn.minimum, drawn.maximum) if drawn else (None, None)
    wanted = [limits[0] - 1, *limits, *between, limits[-1] + 1]
    fits = [each for each in sorted(wanted) if (low is None or each >= low) and (high is None or each <= high)]
    return list(fits) or [float(low if low is not None else high or 0)]


def _days(texts: Sequence[str]) -> list[Json]:
    found: list[str] = []
    for text in sorted(texts):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            continue
        found += [(day + timedelta(days=shift)).isoformat() for shift in (-1, 0, 1)]
    return list(dict.fromkeys(found)) or [SOMETHING]


def bits(mask: int) -> Iterator[int]:
    """The single values of a set, each as a set of its own."""
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest
