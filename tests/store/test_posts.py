"""Who holds what on a day, who stands in, and who is who."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, World, add_person, add_post
from workflows.store import people, posts
from workflows.store.models import Contract, Deputy

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def selects(engine: Engine) -> list[str]:
    """The reading statements sent from now on."""
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: sent.append(call[2]) if "FROM" in call[2] else None)
    return sent


def add_deputy(session: Session, *, away: int, acting: int, last: date = TODAY) -> None:
    session.add(
        Deputy(
            person_id=away, deputy_id=acting, starts_on=YESTERDAY, ends_on=last, reason="annual leave", recorded_at=NOW
        )
    )
    session.flush()


def test_the_holders_of_several_roles_come_with_their_persons_in_one_statement(
    session: Session, world: World, engine: Engine
) -> None:
    trust_id = world.cpft.trust.id
    session.expunge_all()
    asked = selects(engine)
    found = posts.holders_of(session, trust_id=trust_id, roles=["amd", "medical_directorate"], on=TODAY)
    names = [(post.role, post.name) for post in found]
    assert names == [
        ("amd", "Dr Edmund Thwaite"),
        ("medical_directorate", "Imogen Bland"),
        ("medical_directorate", "Jack Tyson"),
    ]
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (TODAY, TODAY, True),
        (YESTERDAY, None, True),
        (TOMORROW, None, False),
        (YESTERDAY, YESTERDAY, False),
    ],
)
def test_a_post_is_held_from_its_first_day_to_its_last(
    session: Session, world: World, starts_on: date, ends_on: date | None, holds: bool
) -> None:
    cpft = world.cpft
    person = add_person(session, trust=cpft.trust, name="Dr Zara Khan")
    area = {"care_group": cpft.care_group, "team": cpft.team}
    add_post(session, person=person, role="mediator", starts_on=starts_on, ends_on=ends_on, **area)  # type: ignore[arg-type]
    found = posts.holders_of(session, trust_id=cpft.trust.id, roles=["mediator"], on=TODAY)
    assert [post.person_id for post in found] == ([person.id] if holds else [])
    assert len(posts.posts_of(session, person_id=person.id, on=TODAY)) == int(holds)


def test_who_has_left_holds_nothing_though_the_post_still_runs(session: Session, world: World) -> None:
    world.cpft.amd.left_on = YESTERDAY
    session.flush()
    assert posts.holders_of(session, trust_id=world.cpft.trust.id, roles=["amd"], on=TODAY) == []
    assert len(posts.holders_of(session, trust_id=world.cpft.trust.id, roles=["amd"], on=YESTERDAY)) == 1


def test_a_deputy_may_act_only_while_the_other_is_away(session: Session, world: World) -> None:
    away, acting = world.cpft.manager, world.cpft.amd
    add_deputy(session, away=away.id, acting=acting.id)
    assert posts.deputising_for(session, person_id=acting.id, on=TODAY) == [away]
    assert posts.deputising_for(session, person_id=acting.id, on=TOMORROW) == []
    assert posts.deputising_for(session, person_id=away.id, on=TODAY) == []


def test_two_entries_for_one_absence_name_the_person_once(session: Session, world: World) -> None:
    for last in (TODAY, TOMORROW):
        add_deputy(session, away=world.cpft.manager.id, acting=world.cpft.amd.id, last=last)
    assert posts.deputising_for(session, person_id=world.cpft.amd.id, on=TODAY) == [world.cpft.manager]


def test_the_members_of_a_team_are_its_practitioners_by_name(session: Session, world: World) -> None:
    members = posts.members_of_team(session, team_id=world.cpft.team.id, on=TODAY)
    assert [person.name for person in members] == ["Dr Amina Osei", "Dr Ben Carver"]


def test_a_care_group_has_its_own_teams(session: Session, world: World) -> None:
    assert posts.teams_of(session, care_group_id=world.cpft.care_group.id) == [world.cpft.team]


def test_the_newest_contract_of_the_day_counts(session: Session, world: World) -> None:
    doctor = world.cpft.doctor
    session.add(
        Contract(
            person_id=doctor.id,
            kind="consultant_2003",
            grade="Consultant",
            programmed_activities=Decimal("7.125"),
            payroll_number="1",
            starts_on=TODAY,
        )
    )
    session.flush()
    session.expire_all()
    on_the_day = posts.contract_of(session, person_id=doctor.id, on=TODAY)
    before = posts.contract_of(session, person_id=doctor.id, on=YESTERDAY)
    assert on_the_day is not None
    assert before is not None
    assert (on_the_day.programmed_activities, before.programmed_activities) == (Decimal("7.125"), Decimal(10))
    assert posts.contract_of(session, person_id=world.cpft.hr.id, on=TODAY) is None


# -------------------------------------------------------------------------------------------------------------- people


def test_people_and_places_of_another_trust_are_not_found(session: Session, world: World) -> None:
    cpft, bth = world.cpft, world.bth
    assert people.by_id(session, trust_id=bth.trust.id, person_id=cpft.doctor.id) is None
    assert people.team(session, trust_id=bth.trust.id, team_id=cpft.team.id) is None
    assert people.care_group(session, trust_id=bth.trust.id, care_group_id=cpft.care_group.id) is None
    asked = [cpft.doctor.id, cpft.hr.id, bth.hr.id]
    assert people.of_the_trust(session, trust_id=bth.trust.id, person_ids=asked) == {bth.hr.id}


def test_names_of_many_pass_over_nobody(session: Session, world: World) -> None:
    assert people.names(session, person_ids=[world.cpft.hr.id, None]) == {world.cpft.hr.id: "Kavita Nair"}
    assert people.names(session, person_ids=[]) == {}


def test_trusts_are_listed_by_key(session: Session, world: World) -> None:
    assert people.trusts(session) == [world.bth.trust, world.cpft.trust]
    assert people.trust(session, trust_id=world.bth.trust.id) is world.bth.trust
