"""What a diary comes to by a policy, and by which figures where the policy is older than rotas are."""

from datetime import date, time, timedelta
from fractions import Fraction

from workflows.calculating import rules
from workflows.calculating.diaries import availability_on, diary_weeks, worth
from workflows.domain.arithmetic.on_call_diary import Entry

FIRST, A_DAY = date(2027, 3, 1), timedelta(days=1)


def test_a_release_from_before_there_were_rotas_goes_by_the_national_figures() -> None:
    old = {"weeks_in_year": 52}
    assert diary_weeks(old) == 10
    assert availability_on(old, FIRST).weekdays == 209
    found = worth(old, [], first=FIRST, last=FIRST + 13 * A_DAY, doctors=3, routine_emergencies=False)
    assert (found.hours_per_pa, found.share.pas) == (Fraction(3), Fraction(0))


def test_the_work_of_a_team_is_divided_among_its_doctors_with_every_line_of_the_working() -> None:
    values = rules.shipped("blackpool").values
    kept = [
        Entry(FIRST, time(20), time(22), predictable=False),
        Entry(FIRST, time(9), time(10), predictable=False, in_pa=True),
    ]
    found = worth(values, kept, first=FIRST, last=FIRST + 6 * A_DAY, doctors=3, routine_emergencies=False)
    assert found.share.pas == Fraction(2, 5) / 3 * 261 / 209 * 5 / 3
    words = {line.words: line.value for line in found.working}
    assert words["Left out, as it was inside a timetabled PA"] == 1
    assert words["Unpredictable work: method 1: weekdays and weekends together"] == found.share.pas
    assert words["Unpredictable work: method 2: weekdays and weekends together"] == found.share.pas
    assert list(words)[-1] == "Unpredictable and predictable work together"
