"""Each morning the clock looks for new starters without a job plan, and tells whoever has to see to it."""

from datetime import date

import pytest
from sqlalchemy import update

from tests.cases.conftest import SQLITE
from tests.cases.stages import start_plan
from tests.cases.walk import Walk
from workflows.store.models import Contract, Person, Post

pytestmark = SQLITE


def begin(walk: Walk, person: Person, first: date) -> None:
    """Their contract and post begin on that day."""
    with walk.session() as session:
        for row in (Contract, Post):
            session.execute(update(row).where(row.person_id == person.id).values(starts_on=first))
        session.commit()


def told(walk: Walk, person: Person) -> list[str]:
    return [notice.words for notice in walk.notices(person) if notice.kind == "new_starter"]


@pytest.mark.clause("CPFT-7.4.3")
def test_a_starter_without_a_plan_is_told_of_once(cpft: Walk) -> None:
    house = cpft.house
    begin(cpft, house.doctor, date(2027, 3, 2))
    assert cpft.next_day().done["new_starters"] == 1
    for person in (house.directorate, house.second_directorate, house.manager):
        [words] = told(cpft, person)
        assert words.startswith("Dr Amina Osei of Penrith community team: first day 2 March 2027.")
    assert "under People" in told(cpft, house.directorate)[0]
    for person in (house.amd, house.hr, house.doctor):
        assert told(cpft, person) == []
    for _ in range(3):
        cpft.next_day()
    assert len(told(cpft, house.manager)) == 1


def test_a_starter_whose_interim_plan_is_under_way_is_told_of_to_nobody(cpft: Walk) -> None:
    begin(cpft, cpft.house.doctor, date(2027, 3, 1))
    start_plan(cpft, kind="interim", employment_start_date="2027-03-01")
    assert not cpft.next_day().done["new_starters"]
    assert told(cpft, cpft.house.directorate) == []


def test_a_starter_of_one_trust_is_no_business_of_the_other(cpft: Walk, bth: Walk) -> None:
    begin(cpft, cpft.house.doctor, date(2027, 3, 1))
    cpft.next_day()
    assert told(bth, bth.house.directorate) == []
