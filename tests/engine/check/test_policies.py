"""Policies: the clauses that they name, and words that a page can show; a draft is asked the same as a file."""

from collections.abc import Mapping

import pytest

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, edited
from workflows.engine.check import Problem, check
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
    assert found.sentence == "There is no clause “CPFT-7.5-aa”. Did you mean “CPFT-7.5-a”?"


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
