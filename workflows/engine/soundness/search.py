"""Looking at every situation that a process can come to, the nearest first, so that the way to each is the shortest."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import thread_time

from workflows.engine.soundness.asking import Masks
from workflows.engine.soundness.later import Later
from workflows.engine.soundness.limits import Limit
from workflows.engine.soundness.model import Model
from workflows.engine.soundness.playing import Play
from workflows.engine.soundness.tokens import BEGIN, Config, Event, Marking, Trace

State = tuple[Marking, Masks]
MOST_ALIKE = 8
"""Tokens at one place: more of them only pile up."""


@dataclass
class Graph:
    """The situations that were looked at, by number; the first `expanded` of them with all that can follow."""

    model: Model
    play: Play
    states: list[State] = field(default_factory=list)
    parents: list[tuple[int, Event]] = field(default_factory=list)
    following: list[list[int]] = field(default_factory=list)
    piled: dict[int, int] = field(default_factory=dict)
    """By place: the first situation in which too many wait there."""
    cut: set[int] = field(default_factory=set)
    """Situations from which not everything was followed."""
    whole: bool = True
    hurried: bool = False
    """Whether an idle machine would have looked at more."""
    seconds: float = 0.0

    def again(self, number: int) -> Config | None:
        """How a situation came about from the one before it, with all that happened on the way; None where that would
        take too long."""
        before, event = self.parents[number]
        wanted = event, self.states[number]
        self.play.tracing = True
        try:
            again = (each for found, each in self._outcomes(before) if (found, self.settled(each)) == wanted)
            return next(again, None)
        finally:
            self.play.tracing = False

    def steps_from(self, before: int) -> list[tuple[Event, Trace]]:
        """All that can happen in a situation, with all that happens on the way."""
        self.play.tracing = True
        try:
            return [(event, outcome.trace) for event, outcome in self._outcomes(before)]
        finally:
            self.play.tracing = False

    def _outcomes(self, before: int) -> Iterator[tuple[Event, Config]]:
        if before < 0:
            yield from ((BEGIN, each) for each in self.play.begin())
        else:
            yield from self.play.moves(*self.states[before])

    def settled(self, outcome: Config) -> State:
        """A situation without what nobody reads again."""
        live, initial = self.later.of(outcome.marking), self.model.initial
        masks = outcome.masks
        return outcome.marking, tuple([mask if live >> key & 1 else initial[key] for key, mask in enumerate(masks)])

    later: Later = field(init=False)

    def __post_init__(self) -> None:
        self.later = Later(self.model)

    @property
    def ends(self) -> list[int]:
        """The situations in which the case is closed."""
        return [number for number, (marking, _) in enumerate(self.states) if not marking]


def search(model: Model, most_states: int, seconds: float) -> Graph:
    """Every situation, breadth first, within a number of situations and a time."""
    began, limit = thread_time(), Limit(seconds)
    graph = Graph(model, Play(model))
    graph.play.until = limit
    known: dict[State, int] = {}
    before = -1
    while before < len(graph.states):
        if before >= 0 and (before >= most_states or limit.left <= 0):
            graph.whole = False
            break
        graph.play.now, graph.play.spent = before, False
        after: list[int] = []
        for event, outcome in graph._outcomes(before):
            state = graph.settled(outcome)
            number = known.get(state, -1)
            if number < 0:
                if (crowded := _crowded(state[0])) >= 0:
                    graph.piled.setdefault(crowded, before)
                    graph.cut.add(before)
                    continue
                number = known[state] = len(graph.states)
                graph.states.append(state)
                graph.parents.append((before, event))
            after.append(number)
        if before >= 0:
            graph.following.append(list(dict.fromkeys(after)))
        if graph.play.spent:
            graph.cut.add(before)
        before += 1
    graph.whole = graph.whole and not graph.cut
    graph.hurried = limit.hurried
    graph.seconds = thread_time() - began
    graph.play.until = Limit(seconds)  # as long again for telling the ways
    return graph


def _crowded(marking: Marking) -> int:
    """A place at which too many tokens wait, or -1."""
    if len(marking) > MOST_ALIKE:
        for token in set(marking):
            if marking.count(token) > MOST_ALIKE:
                return token[0]
    return next((inside for _, _, more in marking if isinstance(more, tuple) and (inside := _crowded(more)) >= 0), -1)
