"""Conditions told in words: `“Is it dealt with?” is “Yes, it is dealt with”`."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workflows.domain.fact_words import fact_words, spaced
from workflows.domain.fact_words import in_words as plain
from workflows.engine.drawings import Drawing
from workflows.engine.editing.conditions import (
    BEFORE_AND_AFTER,
    IS,
    IS_NOT,
    KNOWN,
    SIGNS,
    UNKNOWN,
    WORDS,
    Facts,
    Known,
    Picked,
    compared,
    fact_of,
    path_of,
    tree_of,
)

ORDERED = frozenset({"date", "time"})
NOT_EMPTY, EMPTY = frozenset({"> 0", ">= 1", "!= 0"}), frozenset({"== 0", "< 1", "<= 0"})
"""What the length of a list is compared with, to ask whether anything is in it."""


def in_words(condition: str, facts: Facts) -> str:
    """A condition for reading. What has no words is shown as it is written."""
    tree = tree_of(condition)
    return _Teller(facts).tell(tree) if tree is not None else condition


def named(expression: str, facts: Facts) -> str:
    """What an expression stands for: `“Other parties”`."""
    tree = tree_of(expression)
    return _Teller(facts).thing(tree) if tree is not None else expression


def asked_in(drawings: Iterable[Drawing]) -> dict[str, Known]:
    """What the steps of drawings ask, for telling conditions on it."""
    fields = (drawn for drawing in drawings for node in drawing.nodes.values() for drawn in node.fields)
    return {drawn.key: Known(drawn.label or fact_words(drawn.key), drawn.type, drawn.options) for drawn in fields}


def of_the_policy(path: str) -> str:
    """A value of the policy by its path."""
    return f"“{plain(path)}” of the policy"


@dataclass
class _Teller:
    facts: Facts
    inner: bool = field(default=False)

    def tell(self, tree: ast.expr) -> str:
        """An expression in words."""
        found = compared(tree)
        if found is not None:
            return self._picked(found)
        return self._joined(tree) if isinstance(tree, ast.BoolOp) else self._asked(tree)

    def _asked(self, tree: ast.expr) -> str:
        """What nobody picks: it is typed."""
        match tree:
            case ast.UnaryOp(ast.Not(), ast.Attribute() | ast.Name() as asked):
                return f"{self.thing(asked)} is no"
            case ast.UnaryOp(ast.Not(), said):
                return f"it is not so that {_Teller(self.facts, inner=True).tell(said)}"
            case ast.Compare(left, [sign], [right]):
                return self._comparison(left, sign, right)
            case ast.Attribute() | ast.Name():
                return f"{self.thing(tree)} is yes"
        return ast.unparse(tree)

    def _joined(self, tree: ast.BoolOp) -> str:
        values = list(tree.values)
        if isinstance(tree.op, ast.And) and len(values) > 1:
            told = [compared(each) for each in values]
            values = [
                each
                for place, each in enumerate(values)
                if not self._only_guards(told[place], told[place + 1 : place + 2])
            ]
        word = " and " if isinstance(tree.op, ast.And) else " or "
        parts = [_Teller(self.facts, inner=True).tell(each) for each in values]
        return f"({word.join(parts)})" if self.inner and len(parts) > 1 else word.join(parts)

    @staticmethod
    def _only_guards(first: Picked | None, following: list[Picked | None]) -> bool:
        """Whether a part only makes sure that the next has an answer to compare."""
        second = following[0] if following else None
        asks = first is not None and first.comparison == KNOWN
        return asks and first is not None and second is not None and second.fact == first.fact

    def _picked(self, found: Picked) -> str:
        known = self._known(found.fact)
        if found.value in ("True", "False") and found.comparison in (IS, IS_NOT):
            yes = (found.value == "True") == (found.comparison == IS)
            return f"“{known.label}” is {'yes' if yes else 'no'}"
        words = {**WORDS, **BEFORE_AND_AFTER} if known.type in ORDERED else WORDS
        if not found.value:
            return f"“{known.label}” {words[found.comparison]}"
        value = _value(found.value, known.options)
        return f"“{known.label}” {words[found.comparison]} {found.value if known.type == 'number' else value}"

    def _known(self, fact: str) -> Known:
        return self.facts.get(fact) or Known(fact_words(fact.removeprefix("all.")))

    def _comparison(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> str:
        if isinstance(sign, ast.In | ast.NotIn):
            return self._among(left, right, isn_t=isinstance(sign, ast.NotIn))
        asked = ast.unparse(ast.Compare(ast.Name("x"), [sign], [right])).removeprefix("x ")
        match left:
            case ast.Call(ast.Name("len"), [listed]) if asked in NOT_EMPTY | EMPTY:
                return f"{self.thing(listed)} is {'not empty' if asked in NOT_EMPTY else 'empty'}"
        if type(sign) not in SIGNS:
            return ast.unparse(ast.Compare(left, [sign], [right]))
        word = SIGNS[type(sign)]
        if isinstance(right, ast.Constant) and right.value is None:
            return f"{self.thing(left)} {WORDS[UNKNOWN if word == IS else KNOWN]}"
        return f"{self.thing(left)} {WORDS[word]} {self._against(left, right)}"

    def _among(self, left: ast.expr, right: ast.expr, *, isn_t: bool) -> str:
        if isinstance(right, ast.List | ast.Tuple):
            each = " or ".join(self._against(left, one) for one in right.elts)
            return f"{self.thing(left)} is {'not ' if isn_t else ''}{each}"
        return f"{self.thing(right)} {'does not include' if isn_t else 'includes'} {self._against(right, left)}"

    def _against(self, fact: ast.expr, tree: ast.expr) -> str:
        """What a fact is compared with: an answer of its own in the words of the question."""
        if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
            return _value(tree.value, self._known(fact_of(fact)).options)
        return self.thing(tree)

    def thing(self, tree: ast.expr) -> str:
        """What part of a condition stands for."""
        if fact := fact_of(tree):
            return f"“{self._known(fact).label}”"
        if path := path_of(tree, "policy"):
            return of_the_policy(path)
        if isinstance(tree, ast.Name):
            return f"“{plain(tree.id)}”"
        if isinstance(tree, ast.Constant):
            return {True: "yes", False: "no"}[tree.value] if isinstance(tree.value, bool) else str(tree.value)
        if isinstance(tree, ast.List | ast.Tuple) and tree.elts:
            return " and ".join(self.thing(each) for each in tree.elts)
        return self._worked(tree) or ast.unparse(tree)

    def _worked(self, tree: ast.expr) -> str:
        """What a function gives; "" for one that has no words."""
        match tree:
            case ast.Call(ast.Name("len"), [listed]):
                return f"the number in {self.thing(listed)}"
            case ast.Call(ast.Name("due"), [ast.Constant(key)]):
                return f"the last day of “{plain(str(key))}”"
            case ast.Call(ast.Name("days_between"), [first, last]):
                return f"the number of days from {self.thing(first)} to {self.thing(last)}"
            case ast.Call(ast.Name("count"), [listed, ast.Constant(answer)]) if fact := path_of(listed, "case"):
                known = self._known(fact.removeprefix("all."))
                return f"the number of answers {_value(str(answer), known.options)} to “{known.label}”"
        return ""


def _value(value: str, options: Iterable[tuple[str, str]]) -> str:
    """A value by the words of its answer."""
    words: Mapping[str, str] = dict(options)
    return f"“{words.get(value) or spaced(value)}”"
