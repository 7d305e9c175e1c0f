"""The lists of accord:for_each: they are there when the case comes to them, and they are lists."""

import ast
from collections.abc import Iterator

from workflows.domain.fields import FIELD_TYPES
from workflows.domain.wording import listed
from workflows.engine.check.facts import Ways, of_family, places
from workflows.engine.check.kinds import NUMBER, TEXT, Types, kind_of, types_of_family
from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem
from workflows.engine.check.sheet import Rule, Sheet
from workflows.engine.drawings import Node
from workflows.engine.expressions import Refused, read

LISTS = frozenset({"people", "teams", "list", "several"})
"""The types of facts that can be gone through one by one. Rows have no name by which a step could be told apart."""


def lists_are_there(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """What something is done for each of is a list on every way there: one that nobody has written is no empty list."""
    drawing = sheet.drawing
    if not any(node.for_each for node in drawing.nodes.values()):
        return
    ways, types = library.once(Ways), types_of_family(drawing.process, library)
    entry, inside = ways.entry(drawing.process), ways.inside(drawing)
    family = of_family(drawing.process, library)
    for place, known in places(drawing, inside, ways):
        if isinstance(place, Node) and (tree := _tree(place.for_each)) is not None:
            if fault := _no_list(tree, types, library):
                yield sheet.of(place, fault)
            for key in sorted((_needed(tree) & family) - (entry | known)):
                yield sheet.of(
                    place,
                    f"There is a way here on which nobody has given {library.fact(key)}, so there is no list to go "
                    "through. Let an earlier step, or work of the system, supply it on every way.",
                )


def _tree(text: str) -> ast.expr | None:
    """The expression as a tree; None for one that is not there, or that is refused already."""
    try:
        return ast.parse(read(text).text.replace("\n", " "), mode="eval").body if text else None
    except Refused:
        return None


def _no_list(tree: ast.expr, types: Types, library: Library) -> str:
    """What is wrong with an expression that can be told to be no list, or ""."""
    said = library.named(tree)
    if isinstance(tree, ast.Attribute) and isinstance(tree.value, ast.Name) and tree.value.id == "case":
        found = types.get(tree.attr, frozenset())
        if found and not found & LISTS:
            kinds = listed([FIELD_TYPES.get(kind, kind) for kind in sorted(found)], "or")
            return f"{said} is {kinds}, and no list of people, teams or names."
    elif isinstance(tree, ast.Constant | ast.Compare) or kind_of(tree, types) in (NUMBER, TEXT):
        return f"{said} is no list of people, teams or names."
    return ""


def _needed(tree: ast.expr) -> frozenset[str]:
    """The facts that must have a value: that of the list itself, and those that a list is written with.

    Those that it reckons with need one wherever they stand, and are looked at with the other expressions.
    """
    parts = tree.elts if isinstance(tree, ast.List | ast.Tuple) else [tree]
    try:
        needed = frozenset().union(*(read(f"len({ast.unparse(part)})").ordered_facts for part in parts))
        return needed - read(ast.unparse(tree)).ordered_facts
    except Refused:  # it has become too long for an expression
        return frozenset()


RULES: tuple[Rule, ...] = (lists_are_there,)
