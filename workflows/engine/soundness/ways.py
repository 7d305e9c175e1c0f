"""The way to a fault in words: who completes which step with which answers, and the flows that the case takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workflows.domain.fact_words import fact_words, spaced
from workflows.domain.fields import Field, Json
from workflows.domain.wording import listed, short
from workflows.engine.called import called as in_sentences
from workflows.engine.called import capital
from workflows.engine.editing.telling import asked_in, in_words, named, of_the_policy
from workflows.engine.soundness.asking import YES
from workflows.engine.soundness.model import LISTED, Model, Place
from workflows.engine.soundness.search import Graph
from workflows.engine.soundness.tokens import BEGIN, Event, Trace
from workflows.engine.soundness.values import ELSE, SOMETHING

LONGEST = 300
"""Of a condition in words."""


@dataclass(frozen=True)
class Answer:
    """What has to be answered, or turns out by itself: `label` and `value` in words."""

    label: str
    value: str

    def __str__(self) -> str:
        return f"{self.label} {self.value}" if self.label.endswith("?") else f"{self.label}: {self.value}"


@dataclass(frozen=True)
class Turn:
    """One thing that happens on the way.

    kind      begin, step, time or message
    element   its id, "" for the beginning, in `process`; `name`: what it is called; `how`: "" or which of several
    answers   those on which the way depends; any other answer may be whatever it is
    flows     the flows taken after it, as pairs of process and id; `passed`: the elements come to, in the same form
    """

    kind: str
    process: str
    element: str
    name: str
    how: str = ""
    answers: tuple[Answer, ...] = ()
    flows: tuple[tuple[str, str], ...] = ()
    passed: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        head = f"{self.name} ({self.how})" if self.how else self.name
        return f"{head} — {'; '.join(map(str, self.answers))}" if self.answers else head


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong: where, a sentence in plain words, and the shortest way to it.

    kind: join_waits, left_waiting, never_due, endless, goes_round, no_way_out, two_answers, piles_up or unreached.
    """

    kind: str
    process: str
    element: str
    sentence: str
    way: tuple[Turn, ...] = ()


@dataclass
class _Draft:
    """A turn while it is put together."""

    event: Event
    items: list[tuple[object, ...]]
    answers: dict[tuple[int, int], int] = field(default_factory=dict)
    """By place (-1: before the case began) and key: the values that are needed."""


class Teller:
    """Tells the ways through one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.model = graph, graph.model
        self.facts = asked_in(graph.model.drawings.values())

    def way_to(self, number: int) -> tuple[Turn, ...]:
        """The shortest way to a situation."""
        return self.told(self.way_steps(number))

    def way_through(self, place: int) -> tuple[Turn, ...]:
        """The shortest way on which a place is come to."""
        before = self.graph.play.reached[place]
        for event, trace in self.graph.steps_from(before):
            turns = self.told([*self.way_steps(before), (event, trace)])
            if any(self.model.number[each] == place for each in turns[-1].passed):
                return turns
        return self.way_to(before)

    def way_steps(self, number: int) -> list[tuple[Event, Trace]]:
        """The same, step by step; nothing where it would take too long to find again."""
        numbers: list[int] = []
        while number >= 0:
            numbers.append(number)
            number = self.graph.parents[number][0]
        found = []
        for each in reversed(numbers):
            again = self.graph.again(each)
            if again is None:
                return []
            found.append((self.graph.parents[each][1], again.trace))
        return found

    def told(self, steps: Sequence[tuple[Event, Trace]]) -> tuple[Turn, ...]:
        """Steps in words. An answer is told where it is given, though it may matter only later."""
        drafts = [_Draft(event, list(_items(trace))) for event, trace in steps]
        writer: dict[int, tuple[_Draft, int]] = {}
        for draft in drafts:
            for item in draft.items:
                if item[0] == "wrote":
                    self._wrote(item, draft, writer)
                elif item[0] == "left":
                    key, mask = int(str(item[1])), int(str(item[2]))
                    at, place = writer.get(key, (drafts[0], -1))
                    if self.model.keys[key].name.startswith(("?", "due.")):
                        at, place = draft, -1
                    at.answers[place, key] = mask
        return tuple(self._turn(draft) for draft in drafts)

    def _wrote(self, item: tuple[object, ...], draft: _Draft, writer: dict[int, tuple[_Draft, int]]) -> None:
        place = self.model.places[int(str(item[1]))]
        for key, mask in item[2]:  # type: ignore[attr-defined]  # the writes that playing noted
            writer[key] = draft, place.number
            draft.answers.pop((place.number, key), None)
            if len({dict(writes).get(key) for writes in place.writes}) > 1:
                draft.answers[place.number, key] = mask

    def _turn(self, draft: _Draft) -> Turn:
        flows = [self.model.flows[int(str(item[1]))] for item in draft.items if item[0] == "flow"]
        places = [self.model.places[int(str(item[1]))] for item in draft.items if item[0] == "at"]
        answers = [self._answer(place, key, mask) for (place, key), mask in draft.answers.items()]
        return Turn(
            **self._what(draft.event),
            answers=tuple(dict.fromkeys(each for each in answers if each)),
            flows=tuple((process, flow.id) for process, flow in flows),
            passed=tuple((place.process, place.node.id) for place in places),
        )

    def _what(self, event: Event) -> dict[str, str]:
        if event == BEGIN:
            return {"kind": "begin", "process": self.model.process, "element": "", "name": "The case begins"}
        place = self.model.places[event.place]
        kind = "time" if "timer" in place.node.events else "message" if place.node.message else "step"
        how = {"last": "the last of them", "one of several": "one of several"}.get(event.how, "")
        name = " ".join(place.node.name.split()) or capital(called(self.model, place))
        return {"kind": kind, "process": place.process, "element": place.node.id, "name": name, "how": how}

    def _answer(self, number: int, key: int, mask: int) -> Answer | None:
        name, values = self.model.keys[key].name, self.model.keys[key].among(mask)
        if name.startswith(LISTED):
            return Answer(
                f"Is anybody in {named(name.removeprefix(LISTED), self.facts)}?", "Yes" if mask == YES else "No"
            )
        if name.startswith("?"):
            return Answer("It is so" if mask == YES else "It is not so", short(in_words(name[1:], self.facts), LONGEST))
        if name.startswith(("due.", "name:", "all.")):
            return None
        if name.startswith("policy."):
            return Answer(of_the_policy(name.removeprefix("policy.")), _in_words(values, None))
        field_ = self._field(number, name)
        label = field_.label if field_ else fact_words(name)
        return Answer(label, _in_words(values, field_))

    def _field(self, number: int, fact: str) -> Field | None:
        nodes = [self.model.places[number].node] if number >= 0 else []
        return next((drawn for node in nodes for drawn in node.fields if drawn.key == fact), None)


def _items(trace: Trace) -> Iterator[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    while trace is not None:
        trace, item = trace
        found.append(item)
    yield from reversed(found)


def called(model: Model, place: Place) -> str:
    """An element as sentences call it: “Meet”, or the choice after “Meet”."""
    return in_sentences(model.drawings[place.process], place.node.id)


def all_called(model: Model, places: Iterable[Place]) -> str:
    """“a”, “b” and “c”, each once."""
    names = list(dict.fromkeys(called(model, place) for place in places))
    return listed(names)


def _in_words(values: Sequence[Json], drawn: Field | None) -> str:
    labels = dict(drawn.options) if drawn else {}
    words = [_value(value, labels) for value in values]
    return listed(words, "or")


def _value(value: Json, labels: Mapping[str, str]) -> str:
    if value is None:
        return "nothing"
    if value is SOMETHING:
        return "something"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(labels.get(str(each), str(each)) for each in value) or "none"
    if isinstance(value, str):
        return value if value == ELSE else labels.get(value, spaced(value))
    return f"{value:g}"
