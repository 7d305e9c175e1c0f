"""How much longer the board of disputes takes when a hundred times as many are open: server time, by Flask's client.

The AMD follows all of them; a page shows fifty either way. Each dispute has a doctor, a waiting step, a running limit,
a booked meeting and what is in dispute.
"""

import json
import secrets

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

import config
from benchmarks.browser import SITE, Browser
from benchmarks.clones import clone
from benchmarks.inbox import OTHERS, PEOPLE
from benchmarks.measuring import Figure, Pairs, seconds
from benchmarks.people import team
from benchmarks.submit import signed_in
from webapp.create_app import create_app, migrate, sessions

FEW, MANY, BAR = 50, 5_000, 1.5
ROUNDS, WARM = 60, 3
PAGE = "/disputes?all=yes"
ROW = "//td[1]//a[starts-with(@href, '/cases/')]"

DISPUTED = json.dumps([{"element": "dcc-1", "title": "Clinic on Friday"}, {"element": "dcc-2", "title": "Ward round"}])
AS_DISPUTES = (
    """UPDATE "case" SET process = 'disagreement', stage = 'Book the mediation meeting',
    subject_id = (SELECT id FROM person WHERE email = 'other' || (1 + "case".id % :others) || '@example.nhs.uk')
    WHERE reference LIKE :copies""",
    """CREATE TEMPORARY TABLE second AS SELECT step.id FROM step JOIN "case" ON "case".id = step.case_id
    WHERE reference LIKE :copies AND step.role <> 'practitioner'""",
    "DELETE FROM step_holder WHERE step_id IN (SELECT id FROM second)",
    "DELETE FROM step WHERE id IN (SELECT id FROM second)",
    "DROP TABLE second",
    """UPDATE step SET process = CASE step.id % 3 WHEN 0 THEN 'disagreement' WHEN 1 THEN 'mediation'
    ELSE 'appeal_panel' END FROM "case" WHERE "case".id = step.case_id AND reference LIKE :copies""",
    """DELETE FROM deadline USING "case" WHERE "case".id = deadline.case_id AND reference LIKE :copies""",
    """INSERT INTO deadline (trust_id, case_id, name, occurrence, starts_on, started_by, due_on, due_at, status)
    SELECT trust_id, id, 'mediation_meeting', 1, day - 28, 'referral_received_date', day, day + interval '1 day', 'open'
    FROM (SELECT trust_id, id, CURRENT_DATE + id % 60 - 10 AS day FROM "case" WHERE reference LIKE :copies) AS it""",
    """UPDATE step SET deadline = 'mediation_meeting', due_at = deadline.due_at FROM deadline JOIN "case"
    ON "case".id = deadline.case_id WHERE step.case_id = "case".id AND reference LIKE :copies""",
    """INSERT INTO fact (case_id, key, occurrence, item, value, type, written_at)
    SELECT id, 'disputed', 1, '', CAST(:disputed AS JSON), 'rows', now() FROM "case" WHERE reference LIKE :copies""",
    """INSERT INTO fact (case_id, key, occurrence, item, value, type, written_at)
    SELECT id, 'mediation_booked_for', 1, '', to_json(CAST(CURRENT_DATE + id % 20 AS TEXT)), 'date', now()
    FROM "case" WHERE reference LIKE :copies""",
)


def figures(url: str) -> list[Figure]:
    """The figure, on an empty database at that address and another one beside it: asked in turn, so that a busy machine
    slows both down alike."""
    many, few = opened(url, MANY), opened(beside(url), FEW)
    pairs = Pairs()
    for _ in range(ROUNDS):
        pairs.ours.append(seconds(lambda: many.client.get(PAGE, base_url=SITE)))
        pairs.floor.append(seconds(lambda: few.client.get(PAGE, base_url=SITE)))
    return [Figure("board_growth", pairs.ratio, BAR, f"{pairs.words()}: {MANY:,} open disputes, and {FEW}")]


def beside(url: str) -> str:
    """The address of another empty database on the same server."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE beside"))
    return make_url(url).set(database="beside").render_as_string(hide_password=False)


def opened(url: str, disputes: int) -> Browser:
    """The AMD of a trust with so many open disputes, signed in and at their board; it shows fifty."""
    app = create_app(config.Settings(database_url=url, secret_key=secrets.token_hex()))
    migrate(app)
    with sessions(app)() as session:
        people = team(session, size=2)
        trust = session.execute(text("SELECT id FROM trust")).scalar_one()
        session.execute(text(PEOPLE), {"trust": trust, "others": OTHERS})
        session.commit()
        grow(session, people.doctors[0].case, disputes)
    browser = signed_in(app, people.amd)
    for _ in range(WARM):
        assert len(browser.page(PAGE).xpath(ROW)) == FEW
    return browser


def grow(session: Session, reference: str, times: int) -> None:
    """So many more open disputes, of other doctors."""
    clone(session, reference=reference, times=times, whole=False)
    given = {"others": OTHERS, "copies": f"{reference}-%", "disputed": DISPUTED}
    for statement in AS_DISPUTES:
        session.execute(text(statement), {key: given[key] for key in given if f":{key}" in statement})
    session.commit()
    with session.get_bind().engine.connect() as alone:
        alone.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
