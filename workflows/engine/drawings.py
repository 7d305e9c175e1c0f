"""A diagram read in our own words, without the engine: who does what, in which lane, with which fields and deadlines.

Reading is forgiving: what is missing or wrong is left empty, because `workflows.engine.check` is what refuses. It alone
decides whether a drawing may be published; everything that shows a published drawing may rely on what it checked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache

from workflows.domain.fields import TODAY, Field
from workflows.engine.called import Named
from workflows.engine.reading_order import reading_order
from workflows.engine.xml import ACCORD, BPMN, Element, NotAcceptable, local_name, parse

B, A = f"{{{BPMN}}}", f"{{{ACCORD}}}"

FLOW_NODES = frozenset(
    {
        *("startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"),
        *("task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"),
        *("callActivity", "subProcess", "adHocSubProcess", "transaction", "implicitThrowEvent"),
        *("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"),
        *("callChoreography", "choreographyTask", "subChoreography"),
    }
)
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
_OWN = frozenset({"screen", "deadline", "clause", "roles", "for_each", "until", "action", "decision", "letter"})
MOST_READ = 2_000
"""Elements of a process that are still looked at one by one; the checker wants far fewer."""


class NoProcess(NotAcceptable):
    """{fault}"""


@dataclass(frozen=True)
class Flow:
    """A sequence flow: an arrow from one element to the next, with the condition under which it is taken."""

    id: str
    source: str
    target: str
    condition: str = ""
    name: str = ""
    line: int = 0


@dataclass(frozen=True)
class Node:
    """One element of a drawing: a step, an event, a gateway, a piece of service work or a call.

    `lane` is a role key, `roles` are those who may act (`accord:roles`, else the lane); `type` is BPMN's name for it;
    `events` are the kinds of its event definitions ("timer", "message", ...), `timer` the text of a drawn timer.
    """

    id: str
    type: str
    name: str = ""
    documentation: str = ""
    line: int = 0
    lane: str = ""
    roles: tuple[str, ...] = ()
    screen: str = ""
    deadline: str = ""
    clause: str = ""
    fields: tuple[Field, ...] = ()
    for_each: str = ""
    until: str = ""
    action: str = ""
    letter: str = ""
    """The key of the letter that goes out when the step is completed, or that the action `send_letter` sends."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    decision: str = ""
    called: str = ""
    message: str = ""
    timer: str = ""
    events: tuple[str, ...] = ()
    code: str = ""
    """Of an error or an escalation; "" where one that catches takes any."""
    attached_to: str = ""
    interrupting: bool = True
    default: str = ""
    script: str = ""


@dataclass(frozen=True)
class Drawing:
    """One process of one file. `lanes` are the lanes' names from top to bottom; `nodes` keep the order of the file."""

    process: str
    name: str
    path: str
    documentation: str = ""
    lanes: tuple[str, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict)
    flows: tuple[Flow, ...] = ()
    executable: bool = True
    line: int = 0

    @cached_property
    def start(self) -> str:
        """The id of the start event, or "" where none is drawn."""
        return next((node.id for node in self.nodes.values() if node.type == "startEvent"), "")

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Every element's id in the order in which a person would read the drawing aloud."""
        onward: dict[str, list[str]] = {}
        for flow in self.flows:
            onward.setdefault(flow.source, []).append(flow.target)
        for node in self.nodes.values():
            if node.attached_to:
                onward.setdefault(node.attached_to, []).append(node.id)
        return reading_order(tuple(self.nodes), self.start, onward, frozenset(self.attached))

    @cached_property
    def attached(self) -> Mapping[str, str]:
        """Boundary events: their id -> the id of the element that they sit on."""
        return {node.id: node.attached_to for node in self.nodes.values() if node.attached_to}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        """The flows that leave each element, in the order of the file; elements without any are left out."""
        return _grouped((flow.source, flow) for flow in self.flows)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Flow, ...]]:
        """The flows that reach each element, in the order of the file; elements without any are left out."""
        return _grouped((flow.target, flow) for flow in self.flows)

    def named(self, key: str) -> Named | None:
        """What sentences need of an element; None where there is none."""
        node = self.nodes.get(key)
        return Named(node.type, node.name, node.attached_to, "timer" in node.events) if node else None

    def sources(self, key: str) -> list[str]:
        """Where the flows come from that reach an element."""
        return [flow.source for flow in self.incoming.get(key, ())]

    def targets(self, key: str) -> list[str]:
        """Where the flows lead that leave an element."""
        return [flow.target for flow in self.outgoing.get(key, ())]


@lru_cache(maxsize=512)
def read(text: str | bytes, path: str = "") -> Drawing:
    """The drawing in a BPMN text. Raises NotAcceptable where we would not read the XML, or no process is in it."""
    return read_tree(parse(text), path)


def read_tree(root: Element, path: str = "") -> Drawing:
    """The drawing in a parsed BPMN document: its first process that is executable, else its first."""
    processes = root.findall(f"{B}process")
    if not processes:
        raise NoProcess(fault="There is no process in this file.", line=root.sourceline)
    process = next((each for each in processes if each.get("isExecutable", "") == "true"), processes[0])
    if len(process) > MOST_READ:
        fault = f"The diagram has more than {MOST_READ:,} elements. Split it into diagrams that call each other."
        raise NotAcceptable(fault=fault, line=process.sourceline)
    lanes = list(process.iter(f"{B}lane"))
    lane_of = {ref.text.strip(): lane.get("name", "") for lane in lanes for ref in _refs(lane) if ref.text}
    messages = {message.get("id", ""): message.get("name", "") for message in root.iterfind(f"{B}message")}
    codes = {
        each.get("id", ""): each.get(f"{kind}Code", "")
        for kind in ("error", "escalation")
        for each in root.iterfind(f"{B}{kind}")
    }
    nodes, flows = {}, []
    for element in process:
        kind = element.tag.removeprefix(B)
        if kind == "sequenceFlow":
            flows.append(_flow(element))
        elif kind in FLOW_NODES:
            node = _node(element, kind, lane_of, messages, codes)
            nodes[node.id] = node
    return Drawing(
        process=process.get("id", ""),
        name=process.get("name", ""),
        path=path,
        documentation=_documentation(process),
        lanes=tuple(lane.get("name", "") for lane in lanes),
        nodes=nodes,
        flows=tuple(flows),
        executable=process.get("isExecutable", "") == "true",
        line=process.sourceline,
    )


def _refs(lane: Element) -> Iterator[Element]:
    return lane.iterchildren(f"{B}flowNodeRef")


def _flow(element: Element) -> Flow:
    return Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        condition=_text(element.find(f"{B}conditionExpression")),
        name=element.get("name", ""),
        line=element.sourceline,
    )


def _node(
    element: Element, kind: str, lane_of: Mapping[str, str], messages: Mapping[str, str], codes: Mapping[str, str]
) -> Node:
    key = element.get("id", "")
    own = {name[len(A) :]: value for name, value in element.attrib.items() if name.startswith(A)}
    lane = lane_of.get(key, "")
    definitions = [child for child in element if local_name(child).endswith("EventDefinition")]
    return Node(
        id=key,
        type=kind,
        name=element.get("name", ""),
        documentation=_documentation(element),
        line=element.sourceline,
        lane=lane,
        roles=words(own.get("roles", "")) or ((lane,) if lane else ()),
        screen=own.get("screen", "").strip(),
        deadline=own.get("deadline", "").strip(),
        clause=own.get("clause", "").strip(),
        fields=tuple(_fields(element)),
        for_each=own.get("for_each", "").strip(),
        until=own.get("until", "").strip(),
        action=own.get("action", "").strip(),
        letter=own.get("letter", "").strip(),
        decision=own.get("decision", "").strip(),
        attributes={name: value for name, value in own.items() if name not in _OWN},
        called=element.get("calledElement", ""),
        message=_message(element, definitions, messages),
        timer="".join(_text(time) for each in definitions if each.tag == f"{B}timerEventDefinition" for time in each),
        events=tuple(local_name(each).removesuffix("EventDefinition") for each in definitions),
        code=next((codes[ref] for each in definitions for ref in each.attrib.values() if ref in codes), ""),
        attached_to=element.get("attachedToRef", ""),
        interrupting=element.get("cancelActivity", "true") != "false",
        default=element.get("default", ""),
        script=_text(element.find(f"{B}script")),
    )


def _message(element: Element, definitions: Iterable[Element], messages: Mapping[str, str]) -> str:
    """The name of the message that a receive task or an event waits for."""
    refs = [element.get("messageRef", ""), *(each.get("messageRef", "") for each in definitions)]
    return next((messages[ref] for ref in refs if ref in messages), "")


def _fields(element: Element) -> Iterator[Field]:
    holder = element.find(f"{B}extensionElements")
    if holder is None:
        return
    for drawn in holder.iterchildren(f"{A}field"):
        kind, low, high = drawn.get("type", ""), drawn.get("min", ""), drawn.get("max", "")
        yield Field(
            key=drawn.get("key", ""),
            type=kind,
            label=drawn.get("label", ""),
            hint=drawn.get("hint", ""),
            required=drawn.get("required", "") == "true",
            options=options(drawn.get("options", "")),
            minimum=number(low),
            maximum=number(high),
            earliest=day(low) if kind == "date" else "",
            latest=day(high) if kind == "date" else "",
            visible=words(drawn.get("visible", "")),
            when=when(drawn.get("when", "")),
        )


def options(text: str) -> tuple[tuple[str, str], ...]:
    """`in_person: In person; remote: Remote` as pairs of key and label; what has no colon has an empty label."""
    pairs = (part.partition(":") for part in text.split(";") if part.strip())
    return tuple((key.strip(), label.strip()) for key, _, label in pairs)


def when(text: str) -> tuple[str, tuple[str, ...]]:
    """`sign_answer: change not_agreed` as the key of the other field and its answers; ("", ()) for an empty text."""
    other, _, answers = text.partition(":")
    return other.strip(), words(answers)


def number(text: str) -> Fraction | None:
    """A drawn limit such as `0.25` or `12`, exactly; None where there is none or it is no number."""
    return Fraction(text.strip()) if _NUMBER.fullmatch(text.strip()) else None


def day(text: str) -> str:
    """A drawn limit of a date: `today`, or a date such as `2027-03-31`; "" where there is none or it is no date."""
    limit = text.strip()
    try:
        return limit if limit == TODAY else date.fromisoformat(limit).isoformat()
    except ValueError:
        return ""


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is written with spaces or commas between them."""
    return tuple(text.replace(",", " ").split())


def _documentation(element: Element) -> str:
    lines = _text(element.find(f"{B}documentation")).splitlines()
    return "\n".join(line.strip() for line in lines)


def _text(element: Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _grouped(pairs: Iterable[tuple[str, Flow]]) -> Mapping[str, tuple[Flow, ...]]:
    groups: dict[str, list[Flow]] = {}
    for key, flow in pairs:
        groups.setdefault(key, []).append(flow)
    return {key: tuple(flows) for key, flows in groups.items()}
