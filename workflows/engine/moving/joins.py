"""Whether a case that comes to other diagrams half-way would ever stand still where branches wait for one another.

A gateway that waits for three branches waits for ever in a case that came out of a fork of two. All that can happen
from where the case stands is gone through, one branch at a time: what branches do on their own changes nothing for
the others.
"""

from collections.abc import Sequence

from workflows.engine.check.paths import neighbours, walk
from workflows.engine.drawings import Drawing, Node
from workflows.engine.moving.rows import Fault, Living, Stand
from workflows.engine.moving.sides import Side

MOST = 5_000
"""How many situations are looked at before the diagram counts as too large to be sure of."""

Token = tuple[str, str]
"""An element where something is under way, and for a gateway that waits for branches the one that it came from."""


def stands_still(stands: Sequence[Stand], to: Side) -> Fault | None:
    """The first gateway at which the case would wait for ever."""
    for stand in stands:
        drawing = to.diagrams.drawings[stand.process]
        tokens = frozenset(token for one in stand.alive for token in _token(one, drawing))
        if gateway := _alone(stand, drawing) or _stuck(drawing, tokens):
            name = to.name(stand.process, gateway)
            return Fault(
                f"At {name} the new diagrams wait for a branch that was never begun for this case, so it would wait for"
                f" ever. It can move once it has gone past {name}.",
                gateway,
            )
    return None


def _alone(stand: Stand, drawing: Drawing) -> str:
    """A gateway at which branches wait for whatever may still come, where nothing may come any more."""
    waiting = [one.element for one in stand.alive if _type(drawing, one.element) == "inclusiveGateway"]
    others = (one.element for one in stand.alive if _type(drawing, one.element) not in {"", "inclusiveGateway"})
    reached = walk(others, neighbours(drawing)) if waiting else set()
    return next((one for one in waiting if one not in reached), "")


def _type(drawing: Drawing, element: str) -> str:
    return drawing.nodes[element].type if element in drawing.nodes else ""


def _token(living: Living, drawing: Drawing) -> list[Token]:
    node = drawing.nodes.get(living.element)
    if node is None or living.each or node.attached_to:
        return []  # the engine's own, or part of the step that carries them
    return [_arrival(drawing, living.element, living.came_from)]


def _arrival(drawing: Drawing, target: str, source: str) -> Token:
    return (target, source if _waits(drawing, target) else "")


def _waits(drawing: Drawing, element: str) -> bool:
    node = drawing.nodes[element]
    return node.type == "parallelGateway" and len(drawing.incoming.get(element, ())) > 1


def _stuck(drawing: Drawing, tokens: frozenset[Token]) -> str:
    if not any(_waits(drawing, key) for key in drawing.nodes):
        return ""
    seen, waiting = {tokens}, [tokens]
    while waiting:
        here = waiting.pop()
        following = _following(drawing, here)
        if not following and here:
            return min(here)[0]
        for each in following:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
        if len(seen) > MOST:
            return min(key for key in drawing.nodes if _waits(drawing, key))
    return ""


def _following(drawing: Drawing, tokens: frozenset[Token]) -> list[frozenset[Token]]:
    """What can come next. One thing that can go on is enough to look at: the others can still do so afterwards."""
    for gateway, source in sorted(tokens):
        if not source:
            return _gone_on(drawing, tokens, drawing.nodes[gateway])
        arrived = {(gateway, flow.source) for flow in drawing.incoming[gateway]}
        if arrived <= tokens:
            return [(tokens - arrived) | _out(drawing, gateway)]
    return []


def _gone_on(drawing: Drawing, tokens: frozenset[Token], node: Node) -> list[frozenset[Token]]:
    rest = tokens - {(node.id, "")}
    if node.type == "endEvent":
        return [rest if {"terminate", "error"}.isdisjoint(node.events) else frozenset()]
    outs = _out(drawing, node.id)
    choices = [outs]
    if node.type in {"exclusiveGateway", "eventBasedGateway", "inclusiveGateway"}:
        choices = [frozenset({one}) for one in outs]
        choices += [outs] if node.type == "inclusiveGateway" else []
    following = [rest | each for each in choices]
    for event, host in drawing.attached.items():
        if host == node.id:
            left = rest if drawing.nodes[event].interrupting else tokens
            following.append(left | _out(drawing, event))
    return following


def _out(drawing: Drawing, element: str) -> frozenset[Token]:
    return frozenset(_arrival(drawing, flow.target, element) for flow in drawing.outgoing.get(element, ()))
