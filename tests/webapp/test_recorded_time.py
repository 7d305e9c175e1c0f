"""Time that is worked out from what a line says: what was recorded, journeys, prospective cover; in the editor."""

from typing import Any

import pytest

from tests.cases.walk import Walk
from tests.webapp.test_crafted import LINES, interim  # noqa: F401 - the case of a new starter
from tests.webapp.test_plan_editor import doctor, kept, send  # noqa: F401 - the doctor with an empty draft open
from tests.webapp.visitor import Visitor

NO_TIMES = {"dcc-0-start": "", "dcc-0-end": "", "dcc-0-day": "", "dcc-0-pas": ""}
DIARY = {
    "dcc-0-more_recorded_from": "1 March 2027",
    "dcc-0-more_recorded_until": "14 March 2027",
    "dcc-0-more_recorded": "1/3/2027 5\n9/3/2027 7",
}


def first_line(walk: Walk) -> dict[str, Any]:
    return dict(kept(walk)["activities"][0])


@pytest.mark.clause("BTH-3.4.4-b")
def test_the_average_of_recorded_hours_becomes_the_pas_and_stays_with_the_line(walk: Walk, doctor: Visitor) -> None:  # noqa: F811
    page = doctor.change("stay", {**LINES, **NO_TIMES, **DIARY})
    assert "1.5 PAs, from what it says" in page.text
    send(walk, doctor, {**NO_TIMES, **DIARY})
    line = first_line(walk)
    assert (line["pas"], line["by_times"]) == ("1.5", True)
    assert line["more"]["recorded"] == "1/3/2027 5\n9/3/2027 7"


def test_a_row_of_the_record_that_cannot_be_read_is_said_at_its_box(doctor: Visitor) -> None:  # noqa: F811
    boxes = {**LINES, **NO_TIMES, **DIARY, "dcc-0-more_recorded": "on Monday two hours"}
    page = doctor.change("complete", boxes, status=422)
    [problem] = page.problems
    assert "“on Monday two hours” cannot be read. Write a day and its hours in each row, as 1/3/2027 2.5." in problem
    assert "#dcc-0-more_recorded" in page.links


@pytest.mark.clause("BTH-3.4.4-c", "BTH-3.4.4-d")
def test_journeys_between_sites_and_for_emergencies_make_the_pas_of_a_line(walk: Walk, doctor: Visitor) -> None:  # noqa: F811
    send(walk, doctor, {**NO_TIMES, "dcc-0-more_between_sites": "60", "dcc-0-more_emergency_travel": "30"})
    assert first_line(walk)["pas"] == "0.375"


def test_prospective_cover_is_a_figure_of_the_line(walk: Walk, doctor: Visitor) -> None:  # noqa: F811
    send(walk, doctor, {"dcc-0-pas": "", "dcc-0-more_covered": "yes"})
    assert first_line(walk)["pas"] == "26/21", "four hours a week, in 52 weeks of 42"
