"""Which facts an expression has made sure of before it uses them, as in `case.days != None and case.days > 28`."""

import ast


def known_when(test: ast.expr, *, holds: bool) -> frozenset[str]:
    """The facts that have a value whenever the test holds (or, with `holds` false, whenever it does not)."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return known_when(test.operand, holds=not holds)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) == holds:
        return frozenset().union(*(known_when(each, holds=holds) for each in test.values))
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return _compared(test, holds)
    return _fact(test) if holds else frozenset()


def _compared(test: ast.Compare, holds: bool) -> frozenset[str]:
    op, other = test.ops[0], test.comparators[0]
    if not isinstance(other, ast.Constant):
        return frozenset()
    if isinstance(op, ast.NotEq | ast.IsNot) and other.value is None and holds:
        return _fact(test.left)
    if isinstance(op, ast.Eq | ast.Is) and (other.value is None) != holds:
        return _fact(test.left)
    return frozenset()


def _fact(node: ast.expr) -> frozenset[str]:
    """The key of `case.x`; nothing for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "case":
        return frozenset({node.attr})
    return frozenset()
