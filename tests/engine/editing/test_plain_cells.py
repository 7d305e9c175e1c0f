"""Cells of decision tables without quotation marks, and what is meant by them."""

import pytest

from workflows.engine.cells import Column
from workflows.engine.editing.plain_cells import meant, plain

ASKS, ANSWERS = Column("Kind", "string", answers=False), Column("It is", "string", answers=True)
DAY, NUMBER = Column("On", "date", answers=False), Column("How many", "number", answers=False)


@pytest.mark.parametrize(
    ("column", "cell", "shown"),
    [
        (ASKS, '"annual"', "annual"),
        (ASKS, '"annual", "interim"', "annual, interim"),
        (ANSWERS, '"inside, or nearly"', "inside, or nearly"),
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
