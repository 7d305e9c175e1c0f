"""Turns the syntax tree of an expression into something that can be worked out, node by allowed node.

Nothing but what is written here can happen in an expression: there is no eval, no attribute of an object is ever read
(a dot reads a fact, the policy or a named value of a group), and nothing can be changed.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from workflows.domain.fields import Json
from workflows.engine.guards import known_when, sure_of
from workflows.engine.operations import ARITHMETIC, ORDERINGS, Scope, Worked, called, comparison, member, reckon
from workflows.engine.values import Fault, Missing, is_number, number

MAX_ARGUMENTS = 10
RESERVED = frozenset({"case", "policy", "True", "False", "None"})


class NotAllowedHere(Exception):
    """What in an expression is not allowed, as a sentence."""


class Builder:
    """Builds one expression and notes what it uses.

    `ordered` are the facts that must have a value when it is worked out: those compared by order, reckoned with or
    handed to a function, unless the expression asks first whether they are there. `due("x")` is among them where a
    deadline must have started, and `all.x` where a list must not be empty.
    """

    def __init__(self, known_functions: frozenset[str]) -> None:
        self.known_functions = known_functions
        self.facts: set[str] = set()
        self.all_facts: set[str] = set()
        self.ordered: set[str] = set()
        self.policy_paths: set[str] = set()
        self.functions: set[str] = set()
        self.names: set[str] = set()
        self._needed = False
        self._given: frozenset[str] = frozenset()

    def build(self, node: ast.expr) -> Worked:
        """What works out one node. Raises NotAllowedHere."""
        builder = NODES.get(type(node))
        if builder is None:
            raise NotAllowedHere(f"{_words_of(node)} cannot be used in an expression.")
        built: Worked = builder(self, node)
        return built

    @contextmanager
    def _with(self, *, needed: bool | None = None, given: frozenset[str] = frozenset()) -> Iterator[None]:
        before = self._needed, self._given
        self._needed = before[0] if needed is None else needed
        self._given = before[1] | given
        try:
            yield
        finally:
            self._needed, self._given = before

    def _must(self, node: ast.expr, needed: bool = True) -> Worked:
        with self._with(needed=needed):
            return self.build(node)

    def _constant(self, node: ast.Constant) -> Worked:
        value = node.value
        if value is not None and not isinstance(value, bool | int | float | str):
            raise NotAllowedHere(f"{_words_of(node)} cannot be used in an expression.")
        if is_number(value):
            try:
                value = number(value)
            except Fault as fault:
                raise NotAllowedHere(str(fault)) from fault
        return lambda scope: value  # noqa: ARG005 - every node is worked out from the scope

    def _name(self, node: ast.Name) -> Worked:
        key = node.id
        if key in RESERVED:
            raise NotAllowedHere(f"Say which: {key}.something.")
        if key in self.known_functions:
            raise NotAllowedHere(f"{key} is a function: write {key}(…).")
        self.names.add(key)

        def look_up(scope: Scope) -> Json:
            if key not in scope.names:
                raise Fault(f"Nothing has set the name “{key}” yet.")
            return scope.names[key]

        return look_up

    def _attribute(self, node: ast.Attribute) -> Worked:
        path = _path(node)
        if path and path[0] == "policy":
            return self._policy(path[1:])
        if path[:2] == ["case", "all"]:
            return self._every(path)
        if path and path[0] == "case" and len(path) == 2:
            return self._fact(path[1])
        key, holder = node.attr, self._must(node.value)
        return lambda scope: member(holder(scope), key)

    def _fact(self, key: str) -> Worked:
        self.facts.add(key)
        if not (self._needed and key not in self._given):
            return lambda scope: scope.case.get(key)
        self.ordered.add(key)

        def present(scope: Scope) -> Json:
            value = scope.case.get(key)
            if value is None:
                raise Missing(f"case.{key} has no value yet.")
            return value

        return present

    def _note(self, key: str, only: str = "") -> bool:
        """Note what must have a value, unless the expression has made sure of it. True where it is noted."""
        noted = bool(key) and key.startswith(only) and key not in self._given
        if noted:
            self.ordered.add(key)
        return noted

    def _every(self, path: list[str]) -> Worked:
        if len(path) != 3:
            raise NotAllowedHere("Say which: case.all.something.")
        key = path[2]
        self.all_facts.add(key)
        return lambda scope: list((scope.case.get("all") or {}).get(key, ()))

    def _policy(self, path: list[str]) -> Worked:
        words = ".".join(path)
        self.policy_paths.add(words)

        def said(scope: Scope) -> Json:
            value: Json = scope.policy
            for key in path:
                if not isinstance(value, Mapping) or key not in value:
                    raise Fault(f"The policy does not say what policy.{words} is.")
                value = value[key]
            return value

        return said

    def _subscript(self, node: ast.Subscript) -> Worked:
        holder, key = self._must(node.value), self._must(node.slice)
        return lambda scope: member(holder(scope), key(scope))

    def _list(self, node: ast.List | ast.Tuple) -> Worked:
        with self._with(needed=False):
            members = [self.build(each) for each in node.elts]
        return lambda scope: [each(scope) for each in members]

    def _boolop(self, node: ast.BoolOp) -> Worked:
        both = isinstance(node.op, ast.And)
        parts: list[Worked] = []
        given: frozenset[str] = frozenset()
        for place, each in enumerate(node.values):
            falls_through = not both and place < len(node.values) - 1
            with self._with(needed=self._needed and not falls_through, given=given):
                parts.append(self.build(each))
            given |= known_when(each, holds=both)

        def joined(scope: Scope) -> Json:
            value: Json = None
            for part in parts:
                value = part(scope)
                if bool(value) != both:
                    break
            return value

        return joined

    def _unaryop(self, node: ast.UnaryOp) -> Worked:
        if isinstance(node.op, ast.Not):
            operand = self._must(node.operand, needed=False)
            return lambda scope: not operand(scope)
        if not isinstance(node.op, ast.USub | ast.UAdd):
            raise NotAllowedHere(f"{_words_of(node.op)} cannot be used in an expression.")
        operand, negative = self._must(node.operand), isinstance(node.op, ast.USub)
        return lambda scope: -number(operand(scope)) if negative else number(operand(scope))

    def _ifexp(self, node: ast.IfExp) -> Worked:
        test = self._must(node.test, needed=False)
        with self._with(given=known_when(node.test, holds=True)):
            then = self.build(node.body)
        with self._with(given=known_when(node.test, holds=False)):
            otherwise = self.build(node.orelse)
        return lambda scope: then(scope) if test(scope) else otherwise(scope)

    def _binop(self, node: ast.BinOp) -> Worked:
        kind = type(node.op)
        if kind not in ARITHMETIC:
            raise NotAllowedHere(f"{_words_of(node.op)} cannot be used in an expression.")
        left, right, apply = self._must(node.left), self._must(node.right), ARITHMETIC[kind]
        joins = kind is ast.Add
        return lambda scope: reckon(left(scope), right(scope), apply, joins)

    def _compare(self, node: ast.Compare) -> Worked:
        needed = [_needs_value(op) for op in node.ops]
        operands = [node.left, *node.comparators]
        sides = [
            self._must(each, needed=any(needs[side] for needs, side in _neighbours(needed, place)))
            for place, each in enumerate(operands)
        ]
        steps = [comparison(op) for op in node.ops]

        def compared(scope: Scope) -> bool:
            left = sides[0](scope)
            for holds, side in zip(steps, sides[1:], strict=True):
                right = side(scope)
                if not holds(left, right):
                    return False
                left = right
            return True

        return compared

    def _call(self, node: ast.Call) -> Worked:
        if not isinstance(node.func, ast.Name):
            raise NotAllowedHere("Only the functions that are listed can be called.")
        key = node.func.id
        if key not in self.known_functions:
            raise NotAllowedHere(f"There is no function called {key}.")
        if node.keywords or any(isinstance(each, ast.Starred) for each in node.args) or len(node.args) > MAX_ARGUMENTS:
            raise NotAllowedHere(f"{key}(…) takes plain values with commas between them.")
        self.functions.add(key)
        if key in {"min", "max"} and len(node.args) == 1:
            self._note(sure_of(node.args[0]), only="all.")
        values = [self._must(each, needed=key != "count" or place == 0) for place, each in enumerate(node.args)]
        if key == "due" and self._needed and self._note(sure_of(node)):
            return lambda scope: _started(called(scope, key, [each(scope) for each in values]))
        return lambda scope: called(scope, key, [each(scope) for each in values])


def _started(due: Json) -> Json:
    if due is None:
        raise Missing("The deadline has not started yet.")
    return due


def _path(node: ast.expr) -> list[str]:
    """["case", "x"] for case.x; [] for what is not such a row of names."""
    keys: list[str] = []
    while isinstance(node, ast.Attribute):
        keys.insert(0, node.attr)
        node = node.value
    return [node.id, *keys] if isinstance(node, ast.Name) and node.id in {"case", "policy"} else []


def _needs_value(op: ast.cmpop) -> tuple[bool, bool]:
    """Whether the left and the right side of a comparison must have a value."""
    ordering = type(op) in ORDERINGS
    return ordering, ordering or isinstance(op, ast.In | ast.NotIn)


def _neighbours(needed: list[tuple[bool, bool]], place: int) -> Iterator[tuple[tuple[bool, bool], int]]:
    if place < len(needed):
        yield needed[place], 0
    if place > 0:
        yield needed[place - 1], 1


NODES: Mapping[type[ast.expr], Callable[[Builder, Any], Worked]] = {
    ast.Attribute: Builder._attribute,
    ast.BinOp: Builder._binop,
    ast.BoolOp: Builder._boolop,
    ast.Call: Builder._call,
    ast.Compare: Builder._compare,
    ast.Constant: Builder._constant,
    ast.IfExp: Builder._ifexp,
    ast.List: Builder._list,
    ast.Name: Builder._name,
    ast.Subscript: Builder._subscript,
    ast.Tuple: Builder._list,
    ast.UnaryOp: Builder._unaryop,
}
"""Everything that an expression may consist of."""

_WORDS: Mapping[type[ast.AST], str] = {
    ast.Pow: "A power (**)",
    ast.LShift: "A shift of bits",
    ast.RShift: "A shift of bits",
    ast.BitOr: "|",
    ast.BitAnd: "&",
    ast.BitXor: "^",
    ast.MatMult: "@",
    ast.Invert: "~",
    ast.Lambda: "A function of your own",
    ast.JoinedStr: "A text with f in front of it",
    ast.ListComp: "A loop",
    ast.SetComp: "A loop",
    ast.DictComp: "A loop",
    ast.GeneratorExp: "A loop",
    ast.NamedExpr: "An assignment (:=)",
    ast.Slice: "A part of a list",
    ast.Dict: "A group in braces",
    ast.Set: "A group in braces",
    ast.Starred: "*",
}


def _words_of(node: ast.AST) -> str:
    return _WORDS.get(type(node), "Something in it")
