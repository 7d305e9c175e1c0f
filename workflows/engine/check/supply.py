"""What each element of a drawing supplies: facts that it may write, and those that it writes for certain."""

import ast
from functools import lru_cache

from workflows.domain.vocabulary import ACTIONS, ANY_CASE, EVERY_CASE, MESSAGES, SCREENS, START_FACTS
from workflows.engine.check.library import Library
from workflows.engine.check.steps import OF_EVERY_CASE
from workflows.engine.drawings import Drawing, Flow, Node
from workflows.engine.expressions import Refused, read, read_script
from workflows.engine.guards import known_when

NAME = "name:"
"""Before the names that scripts set, so that they and facts can be followed together."""
Keys = frozenset[str]
NOTHING: Keys = frozenset()


def of_start(process: str) -> Keys:
    """The facts that a case of the process is started with, some of which may be None."""
    return frozenset(START_FACTS.get(process, ANY_CASE))


def certain_of_start(process: str) -> Keys:
    """Those of them that always have a value."""
    return frozenset(START_FACTS.get(process, EVERY_CASE)) & OF_EVERY_CASE


def may(node: Node, library: Library) -> Keys:
    """The facts that an element may write."""
    keys = {field.key for field in node.fields}
    for known, named in ((SCREENS, node.screen), (ACTIONS, node.action)):
        if named in known:
            keys |= known[named].supplies.keys()
    if node.decision in library.tables:
        keys |= library.tables[node.decision].outputs
    return frozenset(keys | MESSAGES.get(node.message, {}).keys())


def certain(node: Node, library: Library) -> Keys:
    """The facts that have a value once the element is done, and the names that its script sets.

    A step for each of a list promises nothing: the list may be empty.
    """
    keys = set() if node.for_each else {field.key for field in node.fields if field.required}
    if node.action in ACTIONS:
        keys |= ACTIONS[node.action].supplies.keys()
    if node.decision in library.tables:
        keys |= library.tables[node.decision].certain
    if node.type == "scriptTask":
        keys |= names_of(node)
    return frozenset(keys | MESSAGES.get(node.message, {}).keys())


def names_of(node: Node) -> Keys:
    """The names that a script sets."""
    try:
        return frozenset(f"{NAME}{name}" for name, _ in read_script(node.script))
    except Refused:
        return NOTHING


def passing(flow: Flow, drawing: Drawing) -> Keys:
    """The facts that must have a value where the case goes this way: `case.days != None` lets nobody else through."""
    if flow.condition:
        return _known(flow.condition, holds=True)
    others = [other for other in drawing.outgoing.get(flow.source, ()) if other.id != flow.id]
    return NOTHING.union(*(_known(other.condition, holds=False) for other in others if other.condition))


@lru_cache(maxsize=2048)
def _known(text: str, *, holds: bool) -> Keys:
    try:
        read(text)  # what it would refuse is not taken apart either
        return known_when(ast.parse(" ".join(text.split()), mode="eval").body, holds=holds)
    except (Refused, SyntaxError):
        return NOTHING
