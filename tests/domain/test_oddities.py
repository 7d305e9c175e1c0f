"""Lines of a plan that look like a slip."""

import pytest

from workflows.domain.plan.oddities import oddity_of


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("09:00", "13:00", ""),
        ("08:00", "21:00", ""),
        ("23:45", "00:00", ""),
        ("", "", ""),
        ("08:00", "21:30", "That is 13.5 hours in one line. Please look at the times again."),
        ("20:00", "08:30", "It ends before it starts, so it runs 12.5 hours into the next day. Is that meant?"),
        ("13:00", "09:00", "That is 20 hours in one line, into the next day. Please look at the times again."),
        ("00:00", "23:59", "That is 23.98 hours in one line. Please look at the times again."),
    ],
)
def test_a_line_that_looks_like_a_slip_is_said(start: str, end: str, said: str) -> None:
    assert oddity_of(start, end, "dcc") == said


def test_on_call_runs_through_the_night() -> None:
    assert oddity_of("17:00", "09:00", "on_call") == ""
