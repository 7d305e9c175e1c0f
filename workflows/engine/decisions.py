"""Decision tables (DMN), read by us: cells are literals, lists, comparisons and ranges, and nothing in them can run.

`-` matches anything; `"a", "b"` any of these; `>= 10`, `< 5`, `!= "x"` compare; `[5..12]` is a range with both ends,
`(5..12]` without the first. Hit policies: UNIQUE, FIRST and COLLECT.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workflows.domain.errors import Unsound
from workflows.domain.fields import Json
from workflows.engine.expressions import Expression, read
from workflows.engine.values import MAX_NUMBER, is_number, same
from workflows.engine.xml import Element, local_name, parse

HIT_POLICIES = ("UNIQUE", "FIRST", "COLLECT")
MAX_CELL = 500

_LITERAL = r"""(?:"[^"\\]*"|-?[0-9]{1,15}(?:\.[0-9]{1,9})?|true|false|null)"""
_LIST = re.compile(rf"{_LITERAL}(?:\s*,\s*{_LITERAL})*")
_ONE = re.compile(_LITERAL)
_COMPARISON = re.compile(rf"(<=|>=|<|>|!=|=)\s*({_LITERAL})")
_RANGE = re.compile(rf"([\[\(\]])\s*({_LITERAL})\s*\.\.\s*({_LITERAL})\s*([\]\)\[])")

Test = Callable[[Json], bool]


class TableUnsound(Unsound):
    """The decision table {table} cannot be used. {reason}"""


class NotACell(ValueError):
    """What stands in a cell is nothing that can stand there."""


class NoSingleAnswer(Unsound):
    """The decision table {table} gives more than one answer: rules {rules} all apply, and only one of them may."""


@dataclass(frozen=True)
class Column:
    """An input column: what it looks at."""

    label: str
    expression: Expression


@dataclass(frozen=True)
class Rule:
    """A row: a test for each input, a value for each output."""

    number: int
    tests: tuple[Test, ...]
    values: tuple[Json, ...]
    cells: tuple[str, ...] = ()
    """The texts of the tests."""

    def applies(self, inputs: Sequence[Json]) -> bool:
        """Whether all tests hold."""
        return all(test(value) for test, value in zip(self.tests, inputs, strict=True))


@dataclass(frozen=True)
class Table:
    """A decision table: `inputs` are worked out by whoever asks, in this order."""

    key: str
    name: str
    hit_policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[str, ...]
    rules: tuple[Rule, ...]

    def decide(self, inputs: Sequence[Json]) -> dict[str, Json]:
        """The outputs by name. Where no rule applies each is None; a COLLECT table gives lists in the rules' order.

        Raises NoSingleAnswer when several rules of a UNIQUE table apply.
        """
        hits = [rule for rule in self.rules if rule.applies(inputs)]
        if self.hit_policy == "COLLECT":
            return {name: [rule.values[place] for rule in hits] for place, name in enumerate(self.outputs)}
        if self.hit_policy == "UNIQUE" and len(hits) > 1:
            raise NoSingleAnswer(table=self.key, rules=", ".join(str(rule.number) for rule in hits))
        if not hits:
            return dict.fromkeys(self.outputs)
        return dict(zip(self.outputs, hits[0].values, strict=True))


def read_tables(text: str | bytes) -> list[Table]:
    """The tables of a DMN file. Raises TableUnsound, or NotAcceptable for XML that we do not read."""
    return [_table(element) for element in parse(text).iter() if local_name(element) == "decision"]


def _table(decision: Element) -> Table:
    key = decision.get("id", "")
    drawn = next(_children(decision, "decisionTable"), None)
    if drawn is None:
        raise TableUnsound(table=key, reason="It holds no table.")
    hit_policy = drawn.get("hitPolicy", "UNIQUE")
    if hit_policy not in HIT_POLICIES or drawn.get("aggregation", ""):
        raise TableUnsound(table=key, reason=f"Its hit policy must be one of {', '.join(HIT_POLICIES)}.")
    inputs = tuple(_column(key, each) for each in _children(drawn, "input"))
    outputs = tuple(each.get("name", "") for each in _children(drawn, "output"))
    if not outputs or not all(outputs) or len(set(outputs)) != len(outputs):
        raise TableUnsound(table=key, reason="Each output column needs a name of its own.")
    rules = tuple(_rule(key, number, each) for number, each in enumerate(_children(drawn, "rule"), start=1))
    for rule in rules:
        if len(rule.tests) != len(inputs) or len(rule.values) != len(outputs):
            raise TableUnsound(table=key, reason=f"Rule {rule.number} does not have a cell for each column.")
    return Table(key, decision.get("name", ""), hit_policy, inputs, outputs, rules)


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if local_name(child) == name)


def _column(table: str, drawn: Element) -> Column:
    text = next((_text(each) for each in _children(drawn, "inputExpression")), "")
    try:
        return Column(drawn.get("label", ""), read(text))
    except Unsound as fault:
        fault.element = table
        raise


def _rule(table: str, number: int, drawn: Element) -> Rule:
    cells = tuple(_text(each) for each in _children(drawn, "inputEntry"))
    try:
        return Rule(
            number,
            tuple(read_test(cell) for cell in cells),
            tuple(read_answer(_text(each)) for each in _children(drawn, "outputEntry")),
            cells,
        )
    except ValueError as error:
        raise TableUnsound(table=table, reason=f"Rule {number}: {error}") from error


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element if local_name(each) == "text").strip()


def read_test(cell: str) -> Test:
    """The test of an input cell. ValueError with a sentence for one that cannot be read."""
    if len(cell) > MAX_CELL:
        raise ValueError(f"A cell has at most {MAX_CELL} characters.")
    if cell in {"", "-"}:
        return lambda value: True  # noqa: ARG005 - whatever it is
    if match := _COMPARISON.fullmatch(cell):
        return _compare(match[1], _literal(match[2]))
    if match := _RANGE.fullmatch(cell):
        low, high = _literal(match[2]), _literal(match[3])
        above = _compare(">=" if match[1] == "[" else ">", low)
        below = _compare("<=" if match[4] == "]" else "<", high)
        return lambda value: above(value) and below(value)
    members = _members(cell)
    return lambda value: any(same(value, one) for one in members)


def read_answer(cell: str) -> Json:
    """What an output cell answers: nothing, one literal, or a list of them. ValueError as for read_test."""
    if cell in {"", "-"}:
        return None
    members = _members(cell)
    return members[0] if len(members) == 1 else members


def literals(cell: str) -> list[Json]:
    """Every value in a cell that can be read."""
    return [_literal(each) for each in _ONE.findall(cell)]


def bounds(cell: str) -> tuple[Json, Json, bool] | None:
    """The lower and the upper end of a range, and whether both belong to it; None for any other cell."""
    match = _RANGE.fullmatch(cell)
    return (_literal(match[2]), _literal(match[3]), match[1] == "[" and match[4] == "]") if match else None


def _members(cell: str) -> list[Json]:
    if len(cell) > MAX_CELL or not _LIST.fullmatch(cell):
        raise NotACell(f"“{cell[:60]}” is no value, list, comparison or range. Texts stand in quotation marks.")
    return literals(cell)


def _literal(text: str) -> Json:
    value: Json = json.loads(text) if not re.match(r"-?0[0-9]", text) else float(text)
    if is_number(value) and abs(value) > MAX_NUMBER:
        raise ValueError("The number is too large.")
    return value


def _compare(sign: str, limit: Json) -> Test:
    if sign in {"=", "!="}:
        return lambda value: same(value, limit) == (sign == "=")
    if not is_number(limit) and not isinstance(limit, str):
        raise ValueError("Only numbers and texts such as dates have an order.")
    orderings: dict[str, Callable[[Json], bool]] = {
        "<": lambda value: value < limit,
        "<=": lambda value: value <= limit,
        ">": lambda value: value > limit,
        ">=": lambda value: value >= limit,
    }
    ordering = orderings[sign]
    return lambda value: _ordered(value, limit) and ordering(value)


def _ordered(value: Json, limit: Json) -> bool:
    """A missing value, or one of another kind, lies in no range."""
    return (is_number(value) and is_number(limit)) or (isinstance(value, str) and isinstance(limit, str))
