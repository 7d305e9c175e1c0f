"""Versions of a job plan, to read."""

import re

import pytest

from tests.webapp.demonstration_site import Site

pytestmark = pytest.mark.usefixtures("standstill")

DOCTOR = "Dr Sana Ahmed"


def test_a_plan_in_force_shows_its_week_its_sums_and_who_signed(site: Site) -> None:
    text = site.page(DOCTOR, f"/plans/{site.plan_of(DOCTOR, 'in_force')}").text
    assert "In force This version has been in force since" in text
    assert "10 PAs a week, as contracted" in text
    assert re.search(r"Monday 09:00 to 13:00 Ward round 1 PA", text)
    assert re.search(r"Dr Sana Ahmed, Practitioner: \w+ \d+ \w+ \d{4}", text)
    assert re.search(r"Dr Robert Graham, Clinical Manager: \w+ \d+ \w+ \d{4}", text)


def test_a_replaced_version_stays_readable_and_says_when_it_was_replaced(site: Site) -> None:
    page = site.page(DOCTOR, f"/plans/{site.plan_of(DOCTOR, 'superseded')}")
    assert re.search(r"This version was replaced on \w+ \d+ \w+ \d{4}", page.text)
    assert f"/plans/{site.plan_of(DOCTOR, 'in_force')}" in page.links


def test_a_version_says_what_changed_since_the_one_before(site: Site) -> None:
    text = site.page(DOCTOR, f"/plans/{site.plan_of(DOCTOR, 'in_force')}").text
    assert "Memory clinic" in text.split("What changed since version 1")[1]


def test_a_draft_is_open_to_both_sides_and_the_amd_but_not_to_hr_finance_or_colleagues(site: Site) -> None:
    draft = f"/plans/{site.plan_of('Dr Finn Doyle', 'draft')}"
    for inside in ("Dr Finn Doyle", "Dr Robert Graham", "Dr Margaret Jopson", "Carol Lamb"):
        assert "This is a draft" in site.page(inside, draft).text
    for outside in ("Bhavna Naik", "Keith Oddie", "Joanne Hewitt"):
        site.page(outside, draft, status=403)
    page = site.page("Dr Colm Byrne", draft, status=404)
    assert "Dr Finn Doyle" not in page.text, "who counts ids learns nobody's name"


def test_a_category_that_does_not_apply_gives_its_reason(site: Site) -> None:
    text = site.page(DOCTOR, f"/plans/{site.plan_of(DOCTOR, 'in_force')}").text
    assert "Does not apply: " in text
