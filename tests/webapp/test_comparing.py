"""Versions of a job plan side by side."""

import re
from datetime import UTC, datetime

import pytest

from tests.webapp.demonstration_site import Site
from workflows.store.models import PlanVersion

pytestmark = pytest.mark.usefixtures("standstill")

DOCTOR = "Dr Sana Ahmed"


def both(site: Site) -> str:
    old, new = site.plan_of(DOCTOR, "superseded"), site.plan_of(DOCTOR, "in_force")
    return f"/plans/compare?left={old}&right={new}"


def test_two_versions_show_what_differs_in_pas_and_hours(site: Site) -> None:
    with site.session() as session:
        plan = session.get_one(PlanVersion, site.plan_of(DOCTOR, "in_force"))
        lines = [
            {**line, "end": "17:00", "pas": "1"} if line["title"] == "Memory clinic" else line
            for line in plan.content["activities"]
        ]
        plan.content = {**plan.content, "activities": lines}
    text = site.page(DOCTOR, both(site)).text
    sums, lines_said = text.split("What differs")
    before = r"All activities Version 1, replaced 10 PA \(40 h\) Version 2, .*? "
    [[hours, more]] = re.findall(before + r"10\.5 PA \(([\d.]+) h\) \+0\.5 PA, \+([\d.]+) h", sums)
    assert 40 < float(hours) < 42, "of a PA on the rota there are three hours"
    assert float(more) == pytest.approx(float(hours) - 40)
    assert re.search(r"Home visits .*? 0\.5 PA \(2 h\) .*? Not in this plan Taken out", lines_said)
    assert re.search(r"Memory clinic .*?Not in this plan .*? 1 PA \(4 h\) New", lines_said)
    assert "Ward round" not in lines_said, "what is the same is left out"


@pytest.mark.parametrize(
    "reader", ["Bhavna Naik", "Keith Oddie", "Dr Robert Graham", "Dr Margaret Jopson", "Carol Lamb"]
)
def test_whoever_reads_plans_in_force_compares_them(site: Site, reader: str) -> None:
    assert "Memory clinic" in site.page(reader, both(site)).text


@pytest.mark.parametrize("reader", ["Joanne Hewitt", "Steven Iveson"])
def test_whoever_reads_no_plans_compares_none(site: Site, reader: str) -> None:
    assert "Memory clinic" not in site.page(reader, both(site), status=403).text


def test_everything_can_be_shown_too(site: Site) -> None:
    page = site.page(DOCTOR, both(site))
    assert "say the same in all of them" in page.text
    everything = site.page(DOCTOR, f"{both(site)}&all=yes")
    assert "Ward round" in everything.text


def test_a_plan_does_not_differ_from_itself(site: Site) -> None:
    plan = site.plan_of(DOCTOR, "in_force")
    assert "Nothing differs" in site.page(DOCTOR, f"/plans/compare?left={plan}&right={plan}").text


def test_three_versions_stand_beside_each_other(site: Site) -> None:
    old, new = site.plan_of(DOCTOR, "superseded"), site.plan_of(DOCTOR, "in_force")
    text = site.page(DOCTOR, f"/plans/compare?left={old}&right={new}&third={old}").text
    assert re.search(r"Memory clinic .*?Not in this plan .*?New .*?Not in this plan", text)


def test_the_page_of_a_plan_leads_to_both_versions_side_by_side(site: Site) -> None:
    page = site.page(DOCTOR, f"/plans/{site.plan_of(DOCTOR, 'in_force')}")
    assert both(site) in page.links


def test_a_draft_is_compared_by_those_who_may_read_it_only(site: Site) -> None:
    draft = site.plan_of("Dr Finn Doyle", "draft")
    address = f"/plans/compare?left={draft}&right={draft}"
    for inside in ("Dr Finn Doyle", "Dr Robert Graham", "Dr Margaret Jopson", "Carol Lamb"):
        site.page(inside, address)
    for outside in ("Bhavna Naik", "Keith Oddie", "Joanne Hewitt"):
        site.page(outside, address, status=403)
    assert "Dr Finn Doyle" not in site.page("Dr Colm Byrne", address, status=404).text


def test_plans_of_two_doctors_are_not_compared(site: Site) -> None:
    hers, his = site.plan_of(DOCTOR, "in_force"), site.plan_of("Dr Finn Doyle", "draft")
    site.page("Dr Margaret Jopson", f"/plans/compare?left={hers}&right={his}", status=404)


def test_both_sides_of_a_dispute_see_what_the_whole_plan_would_come_to(site: Site) -> None:
    case = site.case_like("disagreement", "BTH")
    assert f"/cases/{case}/positions" in site.page("Denise Bury", f"/cases/{case}").links
    for reader in ("Dr Emma Sharples", "Denise Bury"):
        text = site.page(reader, f"/cases/{case}/positions").text
        assert re.search(r"All activities As it is now [\d.]+ PA .*? As the doctor wants it [\d.]+ PA", text)
        assert re.search(r"As the manager wants it [\d.]+ PA", text)
    for stranger, status in (("Dr Jack Turner", 403), ("Imran Chaudhry", 403), ("Carol Lamb", 404)):
        site.page(stranger, f"/cases/{case}/positions", status=status)


def test_a_case_without_a_dispute_has_no_positions(site: Site) -> None:
    site.page("Carol Lamb", f"/cases/{site.case_of('Dr Finn Doyle')}/positions", status=404)


def test_a_doctor_who_has_chosen_nothing_chooses_among_their_own_versions(site: Site) -> None:
    page = site.page(DOCTOR, "/plans/compare")
    assert page.title.startswith(f"Compare job plans of {DOCTOR}")
    old, new = (str(site.plan_of(DOCTOR, status)) for status in ("superseded", "in_force"))
    assert [page.values("/plans/compare")[side] for side in ("left", "right")] == [[old], [new]], (
        "the last two are filled in"
    )


def test_whoever_reads_plans_of_several_chooses_the_doctor_first(site: Site) -> None:
    page = site.page("Carol Lamb", "/plans/compare")
    with site.session() as session:
        doctor = session.get_one(PlanVersion, site.plan_of(DOCTOR, "in_force")).person_id
    assert f"/plans/compare?doctor={doctor}" in page.links
    assert "From Version" in site.page("Carol Lamb", f"/plans/compare?doctor={doctor}").text


def test_a_draft_is_offered_to_those_who_may_read_it_only(site: Site) -> None:
    with site.session() as session:
        now = session.get_one(PlanVersion, site.plan_of(DOCTOR, "in_force"))
        about = {"trust_id": now.trust_id, "person_id": now.person_id, "number": 3, "status": "draft"}
        session.add(PlanVersion(**about, content={"activities": []}, written_at=datetime(2027, 3, 1, tzinfo=UTC)))
        session.commit()
    assert "Version 3, draft" in site.page(DOCTOR, "/plans/compare").text
    reader = site.page("Bhavna Naik", "/plans/compare")
    assert "Version 3, draft" not in reader.text
    assert DOCTOR in reader.text


def test_whoever_may_read_no_two_versions_is_told_what_to_do(site: Site) -> None:
    page = site.page("Joanne Hewitt", "/plans/compare")
    assert "There is nothing to compare yet" in page.text
    assert "/cases" in page.links


@pytest.mark.parametrize("asked", ["?left=1", "?left=x&right=1", "?left=1&right=999999999&third=y"])
def test_an_address_that_names_no_plan_is_not_found(site: Site, asked: str) -> None:
    site.page("Carol Lamb", f"/plans/compare{asked}", status=404)


def test_a_plan_of_another_trust_is_not_found(site: Site) -> None:
    plan = site.plan_of(DOCTOR, "in_force")
    page = site.page("Denise Bury", f"/plans/compare?left={plan}&right={plan}", status=404)
    assert DOCTOR not in page.text
