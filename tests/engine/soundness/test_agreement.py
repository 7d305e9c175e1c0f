"""Exploration and the real engine, on small diagrams drawn by chance: the same situations after the same moves."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.engine.trial import Trial, anonymous, begin, flow, move, open_elements, release_of, sketch
from workflows.engine.check.library import library
from workflows.engine.diagrams import Diagrams, DiagramUnfit
from workflows.engine.process import NothingToWaitFor, Process, StepBudgetSpent
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


STAGE = sketch(
    '<startEvent id="stage_begin"/><parallelGateway id="stage_split"/>'
    '<userTask id="stage_one" name="One"/><userTask id="stage_two" name="Two"/>'
    '<endEvent id="stage_end"/><endEvent id="stage_stop"><terminateEventDefinition/></endEvent>'
    + flow("stage_begin", "stage_split")
    + flow("stage_split", "stage_one")
    + flow("stage_split", "stage_two")
    + flow("stage_one", "stage_end")
    + flow("stage_two", "stage_stop"),
    process="stage",
)
FIELD = '<accord:field key="fact_{0}" type="yes_no" label="Fact {0}" required="true"/>'
STEP = f'<userTask id="{{0}}" name="{{0}}"><extensionElements>{FIELD}</extensionElements></userTask>'
EDGE = (
    '<boundaryEvent id="edge_{0}" attachedToRef="{0}" cancelActivity="{1}">'
    '<timerEventDefinition><timeDate>due("x")</timeDate></timerEventDefinition></boundaryEvent>'
)
OTHERS = {
    "all": '<parallelGateway id="{0}"/>',
    "call": '<callActivity id="{0}" calledElement="stage"/>',
    "each": '<userTask id="{0}" name="{0}" accord:for_each="[1, 2]"/>',
    "stop": '<endEvent id="{0}"><terminateEventDefinition/></endEvent>',
    "end": '<endEvent id="{0}"/>',
}
KINDS = ["step", "step", "edged", "one", "one", "any", "all", "all", "call", "each", "stop", "end", "end"]


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """A start, up to eight elements of any kind with flows to any of them, and an end."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=3, max_size=8))
    ids = [f"n{place}" for place in range(len(kinds))]
    target = st.sampled_from([*ids, "end"])
    steps = [key for key, kind in zip(ids, kinds, strict=True) if kind in ("step", "edged")]
    facts = st.sampled_from([f"case.fact_{key}" for key in steps] or ["True"])
    xml, flows = ['<startEvent id="begin"/><endEvent id="end"/>'], [flow("begin", "n0")]
    for key, kind in zip(ids, kinds, strict=True):
        if kind in ("stop", "end"):
            xml.append(OTHERS[kind].format(key))
            continue
        ways = draw(st.lists(target, min_size=1, max_size=2 if kind in ("one", "any", "all") else 1, unique=True))
        if kind in ("one", "any"):
            name = "exclusiveGateway" if kind == "one" else "inclusiveGateway"
            xml.append(f'<{name} id="{key}" default="{key}-{ways[-1]}"/>')
            flows += [flow(key, to, draw(facts)) for to in ways[:-1]]
            flows.append(flow(key, ways[-1]))
            continue
        xml.append(STEP.format(key) if kind in ("step", "edged") else OTHERS[kind].format(key))
        flows += [flow(key, to) for to in ways]
        if kind == "edged":
            xml.append(EDGE.format(key, "true" if draw(st.booleans()) else "false"))
            flows.append(flow(f"edge_{key}", draw(target)))
    return Sketch(sketch("".join(xml) + "".join(flows)), STAGE)


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
        for bit, edge in enumerate(place.edges):
            if not fired >> bit & 1:
                yield graph.model.places[edge].node.id, 1


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
    rows: list[tuple[bytes | None, dict[str, Any], str]] = [(None, {}, "")]
    for _ in range(DEPTH):
        following: list[tuple[bytes | None, dict[str, Any], str]] = []
        for state, facts, element in rows:
            seen, process = run(diagrams, state, facts, element)
            reached.add(seen)
            if process is None or process.finished:
                continue
            after = process.dump()
            if (same := json.dumps([anonymous(after), facts], sort_keys=True)) not in known:
                known.add(same)
                for each, answer in product(dict.fromkeys(open_elements(process)), (True, False)):
                    following.append((after, {**facts, f"fact_{each}": answer}, each))
        found.append(set(reached))
        rows = following
    return found


def run(diagrams: Diagrams, state: bytes | None, facts: dict[str, Any], element: str) -> tuple[Seen, Process | None]:
    """One move from a stored state, or the start."""
    trial = Trial(facts)
    try:
        if state is None:
            process = begin(diagrams, trial, "sketch")
        else:
            process = Process.load(state, diagrams, trial)
            move(process, element)
    except NothingToWaitFor:
        return STUCK, None
    if process.finished:
        return ENDED, process
    return frozenset(Counter(each.partition("/")[0] for each in open_elements(process)).items()), process


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(sketches())
def test_the_same_situations_come_up_in_the_engine_and_in_exploring(drawn: Sketch) -> None:
    graph = explored(drawn)
    assume(graph.whole and not graph.play.lost and not graph.piled)
    try:
        diagrams = release_of(drawn.text, drawn.stage)
        by_engine = seen_by_running(diagrams)
    except (DiagramUnfit, StepBudgetSpent, RecursionError):
        assume(False)
    assert seen_by_exploring(graph) == by_engine
