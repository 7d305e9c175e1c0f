"""A process at a glance: what stands in it, what leads where, and in which lane each element is."""

from dataclasses import dataclass

from workflows.engine.drawings import FLOW_NODES
from workflows.engine.editing.source import Node, is_element
from workflows.engine.xml import ACCORD, BPMN

B, A = f"{{{BPMN}}}", f"{{{ACCORD}}}"


@dataclass(frozen=True)
class Glance:
    """A process at a glance: what stands in it, what leads where, and in which lane each element is."""

    nodes: dict[str, Node]
    flows: dict[str, Node]
    ways_out: dict[str, list[Node]]
    ways_in: dict[str, list[Node]]
    attached: dict[str, list[str]]
    homes: dict[str, Node]

    @classmethod
    def of(cls, process: Node) -> "Glance":
        """Of two elements with one id, the last counts."""
        known = cls({}, {}, {}, {}, {}, {})
        for each in process:
            kind, key = each.tag.removeprefix(B) if is_element(each) else "", each.get("id") or ""
            if kind in FLOW_NODES:
                known.nodes[key] = each
                if host := each.get("attachedToRef"):
                    known.attached.setdefault(host, []).append(key)
            elif kind == "sequenceFlow":
                known.flows[key] = each
        for flow in known.flows.values():
            known.ways_out.setdefault(flow.get("sourceRef") or "", []).append(flow)
            known.ways_in.setdefault(flow.get("targetRef") or "", []).append(flow)
        for lane in process.iter(f"{B}lane"):
            for ref in refs(lane):
                known.homes.setdefault(ref_of(ref), lane)
        return known


def refs(lane: Node) -> list[Node]:
    """The places of a lane that name its elements."""
    return list(lane.iterchildren(f"{B}flowNodeRef"))


def ref_of(node: Node) -> str:
    """What an element such as flowNodeRef names."""
    return (node.text or "").strip()
