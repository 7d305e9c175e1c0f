"""What sentences call an element that somebody drew: by its name, and where it has none by what stands beside it."""

from collections.abc import Callable, Collection, Iterable, Sequence

from workflows.engine.drawings import Drawing

MOST_SHOWN, MOST_NAMED = 80, 3
"""Characters of a name, and names in a row."""
PLAIN = {"startEvent": "the start", "endEvent": "the end", "subProcess": "a part of the process"}
CHOICES = {"exclusiveGateway": "choice", "inclusiveGateway": "choice", "parallelGateway": "split"}


def called(drawing: Drawing, key: str) -> str:
    """“Hold the meeting”, or for what has no name: the choice after “Decide”, the end after “Tell them”."""
    node = drawing.nodes.get(key)
    if node is None:
        return f"“{shown(key)}”"
    if node.attached_to:
        return f"“{shown(node.name)}”" if node.name.strip() else f"the deadline of {_named(drawing, node.attached_to)}"
    return unnamed(
        node.type,
        node.name,
        key,
        ways_out=len(drawing.outgoing.get(key, ())),
        before=lambda: _near(drawing, key, lambda one: [flow.source for flow in drawing.incoming.get(one, ())]),
        after=lambda: _near(drawing, key, lambda one: [flow.target for flow in drawing.outgoing.get(one, ())]),
    )


def unnamed(
    kind: str, name: str, key: str, *, ways_out: int, before: Callable[[], str], after: Callable[[], str]
) -> str:
    """An element by its name, or by its kind and what is called before and after it."""
    if name.strip():
        return f"“{shown(name)}”"
    if kind in CHOICES and ways_out < 2:
        return f"the place before {found} where ways come together" if (found := after()) else f"“{shown(key)}”"
    what = f"the {CHOICES[kind]}" if kind in CHOICES else PLAIN.get(kind, "")
    if kind == "startEvent":
        return what
    return f"{what} after {found}" if what and (found := before()) else f"“{shown(key)}”"


def shown(text: str) -> str:
    """A text in a sentence: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"


def several(drawing: Drawing, keys: Sequence[str]) -> str:
    """“A”, “B”, “C” and 4 more."""
    names = [called(drawing, key) for key in keys[:MOST_NAMED]]
    if len(keys) > MOST_NAMED:
        return f"{', '.join(names)} and {len(keys) - MOST_NAMED} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _named(drawing: Drawing, key: str) -> str:
    node = drawing.nodes.get(key)
    return f"“{shown(node.name if node and node.name.strip() else key)}”"


def _near(drawing: Drawing, key: str, onward: Callable[[str], Iterable[str]]) -> str:
    """The nearest element that is no gateway without a name, in quotation marks; "" for none."""
    return nearest(
        key, onward, lambda one: drawing.nodes[one].name if one in drawing.nodes else "", set(_gateways(drawing))
    )


def nearest(
    key: str, onward: Callable[[str], Iterable[str]], name: Callable[[str], str], passed: Collection[str]
) -> str:
    """The nearest element that need not be `passed`, by its name or its id, in quotation marks; "" for none."""
    seen, waiting = {key}, [key]
    while waiting:
        for following in onward(waiting.pop(0)):
            if following not in passed:
                return f"“{shown(name(following).strip() or following)}”"
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return ""


def _gateways(drawing: Drawing) -> Iterable[str]:
    return (key for key, node in drawing.nodes.items() if node.type in CHOICES and not node.name.strip())
