"""How long personal text is kept."""

from datetime import date

import pytest

from workflows.domain.policy import read_policy
from workflows.domain.retention import Retention, is_text, read, years_before
from workflows.releases import shipped_files

RULES = Retention(case_years=6, person_years=6, post_years=2, verified=False)


@pytest.mark.parametrize("policy", ["cumbria", "blackpool"])
def test_the_shipped_policies_have_rules_that_say_that_no_source_was_read(policy: str) -> None:
    assert read(read_policy(policy, shipped_files(policy)).values) == RULES


def test_a_policy_without_rules_erases_nothing() -> None:
    assert read({}) is None


@pytest.mark.parametrize("wrong", [0, -1, 1.5, "6", True, None])
def test_a_period_is_a_whole_number_of_years(wrong: object) -> None:
    with pytest.raises(ValueError, match="case_years"):
        read({"retention": {"case_years": wrong, "person_years": 6, "post_years": 2}})


def test_years_are_counted_by_the_calendar() -> None:
    assert RULES.cases_closed_by(date(2033, 3, 1)) == date(2027, 3, 1)
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)


def test_words_of_people_are_text_and_what_was_drawn_is_not() -> None:
    assert all(is_text("grounds", kind) for kind in ("text", "long_text", "rows", "mapping", "list", "something_new"))
    assert not any(is_text("outcome", kind) for kind in ("date", "number", "choice", "people", "plan"))
    assert not is_text("year", "text")
