"""Ids are names, and names are harmless."""

import pytest

from tests.engine.check.sound import REVIEW, line_of, refused

CHASED = '<endEvent id="chased" name="Chased"/>'
LIKE_A_NAME = "of letters, digits, hyphens and underscores that begins with a letter, such as `sign_plan`."


def test_an_id_that_is_used_twice_is_refused_where_it_comes_again() -> None:
    refused(
        ("</process>", '<textAnnotation id="choice"/></process>'),
        at="<textAnnotation",
        element="choice",
        sentence=f"The id `choice` is used twice, here and in line {line_of(REVIEW, '<exclusiveGateway')}.",
    )


@pytest.mark.parametrize("name", ["Start", "End"])
def test_the_engines_own_names_are_refused(name: str) -> None:
    refused(
        (CHASED, CHASED.replace("chased", name)),
        ('targetRef="chased"', f'targetRef="{name}"'),
        at=f'<endEvent id="{name}"',
        element=name,
        sentence=f"The id `{name}` belongs to Accord itself. Choose another.",
    )


@pytest.mark.parametrize("name", ["chased.late", "gejagt_ü", "x" * 101])
def test_an_id_that_is_no_name_is_refused(name: str) -> None:
    refused(
        (CHASED, CHASED.replace("chased", name)),
        ('targetRef="chased"', f'targetRef="{name}"'),
        at=f'<endEvent id="{name}"',
        element=name,
        sentence=f"This needs an id {LIKE_A_NAME}",
    )


def test_a_flow_without_an_id_is_refused() -> None:
    refused(
        ('<sequenceFlow id="to_chased"', "<sequenceFlow"),
        at='<sequenceFlow sourceRef="chase_report"',
        element="",
        sentence="This has no id, so that no case would come to it. Give it one.",
    )


def test_a_message_without_an_id_is_refused() -> None:
    refused(
        ("<message id=", '<message name="cases_closed"/>\n  <message id='),
        at='<message name="cases_closed"/>',
        element="file_of_team_planning",
        sentence="This has no id, so that nothing could refer to it. Give it one.",
    )


def test_a_name_that_turns_the_writing_round_is_refused() -> None:
    refused(
        (CHASED, CHASED.replace("Chased", "Cha\u202esed")),
        at='<endEvent id="chased"',
        element="chased",
        sentence="The name has an invisible control character in it. Type it anew.",
    )


def test_a_name_of_two_lines_is_allowed_and_one_of_a_page_refused() -> None:
    refused(
        (CHASED, CHASED.replace("Chased", "Cha&#10;sed" * 40)),
        at='<endEvent id="chased"',
        element="chased",
        sentence="The name is longer than 200 characters. Put the rest into the words below it.",
    )


def test_documentation_without_end_is_refused() -> None:
    refused(
        ("Ask where the report is.", "Ask where the report is. " * 300),
        at="<documentation>Ask where",
        element="chase_report",
        sentence="“What the person is asked to do” is longer than 5,000 characters.",
    )


def test_braces_in_the_documentation_stand_for_the_title_of_a_role() -> None:
    refused(
        ("Ask where the report is.", "Ask the {clinical_manger} of {amd} where the report is."),
        at="<documentation>Ask the",
        element="chase_report",
        sentence="`{clinical_manger}` is the title of no role. Did you mean “Clinical manager” (`clinical_manager`)?",
    )
