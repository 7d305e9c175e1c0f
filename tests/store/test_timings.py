"""How long submits took, minute by minute, and how late time was."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import NOW, World, open_case, open_deadline, plan_firing
from workflows.store import health, heartbeats, timings, versions
from workflows.store.models import Firing, Mail, Took

MINUTE = timedelta(minutes=1)


def test_several_processes_and_minutes_add_up(session: Session) -> None:
    timings.add(session, minute=NOW, server="a:1", counts={"10": 2, "20": 1})
    timings.add(session, minute=NOW, server="a:2", counts={"10": 1})
    timings.add(session, minute=NOW + MINUTE, server="a:1", counts={"20": 4})
    timings.add(session, minute=NOW + MINUTE, server="a:1", counts={"20": 1, "50": 1})
    assert timings.counted(session, since=NOW) == {"10": 3, "20": 6, "50": 1}
    assert timings.counted(session, since=NOW + MINUTE) == {"20": 5, "50": 1}
    assert session.query(Took).count() == 3
    timings.forget(session, before=NOW + MINUTE)
    assert timings.counted(session, since=NOW) == {"20": 5, "50": 1}


def test_lateness_is_that_of_all_but_the_latest_in_a_hundred(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    for number in range(200):
        key = plan_firing(session, deadline, rung=number, at=NOW + timedelta(seconds=number))
        late = timedelta(seconds=90 if number < 2 else 0.25)
        fired = NOW + timedelta(seconds=number) + late
        session.execute(update(Firing).where(Firing.key == key).values(status="fired", fired_at=fired))
    day = {"since": NOW, "until": NOW + timedelta(days=1)}
    found = timings.lateness(session, **day, share=0.99)
    assert found.firings == 200
    assert found.seconds is not None
    assert abs(found.seconds - 0.25) < 0.02
    worst = timings.lateness(session, **day, share=0.995).seconds
    assert worst is not None
    assert abs(worst - 90) < 0.1
    assert timings.lateness(session, since=NOW + timedelta(days=1), until=NOW + timedelta(days=2), share=0.99) == (
        0,
        None,
    )


def test_what_is_not_done_yet_has_no_lateness(session: Session, world: World) -> None:
    plan_firing(session, open_deadline(session, open_case(session, world.cpft)))
    assert timings.lateness(session, since=NOW, until=NOW, share=0.99) == (0, None)


def test_e_mail_that_waits_is_counted_with_its_oldest(session: Session, world: World) -> None:
    house = world.cpft
    for number, status in enumerate(("waiting", "waiting", "sent", "given_up")):
        session.add(
            Mail(
                trust_id=house.trust.id,
                person_id=house.doctor.id,
                key=f"mail-{number}",
                kind="notice",
                subject="",
                words="",
                status=status,
                at=NOW,
                written_at=NOW + number * MINUTE,
            )
        )
    session.flush()
    assert health.post(session, since=NOW) == (2, NOW, 1)
    assert health.post(session, since=NOW, trust_id=world.bth.trust.id) == (0, None, 0)


def test_clocks_that_ended_long_ago_are_forgotten(session: Session) -> None:
    for clock, days in (("now", 0), ("yesterday", 1), ("long ago", 8)):
        heartbeats.beat(session, clock=clock, now=NOW - timedelta(days=days), lateness_ms=0)
    health.forget_clocks(session, after=timedelta(days=7))
    assert [clock.clock for clock in health.clocks(session, since=NOW - timedelta(days=30))] == ["now", "yesterday"]


def test_a_clock_that_was_off_for_years_still_gives_its_sign_of_life(session: Session) -> None:
    heartbeats.beat(session, clock="a", now=NOW, lateness_ms=7 * 366 * 24 * 3600 * 1000)
    latest = heartbeats.latest(session)
    assert latest is not None
    assert (latest.beaten_at, latest.lateness_ms) == (NOW, heartbeats.LONGEST_MS)


def test_the_database_tells_its_size_and_no_version_where_no_migration_made_it(session: Session) -> None:
    size = versions.size(session)
    assert size is not None
    assert size > 100_000
    assert versions.of_tables(session) == ""
