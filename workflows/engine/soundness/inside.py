"""What a process does by itself between two waits, in every way that its facts allow."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from workflows.engine.soundness.asking import Answers, Clash, Narrowing, Question
from workflows.engine.soundness.limits import NEVER
from workflows.engine.soundness.model import Model, Place, Way, Writes
from workflows.engine.soundness.tokens import (
    BEGIN,
    Config,
    Loss,
    Marking,
    Token,
    Trace,
    backward,
    onward,
    reach,
    with_token,
    without,
)
from workflows.engine.soundness.values import SOMETHING

MOST_MOVES = 4_000
"""Moves of its own that a process may take between two waits, over all alternatives."""
MOST_UNDER_WAY = 100
"""Tokens that may be on their way at once: where forks follow forks, more of them only multiply."""
MOST_SHARES = 256
"""Ways in which one inclusive gateway may share out its flows."""
COUNTED = 3
"""A list that is known to be longer is not counted."""


class Inside:
    """The moves of one model. `reached` are the places that some token came to, each with the situation before;
    `lost` is what goes wrong without anybody waiting, by what ("no way out", "goes round", "two answers") and place.
    """

    def __init__(self, model: Model) -> None:
        self.model, self.places = model, model.places
        self.reached: dict[int, int] = {}
        self.lost: dict[tuple[str, int], Loss] = {}
        self.now, self.doing = -1, BEGIN
        """The situation that is being looked at, and what happens in it."""
        self.tracing = False
        self.spent = False
        """Whether some move was given up because it took too long."""
        self.until = NEVER
        """When to give up."""
        self._reach = reach(model)

    def run(self, config: Config) -> list[Config]:
        """Everything that can come of it until only waits are left."""
        found: dict[tuple[Any, ...], Config] = {}
        stack, seen, round_again = [config], {config[:3]}, False
        while stack:
            if self.until.left <= 0:
                self.spent = True
                break
            here = stack.pop()
            if len(here.arrivals) > MOST_UNDER_WAY:
                self.spent = True
                continue
            following = self._next(here)
            if following is None:
                found.setdefault((here.marking, here.masks, here.thrown), here)
                continue
            for each in following:
                if each[:3] in seen:
                    round_again = True
                elif len(seen) < MOST_MOVES:
                    seen.add(each[:3])
                    stack.append(each)
                else:
                    self.spent = True
        if round_again:
            self._look_for_circles(config)
        return list(found.values())

    def _next(self, config: Config) -> list[Config] | None:
        """The next moves; None where only waits are left."""
        if not config.arrivals:
            return self._joined(config)
        number, source = config.arrivals[0]
        trace = (config.trace, ("at", number)) if self.tracing else None
        on = Config(config.marking, config.masks, config.arrivals[1:], config.thrown, trace)
        self.mark(number)
        return list(MOVES[self.places[number].kind](self, on, self.places[number], source))

    # What happens at each kind of place

    def _pass(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        for on in self.written(config, place):
            yield self.leave(self._throw(on, place), place)

    def _end(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        stops = "terminate" in place.node.events
        yield config._replace(marking=(), arrivals=()) if stops else self._throw(config, place)

    def _wait(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        token = (place.number, 0, 0)
        if place.due < 0:
            yield config._replace(marking=with_token(config.marking, token))
            return
        never = self.model.keys[place.due].absent()
        for left in (config.masks[place.due] & never, config.masks[place.due] & ~never):
            if left:
                on = self.narrowed(config, ((place.due, left),))
                yield on._replace(marking=with_token(on.marking, token))

    def _each(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        for listed, on in self._asked(config, place.question):
            if not listed:
                yield self.leave(on, place)
            else:
                left = listed if type(listed) is int and listed <= COUNTED else -1
                yield on._replace(marking=with_token(on.marking, (place.number, 0, left)))

    def _call(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        if place.start < 0:
            yield self.leave(config, place)
            return
        inside = Config((), config.masks, ((place.start, place.number),), (), config.trace)
        for outcome in self.run(inside):
            back = self.returned((place.number, 0, outcome.marking), config.marking, outcome)
            yield back._replace(arrivals=config.arrivals + back.arrivals, thrown=config.thrown + back.thrown)

    def returned(self, call: Token, rest: Marking, outcome: Config) -> Config:
        """A called stage has moved: what it threw is caught on the edge of the call, and its end leads on."""
        config = Config(with_token(rest, call), outcome.masks, (), (), outcome.trace)
        for kind, code in outcome.thrown:
            config = self._caught(config, kind, code)
        ended = next((token for token in config.marking if token[0] == call[0] and token[2] == ()), None)
        if ended is None:
            return config
        return self.leave(config._replace(marking=without(config.marking, ended)), self.places[call[0]])

    def _throw(self, config: Config, place: Place) -> Config:
        kind = next((event for event in place.node.events if event in ("error", "escalation")), "")
        return self._caught(config, kind, place.node.code) if kind else config

    def _caught(self, config: Config, kind: str, code: str) -> Config:
        """An error or an escalation is caught on every edge of this stage that waits for it, else by whoever calls."""
        hit = config
        for token in config.marking:
            edge, bit = self._catching(token, kind, code)
            if edge is not None:
                marking = without(hit.marking, token)
                if not edge.node.interrupting:
                    marking = with_token(marking, (token[0], token[1] | 1 << bit, token[2]))
                self.mark(edge.number)
                hit = self.leave(hit._replace(marking=marking), edge)
        return hit if hit is not config else config._replace(thrown=(*config.thrown, (kind, code)))

    def _catching(self, token: Token, kind: str, code: str) -> tuple[Place | None, int]:
        for bit, number in enumerate(self.places[token[0]].edges):
            edge = self.places[number]
            if kind in edge.node.events and edge.node.code in ("", code) and not token[1] >> bit & 1:
                return edge, bit
        return None, 0

    def _all(self, config: Config, place: Place, source: int) -> Iterator[Config]:
        marking = with_token(config.marking, (place.number, source, 0))
        if any(marking.count((place.number, each, 0)) < count for each, count in place.awaited.items()):
            yield config._replace(marking=marking)
            return
        for each, count in place.awaited.items():
            for _ in range(count):
                marking = without(marking, (place.number, each, 0))
        yield self.leave(config._replace(marking=marking), place)

    def _any(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        yield config._replace(marking=with_token(config.marking, (place.number, 0, 0)))

    def _joined(self, config: Config) -> list[Config] | None:
        """An inclusive join goes on once nothing that is under way could still come to it."""
        for number in dict.fromkeys(token[0] for token in config.marking if self.places[token[0]].kind == "any"):
            others = [token for token in config.marking if token[0] != number]
            if not any(self._could_come(token, number) for token in others):
                return list(self._shared(config._replace(marking=tuple(others)), self.places[number]))
        return None

    def _could_come(self, token: Token, join: int) -> bool:
        number, fired, _ = token
        live = [edge for bit, edge in enumerate(self.places[number].edges) if not fired >> bit & 1]
        return any(join in self._reach[each] for each in (number, *live))

    def _shared(self, config: Config, place: Place) -> Iterator[Config]:
        """All flows whose conditions hold, else the default."""
        open_ways: list[tuple[Config, list[Way]]] = [(config, [])]
        for way in place.ways:
            if not way.default:
                every = (
                    (on, [*taken, way] if holds else taken)
                    for here, taken in open_ways
                    for holds, on in self._asked(here, way.question)
                )
                open_ways = list(islice(every, MOST_SHARES + 1))
        self.spent = self.spent or len(open_ways) > MOST_SHARES
        for here, taken in open_ways:
            yield from self._take(here, place, taken or [way for way in place.ways if way.default])

    def _one(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        """The first flow whose condition holds, else the default."""
        waiting = [config]
        for way in place.ways:
            still = []
            for here in waiting if not way.default else ():
                for holds, on in self._asked(here, way.question):
                    if holds:
                        yield from self._take(on, place, [way])
                    else:
                        still.append(on)
            waiting = still if not way.default else waiting
        for here in waiting:
            yield from self._take(here, place, [way for way in place.ways if way.default])

    def _take(self, config: Config, place: Place, ways: Sequence[Way]) -> Iterator[Config]:
        if ways:
            yield self._along(config, place, ways)
        else:
            self._lose("no way out", place.number, config.trace)

    def _decide(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        for answer, on in self._asked(config, place.question):
            if isinstance(answer, Clash):
                self._lose("two answers", place.number, on.trace, answer.sentence)
                continue
            row = answer if isinstance(answer, tuple) else (SOMETHING,) * len(place.outputs)
            pairs = [(key, value) for key, value in zip(place.outputs, row, strict=False) if key >= 0]
            writes = tuple((key, self.model.keys[key].mask([value])) for key, value in pairs)
            yield self.leave(self._set(on, place, writes), place)

    def _script(self, config: Config, place: Place, _: int) -> Iterator[Config]:
        waiting = [config]
        for key, question in place.lines:
            waiting = [
                self._set(on, place, ((key, self.model.keys[key].mask([answer])),))
                for here in waiting
                for answer, on in self._asked(here, question)
            ]
        yield from (self.leave(here, place) for here in waiting)

    def _set(self, config: Config, place: Place, writes: Writes) -> Config:
        masks = list(config.masks)
        for key, mask in writes:
            masks[key] = mask
            for memo in self.model.reopened(key):
                masks[memo] = self.model.keys[memo].initial
        return config._replace(masks=tuple(masks), trace=self.note(config.trace, ("wrote", place.number, writes)))

    # Shared by all of them

    def _asked(self, config: Config, question: Question | None) -> Iterator[tuple[Any, Config]]:
        """Every answer to a question, with what it makes certain; one that cannot be read is answered with yes. None
        once the time is up."""
        if self.until.left <= 0:
            self.spent = True
            return
        answers: Answers = question.answers(config.masks) if question else ((True, ()),)
        for answer, narrowing in answers:
            yield answer, self.narrowed(config, narrowing)

    def leave(self, config: Config, place: Place) -> Config:
        """On by every flow; where nothing follows, the path ends."""
        return self._along(config, place, place.ways)

    def _along(self, config: Config, place: Place, ways: Sequence[Way]) -> Config:
        trace = config.trace
        for way in ways:
            trace = self.note(trace, ("flow", way.flow))
        arrivals = config.arrivals + tuple([(way.target, place.number) for way in ways])
        return Config(config.marking, config.masks, arrivals, config.thrown, trace)

    def written(self, config: Config, place: Place) -> Iterator[Config]:
        """What a place writes once it is done, alternative by alternative."""
        for writes in place.writes:
            masks = list(config.masks)
            for key, mask in writes:
                masks[key] = mask
            trace = self.note(config.trace, ("wrote", place.number, writes)) if writes else config.trace
            yield config._replace(masks=tuple(masks), trace=trace) if writes else config

    def narrowed(self, config: Config, narrowing: Narrowing) -> Config:
        """The same with fewer values left of some keys."""
        if not narrowing:
            return config
        masks, trace = list(config.masks), config.trace
        for key, mask in narrowing:
            masks[key] = mask
            trace = self.note(trace, ("left", key, mask))
        return config._replace(masks=tuple(masks), trace=trace)

    def note(self, trace: Trace, item: tuple[Any, ...]) -> Trace:
        """What happened, kept only where somebody asks for the way."""
        return (trace, item) if self.tracing else None

    def mark(self, number: int) -> None:
        """A token has come to a place."""
        self.reached.setdefault(number, self.now)

    def _lose(self, what: str, number: int, trace: Trace, words: str = "") -> None:
        self.lost.setdefault((what, number), Loss(self.now, self.doing, words, trace))

    def _look_for_circles(self, config: Config) -> None:
        """Where the process goes round by itself and no answer of its own ever leads out, nobody comes to it again."""
        ways: dict[Any, list[Any]] = {}
        arrived: dict[Any, tuple[int, Trace]] = {}
        stack, ends = [config], set()
        while stack and len(ways) < MOST_MOVES:
            here = stack.pop()
            if here[:3] in ways:
                continue
            following = self._next(here) if len(here.arrivals) <= MOST_UNDER_WAY else None
            if following is None:
                ends.add(here[:3])
            if here.arrivals:
                arrived[here[:3]] = here.arrivals[0][0], here.trace
            ways[here[:3]] = [each[:3] for each in following or ()]
            stack += following or ()
        leading = backward(ways, ends)
        for key, (number, trace) in arrived.items():
            if key not in leading and key in onward(ways, ways[key]):
                self._lose("goes round", number, trace)
                return


MOVES: Mapping[str, Callable[[Inside, Config, Place, int], Iterator[Config]]] = {
    "pass": Inside._pass,
    "wait": Inside._wait,
    "race": Inside._wait,
    "each": Inside._each,
    "call": Inside._call,
    "all": Inside._all,
    "any": Inside._any,
    "one": Inside._one,
    "end": Inside._end,
    "decide": Inside._decide,
    "script": Inside._script,
}
"""What happens when a token comes to a place of each kind."""
