"""Agreements on extra programmed activities as they are kept and found, on both databases."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, House, World, build_world, open_case, write_fact
from workflows.store import erasing, extra_pa
from workflows.store.models import Case, ExtraPa, ExtraPaNeed, ExtraPaUse

STARTS, ENDS = date(2027, 4, 1), date(2028, 3, 31)


@pytest.fixture
def world(session: Session) -> World:
    return build_world(session)


def case_of(session: Session, house: House) -> Case:
    return open_case(session, house=house, process="additional_pa", subject=house.doctor)


def add(session: Session, house: House, **changes: Any) -> ExtraPa:
    """An agreement of the doctor, accepted."""
    case = changes.pop("case", None) or case_of(session, house)
    said: Mapping[str, Any] = {
        "kind": "additional",
        "basis": "regular",
        "pas": Decimal("1.5"),
        "starts_on": STARTS,
        "ends_on": ENDS,
        "status": "agreed",
        "accepted_on": TODAY,
    }
    row = ExtraPa(
        trust_id=house.trust.id,
        case_id=case.id,
        person_id=house.doctor.id,
        team_id=house.team.id,
        reference="JP/PA/2027",
        offered_at=NOW,
        **{**said, **changes},
    )
    extra_pa.add(session, row=row)
    return row


def test_numbers_go_up_within_each_trust(session: Session, world: World) -> None:
    rows = [add(session, house) for house in (world.cpft, world.cpft, world.bth)]
    assert [row.reference for row in rows] == ["JP/PA/2027/0001", "JP/PA/2027/0002", "JP/PA/2027/0001"]


def test_a_case_has_one_agreement(session: Session, world: World) -> None:
    case = case_of(session, world.cpft)
    add(session, world.cpft, case=case)
    with pytest.raises(IntegrityError):
        add(session, world.cpft, case=case)


def test_what_counts_on_a_day_comes_with_its_words_and_exact_pas(session: Session, world: World) -> None:
    house, row = world.cpft, add(session, world.cpft, next_pas=Decimal("0.25"), next_from=date(2027, 10, 1))
    case = session.get_one(Case, row.case_id)
    for key, words in (("extra_purpose", "Old"), ("extra_purpose", "Waiting list"), ("extra_commissioner", "HEE")):
        write_fact(session, case=case, key=key, value=words)
    [one] = extra_pa.agreed(session, person_id=house.doctor.id, on=STARTS)
    assert (one.pas, one.reason, one.commissioner, one.name) == (
        Fraction(3, 2),
        "Waiting list",
        "HEE",
        house.doctor.name,
    )
    [later] = extra_pa.agreed(session, person_id=house.doctor.id, on=date(2027, 10, 1))
    assert later.pas == Fraction(1, 4)
    assert extra_pa.agreed(session, person_id=house.colleague.id, on=STARTS) == []


@pytest.mark.parametrize(("on", "found"), [(date(2027, 3, 31), 0), (STARTS, 1), (ENDS, 1), (date(2028, 4, 1), 0)])
def test_an_agreement_counts_from_its_first_to_its_last_day(
    session: Session, world: World, on: date, found: int
) -> None:
    add(session, world.cpft)
    assert len(extra_pa.agreed(session, person_id=world.cpft.doctor.id, on=on)) == found


@pytest.mark.parametrize("status", ["offered", "declined", "lapsed"])
def test_what_nobody_has_accepted_never_counts(session: Session, world: World, status: str) -> None:
    add(session, world.cpft, status=status, accepted_on=None)
    assert extra_pa.agreed(session, person_id=world.cpft.doctor.id, on=STARTS) == []
    assert extra_pa.running(session, person_id=world.cpft.doctor.id, on=TODAY) == []


def test_what_was_worked_adds_up_exactly(session: Session, world: World) -> None:
    row = add(session, world.cpft, basis="yearly", pas=Decimal(30))
    for pas in ("0.125", "1.25", "-0.125"):
        use = ExtraPaUse(
            extra_pa_id=row.id, worked_on=STARTS, pas=Decimal(pas), words="List", by_id=row.person_id, written_at=NOW
        )
        extra_pa.add_use(session, row=use)
    assert extra_pa.worked(session, extra_pa_id=row.id) == Fraction(5, 4)
    assert [use.by.name for use in extra_pa.uses(session, extra_pa_id=row.id)] == 3 * [world.cpft.doctor.name]


def test_what_people_wrote_of_it_is_erased_with_its_case_and_a_forecast_with_its_age(
    session: Session, world: World
) -> None:
    house, row = world.cpft, add(session, world.cpft, basis="yearly")
    by = {"by_id": house.doctor.id, "written_at": NOW, "pas": Decimal(1), "words": "A list for Mrs Gray"}
    extra_pa.add_use(session, row=ExtraPaUse(extra_pa_id=row.id, worked_on=STARTS, **by))
    where = {"trust_id": house.trust.id, "team_id": house.team.id, "year": "2027/28", "kind": "cover"}
    need = ExtraPaNeed(post_pas=None, removed_at=None, **where, **by)
    extra_pa.add_need(session, row=need)
    erasing.erase_case(session, case_id=row.case_id, now=NOW)
    erasing.erase_post(session, trust_id=house.trust.id, written_before=NOW + timedelta(days=1))
    session.expire_all()
    assert [use.words for use in extra_pa.uses(session, extra_pa_id=row.id)] == [""]
    assert need.words == ""
    assert extra_pa.worked(session, extra_pa_id=row.id) == 1, "figures stay"


def test_those_that_end_soon_are_found_for_a_care_group(session: Session, world: World) -> None:
    house, soon = world.cpft, add(session, world.cpft, ends_on=date(2027, 5, 1))
    add(session, house)
    asked: dict[str, Any] = {"trust_id": house.trust.id, "first": TODAY, "last": date(2027, 6, 1)}
    assert extra_pa.ending(session, care_group_ids=None, **asked) == [soon]
    assert extra_pa.ending(session, care_group_ids=[house.care_group.id], **asked) == [soon]
    assert extra_pa.ending(session, care_group_ids=[world.bth.care_group.id], **asked) == []
    assert extra_pa.ending(session, care_group_ids=None, **{**asked, "trust_id": world.bth.trust.id}) == []


def test_a_line_of_a_forecast_is_found_within_its_trust_until_it_is_taken_out(session: Session, world: World) -> None:
    house = world.cpft
    need = ExtraPaNeed(
        trust_id=house.trust.id, team_id=house.team.id, year="2027/28", kind="cover", words="Summer", pas=Decimal(20),
        post_pas=None, by_id=house.manager.id, written_at=NOW, removed_at=None,
    )  # fmt: skip
    extra_pa.add_need(session, row=need)
    assert extra_pa.needs(session, team_id=house.team.id, year="2027/28") == [need]
    assert extra_pa.needs(session, team_id=house.team.id, year="2028/29") == []
    assert extra_pa.need(session, trust_id=world.bth.trust.id, need_id=need.id) is None
    extra_pa.remove_need(session, row=need, now=NOW)
    assert extra_pa.need(session, trust_id=house.trust.id, need_id=need.id) is None
    assert extra_pa.needs(session, team_id=house.team.id, year="2027/28") == []


def test_members_are_those_of_some_day_of_the_period(session: Session, world: World) -> None:
    house = world.cpft
    found = extra_pa.members(session, team_id=house.team.id, first=STARTS, last=ENDS)
    assert found == sorted([house.doctor.id, house.colleague.id])
