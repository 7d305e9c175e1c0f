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
            "There is no work `list_member`. Did you mean “List the doctors of the team” (`list_members`)?",
        ),
        ("list_members", (' accord:action="list_members"', ""), "Nothing says what is done here. Choose it."),
        (
            "start_plans",
            ('accord:process="individual_planning" ', ""),
            "“Start a case for each” needs more to be said: which process is started (`accord:process`).",
        ),
        (
            "start_plans",
            ('accord:process="individual_planning"', 'accord:process="individual_plans"'),
            (
                "There is no process `individual_plans` to start. Did you mean “Individual job plan”"
                " (`individual_planning`)?"
            ),
        ),
        (
            "start_plans",
            ('accord:process="individual_planning"', 'accord:process="sign_off"'),
            "“Sign-off” is a stage that other processes call, and is never started by itself.",
        ),
        (
            "start_plans",
            ('accord:process="individual_planning"', 'accord:process="closer_look"'),
            "“A review” is a stage that other processes call, and is never started by itself.",
        ),
        ("tell", (' accord:to="amd finance"', ""), "“Tell people” needs more to be said: who is told (`accord:to`)."),
        (
            "tell",
            ('accord:to="amd finance"', 'accord:to="amd finances"'),
            "`finances` is no role that can be told. Did you mean “Finance” (`finance`)?",
        ),
        (
            "tell",
            ("<documentation>The report is ready to be read.</documentation>", ""),
            "The message needs a name, which is its subject, and words.",
        ),
        (
            "decide",
            ('accord:decision="size_of_team"', 'accord:decision="size_of_teams"'),
            "There is no decision table `size_of_teams`. Did you mean “How large is the team?” (`size_of_team`)?",
        ),
        (
            "stage",
            ('calledElement="closer_look"', 'calledElement="close_look"'),
            "There is no process `close_look` to call. Did you mean “A review” (`closer_look`)?",
        ),
        ("stage", (' calledElement="closer_look"', ""), "Choose which process this stage is."),
        (
            "all_closed",
            (' messageRef="message_closed"', ""),
            "This waits for a message, but does not say for which.",
        ),
        (
            "all_closed",
            ('name="cases_closed"', 'name="case_closed"'),
            (
                "There is no message `case_closed`. Did you mean “every case that was started from here"
                " is closed” (`cases_closed`)?"
            ),
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
        ("decide", "The table answers under the name `members`, which has a meaning of its own. Choose another.")
    ]


def test_a_process_that_calls_itself_is_refused() -> None:
    refused(
        ('calledElement="closer_look"', 'calledElement="team_planning"'),
        at="<callActivity",
        element="stage",
        sentence="The process would call itself without end: “Team planning” calls “Team planning”.",
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
                f"{round_about} “A review” calls “Team planning” calls “A review”."),
        Problem(REVIEW_FILE, line_of(REVIEW, "<callActivity"), "stage",
                f"{round_about} “Team planning” calls “A review” calls “Team planning”."),
    ]  # fmt: skip


DATE = '<timeDate id="report_date">due("sign_off")</timeDate>'


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        (
            "<timeDuration>PT1H</timeDuration>",
            'The timer says `PT1H`. Choose a deadline, in the file as `due("name of the deadline")`.',
        ),
        (
            '<timeDate>"2027-01-01"</timeDate>',
            'The timer says `"2027-01-01"`. Choose a deadline, in the file as `due("name of the deadline")`.',
        ),
        ("", "This does not say which deadline it waits for. Choose one."),
        (
            "<timeCycle>R3/PT1H</timeCycle>",
            "A repeating timer is not supported. Reminders are said in the policy.",
        ),
        (
            '<timeDate>due("sign_of")</timeDate>',
            "There is no deadline `sign_of` in any policy. Did you mean “Signatures under the job plan” (`sign_off`)?",
        ),
        (
            "<timeDate>due(case.note)</timeDate>",
            'The timer says `due(case.note)`. Choose a deadline, in the file as `due("name of the deadline")`.',
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
        sentence="A repeating timer ends nothing. Reminders are said in the policy.",
    )


def test_an_event_on_the_edge_of_nothing_is_refused() -> None:
    refused(
        ('attachedToRef="write_report"', 'attachedToRef="ghost"'),
        at="<boundaryEvent",
        element="report_late",
        sentence="This sits on `ghost`, which is not in this process.",
        alone=False,
    )


def test_an_event_on_the_edge_of_service_work_is_refused() -> None:
    refused(
        ('attachedToRef="write_report"', 'attachedToRef="tell"'),
        at="<boundaryEvent",
        element="report_late",
        sentence="This sits on something that takes no time, so it would never happen.",
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
        sentence="The failure (error) `ghost` is not declared with a code in this file.",
    )


def test_an_error_on_the_edge_of_a_step_is_refused() -> None:
    refused(
        (CHASED, f"{CHASED}{REFUSED.format(host='chase_report', error='error_refused')}"),
        at='<boundaryEvent id="refused"',
        element="refused",
        sentence="Only a stage can tell of a failure (an error) or give a sign (an escalation).",
    )


def test_an_error_end_without_an_error_is_refused() -> None:
    refused(
        (CHASED, '<endEvent id="chased"><errorEventDefinition id="raised"/></endEvent>'),
        at="<errorEventDefinition",
        element="chased",
        sentence="This does not say which failure (error) it raises.",
    )
