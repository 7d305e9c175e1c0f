"""The keys of a process and its stages: what has to be followed, and what it can be before anything has happened.

Facts that conditions, lists, scripts and tables read; values of the policy; days that have come into sight; names of
scripts.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from workflows.domain.vocabulary import ANY_CASE, START_FACTS
from workflows.engine.check import supply
from workflows.engine.check.library import Library
from workflows.engine.decisions import Table
from workflows.engine.drawings import Drawing, Node
from workflows.engine.expressions import Expression, Refused, deadline_of, read, read_script
from workflows.engine.soundness.values import ELSE, SOMETHING, UNSET, Asked, Key, asked_of, fact_of, values_of

_DUE = re.compile(r"""\bdue\(\s*(["'])([a-z][a-z0-9_]*)\1""")
_LITERAL = re.compile(r""""[^"\\]*"|-?[0-9]+(?:\.[0-9]+)?|true|false|null""")


class Keys:
    """The keys of one process with its stages. `process` must be among the library's drawings."""

    def __init__(self, library: Library, process: str) -> None:
        self.library, self.process = library, process
        self.drawings = {key: library.drawings[key] for key in _stages(library, process)}
        self.keys: list[Key] = []
        self.index: dict[str, int] = {}
        self._follow_keys()

    @property
    def initial(self) -> tuple[int, ...]:
        """What each key can be before anything has happened."""
        return tuple([key.initial for key in self.keys])

    def key(self, name: str) -> Key:
        """A key, made where it is not there yet."""
        if name not in self.index:
            self.index[name] = len(self.keys)
            self.keys.append(Key(name))
        return self.keys[self.index[name]]

    @cached_property
    def expressions(self) -> list[Expression]:
        """Everything that is worked out anywhere in the process and its stages."""
        found = [expression for drawing in self.drawings.values() for expression in _expressions(drawing)]
        for drawing in self.drawings.values():
            for node in drawing.nodes.values():
                if node.decision in self.library.tables:
                    found += [column.expression for column in self.library.tables[node.decision].table.inputs]
        return found

    @cached_property
    def asked(self) -> Mapping[str, Asked]:
        """What is asked of each fact."""
        return {fact: asked for fact, asked in self._asked_of_all.items() if not fact.startswith("policy.")}

    @cached_property
    def _asked_of_all(self) -> Mapping[str, Asked]:
        """What is asked of each fact and each value of the policy, by expressions and by the cells of tables."""
        asked = dict(asked_of(self.expressions))
        for key in {fact for expression in self.expressions for fact in expression.facts}:
            asked.setdefault(key, Asked())
        for drawing in self.drawings.values():
            for node in drawing.nodes.values():
                if node.decision in self.library.tables:
                    _asked_by_table(self.library.tables[node.decision].table, asked)
        return asked

    def _follow_keys(self) -> None:
        for fact in sorted(self.asked):
            self.key(fact)
        for path in sorted({path for expression in self.expressions for path in expression.policy_paths}):
            self._follow_policy(path)
        for name in sorted(self.deadlines):
            self.key(f"due.{name}").mask([None, SOMETHING])
        for process, drawing in self.drawings.items():
            for name in sorted({name for node in drawing.nodes.values() for name in _names_of(node)}):
                self.key(f"name:{process}.{name}").initial = self.key(f"name:{process}.{name}").mask([UNSET])
        for fact, asked in self.asked.items():
            self.key(fact).initial = self._at_the_start(fact, asked)
        for name in sorted(self.deadlines):
            self.key(f"due.{name}").initial = self._in_sight_at_the_start(name)

    def _follow_policy(self, path: str) -> None:
        """What the policies say, and whatever else is asked for: a drawing may serve trusts that say other things."""
        key, said = self.key(f"policy.{path}"), []
        for policy in self.library.policies:
            value: object = policy.values
            for part in path.split("."):
                value = value.get(part) if isinstance(value, Mapping) else None
            said.append(value)
        asked = self._asked_of_all.get(key.name, Asked())
        if all(isinstance(value, bool) for value in said):
            key.initial = key.mask([True, False])
        elif all(isinstance(value, str | int | float) for value in said):
            texts = any(isinstance(value, str) for value in said)
            key.initial = key.mask([*said, *asked.constants, *([ELSE] if texts and asked.constants else [])])
        else:
            key.initial = key.mask([SOMETHING])

    @cached_property
    def deadlines(self) -> frozenset[str]:
        """Those that a condition asks for, or that a case may wait for and nothing else."""
        asked = {name for expression in self.expressions for name in dues(expression)}
        waits = (node for drawing in self.drawings.values() for node in drawing.nodes.values())
        drawn = {deadline_of(node.timer) for node in waits if node.timer and not node.attached_to}
        return frozenset(asked | drawn) - {""}

    @cached_property
    def writers(self) -> Mapping[str, int]:
        """By fact: how many elements of the process and its stages write it."""
        nodes = (node for drawing in self.drawings.values() for node in drawing.nodes.values())
        return Counter(fact for node in nodes for fact in supply.may(node, self.library))

    @property
    def is_stage(self) -> bool:
        """Whether it is only ever called, so that any fact may be there when it begins."""
        return self.process not in START_FACTS and self.process in self.library.callers

    def _at_the_start(self, fact: str, asked: Asked) -> int:
        key, types = self.key(fact), START_FACTS.get(self.process, ANY_CASE)
        nothing = key.absent()
        if fact in types:
            given = key.mask(values_of(types[fact], asked))
            return given if fact in supply.certain_of_start(self.process) else given | nothing
        if self.is_stage or fact not in self.writers:
            return key.mask(values_of(self._type_of(fact), asked)) | nothing
        return nothing

    def _type_of(self, fact: str) -> str:
        for drawing in self.library.drawings.values():
            for node in drawing.nodes.values():
                for drawn in node.fields:
                    if drawn.key == fact:
                        return drawn.type
        return next((facts[fact] for facts in START_FACTS.values() if fact in facts), "")

    def starts_of(self, deadline: str) -> set[str]:
        """The facts from which a deadline runs, in one policy or another."""
        rules = [policy.deadlines[deadline] for policy in self.library.policies if deadline in policy.deadlines]
        return {rule.start for rule in rules}

    def _in_sight_at_the_start(self, deadline: str) -> int:
        key, starts = self.key(f"due.{deadline}"), self.starts_of(deadline)
        if not starts & self.writers.keys():
            return key.mask([SOMETHING])
        known = starts & START_FACTS.get(self.process, {}).keys()
        return key.mask([None, SOMETHING] if known or self.is_stage else [None])


def dues(expression: Expression) -> list[str]:
    """The deadlines that an expression asks for in due("…")."""
    return [match[2] for match in _DUE.finditer(expression.text)] if "due" in expression.functions else []


def _asked_by_table(table: Table, asked: dict[str, Asked]) -> None:
    """What the cells of a table compare a fact with."""
    for place, column in enumerate(table.inputs):
        fact = fact_of(ast.parse(" ".join(column.expression.text.split()), mode="eval").body)
        if fact:
            cells = [rule.cells[place] for rule in table.rules]
            asked.setdefault(fact, Asked()).compare(
                [json.loads(each) for cell in cells for each in _LITERAL.findall(cell)]
            )


def _stages(library: Library, process: str) -> list[str]:
    found = [process]
    for each in found:
        nodes = library.drawings[each].nodes.values()
        called = [node.called for node in nodes if node.type == "callActivity" and node.called in library.drawings]
        found.extend(dict.fromkeys(key for key in called if key not in found))
    return found


def _expressions(drawing: Drawing) -> Iterator[Expression]:
    texts = [flow.condition for flow in drawing.flows if flow.condition]
    for node in drawing.nodes.values():
        texts += [text for text in (node.for_each, node.until) if text and node.type == "userTask"]
    for text in texts:
        try:
            yield read(text)
        except Refused:
            continue
    for node in drawing.nodes.values():
        if node.type == "scriptTask":
            yield from (expression for _, expression in script_of(node))


def script_of(node: Node) -> Sequence[tuple[str, Expression]]:
    """The lines of a script; none where it cannot be read."""
    try:
        return read_script(node.script) if node.type == "scriptTask" else ()
    except Refused:
        return ()


def _names_of(node: Node) -> Iterator[str]:
    return (name for name, _ in script_of(node))
