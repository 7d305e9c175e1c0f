"""Conditions as people put them: picked from an answer, how it compares and a value."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.fields import number_in_words
from workflows.engine.drawings import number
from workflows.engine.editing.diagram import CannotChange
from workflows.engine.expressions import Refused, read

IS, IS_NOT, INCLUDES, MORE, LEAST, LESS, MOST, KNOWN, UNKNOWN = (
    *("is", "is_not", "includes", "more", "at_least", "less", "at_most", "known", "unknown"),
)
WORDS: Mapping[str, str] = {
    IS: "is",
    IS_NOT: "is not",
    INCLUDES: "includes",
    MORE: "is more than",
    LEAST: "is at least",
    LESS: "is less than",
    MOST: "is at most",
    KNOWN: "has an answer",
    UNKNOWN: "has no answer",
}
BEFORE_AND_AFTER: Mapping[str, str] = {
    MORE: "is after",
    LEAST: "is on or after",
    LESS: "is before",
    MOST: "is on or before",
}
"""The same comparisons, of dates and times."""
ORDERS: Mapping[str, str] = {MORE: ">", LEAST: ">=", LESS: "<", MOST: "<="}
SIGNS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: IS,
    ast.Is: IS,
    ast.NotEq: IS_NOT,
    ast.IsNot: IS_NOT,
    ast.Gt: MORE,
    ast.GtE: LEAST,
    ast.Lt: LESS,
    ast.LtE: MOST,
}
_ORDERED = ("number", "date", "time")


@dataclass(frozen=True)
class Known:
    """What is known of a fact: what it is called, its type, and its values with their words, where they are known."""

    label: str
    type: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Picked:
    """A condition that was picked: a fact, one of WORDS, and a value as text ("" where none is needed)."""

    fact: str
    comparison: str
    value: str = ""


Facts = Mapping[str, Known]


def comparisons(kind: str) -> Mapping[str, str]:
    """How a fact of a type may be compared, with the words."""
    if kind in _ORDERED:
        words = {**WORDS, **BEFORE_AND_AFTER} if kind != "number" else WORDS
        return {each: words[each] for each in (IS, IS_NOT, MORE, LEAST, LESS, MOST, KNOWN, UNKNOWN)}
    if kind in ("several", "list"):
        return {each: WORDS[each] for each in (INCLUDES, KNOWN, UNKNOWN)}
    if kind in ("text", "long_text", "choice", "yes_no", ""):
        return {each: WORDS[each] for each in (IS, IS_NOT, KNOWN, UNKNOWN)}
    return {each: WORDS[each] for each in (KNOWN, UNKNOWN)}


def written(picked: Picked, kind: str) -> str:
    """The condition as the diagram writes it. An order is asked for only where there is an answer. Raises CannotChange
    and Refused with a sentence."""
    fact = f"case.{picked.fact}"
    if picked.comparison not in comparisons(kind):
        raise CannotChange("Choose how the answer compares.")
    if picked.comparison in (KNOWN, UNKNOWN):
        return read(f"{fact} {'!=' if picked.comparison == KNOWN else '=='} None").text
    value = _value(picked.value.strip(), kind)
    if picked.comparison == INCLUDES:
        return read(f"{fact} != None and {value} in {fact}").text
    if picked.comparison in ORDERS:
        return read(f"{fact} != None and {fact} {ORDERS[picked.comparison]} {value}").text
    return read(f"{fact} {'==' if picked.comparison == IS else '!='} {value}").text


def _value(value: str, kind: str) -> str:
    if not value:
        raise CannotChange("Say with what the answer is compared.")
    if kind == "yes_no":
        if value not in ("True", "False"):
            raise CannotChange("Choose yes or no.")
        return value
    if kind in ("number", "person", "team", "care_group", "plan"):
        exact = number(value)
        if exact is None:
            raise CannotChange("Write a number, such as 10 or 2.5.")
        return number_in_words(exact)
    if '"' in value or "\\" in value:
        raise CannotChange("The value cannot have quotation marks in it.")
    return f'"{value}"'


def picked(condition: str) -> Picked | None:
    """A condition as it would be picked; None for one that can only be typed."""
    tree = tree_of(condition)
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) and len(tree.values) == 2:
        first, second = (compared(each) for each in tree.values)
        guarded = first is not None and second is not None and first.comparison == KNOWN
        return second if guarded and first is not None and second is not None and first.fact == second.fact else None
    return compared(tree)


def compared(tree: ast.expr | None) -> Picked | None:
    """One fact compared with one value; None for anything else."""
    turned = isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not)
    if fact := fact_of(tree.operand if isinstance(tree, ast.UnaryOp) and turned else tree):
        return Picked(fact, IS_NOT if turned else IS, "True")
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1:
        return None
    left, op, right = tree.left, tree.ops[0], tree.comparators[0]
    if isinstance(op, ast.In) and (fact := fact_of(right)) and isinstance(left, ast.Constant):
        return Picked(fact, INCLUDES, str(left.value))
    sign = SIGNS.get(type(op), "")
    if not (fact := fact_of(left)) or not isinstance(right, ast.Constant) or not sign:
        return None
    if right.value is None:
        return Picked(fact, UNKNOWN if sign == IS else KNOWN)
    return Picked(fact, sign, str(right.value))


def tree_of(condition: str) -> ast.expr | None:
    """A condition as it is parsed; None for one that cannot be used."""
    try:
        return ast.parse(read(condition).text.replace("\n", " "), mode="eval").body
    except Refused:
        return None


def fact_of(tree: ast.expr | None) -> str:
    """`x` for `case.x`, "" for anything else."""
    path = path_of(tree, "case")
    return "" if "." in path else path


def path_of(tree: ast.expr | None, root: str) -> str:
    """`a.b` for `policy.a.b`, "" for anything else."""
    names: list[str] = []
    while isinstance(tree, ast.Attribute):
        names.append(tree.attr)
        tree = tree.value
    return ".".join(reversed(names)) if isinstance(tree, ast.Name) and tree.id == root else ""
