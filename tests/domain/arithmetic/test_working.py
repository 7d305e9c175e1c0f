"""How figures are written: for a sentence, and for machines."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.arithmetic.lines import pas
from workflows.domain.arithmetic.working import PA, Figure, Working, counted, exactly, plainly


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("4", "4"),
        ("0", "0"),
        ("1.25", "1.25"),
        ("-0.5", "-0.5"),
        ("10.050", "10.05"),
        ("4/3", "1.333 (4/3)"),
        ("-2/3", "-0.667 (-2/3)"),
        ("1/16", "0.062 (1/16)"),
        ("1999/2000", "1 (1999/2000)"),
    ],
)
def test_a_figure_in_a_sentence_is_short_and_loses_nothing(value: str, words: str) -> None:
    assert plainly(pas(value)) == words


@given(st.fractions(-100, 100, max_denominator=10_000))
def test_what_a_sentence_says_is_the_figure(value: Fraction) -> None:
    short, _, exact = plainly(value).partition(" (")
    assert Fraction(exact.rstrip(")") if exact else short) == value
    assert abs(Fraction(short) - value) <= Fraction(1, 2000)


def test_a_figure_for_machines_is_exact_and_has_three_decimals() -> None:
    assert exactly(Fraction(8, 3)) == {"exact": "8/3", "decimal": 2.667}
    figure = Figure(Fraction(1), PA, (Working("Four hours", Fraction(1), PA),), "Agreed.")
    assert figure.to_json() == {
        "exact": "1",
        "decimal": 1.0,
        "unit": "PA",
        "working": [{"words": "Four hours", "exact": "1", "decimal": 1.0, "unit": "PA"}],
        "note": "Agreed.",
    }


def test_nouns_agree_with_their_number() -> None:
    assert [counted(Fraction(number), "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert counted(Fraction(2), "entry") == "2 entries"
