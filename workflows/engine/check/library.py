"""Everything that a diagram may lean on: the other diagrams, the decision tables, the policies and their clauses."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any

from workflows.domain.arithmetic.terms import unfit
from workflows.domain.deadlines import NATIONAL
from workflows.domain.letters import ENDING
from workflows.domain.policy import Policy, PolicyFault, read_policy
from workflows.domain.policy_text import clause_ids
from workflows.domain.signs import plays_tricks
from workflows.engine.check.problems import Problem, guess, listed, short
from workflows.engine.check.tables import Asked, tables_of
from workflows.engine.drawings import Drawing, read
from workflows.engine.expressions import Expression
from workflows.engine.xml import NotAcceptable

LONGEST_WORDS = 300
"""Of a policy's name, of a deadline's title, and of how its start is told; the longest that ship have 102."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_DUE = re.compile(r"""\bdue\(\s*(?:(["'])(?P<name>[^"']*)\1\s*\))?""")

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
    letters: frozenset[str] = frozenset()
    """The keys of the letters."""

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

    def deadline_fault(self, name: str) -> str:
        """What is wrong with a deadline's name, or ""."""
        lacking = [policy.name for policy in self.own_policies if name not in policy.deadlines]
        if not lacking:
            return ""
        known = {key for policy in self.own_policies for key in policy.deadlines}
        if len(lacking) == len(self.own_policies):
            return f"There is no deadline “{short(name)}” in any policy.{guess(name, known)}"
        return f"There is no deadline “{short(name)}” in the policy of {listed(lacking)}.{guess(name, known)}"

    def policy_fault(self, path: str) -> str:
        """What is wrong with a value `policy.x.y`, or ""."""
        lacking = [policy.name for policy in self.own_policies if not _has(policy.values, path.split("."))]
        if not lacking:
            return ""
        return f"“policy.{short(path)}” is used here, but the policy of {listed(lacking)} says nothing about it."

    def expression_faults(self, expression: Expression) -> Iterator[str]:
        """What an expression names and the policies do not hold: values, and deadlines in due("name")."""
        for path in sorted(expression.policy_paths):
            if fault := self.policy_fault(path):
                yield fault
        if "due" in expression.functions:
            for call in _DUE.finditer(expression.text):
                name = call["name"]
                if fault := self.deadline_fault(name) if name else 'Write the name in due("…") itself, between quotes.':
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
    clauses = next((text for path, text in files.items() if PurePosixPath(path).name == "clauses.csv"), None)
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
        letters=frozenset(PurePosixPath(path).name.removesuffix(ENDING) for path in files if path.endswith(ENDING)),
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
        return clause_ids("clauses.csv", text)
    except PolicyFault:
        return frozenset()


def policies_of(files: Files) -> tuple[tuple[Policy, ...], tuple[PolicyFault, ...]]:
    """The policies of a set that can be read, and the faults of the others."""
    wanted = sorted(path for path in files if path.endswith(".toml") or PurePosixPath(path).name == "clauses.csv")
    return _policies(tuple((PurePosixPath(path).name, text_of(files[path])) for path in wanted))


@lru_cache(maxsize=16)
def _policies(files: tuple[tuple[str, str], ...]) -> tuple[tuple[Policy, ...], tuple[PolicyFault, ...]]:
    texts = dict(files)
    sound, faults = [], {}
    for name in texts:
        if name.endswith(".toml"):
            try:
                sound.append(read_policy(name.removesuffix(".toml"), texts))
            except PolicyFault as fault:
                faults[fault.sentence] = fault
    return tuple(sound), tuple(faults.values())


def policy_problems(files: Files, only: Collection[str]) -> Iterator[Problem]:
    """The faults of the policy files, each once, where it stands."""
    paths = {PurePosixPath(path).name: path for path in files}
    for fault in policies_of(files)[1]:
        path = paths.get(fault.file, "")
        if path in only:
            line = _line(text_of(files[path]), fault.element, fault.sentence)
            yield Problem(path, line, "" if fault.element == "file" else fault.element, f"{_capital(fault.fault)}.")
    for policy in policies_of(files)[0]:
        path = paths[f"{policy.key}.toml"]
        for key, sentence in _unreadable(policy, text_of(files[path])) if path in only else ():
            yield Problem(path, _line(text_of(files[path]), key, sentence), key, sentence)
        for wrong in unfit(policy.values) if path in only else ():
            key = f"values.contracts.{wrong.element}"
            yield Problem(path, _line(text_of(files[path]), key, wrong.sentence), key, wrong.sentence)


def _unreadable(policy: Policy, text: str) -> Iterator[tuple[str, str]]:
    """By key: words of a policy that no page could show."""
    if plays_tricks(text):
        line = next(number for number, each in enumerate(text.split("\n"), start=1) if plays_tricks(each))
        yield "", f"There is an invisible control character at line {line}. Type it anew."
    shown = {"name": policy.name}
    own = policy.key if policy.inherits else NATIONAL
    for key, rule in policy.deadlines.items():
        if rule.source == own and not _KEY.fullmatch(key):
            yield "", f"The deadline “{short(key)}” needs a key of up to 60 small letters, digits and underscores."
        elif rule.source == own:
            shown |= {f"deadlines.{key}.title": rule.title, f"deadlines.{key}.start_words": rule.start_words}
    for key, words in shown.items():
        if len(words) > LONGEST_WORDS:
            yield key, f"This is longer than {LONGEST_WORDS} characters."


def _line(text: str, key: str, sentence: str) -> int:
    """The line of a key such as deadlines.sign_off.clause: that of its table's heading where it is not found itself."""
    if said := re.search(r"at line (\d+)", sentence):
        return int(said[1])
    *table, last = key.partition(",")[0].split(".")
    heading, inside, found = f"[{'.'.join(table)}]", not table, 0
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words.startswith("["):
            inside = words == heading
            found = number if inside or words == f"[{key}]" else found
        elif inside and words.partition("=")[0].strip().strip('"') == last:
            return number
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
