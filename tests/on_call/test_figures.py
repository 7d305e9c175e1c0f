"""What pages and plans read of rotas: the same PAs for everybody, one frequency, the supplement, and who sees what."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event

from tests.cases.conftest import SQLITE
from tests.cases.walk import PLAN, Walk
from tests.on_call.conftest import FIRST, Keeping
from workflows import on_call
from workflows.cases import Actor
from workflows.domain.plan import Plan
from workflows.domain.plan.on_call import with_rotas
from workflows.domain.plan.pro_forma import totals_of
from workflows.inbox import Viewer, rota_diaries, rotas
from workflows.inbox.rota_figures import RotaFigures, rota_figures
from workflows.inbox.rotas import NoSuchRota, NotYourRota
from workflows.on_call import About
from workflows.store.models import Contract, Person

pytestmark = SQLITE
A_DAY, AGREED = timedelta(days=1), date(2027, 6, 1)


@pytest.fixture
def agreed(rota: Keeping) -> Keeping:
    """The rota with an agreed average: three unpredictable hours a weekday, none at weekends."""
    diary = rota.diary(weeks=1)
    rota.move_to(FIRST + 7 * A_DAY)
    for days in range(5):
        rota.work(diary, rota.walk.house.doctor, FIRST + days * A_DAY, 19, 22)
    about: dict[str, Any] = {"met_on": FIRST + 7 * A_DAY, "applies_from": AGREED, "said": ""}
    rota.did(on_call.agree_average, diary_id=diary, **about)
    rota.did(on_call.set_category, rota_id=rota.rota_id, category="A", reason="They return at once.")
    return rota


def figures(rota: Keeping, person: Person, on: date = AGREED) -> RotaFigures:
    with rota.walk.session() as session:
        return rota_figures(session, person_id=person.id, on=on)


@pytest.mark.clause("BTH-3.4.13.2-b", "BTH-3.4.13.1-b")
def test_all_doctors_on_a_rota_have_the_same_pas_and_a_part_time_doctor_the_same_supplement(agreed: Keeping) -> None:
    house = agreed.walk.house
    with agreed.walk.session() as session:
        contract = session.query(Contract).filter_by(person_id=house.colleague.id).one()
        contract.programmed_activities = 5  # type: ignore[assignment]
        session.commit()
    first, second = (figures(agreed, person) for person in (house.doctor, house.colleague))
    assert first == second
    assert first.unpredictable == Fraction(261, 209) * 5 / 2
    assert first.supplement is not None
    assert [first.frequency, first.supplement.percent] == [2, 8]
    assert first.supplement.basis == "full-time basic salary"
    [part] = first.rotas
    assert part.diary == (FIRST, FIRST + 6 * A_DAY)
    assert part.unpredictable == first.unpredictable
    assert part.working


@pytest.mark.clause("BTH-3.4.13.2-b")
def test_what_is_agreed_counts_from_its_day_and_nobody_off_the_rota_has_a_part(agreed: Keeping) -> None:
    house = agreed.walk.house
    before = figures(agreed, house.doctor, AGREED - A_DAY)
    assert before.unpredictable == 0
    assert before.rotas[0].unpredictable is None
    assert figures(agreed, house.hr) == RotaFigures((), None, "", None, Fraction(0), Fraction(0), ())
    agreed.did(on_call.close_rota, rota_id=agreed.rota_id, day=AGREED)
    assert figures(agreed, house.doctor).rotas == ()


@pytest.mark.clause("BTH-3.4.13.2-f")
def test_a_doctor_on_two_rotas_has_one_frequency_and_reads_how_it_was_found(agreed: Keeping) -> None:
    house = agreed.walk.house
    other = agreed.did(on_call.add_rota, team_id=house.team.id, said=About("Stroke", Fraction(6)))
    place: dict[str, Any] = {"person_id": house.doctor.id, "starts_on": FIRST, "equal_share": True}
    agreed.did(on_call.add_member, rota_id=other, **place)
    found = figures(agreed, house.doctor)
    assert found.frequency == Fraction(3, 2)
    assert "states no method" in found.notes[0]
    assert any("different categories" in note for note in found.notes)
    assert found.supplement is not None
    assert found.supplement.percent is None
    agreed.did(on_call.set_category, rota_id=other, category="A", reason="They return at once.")
    again = figures(agreed, house.doctor)
    assert again.supplement is not None
    assert again.supplement.percent == 8


@pytest.mark.clause("BTH-3.4.13.2-c")
def test_the_average_of_unpredictable_work_counts_to_the_direct_clinical_care_of_a_plan(agreed: Keeping) -> None:
    found = figures(agreed, agreed.walk.house.doctor)
    plan = Plan.from_json(dict(PLAN))
    before, after = (totals_of(each, ()) for each in (plan, with_rotas(plan, found.rotas)))
    assert after.by_code["DCC"] == before.by_code["DCC"] + found.unpredictable
    assert after.unpredictable == pytest.approx(found.unpredictable)


def viewer(walk: Walk, person: Person, *roles: str) -> Viewer:
    return Viewer(person.id, walk.house.trust.id, frozenset(roles))


def test_a_rota_is_read_by_the_team_those_over_it_and_those_who_read_plans(agreed: Keeping, cpft: Walk) -> None:
    walk, house = agreed.walk, agreed.walk.house
    readers = (
        house.doctor, house.manager, house.service_manager, house.amd, house.medical_director, house.directorate,
        house.hr, house.finance,
    )  # fmt: skip
    with walk.session() as session:
        for person in readers:
            page = rotas.rota_page(session, viewer=viewer(walk, person), rota_id=agreed.rota_id, now=walk.at)
            assert page.keeps == (person in (house.manager, house.directorate))
            assert page.agrees == (person is house.manager)
            assert [line.id for line in rotas.rota_list(session, viewer=viewer(walk, person), now=walk.at).lines] == [
                agreed.rota_id
            ]
        for stranger in (house.chief_executive, house.board_secretary):
            with pytest.raises(NotYourRota):
                rotas.rota_page(session, viewer=viewer(walk, stranger), rota_id=agreed.rota_id, now=walk.at)
            assert rotas.rota_list(session, viewer=viewer(walk, stranger), now=walk.at).lines == ()
        with pytest.raises(NoSuchRota):
            rotas.rota_page(session, viewer=viewer(cpft, cpft.house.directorate), rota_id=agreed.rota_id, now=walk.at)


def test_a_doctor_sees_their_own_entries_and_everybody_over_the_team_sees_all(rota: Keeping) -> None:
    walk, house, diary = rota.walk, rota.walk.house, rota.diary()
    rota.move_to(FIRST + 10 * A_DAY)
    rota.work(diary, house.doctor, FIRST, 20, 22)
    rota.work(diary, house.colleague, FIRST, 20, 21)
    with walk.session() as session:
        seen = {
            person.id: rota_diaries.diary_page(session, viewer=viewer(walk, person), diary_id=diary, now=walk.at)
            for person in (house.doctor, house.manager, house.hr)
        }
    mine, managers, of_hr = seen[house.doctor.id], seen[house.manager.id], seen[house.hr.id]
    assert [(entry.name, entry.own) for entry in mine.entries] == [(house.doctor.name, True)]
    assert len(managers.entries) == 2
    assert of_hr.entries == ()
    assert (mine.writes, managers.writes, managers.agrees) == (True, False, False)
    assert managers.kept_by == ((house.doctor.name, 1), (house.colleague.name, 1))
    assert mine.worth is not None
    assert mine.worth.averages.weekdays == 8
    assert mine.worth.averages.unpredictable.weekday_hours == Fraction(3, 8)


def test_more_rotas_and_members_ask_no_more_questions(rota: Keeping) -> None:
    walk, house = rota.walk, rota.walk.house

    def asked(read: Callable[[], object]) -> int:
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(walk.engine, "before_cursor_execute", note)
        read()
        event.remove(walk.engine, "before_cursor_execute", note)
        return count

    def listing() -> None:
        with walk.session() as session:
            rotas.rota_list(session, viewer=viewer(walk, house.manager), now=walk.at)

    def page() -> None:
        with walk.session() as session:
            rotas.rota_page(session, viewer=viewer(walk, house.manager), rota_id=rota.rota_id, now=walk.at)

    def part() -> None:
        with walk.session() as session:
            rota_figures(session, person_id=house.doctor.id, on=FIRST)

    page()
    before = [asked(read) for read in (listing, page, part)]
    for number in range(3):
        more = rota.did(on_call.add_rota, team_id=house.team.id, said=About(f"Rota {number}"))
        rota.did(on_call.add_member, rota_id=more, person_id=house.doctor.id, starts_on=FIRST, equal_share=True)
        rota.did(on_call.open_diary, rota_id=more, starts_on=FIRST)
    assert [asked(read) for read in (listing, page, part)] == before


def test_a_trust_whose_policy_gives_no_figures_reads_that_they_are_a_default(bth: Walk, cpft: Walk) -> None:
    for walk, own in ((bth, True), (cpft, False)):
        by = Actor(walk.house.manager.id, walk.house.trust.id)
        made = walk.perform(on_call.add_rota, by=by, team_id=walk.house.team.id, said=About("Any"), now=walk.at)
        with walk.session() as session:
            reader = viewer(walk, walk.house.manager)
            assert rotas.rota_page(session, viewer=reader, rota_id=made, now=walk.at).verified == own


def test_a_contract_is_needed_for_a_supplement(agreed: Keeping) -> None:
    with agreed.walk.session() as session:
        session.query(Contract).delete()
        session.commit()
    assert figures(agreed, agreed.walk.house.doctor).supplement is None
