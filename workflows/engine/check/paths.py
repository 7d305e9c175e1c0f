"""The way through: one start, an end, and no place in between where a case would stand still for ever."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from workflows.domain.wording import code
from workflows.engine.called import called, several
from workflows.engine.check.elements import GATEWAYS
from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem
from workflows.engine.check.sheet import Rule, Sheet
from workflows.engine.drawings import Drawing, Flow, Node

ALTERNATIVES = frozenset({"exclusiveGateway", "eventBasedGateway"})
"""Gateways of which only one way out is taken."""
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
SEVERAL_WAYS = "Several ways lead on from here. Only a choice, or all ways at once, may have several ways out."
NO_OTHER_WAY = "No way of this choice is taken otherwise: where does the case go when no condition holds?"
OTHER_WAY_ELSEWHERE = "The way that is taken otherwise (the default flow) does not lead on from this choice."
NOTHING_TO_CHOOSE = "One way is taken otherwise here (the default flow), but nothing is chosen. Remove that mark."
ONLY_AFTER = (
    "comes here only after this has gone on, so it would be waited for without end. Bring the ways together before"
    " this, where any one of them goes on."
)
NO_CHOICE = "This way has a condition, but does not leave a choice. Draw a choice there, or remove the condition."


Ways = Mapping[str, Sequence[str]]
"""By element: those that come next, or before."""


def one_start_and_an_end(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """A process has one start event and at least one end event."""
    starts = [node for node in sheet.drawing.nodes.values() if node.type == "startEvent"]
    if not starts:
        yield sheet.whole("The process has no start.")
    for extra in starts[1:]:
        yield sheet.of(extra, "The process has a second start. Only one is allowed.")
    if not any(node.type == "endEvent" for node in sheet.drawing.nodes.values()):
        yield sheet.whole("The process has no end, so no case would ever be closed.")


def flows_join_elements(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """A flow leads from one element of this process to another, and is drawn once."""
    drawn: set[tuple[str, str]] = set()
    nodes = sheet.drawing.nodes
    for flow in sheet.drawing.flows:
        for what, ref in (("begins", flow.source), ("ends", flow.target)):
            if ref not in nodes:
                where = f"at {code(ref)}, which is not in this process" if ref else "nowhere"
                yield sheet.of(flow, f"This way {what} {where}.")
        if (flow.source, flow.target) in drawn:
            ends = f"from {called(sheet.drawing, flow.source)} to {called(sheet.drawing, flow.target)}"
            yield sheet.of(flow, f"The way {ends} is drawn twice.")
        drawn.add((flow.source, flow.target))


def every_element_leads_on(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """What has to have a way in or out has one, and only gateways have several ways out."""
    for node in sheet.drawing.nodes.values():
        ways_in, ways_out = sheet.drawing.incoming.get(node.id, ()), sheet.drawing.outgoing.get(node.id, ())
        if node.type == "endEvent":
            if ways_out:
                yield sheet.of(node, "A way leads on from this end. The case must end here.")
        elif not ways_out:
            yield sheet.of(node, "Nothing follows this, so the case would never end. Lead it on, or to an end.")
        if len(ways_out) > 1 and node.type not in GATEWAYS:
            yield sheet.of(node, SEVERAL_WAYS)
        if ways_in and node.type == "startEvent":
            yield sheet.of(node, "A way leads to this start. A case starts only once.")
        if ways_in and node.type == "boundaryEvent":
            yield sheet.of(
                node, "A way leads to this event. What stands on the edge of a step is reached from the step alone."
            )


def everything_is_reached_and_ends(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Every element can be reached from the start, and from every element an end can be reached.

    What stands behind an element that nothing leads to, or before a round without an end, is counted there: mending
    that one place mends them all.
    """
    drawing = sheet.drawing
    onward = neighbours(drawing)
    back = _turned({source: targets for source, targets in onward.items() if source in drawing.nodes})
    reached = walk([drawing.start], onward)
    named = [key for key in drawing.nodes if key]  # that something has no id is refused as such
    if drawing.start:
        lost = [key for key in named if key not in reached and drawing.nodes[key].type != "startEvent"]
        yield from _unreached(sheet, lost, onward, back)
    # A place that nothing follows is refused as such; that the way to it has no end would only say so again.
    if ends := walk((key for key in drawing.nodes if not onward.get(key)), back):
        yield from _endless(sheet, [key for key in named if key in reached and key not in ends], onward, back)


def _unreached(sheet: Sheet, lost: Sequence[str], onward: Ways, back: Ways) -> Iterator[Problem]:
    """Each element to which nothing leads, or a round to which nothing leads, with all that is behind it."""
    left = dict.fromkeys(lost)
    within = {key: [source for source in back.get(key, ()) if source in left] for key in left}
    while left:
        first = next((key for key in left if not within[key]), "")
        ring = () if first else _last_round(next(iter(left)), within, onward)
        first = first or next(key for key in sheet.drawing.nodes if key in ring)
        onwards = walk([first], onward)
        behind = [key for key in left if key in onwards and key != first]
        nothing = "No way from the start" if back.get(first) else "Nothing"
        cause = f"{nothing} leads to {called(sheet.drawing, first)}."
        rest = f"So it and {len(behind)} more cannot be reached from the start"
        alone = "This cannot be reached from the start."
        yield sheet.because(
            sheet.drawing.nodes[first], f"{cause} {rest}: {several(sheet.drawing, behind)}." if behind else alone
        )
        left = {key: None for key in left if key not in onwards}


def _endless(sheet: Sheet, caught: Sequence[str], onward: Ways, back: Ways) -> Iterator[Problem]:
    """Each round that no way leaves, with what leads into it."""
    left = list(caught)
    while left:
        ring = _last_round(left[0], onward, back)
        first = next(key for key in sheet.drawing.nodes if key in ring)
        before = walk(ring, back)
        into = [key for key in left if key in before and key not in ring]
        also = f" Every way from {several(sheet.drawing, into)} leads here." if into else ""
        yield sheet.because(
            sheet.drawing.nodes[first],
            f"From here no end can be reached: the case would go round for ever.{also}",
        )
        left = [key for key in left if key not in before]


def _last_round(start: str, onward: Ways, back: Ways) -> set[str]:
    """Elements that lead to one another and nowhere else, reached from a start. Each turn looks at fewer."""
    here = walk([start], onward)
    while beyond := here - walk([start], back) - {""}:
        start = min(beyond)
        here = walk([start], onward)
    return here


def neighbours(drawing: Drawing) -> Mapping[str, list[str]]:
    """Where each element leads: along its flows, and over the events on its edge."""
    onward = {
        key: [flow.target for flow in flows if flow.target in drawing.nodes] for key, flows in drawing.outgoing.items()
    }
    for event, host in drawing.attached.items():
        onward.setdefault(host, []).append(event)
    return onward


def _turned(onward: Ways) -> Ways:
    back: dict[str, list[str]] = {}
    for source, targets in onward.items():
        for target in targets:
            back.setdefault(target, []).append(source)
    return back


def walk(starts: Iterable[str], onward: Mapping[str, Collection[str]]) -> set[str]:
    """All that can be reached from some elements, themselves included."""
    seen = {start for start in starts if start}
    waiting = list(seen)
    while waiting:
        for following in onward.get(waiting.pop(), ()):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen


def family(process: str, library: Library) -> frozenset[str]:
    """All processes that a case in this one may come through: itself, those that call it, and all that they call."""
    return library.once(_family, process)


def _family(library: Library, process: str) -> frozenset[str]:
    return frozenset(walk(walk([process], library.callers), library.calls))


def gateways_can_decide(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """A gateway that chooses has a condition on every way out but one, the default; nothing else has conditions."""
    for node in sheet.drawing.nodes.values():
        ways_out = sheet.drawing.outgoing.get(node.id, ())
        if node.type in CHOOSING and len(ways_out) > 1:
            yield from _choice(sheet, node, ways_out)
            continue
        if node.type in CHOOSING:
            for flow in ways_out:
                if flow.condition:
                    yield sheet.of(flow, "This is the only way out, so it must not depend on a condition.")
            continue
        if node.default:
            yield sheet.of(node, NOTHING_TO_CHOOSE)
        for flow in ways_out:
            if flow.condition:
                yield sheet.of(flow, NO_CHOICE)


def _choice(sheet: Sheet, node: Node, ways_out: Iterable[Flow]) -> Iterator[Problem]:
    if not node.default:
        yield sheet.of(node, NO_OTHER_WAY)
    elif node.default not in {flow.id for flow in ways_out}:
        yield sheet.of(node, OTHER_WAY_ELSEWHERE)
    for flow in ways_out:
        if flow.id == node.default:
            if flow.condition:
                yield sheet.of(flow, "This way is taken otherwise, when no condition holds. Remove its condition.")
        elif not flow.condition:
            yield sheet.of(flow, "This way needs a condition: when is it taken?")


def joins_can_go_on(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """A parallel gateway waits for all its ways in, so no two of them are alternatives of one choice.

    Only the plain case is looked for: ways that lead back to the choice without a merge in between.
    """
    for node in sheet.drawing.nodes.values():
        if node.type != "parallelGateway":
            continue
        ways = [list(_way_back(sheet.drawing, flow)) for flow in sheet.drawing.incoming.get(node.id, ())]
        meet = (_meeting(one, other) for place, one in enumerate(ways) for other in ways[:place])
        parted = next((key for key in meet if key and sheet.drawing.nodes[key].type in ALTERNATIVES), "")
        if parted:
            yield sheet.of(
                node,
                f"Only one of the ways that part at {called(sheet.drawing, parted)} is ever taken, so all of them would"
                " be waited for here for ever. Bring them together before this, where any one of them goes on.",
            )


def joins_wait_for_nothing_of_their_own(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """A parallel gateway waits for all its ways in, so none of them can come from the gateway alone."""
    drawing = sheet.drawing
    onward = neighbours(drawing)
    reached = walk([drawing.start], onward) & drawing.nodes.keys()  # what nothing leads to is refused as such
    for node in drawing.nodes.values():
        ways_in = drawing.incoming.get(node.id, ())
        if node.type != "parallelGateway" or len(ways_in) < 2:
            continue
        before = walk([drawing.start], {key: targets for key, targets in onward.items() if key != node.id})
        back = [flow.source for flow in ways_in if flow.source in (reached - before) | ({node.id} & reached)]
        if back:
            yield sheet.because(node, f"What comes from {several(drawing, back)} {ONLY_AFTER}")


def _way_back(drawing: Drawing, flow: Flow) -> Iterator[str]:
    """The elements that a flow comes from, as far as there is one way in to each."""
    seen: set[str] = set()
    here = flow.source
    while here in drawing.nodes and here not in seen:
        seen.add(here)
        yield here
        ways_in = drawing.incoming.get(here, ())
        here = ways_in[0].source if len(ways_in) == 1 else ""


def _meeting(one: list[str], other: list[str]) -> str:
    """Where two ways back meet first, or ""."""
    return next((key for key in one if key in other), "")


def races_are_decided(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """An event-based gateway leads to at least two catching events, of which one at most is a timer."""
    nodes = sheet.drawing.nodes
    for node in nodes.values():
        if node.type != "eventBasedGateway":
            continue
        ways_out = sheet.drawing.outgoing.get(node.id, ())
        events = [nodes[flow.target] for flow in ways_out if flow.target in nodes]
        if len(ways_out) == 1:
            yield sheet.of(node, "Whichever comes first needs at least two events to wait for.")
        for event in events:
            if event.type != "intermediateCatchEvent":
                yield sheet.of(event, "Whichever comes first can only be a message or a deadline that is waited for.")
            elif len(sheet.drawing.incoming[event.id]) > 1:
                yield sheet.of(event, "Nothing else may lead to what is waited for until whichever comes first.")
        for late in [event for event in events if "timer" in event.events][1:]:
            yield sheet.of(late, "A second deadline where whichever comes first counts. Only the first would count.")


RULES: tuple[Rule, ...] = (
    one_start_and_an_end,
    flows_join_elements,
    every_element_leads_on,
    everything_is_reached_and_ends,
    gateways_can_decide,
    joins_can_go_on,
    joins_wait_for_nothing_of_their_own,
    races_are_decided,
)
