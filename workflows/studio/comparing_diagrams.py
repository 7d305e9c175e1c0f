"""Two drawings of one process compared: what was added, taken out and changed, in the words of the page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from workflows.domain.fields import Field, number_in_words
from workflows.domain.vocabulary import ACTIONS, MESSAGE_WORDS, OUTCOMES, PROCESSES
from workflows.engine.called import called
from workflows.engine.drawings import Drawing, Flow, Node
from workflows.engine.editing.conditions import Facts
from workflows.engine.editing.picture import Box
from workflows.engine.editing.steps import WORK
from workflows.engine.editing.telling import in_words
from workflows.engine.expressions import deadline_of
from workflows.studio.differences import Change, Sign, changed
from workflows.studio.joining import Joining, joining
from workflows.studio.offering import Offer, Pairs

KEYS = "option keys"
NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "startEvent": "Beginning",
        "endEvent": "End",
        "boundaryEvent": "Event on the edge of a step",
        "intermediateCatchEvent": "Wait",
        "intermediateThrowEvent": "Note",
        "userTask": "Step",
        "manualTask": "Step",
        "serviceTask": "Work of Accord",
        "sendTask": "Message sent",
        "receiveTask": "Wait for a message",
        "scriptTask": "Reckoning",
        "businessRuleTask": "Decision by a table",
        "callActivity": "Other process",
        "exclusiveGateway": "Choice",
        "inclusiveGateway": "Choice of several ways",
        "parallelGateway": "Ways at the same time",
        "eventBasedGateway": "Whatever comes first",
    }
)
PEOPLE = frozenset({"userTask", "manualTask"})
SLACK = 1.0
"""Pixels by which a box may lie elsewhere without having been moved."""


@dataclass(frozen=True)
class Side:
    """A drawing with the words for what it names, and where its elements stand on the picture."""

    drawing: Drawing
    offer: Offer
    facts: Facts
    boxes: Mapping[str, Box]

    def called(self, element: str) -> str:
        """ "“Hold the meeting”", or what stands beside it where it has no name."""
        return called(self.drawing, element) if element in self.drawing.nodes else "nothing"

    def told(self, node: Node) -> str:
        """ "Step “Hold the meeting”"."""
        noun = NOUNS.get(node.type, node.type)
        if node.name:
            return f"{noun} “{node.name}”"
        beside = self.called(node.id).removeprefix("the ")
        return noun if beside == f"“{node.id}”" else f"{beside[:1].upper()}{beside[1:]}"

    def way(self, flow: Flow) -> str:
        """ "Way from “Hold the meeting” to “Agreed?”"."""
        return f"Way from {self.called(flow.source)} to {self.called(flow.target)}"


def compare(before: Side, after: Side) -> Iterator[Change]:
    """Every difference, in the order of the drawing: the process, its lanes, elements, ways, then what only moved."""
    old, new = before.drawing, after.drawing
    joined = joining(old, new)
    yield from changed(
        "The process",
        (
            ("Name", old.name, new.name),
            ("Words", old.documentation, new.documentation),
            ("Runs", _yes(old.executable), _yes(new.executable)),
        ),
    )
    yield from _lanes(before, after)
    for first, second in joined.swapped:
        yield Change(Sign.CHANGED, f"{after.told(new.nodes[first])} comes before {after.called(second)} now", (), first)
    spoken_of: set[str] = set()
    for change in (*_nodes(before, after, joined), *_flows(before, after)):
        spoken_of.add(change.element)
        yield replace(change, quiet=change.element in joined.quiet)
    for key in new.order:
        if key not in spoken_of and _moved(before.boxes.get(key), after.boxes.get(key)):
            yield Change(Sign.MOVED, after.told(new.nodes[key]), element=key)


def _moved(old: Box | None, new: Box | None) -> bool:
    if old is None or new is None:
        return False
    pairs = ((old.x, new.x), (old.y, new.y), (old.width, new.width), (old.height, new.height))
    return any(abs(one - other) > SLACK for one, other in pairs)


def _lanes(before: Side, after: Side) -> Iterator[Change]:
    """Their order is told; one that came or went is told with whoever does the steps in it."""
    was, now = (", ".join(_named(side.offer.roles, lane) for lane in side.drawing.lanes) for side in (before, after))
    old, new = before.drawing.lanes, after.drawing.lanes
    in_order = [lane for lane in old if lane in new] == [lane for lane in new if lane in old]
    quiet = bool(before.drawing.nodes) and in_order
    for change in changed("The lanes", (("Lanes, from the top", was, now),)):
        yield replace(change, quiet=quiet)


def _nodes(before: Side, after: Side, joined: Joining) -> Iterator[Change]:
    old, new = before.drawing.nodes, after.drawing.nodes
    for key in after.drawing.order:
        if key in old:
            same = (old[key].default, new[key].default) in joined.same
            was = replace(old[key], default=new[key].default) if same else old[key]
            yield from changed(after.told(new[key]), _node(before, was, after, new[key]), key)
            continue
        for change in _whole(Sign.ADDED, after, new[key]):
            place = joined.places.get(key)
            yield replace(change, what=f"{change.what}, {place}") if place else change
    for key in before.drawing.order:
        if key not in new:
            yield from _whole(Sign.REMOVED, before, old[key])


def _whole(sign: Sign, side: Side, node: Node) -> Iterator[Change]:
    """An element that is on one side alone, with all that it says."""
    nothing = Node(node.id, node.type, node.name)
    rows = tuple(_node(side, nothing, side, node) if sign == Sign.ADDED else _node(side, node, side, nothing))
    found = next(changed("", (row for row in rows if not _goes_without_saying(node, row))), None)
    yield Change(sign, side.told(node), found.details if found else (), node.id)


def _goes_without_saying(node: Node, row: tuple[str, str, str]) -> bool:
    """In whose lane something stands that nobody does; that what has a day is a timer, what hears word a message."""
    label = row[0]
    return (label == NODE["roles"][0] and node.type not in PEOPLE) or (
        label == NODE["events"][0] and bool(node.timer or node.message)
    )


Row = tuple[str, str, str]
Told = Callable[[Side, Node], str]


def _named(pairs: Pairs, key: str) -> str:
    return dict(pairs).get(key, key)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _who(side: Side, node: Node) -> str:
    roles = node.roles if node.type in PEOPLE else (node.lane,) if node.lane else ()
    return " or ".join(_named(side.offer.roles, role) for role in roles)


def _time(side: Side, node: Node) -> str:
    key = deadline_of(node.timer)
    return _deadline(side, key) if key else node.timer


def _deadline(side: Side, key: str) -> str:
    return dict(side.offer.deadlines).get(key) or (f"a deadline that is in no policy ({key})" if key else "")


def _done(action: str) -> str:
    return ACTIONS[action].words if action in ACTIONS else action


def _otherwise(side: Side, node: Node) -> str:
    flow = next((each for each in side.drawing.flows if each.id == node.default), None)
    return f"to {side.called(flow.target)}" if flow else node.default


def _attributes(side: Side, node: Node) -> str:
    words = {**dict(side.offer.roles), **PROCESSES, **dict(side.offer.stages), **OUTCOMES}
    return "; ".join(
        f"{WORK.get(key, key.replace('_', ' '))}: {' and '.join(words.get(word, word) for word in value.split())}"
        for key, value in sorted(node.attributes.items())
    )


NODE: Mapping[str, tuple[str, Told]] = MappingProxyType(
    {
        "type": ("Kind", lambda _, node: NOUNS.get(node.type, node.type)),
        "name": ("Name", lambda _, node: node.name),
        "roles": ("Who", _who),
        "documentation": ("Words", lambda _, node: node.documentation),
        "deadline": ("By when", lambda side, node: _deadline(side, node.deadline)),
        "timer": ("Time", _time),
        "clause": ("Clause", lambda _, node: node.clause),
        "screen": ("Page", lambda side, node: _named(side.offer.screens, node.screen)),
        "for_each": ("For each of", lambda side, node: _named(side.offer.lists, node.for_each)),
        "until": ("Until", lambda side, node: in_words(node.until, side.facts) if node.until else ""),
        "action": ("What Accord does", lambda _, node: _done(node.action)),
        "attributes": ("Also says", _attributes),
        "letter": ("Letter", lambda side, node: _named(side.offer.letters, node.letter)),
        "decision": ("Decision table", lambda side, node: _named(side.offer.decisions, node.decision)),
        "called": ("Process", lambda side, node: _named(side.offer.stages, node.called)),
        "message": ("Waits until", lambda _, node: MESSAGE_WORDS.get(node.message, node.message)),
        "events": ("Kind of event", lambda _, node: ", ".join(node.events)),
        "code": ("Code", lambda _, node: node.code),
        "attached_to": ("Stands on", lambda side, node: side.called(node.attached_to) if node.attached_to else ""),
        "interrupting": ("Ends the step that it stands on", lambda _, node: _yes(node.interrupting)),
        "default": ("Otherwise", lambda side, node: _otherwise(side, node) if node.default else ""),
        "script": ("Reckons", lambda _, node: node.script),
    }
)  # fmt: skip
"""What is told of each attribute of an element; its lane goes with the roles, its questions have rows of their own."""


def _node(before: Side, old: Node, after: Side, new: Node) -> Iterator[Row]:
    for name, (label, told) in NODE.items():
        if getattr(old, name) != getattr(new, name) or (name == "roles" and old.lane != new.lane):
            yield _row(label, (told(before, old), told(after, new)), (str(getattr(old, name)), str(getattr(new, name))))
    yield from _questions(before, old.fields, after, new.fields)


def _row(label: str, told: tuple[str, str], written: tuple[str, str]) -> Row:
    """What is written differently and told alike is shown as it is written."""
    return (label, *(written if told[0] == told[1] else told))


def _questions(before: Side, old: tuple[Field, ...], after: Side, new: tuple[Field, ...]) -> Iterator[Row]:
    was, now = {field.key: field for field in old}, {field.key: field for field in new}
    for key, field in now.items():
        if key not in was:
            yield f"Question “{field.label}”", "", _asked(after, field)
            continue
        same_words = [label for _, label in was[key].options] == [label for _, label in field.options]
        for name, (label, told) in FIELD.items():
            if name == KEYS and not same_words:
                continue  # the words of the options say it
            yield f"Question “{field.label}”: {label}", told(after, was[key]), told(after, field)
    for key, field in was.items():
        if key not in now:
            yield f"Question “{field.label}”", _asked(before, field), ""
    common = was.keys() & now.keys()
    orders = [[key for key in side if key in common] for side in (was, now)]
    if orders[0] != orders[1]:
        before_it, after_it = (", ".join(f"“{now[key].label}”" for key in order) for order in orders)
        yield "Order of the questions", before_it, after_it


def _asked(side: Side, field: Field) -> str:
    """A question on one side alone: what kind of answer it wants, and all else that it says."""
    apart = ("type", "label", KEYS)
    said = [(label, told(side, field)) for name, (label, told) in FIELD.items() if name not in apart]
    return "; ".join([FIELD["type"][1](side, field), *(f"{label}: {words}" for label, words in said if words)])


def _limits(_: Side, field: Field) -> str:
    low = field.earliest or ("" if field.minimum is None else number_in_words(field.minimum))
    high = field.latest or ("" if field.maximum is None else number_in_words(field.maximum))
    return " ".join(part for part in (f"from {low}" if low else "", f"to {high}" if high else "") if part)


def _when(side: Side, field: Field) -> str:
    other, answers = field.when
    return f"{side.facts[other].label if other in side.facts else other}: {' or '.join(answers)}" if other else ""


def _seen(side: Side, field: Field) -> str:
    return " and ".join(_named(side.offer.roles, role) for role in field.visible)


FIELD: Mapping[str, tuple[str, Callable[[Side, Field], str]]] = MappingProxyType(
    {
        "label": ("words", lambda _, field: field.label),
        "type": ("kind of answer", lambda side, field: _named(side.offer.field_types, field.type)),
        "hint": ("hint", lambda _, field: field.hint),
        "required": ("must be answered", lambda _, field: "yes" if field.required else ""),
        "options": ("options", lambda _, field: ", ".join(label or key for key, label in field.options)),
        KEYS: ("names by which the options are kept", lambda _, field: ", ".join(key for key, _ in field.options)),
        "limits": ("limits", _limits),
        "visible": ("seen only by", _seen),
        "when": ("asked only with", _when),
    }
)  # fmt: skip


def _flows(before: Side, after: Side) -> Iterator[Change]:
    """Ways by their ids; one that was only given another id is the same way."""
    old = {flow.id: flow for flow in before.drawing.flows}
    new = {flow.id: flow for flow in after.drawing.flows}
    loose = {(flow.source, flow.target): key for key, flow in old.items() if key not in new}
    same = {key: key if key in old else loose.pop((flow.source, flow.target), "") for key, flow in new.items()}
    led = {_leaves(old[key]): key for key in loose.values()}  # a way that is called by its ends and leads elsewhere
    same = {key: was or led.pop(_leaves(new[key]), "") for key, was in same.items()}
    for key, flow in new.items():
        if was := old.get(same[key]):
            yield from changed(after.way(flow), _flow(before, was, after, flow), key)
        else:
            yield _one_way(Sign.ADDED, after, flow)
    kept = set(same.values())
    yield from (_one_way(Sign.REMOVED, before, flow) for key, flow in old.items() if key not in kept)


def _leaves(flow: Flow) -> tuple[str, str, str]:
    return flow.source, flow.name, flow.condition


def _one_way(sign: Sign, side: Side, flow: Flow) -> Change:
    nothing = Flow(flow.id, flow.source, flow.target)
    sides = (nothing, flow) if sign == Sign.ADDED else (flow, nothing)
    found = next(changed("", _flow(side, sides[0], side, sides[1])), None)
    return Change(sign, side.way(flow), found.details if found else (), flow.id)


def _flow(before: Side, old: Flow, after: Side, new: Flow) -> Iterator[Row]:
    yield "Words", old.name, new.name
    if old.source != new.source:
        yield "Comes from", before.called(old.source), after.called(new.source)
    if old.target != new.target:
        yield "Leads to", before.called(old.target), after.called(new.target)
    if old.condition != new.condition:
        yield _row("Taken when", (_condition(before, old), _condition(after, new)), (old.condition, new.condition))


def _condition(side: Side, flow: Flow) -> str:
    return in_words(flow.condition, side.facts) if flow.condition else ""
