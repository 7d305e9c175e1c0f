"""Plans by version, signatures, team plans and releases."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, House, World, add_release, open_case
from workflows.store import plans, releases, team_pages
from workflows.store.models import Person, PlanVersion, Release, Signature, TeamPlan


def add_version(session: Session, house: House, *, status: str = "draft", case_id: int | None = None) -> PlanVersion:
    return plans.add(
        session,
        version=PlanVersion(
            trust_id=house.trust.id,
            person_id=house.doctor.id,
            case_id=case_id,
            number=plans.next_number(session, person_id=house.doctor.id),
            status=status,
            content={"activities": []},
            written_at=NOW,
        ),
    )


def test_a_new_version_in_force_supersedes_the_old_one(session: Session, world: World) -> None:
    old, new = add_version(session, world.cpft), add_version(session, world.cpft)
    doctor = world.cpft.doctor.id
    assert plans.in_force(session, person_id=doctor) is None
    plans.put_in_force(session, version=old)
    plans.put_in_force(session, version=new)
    session.expire_all()
    assert plans.in_force(session, person_id=doctor) is new
    assert [(version.number, version.status) for version in plans.versions(session, person_id=doctor)] == [
        (2, "in_force"),
        (1, "superseded"),
    ]


def test_every_version_of_a_trust_is_listed_with_its_doctor_the_newest_first(session: Session, world: World) -> None:
    add_version(session, world.bth)
    old, new = add_version(session, world.cpft, status="superseded"), add_version(session, world.cpft)
    session.expire_all()
    name = world.cpft.doctor.name
    assert plans.of_trust(session, trust_id=world.cpft.trust.id) == [(new, name), (old, name)]
    assert new.content == {"activities": []}, "it is read where somebody asks for it"


def test_practitioners_are_found_in_their_teams_on_their_days(session: Session, world: World) -> None:
    house = world.cpft
    places = team_pages.places(session, trust_id=house.trust.id, day=TODAY)
    assert (house.doctor.id, house.team.id, house.team.care_group_id) in places
    assert house.manager.id not in {person for person, _, _ in places}
    assert team_pages.places(session, trust_id=house.trust.id, day=date(1990, 1, 1)) == []


def test_a_doctor_never_has_two_plans_in_force(session: Session, world: World) -> None:
    add_version(session, world.cpft, status="in_force")
    with pytest.raises(IntegrityError):
        add_version(session, world.cpft, status="in_force")


def add_agreed(session: Session, house: House, starts: date, *, person: Person | None = None) -> PlanVersion:
    """A version that waits for its first day, of the doctor or somebody else."""
    doctor = person or house.doctor
    version = PlanVersion(
        trust_id=house.trust.id,
        person_id=doctor.id,
        case_id=open_case(session, house).id,
        number=plans.next_number(session, person_id=doctor.id),
        status="draft",
        content={},
        effective_from=starts,
        written_at=NOW,
    )
    plans.agree(session, version=plans.add(session, version=version))
    return version


def test_what_waits_for_its_first_day_is_due_from_that_day_on_in_the_order_of_agreement(
    session: Session, world: World
) -> None:
    house, doctor = world.cpft, world.cpft.doctor.id
    first, second = (add_agreed(session, house, TODAY + timedelta(days=days)) for days in (10, 20))
    other = add_agreed(session, house, TODAY + timedelta(days=15), person=house.colleague)
    in_days = {days: TODAY + timedelta(days=days) for days in (9, 10, 15, 20)}
    assert plans.people_due(session, today=in_days[9]) == []
    assert plans.people_due(session, today=in_days[10]) == [doctor]
    assert plans.people_due(session, today=in_days[20]) == sorted([doctor, house.colleague.id])
    assert plans.due(session, person_id=doctor, today=in_days[10]) == [first]
    assert plans.due(session, person_id=doctor, today=in_days[20]) == [first, second]
    assert plans.waiting(session, person_id=house.colleague.id) == [other]
    assert [plans.next_first_day(session, after=in_days[days]) for days in (9, 10, 15, 20)] == [
        in_days[10],
        in_days[15],
        in_days[20],
        None,
    ]


def test_what_was_agreed_last_is_what_waits_else_what_is_in_force(session: Session, world: World) -> None:
    doctor = world.cpft.doctor.id
    assert plans.agreed_last(session, person_id=doctor) is None
    now = add_version(session, world.cpft)
    plans.put_in_force(session, version=now)
    add_version(session, world.cpft)
    assert plans.agreed_last(session, person_id=doctor) is now
    later = add_agreed(session, world.cpft, TODAY + timedelta(days=1))
    assert plans.agreed_last(session, person_id=doctor) is later
    assert plans.in_force(session, person_id=doctor) is now
    plans.supersede(session, versions=[later])
    assert plans.agreed_last(session, person_id=doctor) is now


def test_a_plan_of_whoever_leaves_before_its_day_is_never_due(session: Session, world: World) -> None:
    house, starts = world.cpft, TODAY + timedelta(days=10)
    add_agreed(session, house, starts)
    house.doctor.left_on = starts - timedelta(days=1)
    session.flush()
    assert plans.people_due(session, today=starts) == []
    assert plans.next_first_day(session, after=TODAY) is None
    house.doctor.left_on = starts
    session.flush()
    assert plans.people_due(session, today=starts) == [house.doctor.id]


def test_the_newest_draft_of_a_case_is_the_one_it_works_on(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    add_version(session, world.cpft)
    add_version(session, world.cpft, case_id=case.id)
    newest = add_version(session, world.cpft, case_id=case.id)
    assert plans.draft_of_case(session, case_id=case.id) is newest


def test_a_plan_of_another_trust_is_not_found(session: Session, world: World) -> None:
    version = add_version(session, world.cpft)
    assert plans.by_id(session, trust_id=world.cpft.trust.id, plan_version_id=version.id) is version
    assert plans.by_id(session, trust_id=world.bth.trust.id, plan_version_id=version.id) is None


def signature_of(house: House, version: PlanVersion) -> Signature:
    return Signature(
        case_id=version.case_id,
        plan_version_id=version.id,
        person_id=house.doctor.id,
        role="practitioner",
        sections={"dcc": "a"},
        signed_at=NOW,
    )


def test_a_voided_signature_leaves_its_trace_and_may_be_given_again(session: Session, world: World) -> None:
    version = add_version(session, world.cpft, case_id=open_case(session, world.cpft).id)
    first = plans.sign(session, signature=signature_of(world.cpft, version))
    with pytest.raises(IntegrityError), session.begin_nested():
        plans.sign(session, signature=signature_of(world.cpft, version))
    plans.void(session, signature=first, because="The direct clinical care was changed.", now=NOW)
    second = plans.sign(session, signature=signature_of(world.cpft, version))
    assert version.case_id is not None
    assert plans.signatures_of_case(session, case_id=version.case_id) == [first, second]
    assert plans.signatures_of(session, plan_version_id=version.id) == [second]


def test_a_teams_plans_are_numbered_and_the_newest_of_the_year_counts(session: Session, world: World) -> None:
    case = open_case(session, world.cpft, process="team_planning")
    filed = [
        plans.add_team_plan(
            session,
            plan=TeamPlan(
                trust_id=case.trust_id,
                team_id=world.cpft.team.id,
                case_id=case.id,
                year=year,
                content={},
                session_on=TODAY,
                approved_at=NOW,
            ),
        )
        for year in ("2026/27", "2026/27", "2027/28")
    ]
    team = world.cpft.team.id
    assert [plan.number for plan in filed] == [1, 2, 3]
    assert plans.team_plan(session, team_id=team) is filed[2]
    assert plans.team_plan(session, team_id=team, year="2026/27") is filed[1]
    assert plans.team_plan(session, team_id=team, year="2028/29") is None
    assert plans.team_plans(session, team_id=team) == filed[::-1]
    assert plans.team_plan_by_id(session, trust_id=world.bth.trust.id, team_plan_id=filed[0].id) is None


# ------------------------------------------------------------------------------------------------------------ releases


def test_publishing_a_release_supersedes_the_one_before(session: Session, world: World) -> None:
    first, trust = world.cpft.release, world.cpft.trust
    second = add_release(session, trust=trust, files={"policies/cumbria.toml": "b", "letters/a": "a"})
    session.expire_all()
    assert releases.published(session, trust_id=trust.id) is second
    assert (first.status, second.number) == ("superseded", 2)
    assert releases.by_id(session, release_id=first.id) is first
    assert releases.files(session, release_id=second.id) == {"letters/a": "a", "policies/cumbria.toml": "b"}
    assert releases.published(session, trust_id=world.bth.trust.id) is world.bth.release


def test_a_draft_is_not_what_cases_run_on(session: Session, world: World) -> None:
    draft = Release(trust_id=world.cpft.trust.id, number=2, content_hash="x", policy="cumbria")
    releases.add(session, release=draft, files={})
    assert draft.status == "draft"
    assert releases.published(session, trust_id=world.cpft.trust.id) is world.cpft.release
    releases.publish(session, release=draft, now=NOW + timedelta(days=1))
    assert draft.published_at == NOW + timedelta(days=1)
