"""Decision tables that look at a question with options: their cells name answers that there can be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from workflows.domain.wording import short
from workflows.engine.cells import Column, not_offered
from workflows.engine.check import supply
from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem
from workflows.engine.check.tables import Asked

Options = tuple[tuple[str, str], ...]
FACT = "case."
"""Before the key of a fact, in what an input looks at."""


def offered(library: Library) -> Mapping[str, Options]:
    """By fact: the keys and the words of every answer that it can have. Only facts that nothing but questions with one
    of several options supply."""
    return library.once(_offered)


def _offered(library: Library) -> Mapping[str, Options]:
    found: dict[str, dict[str, str]] = {}
    otherwise: set[str] = set()
    for process, drawing in library.drawings.items():
        otherwise |= supply.of_start(process)
        for node in drawing.nodes.values():
            otherwise |= supply.may(replace(node, fields=()), library)
            otherwise |= {field.key for field in node.fields if field.type != "choice"}
            for field in node.fields:
                found.setdefault(field.key, {}).update(field.options)
    return MappingProxyType({key: tuple(each.items()) for key, each in found.items() if key not in otherwise and each})


def answers_are_offered(asked: Asked, library: Library) -> Iterator[Problem]:
    """A cell that names no answer to its question never applies, and says nothing of it."""
    known = offered(library)
    for place, each in enumerate(asked.table.inputs):
        options = known.get(each.expression.text.strip().removeprefix(FACT), ())
        column = Column(short(each.label or each.expression.text), "string", answers=False, options=options)
        for rule in asked.table.rules if each.expression.text.strip().startswith(FACT) else ():
            if wrong := not_offered(column, rule.cells[place]):
                yield Problem(asked.path, asked.line, asked.key, f"Rule {rule.number}: {wrong}")
