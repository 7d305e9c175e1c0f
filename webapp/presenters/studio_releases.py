"""A file of a release in words: the steps of a process one after the other, the rows of a decision table."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from webapp.presenters import words
from webapp.presenters.studio_tables import WHOSE, cell
from workflows.releases import Node
from workflows.studio.home import ReleaseFilePage
from workflows.studio.table_edits import Column

BY_ITSELF: Mapping[str, str] = MappingProxyType(
    {
        "serviceTask": "Accord does this by itself.",
        "scriptTask": "Accord works this out by itself.",
        "sendTask": "Accord sends word to another case.",
        "receiveTask": "The case waits for word from another one.",
        "businessRuleTask": "A decision table answers this.",
        "callActivity": "The case goes on in another process.",
        "intermediateCatchEvent": "The case waits here.",
        "boundaryEvent": "This can happen while the step waits.",
        "startEvent": "The case begins.",
        "endEvent": "This way of the case ends.",
        "exclusiveGateway": "The case takes one of these ways.",
        "inclusiveGateway": "The case takes each way that holds.",
        "parallelGateway": "The case goes all these ways at once, or waits for all of them.",
        "eventBasedGateway": "Whatever happens first decides.",
    }
)


class Step(NamedTuple):
    """An element of a process in words. `who`: the titles of those who do it, for a step of people."""

    name: str
    who: str
    words: str
    asks: Sequence[str]
    due: str
    ways: Sequence[str]


def steps(page: ReleaseFilePage) -> list[Step]:
    """Every element with a name, in the order in which a person would read the drawing aloud."""
    if page.drawing is None:
        return []
    nodes = [page.drawing.nodes[each] for each in page.drawing.order if each in page.drawing.nodes]
    return [_step(page, node) for node in nodes if node.name]


def _step(page: ReleaseFilePage, node: Node) -> Step:
    policy = page.loaded.policy
    said = policy.worded(node.documentation) or BY_ITSELF.get(node.type, "")
    rule = policy.deadlines.get(node.deadline)
    roles = [policy.titles[role] for role in policy.titles if role in (node.roles or (node.lane,))]
    return Step(
        name=node.name,
        who=words.listed(roles, "or") if node.type in {"userTask", "manualTask"} else "",
        words=said,
        asks=tuple(field.label for field in node.fields),
        due=rule.title if rule else "",
        ways=_ways(page, node),
    )


def _ways(page: ReleaseFilePage, node: Node) -> Sequence[str]:
    """Where a fork leads: the words of its arrows."""
    if page.drawing is None or not node.type.endswith("Gateway"):
        return ()
    drawing = page.drawing
    flows = [flow for flow in drawing.flows if flow.source == node.id]
    if len(flows) < 2:
        return ()
    return tuple(f"{flow.name or 'Otherwise'}: {_onward(page, flow.target)}" for flow in flows)


def _onward(page: ReleaseFilePage, target: str) -> str:
    """What an arrow leads to; an element without a name by what comes after it."""
    seen: set[str] = set()
    while page.drawing is not None and target in page.drawing.nodes and target not in seen:
        seen.add(target)
        if name := page.drawing.nodes[target].name:
            return f"“{name}”"
        target = next((flow.target for flow in page.drawing.flows if flow.source == target), "")
    return "on"


class Sheet(NamedTuple):
    """A decision table as it is read: a heading for each column, and its rows of texts."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def sheet(page: ReleaseFilePage) -> Sheet | None:
    """The decision table of the file."""
    table = page.table
    if table is None:
        return None
    rows = [
        (
            *map(partial(_asked, page), table.asks, (looks_at for _, looks_at in table.inputs), row.inputs),
            *(cell(one, text, {}) if text else "–" for one, text in zip(table.answers, row.outputs, strict=False)),
        )
        for row in table.rows
    ]
    return Sheet(tuple(column.label for column in (*table.asks, *table.answers)), rows)


def _asked(page: ReleaseFilePage, column: Column, looks_at: str, text: str) -> str:
    """What a cell asks for, without the signs of a formula."""
    if text.strip() in {"", "-"}:
        return "Any"
    said = cell(column, text, page.policies if looks_at == WHOSE else {})
    return said.replace('"', "").replace("!=", "not")
