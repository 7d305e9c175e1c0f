"""A small sound set of files, and the means to break it in one place at a time."""

from collections.abc import Mapping
from pathlib import Path

from workflows.engine.check import Problem, check

BPMN = Path(__file__).parents[3] / "bpmn"
POLICIES = {
    f"policies/{path.name}": path.read_text(encoding="utf-8")
    for path in sorted((BPMN / "policies").iterdir())
    if path.suffix in (".toml", ".csv")
}

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:accord="https://accord.example/bpmn/1.0"
    xmlns:vendor="https://vendor.example/ns" id="file_of_{process}" targetNamespace="https://accord.example/bpmn/1.0">
  <message id="message_closed" name="cases_closed"/>
  <error id="error_refused" name="Refused" errorCode="refused"/>
  <process id="{process}" name="A review" isExecutable="true">
"""
TAIL = "  </process>\n</definitions>\n"

REVIEW = (
    HEAD.format(process="team_planning")
    + """    <laneSet id="lanes">
      <lane id="lane_manager" name="clinical_manager">
        <flowNodeRef>write_report</flowNodeRef>
        <flowNodeRef>ask_members</flowNodeRef>
      </lane>
      <lane id="lane_directorate" name="medical_directorate">
        <flowNodeRef>chase_report</flowNodeRef>
      </lane>
    </laneSet>
    <startEvent id="opened" name="Opened"/>
    <sequenceFlow id="to_report" sourceRef="opened" targetRef="write_report"/>
    <userTask id="write_report" name="Write the report" accord:deadline="sign_off" accord:clause="CPFT-7.5-a">
      <documentation>Say how the year went.</documentation>
      <extensionElements>
        <vendor:colour value="blue"/>
        <accord:field key="days" type="number" label="How many days?" required="true" min="0" max="365"/>
        <accord:field key="outcome" type="choice" label="How did it go?" options="good: Well; bad: Badly"/>
        <accord:field key="note" type="long_text" label="Anything else?" visible="clinical_manager amd"/>
        <accord:field key="meeting_date" type="date" label="When did you meet?" required="true" max="today"/>
      </extensionElements>
    </userTask>
    <boundaryEvent id="report_late" attachedToRef="write_report" cancelActivity="false">
      <timerEventDefinition id="report_timer">
        <timeDate id="report_date">due("sign_off")</timeDate>
      </timerEventDefinition>
    </boundaryEvent>
    <sequenceFlow id="to_chase" sourceRef="report_late" targetRef="chase_report"/>
    <userTask id="chase_report" name="Chase the report">
      <documentation>Ask where the report is.</documentation>
    </userTask>
    <sequenceFlow id="to_chased" sourceRef="chase_report" targetRef="chased"/>
    <endEvent id="chased" name="Chased"/>
    <sequenceFlow id="to_choice" sourceRef="write_report" targetRef="choice"/>
    <exclusiveGateway id="choice" name="Long?" default="to_members"/>
    <sequenceFlow id="to_stage" sourceRef="choice" targetRef="stage">
      <conditionExpression>case.days &gt; 28 and not policy.preparation_material</conditionExpression>
    </sequenceFlow>
    <callActivity id="stage" name="Look closer" calledElement="closer_look"/>
    <sequenceFlow id="to_join" sourceRef="stage" targetRef="join"/>
    <sequenceFlow id="to_members" sourceRef="choice" targetRef="list_members"/>
    <serviceTask id="list_members" name="List the members" accord:action="list_members"/>
    <sequenceFlow id="to_ask" sourceRef="list_members" targetRef="ask_members"/>
    <userTask id="ask_members" name="Agree" accord:for_each="case.members"
        accord:until='count(case.all.answer, "no") &gt; 0'>
      <documentation>Say whether you agree.</documentation>
      <extensionElements>
        <accord:field key="answer" type="choice" label="Do you agree?" options="yes: Yes; no: No" required="true"/>
      </extensionElements>
    </userTask>
    <sequenceFlow id="to_start" sourceRef="ask_members" targetRef="start_plans"/>
    <serviceTask id="start_plans" name="Start the plans" accord:action="start_cases"
        accord:process="individual_planning" accord:for_each="case.members"/>
    <sequenceFlow id="to_wait" sourceRef="start_plans" targetRef="all_closed"/>
    <receiveTask id="all_closed" name="Wait for the plans" messageRef="message_closed"/>
    <sequenceFlow id="to_decide" sourceRef="all_closed" targetRef="decide"/>
    <businessRuleTask id="decide" name="Decide" accord:decision="size_of_team"/>
    <sequenceFlow id="to_script" sourceRef="decide" targetRef="keep_route"/>
    <scriptTask id="keep_route" name="Keep the route">
      <script>route = "long" if case.size == "large" else "short"</script>
    </scriptTask>
    <sequenceFlow id="to_join_too" sourceRef="keep_route" targetRef="join"/>
    <exclusiveGateway id="join"/>
    <sequenceFlow id="to_tell" sourceRef="join" targetRef="tell"/>
    <serviceTask id="tell" name="The report is done" accord:action="notify" accord:to="amd finance">
      <documentation>The report is ready to be read.</documentation>
    </serviceTask>
    <sequenceFlow id="to_closed" sourceRef="tell" targetRef="closed"/>
    <endEvent id="closed" name="Closed"/>
"""
    + TAIL
)

STAGE = (
    HEAD.format(process="closer_look")
    + """    <laneSet id="lanes">
      <lane id="lane_amd" name="amd"><flowNodeRef>look</flowNodeRef></lane>
    </laneSet>
    <startEvent id="looking"/>
    <sequenceFlow id="to_look" sourceRef="looking" targetRef="look"/>
    <userTask id="look" name="Look closer">
      <documentation>Read the report.</documentation>
      <extensionElements>
        <accord:field key="findings" type="number" label="How many findings?" required="true"/>
      </extensionElements>
    </userTask>
    <sequenceFlow id="to_looked" sourceRef="look" targetRef="looked"/>
    <endEvent id="looked"/>
"""
    + TAIL
)

TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="file_of_table" name="Size"
    namespace="https://accord.example/dmn/1.0">
  <decision id="size_of_team" name="How large is the team?">
    <decisionTable id="rows" hitPolicy="FIRST">
      <input id="in"><inputExpression id="counted"><text>len(case.members)</text></inputExpression></input>
      <output id="out" name="size"/>
      <rule id="row_1"><inputEntry id="cell_1"><text>&gt;= 10</text></inputEntry>
        <outputEntry id="answer_1"><text>"large"</text></outputEntry></rule>
      <rule id="row_2"><inputEntry id="cell_2"><text>-</text></inputEntry>
        <outputEntry id="answer_2"><text>"small"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""

FILES: Mapping[str, str] = {
    "processes/review.bpmn": REVIEW,
    "processes/closer_look.bpmn": STAGE,
    "decisions/size_of_team.dmn": TABLE,
    **POLICIES,
}
REVIEW_FILE, STAGE_FILE, TABLE_FILE = list(FILES)[:3]


def edited(text: str, *edits: tuple[str, str]) -> str:
    """A text with each first part replaced once by the second; the part must be there, and only once."""
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} times in the text: {old}"
        text = text.replace(old, new)
    return text


def line_of(text: str, part: str) -> int:
    """The line on which a part of a text begins."""
    return text[: text.index(part)].count("\n") + 1


def refused(
    *edits: tuple[str, str], at: str, element: str, sentence: str, file: str = REVIEW_FILE, alone: bool = True
) -> None:
    """After the edits the checker says this one sentence of the file: at the line where `at` stands, of the element.

    With `alone` false, other rules may have their say as well.
    """
    text = edited(FILES[file], *edits)
    found = check({**FILES, file: text}, only=[file])
    expected = Problem(file, line_of(text, at), element, sentence)
    assert expected in found, "\n".join(str(each) for each in found) or "no problem was found"
    if alone:
        assert found == [expected], "\n".join(str(each) for each in found)
