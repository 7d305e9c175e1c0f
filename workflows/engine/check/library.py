"""Everything that a diagram may lean on: the other diagrams, the decision tables, the policies and their clauses."""

import ast
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any, TypeVar

from workflows.domain.fact_words import fact_words
from workflows.domain.letters import ENDING, read_letter
from workflows.domain.policy import Policy, PolicyFault, read_policy
from workflows.domain.policy_text import clause_ids
from workflows.domain.vocabulary import PROCESSES
from workflows.domain.wording import code, listed, short
from workflows.engine.check.problems import guess
from workflows.engine.check.tables import Asked, tables_of
from workflows.engine.drawings import Drawing, read
from workflows.engine.editing.conditions import Known
from workflows.engine.editing.telling import asked_in, named
from workflows.engine.expressions import Expression
from workflows.engine.xml import NotAcceptable

CLAUSES = "clauses.csv"
NO_NAME = 'Write the name in `due("…")` itself, between quotes.'
_DUE = re.compile(r"""\bdue\(\s*(?:(["'])(?P<name>[^"']*)\1\s*\))?""")

Found = TypeVar("Found")
Files = Mapping[str, str | bytes]
"""Texts by path: *.bpmn, *.dmn, *.toml, *.md and clauses.csv. Anything else is passed over."""


@dataclass(frozen=True)
class Library:
    """A whole set of files, read. What could not be read is left out: the file's own check says why."""

    drawings: Mapping[str, Drawing]
    """By process id. Of two drawings of one process, the last path counts."""
    tables: Mapping[str, Asked]
    policies: tuple[Policy, ...]
    clauses: frozenset[str] | None
    """None where no clauses.csv is in the set, so that nothing can be said about clauses."""
    paths: Mapping[str, tuple[str, ...]]
    """By process id: the files that draw it."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """The letters by key, each with its title."""

    @cached_property
    def callers(self) -> Mapping[str, frozenset[str]]:
        """By process: those that call it."""
        callers: dict[str, set[str]] = {}
        for process, called in self.calls.items():
            for each in called:
                callers.setdefault(each, set()).add(process)
        return {process: frozenset(names) for process, names in callers.items()}

    @cached_property
    def calls(self) -> Mapping[str, frozenset[str]]:
        """By process: the drawn processes that it calls."""
        return {process: called(drawing) & self.drawings.keys() for process, drawing in self.drawings.items()}

    @cached_property
    def own_policies(self) -> tuple[Policy, ...]:
        """The policies that trusts run on: one that another inherits holds only where that one is silent."""
        inherited = {policy.inherits for policy in self.policies}
        return tuple(policy for policy in self.policies if policy.key not in inherited)

    def stages_of(self, process: str) -> int:
        """How many stages come of calling a process: itself, and all that its calls come to. None call themselves."""
        if process not in self._stages:
            self._stages[process] = 0  # for a circle, of which another rule tells
            called = [node.called for node in self.drawings[process].nodes.values() if node.called in self.drawings]
            self._stages[process] = 1 + sum(map(self.stages_of, called))
        return self._stages[process]

    @cached_property
    def _stages(self) -> dict[str, int]:
        return {}

    def once(self, work: Callable[..., Found], *about: Hashable) -> Found:
        """What a rule works out of the whole set, or of a part of it: once for all sheets."""
        key = (work, about)
        if key not in self._worked_out:
            self._worked_out[key] = work(self, *about)
        found: Found = self._worked_out[key]
        return found

    @cached_property
    def _worked_out(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def facts(self) -> Mapping[str, Known]:
        """What the steps of all processes ask, for telling what is read in words."""
        return asked_in(self.drawings.values())

    def fact(self, key: str) -> str:
        """What a fact is called: by its question, else by the words that Accord has for it."""
        return f"“{self.facts[key].label if key in self.facts else fact_words(key)}”"

    def meant(self, key: str, known: Iterable[str]) -> str:
        """` Did you mean “Number of the plan” (`case.plan_number`)?` for one that is nearly a known fact."""
        titles = {f"case.{each}": self.fact(each)[1:-1] for each in known}
        return guess(f"case.{key}", titles, titles)

    def named(self, tree: ast.expr) -> str:
        """What part of an expression stands for, in words."""
        return short(named(ast.unparse(tree), self.facts))

    def title(self, process: str) -> str:
        """What a process is called."""
        drawn = self.drawings.get(process)
        return PROCESSES.get(process) or (drawn.name if drawn else "") or process

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What deadlines are called, by key."""
        return {key: rule.title for policy in self.own_policies for key, rule in policy.deadlines.items()}

    def deadline_fault(self, name: str) -> str:
        """What is wrong with a deadline's name, or ""."""
        lacking = [policy.name for policy in self.own_policies if name not in policy.deadlines]
        if not lacking:
            return ""
        known = {key for policy in self.own_policies for key in policy.deadlines} - {name}
        if len(lacking) == len(self.own_policies):
            return f"There is no deadline {code(name)} in any policy.{guess(name, known, self.titles)}"
        called = f"“{self.titles[name]}”" if name in self.titles else code(name)
        return f"There is no deadline {called} in the policy of {listed(lacking)}.{guess(name, known, self.titles)}"

    def policy_fault(self, path: str) -> str:
        """What is wrong with a value `policy.x.y`, or ""."""
        lacking = [policy.name for policy in self.own_policies if not _has(policy.values, path.split("."))]
        if not lacking:
            return ""
        return f"{code(f'policy.{path}')} is used here, but the policy of {listed(lacking)} says nothing about it."

    def expression_faults(self, expression: Expression) -> Iterator[str]:
        """What an expression names and the policies do not hold: values, and deadlines in due("name")."""
        for path in sorted(expression.policy_paths):
            if fault := self.policy_fault(path):
                yield fault
        if "due" in expression.functions:
            for call in _DUE.finditer(expression.text):
                name = call["name"]
                if fault := self.deadline_fault(name) if name else NO_NAME:
                    yield fault


def called(drawing: Drawing) -> frozenset[str]:
    """The processes that a drawing calls."""
    return frozenset(node.called for node in drawing.nodes.values() if node.called)


def _has(values: Any, keys: Iterable[str]) -> bool:
    for key in keys:
        if not isinstance(values, Mapping) or key not in values:
            return False
        values = values[key]
    return True


def library(files: Files, drawings: Mapping[str, Drawing]) -> Library:
    """Read a whole set. `drawings`, by path, have been read already; what was read for an earlier check is kept too."""
    tables = [table for path in sorted(files) if path.endswith(".dmn") for table in tables_of(files[path], path)[0]]
    clauses = next((text for path, text in files.items() if PurePosixPath(path).name == CLAUSES), None)
    read_so_far = [
        drawing
        for path in sorted(files)
        if path.endswith(".bpmn") and (drawing := drawings.get(path) or _drawing(files[path], path))
    ]
    paths: dict[str, tuple[str, ...]] = {}
    for drawing in read_so_far:
        paths[drawing.process] = (*paths.get(drawing.process, ()), drawing.path)
    return Library(
        drawings={drawing.process: drawing for drawing in read_so_far},
        tables={table.key: table for table in tables},
        policies=policies_of(files)[0],
        clauses=_clauses(text_of(clauses)) if clauses is not None else None,
        paths=paths,
        letters={
            key: read_letter(text_of(files[path])).title or key
            for path in files
            if path.endswith(ENDING) and (key := PurePosixPath(path).name.removesuffix(ENDING))
        },
    )


def _drawing(text: str | bytes, path: str) -> Drawing | None:
    try:
        return read(text, path)
    except NotAcceptable:
        return None


def text_of(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode("utf-8-sig", errors="replace")


@lru_cache(maxsize=8)
def _clauses(text: str) -> frozenset[str]:
    try:
        return clause_ids(CLAUSES, text)
    except PolicyFault:
        return frozenset()


def policies_of(files: Files) -> tuple[tuple[Policy, ...], tuple[PolicyFault, ...]]:
    """The policies of a set that can be read, and the faults of the others."""
    wanted = sorted(path for path in files if path.endswith(".toml"))
    return _policies(tuple((PurePosixPath(path).name, text_of(files[path])) for path in wanted))


@lru_cache(maxsize=16)
def _policies(files: tuple[tuple[str, str], ...]) -> tuple[tuple[Policy, ...], tuple[PolicyFault, ...]]:
    texts = dict(files)
    sound, faults = [], {}
    for name in texts:
        try:
            sound.append(read_policy(name.removesuffix(".toml"), texts))
        except PolicyFault as fault:
            faults[fault.sentence] = fault
    return tuple(sound), tuple(faults.values())
