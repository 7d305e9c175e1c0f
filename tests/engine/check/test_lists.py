"""What something is done for each of is a list, and is there."""

import pytest

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, edited, refused
from workflows.engine.check import check

ASKED = '<userTask id="ask_members" name="Agree" accord:for_each="case.members"'
OBJECTORS = (
    '<serviceTask id="objectors" name="Objectors" accord:action="list_objectors"/>'
    '<sequenceFlow id="o" sourceRef="objectors" targetRef="join"/>'
)
STARTED = 'accord:process="individual_planning" accord:for_each="case.members"/>'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("case.days", "“How many days?” is a number, and no list of people, teams or names."),
        ("case.year", "“Planning year” is a line of text, and no list of people, teams or names."),
        ("len(case.members)", "the number in “Doctors of the team” is no list of people, teams or names."),
        ("None", "None is no list of people, teams or names."),
    ],
)
def test_a_step_for_each_of_what_is_no_list_is_refused(text: str, sentence: str) -> None:
    edit = (ASKED, ASKED.replace("case.members", text))
    refused(edit, at='<userTask id="ask_members"', element="ask_members", sentence=sentence)


def unset(fact: str) -> str:
    return (
        f"There is a way here on which nobody has given “{fact}”, so there is no list to go through. "
        "Let an earlier step, or work of the system, supply it on every way."
    )


def test_a_step_for_each_of_a_list_that_may_not_be_there_is_refused() -> None:
    optional = ('key="note" type="long_text"', 'key="note" type="people"')
    for text in ("case.note", "[case.note]", "case.note if case.days &gt; 3 else case.members"):
        refused(
            optional,
            (ASKED, ASKED.replace("case.members", text)),
            at='<userTask id="ask_members"',
            element="ask_members",
            sentence=unset("Anything else?"),
        )


def test_cases_started_for_each_of_a_list_that_nobody_has_made_yet_are_refused() -> None:
    refused(
        ('<serviceTask id="list_members" name="List the members" accord:action="list_members"/>',
         '<serviceTask id="list_members" name="List the teams" accord:action="list_teams"/>'),
        (ASKED, ASKED.replace("case.members", "case.teams")),
        (STARTED, STARTED.replace("case.members", "case.objectors")),
        ('sourceRef="stage" targetRef="join"/>', f'sourceRef="stage" targetRef="objectors"/>{OBJECTORS}'),
        at='<serviceTask id="start_plans"',
        element="start_plans",
        sentence=unset("Who objects to the team plan"),
        alone=False,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["case.note or []", "[case.days, case.team]", "case.all.answer", "['amd', 'finance']"])
def test_a_list_that_is_always_there_is_allowed(text: str) -> None:
    files = {**FILES, REVIEW_FILE: edited(REVIEW, ('key="note" type="long_text"', 'key="note" type="people"'),
                                          (ASKED, ASKED.replace("case.members", text)))}  # fmt: skip
    assert check(files, only=[REVIEW_FILE]) == []
