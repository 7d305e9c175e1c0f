"""Diagrams as other tools write them."""

# ruff: noqa: E501 - the tools write such lines

BPMN = 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
DRAWN = (
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)

CAMUNDA = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions {BPMN} {DRAWN} xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_0hq1x3k" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.20.0" modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.20.0">
  <bpmn:process id="Process_0k3xq9v" name="Study leave" isExecutable="true" camunda:historyTimeToLive="180">
    <bpmn:startEvent id="StartEvent_1" name="Leave wanted">
      <bpmn:outgoing>Flow_0c1</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="Activity_1a2b3c4" name="Ask for leave" camunda:assignee="practitioner">
      <bpmn:extensionElements>
        <camunda:formData>
          <camunda:formField id="days" label="How many days?" type="long">
            <camunda:validation><camunda:constraint name="required" config="true" /></camunda:validation>
          </camunda:formField>
          <camunda:formField id="purpose" label="What for?" type="enum">
            <camunda:value id="course" name="A course" />
            <camunda:value id="exam" name="An examination" />
          </camunda:formField>
        </camunda:formData>
      </bpmn:extensionElements>
      <bpmn:incoming>Flow_0c1</bpmn:incoming>
      <bpmn:outgoing>Flow_0c2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="Gateway_0x1y2z3" name="Long?">
      <bpmn:incoming>Flow_0c2</bpmn:incoming>
      <bpmn:outgoing>Flow_0c3</bpmn:outgoing>
      <bpmn:outgoing>Flow_0c4</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:userTask id="Activity_5d6e7f8" name="Approve the leave" camunda:candidateGroups="clinical manager">
      <bpmn:documentation>Approve or refuse it.</bpmn:documentation>
      <bpmn:incoming>Flow_0c3</bpmn:incoming>
      <bpmn:outgoing>Flow_0c5</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="Event_0t1" name="Two weeks over" attachedToRef="Activity_5d6e7f8">
      <bpmn:outgoing>Flow_0c6</bpmn:outgoing>
      <bpmn:timerEventDefinition id="TimerEventDefinition_1"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P14D</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="Event_0e1" name="Leave settled">
      <bpmn:incoming>Flow_0c4</bpmn:incoming>
      <bpmn:incoming>Flow_0c5</bpmn:incoming>
      <bpmn:incoming>Flow_0c6</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="Flow_0c1" sourceRef="StartEvent_1" targetRef="Activity_1a2b3c4" />
    <bpmn:sequenceFlow id="Flow_0c2" sourceRef="Activity_1a2b3c4" targetRef="Gateway_0x1y2z3" />
    <bpmn:sequenceFlow id="Flow_0c3" name="Yes" sourceRef="Gateway_0x1y2z3" targetRef="Activity_5d6e7f8">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${{days &gt; 5 &amp;&amp; purpose != "exam"}}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="Flow_0c4" name="No" sourceRef="Gateway_0x1y2z3" targetRef="Event_0e1" />
    <bpmn:sequenceFlow id="Flow_0c5" sourceRef="Activity_5d6e7f8" targetRef="Event_0e1" />
    <bpmn:sequenceFlow id="Flow_0c6" sourceRef="Event_0t1" targetRef="Event_0e1" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1">
    <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="Process_0k3xq9v">
      <bpmndi:BPMNShape id="_BPMNShape_StartEvent_2" bpmnElement="StartEvent_1"><dc:Bounds x="179" y="159" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="Activity_1a2b3c4_di" bpmnElement="Activity_1a2b3c4"><dc:Bounds x="270" y="137" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="Flow_0c1_di" bpmnElement="Flow_0c1"><di:waypoint x="215" y="177" /><di:waypoint x="270" y="177" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""

SIGNAVIO = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:omgdc="http://www.omg.org/spec/DD/20100524/DC" xmlns:omgdi="http://www.omg.org/spec/DD/20100524/DI" xmlns:signavio="http://www.signavio.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" exporter="Signavio Process Editor, http://www.signavio.com" exporterVersion="16.4.0" expressionLanguage="http://www.w3.org/1999/XPath" id="sid-8a1f" targetNamespace="http://www.signavio.com" typeLanguage="http://www.w3.org/2001/XMLSchema">
   <collaboration id="sid-c0ll">
      <extensionElements><signavio:signavioMetaData metaKey="prop1" metaValue=""/></extensionElements>
      <participant id="sid-p001" name="Trust" processRef="sid-0001"/>
      <participant id="sid-p002" name="Patient" processRef="sid-0002"/>
      <messageFlow id="sid-m001" sourceRef="sid-t003" targetRef="sid-p002"/>
   </collaboration>
   <process id="sid-0001" isClosed="false" isExecutable="false" name="Rota change" processType="None">
      <laneSet id="sid-l000">
         <lane id="sid-l001" name="Doctor"><flowNodeRef>sid-t001</flowNodeRef></lane>
         <lane id="sid-l002" name="Service Manager"><flowNodeRef>sid-t002</flowNodeRef><flowNodeRef>sid-t003</flowNodeRef><flowNodeRef>sid-t004</flowNodeRef></lane>
      </laneSet>
      <task completionQuantity="1" id="sid-t001" isForCompensation="false" name="Ask for a change&#10;of the rota" startQuantity="1">
         <extensionElements><signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc"/></extensionElements>
         <outgoing>sid-f001</outgoing>
      </task>
      <task id="sid-t002" name="Look at the rota"><incoming>sid-f001</incoming><outgoing>sid-f002</outgoing><outgoing>sid-f003</outgoing></task>
      <task id="sid-t003" name="Refuse it"><incoming>sid-f002</incoming></task>
      <task id="sid-t004" name="Change the rota"><incoming>sid-f003</incoming></task>
      <dataObjectReference dataObjectRef="sid-d001" id="sid-d002" name="Rota"/>
      <dataObject id="sid-d001" isCollection="false" name="Rota"/>
      <sequenceFlow id="sid-f001" name="" sourceRef="sid-t001" targetRef="sid-t002"/>
      <sequenceFlow id="sid-f002" name="No" sourceRef="sid-t002" targetRef="sid-t003"><conditionExpression id="sid-x1" xsi:type="tFormalExpression">state == "no"</conditionExpression></sequenceFlow>
      <sequenceFlow id="sid-f003" name="Yes" sourceRef="sid-t002" targetRef="sid-t004"/>
   </process>
   <process id="sid-0002" isExecutable="false"/>
</definitions>
"""

SPIFF = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions {BPMN} {DRAWN} xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="Definitions_96f6665" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="3.0.0-dev">
  <bpmn:process id="lend_equipment" name="Lend equipment" isExecutable="true">
    <bpmn:startEvent id="StartEvent_1"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="StartEvent_1" targetRef="Activity_choose" />
    <bpmn:userTask id="Activity_choose" name="Choose what to borrow">
      <bpmn:extensionElements>
        <spiffworkflow:properties>
          <spiffworkflow:property name="formJsonSchemaFilename" value="choose-schema.json" />
          <spiffworkflow:property name="formUiSchemaFilename" value="choose-uischema.json" />
        </spiffworkflow:properties>
        <spiffworkflow:preScript>who = 1</spiffworkflow:preScript>
      </bpmn:extensionElements>
      <bpmn:incoming>Flow_1</bpmn:incoming>
    </bpmn:userTask>
  </bpmn:process>
</bpmn:definitions>
"""

BPMN_IO = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" id="sample-diagram" targetNamespace="http://bpmn.io/schema/bpmn">
  <!-- drawn in a hurry -->
  <bpmn2:process id="Process_1" isExecutable="false">
    <bpmn2:startEvent id="StartEvent_1"/>
    <bpmn2:task id="Task_1hcentk" name="Write the plan"/>
    <bpmn2:task id="Task_2hcentk" name="Read the plan"/>
    <bpmn2:endEvent id="EndEvent_1"/>
    <bpmn2:sequenceFlow sourceRef="StartEvent_1" targetRef="Task_1hcentk"/>
    <bpmn2:sequenceFlow sourceRef="Task_1hcentk" targetRef="Task_2hcentk"/>
    <bpmn2:sequenceFlow sourceRef="Task_2hcentk" targetRef="EndEvent_1"/>
  </bpmn2:process>
</bpmn2:definitions>
"""

ALL = {"camunda": CAMUNDA, "signavio": SIGNAVIO, "spiff": SPIFF, "bpmn_io": BPMN_IO}
