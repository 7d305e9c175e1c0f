"""The picture of a case in the README: taken anew when it is missing, or when ACCORD_SCREENSHOTS=1."""

import os
from collections.abc import Callable

from tests.journeys.conftest import Person
from tests.journeys.live import ROOT, Site

PICTURE = ROOT / "docs" / "case.png"
LARGEST = 300_000
"""Bytes: it comes with every clone."""


def test_the_picture_of_a_case_is_there_and_small(demonstration: Site, somebody: Callable[[Site], Person]) -> None:
    at = somebody(demonstration)("Dr Colm Byrne").open("/cases")
    at.follow("Dr Colm Byrne", within=at.main)
    at.sees("Where it is", "Sign the plan", "late")
    if os.environ.get("ACCORD_SCREENSHOTS") == "1" or not PICTURE.exists():
        at.page.locator("[data-shown]").wait_for()
        at.page.screenshot(path=PICTURE, animations="disabled")
    assert 20_000 < PICTURE.stat().st_size < LARGEST
