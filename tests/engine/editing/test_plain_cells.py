"""Cells of decision tables without quotation marks, and what is meant by them."""

import pytest

from workflows.engine.cells import Column
from workflows.engine.editing.plain_cells import meant, plain, ticked

ASKS, ANSWERS = Column("Kind", "string", answers=False), Column("It is", "string", answers=True)
DAY, NUMBER = Column("On", "date", answers=False), Column("How many", "number", answers=False)


@pytest.mark.parametrize(
    ("column", "cell", "shown"),
    [
        (ASKS, '"annual"', "annual"),
        (ASKS, '"annual", "interim"', "annual, interim"),
        (ANSWERS, '"inside, or nearly"', "inside, or nearly"),
        (ANSWERS, '"not known"', "not known"),
        (ANSWERS, '"(none)"', "(none)"),
        (DAY, '>= "2027-03-31"', ">= 2027-03-31"),
        (NUMBER, "[5..12]", "[5..12]"),
        (ASKS, "-", "-"),
        (ASKS, "", ""),
    ],
)
def test_a_cell_is_shown_without_quotation_marks_and_read_back_as_it_was(column: Column, cell: str, shown: str) -> None:
    assert plain(column, cell) == shown
    assert meant(column, shown) == cell


@pytest.mark.parametrize("cell", ['"one, two"', '"one, two", "three"', '"not known"', 'not("annual")', '"<b>"', '" "'])
def test_what_could_not_be_read_back_keeps_its_quotation_marks(cell: str) -> None:
    assert plain(ASKS, cell) == cell
    assert meant(ASKS, cell) == cell


@pytest.mark.parametrize("typed", [">= 10", "[5..12]", 'not("annual")', '"annual"', "-"])
def test_what_is_no_plain_text_is_left_to_the_check(typed: str) -> None:
    assert meant(ASKS, typed) == typed


KEPT = Column(
    "Kind", "string", answers=False, options=(("course_abroad", "Course abroad"), ("other", "Other, or none"))
)


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("Course abroad", '"course_abroad"'),
        ("course_abroad, Other", '"course_abroad", "Other"'),
        ("other, or none", '"other"'),
        ('"Course abroad", "other"', '"course_abroad", "other"'),
        ("Holiday", '"Holiday"'),
    ],
)
def test_the_words_of_an_answer_are_taken_as_its_key(typed: str, cell: str) -> None:
    assert meant(KEPT, typed) == cell


@pytest.mark.parametrize(
    ("cell", "keys"),
    [("-", []), ("", []), ('"other"', ["other"]), ('"Course abroad"', ["course_abroad"]), ('"Holiday"', None),
     ('!= "other"', None), ("null", None)],
)  # fmt: skip
def test_a_cell_is_some_of_the_answers_or_says_something_else(cell: str, keys: list[str] | None) -> None:
    assert ticked(KEPT, cell) == keys
