"""Kinds of values: what an expression puts in order has an order."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache

from workflows.domain.vocabulary import ACTIONS, ANY_CASE, MESSAGES, SCREENS, START_FACTS
from workflows.engine.check.library import Library
from workflows.engine.check.paths import family
from workflows.engine.check.problems import Problem
from workflows.engine.check.sheet import Rule, Sheet
from workflows.engine.operations import ORDERINGS

Types = Mapping[str, frozenset[str]]
"""By fact: the types that it is drawn or supplied with; facts of decision tables have none that is known."""

NUMBER, TEXT, NEITHER = "a number", "a text", "neither a number nor a text"
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("text", "long_text", "choice", "date", "time"), TEXT),
    **dict.fromkeys(("yes_no", "several", "people", "files", "teams", "rows", "mapping", "list"), NEITHER),
    **dict.fromkeys(("number", "person", "team", "care_group", "plan"), NUMBER),
}
OF_FUNCTIONS: Mapping[str, str] = {
    **dict.fromkeys(("days_between", "len", "count", "abs", "round", "int"), NUMBER),
    **dict.fromkeys(("due", "str"), TEXT),
}


def types_of_family(process: str, library: Library) -> Types:
    """The types of all facts that a case in this process may have; see facts.of_family."""
    return library.once(_types_of_members, family(process, library))


def _types_of_members(library: Library, members: frozenset[str]) -> Types:
    types: dict[str, set[str]] = {}
    for member in members:
        supplied = [START_FACTS.get(member, ANY_CASE)]
        for node in library.drawings[member].nodes.values() if member in library.drawings else ():
            supplied.append({field.key: field.type for field in node.fields})
            if node.screen in SCREENS:
                supplied.append(SCREENS[node.screen].supplies)
            if node.action in ACTIONS:
                supplied.append(ACTIONS[node.action].supplies)
            supplied.append(MESSAGES.get(node.message, {}))
        for facts in supplied:
            for key, kind in facts.items():
                types.setdefault(key, set()).add(kind)
    return {key: frozenset(found) for key, found in types.items()}


def orders_are_of_one_kind(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """What is compared by order is two numbers or two texts, wherever that can be told."""
    types = types_of_family(sheet.drawing.process, library)
    for formula in sheet.formulas.sound:
        for left, right in _ordered(formula.expression.text):
            kinds = kind_of(left, types), kind_of(right, types)
            if "" not in kinds and (kinds[0] != kinds[1] or NEITHER in kinds):
                said = f"{library.named(left)} is {kinds[0]}, and {library.named(right)} is {kinds[1]}"
                yield sheet.of(formula.drawn, f"{formula.where} has no answer: {said}.")


@lru_cache(maxsize=2048)
def _ordered(text: str) -> tuple[tuple[ast.expr, ast.expr], ...]:
    """Both sides of every comparison by order."""
    tree = ast.walk(ast.parse(" ".join(text.split()), mode="eval"))
    compared = [([node.left, *node.comparators], node.ops) for node in tree if isinstance(node, ast.Compare)]
    return tuple(
        (sides[place], sides[place + 1])
        for sides, ops in compared
        for place, op in enumerate(ops)
        if type(op) in ORDERINGS
    )


def kind_of(side: ast.expr, types: Types) -> str:
    """NUMBER, TEXT or NEITHER; "" where it cannot be told."""
    if isinstance(side, ast.Constant) and side.value is not None:
        return NEITHER if isinstance(side.value, bool) else TEXT if isinstance(side.value, str) else NUMBER
    if isinstance(side, ast.List | ast.Tuple):
        return NEITHER
    if isinstance(side, ast.Call) and isinstance(side.func, ast.Name):
        return OF_FUNCTIONS.get(side.func.id, "")
    if isinstance(side, ast.Attribute) and isinstance(side.value, ast.Name) and side.value.id == "case":
        kinds = {KINDS.get(kind, "") for kind in types.get(side.attr, ())}
        return kinds.pop() if len(kinds) == 1 else ""
    return ""


RULES: tuple[Rule, ...] = (orders_are_of_one_kind,)
