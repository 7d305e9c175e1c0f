"""A table to draw in speaks the words of the studio, none of the standard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.studio_world import OWNER
from tests.journeys.test_studio import begin


@pytest.mark.slow
def test_a_table_to_draw_in_says_which_rules_count_and_what_a_column_takes(
    studio: Site, somebody: Callable[[Site], Person]
) -> None:
    owner = begin(somebody(studio)(OWNER), "Tables")
    owner.open(f"{re.sub('[?#].*', '', owner.page.url)}/tables/meeting_window")
    drawn = owner.main.locator("[data-table-canvas]")
    expect(drawn.locator(".hit-policy")).to_contain_text("Which rules count:")
    expect(drawn.locator("thead")).to_contain_text("text")
    expect(drawn).not_to_contain_text(re.compile("Hit policy|string|Annotations"))
