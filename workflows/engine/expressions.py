"""The one way in which anything written in a diagram is worked out: conditions, scripts, lists, cells of tables.

An expression reads `case.x` (the newest value of a fact, None for one that nobody has written), `case.all.x` (a list of
the values by item), `policy.x` and the names that scripts have set, and calls the functions of the vocabulary. Text is
read once and kept.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from workflows.domain.errors import Unsound
from workflows.domain.fields import Json
from workflows.domain.vocabulary import FUNCTIONS as VOCABULARY
from workflows.engine.evaluation import RESERVED, Builder, NotAllowedHere
from workflows.engine.operations import Scope, Worked
from workflows.engine.values import FUNCTIONS, Fault, Missing, plain

__all__ = [
    "FUNCTIONS",
    "Expression",
    "ExpressionFailed",
    "FactMissing",
    "Refused",
    "deadline_of",
    "read",
    "read_script",
]

MAX_SOURCE = 2_000
MAX_NODES = 200
MAX_TREE_DEPTH = 20
MAX_LINES = 40
MAX_ROUTING = 2_000
"""Characters and members of what a script may keep: routing is small, and everything else is a fact."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")
_DUE = re.compile(r"""due\(\s*(["'])([a-z][a-z0-9_]*)\1\s*\)""")
_EMPTY: Mapping[str, Json] = MappingProxyType({})


class Refused(Unsound):
    """“{text}” cannot be used. {reason}"""


class ExpressionFailed(Unsound):
    """“{text}” cannot be worked out. {reason}"""


class FactMissing(ExpressionFailed):
    """“{text}” cannot be worked out. {reason}"""


@dataclass(frozen=True)
class Expression:
    """An expression that has been read: what it uses, and how to work it out.

    `facts` are the x of `case.x`, `all_facts` of `case.all.x`; `ordered_facts` those that must have a value, because
    they are compared by order or reckoned with, and so `due("x")` and lists `all.x`; `policy_paths` such as
    "limits.pas"; `names` those that scripts set.
    """

    text: str
    facts: frozenset[str]
    all_facts: frozenset[str]
    ordered_facts: frozenset[str]
    policy_paths: frozenset[str]
    functions: frozenset[str]
    names: frozenset[str]
    _worked: Worked = field(repr=False, compare=False)

    def evaluate(
        self,
        case: Mapping[str, Json],
        policy: Mapping[str, Json] = _EMPTY,
        names: Mapping[str, Json] = _EMPTY,
        functions: Mapping[str, Callable[..., Json]] = FUNCTIONS,
    ) -> Json:
        """The value, as plain JSON. Raises ExpressionFailed with a sentence; nothing that it is given is changed."""
        try:
            return plain(self._worked(Scope(case, policy, names, functions)))
        except Fault as fault:
            failure = FactMissing if isinstance(fault, Missing) else ExpressionFailed
            raise failure(text=_short(self.text), reason=str(fault)) from fault
        except RecursionError as error:
            raise ExpressionFailed(text=_short(self.text), reason="It is nested too deeply.") from error


@lru_cache(maxsize=4096)
def read(text: str) -> Expression:
    """Read an expression. Raises Refused with a plain sentence for anything that is unsafe, unknown or too large."""
    source = _source(text)
    try:
        tree = ast.parse(source.replace("\n", " "), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise Refused(text=_short(text), reason="It is not written as an expression.") from error
    _check_size(tree, text)
    builder = Builder(frozenset(VOCABULARY))
    try:
        worked = builder.build(tree)
    except NotAllowedHere as error:
        raise Refused(text=_short(text), reason=str(error)) from error
    return Expression(
        text=source,
        facts=frozenset(builder.facts),
        all_facts=frozenset(builder.all_facts),
        ordered_facts=frozenset(builder.ordered),
        policy_paths=frozenset(builder.policy_paths),
        functions=frozenset(builder.functions),
        names=frozenset(builder.names),
        _worked=worked,
    )


@lru_cache(maxsize=512)
def read_script(text: str) -> tuple[tuple[str, Expression], ...]:
    """The lines `name = expression` of a script. Raises Refused."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        raise Refused(text=_short(text), reason=f"A script has at most {MAX_LINES} lines.")
    return tuple(_assignment(line) for line in lines)


def _assignment(line: str) -> tuple[str, Expression]:
    name, equals, value = line.partition("=")
    name = name.strip()
    if not equals or not _NAME.fullmatch(name) or value.startswith("="):
        raise Refused(text=_short(line), reason="Each line of a script is written: name = expression.")
    if name in RESERVED or name in VOCABULARY:
        raise Refused(text=_short(line), reason=f"The name {name} is taken.")
    return name, read(value.strip())


def keep(name: str, value: Json) -> Json:
    """A value that a script keeps under a name for later routing. Raises ExpressionFailed where it is large."""
    if len(str(value)) > MAX_ROUTING:
        raise ExpressionFailed(
            text=name, reason="What a script keeps must be small. Make it a field of a step instead."
        )
    return value


def deadline_of(text: str) -> str:
    """The name in a timer's text `due("name")`; "" for any other text."""
    match = _DUE.fullmatch(text.strip())
    return match[2] if match else ""


def _source(text: str) -> str:
    source = text.strip()
    if not source:
        raise Refused(text="", reason="It is empty.")
    if len(source) > MAX_SOURCE:
        raise Refused(text=_short(text), reason=f"It is longer than {MAX_SOURCE} characters.")
    # A backslash could hide characters, and a note after # would swallow the next line once lines are joined.
    if "\\" in source or "#" in source:
        raise Refused(text=_short(text), reason="The signs \\ and # cannot be used in an expression.")
    return source


def _check_size(tree: ast.expr, text: str) -> None:
    """Bounds of size and depth, and of the names that may be written."""
    stack: list[tuple[ast.AST, int]] = [(tree, 1)]
    count = 0
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MAX_NODES or depth > MAX_TREE_DEPTH:
            raise Refused(text=_short(text), reason="It is too long or too deeply nested.")
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else "x"
        if not _NAME.fullmatch(name):
            raise Refused(text=_short(text), reason=f"{_short(name)} is not a name that can be used.")
        stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"{words[:77]}…" if len(words) > 78 else words
