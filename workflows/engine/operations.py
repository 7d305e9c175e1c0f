"""What the parts of an expression do once they are worked out: comparing, reckoning, looking into lists and groups."""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workflows.domain.fields import Json
from workflows.engine.values import FUNCTIONS, MAX_ITEMS, MAX_TEXT, Fault, comparable, in_words, items, number, same


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression sees while it is worked out."""

    case: Mapping[str, Json]
    policy: Mapping[str, Json]
    names: Mapping[str, Json]
    functions: Mapping[str, Callable[..., Json]]


Worked = Callable[[Scope], Json]

ORDERINGS: Mapping[type[ast.cmpop], Callable[[Json, Json], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
ARITHMETIC: Mapping[type[ast.operator], Callable[[Json, Json], Json]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


def member(holder: Json, key: Json) -> Json:
    """A named value of a group, or a place in a list. Raises Fault."""
    if isinstance(holder, Mapping) and isinstance(key, str):
        return holder.get(key)
    if isinstance(holder, list | tuple) and isinstance(key, int) and not isinstance(key, bool):
        if -len(holder) <= key < len(holder):
            return holder[key]
        raise Fault(f"The list has no place {key}.")
    raise Fault(f"{in_words(holder)} has no part {in_words(key)}.")


def reckon(left: Json, right: Json, apply: Callable[[Json, Json], Json], joins: bool) -> Json:
    """Arithmetic on two numbers; with `joins` also two texts or two lists put together. Raises Fault."""
    if joins and isinstance(left, str) and isinstance(right, str) and len(left) + len(right) <= MAX_TEXT:
        return left + right
    if joins and isinstance(left, list) and isinstance(right, list) and len(left) + len(right) <= MAX_ITEMS:
        return left + right
    try:
        return number(apply(number(left), number(right)))
    except ZeroDivisionError:
        raise Fault("A number cannot be divided by nothing.") from None


def comparison(op: ast.cmpop) -> Callable[[Json, Json], bool]:
    """What a sign of comparison asks of two values."""
    if isinstance(op, ast.Eq | ast.Is):
        return same
    if isinstance(op, ast.NotEq | ast.IsNot):
        return lambda left, right: not same(left, right)
    if isinstance(op, ast.In):
        return among
    if isinstance(op, ast.NotIn):
        return lambda left, right: not among(left, right)
    ordering = ORDERINGS[type(op)]

    def in_order(left: Json, right: Json) -> bool:
        comparable(left, right)
        return ordering(left, right)

    return in_order


def among(value: Json, holder: Json) -> bool:
    """Whether a value stands in a list, a text in a text, a key in a group. Raises Fault."""
    if isinstance(holder, str):
        return isinstance(value, str) and value in holder
    if isinstance(holder, Mapping):
        return isinstance(value, str) and value in holder
    return any(same(value, each) for each in items(holder))


def called(scope: Scope, key: str, values: list[Json]) -> Json:
    """What a named function gives. Raises Fault."""
    function = scope.functions.get(key)
    if function is None:
        raise Fault(f"{key}(…) cannot be used here.")
    if key not in FUNCTIONS:
        return function(*values)  # the case's own, whose faults are not the expression's
    try:
        return function(*values)
    except (TypeError, ValueError, OverflowError):
        raise Fault(f"{key}(…) does not take these values.") from None
