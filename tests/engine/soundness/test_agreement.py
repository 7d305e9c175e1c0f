"""Exploration and the real engine, on small diagrams drawn by chance: the same situations after the same moves."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.engine.trial import Trial, anonymous, begin, flow, release_of, sketch
from workflows.engine.check.library import library
from workflows.engine.diagrams import Diagrams, DiagramUnfit
from workflows.engine.process import GoesRound, NothingToWaitFor, Process, StepBudgetSpent
from workflows.engine.soundness.model import Model
from workflows.engine.soundness.search import Graph, search
from workflows.engine.soundness.tokens import Marking

STUCK, ENDED = "stuck", "ended"
DEPTH = 4
Seen = frozenset[tuple[str, int]] | str
"""What is waited for, with how often; or that the case is stuck, or has ended."""


@dataclass(frozen=True)
class Sketch:
    """A diagram, and a stage that it may call."""

    text: str
    stage: str


FIELD = '<accord:field key="fact_{0}" type="yes_no" label="Fact {0}" required="true"/>'
STEP = f'<userTask id="{{0}}" name="{{0}}"><extensionElements>{FIELD}</extensionElements></userTask>'
STAGE = sketch(
    '<startEvent id="stage_begin"/><parallelGateway id="stage_split"/>'
    + STEP.format("stage_one")
    + STEP.format("stage_two")
    + '<exclusiveGateway id="stage_choice" default="stage_choice-stage_stop"/>'
    '<intermediateThrowEvent id="stage_tells"><escalationEventDefinition escalationRef="told"/>'
    "</intermediateThrowEvent>"
    '<endEvent id="stage_fails"><errorEventDefinition errorRef="failed"/></endEvent>'
    '<endEvent id="stage_end"/><endEvent id="stage_stop"><terminateEventDefinition/></endEvent>'
    + flow("stage_begin", "stage_split")
    + flow("stage_split", "stage_one")
    + flow("stage_split", "stage_two")
    + flow("stage_one", "stage_tells")
    + flow("stage_tells", "stage_end")
    + flow("stage_two", "stage_choice")
    + flow("stage_choice", "stage_fails", "case.fact_stage_two")
    + flow("stage_choice", "stage_stop"),
    process="stage",
    outside='<error id="failed" name="F" errorCode="failed"/><escalation id="told" name="T" escalationCode="told"/>',
)
TIMER = '<timerEventDefinition><timeDate>due("x")</timeDate></timerEventDefinition>'
MESSAGE = '<messageEventDefinition messageRef="news"/>'
EDGES = [TIMER, MESSAGE, '<errorEventDefinition errorRef="failed"/>', "<errorEventDefinition/>"]
EDGES.append('<escalationEventDefinition escalationRef="told"/>')
EDGE = '<boundaryEvent id="edge_{0}" attachedToRef="{0}" cancelActivity="{1}">{2}</boundaryEvent>'
OUTSIDE = (
    '<error id="failed" name="F" errorCode="failed"/><escalation id="told" name="T" escalationCode="told"/>'
    '<message id="news" name="news"/>'
)
RACE = (
    '<eventBasedGateway id="{0}"/><intermediateCatchEvent id="{0}_day">'
    + TIMER
    + '</intermediateCatchEvent><intermediateCatchEvent id="{0}_news">'
    + MESSAGE
    + "</intermediateCatchEvent>"
)
OTHERS = {
    "all": '<parallelGateway id="{0}"/>',
    "call": '<callActivity id="{0}" calledElement="stage"/>',
    "each": f'<userTask id="{{0}}" name="{{0}}" accord:for_each="[1, 2]">'
    f"<extensionElements>{FIELD}</extensionElements></userTask>",
    "until": '<userTask id="{0}" name="{0}" accord:for_each="[1, 2, 3]" accord:until="case.fact_{0}">'
    f"<extensionElements>{FIELD}</extensionElements></userTask>",
    "receive": '<receiveTask id="{0}" messageRef="news"/>',
    "race": RACE,
    "stop": '<endEvent id="{0}"><terminateEventDefinition/></endEvent>',
    "fail": '<endEvent id="{0}"><errorEventDefinition errorRef="failed"/></endEvent>',
    "end": '<endEvent id="{0}"/>',
}
ENDS = ("stop", "end", "fail")
KINDS = ["step", "step", "one", "one", "any", "all", "all", "call", "call", "each", "until", "receive", "race"]


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """A start, up to eight elements of any kind with flows to any of them, and an end."""
    kinds = draw(st.lists(st.sampled_from([*KINDS, *ENDS]), min_size=3, max_size=8))
    ids = [f"n{place}" for place in range(len(kinds))]
    target = st.sampled_from([*ids, "end"])
    steps = [key for key, kind in zip(ids, kinds, strict=True) if kind in ("step", "each", "until")]
    facts = st.sampled_from([f"case.fact_{key}" for key in steps] or ["True"])
    xml, flows = ['<startEvent id="begin"/><endEvent id="end"/>'], [flow("begin", "n0")]
    for key, kind in zip(ids, kinds, strict=True):
        if kind in ("one", "any"):
            ways = draw(st.lists(target, min_size=1, max_size=2, unique=True))
            name = "exclusiveGateway" if kind == "one" else "inclusiveGateway"
            xml.append(f'<{name} id="{key}" default="{key}-{ways[-1]}"/>')
            flows += [flow(key, to, draw(facts)) for to in ways[:-1]] + [flow(key, ways[-1])]
            continue
        xml.append(STEP.format(key) if kind == "step" else OTHERS[kind].format(key))
        if kind == "race":
            flows += [flow(key, f"{key}_{event}") + flow(f"{key}_{event}", draw(target)) for event in ("day", "news")]
        elif kind not in ENDS:
            most = 2 if kind == "all" else 1
            flows += [flow(key, to) for to in draw(st.lists(target, min_size=1, max_size=most, unique=True))]
        if kind in ("step", "call", "each") and draw(st.booleans()):
            stops = "true" if draw(st.booleans()) else "false"
            xml.append(EDGE.format(key, stops, draw(st.sampled_from(EDGES))))
            flows.append(flow(f"edge_{key}", draw(target)))
    return Sketch(sketch("".join(xml) + "".join(flows), outside=OUTSIDE), STAGE)


SPLITS = {"one": "exclusiveGateway", "any": "inclusiveGateway", "all": "parallelGateway"}
LEAVES = ["step", "step", "step", "call", "each", "until", "receive"]


class Blocks:
    """A diagram of parts within parts: in a row, side by side, or round again; some joins are of the wrong kind."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.count = draw, 0
        self.xml: list[str] = []
        self.flows: list[str] = []
        self.facts = ["True"]

    def key(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def part(self, depth: int) -> tuple[str, str]:
        """A part; the ids with which it begins and ends."""
        kind = self.draw(
            st.sampled_from(["leaf", "row", "row", "split", "split", "split", "loop"] if depth else ["leaf"])
        )
        if kind == "leaf":
            return self.leaf()
        if kind == "row":
            (begin_, middle), (then, end) = self.part(depth - 1), self.part(depth - 1)
            self.flows.append(flow(middle, then))
            return begin_, end
        return self.split(depth) if kind == "split" else self.loop(depth)

    def leaf(self) -> tuple[str, str]:
        key, kind = self.key(), self.draw(st.sampled_from(LEAVES))
        self.xml.append(STEP.format(key) if kind == "step" else OTHERS[kind].format(key))
        if kind in ("step", "each", "until"):
            self.facts.append(f"case.fact_{key}")
        if kind in ("step", "call") and self.draw(st.integers(0, 3)) == 0:
            edge, stops = self.draw(st.sampled_from(EDGES)), self.draw(st.sampled_from(["true", "false"]))
            self.xml.append(EDGE.format(key, stops, edge) + STEP.format(f"{key}_late"))
            self.flows.append(flow(f"edge_{key}", f"{key}_late") + flow(f"{key}_late", "end"))
        return key, key

    def split(self, depth: int) -> tuple[str, str]:
        kind = self.draw(st.sampled_from(list(SPLITS)))
        join = self.draw(st.sampled_from([kind, kind, *SPLITS]))
        begin_, end, fact = self.key(), self.key(), self.draw(st.sampled_from(self.facts))
        parts = [self.part(depth - 1), self.part(depth - 1)]
        default = f'default="{begin_}-{parts[1][0]}"' if kind != "all" else ""
        self.xml.append(f'<{SPLITS[kind]} id="{begin_}" {default}/><{SPLITS[join]} id="{end}"/>')
        self.flows.append(flow(begin_, parts[0][0], fact if kind != "all" else "") + flow(begin_, parts[1][0]))
        self.flows += [flow(last, end) for _, last in parts]
        return begin_, end

    def loop(self, depth: int) -> tuple[str, str]:
        begin_, end = self.key(), self.key()
        first, last = self.part(depth - 1)
        after, on = self.draw(st.sampled_from(self.facts[1:] or ["False"])), self.key()
        self.xml.append(f'<exclusiveGateway id="{begin_}"/><exclusiveGateway id="{end}" default="{end}-{on}"/>')
        self.xml.append(STEP.format(on))
        self.flows.append(flow(begin_, first) + flow(last, end) + flow(end, begin_, after) + flow(end, on))
        return begin_, on


@st.composite
def blocks(draw: st.DrawFn) -> Sketch:
    """Parts within parts between a start and an end."""
    drawn = Blocks(draw)
    first, last = drawn.part(3)
    xml = '<startEvent id="begin"/><endEvent id="end"/>' + "".join(drawn.xml)
    xml += flow("begin", first) + flow(last, "end") + "".join(drawn.flows)
    return Sketch(sketch(xml, outside=OUTSIDE), STAGE)


def explored(drawn: Sketch) -> Graph:
    books = library({"0.bpmn": drawn.text, "1.bpmn": drawn.stage}, {})
    return search(Model(books, "sketch"), 3_000, 20.0)


def waits(graph: Graph, marking: Marking) -> Iterator[tuple[str, int]]:
    """What a marking waits for, with how often."""
    for number, fired, more in marking:
        place = graph.model.places[number]
        if place.kind == "call":
            yield from waits(graph, more)
        if place.kind in ("wait", "each"):
            yield place.node.id, more or 1
        if place.kind == "race":
            yield from ((graph.model.places[way.target].node.id, 1) for way in place.ways)
        for bit, edge in enumerate(place.edges):
            event = graph.model.places[edge].node
            if not fired >> bit & 1 and {"timer", "message"} & set(event.events):
                yield event.id, 1


def seen_by_exploring(graph: Graph) -> list[set[Seen]]:
    """By the number of moves: what is waited for after at most so many."""
    layer = {number for number, (before, _) in enumerate(graph.parents) if before < 0}
    reached, found = set(layer), []
    for _ in range(DEPTH):
        found.append({one_seen(graph, number) for number in reached})
        layer = {each for number in layer for each in graph.following[number]}
        reached |= layer
    return found


def one_seen(graph: Graph, number: int) -> Seen:
    marking = graph.states[number][0]
    if not marking:
        return ENDED
    count: Counter[str] = Counter()
    for element, times in waits(graph, marking):
        count[element] += times
    return frozenset(count.items()) if count else STUCK


def seen_by_running(diagrams: Diagrams) -> list[set[Seen]]:
    """The same by the engine, with every answer to every step; every situation is gone on from once."""
    found: list[set[Seen]] = []
    known: set[str] = set()
    reached: set[Seen] = set()
    rows: list[tuple[bytes | None, dict[str, Any], int]] = [(None, {}, 0)]
    for _ in range(DEPTH):
        following: list[tuple[bytes | None, dict[str, Any], int]] = []
        for state, facts, place in rows:
            seen, process = run(diagrams, state, facts, place)
            reached.add(seen)
            if process is None or process.finished:
                continue
            after = process.dump()
            if (same := json.dumps([anonymous(after), facts], sort_keys=True)) not in known:
                known.add(same)
                for each, wait in enumerate(process.waiting()):
                    answered = [{**facts, f"fact_{wait.element}": answer} for answer in (True, False)]
                    following += [(after, one, each) for one in (answered if wait.kind == "step" else [facts])]
        found.append(set(reached))
        rows = following
    return found


def run(diagrams: Diagrams, state: bytes | None, facts: dict[str, Any], place: int) -> tuple[Seen, Process | None]:
    """One move from a stored state, of whatever waits at a place of its list, or the start."""
    trial = Trial(facts)
    try:
        if state is None:
            process = begin(diagrams, trial, "sketch")
        else:
            process = Process.load(state, diagrams, trial)
            wait = process.waiting()[place]
            {"step": process.complete, "timer": process.fire, "message": process.receive}[wait.kind](wait.task)
            process.settle()
    except NothingToWaitFor:
        return STUCK, None
    if process.finished:
        return ENDED, process
    return frozenset(Counter(wait.element for wait in process.waiting()).items()), process


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.one_of(sketches(), blocks(), blocks()))
def test_the_same_situations_come_up_in_the_engine_and_in_exploring(drawn: Sketch) -> None:
    graph = explored(drawn)
    assume(graph.whole and not graph.play.lost and not graph.piled)
    try:
        diagrams = release_of(drawn.text, drawn.stage)
        by_engine = seen_by_running(diagrams)
    except (DiagramUnfit, StepBudgetSpent, GoesRound):
        assume(False)
    assert seen_by_exploring(graph) == by_engine
