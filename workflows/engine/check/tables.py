"""Decision tables: each can be read, and what it reads and supplies is known to the diagrams that ask it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from workflows.domain.calculations import CALCULATIONS, Calculation
from workflows.domain.errors import Unsound
from workflows.domain.wording import code, codes, short
from workflows.engine.cells import answers, asks, faults
from workflows.engine.check.problems import Problem, guess
from workflows.engine.decisions import Table, read_tables
from workflows.engine.xml import Element, NotAcceptable, local_name, parse

if TYPE_CHECKING:
    from workflows.engine.check.library import Library

MOST_CELLS = 100
"""Cells of one table that are told to be wrong."""


@dataclass(frozen=True)
class Asked:
    """A decision table as the diagrams see it. `certain` outputs have a value whatever the inputs are."""

    key: str
    path: str
    table: Table
    line: int
    certain: frozenset[str]
    faults: tuple[Problem, ...] = ()
    """Cells that say what their column does not take."""

    @property
    def outputs(self) -> frozenset[str]:
        """The facts that it supplies."""
        return frozenset(self.table.outputs)

    @property
    def facts(self) -> frozenset[str]:
        """The facts that its inputs read."""
        return frozenset().union(*(each.expression.facts | each.expression.all_facts for each in self.table.inputs))

    @property
    def names(self) -> frozenset[str]:
        """The plain names that its inputs read: set by scripts, or inputs of a calculation."""
        return frozenset().union(*(each.expression.names for each in self.table.inputs))

    @property
    def needed(self) -> frozenset[str]:
        """The facts that must have a value for its inputs to be worked out."""
        return frozenset().union(*(each.expression.ordered_facts for each in self.table.inputs))


@lru_cache(maxsize=256)
def tables_of(text: str | bytes, path: str) -> tuple[tuple[Asked, ...], tuple[Problem, ...]]:
    """The tables of a DMN file, or what is wrong with it: where it is cells, each of them."""
    drawn: dict[str, Element] = {}
    try:
        drawn = {each.get("id", ""): each for each in parse(text).iter() if local_name(each) == "decision"}
        tables = read_tables(text)
    except NotAcceptable as fault:
        return (), (Problem(path, fault.line, "", fault.sentence),)
    except Unsound as fault:
        key = fault.element or str(fault.facts.get("table", ""))
        decision = drawn.get(key)
        cells = _cell_faults(decision, path) if decision is not None else ()
        return (), cells or (Problem(path, decision.sourceline if decision is not None else 0, key, fault.sentence),)
    if not tables:
        return (), (Problem(path, 0, "", "There is no decision table in this file."),)
    return tuple(_asked(table, drawn[table.key], path) for table in tables), ()


def _asked(table: Table, decision: Element, path: str) -> Asked:
    return Asked(table.key, path, table, decision.sourceline, _certain(table, decision), _cell_faults(decision, path))


def named(text: str) -> tuple[str, str] | None:
    """The key and the title of the first table of a file, whether its cells can be read or not; None where there is
    none."""
    drawn = next((each for each in parse(text).iter() if local_name(each) == "decision"), None)
    key = drawn.get("id", "") if drawn is not None else ""
    return (key, drawn.get("name", "") or key) if drawn is not None and key else None


def _cell_faults(decision: Element, path: str) -> tuple[Problem, ...]:
    """The cells of a table that say what their column does not take, the first of them."""
    key, table = decision.get("id", ""), next(_children(decision, "decisionTable"), None)
    if table is None:
        return ()
    ask = [asks(key, each) for each in _children(table, "input")]
    answer = [answers(key, each) for each in _children(table, "output")]
    found = (
        Problem(path, rule.sourceline, key, sentence)
        for number, rule in enumerate(_children(table, "rule"), start=1)
        for columns, name in ((ask, "inputEntry"), (answer, "outputEntry"))
        for _, sentence in faults(number, columns, list(_cells(rule, name)))
    )
    return tuple(islice(found, MOST_CELLS))


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if local_name(child) == name)


def _certain(table: Table, decision: Element) -> frozenset[str]:
    """The outputs that no rule leaves empty, in a table that always answers: one with a rule for everything else."""
    if table.hit_policy == "COLLECT":
        return frozenset(table.outputs)
    rules = [each for each in decision.iter() if local_name(each) == "rule"]
    otherwise = any(all(cell in ("", "-") for cell in _cells(rule, "inputEntry")) for rule in rules)
    if not otherwise or table.hit_policy != "FIRST":
        return frozenset()
    return frozenset(
        name for place, name in enumerate(table.outputs) if all(rule.values[place] is not None for rule in table.rules)
    )


def _cells(rule: Element, name: str) -> Iterator[str]:
    return ("".join(cell.itertext()).strip() for cell in rule if local_name(cell) == name)


def table_problems(asked: Asked, library: "Library") -> Iterator[Problem]:
    """What cells say that their columns do not take, and what inputs name that the policies do not hold."""
    if library.tables.get(asked.key) is not asked:
        yield Problem(
            asked.path,
            asked.line,
            asked.key,
            f"“{short(asked.table.name or asked.key)}” is in another file too.",
        )
    yield from asked.faults
    if fault := _never_counts(asked.table):
        yield Problem(asked.path, asked.line, asked.key, fault)
    for each in asked.table.inputs:
        for fault in library.expression_faults(each.expression):
            yield Problem(asked.path, asked.line, asked.key, fault)
    if asked.key in CALCULATIONS:
        for fault in _calculation_faults(asked, CALCULATIONS[asked.key]):
            yield Problem(asked.path, asked.line, asked.key, fault)


def _never_counts(table: Table) -> str:
    """Which rule stands before others though it always applies, where the first counts; "" for none."""
    always = next((rule.number for rule in table.rules if all(cell in ("", "-") for cell in rule.cells)), 0)
    if table.hit_policy != "FIRST" or not 0 < always < len(table.rules):
        return ""
    return (
        f"Rule {always} always applies, and the first rule that applies counts, so no rule after it ever does. "
        "Put it last."
    )


def _calculation_faults(asked: Asked, calculation: Calculation) -> Iterator[str]:
    """A table of the arithmetic knows no case, only its inputs and the policy, and answers what is asked of it."""
    may = f"It may read {codes(calculation.inputs)}, and the policy."
    for name in sorted(asked.names - set(calculation.inputs)):
        yield f"The calculation is not told {code(name)}. {may}{guess(name, calculation.inputs)}"
    if asked.facts or any("due" in each.expression.functions for each in asked.table.inputs):
        yield f"The calculation belongs to no case, so it cannot read one. {may}"
    for name in sorted(set(calculation.outputs) - asked.outputs):
        yield f"The calculation has to answer {code(name)}, and there is no answer of that name."
