"""Which facts an expression has made sure of before it uses them, as in `case.days != None and case.days > 28`."""

import ast


def known_when(test: ast.expr, *, holds: bool) -> frozenset[str]:
    """What has a value whenever the test holds (or, with `holds` false, whenever it does not): see sure_of."""
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
    if isinstance(op, ast.Gt) and other.value == 0 and holds:
        return _counted(test.left)
    if isinstance(op, ast.NotEq | ast.IsNot) and other.value is None and holds:
        return _fact(test.left)
    if isinstance(op, ast.Eq | ast.Is) and (other.value is None) != holds:
        return _fact(test.left)
    return frozenset()


def _counted(node: ast.expr) -> frozenset[str]:
    """What has members when `len(…)` or `count(…, value)` is more than nothing: `case.all.x`."""
    counts = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"len", "count"}
    return _fact(node.args[0]) if isinstance(node, ast.Call) and counts and node.args else frozenset()


def _fact(node: ast.expr) -> frozenset[str]:
    sure = sure_of(node)
    return frozenset({sure}) if sure else frozenset()


def sure_of(node: ast.expr) -> str:
    """How a value that may be missing is written down: `x` for case.x, `all.x` for case.all.x, `due("x")` as it is.

    "" for anything else.
    """
    if isinstance(node, ast.Call):
        named = isinstance(node.func, ast.Name) and node.func.id == "due" and len(node.args) == 1
        name = node.args[0].value if named and isinstance(node.args[0], ast.Constant) else None
        return f'due("{name}")' if isinstance(name, str) else ""
    if not isinstance(node, ast.Attribute):
        return ""
    if isinstance(node.value, ast.Name) and node.value.id == "case":
        return node.attr
    every = isinstance(node.value, ast.Attribute) and sure_of(node.value) == "all"
    return f"all.{node.attr}" if every else ""
