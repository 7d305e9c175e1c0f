"""Playing a process: what can happen next in a situation, and where each of it leads, as the engine would have it."""

from collections.abc import Iterator

from workflows.engine.soundness.asking import Masks
from workflows.engine.soundness.inside import Inside
from workflows.engine.soundness.model import Place
from workflows.engine.soundness.tokens import BEGIN, Config, Event, Marking, Token, Trace, with_token
from workflows.engine.soundness.values import SOMETHING


class Play(Inside):
    """The moves of one model, from outside."""

    def begin(self) -> list[Config]:
        """The first waits of the process."""
        self.doing = BEGIN
        start = self.model.number.get((self.model.process, self.model.drawings[self.model.process].start), -1)
        return self.run(Config((), self.model.initial, ((start, -1),))) if start >= 0 else []

    def moves(self, marking: Marking, masks: Masks, trace: Trace = None) -> Iterator[tuple[Event, Config]]:
        """All that can happen next, each with where it leads."""
        for place, token in enumerate(marking):
            if place and token == marking[place - 1]:
                continue  # one of several that are alike
            stands = Config(marking[:place] + marking[place + 1 :], masks, (), (), trace)
            for event, config in self._of_token(token, stands):
                self.doing = event
                for outcome in self.run(config):
                    yield event, outcome

    def _of_token(self, token: Token, rest: Config) -> Iterator[tuple[Event, Config]]:
        """What can happen to a token, `rest` being all the others."""
        number, fired, more = token
        place = self.places[number]
        if place.kind == "wait":
            yield from self._over(place, rest)
        elif place.kind == "each":
            yield from self._answered(token, rest)
        elif place.kind == "race":
            for way in place.ways:
                on = rest._replace(trace=self.note(rest.trace, ("flow", way.flow)))
                yield from self._over(self.places[way.target], on)
        elif place.kind == "call":
            for event, outcome in self.moves(more, rest.masks, rest.trace):
                inside = Event(event.place, (number, *event.calls), event.how)
                back = self.returned((number, fired, outcome.marking), rest.marking, outcome)
                yield inside, back
        for bit, edge in enumerate(place.edges):
            node = self.places[edge].node
            if not fired >> bit & 1 and {"timer", "message"} & set(node.events):
                stays = (number, fired | 1 << bit, more)
                marking = rest.marking if node.interrupting else with_token(rest.marking, stays)
                yield from self._over(self.places[edge], rest._replace(marking=marking))

    def _over(self, place: Place, config: Config) -> Iterator[tuple[Event, Config]]:
        """A wait is over: a timer's only where its day has come into sight."""
        if place.due >= 0:
            left = config.masks[place.due] & self.model.keys[place.due].mask([SOMETHING])
            if not left:
                return
            config = self.narrowed(config, ((place.due, left),))
        self.mark(place.number)
        for after in self.written(config, place):
            yield Event(place.number), self.leave(after, place)

    def _answered(self, token: Token, rest: Config) -> Iterator[tuple[Event, Config]]:
        """One of those on a list has answered: the last, or one of several."""
        number, fired, left = token
        place = self.places[number]
        for after in self.written(rest, place):
            if left in (1, -1):
                yield Event(number, how="last" if left < 0 else ""), self.leave(after, place)
            if left == 1:
                continue
            for enough, on in self._asked(after, place.until) if place.until else ((False, after),):
                still = with_token(on.marking, (number, fired, left if left < 0 else left - 1))
                following = self.leave(on, place) if enough else on._replace(marking=still)
                yield Event(number, how="one of several"), following
