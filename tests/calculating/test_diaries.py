"""What a diary comes to by a policy, and by which figures where the policy is older than rotas are."""

from datetime import date, timedelta
from fractions import Fraction

from workflows.calculating.diaries import availability_on, diary_weeks, worth

FIRST, A_DAY = date(2027, 3, 1), timedelta(days=1)


def test_a_release_from_before_there_were_rotas_goes_by_the_national_figures() -> None:
    old = {"weeks_in_year": 52}
    assert diary_weeks(old) == 10
    assert availability_on(old, FIRST).weekdays == 209
    found = worth(old, [], first=FIRST, last=FIRST + 13 * A_DAY, doctors=3, routine_emergencies=False)
    assert (found.hours_per_pa, found.share.pas) == (Fraction(3), Fraction(0))
