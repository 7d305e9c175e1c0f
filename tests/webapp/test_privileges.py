"""The register of practising privileges, for the Responsible Officer and the directorate."""

import pytest

from tests.webapp.demonstration_site import Site
from workflows.store.models import PlanVersion

pytestmark = [pytest.mark.usefixtures("standstill"), pytest.mark.clause("BTH-App2-d")]

HELD = [
    {
        "id": "sea",
        "organisation": "Sea View Hospital",
        "role": "Visiting consultant",
        "outpatients": True,
        "outpatients_since": "2024-05-01",
    }
]


@pytest.fixture
def site(site: Site) -> Site:
    with site.session() as session:
        plan = session.get_one(PlanVersion, site.plan_of("Dr Sana Ahmed", "in_force"))
        plan.content = {**plan.content, "privileges": HELD}
        silent = session.get_one(PlanVersion, site.plan_of("Dr Colm Byrne", "in_force"))
        said = {key: value for key, value in silent.content.get("statements", {}).items() if "privileges" not in key}
        reasons = {key: value for key, value in silent.content["not_applicable"].items() if key != "privileges"}
        silent.content = {**silent.content, "statements": said, "not_applicable": reasons, "privileges": []}
    return site


@pytest.mark.parametrize("reader", ["Carol Lamb", "Dr Andrew Kirkby"])
def test_privileges_in_plans_in_force_form_one_register(site: Site, reader: str) -> None:
    page = site.page(reader, "/privileges")
    row = page.text.split("Doctors and organisations")[1].split("declared that there are none")[0]
    assert "Dr Sana Ahmed" in row
    assert "Organisation Sea View Hospital Role there Visiting consultant Outpatients since 1 May 2024" in row
    assert "Dr Colm Byrne" in page.text.split("No declaration yet")[1]
    assert "/privileges" in site.page(reader, "/").links


@pytest.mark.parametrize("reader", ["Dr Sana Ahmed", "Dr Robert Graham", "Dr Margaret Jopson", "Bhavna Naik"])
def test_nobody_else_opens_the_register(site: Site, reader: str) -> None:
    assert "Sea View" not in site.page(reader, "/privileges", status=403).text
    assert "/privileges" not in site.page(reader, "/").links


def test_another_trust_has_its_own_register(site: Site) -> None:
    assert "Sea View" not in site.page("Denise Bury", "/privileges").text


def test_the_register_asks_one_question_for_all_plans(site: Site) -> None:
    site.page("Carol Lamb", "/privileges")
    with site.statements() as sent:
        site.page("Carol Lamb", "/privileges")
    assert sum("plan_version.content" in one for one in sent) == 1
