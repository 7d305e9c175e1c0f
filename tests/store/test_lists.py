"""The questions of the lists, on both databases."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.factories import NOW, World, open_case, open_deadline, open_step
from workflows.store import case_pages, lists, team_pages
from workflows.store.lists import CaseFilters, Sight
from workflows.store.models import Person

NOBODY: frozenset[int] = frozenset()


def sight(world: World, *people: Person, whole: bool = False, led: bool = False) -> Sight:
    house = world.cpft
    return Sight(
        trust_id=house.trust.id,
        whole_trust=whole,
        people=frozenset(person.id for person in people),
        led=frozenset({house.care_group.id}) if led else NOBODY,
        managed=NOBODY,
        member_of=NOBODY,
    )


def found(session: Session, sees: Sight, filters: CaseFilters | None = None) -> list[str]:
    rows = lists.list_cases(session, sight=sees, filters=filters or CaseFilters(), now=NOW, limit=50, offset=0)
    return [row.reference for row in rows]


def test_what_is_due_first_comes_first_and_what_has_no_date_last(session: Session, world: World) -> None:
    undated, later, sooner = (open_case(session, world.cpft) for _ in range(3))
    open_deadline(session, later, due_at=NOW + timedelta(days=20))
    open_deadline(session, sooner, due_at=NOW + timedelta(days=2))
    assert found(session, sight(world, whole=True)) == [sooner.reference, later.reference, undated.reference]


def test_a_deadline_that_is_done_with_sorts_nothing_and_makes_nothing_late(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    row = open_deadline(session, case, due_at=NOW - timedelta(days=2))
    sees = sight(world, whole=True)
    assert lists.count_cases(session, sight=sees, filters=CaseFilters(), now=NOW) == (1, 1)
    row.status, row.ended_at = "missed", NOW
    session.flush()
    assert lists.count_cases(session, sight=sees, filters=CaseFilters(), now=NOW) == (1, 0)
    assert found(session, sees, CaseFilters(late=True)) == []


def test_a_case_is_seen_by_its_doctor_its_amd_and_whoever_holds_a_step_but_by_no_other_trust(
    session: Session, world: World
) -> None:
    house = world.cpft
    case, other = open_case(session, house), open_case(session, world.bth)
    open_step(session, case, held_by=[house.hr], role="hr_workforce")
    for sees in (sight(world, house.doctor), sight(world, led=True), sight(world, house.hr)):
        assert found(session, sees) == [case.reference]
    assert found(session, sight(world, house.colleague)) == []
    assert other.reference not in found(session, sight(world, world.bth.doctor, whole=True))


def test_hr_no_longer_sees_a_case_whose_step_it_has_done(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house)
    hr = open_step(session, case, element="check", held_by=[house.hr], role="hr_workforce")
    manager = open_step(session, case, element="agree", held_by=[house.manager], role="clinical_manager")
    for step, person in ((hr, house.hr), (manager, house.manager)):
        step.status, step.done_by_id = "done", person.id
    session.flush()
    assert found(session, sight(world, house.hr)) == []
    assert found(session, sight(world, house.manager)) == [case.reference]


def test_search_ignores_case_and_takes_signs_of_patterns_as_they_are(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    sees = sight(world, whole=True)
    for words in (case.reference.lower(), "OSEI", "penrith", "mental"):
        assert found(session, sees, CaseFilters(words=words)) == [case.reference]
    for words in ("%", "_", "\\", "nobody"):
        assert found(session, sees, CaseFilters(words=words)) == []


def test_open_and_late_cases_are_counted_by_team(session: Session, world: World) -> None:
    late = open_case(session, world.cpft)
    open_deadline(session, late, due_at=NOW - timedelta(hours=1))
    open_case(session, world.cpft)
    team = world.cpft.team.id
    counted = lists.open_and_late_by_team(session, sight=sight(world, whole=True), team_ids=[team], now=NOW)
    assert counted == {team: (2, 1)}


def test_posts_around_a_case_are_the_teams_the_care_groups_and_the_trusts(session: Session, world: World) -> None:
    house = world.cpft
    posts = case_pages.posts_around(
        session, trust_id=house.trust.id, team_id=house.team.id, care_group_id=house.care_group.id, day=NOW.date()
    )
    held = {post.role: post.person_id for post in posts}
    assert held["amd"] == house.amd.id
    assert held["clinical_manager"] == house.manager.id
    assert held["medical_director"] == house.medical_director.id
    assert {post.trust_id for post in posts} == {house.trust.id}


def test_members_and_their_due_cases_are_asked_for_at_once(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house)
    open_deadline(session, case, due_at=NOW + timedelta(days=3))
    members = team_pages.members(session, team_ids=[house.team.id], day=NOW.date())
    assert {person for _, person, _ in members} == {house.doctor.id, house.colleague.id}
    cases = team_pages.open_cases_of(session, trust_id=house.trust.id, person_ids=[house.doctor.id])
    assert [one.id for one in cases] == [case.id]
    assert team_pages.due_of_cases(session, case_ids=[case.id]) == {case.id: NOW + timedelta(days=3)}
    assert lists.next_due_day(session, trust_id=house.trust.id) is None
