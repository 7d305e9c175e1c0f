"""How long the stages take: middles of days, and silence where too little is known."""

from datetime import date, timedelta

import pytest

from workflows.domain.stage_times import ENOUGH, Took, expected, figures

DAY = date(2027, 3, 1)


def took(*days: int, promised: int = 28, name: str = "mediation_meeting") -> list[Took]:
    return [Took(name, "mediation", promised, each, DAY + timedelta(days=number)) for number, each in enumerate(days)]


def test_what_is_usual_is_the_middle_and_says_since_when_and_how_many_were_late() -> None:
    [figure] = figures(took(20, 40, 28, 35)).values()
    assert (figure.promised, figure.took, figure.cases, figure.late, figure.since) == (28, 31.5, 4, 2, DAY)


def test_limits_are_told_apart_by_name() -> None:
    found = figures([*took(20), *took(-9, promised=-7, name="statements")])
    assert {name: one.took for name, one in found.items()} == {"mediation_meeting": 20, "statements": -9}
    assert found["statements"].late == 0, "nine days before is earlier than seven"


def test_nothing_is_figured_of_nothing() -> None:
    assert figures([]) == {}


@pytest.mark.parametrize(("cases", "day"), [(ENOUGH - 1, None), (ENOUGH, date(2027, 4, 5))])
def test_under_ten_cases_nothing_is_expected(cases: int, day: date | None) -> None:
    figure = figures(took(*[35] * cases))["mediation_meeting"]
    assert expected(figure, DAY) == day


def test_of_what_has_never_happened_nothing_is_expected() -> None:
    assert expected(None, DAY) is None
