"""Web, clock and database killed at moments drawn by lot while people are at work and days fall due."""

import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults import checks
from tests.faults.machines import Site, site_on
from tests.faults.people import Crowd, Round, at_work, moment, new_round, wait_until
from tests.faults.postgres import Killable

SEED = 20270301
DAYS = (19, 7, 8)
"""How the days go by: to the first reminder, to the second, past the due day and the morning after it."""
RUNGS = 4
"""What is done for each case that nobody ends: two reminders, the day itself, an escalation."""
A_DAY = 11
"""Steps that people do on each of the days at most: whenever something is killed, they are in the middle of them."""
WAITING = 12
"""Doctors of whom nobody hears: they are reminded, and their days pass."""

Kill = Callable[[Site, random.Random], None]


def kill_web(site: Site, _: random.Random) -> None:
    """The web dies, and systemd starts it."""
    site.kill("web")
    site.again("web")


def kill_clock(site: Site, _: random.Random) -> None:
    """The clock dies, and systemd starts it."""
    site.kill("clock")
    site.again("clock")


def kill_both(site: Site, lot: random.Random) -> None:
    """Everything but the database."""
    for kill in lot.sample([kill_web, kill_clock], 2):
        kill(site, lot)


def kill_database(server: Killable) -> Kill:
    """The whole server, or one process of it."""

    def kill(_: Site, lot: random.Random) -> None:
        if lot.random() < 0.5:
            server.kill()
        else:
            server.kill_one_that_serves()
        server.again()

    return kill


# Web and clock are killed in `make test` too, both in one round on SQLite; here each alone, on PostgreSQL.
@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("victim", [kill_web, kill_clock], ids=["web", "clock"])
def test_nothing_confirmed_is_lost_when_a_machine_is_killed(victim: Kill, postgres_url: str, tmp_path: Path) -> None:
    walk_through(postgres_url, tmp_path, victim)


@pytest.mark.slow
def test_nothing_confirmed_is_lost_when_the_database_is_killed(
    server: Killable, postgres_url: str, tmp_path: Path
) -> None:
    walk_through(postgres_url, tmp_path, kill_database(server))


@pytest.mark.slow
def test_nothing_confirmed_is_lost_on_sqlite_when_all_is_killed(sqlite_url: str, tmp_path: Path) -> None:
    walk_through(sqlite_url, tmp_path, kill_both)


def walk_through(url: str, folder: Path, kill: Kill) -> None:
    """A round from its first step to its last, with a kill on each day on which something falls due."""
    lot = random.Random(SEED)
    engine = checks.engine_on(url)
    round_ = new_round(engine, acting=2, waiting=WAITING)
    with site_on(url, folder) as site:
        site.begin_web()
        site.begin_clock()
        site.wait_until_well()
        with at_work(round_, lambda _: site.port) as crowd:
            for number, days in enumerate(DAYS):
                go_on(site, crowd, round_, lot, kill, days, number)
            crowd.most = sys.maxsize
            wait_until(crowd, lambda: checks.status_of(engine, round_.cases)["closed"] == 2, "the cases to be closed")
            caught_up(site, round_)
        site.wait_until_well()
        said = site.accord("audit", "verify")
    print(f"seed {SEED}: {len(crowd.confirmed)} confirmed, troubles {sorted(set(crowd.troubles))}")  # noqa: T201 - shown if it fails
    assert "Every history is whole." in said
    checks.confirmed_is_there(engine, crowd.confirmed)
    assert checks.fired_once(engine) >= WAITING * RUNGS


def go_on(site: Site, crowd: Crowd, round_: Round, lot: random.Random, kill: Kill, days: int, number: int) -> None:
    """Some steps, some days, and a kill soon after."""
    crowd.most = (number + 1) * A_DAY
    wait_until(crowd, lambda: len(crowd.confirmed) >= number * A_DAY + 4, "people to do some steps")
    round_.move_on(days)
    after = lot.uniform(0.1, 1.4)
    print(f"seed {SEED}, kill {number + 1} after {after:.2f} s")  # noqa: T201 - pytest shows it where the test fails
    moment(after)
    kill(site, lot)
    site.wait_until_well()
    caught_up(site, round_)


def caught_up(site: Site, round_: Round) -> None:
    """Wait until a clock has done all that is due."""
    site.wait_for(lambda: not checks.waits(round_.engine, datetime.now(UTC) + round_.ahead), "the clock to catch up")
