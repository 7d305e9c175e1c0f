"""Due dates, their reasons, and what time then does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.factories import CALENDAR, policy, rule
from workflows.domain.calendars import Calendar, in_words
from workflows.domain.deadlines import (
    AlreadyStopped,
    Change,
    DeadlineRule,
    Kind,
    Length,
    NoReason,
    NotALength,
    NotLater,
    PauseBackwards,
    Reckoning,
    Rung,
    check_change,
    plan_firings,
    reckon,
)

MARCH_1 = date(2027, 3, 1)
MARCH_29 = date(2027, 3, 29)


def reckoned(rule: DeadlineRule, start: date = MARCH_1, *changes: Change) -> Reckoning:
    return reckon(rule, start, "", CALENDAR, changes)


def extended(to_on: date, reason: str = "The trust was in major incident") -> Change:
    return Change("extension", None, to_on, reason, "Dr Morgan", date(2027, 3, 20))


def paused(from_on: date, to_on: date | None, reason: str = "sick leave.") -> Change:
    return Change("pause", from_on, to_on, reason, "Dr Morgan", from_on)


@pytest.mark.clause("CPFT-7.5-a")
def test_28_days_from_1_march_are_due_at_the_end_of_29_march() -> None:
    due = reckoned(policy("cumbria").deadline("sign_off"))
    assert due.due_on == MARCH_29
    assert due.due_at == datetime(2027, 3, 29, 23, tzinfo=UTC)  # summer time has begun on the 28th
    assert not due.is_past(due.due_at - timedelta(microseconds=1))
    assert due.is_past(due.due_at)


@pytest.mark.clause("CPFT-7.5-a")
def test_signatures_show_overdue_on_day_29_and_go_to_the_amd_that_morning() -> None:
    signing = policy("cumbria").deadline("sign_off")
    due = reckoned(signing)
    mornings = [datetime(2027, 3, day, 9, tzinfo=UTC) for day in (28, 29, 30)]
    assert [due.is_past(morning) for morning in mornings] == [False, False, True]
    last = plan_firings(signing, due)[-1]
    assert (last.kind, last.at) == ("escalate", datetime(2027, 3, 30, 6, tzinfo=UTC))
    assert signing.ladder[last.rung - 1].to == ("amd",)


@pytest.mark.clause("CPFT-7.4.3")
def test_an_interim_plan_is_due_a_month_after_the_start_with_reminders_before() -> None:
    interim = policy("cumbria").deadline("interim_plan")
    due = reckoned(interim, date(2027, 1, 31))
    assert due.due_on == date(2027, 2, 28)
    assert [firing.kind for firing in plan_firings(interim, due)] == ["remind", "remind", "remind", "due", "escalate"]
    assert "That month has no day 31, so its last day counts." in due.lines


@pytest.mark.clause("CPFT-6.5-a")
def test_individual_plans_are_due_on_the_date_that_the_amd_agreed() -> None:
    agreed = policy("cumbria").deadline("individual_plan")
    due = reckoned(agreed, date(2027, 4, 30))
    assert due.due_on == date(2027, 4, 30)
    reminders = [firing.at.date() for firing in plan_firings(agreed, due) if firing.kind == "remind"]
    assert reminders == [date(2027, 3, 30), date(2027, 4, 16), date(2027, 4, 23)]


@pytest.mark.clause("BTH-3.4.1.4-a")
def test_the_specialty_meeting_falls_7_to_14_days_before_the_first_individual_meeting() -> None:
    window = reckoned(policy("blackpool").deadline("team_meeting"), date(2027, 3, 15))
    assert (window.opens_on, window.due_on) == (MARCH_1, date(2027, 3, 8))
    assert window.lines[1] == (
        "The time for it is 14 days to 7 days before then: from 1 March 2027 to 8 March 2027 (BTH-3.4.1.4-a: normally)."
    )


@pytest.mark.clause("CPFT-7.6.4-a")
def test_the_next_timetable_is_due_a_year_after_the_last() -> None:
    assert reckoned(policy("cumbria").deadline("timetable_issue")).due_on == date(2028, 3, 1)


@pytest.mark.clause("CPFT-7.7.1", "BTH-2-b")
@pytest.mark.parametrize("trust", ["cumbria", "blackpool"])
def test_a_review_is_due_a_year_after_the_last(trust: str) -> None:
    assert reckoned(policy(trust).deadline("annual_review"), date(2028, 2, 29)).due_on == date(2029, 2, 28)


@pytest.mark.clause("TCS-4-h")
def test_statements_are_due_seven_days_before_the_hearing() -> None:
    assert reckoned(policy("cumbria").deadline("statements"), date(2027, 3, 15)).due_on == date(2027, 3, 8)


@pytest.mark.clause("BTH-3.4.15-II-a")
def test_three_months_of_notice_run_out_before_the_day_on_which_the_offer_takes_effect() -> None:
    notice = reckoned(policy("blackpool").deadline("extra_pa_notice"))
    assert notice.due_on == date(2027, 6, 1)
    assert notice.due_at == datetime(2027, 5, 31, 23, tzinfo=UTC)
    assert notice.lines[-1] == "It can take effect on Tuesday 1 June 2027 at the earliest."


@pytest.mark.parametrize(
    ("length", "due"),
    [
        ("2 weeks", date(2027, 3, 15)),
        ("1 year", date(2028, 3, 1)),
        ("5 working days", date(2027, 3, 8)),
        ("21 working days", date(2027, 4, 1)),
    ],
)
def test_lengths_are_counted_in_their_own_units(length: str, due: date) -> None:
    assert reckoned(rule(length=length)).due_on == due


def test_the_bank_holidays_that_were_left_out_are_named() -> None:
    lines = reckoned(rule(length="21 working days")).lines
    assert lines[2] == ("Saturdays and Sundays, and the bank holidays of 26 March 2027, 29 March 2027 are not counted.")


@pytest.mark.parametrize("text", ["28", "28 Days", "days", "1.5 days", "28  days", "1000 days", "P28D", ""])
def test_what_is_no_length_is_refused_in_words(text: str) -> None:
    with pytest.raises(NotALength, match="is not a length of time"):
        Length.parse(text)


@pytest.mark.parametrize("text", ["28 days", "1 day", "2 weeks", "1 month", "5 working days", "-7 days"])
def test_a_length_reads_as_it_was_written(text: str) -> None:
    assert str(Length.parse(text)) == text


def test_a_doctor_can_read_why_the_date_is_what_it_is() -> None:
    due = reckon(
        rule(),
        date(2027, 3, 3),
        "the step Hold the meeting",
        CALENDAR,
        [extended(date(2027, 4, 7), "Dr Shah was ill.")],
    )
    assert due.lines == (
        "The job plan meeting was held on 3 March 2027.",
        "That date comes from the step Hold the meeting.",
        "28 days from then is 31 March 2027 (CPFT-7.5-a: must).",
        "Extended to 7 April 2027 by Dr Morgan on 20 March 2027: Dr Shah was ill.",
        "It is due by the end of Wednesday 7 April 2027.",
    )


def test_a_national_default_that_nobody_has_verified_says_so() -> None:
    lines = reckoned(policy("blackpool").deadline("sign_off")).lines
    assert lines[1] == "28 days from then is 29 March 2027 (national default, not verified: normally)."


def test_a_national_rule_is_marked_as_one() -> None:
    lines = reckoned(policy("blackpool").deadline("lodge_appeal")).lines
    assert lines[1] == "2 weeks from then is 15 March 2027 (national rule: must)."


def test_a_pause_moves_the_due_date_by_its_days() -> None:
    due = reckoned(rule(), MARCH_1, paused(date(2027, 3, 10), date(2027, 3, 17)))
    assert due.due_on == date(2027, 4, 5)
    assert due.lines[2] == (
        "The clock was stopped from 10 March 2027 to 17 March 2027 by Dr Morgan: sick leave. "
        "That adds 7 days: 5 April 2027."
    )


def test_a_pause_of_a_rule_in_working_days_gives_back_working_days() -> None:
    due = reckoned(rule(length="5 working days"), MARCH_1, paused(date(2027, 3, 3), date(2027, 3, 8)))
    assert due.due_on == date(2027, 3, 11)


def test_while_the_clock_is_stopped_nothing_is_late_and_nothing_fires() -> None:
    stopped = reckoned(rule(), MARCH_1, paused(date(2027, 3, 10), None))
    assert stopped.stopped_on == date(2027, 3, 10)
    assert not stopped.is_past(stopped.due_at + timedelta(days=90))
    assert plan_firings(policy("cumbria").deadline("sign_off"), stopped) == []


def test_a_pause_after_the_due_date_saves_nobody() -> None:
    late = reckoned(rule(), MARCH_1, paused(date(2027, 3, 30), None))
    assert late.due_on == MARCH_29
    assert late.is_past(late.due_at)


def test_an_extension_after_a_pause_sets_the_date_that_was_agreed() -> None:
    pause, extension = paused(date(2027, 3, 2), date(2027, 3, 4)), extended(date(2027, 4, 20))
    assert reckoned(rule(), MARCH_1, pause, extension).due_on == date(2027, 4, 20)


def test_an_extension_must_be_later_than_the_date_that_it_extends() -> None:
    with pytest.raises(NotLater, match="later than 29 March 2027"):
        check_change(reckoned(rule()), extended(MARCH_29))
    check_change(reckoned(rule()), extended(date(2027, 3, 30)))


def test_a_change_without_a_reason_is_refused() -> None:
    with pytest.raises(NoReason):
        check_change(reckoned(rule()), extended(date(2027, 4, 20), reason="  "))


def test_a_stopped_clock_cannot_be_stopped_again() -> None:
    stopped = reckoned(rule(), MARCH_1, paused(date(2027, 3, 10), None))
    with pytest.raises(AlreadyStopped, match="since 10 March 2027"):
        check_change(stopped, paused(date(2027, 3, 12), None))


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(PauseBackwards):
        check_change(reckoned(rule()), paused(date(2027, 3, 12), date(2027, 3, 11)))


def test_rungs_fire_at_seven_in_london_in_winter_and_in_summer() -> None:
    ladder = (
        Rung(Length.parse("-7 days"), "remind", ("holders",)),
        Rung(Length.parse("+1 day"), "escalate", ("amd",)),
    )
    planned = plan_firings(rule(ladder=ladder), reckoned(rule()))
    assert [(firing.kind, firing.rung, firing.at) for firing in planned] == [
        ("remind", 1, datetime(2027, 3, 22, 7, tzinfo=UTC)),
        ("due", 0, datetime(2027, 3, 29, 23, tzinfo=UTC)),
        ("escalate", 2, datetime(2027, 3, 30, 6, tzinfo=UTC)),
    ]


def test_a_reminder_that_would_come_with_the_task_itself_is_left_out() -> None:
    ladder = (Rung(Length.parse("-7 days"), "remind", ("holders",)),)
    short = rule(length="1 week", ladder=ladder)
    assert [firing.kind for firing in plan_firings(short, reckoned(short))] == ["due"]


LENGTHS = st.builds(Length, st.integers(1, 60), st.sampled_from(["day", "week", "month", "working day"]))
STARTS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
KINDS = st.sampled_from([Kind.AFTER, Kind.BEFORE, Kind.RECURRING, Kind.MINIMUM_NOTICE])


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    def change() -> Change:
        day = draw(STARTS)
        days = timedelta(days=draw(st.integers(0, 100)))
        return paused(day, day + days) if draw(st.booleans()) else extended(day)

    return [change() for _ in range(draw(st.integers(0, 4)))]


def any_rule(length: Length, kind: Kind, **more: Any) -> DeadlineRule:
    return rule(kind=kind, length=str(length), **more)


@given(LENGTHS, KINDS, STARTS, STARTS)
def test_a_later_start_never_falls_due_earlier(length: Length, kind: Kind, first: date, second: date) -> None:
    early, late = sorted((first, second))
    each = any_rule(length, kind)
    assert reckoned(each, early).due_on <= reckoned(each, late).due_on


@given(LENGTHS, KINDS, STARTS, changes())
def test_no_change_brings_a_due_date_forward(length: Length, kind: Kind, start: date, made: list[Change]) -> None:
    each = any_rule(length, kind)
    dates = [reckoned(each, start, *made[:count]).due_on for count in range(len(made) + 1)]
    assert dates == sorted(dates)


@given(LENGTHS, KINDS, STARTS, changes())
def test_the_last_line_of_the_explanation_holds_the_due_date(
    length: Length, kind: Kind, start: date, made: list[Change]
) -> None:
    due = reckoned(any_rule(length, kind), start, *made)
    assert in_words(due.due_on) in due.lines[-1]
    assert len(due.lines) >= 3 + len(made)


@given(st.integers(1, 400), STARTS)
def test_days_and_weeks_are_counted_by_the_calendar_whatever_the_clocks_do(count: int, start: date) -> None:
    assert reckon(rule(length=f"{count} days"), start, "", Calendar()).due_on == start + timedelta(days=count)
