"""Which keys are still read from each place on: what nobody reads again makes no difference, and is let go."""

from collections.abc import Iterable
from typing import Any

from workflows.engine.soundness.asking import Question
from workflows.engine.soundness.model import Model, Place


class Later:
    """Sets of keys as numbers, one bit a key: what is read once a token arrives, waits or has left."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.arriving = [0] * len(model.places)
        self._written = [_always_written(place) for place in model.places]
        self._frames: dict[tuple[Any, ...], int] = {}
        changed = True
        while changed:
            changed = False
            for place in reversed(model.places):
                now = self._arriving(place)
                changed = changed or now != self.arriving[place.number]
                self.arriving[place.number] = now

    def left(self, number: int) -> int:
        """What is read after a place."""
        return self._after(self.model.places[number])

    def _after(self, place: Place) -> int:
        read = 0
        for way in place.ways:
            read |= self.arriving[way.target] | _reads([way.question])
        return read

    def _over_edges(self, place: Place) -> int:
        read = 0
        for edge in place.edges:
            due = self.model.places[edge].due
            read |= self.left(edge) | (1 << due if due >= 0 else 0)
        return read

    def waiting(self, number: int) -> int:
        """What is read from a place on at which a token waits."""
        place = self.model.places[number]
        if place.kind == "race":
            return self._after(place)
        due = 1 << place.due if place.due >= 0 else 0
        after = self._after(place)
        if place.kind not in ("call", "all", "any"):
            after &= ~self._written[number]
        return after | _reads([place.until]) | self._over_edges(place) | due

    def _arriving(self, place: Place) -> int:
        after = self._after(place)
        if place.kind == "call":
            return after | self._over_edges(place) | (self.arriving[place.start] if place.start >= 0 else 0)
        if place.kind == "each":
            return after | self.waiting(place.number) | _reads([place.question])
        if place.kind == "decide":
            return self._decided(place, after)
        if place.kind == "script":
            for key, question in reversed(place.lines):
                after = (after & ~(1 << key) | _reads([question])) if after >> key & 1 else after
            return after
        if place.kind in ("all", "any", "one", "race"):
            return after
        return self.waiting(place.number)

    def _decided(self, place: Place, after: int) -> int:
        outputs = sum({1 << key for key in place.outputs if key >= 0})
        return after & ~outputs | _reads([place.question]) if after & outputs else after

    def of(self, frame: tuple[Any, ...]) -> int:
        """What is read from a marking on."""
        found = self._frames.get(frame)
        if found is None:
            found = 0
            for number, _, more in frame:
                found |= self.waiting(number)
                if isinstance(more, tuple):
                    found |= self.of(more)
            self._frames[frame] = found
        return found


def _reads(questions: Iterable[Question | None]) -> int:
    read = 0
    for question in questions:
        for key in question.reads if question else ():
            read |= 1 << key
    return read


def _always_written(place: Place) -> int:
    """The keys that every alternative writes."""
    written = [{key for key, _ in each} for each in place.writes]
    return sum(1 << key for key in set.intersection(*written)) if written else 0
