"""Only what the engine carries out is drawn: unsupported elements and events, and the BPMN standard itself."""

import re
from collections.abc import Iterator, Mapping
from threading import Lock

from SpiffWorkflow.spiff.parser import VALIDATOR

from workflows.domain.wording import listed, short
from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem
from workflows.engine.check.sheet import B, Rule, Sheet
from workflows.engine.xml import Element, local_name

SCHEMA, ONE_AT_A_TIME = VALIDATOR.validator, Lock()
NAMESPACE = re.compile(r"\{[^}]*\}")
MAX_ELEMENTS = 500
MAX_FAULTS_OF_STANDARD = 20

STEPS = frozenset({"userTask", "scriptTask", "serviceTask", "businessRuleTask", "receiveTask", "callActivity"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
EVENTS: Mapping[str, tuple[str, ...]] = {
    "startEvent": (),
    "endEvent": ("terminate", "error", "escalation"),
    "intermediateCatchEvent": ("timer", "message"),
    "intermediateThrowEvent": ("escalation",),
    "boundaryEvent": ("timer", "message", "error", "escalation"),
}
"""The kinds of event that each may be, beside a plain one."""
WAITED_FOR: Mapping[str, str] = {
    "timer": "a deadline",
    "message": "a message",
    "error": "a failure of the stage (an error)",
    "escalation": "a sign from the stage (an escalation)",
}
PLAIN = frozenset({"endEvent", "startEvent", "intermediateThrowEvent"})
DRAWN = STEPS | GATEWAYS | EVENTS.keys()

BESIDE_STEPS = frozenset(
    {"sequenceFlow", "laneSet", "documentation", "extensionElements", "textAnnotation", "association", "group"}
)
BESIDE_PROCESSES = frozenset(
    {"process", "collaboration", "message", "error", "escalation", "signal", "itemDefinition", "category"}
    | {"documentation", "extensionElements"}
)
INSIDE_STEPS = frozenset({"documentation", "extensionElements", "incoming", "outgoing"})

USE_INSTEAD: Mapping[str, str] = {
    "task": (
        "A plain task says nothing about who does it. Make it a step for a person (a user task), or work of the system"
        " (a service task)."
    ),
    "manualTask": (
        "Nobody could say that a manual task is done. Make it a step for a person (a user task), so that somebody gets"
        " it."
    ),
    "sendTask": (
        "A send task sends nothing here. Draw work of the system (a service task), such as telling people or starting"
        " cases."
    ),
    "subProcess": "Sub-processes are not supported. Draw the part as a process of its own, and call it as a stage.",
    "transaction": "Transactions are not supported. Draw the part as a process of its own, and call it as a stage.",
    "adHocSubProcess": "Ad hoc sub-processes are not supported: draw the order in which the steps are done.",
    "complexGateway": (
        "Complex gateways are not supported. Draw a choice of one way, a choice of some ways, or all ways at once."
    ),
    "dataObject": "Data objects are not supported: answers become facts of the case by themselves. Remove it.",
    "dataObjectReference": "Data objects are not supported: answers become facts of the case by themselves. Remove it.",
    "dataStoreReference": "Data stores are not supported: answers become facts of the case by themselves. Remove it.",
    "standardLoopCharacteristics": "A loop marker is not supported. Draw the way back from a choice.",
    "multiInstanceLoopCharacteristics": (
        "A multi-instance marker is not supported. Choose a list at the step: each person of it gets a step of their"
        " own."
    ),
    "ioSpecification": "Data inputs and outputs are not supported: steps share what the case knows. Remove them.",
}
NOT_EXECUTABLE = (
    "No case could run through this process: it is drawn as a picture alone. Look for repairs in the studio, or mark it"
    " as executable in your modeller."
)
_EVENT_SUB_PROCESS = "Event sub-processes are not supported. Use an event on the edge of a step."
_NOT_HERE: Mapping[str, str] = {
    "link": "Link events are not supported. Draw the whole way.",
    "signal": "Signal events are not supported. Use a message that one case waits for.",
    "compensate": "Compensation is not supported. Draw the steps that put things right.",
    "conditional": "Conditional events are not supported. Draw a choice, or wait for a message.",
    "cancel": "Cancel events are not supported.",
    "message": (
        "Messages are not sent by events. Draw work of the system (a service task), such as telling people or starting"
        " cases."
    ),
}


def too_large(sheet: Sheet) -> Problem | None:
    """A drawing that no person could read; the other rules need not try either."""
    if len(sheet.parts) <= MAX_ELEMENTS:
        return None
    return sheet.whole(
        f"The diagram has more than {MAX_ELEMENTS} elements. Split it into diagrams that call each other."
    )


def follows_the_standard(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """The file follows the BPMN schema. Where a rule speaks of the same line, its plainer words win (see _judged)."""
    with ONE_AT_A_TIME:  # the validator keeps the faults of its last run in itself
        if SCHEMA.validate(sheet.root):
            return
        faults = [(fault.line, fault.message) for fault in list(SCHEMA.error_log)[:MAX_FAULTS_OF_STANDARD]]
    by_line: dict[int, Element] = {}
    for element in sheet.root.iter():
        by_line.setdefault(element.sourceline, element)
    for line, message in faults:
        words = short(NAMESPACE.sub("", message).partition(" Expected is")[0], 300)
        yield sheet.at(by_line.get(line, sheet.root), f"This does not follow the BPMN standard. {words}")


def file_holds_one_executable_process(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """One diagram a file, and one that the engine would not silently pass over."""
    for child in sheet.root:
        name = local_name(child)
        if child.tag.startswith(B) and name not in BESIDE_PROCESSES:
            yield sheet.at(child, f"“{name}” is not supported. Remove it.")
    for other in sheet.root.findall(f"{B}process"):
        if other is not sheet.process:
            yield sheet.at(other, "A second process in the same file. Draw each process in a file of its own.")
    if not sheet.drawing.executable:
        yield sheet.whole(NOT_EXECUTABLE)


def elements_are_supported(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Everything drawn is something that the engine carries out."""
    for kind, element in sheet.parts:
        if kind == "subProcess" and element.get("triggeredByEvent", "") == "true":
            yield sheet.at(element, _EVENT_SUB_PROCESS)
        elif kind not in DRAWN and kind not in BESIDE_STEPS:
            yield sheet.at(
                element, USE_INSTEAD.get(kind, f"“{short(local_name(element))}” is not supported. Remove it.")
            )
        elif kind in DRAWN:
            yield from _insides(sheet, kind, element)


def _insides(sheet: Sheet, kind: str, element: Element) -> Iterator[Problem]:
    for child in element:
        inside = local_name(child)
        if inside in INSIDE_STEPS or (inside == "script" and kind == "scriptTask"):
            continue
        if inside.endswith("EventDefinition") and kind in EVENTS:
            continue  # what kind of event it is, is the next rule's concern
        if inside == "eventDefinitionRef":
            yield sheet.at(child, "An event that borrows its definition is not supported. Draw it in the event itself.")
        else:
            yield sheet.at(child, USE_INSTEAD.get(inside, f"“{short(inside)}” is not supported here. Remove it."))


def events_are_supported(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Each event is of a kind that the engine acts on: it runs many others as if they were not there."""
    for node in sheet.drawing.nodes.values():
        if node.type not in EVENTS:
            continue
        if len(node.events) > 1:
            yield sheet.of(node, "This waits for several things at once. Draw one event for each.")
        if not node.events and node.type not in PLAIN:
            kinds = listed([WAITED_FOR[each] for each in EVENTS[node.type]], "or")
            yield sheet.of(node, f"This does not say what it waits for: {kinds}.")
        for event in node.events:
            if event not in EVENTS[node.type]:
                yield sheet.of(node, _refusal(node.type, event))


def _refusal(kind: str, event: str) -> str:
    if kind == "startEvent":
        return "The start must be plain: a case is started by a person or by another case, never by an event."
    return _NOT_HERE.get(event, f"An event of the kind “{short(event)}” is not supported here.")


RULES: tuple[Rule, ...] = (file_holds_one_executable_process, elements_are_supported, events_are_supported)
