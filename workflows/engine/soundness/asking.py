"""Asking: what an expression, or a decision table, can give while several values of its facts are possible.

    question.answers(state) -> ((answer, ((key, values that give this answer), ...)), ...)

The one evaluator works everything out; a fact that has several values left is tried with each of them when it is read,
and those that make no difference stay together.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from workflows.domain.errors import Unsound
from workflows.domain.fields import Json
from workflows.engine.decisions import NoSingleAnswer, Rule, Table
from workflows.engine.expressions import FUNCTIONS, Expression, ExpressionFailed, FactMissing
from workflows.engine.soundness.values import SOMETHING, UNSET, Key, Unknowable, bits

Masks = tuple[int, ...]
"""For each key the values that are possible."""
Narrowing = tuple[tuple[int, int], ...]
"""Keys with the values that are left of them."""
Answers = tuple[tuple[Any, Narrowing], ...]

YES, NO = 1, 2
"""The two values of a question that cannot be known."""
MOST_ANSWERS = 256
MOST_TRIALS = 1_000
"""Values tried for one question; what more of them would say is taken for unknown."""


class Undecided(Exception):
    """A key has several values left, and one is needed."""

    def __init__(self, key: int) -> None:
        self.key = key


class Clash(Exception):
    """A table gives more than one answer where only one may be given."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


class View:
    """What an expression sees: `case`, `policy`, names of scripts and functions, over possible values."""

    def __init__(self, keys: Sequence[Key], index: Mapping[str, int], process: str) -> None:
        self.keys, self.index, self.process = keys, index, process
        self.masks: Mapping[int, int] = {}
        self.case: Any = _Facts(self)
        self.names: Any = _Names(self)
        self.policy: Any = _Policy(self, "")
        self.functions: Mapping[str, Callable[..., Json]] = {**FUNCTIONS, "due": lambda name: self.value(f"due.{name}")}

    def value(self, name: str) -> Json:
        """The one value that a key has. Raises Undecided, and Unknowable for a key that is not followed."""
        if name not in self.index:
            raise Unknowable
        key = self.index[name]
        mask = self.masks[key]
        if mask & (mask - 1):
            raise Undecided(key)
        return self.keys[key].values[mask.bit_length() - 1]

    def work_out(self, expression: Expression) -> Json:
        """The value of an expression. Raises Undecided, Unknowable and ExpressionFailed."""
        return expression.evaluate(self.case, self.policy, self.names, self.functions)


class _Facts(Mapping[str, Json]):
    def __init__(self, view: View) -> None:
        self.view = view

    def __getitem__(self, key: str) -> Json:
        return _Lists() if key == "all" else self.view.value(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1


class _Lists(Mapping[str, Json]):
    """`case.all`: which answers a list of people gave cannot be known."""

    def __getitem__(self, key: str) -> Json:
        raise Unknowable

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1


class _Names(_Facts):
    def __contains__(self, key: object) -> bool:
        return self[str(key)] is not UNSET

    def __getitem__(self, key: str) -> Json:
        return self.view.value(f"name:{self.view.process}.{key}")


class _Policy(_Facts):
    def __init__(self, view: View, path: str) -> None:
        super().__init__(view)
        self.path = path

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> Json:
        path = f"{self.path}.{key}" if self.path else key
        return self.view.value(f"policy.{path}") if f"policy.{path}" in self.view.index else _Policy(self.view, path)


class Question:
    """Something that is worked out on the way, with the keys that it reads.

    `work` raises Undecided, Unknowable, ExpressionFailed and Clash; `memo` is the key that remembers the answer to a
    question that cannot be known, so that it is answered alike until one of its facts changes; -1 for none.
    """

    def __init__(
        self, text: str, view: View, reads: Sequence[int], work: Callable[[View], Any], memo: int = -1
    ) -> None:
        self.text, self.view, self.work, self.memo = text, view, work, memo
        self.reads = tuple(dict.fromkeys([*reads, memo] if memo >= 0 else reads))
        self._kept: dict[Masks, Answers] = {}
        self._left = 0

    def answers(self, masks: Masks) -> Answers:
        """Every answer, with what has to be left of the keys for it; a Clash is an answer too."""
        asked = tuple([masks[key] for key in self.reads])
        found = self._kept.get(asked)
        if found is None:
            self._left = MOST_TRIALS
            found = self._kept[asked] = tuple(self._tried(dict(zip(self.reads, asked, strict=True))))[:MOST_ANSWERS]
        return found

    def _tried(self, masks: dict[int, int]) -> list[tuple[Any, Narrowing]]:
        self.view.masks = masks
        self._left -= 1
        if self._left < 0:
            return self._both(masks)
        try:
            answer = self.work(self.view)
        except Undecided as undecided:
            return self._parted(masks, undecided.key)
        except Clash as clash:
            return [(clash, ())]
        except (Unknowable, ExpressionFailed):
            return self._both(masks)
        return [(each, ()) for each in answer.each] if isinstance(answer, Either) else [(answer, ())]

    def _both(self, masks: Mapping[int, int]) -> list[tuple[Any, Narrowing]]:
        if self.memo < 0:
            return [(SOMETHING, ())]
        kept = masks[self.memo]
        return [(answer, ((self.memo, bit),)) for answer, bit in ((True, YES), (False, NO)) if kept & bit]

    def _parted(self, masks: dict[int, int], key: int) -> list[tuple[Any, Narrowing]]:
        """One value after the other; those with the same answers are taken together."""
        groups: dict[str, tuple[int, list[tuple[Any, Narrowing]]]] = {}
        for bit in bits(masks[key]):
            answers = self._tried({**masks, key: bit})
            same = repr([(id(answer) if answer is SOMETHING else answer, left) for answer, left in answers])
            groups[same] = (groups[same][0] | bit if same in groups else bit, answers)
        return [
            (answer, ((key, group), *left) if group != masks[key] else left)
            for group, answers in groups.values()
            for answer, left in answers
        ]


class Either:
    """Answers that are all possible."""

    def __init__(self, each: Sequence[Any]) -> None:
        self.each = each


def holds(expression: Expression) -> Callable[[View], bool]:
    """Whether a condition holds."""
    return lambda view: bool(view.work_out(expression))


def length(expression: Expression) -> Callable[[View], int]:
    """How many a list has; one that is written out has as many as are written."""
    written = ast.parse(" ".join(expression.text.split()), mode="eval").body
    if isinstance(written, ast.List | ast.Tuple):
        return lambda view: len(written.elts)  # noqa: ARG005 - whatever they are

    def counted(view: View) -> int:
        listed = view.work_out(expression)
        if not isinstance(listed, list):
            raise Unknowable
        return len(listed)

    return counted


def decision(table: Table) -> Callable[[View], Any]:
    """The outputs of a table, as a row of values; several rows where an input cannot be known."""

    def decided(view: View) -> Any:
        inputs = [_input(view, column.expression) for column in table.inputs]
        if SOMETHING not in [each if each is SOMETHING else None for each in inputs]:
            try:
                return tuple(_frozen(each) for each in table.decide(inputs).values())
            except NoSingleAnswer as fault:
                raise Clash(fault.sentence) from fault
        if table.hit_policy == "COLLECT":
            return (SOMETHING,) * len(table.outputs)
        return Either(list(_possible(table, inputs)))

    return decided


def _input(view: View, expression: Expression) -> Json:
    try:
        return view.work_out(expression)
    except FactMissing:
        return None
    except (Unknowable, Unsound):
        return SOMETHING


def _possible(table: Table, inputs: Sequence[Json]) -> Iterator[tuple[Any, ...]]:
    """The rows that may apply, until one that surely does."""
    for rule in table.rules:
        applies = _applies(rule, inputs)
        if applies is not False:
            yield tuple(_frozen(each) for each in rule.values)
        if applies is True:
            return
    yield (None,) * len(table.outputs)


def _applies(rule: Rule, inputs: Sequence[Json]) -> bool | None:
    sure = True
    for test, cell, value in zip(rule.tests, rule.cells, inputs, strict=True):
        if value is SOMETHING:
            sure = sure and cell in ("", "-")
        elif not test(value):
            return False
    return True if sure else None


def _frozen(value: Json) -> Any:
    return SOMETHING if isinstance(value, list | dict) else value
