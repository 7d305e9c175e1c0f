"""Posts, persons, places and deputies: what is recorded, and what is refused with its reason."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, House, World
from tests.people.conftest import By
from workflows import people
from workflows.domain.errors import Broken
from workflows.domain.particulars import NeedsAName, NotAnAddress, TakenAlready
from workflows.domain.people import EndsBeforeItBegins
from workflows.people import Particulars, Place
from workflows.people.appointing import (
    HandedToThemselves,
    HeldAlready,
    LastOfTheDirectorate,
    NoSuchPlace,
    NoSuchPost,
    TooEarlyToHandOver,
)
from workflows.people.deputising import AwayTooLong, DeputyAlready, NeedsAReason, NotYourAbsence, OverAlready, OwnDeputy
from workflows.people.keeping import HasLeft, NoSuchPerson, NotYoursToKeep
from workflows.people.persons import LeavesBeforeTheyCame
from workflows.people.places import NameTaken, NeedsAPlaceName
from workflows.store.models import Act, Deputy, Notice, Person, Post

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = SQLITE
A_DAY = timedelta(days=1)


def post_of(session: Session, person: Person) -> Post:
    return session.scalars(select(Post).where(Post.person_id == person.id)).one()


def given(session: Session, by: By, person: Person, role: str, place: Place, **more: Any) -> Any:
    words = {"starts_on": TODAY, "ends_on": None, **more}
    return people.give_post(session, by=by, person_id=person.id, role=role, place=place, now=NOW, **words)


def test_everything_is_for_the_directorate_of_that_trust_alone(session: Session, world: World, cpft: House) -> None:
    post = post_of(session, cpft.manager)
    said = Particulars("Somebody New", "new@cpft.example")
    verbs: list[Callable[[By], object]] = [
        lambda by: people.add_person(session, by=by, said=said, now=NOW),
        lambda by: people.change_person(session, by=by, person_id=cpft.doctor.id, said=said, now=NOW),
        lambda by: people.set_leaving(session, by=by, person_id=cpft.doctor.id, last_day=TODAY, now=NOW),
        lambda by: given(session, by, cpft.doctor, "finance", Place()),
        lambda by: people.end_post(session, by=by, post_id=post.id, last_day=TODAY, now=NOW),
        lambda by: people.hand_over(session, by=by, post_id=post.id, to_id=cpft.colleague.id, starts_on=TODAY, now=NOW),
        lambda by: people.add_care_group(session, by=by, name="New", now=NOW),
        lambda by: people.rename_place(session, by=by, kind="team", place_id=cpft.team.id, name="New", now=NOW),
    ]
    for verb in verbs:
        for person in (cpft.hr, cpft.manager, cpft.medical_director):
            with pytest.raises(NotYoursToKeep):
                verb(By(person.id, cpft.trust.id))
        with pytest.raises(NotYoursToKeep):
            verb(By(world.bth.directorate.id, cpft.trust.id))
    other = By(world.bth.directorate.id, world.bth.trust.id)
    with pytest.raises(NoSuchPerson):
        given(session, other, cpft.doctor, "finance", Place())
    with pytest.raises(NoSuchPost):
        people.end_post(session, by=other, post_id=post.id, last_day=TODAY, now=NOW)
    with pytest.raises(NoSuchPlace):
        people.rename_place(session, by=other, kind="team", place_id=cpft.team.id, name="New", now=NOW)
    assert list(session.scalars(select(Act))) == []


@pytest.mark.parametrize(
    ("name", "email", "refused"),
    [
        ("", "a@b.example", NeedsAName),
        ("x" * 201, "a@b.example", NeedsAName),
        ("Dr\u202eevil", "a@b.example", NeedsAName),
        ("Dr A", "nobody", NotAnAddress),
        ("Dr A", "a@b.example, c@d.example", NotAnAddress),
        ("Dr A", "<a@b.example>", NotAnAddress),
        ("Dr A", "DR.x@y", NotAnAddress),
    ],
)
def test_a_name_and_an_address_are_what_they_say(
    session: Session, office: By, name: str, email: str, refused: type[Broken]
) -> None:
    with pytest.raises(refused):
        people.add_person(session, by=office, said=Particulars(name, email), now=NOW)


def test_a_number_stands_for_one_person(session: Session, office: By) -> None:
    first = Particulars("Dr  A\u00a0B ", "A@B.example", " 77 ")
    kept = session.get_one(Person, people.add_person(session, by=office, said=first, now=NOW))
    assert (kept.name, kept.email, kept.employee_number) == ("Dr A B", "a@b.example", "77")
    with pytest.raises(TakenAlready, match="Dr A B has"):
        people.add_person(session, by=office, said=Particulars("Dr C", "c@d.example", "77"), now=NOW)


def test_a_post_is_handed_over_from_the_evening_to_the_morning(session: Session, cpft: House, office: By) -> None:
    post = post_of(session, cpft.amd)
    words: dict[str, Any] = {"by": office, "post_id": post.id, "now": NOW}
    with pytest.raises(HandedToThemselves):
        people.hand_over(session, to_id=cpft.amd.id, starts_on=TODAY, **words)
    with pytest.raises(TooEarlyToHandOver):
        people.hand_over(session, to_id=cpft.colleague.id, starts_on=post.starts_on, **words)
    area = people.hand_over(session, to_id=cpft.colleague.id, starts_on=TODAY + A_DAY, **words)
    assert area.care_group_ids == {cpft.care_group.id}
    assert post.ends_on == TODAY
    new = session.scalars(select(Post).where(Post.person_id == cpft.colleague.id, Post.role == "amd")).one()
    assert (new.starts_on, new.care_group_id, new.team_id) == (TODAY + A_DAY, cpft.care_group.id, None)
    assert [act.kind for act in session.scalars(select(Act).order_by(Act.number))] == ["post_given", "post_ended"]


def test_a_post_that_stands_in_touches_the_steps_of_whom_it_stands_in_for(
    session: Session, cpft: House, office: By
) -> None:
    area = people.end_post(
        session, by=office, post_id=post_of(session, cpft.chief_executive).id, last_day=TODAY, now=NOW
    )
    assert {"chief_executive", "medical_director", "amd", "clinical_manager"} <= area.roles


def test_the_same_post_is_held_once_at_a_time(session: Session, cpft: House, office: By) -> None:
    place = Place(team_id=cpft.team.id)
    with pytest.raises(HeldAlready):
        given(session, office, cpft.manager, "clinical_manager", place)
    given(session, office, cpft.colleague, "clinical_manager", place)
    with pytest.raises(EndsBeforeItBegins):
        given(session, office, cpft.amd, "clinical_manager", place, ends_on=TODAY - A_DAY)


def test_whoever_has_left_is_given_nothing(session: Session, cpft: House, office: By) -> None:
    people.set_leaving(session, by=office, person_id=cpft.colleague.id, last_day=TODAY - A_DAY, now=NOW)
    with pytest.raises(HasLeft):
        given(session, office, cpft.colleague, "finance", Place())
    people.set_leaving(session, by=office, person_id=cpft.colleague.id, last_day=None, now=NOW)
    assert given(session, office, cpft.colleague, "finance", Place())


def test_nobody_leaves_before_they_came(session: Session, cpft: House, office: By) -> None:
    with pytest.raises(LeavesBeforeTheyCame, match="1 April 2020"):
        people.set_leaving(session, by=office, person_id=cpft.doctor.id, last_day=date(2019, 1, 1), now=NOW)


def test_the_directorate_never_runs_out_of_people(session: Session, cpft: House, office: By) -> None:
    first, second = post_of(session, cpft.directorate), post_of(session, cpft.second_directorate)
    people.end_post(session, by=office, post_id=second.id, last_day=TODAY - A_DAY, now=NOW)
    with pytest.raises(LastOfTheDirectorate):
        people.end_post(session, by=office, post_id=first.id, last_day=TODAY, now=NOW)
    with pytest.raises(LastOfTheDirectorate):
        people.set_leaving(session, by=office, person_id=cpft.directorate.id, last_day=TODAY, now=NOW)
    people.hand_over(session, by=office, post_id=first.id, to_id=cpft.hr.id, starts_on=TODAY + A_DAY, now=NOW)


def test_places_have_names_of_their_own(session: Session, cpft: House, office: By) -> None:
    group = people.add_care_group(session, by=office, name="  Children  and young ", now=NOW)
    people.add_team(session, by=office, care_group_id=group, name="Kendal", now=NOW)
    with pytest.raises(NameTaken):
        people.add_care_group(session, by=office, name="children AND young", now=NOW)
    for wrong in ("", "x" * 121, "a\tb\x00"):
        with pytest.raises(NeedsAPlaceName):
            people.add_team(session, by=office, care_group_id=group, name=wrong, now=NOW)
    people.rename_place(session, by=office, kind="care_group", place_id=group, name="Children and Young", now=NOW)


def deputise(session: Session, by: By, person: Person, deputy: Person, first: date, last: date, **more: Any) -> int:
    words = {"reason": "Annual leave", **more}
    return people.record_deputy(
        session, by=by, person_id=person.id, deputy_id=deputy.id, starts_on=first, ends_on=last, now=NOW, **words
    )


def test_a_deputy_is_told_and_so_is_whoever_is_away_when_the_directorate_records_it(
    session: Session, cpft: House, office: By
) -> None:
    deputise(session, office, cpft.manager, cpft.amd, TODAY, TODAY + A_DAY)
    told = {notice.person_id: notice.words for notice in session.scalars(select(Notice))}
    assert set(told) == {cpft.manager.id, cpft.amd.id}
    assert "from 1 March 2027 to 2 March 2027" in told[cpft.amd.id]
    own = By(cpft.amd.id, cpft.trust.id)
    deputise(session, own, cpft.amd, cpft.manager, TODAY, TODAY)
    assert len(list(session.scalars(select(Notice)))) == 3


def test_a_deputy_is_recorded_for_oneself_or_by_the_directorate(session: Session, world: World, cpft: House) -> None:
    manager = By(cpft.manager.id, cpft.trust.id)
    with pytest.raises(NotYourAbsence):
        deputise(session, manager, cpft.amd, cpft.manager, TODAY, TODAY)
    with pytest.raises(OwnDeputy):
        deputise(session, manager, cpft.manager, cpft.manager, TODAY, TODAY)
    with pytest.raises(NoSuchPerson):
        deputise(session, manager, cpft.manager, world.bth.amd, TODAY, TODAY)
    with pytest.raises(EndsBeforeItBegins):
        deputise(session, manager, cpft.manager, cpft.amd, TODAY, TODAY - A_DAY)
    with pytest.raises(OverAlready):
        deputise(session, manager, cpft.manager, cpft.amd, TODAY - 2 * A_DAY, TODAY - A_DAY)
    with pytest.raises(AwayTooLong):
        deputise(session, manager, cpft.manager, cpft.amd, TODAY, TODAY + 400 * A_DAY)
    with pytest.raises(NeedsAReason):
        deputise(session, manager, cpft.manager, cpft.amd, TODAY, TODAY, reason=" ")
    row = deputise(session, manager, cpft.manager, cpft.amd, TODAY, TODAY + A_DAY)
    with pytest.raises(DeputyAlready):
        deputise(session, manager, cpft.manager, cpft.amd, TODAY + A_DAY, TODAY + 9 * A_DAY)
    with pytest.raises(NotYourAbsence):
        people.end_deputy(session, by=By(cpft.amd.id, cpft.trust.id), deputy_row_id=row, now=NOW)
    with pytest.raises(Broken, match="no such deputy"):
        people.end_deputy(session, by=By(world.bth.directorate.id, world.bth.trust.id), deputy_row_id=row, now=NOW)


def test_an_ended_deputy_acts_no_more_and_one_that_began_stays_on_record(
    session: Session, cpft: House, office: By
) -> None:
    row = deputise(session, office, cpft.manager, cpft.amd, TODAY - 3 * A_DAY, TODAY + 3 * A_DAY)
    people.end_deputy(session, by=office, deputy_row_id=row, now=NOW)
    assert session.get_one(Deputy, row).ends_on == TODAY - A_DAY
    with pytest.raises(OverAlready):
        people.end_deputy(session, by=office, deputy_row_id=row, now=NOW)
    later = deputise(session, office, cpft.manager, cpft.amd, TODAY + A_DAY, TODAY + 3 * A_DAY)
    people.end_deputy(session, by=office, deputy_row_id=later, now=NOW)
    assert session.get(Deputy, later) is None
