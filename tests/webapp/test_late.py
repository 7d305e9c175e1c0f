"""An AMD's first page says what is late in the care group."""

import re

import pytest

from tests.webapp.demonstration_site import Site
from workflows.store.models import Case

pytestmark = pytest.mark.usefixtures("standstill")

AMD = "Dr Margaret Jopson"


def late(site: Site, who: str = AMD) -> str:
    return site.page(who, "/").text.split("Late in")[1]


def test_the_amd_reads_what_is_late_for_how_long_and_with_whom(site: Site) -> None:
    text = late(site)
    assert text.startswith(" Mental Health")
    assert re.search(r"Dr Colm Byrne: annual job plan .*? Sign the plan \(Dr Robert Graham\) .*?days late", text)
    assert f"/cases/{site.case_of('Dr Colm Byrne')}" in site.page(AMD, "/").links


def test_a_case_that_is_closed_is_late_no_more(site: Site) -> None:
    with site.session() as session:
        for case in session.query(Case).all():
            case.status = "closed"
    assert "Nothing is late." in late(site)


def test_another_amd_reads_of_their_own_group_alone(site: Site) -> None:
    text = late(site, "Dr Alan Yates")
    assert text.startswith(" Unscheduled Care")
    assert "Byrne" not in text


@pytest.mark.parametrize("who", ["Dr Robert Graham", "Dr Sana Ahmed", "Carol Lamb"])
def test_others_have_their_own_steps_alone(site: Site, who: str) -> None:
    assert "Late in" not in site.page(who, "/").text
