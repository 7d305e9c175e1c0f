"""What sentences call an element that somebody drew: by its name, and where it has none by what stands beside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from workflows.domain.wording import listed, short

MOST_NAMED = 3
"""Names in a row."""
PLAIN = {
    "startEvent": "the start",
    "endEvent": "the end",
    "intermediateCatchEvent": "the wait",
    "subProcess": "a part of the process",
}
STEPS = {
    "userTask": "the step",
    "manualTask": "the step",
    "task": "the step",
    "serviceTask": "the work of Accord",
    "businessRuleTask": "the decision",
    "receiveTask": "the wait",
    "callActivity": "the stage",
}
"""What is called by a neighbour that has a name, and else by its id: several in a row could not be told apart."""
CHOICES = {
    "exclusiveGateway": "choice",
    "inclusiveGateway": "choice",
    "parallelGateway": "split",
    "eventBasedGateway": "wait for whichever comes first",
}


class Named(NamedTuple):
    """What is drawn of an element: BPMN's word for its kind, its name, the step on whose edge it sits ("" else), and
    whether it is a timer."""

    kind: str
    name: str
    host: str = ""
    timed: bool = False


class Plan(Protocol):
    """A drawing, as it is read or as it is under change."""

    def named(self, key: str) -> Named | None:
        """An element; None where there is none."""

    def sources(self, key: str) -> Sequence[str]:
        """Where the ways that lead to an element come from."""

    def targets(self, key: str) -> Sequence[str]:
        """Where the ways that leave it lead."""


def called(plan: Plan, key: str) -> str:
    """“Hold the meeting”, or for what has no name: the choice after “Decide”, the step after “Tell them”."""
    node = plan.named(key)
    if node is None or node.name.strip():
        return f"“{short(node.name if node else key)}”"
    if node.host:
        what, host = "the deadline of" if node.timed else "the event on the edge of", plan.named(node.host)
        # An event sits on a step. Events on events, which no tool draws, could lead round in a circle.
        return f"{what} {called(plan, node.host)}" if host is None or not host.host else f"“{short(key)}”"
    if node.kind == "startEvent":
        return PLAIN[node.kind]
    return next(_beside(plan, key, node.kind), f"“{short(key)}”")


def _beside(plan: Plan, key: str, kind: str) -> Iterator[str]:
    """An element without a name by what is nearest before it, else by what is nearest behind it."""
    before, after = _near(plan, key, plan.sources), _near(plan, key, plan.targets)
    what = f"the {CHOICES[kind]}" if kind in CHOICES else PLAIN.get(kind) or STEPS.get(kind)
    if kind in CHOICES and len(plan.targets(key)) < 2:
        if after or before:
            yield f"the place {f'before {after}' if after else f'after {before}'} where ways come together"
    elif what and (before or after):
        yield f"{what} {f'after {before}' if before else f'before {after}'}"


def capital(sentence: str) -> str:
    """A sentence that may begin with “the choice after…”."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


def several(plan: Plan, keys: Sequence[str]) -> str:
    """“A”, “B”, “C” and 4 more. Of many, those that people know by a name are named."""
    first = sorted(keys, key=lambda key: _nameless(plan, key)) if len(keys) > MOST_NAMED else keys
    names = [called(plan, key) for key in first[:MOST_NAMED]]
    if len(keys) > MOST_NAMED:
        return f"{', '.join(names)} and {len(keys) - MOST_NAMED} more"
    return listed(names)


def _nameless(plan: Plan, key: str) -> bool:
    node = plan.named(key)
    return node is not None and node.kind in CHOICES and not node.name.strip()


def _near(plan: Plan, key: str, onward: Callable[[str], Iterable[str]]) -> str:
    """The nearest element that is no gateway without a name, by its name or its id; "" for none."""
    seen, waiting = {key}, [key]
    while waiting:
        for following in onward(waiting.pop(0)):
            node = plan.named(following)
            if node is None or node.kind not in CHOICES or node.name.strip():
                return _neighbour(plan, following, node, of=plan.named(key))
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return ""


def _neighbour(plan: Plan, key: str, node: Named | None, of: Named | None) -> str:
    """By its name; the start, and what sits on the edge of a named step, without one. "" where only its id is left and
    a step is to be called by it."""
    host = plan.named(node.host) if node else None
    if node and not node.name.strip() and of and of.kind in STEPS:
        return called(plan, key) if node.kind == "startEvent" or (host and host.name.strip()) else ""
    return f"“{short(node.name.strip() if node and node.name.strip() else key)}”"
