"""A process and the stages that it calls, made ready for being played through: places, and what each asks and writes.

Every element becomes a place with a number; facts, values of the policy, names of scripts, days that have come into
sight and questions that cannot be known become keys (see `values`).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod

from workflows.domain.vocabulary import ACTIONS, MESSAGES, SCREENS
from workflows.engine.check.library import Library
from workflows.engine.check.paths import neighbours, walk
from workflows.engine.drawings import Drawing, Flow, Node
from workflows.engine.expressions import Expression, Refused, deadline_of, read
from workflows.engine.soundness import asking
from workflows.engine.soundness.asking import Question, View
from workflows.engine.soundness.keys import Keys, dues, script_of
from workflows.engine.soundness.values import SOMETHING, UNSET, Key, values_of

Writes = tuple[tuple[int, int], ...]
"""Keys with the values that they may have afterwards."""
LISTED = "?listed "
"""Before the text of a list, in the name of the question whether anybody is on it."""
MOST_ALTERNATIVES = 64
"""A step whose answers hang together in more ways than this is taken as if they did not."""


@dataclass(slots=True)
class Way:
    """A flow out of a place: its number, where it leads, and the question under which it is taken."""

    flow: int
    target: int
    question: Question | None = None
    default: bool = False


@dataclass
class Place:
    """An element of a drawing, ready to be played."""

    number: int
    process: str
    node: Node
    kind: str
    """What happens here: pass, wait, each, call, all, any, one, race, end, decide, script."""
    ways: tuple[Way, ...] = ()
    writes: tuple[Writes, ...] = ((),)
    """What is written once it is done: one of several alternatives."""
    edges: tuple[int, ...] = ()
    """The events on its edge."""
    start: int = -1
    """Of a call: the place at which the called stage begins."""
    awaited: Mapping[int, int] = field(default_factory=dict)
    """Of a parallel join: how many arrivals from each place it waits for."""
    question: Question | None = None
    """Of a step for each: how many are on the list. Of a decision: its table."""
    until: Question | None = None
    due: int = -1
    """Of a timer: the key that says whether its day has come into sight, where that matters."""
    lines: tuple[tuple[int, Question], ...] = ()
    outputs: tuple[int, ...] = ()
    """Of a decision: the key of each output; -1 where nobody asks for it."""


KINDS: Mapping[str, str] = {
    **dict.fromkeys(("userTask", "manualTask", "receiveTask", "intermediateCatchEvent"), "wait"),
    "callActivity": "call",
    "parallelGateway": "all",
    "inclusiveGateway": "any",
    "exclusiveGateway": "one",
    "eventBasedGateway": "race",
    "endEvent": "end",
    "businessRuleTask": "decide",
    "scriptTask": "script",
}


class Model(Keys):
    """The places of one process with its stages."""

    def __init__(self, library: Library, process: str) -> None:
        super().__init__(library, process)
        self.flows: list[tuple[str, Flow]] = []
        self.places: list[Place] = []
        self.number: dict[tuple[str, str], int] = {}
        self._resets: dict[int, list[int]] = {}
        self._place_all()

    def _place_all(self) -> None:
        for process, drawing in self.drawings.items():
            for node in drawing.nodes.values():
                self.number[process, node.id] = len(self.places)
                self.places.append(Place(len(self.places), process, node, _kind_of(node)))
        self._views = {process: View(self.keys, self.index, process) for process in self.drawings}
        for process, drawing in self.drawings.items():
            drawn = walk([drawing.start], neighbours(drawing))
            for node in drawing.nodes.values():
                self._link(self.places[self.number[process, node.id]], drawing, drawn)
        for place in self.places:
            self._fill(place)
        for place in self.places:  # once it is known which questions every fact opens again
            place.writes = tuple(dict.fromkeys(self._writes(place)))

    def _link(self, place: Place, drawing: Drawing, drawn: Collection[str]) -> None:
        """Flows in and out. `drawn` is what the start leads to at all: of the rest the engine knows nothing."""
        node, process = place.node, place.process
        ways = []
        flows = [flow for flow in drawing.outgoing.get(node.id, ()) if flow.target in drawing.nodes]
        for flow in flows:
            self.flows.append((process, flow))
            default = flow.id == node.default or (len(flows) == 1 and not flow.condition)
            asked = self._question(process, flow.condition) if flow.condition and not default else None
            ways.append(Way(len(self.flows) - 1, self.number[process, flow.target], asked, default))
        place.ways = tuple(ways)
        place.edges = tuple(self.number[process, event] for event, host in drawing.attached.items() if host == node.id)
        arrivals = [flow for flow in drawing.incoming.get(node.id, ()) if flow.source in drawn]
        place.awaited = Counter(self.number[process, flow.source] for flow in arrivals)

    def _question(self, process: str, text: str, *, count: bool = False) -> Question | None:
        """A condition, or with `count` the length of a list. None for a text that cannot be read."""
        try:
            expression = read(text)
        except Refused:
            return None
        reads = self._reads(process, expression)
        name = f"{LISTED}{text}" if count else f"?{text}"
        memo = self.key(name)
        memo.initial = memo.mask([True, False])
        place = self.index[name]
        for key in reads:
            if place not in self._resets.setdefault(key, []):
                self._resets[key].append(place)
        for fact in expression.all_facts:
            self._resets.setdefault(self._listed(fact), []).append(place)
        work = asking.length(expression) if count else asking.holds(expression)
        return Question(expression.text, self._views[process], reads, work, place)

    def _listed(self, fact: str) -> int:
        """The key that stands for the answers of a list of people, whose values are never looked at."""
        key = self.key(f"all.{fact}")
        key.initial = key.mask([SOMETHING])
        return self.index[f"all.{fact}"]

    def _reads(self, process: str, expression: Expression) -> list[int]:
        names = [*expression.facts, *(f"policy.{path}" for path in expression.policy_paths)]
        names += [f"due.{name}" for name in dues(expression)]
        names += [f"name:{process}.{name}" for name in expression.names]
        return [self.index[name] for name in sorted(names) if name in self.index]

    def _fill(self, place: Place) -> None:
        """What a place asks and writes, once every key is known."""
        node, process = place.node, place.process
        round_again = place.process in walk([node.called], self.library.calls)  # which the checker refuses
        if node.called in self.drawings and place.kind == "call" and not round_again:
            place.start = self.number.get((node.called, self.drawings[node.called].start), -1)
        if place.kind == "each":
            place.question = self._question(process, node.for_each, count=True)
            place.until = self._question(process, node.until) if node.until else None
        if place.kind == "decide" and node.decision in self.library.tables:
            table = self.library.tables[node.decision].table
            reads = [key for column in table.inputs for key in self._reads(process, column.expression)]
            place.question = Question(node.decision, self._views[process], reads, asking.decision(table))
            place.outputs = tuple(self.index.get(name, -1) for name in table.outputs)
        if place.kind == "script":
            place.lines = tuple(self._lines(process, node))
        if node.timer:
            place.due = self.index.get(f"due.{deadline_of(node.timer)}", -1)

    def _lines(self, process: str, node: Node) -> Iterator[tuple[int, Question]]:
        for name, expression in script_of(node):
            reads = self._reads(process, expression)
            work = lambda view, each=expression: view.work_out(each)  # noqa: E731 - bound here
            yield self.index[f"name:{process}.{name}"], Question(expression.text, self._views[process], reads, work)

    def _writes(self, place: Place) -> Iterator[Writes]:
        """The alternatives of what an element writes: each set of values with all that follows from it."""
        node = place.node
        if node.type == "startEvent":
            own = [key for name, key in self.index.items() if name.startswith(f"name:{place.process}.")]
            yield tuple((key, self.keys[key].mask([UNSET])) for key in own)
            return
        given = dict(self._given(node))
        parts = [self._parts(fact, mask) for fact, mask in given.items()]
        if prod(map(len, parts)) > MOST_ALTERNATIVES:
            parts = [[mask] for mask in given.values()]
        for choice in product(*parts):
            facts = dict(zip(given, choice, strict=True))
            if _fits(node, facts, self.keys, self.index):
                yield self._with_consequences(facts)

    def _given(self, node: Node) -> Iterator[tuple[str, int]]:
        """Each fact that an element may write, with its values; 0 for one that nobody asks for."""
        for drawn in node.fields:
            empty = [] if drawn.required or drawn.type == "several" else [None]
            given = values_of(drawn.type, self.asked[drawn.key], drawn) if drawn.key in self.asked else []
            if drawn.required and [] in [each for each in given if each is not SOMETHING]:
                given = [each for each in given if each is SOMETHING or each != []]
            yield drawn.key, self.key(drawn.key).mask([*given, *empty]) if given else 0
        drawn_keys = {drawn.key for drawn in node.fields}
        for facts in _supplied(node):
            for fact, kind in facts.items():
                if fact not in drawn_keys:
                    yield fact, self._supplied_mask(fact, kind)

    def _supplied_mask(self, fact: str, kind: str) -> int:
        if fact not in self.asked:
            return 0
        asked = self.asked[fact]
        return self.key(fact).mask([*values_of(kind, asked), *([None] if asked.for_none else [])])

    def _parts(self, fact: str, mask: int) -> Sequence[int]:
        """The values in parts that have to be told apart: none from some where a day that is waited for hangs on it,
        and each answer from the others where another field is needed only with some of them."""
        if not mask:
            return (0, -1) if self._opens(fact) and fact not in self._certain else (0,)
        key = self.key(fact)
        if fact in self._leading:
            return [bit for place in range(len(key.values)) if (bit := 1 << place) & mask]
        nothing = key.absent() & mask
        return [nothing, mask ^ nothing] if self._opens(fact) and nothing and mask ^ nothing else [mask]

    @cached_property
    def _certain(self) -> frozenset[str]:
        """Facts that are never left empty by whatever writes them."""
        nodes = [node for drawing in self.drawings.values() for node in drawing.nodes.values()]
        unsure = {drawn.key for node in nodes for drawn in node.fields if not drawn.required}
        return frozenset(self.writers) - unsure

    @cached_property
    def _leading(self) -> frozenset[str]:
        """Facts on whose answer it hangs whether another fact, which is asked for too, has a value."""
        nodes = (node for drawing in self.drawings.values() for node in drawing.nodes.values())
        pairs = ((drawn.key, drawn.when[0]) for node in nodes for drawn in node.fields if drawn.when[0])
        return frozenset(other for key, other in pairs if key in self.asked and other in self.asked)

    def _opens(self, fact: str) -> list[int]:
        """The deadlines, among those that matter, which start with a fact."""
        return [self.index[f"due.{name}"] for name in sorted(self.deadlines) if fact in self.starts_of(name)]

    def _with_consequences(self, facts: Mapping[str, int]) -> Writes:
        """The facts that are asked for; days that come into sight with them; questions that are open again."""
        written: dict[int, int] = {}
        for fact, mask in facts.items():
            if fact in self.index and mask > 0:
                written[self.index[fact]] = mask
            given = mask != -1 and (fact not in self.index or mask != self.key(fact).absent())
            for key in self._opens(fact) if given else ():
                written[key] = self.keys[key].mask([SOMETHING])
            if f"all.{fact}" in self.index:
                written[self.index[f"all.{fact}"]] = self.key(f"all.{fact}").initial
        for key in list(written):
            for memo in self._resets.get(key, ()):
                written[memo] = self.keys[memo].initial
        return tuple(sorted(written.items()))

    def reopened(self, key: int) -> Sequence[int]:
        """The questions that are open again once a key has changed."""
        return self._resets.get(key, ())


def _fits(node: Node, facts: Mapping[str, int], keys: Sequence[Key], index: Mapping[str, int]) -> bool:
    """A field that is needed with the answers at hand is not left empty."""
    for drawn in node.fields:
        other = drawn.when[0]
        if not other or not facts.get(drawn.key, 0) > 0 or not facts.get(other, 0) > 0:
            continue
        answer = keys[index[other]].among(facts[other])[0]
        key = keys[index[drawn.key]]
        if facts[drawn.key] == key.absent() and drawn.needed({other: answer}):
            return False
    return True


def _supplied(node: Node) -> Iterator[Mapping[str, str]]:
    if node.action in ACTIONS:
        yield ACTIONS[node.action].supplies
    if node.screen in SCREENS:
        yield SCREENS[node.screen].supplies
    yield MESSAGES.get(node.message, {})


def _kind_of(node: Node) -> str:
    if node.type == "userTask" and node.for_each:
        return "each"
    return KINDS.get(node.type, "pass")
