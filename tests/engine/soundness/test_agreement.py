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
                    following.append((after, {**facts, f"fact_{each.partition('/')[0]}": answer}, each))
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


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
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
