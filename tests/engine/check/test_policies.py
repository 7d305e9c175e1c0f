"""Policies: the clauses that they name, and words that a page can show; a draft is asked the same as a file."""

from collections.abc import Mapping

import pytest

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, edited
from workflows.engine.check import Problem, check, remarks
from workflows.releases import CLAUSES
from workflows.studio.problems import problems

CUMBRIA = "policies/cumbria.toml"
DRAFT: Mapping[str, str] = {path: text for path, text in FILES.items() if path != CLAUSES}
"""What a draft holds: everything but the list of clauses."""


def policy(*edits: tuple[str, str]) -> list[Problem]:
    return check({**FILES, CUMBRIA: edited(FILES[CUMBRIA], *edits)}, only=[CUMBRIA])


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_deadline_that_names_a_clause_that_there_is_not_is_told_the_one_that_was_meant() -> None:
    (found,) = policy(('clause = "CPFT-7.5-a"\nkind = "after"\nstart = "meeting_date"',
                       'clause = "CPFT-7.5-aa"\nkind = "after"\nstart = "meeting_date"'))  # fmt: skip
    assert found.element == "deadlines.sign_off.clause"
    assert (
        found.sentence
        == "“Signatures under the job plan”: There is no clause “CPFT-7.5-aa”. Did you mean “CPFT-7.5-a”?"
    )


def test_a_rule_of_job_plans_that_names_a_clause_that_there_is_not_is_refused_where_it_stands() -> None:
    found = policy(('one_year = "CPFT-2.5"', 'one_year = "CPFT-2.5-z"'))
    line = line_of(FILES[CUMBRIA], "one_year =")
    assert [(one.line, one.element) for one in found] == [(line, "values.plan_rules.one_year")]


@pytest.mark.parametrize("path", [REVIEW_FILE, CUMBRIA])
def test_a_draft_hears_of_an_unknown_clause_in_the_words_of_the_command(path: str) -> None:
    old = 'accord:clause="CPFT-7.5-a"' if path == REVIEW_FILE else 'start = "meeting_date"'
    new = 'accord:clause="CPFT-7.5-y"' if path == REVIEW_FILE else 'start = "meeting_date"\n# CPFT'
    text = edited(REVIEW if path == REVIEW_FILE else FILES[path], (old, new))
    if path == CUMBRIA:
        text = text.replace('clause = "CPFT-7.5-a"', 'clause = "CPFT-7.5-y"', 1)
    in_a_draft = problems({**DRAFT, path: text}, [path])
    assert in_a_draft == check({**FILES, path: text}, [path])
    assert ["no clause “CPFT-7.5-y”. Did you mean" in one.sentence for one in in_a_draft] == [True]


def test_a_draft_without_a_fault_has_none_for_want_of_the_list_of_clauses() -> None:
    assert problems(DRAFT) == []


SIGN = 'signatories = ["practitioner", "clinical_manager"]'


@pytest.mark.parametrize(
    ("old", "new", "element", "sentence"),
    [
        (SIGN, "signatories = []", "signatories", "Nobody would sign a job plan. Name one role at least that signs."),
        (
            SIGN,
            'signatories = ["practitioner", "practitioner"]',
            "signatories",
            "“Practitioner” signs twice. Name each role once.",
        ),
        (
            'practitioner = "all"\nclinical_manager = "all"',
            'practitioner = ["period"]\nclinical_manager = ["period"]',
            "covers",
            "No signature covers “",
        ),
        ('panel_list = ["NHS Employers", "BMA", "BDA"]', "panel_list = []", "bodies.panel_list", "No body approves"),
        (
            'panel_list = ["NHS Employers", "BMA", "BDA"]',
            'panel_list = [" "]',
            "bodies.panel_list",
            "Each body that approves members of appeal panels needs a name.",
        ),
        (
            'meeting_needs_one_of = ["clinical_manager", "amd"]',
            "meeting_needs_one_of = []",
            "values.meeting_needs_one_of",
            "No meeting about a job plan could be recorded: nobody but the doctor could be there.",
        ),
        (
            'meeting_needs_one_of = ["clinical_manager", "amd"]',
            'meeting_needs_one_of = ["boss"]',
            "values.meeting_needs_one_of",
            "`boss` is no role;",
        ),
        (
            'unit = "care group"',
            'unit = "care group"\npay_progression_decided_by = "chief"',
            "values.pay_progression_decided_by",
            "`chief` is no role;",
        ),
        ('unit = "care group"', 'unit = "care group"\njob_plan_grades = []', "values.job_plan_grades", "Nobody would"),
        (
            'unit = "care group"',
            'unit = "care group"\nhearing_agenda = "x"',
            "values.hearing_agenda",
            "A list is needed",
        ),
        (
            '{ at = "+1 day", do = "escalate", to = ["medical_director", "medical_directorate"] }',
            '{ at = "+1 day", do = "escalate", to = [] }',
            "deadlines.mediation_meeting.ladder, rung 3",
            "“Mediation meeting”: Nobody would get the message of 1 day after. Say who gets it, or take it out.",
        ),
    ],
)
def test_a_policy_with_a_hole_is_refused_where_it_says_so(old: str, new: str, element: str, sentence: str) -> None:
    (found,) = policy((old, new))
    assert found.element == element
    assert found.sentence.startswith(sentence)
    assert found.line > 0


def test_reminders_of_every_deadline_that_reach_nobody_are_told_once_where_they_are_said() -> None:
    ladders = '[ladders]\nmust = [{ at = "-7 days", do = "remind", to = [] }]\nodd = 5\n\n[deadlines.annual_review]'
    (found,) = policy(("[deadlines.annual_review]", ladders))
    assert found.element == "ladders.must, rung 1"
    assert found.sentence == "Nobody would get the message of 7 days before. Say who gets it, or take it out."


def test_what_a_trust_inherits_is_told_of_the_policy_that_says_it() -> None:
    national = "policies/national_england.toml"
    files = {
        **FILES,
        national: edited(FILES[national], ('panel_list = ["NHS Employers", "BMA", "BDA"]', "panel_list = []")),
    }
    assert [(one.file, one.element) for one in check(files)] == [(national, "bodies.panel_list")]


RIGHTS = '[studio]\napprove = ["process_owner", "practitioner"]\n\n[bodies]'


def test_rights_that_nobody_should_have_are_remarked_on_and_refused_by_nothing() -> None:
    files = {**FILES, CUMBRIA: edited(FILES[CUMBRIA], ("[bodies]", RIGHTS))}
    assert check(files) == []
    found = remarks(files)
    assert {(one.file, one.element) for one in found} == {(CUMBRIA, "studio.approve")}
    everybody, both = (one.sentence for one in found)
    assert everybody == (
        "Everybody who has the role “Practitioner” in any case may approve changes of the processes. Is that meant?"
    )
    assert both == (
        "“Process owner” may change processes and approve changes. Nobody approves a change of their own, but then"
        " nobody from outside looks at it."
    )


def test_two_roles_of_one_title_are_remarked_on() -> None:
    files = {
        **FILES,
        CUMBRIA: edited(
            FILES[CUMBRIA],
            ('service_manager = "Service Manager"\nnursing', 'service_manager = "clinical manager"\nnursing'),
        ),
    }
    assert [one.sentence for one in remarks(files)] == [
        "Two roles are called “clinical manager”: `clinical_manager` and `service_manager`."
    ]


def test_the_policies_that_ship_are_remarked_on_nowhere() -> None:
    assert remarks(FILES) == []
