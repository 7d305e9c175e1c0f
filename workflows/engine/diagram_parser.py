"""From the XML of a diagram to the engine's specifications: SpiffWorkflow's parser with our elements, and no others."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    IntermediateCatchEventParser,
    IntermediateThrowEventParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import ConditionalGatewayParser, GatewayParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    EndEvent,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    ReceiveTask,
    StartEvent,
)

from workflows.engine.decisions import Table
from workflows.engine.drawings import Drawing, Node
from workflows.engine.expressions import Refused, deadline_of, read, read_script
from workflows.engine.gateways import AllOf, AnyOf, OneOf
from workflows.engine.specs import Call, Condition, Decide, Each, ForEach, Script, Step, Work
from workflows.engine.waits import Awaited, Due, ErrorEvent, EscalationEvent, EventGateway

ORNAMENTS = frozenset(
    {"dataObject", "dataObjectReference", "dataStoreReference", "dataInputAssociation", "dataOutputAssociation"}
    | {"ioSpecification", "property", "textAnnotation", "association", "group"}
    | {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
)
"""What the engine would act on, or trip over, and we do not: facts are ours, and so is for-each."""
RESERVED_IDS = frozenset({"Start", "End"})
"""The engine's own names for the two ends of every process."""


class Drawn:
    """A parser that knows the element in our own words."""

    node: Any
    process_parser: Any
    spec: Any
    spec_class: Any
    bpmn_id: str

    @property
    def drawn(self) -> Node:
        """The element as our own reading has it."""
        drawings: Mapping[str, Drawing] = self.process_parser.parser.drawings
        return drawings[self.process_parser.bpmn_id].nodes[self.bpmn_id]

    @property
    def bpmn_attributes(self) -> dict[str, str]:
        """The engine needs a name for its messages; everything else is in the drawing."""
        return {"bpmn_name": self.drawn.name, "lane": self.drawn.lane, "description": self.drawn.type}


class StepParser(Drawn, TaskParser):
    """A user task, or a for-each of them."""

    def create_task(self) -> Any:
        drawn = self.drawn
        if not drawn.for_each:
            return Step(self.spec, self.bpmn_id, **self.bpmn_attributes)
        each = Each(self.spec, f"{self.bpmn_id} [each]", **self.bpmn_attributes)
        each.bpmn_id = self.bpmn_id
        each._inputs.append(self.bpmn_id)
        task = ForEach(self.spec, self.bpmn_id, **self.bpmn_attributes)
        task.each, task.items = each.name, read(drawn.for_each)
        task.until = read(drawn.until) if drawn.until else None
        return task


class WorkParser(Drawn, TaskParser):
    """Service work, scripts and decision tables."""

    def create_task(self) -> Any:
        task = self.spec_class(self.spec, self.bpmn_id, **self.bpmn_attributes)
        task.drawn = self.drawn
        if isinstance(task, Script):
            task.lines = read_script(self.drawn.script)
        if isinstance(task, Decide):
            tables: Mapping[str, Table] = self.process_parser.parser.tables
            if self.drawn.decision not in tables:
                raise Refused(text=self.drawn.decision, reason="There is no decision table of this name.")
            task.table = tables[self.drawn.decision]
        return task


class CallParser(Drawn, TaskParser):
    """A called process."""

    def create_task(self) -> Any:
        return Call(self.spec, self.bpmn_id, subworkflow_spec=self.drawn.called, **self.bpmn_attributes)


class PlainGateway(Drawn, GatewayParser):
    """A parallel or an event-based gateway."""


class ChoosingGateway(Drawn, ConditionalGatewayParser):
    """A gateway whose flows have conditions; they are read here, once."""

    def connect_outgoing(self, outgoing_task: Any, sequence_flow_node: Any, is_default: bool) -> None:
        text = self.parse_condition(sequence_flow_node)
        if is_default:
            self.task.connect(outgoing_task)
        elif text is None:
            raise Refused(text=sequence_flow_node.get("id"), reason="A flow of this gateway has no condition.")
        else:
            place = sequence_flow_node.getparent().index(sequence_flow_node)
            self.task.connect_if(Condition(read(text), place), outgoing_task)
            # The engine sorts the ways by how high their targets stand on the page: moving a step must change nothing.
            self.task.cond_task_specs.sort(key=lambda way: way[0].place if way[0] is not None else -1)


class Events(Drawn):
    """Our timers, messages, errors and escalations in place of the engine's."""

    def parse_timer_event(self, event: Any) -> Due:  # noqa: ARG002 - the engine's signature
        name = deadline_of(self.drawn.timer)
        if not name:
            raise Refused(text=self.drawn.timer, reason='The text of a timer is due("name of a deadline").')
        return Due(name)

    def parse_message_event(self, message_event: Any) -> Awaited:  # noqa: ARG002
        if not self.drawn.message:
            raise Refused(text=self.bpmn_id, reason="It does not say which message it waits for.")
        return Awaited(self.drawn.message)

    def parse_error_event(self, error_event: Any) -> ErrorEvent:
        known = self._referred(self.process_parser.parser.errors, error_event.get("errorRef"))
        return ErrorEvent(known.get("name"), known.get("error_code"))

    def parse_escalation_event(self, escalation_event: Any) -> EscalationEvent:
        known = self._referred(self.process_parser.parser.escalations, escalation_event.get("escalationRef"))
        return EscalationEvent(known.get("name"), known.get("escalation_code"))

    def _referred(self, among: Mapping[str, Mapping[str, str]], key: str | None) -> Mapping[str, str]:
        if key and key not in among:
            raise Refused(text=key, reason="The event refers to something that is not in the file.")
        return among[key] if key else {}


class Starts(Events, StartEventParser):
    """The one plain start."""


class Ends(Events, EndEventParser):
    """Ends: plain, terminating, with an error or an escalation."""


class Catches(Events, IntermediateCatchEventParser):
    """A timer or a message on the way."""


class Receives(Events, IntermediateCatchEventParser):
    """A receive task."""

    def create_task(self) -> Any:
        return self._create_task(self.parse_message_event(self.node))


class Throws(Events, IntermediateThrowEventParser):
    """A plain mark on the way, or an escalation."""


class Boundaries(Events, BoundaryEventParser):
    """An event on the edge of a step."""


class DiagramParser(BpmnParser):
    """Reads the diagrams of one release. What is not in this table cannot be drawn."""

    PARSER_CLASSES = {  # noqa: RUF012 - the engine's class attribute
        full_tag("startEvent"): (Starts, StartEvent),
        full_tag("endEvent"): (Ends, EndEvent),
        full_tag("userTask"): (StepParser, Step),
        full_tag("serviceTask"): (WorkParser, Work),
        full_tag("businessRuleTask"): (WorkParser, Decide),
        full_tag("scriptTask"): (WorkParser, Script),
        full_tag("receiveTask"): (Receives, ReceiveTask),
        full_tag("callActivity"): (CallParser, Call),
        full_tag("exclusiveGateway"): (ChoosingGateway, OneOf),
        full_tag("inclusiveGateway"): (ChoosingGateway, AnyOf),
        full_tag("parallelGateway"): (PlainGateway, AllOf),
        full_tag("eventBasedGateway"): (PlainGateway, EventGateway),
        full_tag("intermediateCatchEvent"): (Catches, IntermediateCatchEvent),
        full_tag("intermediateThrowEvent"): (Throws, IntermediateThrowEvent),
        full_tag("boundaryEvent"): (Boundaries, BoundaryEvent),
    }

    def __init__(self, drawings: Mapping[str, Drawing], tables: Mapping[str, Table]) -> None:
        super().__init__()
        self.drawings, self.tables = drawings, tables

    def add(self, root: Any, path: str) -> None:
        """Take one document, without what the engine is not to see."""
        for element in list(root.iter()):
            name = element.tag.rpartition("}")[2]
            if name in ORNAMENTS and element.getparent() is not None:
                element.getparent().remove(element)
            elif name == "sequenceFlow" and not element.get("id"):
                # The engine drops a flow without an id, and the case would end at its start.
                element.set("id", f"{element.get('sourceRef')}..{element.get('targetRef')}")
        self.add_bpmn_xml(root, path)
