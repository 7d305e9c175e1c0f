"""What happens without people: actions, decisions, calls, messages, timers, events on an edge."""

import pytest

from tests.engine.check.sound import (
    FILES,
    REVIEW,
    REVIEW_FILE,
    STAGE,
    STAGE_FILE,
    TABLE,
    TABLE_FILE,
    edited,
    line_of,
    refused,
)
from workflows.engine.check import Problem, check

CHASED = '<endEvent id="chased" name="Chased"/>'


@pytest.mark.parametrize(
    ("element", "edit", "sentence"),
    [
        (
            "list_members",
            ('accord:action="list_members"', 'accord:action="list_member"'),
            "There is no action “list_member”. Did you mean “list_members”?",
        ),
        ("list_members", (' accord:action="list_members"', ""), "The service task names no action."),
        (
            "start_plans",
            ('accord:process="individual_planning" ', ""),
            "The action start_cases needs accord:process.",
        ),
        (
            "start_plans",
            ('accord:process="individual_planning"', 'accord:process="individual_plans"'),
            "There is no process “individual_plans” to start. Did you mean “individual_planning”?",
        ),
        (
            "start_plans",
            ('accord:process="individual_planning"', 'accord:process="sign_off"'),
            "“sign_off” is a stage that other processes call, and is never started by itself.",
        ),
        (
            "start_plans",
            ('accord:process="individual_planning"', 'accord:process="closer_look"'),
            "“closer_look” is a stage that other processes call, and is never started by itself.",
        ),
        ("tell", (' accord:to="amd finance"', ""), "The action notify needs accord:to."),
        (
            "tell",
            ('accord:to="amd finance"', 'accord:to="amd finances"'),
            "“finances” is not a role that can be told. Did you mean “finance”?",
        ),
        (
            "tell",
            ("<documentation>The report is ready to be read.</documentation>", ""),
            "The message needs a name for its subject, and documentation for its words.",
        ),
        (
            "decide",
            ('accord:decision="size_of_team"', 'accord:decision="size_of_teams"'),
            "There is no decision “size_of_teams”. Did you mean “size_of_team”?",
        ),
        (
            "stage",
            ('calledElement="closer_look"', 'calledElement="close_look"'),
            "There is no process “close_look” to call. Did you mean “closer_look”?",
        ),
        ("stage", (' calledElement="closer_look"', ""), "The call names no process."),
        (
            "all_closed",
            (' messageRef="message_closed"', ""),
            "This waits for a message, but does not say for which.",
        ),
        (
            "all_closed",
            ('name="cases_closed"', 'name="case_closed"'),
            "There is no message “case_closed”. Did you mean “cases_closed”?",
        ),
        (
            "all_closed",
            (' name="Wait for the plans"', ""),
            "This has no name, so that nobody could read what the case waits for.",
        ),
    ],
)
def test_work_that_could_not_be_done_is_refused(element: str, edit: tuple[str, str], sentence: str) -> None:
    refused(edit, at=f'id="{element}"', element=element, sentence=sentence, alone=False)


def test_a_decision_that_supplies_a_fact_with_a_meaning_of_its_own_is_refused() -> None:
    table = edited(TABLE, ('name="size"', 'name="members"'))
    review = edited(REVIEW, ('case.size == "large"', "case.members"))
    found = check({**FILES, TABLE_FILE: table, REVIEW_FILE: review}, only=[REVIEW_FILE])
    assert [(each.element, each.sentence) for each in found] == [
        ("decide", "The decision supplies “members”, which has a meaning of its own. Choose another.")
    ]


def test_a_process_that_calls_itself_is_refused() -> None:
    refused(
        ('calledElement="closer_look"', 'calledElement="team_planning"'),
        at="<callActivity",
        element="stage",
        sentence="The process would call itself without end: team_planning calls team_planning.",
    )


def test_processes_that_call_each_other_in_a_circle_are_refused_in_both_files() -> None:
    call = '<callActivity id="back" name="Back" calledElement="team_planning"/>'
    stage = edited(
        STAGE,
        ('targetRef="looked"/>', f'targetRef="back"/>{call}<sequenceFlow id="f" sourceRef="back" targetRef="looked"/>'),
    )
    found = check({**FILES, STAGE_FILE: stage})
    round_about = "The process would call itself without end:"
    assert found == [
        Problem(STAGE_FILE, line_of(stage, call), "back",
                f"{round_about} closer_look calls team_planning calls closer_look."),
        Problem(REVIEW_FILE, line_of(REVIEW, "<callActivity"), "stage",
                f"{round_about} team_planning calls closer_look calls team_planning."),
    ]  # fmt: skip


DATE = '<timeDate id="report_date">due("sign_off")</timeDate>'


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        (
            "<timeDuration>PT1H</timeDuration>",
            'The timer says “PT1H”. It must be a date, written due("name of the deadline").',
        ),
        (
            '<timeDate>"2027-01-01"</timeDate>',
            'The timer says “"2027-01-01"”. It must be a date, written due("name of the deadline").',
        ),
        ("", "The timer does not say which deadline it waits for. Choose one."),
        (
            "<timeCycle>R3/PT1H</timeCycle>",
            "A repeating timer is not supported. Reminders belong in the policy's ladder.",
        ),
        (
            '<timeDate>due("sign_of")</timeDate>',
            "There is no deadline “sign_of” in any policy. Did you mean “sign_off”?",
        ),
        (
            "<timeDate>due(case.note)</timeDate>",
            'The timer says “due(case.note)”. It must be a date, written due("name of the deadline").',
        ),
    ],
)
def test_a_timer_that_names_no_deadline_is_refused(drawn: str, sentence: str) -> None:
    refused((DATE, drawn), at="<timerEventDefinition", element="report_late", sentence=sentence)


def test_a_repeating_timer_that_should_interrupt_is_refused() -> None:
    refused(
        (DATE, "<timeCycle>R3/PT1H</timeCycle>"),
        ('cancelActivity="false"', 'cancelActivity="true"'),
        at="<timerEventDefinition",
        element="report_late",
        sentence="A repeating timer does not interrupt. Reminders belong in the policy's ladder.",
    )


def test_an_event_on_the_edge_of_nothing_is_refused() -> None:
    refused(
        ('attachedToRef="write_report"', 'attachedToRef="ghost"'),
        at="<boundaryEvent",
        element="report_late",
        sentence="The event sits on “ghost”, which is not in this process.",
        alone=False,
    )


def test_an_event_on_the_edge_of_service_work_is_refused() -> None:
    refused(
        ('attachedToRef="write_report"', 'attachedToRef="tell"'),
        at="<boundaryEvent",
        element="report_late",
        sentence="The event sits on something that takes no time, so it would never happen.",
    )


REFUSED = (
    '<boundaryEvent id="refused" attachedToRef="{host}"><errorEventDefinition id="caught" errorRef="{error}"/>'
    '</boundaryEvent><sequenceFlow id="to_refused" sourceRef="refused" targetRef="chased"/>'
)


def test_an_error_of_a_called_process_may_be_caught() -> None:
    caught = REFUSED.format(host="stage", error="error_refused")
    assert check({**FILES, REVIEW_FILE: edited(REVIEW, (CHASED, f"{CHASED}{caught}"))}) == []


def test_an_error_that_is_declared_nowhere_is_refused() -> None:
    refused(
        (CHASED, f"{CHASED}{REFUSED.format(host='stage', error='ghost')}"),
        at="<errorEventDefinition",
        element="refused",
        sentence="The error “ghost” is not declared with a code in this file.",
    )


def test_an_error_on_the_edge_of_a_step_is_refused() -> None:
    refused(
        (CHASED, f"{CHASED}{REFUSED.format(host='chase_report', error='error_refused')}"),
        at='<boundaryEvent id="refused"',
        element="refused",
        sentence="Only a called process can raise an error or an escalation.",
    )


def test_an_error_end_without_an_error_is_refused() -> None:
    refused(
        (CHASED, '<endEvent id="chased"><errorEventDefinition id="raised"/></endEvent>'),
        at="<errorEventDefinition",
        element="chased",
        sentence="The event does not say which error it raises.",
    )
