"""A new diagram from nothing: it begins, somebody does a step, it ends."""

from workflows.engine.editing.diagram import Diagram, Edited
from workflows.engine.editing.placing import Placing
from workflows.engine.editing.steps import NewStep, insert

EMPTY = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:accord="https://accord.example/bpmn/1.0" id="{key}_definitions" targetNamespace="https://accord.example/bpmn/1.0">
  <bpmn:process id="{key}" isExecutable="true">
    <bpmn:startEvent id="{key}_begins" name="It begins">
      <bpmn:outgoing>{key}_begins_to_{key}_ends</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:endEvent id="{key}_ends">
      <bpmn:incoming>{key}_begins_to_{key}_ends</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="{key}_begins_to_{key}_ends" sourceRef="{key}_begins" targetRef="{key}_ends" />
  </bpmn:process>
</bpmn:definitions>
"""  # noqa: E501 - one line is one element


def begin(key: str, title: str, about: str, step: NewStep, end: str) -> Edited:
    """A process of one step, drawn. `key`: a name as diagram.slug makes them. Raises CannotChange for a step without a
    name, and ValueError for a character that XML does not take."""
    diagram = Diagram(EMPTY.format(key=key))
    placing = Placing(diagram)
    diagram.process.set("name", title)
    diagram.document(diagram.process, about)
    diagram.node(f"{key}_ends").set("name", end)
    insert(diagram, step, f"{key}_begins_to_{key}_ends")
    placing.finish()
    return Edited(diagram.source.text(), f"Began the process “{title[:100]}”.", key)
