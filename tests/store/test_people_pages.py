"""Questions about people, posts, deputies and queues, asked of both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import (
    NOW,
    TODAY,
    World,
    add_contract,
    add_person,
    add_post,
    open_case,
    open_step,
)
from workflows.domain.people import Area
from workflows.store import deputies, employment, people_pages, queues, starters, touched
from workflows.store.models import Contract, Deputy, Person, PlanVersion, Post
from workflows.store.people_pages import PeopleFilters, PlanState

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def listed(session: Session, world: World, **narrowed: object) -> list[str]:
    """The names that a list of Cumbria's people shows."""
    filters = PeopleFilters(**narrowed)  # type: ignore[arg-type]  # the tests name fields of the filters
    trust_id = world.cpft.trust.id
    rows = people_pages.page(session, trust_id=trust_id, filters=filters, today=TODAY, limit=50, offset=0)
    assert len(rows) == people_pages.count(session, trust_id=trust_id, filters=filters, today=TODAY)
    return [row.name for row in rows]


def test_a_list_is_narrowed_by_words_role_place_and_whether_they_are_here(session: Session, world: World) -> None:
    house = world.cpft
    house.finance.left_on = YESTERDAY
    session.flush()
    assert len(listed(session, world)) == 11
    assert listed(session, world, here="left") == ["Liam Fearon"]
    assert len(listed(session, world, here="")) == 12
    assert listed(session, world, words="amina OSEI") == ["Dr Amina Osei"]
    assert listed(session, world, words="100%_") == []
    assert listed(session, world, role="amd") == ["Dr Edmund Thwaite"]
    assert listed(session, world, team_id=house.team.id) == [
        "Dawn Pickering",
        "Dr Amina Osei",
        "Dr Ben Carver",
        "Dr Carys Llewellyn",
    ]
    assert "Dr Edmund Thwaite" in listed(session, world, care_group_id=house.care_group.id)
    assert listed(session, world, team_id=world.bth.team.id) == []


def test_a_list_is_narrowed_by_how_it_stands_with_the_plan(session: Session, world: World) -> None:
    house = world.cpft
    open_case(session, house)
    session.add(
        PlanVersion(
            trust_id=house.trust.id,
            person_id=house.manager.id,
            number=3,
            status="in_force",
            content={},
            effective_from=TODAY,
            written_at=NOW,
        )
    )
    session.flush()
    assert listed(session, world, plan="under_way") == ["Dr Amina Osei"]
    assert listed(session, world, plan="none") == ["Dr Ben Carver"]
    assert listed(session, world, plan="in_force") == ["Dr Carys Llewellyn"]
    states = people_pages.plan_states(session, person_ids=[house.doctor.id, house.manager.id, house.hr.id])
    assert states[house.doctor.id].reference == "CPFT-2027-0001"
    assert states[house.manager.id][:3] == (states[house.manager.id].plan_id, 3, TODAY)
    assert states[house.hr.id] == PlanState()


def test_a_plan_that_is_agreed_and_not_yet_in_force_is_a_state_of_its_own(session: Session, world: World) -> None:
    house, april = world.cpft, date(2027, 4, 1)
    row = {"trust_id": house.trust.id, "person_id": house.colleague.id, "content": {}, "written_at": NOW}
    session.add_all(
        [
            PlanVersion(**row, number=number, status=status, effective_from=starts)
            for number, status, starts in (
                (1, "in_force", TODAY),
                (2, "agreed", april),
                (3, "agreed", date(2027, 6, 1)),
            )
        ]
    )
    session.flush()
    assert listed(session, world, plan="agreed") == ["Dr Ben Carver"]
    assert "Dr Ben Carver" not in listed(session, world, plan="none")
    state = people_pages.plan_states(session, person_ids=[house.colleague.id])[house.colleague.id]
    assert (state.number, state.since) == (1, TODAY)
    assert (state.next_number, state.next_from) == (2, april), "what begins first"


def test_posts_come_with_the_names_of_their_places(session: Session, world: World) -> None:
    house = world.cpft
    [post] = people_pages.posts_of_people(session, person_ids=[house.manager.id], on=TODAY)
    assert (post.role, post.team, post.care_group) == ("clinical_manager", "Penrith community team", "Mental health")
    found = people_pages.post_line(session, trust_id=house.trust.id, post_id=post.id)
    assert found == (post, "Dr Carys Llewellyn")
    assert people_pages.post_line(session, trust_id=world.bth.trust.id, post_id=post.id) is None
    held = people_pages.posts_around_today(session, trust_id=house.trust.id, on=TODAY)
    assert len(held) == 12


def start(session: Session, person: Person, first: date) -> None:
    """They began on that day."""
    for row in (Contract, Post):
        session.execute(update(row).where(row.person_id == person.id).values(starts_on=first))


@pytest.mark.parametrize(
    ("first", "found"),
    [
        (TODAY - timedelta(days=10), True),
        (TODAY + timedelta(days=20), True),
        (TODAY + timedelta(days=60), False),
        (TODAY - timedelta(days=400), False),
    ],
)
def test_a_starter_is_found_from_a_month_before_to_a_year_after_the_first_day(
    session: Session, world: World, first: date, found: bool
) -> None:
    start(session, world.cpft.doctor, first)
    names = [one.name for one in starters.starters(session, trust_id=world.cpft.trust.id, today=TODAY)]
    assert names == (["Dr Amina Osei"] if found else [])
    assert starters.starters(session, trust_id=world.bth.trust.id, today=TODAY) == []


def test_whoever_has_a_plan_a_case_or_left_is_no_starter(session: Session, world: World) -> None:
    house, ago = world.cpft, TODAY - timedelta(days=10)
    for doctor in (house.doctor, house.colleague):
        start(session, doctor, ago)
    old = PlanVersion(
        trust_id=house.trust.id,
        person_id=house.colleague.id,
        number=1,
        status="in_force",
        content={},
        effective_from=date(2024, 4, 1),
        written_at=NOW,
    )
    session.add(old)
    open_case(session, house)

    def names() -> list[str]:
        return [one.name for one in starters.starters(session, trust_id=house.trust.id, today=TODAY)]

    assert names() == ["Dr Ben Carver"], "a plan of an earlier employment does not count"
    old.effective_from = TODAY
    session.flush()
    assert names() == []
    old.status = "agreed"
    session.flush()
    assert names() == [], "a plan from the first day on is agreed"
    old.status = "superseded"
    house.colleague.left_on = YESTERDAY
    session.flush()
    assert names() == []


def test_a_changed_contract_makes_nobody_a_new_starter(session: Session, world: World) -> None:
    house = world.cpft
    [old] = employment.contracts_of(session, person_id=house.doctor.id)
    old.ends_on = TODAY - timedelta(days=20)
    later = add_contract(session, person=house.doctor, pas="6")
    later.starts_on = TODAY - timedelta(days=10)
    session.flush()
    assert starters.starters(session, trust_id=house.trust.id, today=TODAY) == []
    old.ends_on = TODAY - timedelta(days=90)
    session.flush()
    [back] = starters.starters(session, trust_id=house.trust.id, today=TODAY)
    assert back.first_day == later.starts_on, "back after a gap"


def test_a_licensed_doctor_whom_no_team_plans_with_is_found(session: Session, world: World) -> None:
    house = world.cpft
    person = add_person(session, trust=house.trust, name="Dr Hugh Lost")
    add_contract(session, person=person)
    assert starters.without_a_team(session, trust_id=house.trust.id, today=TODAY) == []
    person.registration = "7000000"
    session.flush()
    assert starters.without_a_team(session, trust_id=house.trust.id, today=TODAY) == [
        (person.id, "Dr Hugh Lost", "Consultant")
    ]
    add_post(session, person=person, role="practitioner", care_group=house.care_group, team=house.team)
    assert starters.without_a_team(session, trust_id=house.trust.id, today=TODAY) == []


def test_steps_are_stranded_when_nobody_who_holds_a_post_may_take_them(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house)
    queued = open_step(session, case, element="queued")
    left = open_step(session, case, element="left", item=str(house.manager.id), held_by=[house.manager])
    open_step(session, case, element="held", held_by=[house.doctor])
    both = open_step(session, case, element="both", held_by=[house.manager, house.amd])
    house.manager.left_on = YESTERDAY
    session.flush()
    found = queues.stranded(session, trust_id=house.trust.id, today=TODAY)
    assert {row.id for row in found} == {queued.id, left.id}
    assert queues.is_stranded(session, step_id=left.id, today=TODAY)
    assert not queues.is_stranded(session, step_id=both.id, today=TODAY)
    assert queues.stranded(session, trust_id=world.bth.trust.id, today=TODAY) == []
    assert queues.holders(session, step_ids=[left.id]) == {left.id: [(house.manager.id, "Dr Carys Llewellyn")]}


def test_shared_steps_are_those_that_others_may_take_too(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house)
    team = [house.directorate, house.second_directorate]
    shared = open_step(session, case, element="check", role="medical_directorate", held_by=team)
    open_step(session, case, element="alone", role="medical_directorate", held_by=team[:1])
    found = queues.shared(
        session, trust_id=house.trust.id, people={house.directorate.id}, roles={"medical_directorate", "finance"}
    )
    assert [row.id for row in found] == [shared.id]


def test_only_cases_that_a_change_may_touch_are_looked_at(session: Session, world: World) -> None:
    house = world.cpft
    own = open_case(session, house)
    open_step(session, own, role="clinical_manager", held_by=[house.manager])
    whole = open_case(session, house, process="planning_round")
    whole.subject_id = whole.team_id = None
    open_step(session, whole, element="issue", role="medical_directorate", held_by=[house.directorate])
    mine = open_case(session, house, subject=house.colleague)
    open_step(session, mine, element="sign", item=str(house.colleague.id), held_by=[house.colleague])
    session.flush()

    def around(**area: frozenset[int] | frozenset[str]) -> list[int]:
        return touched.cases_around(session, trust_id=house.trust.id, area=Area(**area))  # type: ignore[arg-type]

    assert around(team_ids=frozenset({house.team.id})) == [own.id]
    assert around(whole=frozenset({house.care_group.id})) == [whole.id]
    assert around(care_group_ids=frozenset({house.care_group.id})) == [own.id, whole.id]
    assert around(roles=frozenset({"medical_directorate"})) == [whole.id]
    assert around(roles=frozenset({"finance"})) == []
    assert around() == []


def test_deputies_are_listed_by_those_concerned_and_by_day(session: Session, world: World) -> None:
    house = world.cpft
    row = deputies.add(
        session,
        row=Deputy(
            person_id=house.manager.id,
            deputy_id=house.amd.id,
            starts_on=TODAY,
            ends_on=TOMORROW,
            reason="Leave",
            recorded_at=NOW,
            recorded_by_id=house.directorate.id,
        ),
    )
    trust_id = house.trust.id
    [line] = deputies.listed(session, trust_id=trust_id, people=[house.amd.id], since=TODAY)
    assert (line.person, line.deputy, line.recorded_by) == ("Dr Carys Llewellyn", "Dr Edmund Thwaite", "Imogen Bland")
    assert deputies.listed(session, trust_id=trust_id, people=[house.hr.id]) == []
    assert deputies.listed(session, trust_id=trust_id, since=TOMORROW + timedelta(days=1)) == []
    assert deputies.listed(session, trust_id=world.bth.trust.id) == []
    assert deputies.by_id(session, trust_id=world.bth.trust.id, deputy_row_id=row.id) is None
    same = {"person_id": house.manager.id, "deputy_id": house.amd.id}
    assert deputies.overlapping(session, **same, first=TOMORROW, last=TOMORROW)
    assert not deputies.overlapping(session, **same, first=TOMORROW + timedelta(days=1), last=date(2027, 5, 1))
    deputies.remove(session, row=row)
    assert deputies.listed(session, trust_id=trust_id) == []
