"""Answers: what counts as one, and what is said about the rest."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.factories import DR_ADEYEMI, DR_SHAH
from workflows.domain.errors import BadValues
from workflows.domain.fields import FIELD_TYPES, Field, check_values, faults

OPTIONS = (("in_person", "In person"), ("remote", "Remote"))
PEOPLE = frozenset({DR_SHAH, DR_ADEYEMI})


def field(type: str, **more: Any) -> Field:  # noqa: A002 - it is one
    return Field("answer", type, "What do you say?", **more)


def checked(asked: Field, value: object) -> object:
    return check_values([asked], {"answer": value}, PEOPLE)["answer"]


def refusal(asked: Field, value: object) -> str:
    with pytest.raises(BadValues) as caught:
        checked(asked, value)
    return caught.value.problems["answer"]


@pytest.mark.parametrize(
    ("asked", "value", "kept"),
    [
        (field("text"), "  A line ", "A line"),
        (field("long_text"), "One\r\nTwo", "One\nTwo"),
        (field("date"), date(2027, 3, 3), "2027-03-03"),
        (field("date"), "2027-03-03", "2027-03-03"),
        (field("time"), time(9, 30), "09:30"),
        (field("time"), "09:30", "09:30"),
        (field("number"), 3, 3),
        (field("number"), 3.0, 3),
        (field("number"), Decimal("2.5"), 2.5),
        (field("number"), Fraction(1, 4), 0.25),
        (field("number"), "2.5", 2.5),
        (field("yes_no"), False, False),
        (field("choice", options=OPTIONS), "remote", "remote"),
        (field("several", options=OPTIONS), ["remote", "in_person"], ["in_person", "remote"]),
        (field("person"), DR_SHAH, DR_SHAH),
        (field("people"), [DR_ADEYEMI, DR_SHAH, DR_ADEYEMI], [DR_ADEYEMI, DR_SHAH]),
    ],
)
def test_an_answer_is_kept_as_json(asked: Field, value: object, kept: object) -> None:
    found = checked(asked, value)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(
    ("asked", "value", "sentence"),
    [
        (field("text"), "a" * 301, "“What do you say?” must be 300 characters or fewer; it has 301."),
        (field("long_text"), "a" * 20_001, "“What do you say?” must be 20,000 characters or fewer; it has 20,001."),
        (field("text"), "one\ntwo", "“What do you say?” must be a single line."),
        (field("text"), 7, "“What do you say?” must be text."),
        (field("text"), "nul\0", "“What do you say?” has a character that cannot be kept."),
        (field("text"), "half \ud83d", "“What do you say?” has a character that cannot be kept."),
        (field("date"), "31 February", "“What do you say?” must be a real date."),
        (field("date"), "2027-02-30", "“What do you say?” must be a real date."),
        (field("date"), datetime(2027, 3, 3, tzinfo=UTC), "“What do you say?” must be a real date."),
        (field("date"), date(27, 3, 3), "“What do you say?” must have a year from 1900 to 2199."),
        (field("time"), "25:00", "“What do you say?” must be a real time, such as 09:30."),
        (field("number"), "many", "“What do you say?” must be a number."),
        (field("number"), True, "“What do you say?” must be a number."),
        (field("number"), float("nan"), "“What do you say?” must be a number."),
        (field("number"), float("inf"), "“What do you say?” must be a number."),
        (field("number", minimum=Fraction(3, 2)), 1, "“What do you say?” must be 1.5 or more."),
        (field("number", maximum=Fraction(1, 10)), 0.11, "“What do you say?” must be 0.1 or less."),
        (field("number"), "1e999999999", "“What do you say?” must have 12 digits or fewer."),
        (field("number"), "1e-999999999", "“What do you say?” must have 12 digits or fewer."),
        (field("yes_no"), "yes", "“What do you say?” must be answered with yes or no."),
        (field("choice", options=OPTIONS), "by post", "“What do you say?” must be one of the options."),
        (field("several", options=OPTIONS), ["by post"], "“What do you say?” must be some of the options."),
        (field("several", options=OPTIONS), [["remote"]], "“What do you say?” must be some of the options."),
        (field("person"), 99, "“What do you say?” must name somebody from the list."),
        (field("person"), True, "“What do you say?” must name somebody from the list."),
        (field("people"), [DR_SHAH, 99], "“What do you say?” must name somebody from the list."),
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(asked: Field, value: object, sentence: str) -> None:
    assert refusal(asked, value) == sentence


def test_exactly_a_tenth_is_within_a_limit_of_a_tenth() -> None:
    assert checked(field("number", maximum=Fraction(1, 10), minimum=Fraction(1, 10)), 0.1) == 0.1


@pytest.mark.parametrize("type_", FIELD_TYPES)
@pytest.mark.parametrize("empty", [None, "", "  ", []])
def test_a_required_field_needs_an_answer(type_: str, empty: object) -> None:
    assert refusal(field(type_, options=OPTIONS, required=True), empty) == "“What do you say?” needs an answer."


def test_no_is_an_answer() -> None:
    assert checked(field("yes_no", required=True), False) is False
    assert checked(field("number", required=True), 0) == 0


def test_what_is_left_empty_is_none_or_an_empty_list() -> None:
    fields = [Field("grounds", "text", "Why?"), Field("who", "people", "Who?")]
    assert check_values(fields, {}) == {"grounds": None, "who": []}


def test_an_answer_that_nobody_asked_for_is_refused() -> None:
    with pytest.raises(BadValues, match="“salary” is not asked for here"):
        check_values([field("text")], {"answer": "yes", "salary": 1})


def test_every_wrong_field_is_told_at_once() -> None:
    fields = [Field("a", "date", "When?"), Field("b", "text", "Why?", required=True), Field("c", "text", "What?")]
    with pytest.raises(BadValues) as caught:
        check_values(fields, {"a": "never", "c": "this"})
    assert caught.value.problems == {"a": "“When?” must be a real date.", "b": "“Why?” needs an answer."}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(FIELD_TYPES)), JSON)
def test_whatever_is_sent_is_kept_or_refused_and_what_is_kept_is_kept_again(type_: str, value: object) -> None:
    asked = field(type_, options=OPTIONS)
    try:
        kept = checked(asked, value)
    except BadValues:
        assert refusal(asked, value)
    else:
        assert checked(asked, kept) == kept


def test_a_field_drawn_well_has_no_fault() -> None:
    assert faults(field("number", minimum=Fraction(0), maximum=Fraction(10))) == []
    assert faults(field("choice", options=OPTIONS)) == []


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ({"type": "colour"}, "wants `colour`, which is no kind of answer"),
        ({"key": "two words"}, "needs a name"),
        ({"label": " "}, "has no words"),
        ({"type": "choice"}, "has no answers to choose from"),
        ({"options": OPTIONS}, "offers no choice"),
        ({"type": "choice", "options": (*OPTIONS, ("remote", "Far"))}, "an answer twice"),
        ({"type": "choice", "options": (("diary", "The diary"), ("diary_2", "the  diary"))}, "“the diary” twice"),
        ({"minimum": Fraction(1)}, "is no number"),
        ({"type": "number", "minimum": Fraction(2), "maximum": Fraction(1)}, "is more than “At most”"),
    ],
)
def test_a_field_drawn_badly_is_told_of(drawn: Mapping[str, Any], words: str) -> None:
    drawing: dict[str, Any] = {"key": "answer", "type": "text", "label": "What?"} | dict(drawn)
    assert [words in fault for fault in faults(Field(**drawing))] == [True]


TODAY = date(2027, 3, 3)
HELD = Field("held", "date", "When was it held?", latest="today")
BOOKED = Field("booked", "date", "When will you meet?", earliest="today")
IN_MARCH = Field("day", "date", "Which day?", earliest="2027-03-01", latest="2027-03-31")


@pytest.mark.parametrize(
    ("asked", "value", "sentence"),
    [
        (HELD, "2027-03-04", "“When was it held?” must not be in the future."),
        (BOOKED, "2027-03-02", "“When will you meet?” must not be in the past."),
        (IN_MARCH, "2027-02-28", "“Which day?” must not be before 2027-03-01."),
        (IN_MARCH, "2027-04-01", "“Which day?” must not be after 2027-03-31."),
    ],
)
def test_a_date_outside_its_limits_is_refused(asked: Field, value: str, sentence: str) -> None:
    with pytest.raises(BadValues) as refused:
        check_values([asked], {asked.key: value}, today=TODAY)
    assert refused.value.problems == {asked.key: sentence}


@pytest.mark.parametrize("asked", [HELD, BOOKED, IN_MARCH])
def test_today_is_neither_past_nor_future_and_no_answer_is_neither(asked: Field) -> None:
    assert check_values([asked], {asked.key: TODAY}, today=TODAY) == {asked.key: "2027-03-03"}
    assert check_values([asked], {}, today=TODAY) == {asked.key: None}


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ({"type": "text", "latest": "today"}, "has limits that are dates, but its answer is no date"),
        ({"type": "date", "earliest": "2027-03-02", "latest": "2027-03-01"}, "is more than “At most”"),
    ],
)
def test_limits_of_dates_drawn_badly_are_told_of(drawn: Mapping[str, Any], words: str) -> None:
    assert [words in fault for fault in faults(Field(key="day", label="Which day?", **drawn))] == [True]
    assert faults(IN_MARCH) == faults(HELD) == []


REASON = (
    Field("answer", "choice", "Do you agree?", required=True, options=(("agree", "Yes"), ("object", "No"))),
    Field("reason", "long_text", "Why not?", when=("answer", ("object",))),
)


def test_a_reason_is_needed_only_with_the_answer_that_asks_for_it() -> None:
    assert check_values(REASON, {"answer": "agree"}) == {"answer": "agree", "reason": None}
    with pytest.raises(BadValues) as refused:
        check_values(REASON, {"answer": "object", "reason": "  "})
    assert refused.value.problems == {"reason": "“Why not?” needs an answer."}


def test_yes_and_no_can_ask_for_a_reason_too() -> None:
    fields = (Field("late", "yes_no", "Late?"), Field("why", "text", "Why?", when=("late", ("yes",))))
    assert check_values(fields, {"late": False}) == {"late": False, "why": None}
    with pytest.raises(BadValues):
        check_values(fields, {"late": True})


def test_a_field_is_required_always_or_with_an_answer_not_both() -> None:
    both = Field("why", "text", "Why?", required=True, when=("late", ("yes",)))
    assert any("not both" in fault for fault in faults(both))
