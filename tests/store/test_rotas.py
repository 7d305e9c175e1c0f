"""Rotas in the store, on both databases: found by what is on them, in a number of statements that never grows."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tests.factories import NOW, House, World, build_world
from workflows.store import erasing, rotas, subjects
from workflows.store.models import DiaryEntry, Rota, RotaDiary, RotaMember

FIRST = date(2027, 3, 1)
A_DAY = timedelta(days=1)


def add_rota(session: Session, house: House, name: str = "Physicians", **more: object) -> Rota:
    row = Rota(trust_id=house.trust.id, team_id=house.team.id, name=name, added_at=NOW, **more)
    rotas.add(session, row=row)
    rotas.add(session, row=RotaMember(rota_id=row.id, person_id=house.doctor.id, starts_on=FIRST))
    diary = RotaDiary(rota_id=row.id, starts_on=FIRST, ends_on=FIRST + 69 * A_DAY, opened_at=NOW)
    rotas.add(session, row=diary)
    times = {"starts_at": "22:00", "ends_at": "01:30", "predictable": False, "in_pa": False, "recorded_at": NOW}
    rotas.add(session, row=DiaryEntry(diary_id=diary.id, person_id=house.doctor.id, day=FIRST, **times))
    session.expire_all()
    return row


def test_a_rota_is_found_by_itself_its_members_its_diaries_and_their_entries_within_its_trust(session: Session) -> None:
    world: World = build_world(session)
    bth, cpft = world.bth.trust.id, world.cpft.trust.id
    row = add_rota(session, world.bth)
    member, diary = row.members[0].id, row.diaries[0].id
    [entry] = rotas.entries(session, diary_id=diary)
    assert rotas.by_id(session, trust_id=bth, rota_id=row.id) is row
    assert rotas.of_member(session, trust_id=bth, rota_member_id=member) is row
    assert rotas.of_diary(session, trust_id=bth, diary_id=diary) is row
    assert rotas.of_entry(session, trust_id=bth, entry_id=entry.id) == (row, entry)
    assert rotas.by_id(session, trust_id=cpft, rota_id=row.id) is None
    assert rotas.of_member(session, trust_id=cpft, rota_member_id=member) is None
    assert rotas.of_diary(session, trust_id=cpft, diary_id=diary) is None
    assert rotas.of_entry(session, trust_id=cpft, entry_id=entry.id) is None
    assert rotas.of_entry(session, trust_id=bth, entry_id=entry.id + 1) is None
    rotas.remove(session, row=entry)
    assert rotas.entries(session, diary_id=diary) == []


def test_rotas_are_listed_by_team_and_by_who_is_on_them(session: Session) -> None:
    house = build_world(session).bth
    second, first = add_rota(session, house, "Stroke"), add_rota(session, house, "Physicians")
    about = {"trust_id": house.trust.id}
    assert rotas.of_teams(session, **about, team_ids=None, person_ids=()) == [first, second]
    assert rotas.of_teams(session, **about, team_ids=[house.team.id], person_ids=()) == [first, second]
    assert rotas.of_teams(session, **about, team_ids=[], person_ids=[house.doctor.id]) == [first, second]
    assert rotas.of_teams(session, **about, team_ids=[], person_ids=[house.manager.id]) == []


def test_whoever_is_on_a_rota_that_day_has_it_until_it_is_closed(session: Session) -> None:
    house = build_world(session).bth
    row = add_rota(session, house, closed_on=FIRST + 9 * A_DAY)
    row.members[0].ends_on = FIRST + 5 * A_DAY
    open_one = add_rota(session, house, "Stroke", closed_on=FIRST + 3 * A_DAY)
    session.flush()

    def on(day: date) -> list[int]:
        return [one.id for one in rotas.of_people(session, person_ids=[house.doctor.id], on=day)]

    assert on(FIRST - A_DAY) == []
    assert on(FIRST) == [row.id, open_one.id]
    assert on(FIRST + 3 * A_DAY) == [row.id]
    assert on(FIRST + 5 * A_DAY) == [row.id]
    assert on(FIRST + 6 * A_DAY) == []


def test_diaries_that_are_over_and_not_agreed_are_found(session: Session) -> None:
    house = build_world(session).bth
    row, last = add_rota(session, house), FIRST + 69 * A_DAY
    about = {"trust_id": house.trust.id}
    assert rotas.diaries_over(session, **about, before=last) == []
    assert rotas.diaries_over(session, **about, before=last + A_DAY) == [row]
    row.diaries[0].agreed_at = NOW
    session.flush()
    assert rotas.diaries_over(session, **about, before=last + A_DAY) == []


def test_doctors_of_the_trust_are_those_with_a_post_that_day(session: Session) -> None:
    house = build_world(session).bth
    names = [name for _, name in rotas.doctors(session, trust_id=house.trust.id, on=FIRST)]
    assert names == [house.doctor.name, house.colleague.name]
    house.colleague.left_on = FIRST - A_DAY
    session.flush()
    assert len(rotas.doctors(session, trust_id=house.trust.id, on=FIRST)) == 1


def test_a_doctors_own_places_and_entries_are_in_what_is_held_about_them(session: Session) -> None:
    house = build_world(session).bth
    add_rota(session, house)
    rows = subjects.own_rows(session, person_id=house.doctor.id)
    assert (len(rows["rota_member"]), len(rows["diary_entry"])) == (1, 1)
    assert rows["diary_entry"][0]["starts_at"] == "22:00"


def test_words_beside_an_agreement_go_when_old_words_go(session: Session) -> None:
    world = build_world(session)
    rows = [add_rota(session, house).diaries[0] for house in (world.bth, world.cpft)]
    for row in rows:
        row.note, row.agreed_at = "All were there.", NOW
    session.flush()
    erasing.erase_post(session, trust_id=world.bth.trust.id, written_before=NOW)
    erasing.erase_post(session, trust_id=world.bth.trust.id, written_before=NOW + A_DAY)
    session.expire_all()
    assert [row.note for row in rows] == ["", "All were there."]
