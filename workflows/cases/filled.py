"""A filled-in screen, and what its check finds in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from workflows.domain.errors import BadValues
from workflows.engine.moves import Move
from workflows.store.models import Json, Step

Values = Mapping[str, Json]


def nothing(_move: Move) -> None:
    """Most steps only write facts."""


@dataclass(frozen=True)
class Crafted:
    """What a screen found in its values: more facts, with their types, and what to do in the move."""

    facts: dict[str, Json] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    effect: Callable[[Move], None] = nothing


@dataclass(frozen=True)
class Filled:
    """A filled-in screen: the move that it asks for, its step, the answers to its drawn fields, and the screen's own
    values."""

    move: Move
    step: Step
    answers: Values
    extra: Values


Check = Callable[[Filled], Crafted]
"""Looks at a filled-in screen. Raises BadValues."""


def refuse_unknown(extra: Values, known: frozenset[str] = frozenset()) -> None:
    """A value that the screen does not ask for is refused, as one that no field asks for."""
    problems = {key: f"“{key}” is not asked for here." for key in extra if key not in known}
    if problems:
        raise BadValues(problems)
