"""Clock time to PAs: the plain window, midnight, public holidays, premium by agreement, by own choice."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.arithmetic.lines import (
    BLACKPOOL,
    CONTRACTS,
    DAYS,
    MINUTES,
    NATIONAL,
    PREMIUMS,
    clock,
    pas,
    terms_of,
)
from tests.domain.factories import policy
from workflows.domain.arithmetic.terms import NoTerms, Terms, TermsUnfit, terms
from workflows.domain.arithmetic.times import AGREED, NOT_SAID, OWN_CHOICE, following, pas_of, pieces

CHRISTMAS = date(2028, 12, 25)  # a Monday
BOXING_DAY = date(2028, 12, 26)


def value(day: str, start: str, end: str, premium: str = AGREED, held: Terms = BLACKPOOL) -> Fraction:
    return sum((line.value for line in pas_of(day, start, end, premium, held)), Fraction(0))


@pytest.mark.clause("BTH-3.2.2")
@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [("09:00", "13:00", "1"), ("09:00", "11:00", "1/2"), ("13:00", "18:00", "5/4"), ("09:00", "09:01", "1/240")],
)
def test_four_plain_hours_are_one_pa_and_parts_of_them_count_exactly(start: str, end: str, expected: str) -> None:
    assert value("monday", start, end) == pas(expected)


@pytest.mark.clause("BTH-3.2.2")
def test_three_parts_of_a_morning_come_to_the_whole_of_it() -> None:
    parts = [("09:00", "10:20"), ("10:20", "11:40"), ("11:40", "13:00")]
    assert [value("tuesday", *part) for part in parts] == [Fraction(1, 3)] * 3
    assert sum(value("tuesday", *part) for part in parts) == value("tuesday", "09:00", "13:00") == 1


@pytest.mark.clause("BTH-3.2.8")
@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        ("monday", "04:00", "07:00", "1"),  # up to seven
        ("monday", "07:00", "11:00", "1"),  # from seven on
        ("friday", "15:00", "19:00", "1"),  # up to seven in the evening
        ("friday", "19:00", "22:00", "1"),  # from seven in the evening on
        ("wednesday", "17:00", "22:00", "3/2"),  # 2 h plain and 3 h premium
        ("saturday", "09:00", "12:00", "1"),
        ("sunday", "09:00", "15:00", "2"),
        ("monday", "20:00", "04:00", "8/3"),  # over midnight: 4 h and 4 h premium
        ("thursday", "22:00", "08:00", "13/4"),  # 2 h and 7 h premium, then 1 h plain
        ("friday", "18:00", "10:00", "21/4"),  # 1 h plain, 5 h and all of Saturday's 10 h premium
        ("sunday", "23:00", "08:00", "35/12"),  # Monday from seven on is plain
        ("monday", "09:00", "09:00", "7"),  # a whole day and night: 12 h plain and 12 h premium
    ],
)
def test_time_outside_seven_to_seven_and_at_weekends_is_three_hours_a_pa(
    day: str, start: str, end: str, expected: str
) -> None:
    assert value(day, start, end) == pas(expected)


@pytest.mark.clause("BTH-3.2.8")
def test_a_public_holiday_is_premium_time_and_the_day_after_it_is_not() -> None:
    ordinary = pas_of("monday", "09:00", "12:00", AGREED, BLACKPOOL, holidays=[BOXING_DAY], on=CHRISTMAS)
    holiday = pas_of("monday", "09:00", "12:00", AGREED, BLACKPOOL, holidays=[CHRISTMAS], on=CHRISTMAS)
    assert ([line.value for line in ordinary], [line.value for line in holiday]) == ([pas("3/4")], [pas(1)])
    assert holiday[0].words == "Monday, a public holiday, 09:00 to 12:00: 3 h premium at 3 h a PA"


@pytest.mark.clause("BTH-3.2.8")
def test_a_night_into_a_public_holiday_is_parted_at_midnight() -> None:
    parts = pieces("sunday", "20:00", "10:00", BLACKPOOL, holidays=[CHRISTMAS], on=date(2028, 12, 24))
    assert [(part.day, part.hours, part.premium, part.holiday) for part in parts] == [
        ("sunday", pas(4), True, False),
        ("monday", pas(10), True, True),
    ]


@pytest.mark.clause("BTH-3.4.3-b")
def test_premium_time_that_nobody_has_agreed_is_four_hours_a_pa() -> None:
    assert value("saturday", "08:00", "20:00", NOT_SAID) == 3
    assert value("saturday", "08:00", "20:00", AGREED) == 4
    line = pas_of("saturday", "08:00", "20:00", NOT_SAID, BLACKPOOL)[0]
    assert line.words == "Saturday 08:00 to 20:00: 12 h premium that nobody has agreed at 4 h a PA"


def test_where_a_policy_asks_for_no_agreement_premium_time_needs_none() -> None:
    assert value("saturday", "08:00", "20:00", NOT_SAID, NATIONAL) == 4


@pytest.mark.clause("BTH-3.4.3-c")
def test_premium_time_by_the_doctors_own_choice_is_four_hours_a_pa() -> None:
    assert value("monday", "19:00", "23:00", OWN_CHOICE) == 1
    assert value("monday", "17:00", "21:00", OWN_CHOICE) == 1
    assert "premium by own choice at 4 h" in pas_of("monday", "19:00", "23:00", OWN_CHOICE, BLACKPOOL)[0].words


def test_until_april_2004_premium_time_was_four_hours_a_pa() -> None:
    before, since = (terms_of(on=day) for day in (date(2004, 3, 31), date(2004, 4, 1)))
    assert [value("sunday", "08:00", "20:00", AGREED, held) for held in (before, since)] == [3, 4]


def test_under_the_sas_contract_of_2021_plain_time_ends_at_nine() -> None:
    held = terms_of(contract="sas_2021")
    assert value("monday", "19:00", "23:00", AGREED, held) == Fraction(2, 4) + Fraction(2, 3)
    assert not held.verified


def test_a_line_without_a_fixed_day_is_on_a_weekday() -> None:
    assert value("", "17:00", "22:00") == Fraction(3, 2)
    assert pieces("", "17:00", "18:00", BLACKPOOL)[0].when == "A weekday 17:00 to 18:00"


@given(DAYS, MINUTES, st.integers(2, 24 * 60), st.data(), PREMIUMS, CONTRACTS)
def test_splitting_a_stretch_anywhere_never_changes_its_value(
    day: str, start: int, length: int, data: st.DataObject, premium: str, contract: str
) -> None:
    held = terms_of(contract=contract)
    at = data.draw(st.integers(1, length - 1))
    whole = value(day, clock(start), clock(start + length), premium, held)
    next_day = start + at >= 24 * 60
    first = value(day, clock(start), clock(start + at), premium, held)
    rest = value(following(day) if next_day else day, clock(start + at), clock(start + length), premium, held)
    assert first + rest == whole


@given(
    st.dates(date(2027, 1, 1), date(2029, 12, 30)), MINUTES, st.integers(2, 24 * 60), st.data(), st.booleans(), PREMIUMS
)
def test_splitting_a_dated_stretch_never_changes_its_value_with_holidays_about(
    on: date, start: int, length: int, data: st.DataObject, eve: bool, premium: str
) -> None:
    holiday = [on if eve else date.fromordinal(on.toordinal() + 1)]
    at = data.draw(st.integers(1, length - 1))

    def dated(begins: int, ends: int) -> Fraction:
        day = date.fromordinal(on.toordinal() + begins // (24 * 60))
        lines = pas_of("", clock(begins), clock(ends), premium, BLACKPOOL, holidays=holiday, on=day)
        return sum((line.value for line in lines), Fraction(0))

    assert dated(start, start + at) + dated(start + at, start + length) == dated(start, start + length)


@given(DAYS, MINUTES, MINUTES)
def test_the_pieces_of_a_stretch_are_its_hours(day: str, start: int, end: int) -> None:
    parts = pieces(day, clock(start), clock(end), BLACKPOOL)
    assert sum(part.hours for part in parts) == Fraction((end - start - 1) % (24 * 60) + 1, 60)


def test_a_contract_that_the_policy_does_not_know_is_refused() -> None:
    with pytest.raises(NoTerms, match="sas_1066"):
        terms(policy("blackpool").values, "sas_1066", date(2027, 4, 1))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"plain_hours_per_pa": "four"}, "four"),
        ({"plain_hours_per_pa": 0}, "plain_hours_per_pa must be more than nothing"),
        ({"weeks_in_attendance": -42}, "weeks_in_attendance must be more than nothing"),
        ({"plain_until": "7 pm"}, "plain_until must be a time such as 07:00"),
        ({"plain_from": "20:00"}, "plain_from must not be after plain_until"),
        ({"plain_days": ["monday", "mittwoch"]}, "mittwoch is none"),
        ({"since": [{"premium_hours_per_pa": 3}]}, "from is missing"),
        ({"since": [{"from": "soon"}]}, "soon"),
    ],
)
def test_terms_that_make_no_sense_are_refused(wrong: dict[str, object], says: str) -> None:
    values = {**policy("blackpool").values, "contracts": {"local": {"title": "Local", **wrong}}}
    with pytest.raises(TermsUnfit, match=says):
        terms(values, "local", date(2027, 4, 1))


def test_terms_with_a_figure_missing_are_refused_and_say_which() -> None:
    values = {key: value for key, value in policy("blackpool").values.items() if key != "hours_limit"}
    with pytest.raises(TermsUnfit, match="hours_limit is missing"):
        terms(values, "local", date(2027, 4, 1))
