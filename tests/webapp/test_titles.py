"""Each trust reads its own titles of roles, wherever a page, a notice or a refusal names one."""

import re

import pytest

from tests.webapp.demonstration_site import Site
from workflows import releases
from workflows.domain.policy import read_policy
from workflows.seeding.cast import BLACKPOOL

pytestmark = pytest.mark.usefixtures("standstill")

PLACES = ("/", "/cases", "/cases?status=any", "/teams", "/cases/start", "/account", "/people", "/demonstration/notices")
LINK = re.compile(r'<a (?![^>]* download)[^>]*href="(/[^"#]*)')
A_FEW, MANY = 12, 40
"""How many pages each person opens; a few of each in `make test`."""


def titles(policy: str) -> set[str]:
    """What a trust calls its roles."""
    return set(read_policy(policy, releases.shipped_files(policy)).titles.values())


@pytest.mark.slow
@pytest.mark.parametrize("at_most", [A_FEW, pytest.param(MANY, marks=pytest.mark.exhaustive)])
def test_nobody_in_blackpool_reads_a_title_of_another_policy(at_most: int, site: Site) -> None:
    foreign = re.compile("|".join(titles("cumbria") - titles("blackpool")))
    for part in BLACKPOOL.parts:
        new = list(PLACES)
        for place in range(at_most):
            html = site.client(part.name).get(new[place]).text if place < len(new) else ""
            assert not foreign.findall(html), f"{part.name}, {new[place]}"
            new += [link for link in dict.fromkeys(LINK.findall(html)) if link not in new]


def test_a_refusal_and_what_to_do_then_name_the_team_as_the_trust_does(site: Site) -> None:
    text = site.page("Mark Eastham", f"/cases/{site.case_like('planning_round', 'BTH')}", status=403).text
    assert "to the Medical Workforce only" in text
    assert "ask your Medical Workforce team" in text
    text = site.page("Sarah Postlethwaite", f"/cases/{site.case_like('planning_round', 'CPFT')}", status=403).text
    assert "to the Medical Directorate only" in text
