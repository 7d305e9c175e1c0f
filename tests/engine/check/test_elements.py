"""Only what the engine carries out may be drawn."""

import pytest

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, edited, line_of, refused
from workflows.engine.check import check

TIMER = """<timerEventDefinition id="report_timer">
        <timeDate id="report_date">due("sign_off")</timeDate>
      </timerEventDefinition>"""
BEFORE_TELL = '<serviceTask id="tell"'


def test_a_sound_set_has_no_problems() -> None:
    assert check(FILES) == []


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        (
            '<task id="odd"/>',
            "A plain task says nothing about who does it. Make it a step for a person (a user task), or",
        ),
        (
            '<manualTask id="odd"/>',
            "Nobody could say that a manual task is done. Make it a step for a person (a user task),",
        ),
        ('<sendTask id="odd"/>', "A send task sends nothing here. Draw work of the system (a service task),"),
        ('<subProcess id="odd"/>', "Sub-processes are not supported. Draw the part as a process of its own"),
        ('<subProcess id="odd" triggeredByEvent="true"/>', "Event sub-processes are not supported."),
        ('<transaction id="odd"/>', "Transactions are not supported."),
        ('<adHocSubProcess id="odd"/>', "Ad hoc sub-processes are not supported: draw the order"),
        ('<complexGateway id="odd"/>', "Complex gateways are not supported."),
        ('<dataObject id="odd"/>', "Data objects are not supported: answers become facts of the case by themselves."),
        ('<dataStoreReference id="odd"/>', "Data stores are not supported:"),
    ],
)
def test_an_element_that_the_engine_does_not_carry_out_is_refused(drawn: str, sentence: str) -> None:
    text = edited(REVIEW, (BEFORE_TELL, f"{drawn}\n    {BEFORE_TELL}"))
    found = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    assert [(each.line, each.element) for each in found if each.sentence.startswith(sentence)] == [
        (line_of(text, drawn), "odd")
    ]


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        (
            "<standardLoopCharacteristics/>",
            "A loop marker is not supported. Draw the way back from a choice.",
        ),
        (
            '<multiInstanceLoopCharacteristics vendor:collection="people"/>',
            (
                "A multi-instance marker is not supported. Choose a list at the step: each person of it"
                " gets a step of their own."
            ),
        ),
        (
            "<ioSpecification><inputSet/><outputSet/></ioSpecification>",
            "Data inputs and outputs are not supported: steps share what the case knows. Remove them.",
        ),
        ('<property id="p"/>', "“property” is not supported here. Remove it."),
    ],
)
def test_what_a_step_may_not_hold_is_refused(inside: str, sentence: str) -> None:
    documentation = "<documentation>Ask where the report is.</documentation>"
    element = "p" if "property" in inside else "chase_report"
    refused((documentation, f"{documentation}\n{inside}"), at=inside, element=element, sentence=sentence)


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ('<linkEventDefinition name="x"/>', "Link events are not supported. Draw the whole way."),
        ("<signalEventDefinition/>", "Signal events are not supported. Use a message that one case waits for."),
        ("<compensateEventDefinition/>", "Compensation is not supported. Draw the steps that put things right."),
        ("<conditionalEventDefinition><condition>x</condition></conditionalEventDefinition>",
         "Conditional events are not supported. Draw a choice, or wait for a message."),
        ("<cancelEventDefinition/>", "Cancel events are not supported."),
        ("<messageEventDefinition/>",
         ("Messages are not sent by events. Draw work of the system (a service task), such as telling people or"
          " starting cases.")),
        ("<timerEventDefinition><timeDate>due(\"sign_off\")</timeDate></timerEventDefinition>",
         "An event of the kind “timer” is not supported here."),
    ],
)  # fmt: skip
def test_an_end_event_that_the_engine_would_pass_over_is_refused(event: str, sentence: str) -> None:
    end = '<endEvent id="closed" name="Closed"'
    refused((f"{end}/>", f"{end}>{event}</endEvent>"), at=end, element="closed", sentence=sentence)


def test_a_start_event_with_a_trigger_is_refused() -> None:
    refused(
        ('<startEvent id="opened" name="Opened"/>', '<startEvent id="opened"><signalEventDefinition/></startEvent>'),
        at="<startEvent",
        element="opened",
        sentence="The start must be plain: a case is started by a person or by another case, never by an event.",
    )


def test_an_event_with_several_triggers_is_refused() -> None:
    refused(
        (TIMER, f'{TIMER}<messageEventDefinition messageRef="message_closed"/>'),
        ('<boundaryEvent id="report_late"', '<boundaryEvent id="report_late" name="Late"'),
        at="<boundaryEvent",
        element="report_late",
        sentence="This waits for several things at once. Draw one event for each.",
    )


def test_an_edge_event_that_waits_for_nothing_is_refused() -> None:
    refused(
        (TIMER, ""),
        at="<boundaryEvent",
        element="report_late",
        sentence=(
            "This does not say what it waits for: a deadline, a message, a failure of the stage (an"
            " error) or a sign from the stage (an escalation)."
        ),
    )


def test_a_process_that_is_not_executable_is_refused() -> None:
    refused(
        ('isExecutable="true"', 'isExecutable="false"'),
        at="<process",
        element="team_planning",
        sentence=(
            "No case could run through this process: it is drawn as a picture alone. Look for repairs in"
            " the studio, or mark it as executable in your modeller."
        ),
    )


def test_a_second_process_in_a_file_is_refused() -> None:
    refused(
        ("</definitions>", '<process id="other"/></definitions>'),
        at='<process id="other"',
        element="other",
        sentence="A second process in the same file. Draw each process in a file of its own.",
    )


def test_what_breaks_the_standard_is_refused_with_its_line() -> None:
    refused(
        ('name="Chased"/>', 'name="Chased" colour="blue"/>'),
        at='<endEvent id="chased"',
        element="chased",
        sentence=(
            "This does not follow the BPMN standard. "
            "Element 'endEvent', attribute 'colour': The attribute 'colour' is not allowed."
        ),
        alone=False,
    )


def test_what_another_vendor_adds_is_ignored() -> None:
    text = edited(REVIEW, ('<endEvent id="chased"', '<endEvent vendor:size="9" id="chased"'))
    assert check({**FILES, REVIEW_FILE: text}) == []


def test_a_drawing_of_a_thousand_elements_is_refused_at_once() -> None:
    steps = "".join(f'<endEvent id="end_{number}"/>' for number in range(1000))
    refused(
        ('<endEvent id="chased"', f'{steps}<endEvent id="chased"'),
        at="<process",
        element="team_planning",
        sentence="The diagram has more than 500 elements. Split it into diagrams that call each other.",
    )


def test_two_drawings_of_one_process_are_refused_in_both_files() -> None:
    found = check({**FILES, "processes/again.bpmn": REVIEW})
    assert [(each.file, each.element, each.sentence) for each in found] == [
        (here, "team_planning", f"The process “team_planning” is drawn in another file too: {there}.")
        for here, there in (("processes/again.bpmn", REVIEW_FILE), (REVIEW_FILE, "processes/again.bpmn"))
    ]
