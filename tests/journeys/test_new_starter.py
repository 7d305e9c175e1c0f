"""A new starter gets an interim plan within a month, and can read why (CPFT 7.4.3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.journeys import crafted
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import CPFT, STARTER
from tests.journeys.test_blackpool import PLAN

SURNAME = "Dodd"
INTERIM: crafted.Whole = {**PLAN, "dcc": {**crafted.TEACHING, "title": "Clinic", "pas": "7.5"}}


@pytest.mark.slow
@pytest.mark.clause("CPFT-7.4.3")
def test_an_interim_plan_is_due_a_month_after_the_start_and_the_date_explains_itself(
    planned: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(planned)
    office = as_(CPFT["directorate"])
    began = office.today() - timedelta(days=7)
    office.follow("Start something new").follow("Interim plan")
    office.choose("Who is it about?", SURNAME)
    office.fill_date(office.main.get_by_role("group", name="When do they start"), began)
    office.press("Start")
    office.reads(STARTER)
    office.sees("Draft the plan", "Interim job plan of a new starter")

    starter = as_(STARTER)
    starter.open("/cases").follow(SURNAME, within=starter.main)
    starter.follow("Why this date?")
    starter.sees("employment began", f"{began.day} {began:%B %Y}", "1 month", "CPFT-7.4.3")
    starter.do("draft_plan", also=lambda: crafted.fill_plan(starter, INTERIM))
