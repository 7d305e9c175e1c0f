"""What moves through a process: tokens, and where they stand.

A marking is a sorted tuple of tokens, each (place, edges, more): a wait (place, edges fired, 0); a step for each
(place, edges fired, how many are left; -1: at least one); an arrival at a parallel join (place, where from, 0) or at an
inclusive one (place, 0, 0); a call (place, edges fired, the marking of the called stage). An empty marking is the end.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from workflows.engine.soundness.asking import Masks
from workflows.engine.soundness.model import Model

Token = tuple[int, int, Any]
Marking = tuple[Token, ...]
Arrival = tuple[int, int]
"""A token on its way: the place that it comes to, and where from."""
Trace = Any
"""What happened on the way, newest first: (before, item); None where nobody asks."""
Thrown = tuple[tuple[str, str], ...]
"""Errors and escalations that nothing has caught yet: kind and code."""


class Event(NamedTuple):
    """What happens from outside: somebody completes a step, a message comes, a day comes. `calls` are the places of the
    calls around it; `how` tells apart what one place can do: "", "last" or "one of several"."""

    place: int
    calls: tuple[int, ...] = ()
    how: str = ""


BEGIN = Event(-1)
"""The case begins."""


class Loss(NamedTuple):
    """What goes wrong without anybody waiting: from which situation (-1: from the start), by which event, in words."""

    state: int
    event: Event
    words: str = ""
    trace: Trace = None


class Config(NamedTuple):
    """Where a stage stands while it moves; without `arrivals`, and once no join goes on, it only waits."""

    marking: Marking
    masks: Masks
    arrivals: tuple[Arrival, ...] = ()
    thrown: Thrown = ()
    trace: Trace = None


def with_token(marking: Marking, token: Token) -> Marking:
    """A marking with one token more."""
    return tuple(sorted((*marking, token)))


def without(marking: Marking, token: Token) -> Marking:
    """A marking with one token less."""
    place = marking.index(token)
    return marking[:place] + marking[place + 1 :]


def innermost(marking: Marking) -> Iterator[Token]:
    """The tokens that wait, in called stages too."""
    for token in marking:
        if isinstance(token[2], tuple):
            yield from innermost(token[2])
        else:
            yield token


def standing(marking: Marking) -> Iterator[int]:
    """The places at which tokens stand, calls and what they wait for inside alike."""
    for number, _, more in marking:
        yield number
        if isinstance(more, tuple):
            yield from standing(more)


def onward(ways: Mapping[Any, Sequence[Any]], starts: Iterable[Any]) -> set[Any]:
    """All that can be reached from some places, themselves included."""
    stack = list(starts)
    seen = set(stack)
    while stack:
        for each in ways.get(stack.pop(), ()):
            if each not in seen:
                seen.add(each)
                stack.append(each)
    return seen


def backward(ways: Mapping[Any, Sequence[Any]], ends: Iterable[Any]) -> set[Any]:
    """All that leads to some places, themselves included."""
    back: dict[Any, list[Any]] = {}
    for key, following in ways.items():
        for each in following:
            back.setdefault(each, []).append(key)
    return onward(back, ends)


def reach(model: Model) -> list[frozenset[int]]:
    """By place: the places of the same drawing to which flows lead from it, over the edges of steps on the way too."""
    ways = {
        place.number: [number for way in place.ways for number in (way.target, *model.places[way.target].edges)]
        for place in model.places
    }
    return [frozenset(onward(ways, ways[place.number])) for place in model.places]
