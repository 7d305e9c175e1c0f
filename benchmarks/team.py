"""How much longer the page of a team takes with five times as many doctors: server time, by Flask's client, in turn.

Each doctor has a plan in force, a draft in work, and an open case with two waiting steps. The AMD looks at all of it.
"""

import secrets

from sqlalchemy import text

import config
from benchmarks import people
from benchmarks.board import beside
from benchmarks.browser import SITE, Browser
from benchmarks.measuring import Figure, Pairs, seconds
from benchmarks.submit import signed_in
from webapp.create_app import create_app, migrate, sessions

SMALL, LARGE, BAR = 10, 50, 4.0
ROUNDS, WARM = 40, 3


def figures(url: str) -> list[Figure]:
    """The figure, on an empty database at that address and another one beside it."""
    (large, page), (small, other) = opened(url, LARGE), opened(beside(url), SMALL)
    pairs = Pairs()
    for _ in range(ROUNDS):
        pairs.ours.append(seconds(lambda: large.client.get(page, base_url=SITE)))
        pairs.floor.append(seconds(lambda: small.client.get(other, base_url=SITE)))
    return [Figure("team_rollup", pairs.ratio, BAR, f"{pairs.words()}: the page of a team of {LARGE}, and of {SMALL}")]


def opened(url: str, size: int) -> tuple[Browser, str]:
    """The AMD of a team of so many doctors, signed in, and the address of its page."""
    app = create_app(config.Settings(database_url=url, secret_key=secrets.token_hex()))
    migrate(app)
    with sessions(app)() as session:
        amd = people.team(session, size=size).amd
        team = session.execute(text("SELECT team_id FROM post WHERE role = 'practitioner' LIMIT 1")).scalar_one()
        session.commit()
        with session.get_bind().engine.connect() as alone:
            alone.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
    browser, page = signed_in(app, amd), f"/teams/{team}"
    for _ in range(WARM):
        assert len(browser.page(page).xpath("//section[@aria-labelledby='members-heading']//tbody/tr")) == size
    return browser, page
