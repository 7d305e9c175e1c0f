"""How much longer "my steps" takes when a trust has a hundred times as many open cases: server time, by Flask's client.

A manager's own team stays as it is, twenty doctors with a step each; the cases that come are those of other doctors.
"""

import secrets
from statistics import median

from sqlalchemy import text
from sqlalchemy.orm import Session

import config
from benchmarks.browser import Browser
from benchmarks.clones import clone
from benchmarks.measuring import Figure, seconds
from benchmarks.people import team
from benchmarks.submit import signed_in
from webapp.create_app import create_app, migrate, sessions

FEW, MANY, BAR = 1_000, 100_000, 1.5
DOCTORS, ROUNDS = 20, 60
OTHERS = 2_000
"""Other doctors, among whom the copies are shared out."""

PEOPLE = """INSERT INTO person (trust_id, name, email)
SELECT :trust, 'Dr ' || number, 'other' || number || '@example.nhs.uk' FROM generate_series(1, :others) AS number"""
SHARED_OUT = (
    """CREATE TEMPORARY TABLE owner AS SELECT "case".id AS case_id, person.id AS person_id FROM "case"
    JOIN person ON person.email = 'other' || (1 + "case".id % :others) || '@example.nhs.uk'
    WHERE reference LIKE :copies""",
    'UPDATE "case" SET subject_id = owner.person_id FROM owner WHERE owner.case_id = "case".id',
    """UPDATE step_holder SET person_id = owner.person_id FROM owner JOIN step ON step.case_id = owner.case_id
    WHERE step.id = step_holder.step_id""",
    "UPDATE step SET holder_id = owner.person_id FROM owner WHERE owner.case_id = step.case_id",
    "DROP TABLE owner",
)


def figures(url: str) -> list[Figure]:
    """The figure, on an empty database at that address."""
    app = create_app(config.Settings(database_url=url, secret_key=secrets.token_hex()))
    migrate(app)
    with sessions(app)() as session:
        people = team(session, size=DOCTORS)
        trust = session.execute(text("SELECT id FROM trust")).scalar_one()
        session.execute(text(PEOPLE), {"trust": trust, "others": OTHERS})
        session.commit()
        browser = signed_in(app, people.manager)
        grow(session, people.doctors[0].case, FEW)
        few = page_time(browser)
        grow(session, people.doctors[1].case, MANY - FEW)
        many = page_time(browser)
    words = f"{many * 1000:.1f} ms with {MANY:,} open cases, {few * 1000:.1f} ms with {FEW:,}"
    return [Figure("inbox_growth", many / few, BAR, words)]


def grow(session: Session, reference: str, times: int) -> None:
    """So many more open cases, of other doctors."""
    clone(session, reference=reference, times=times, whole=False)
    for statement in SHARED_OUT:
        given = {"others": OTHERS, "copies": f"{reference}-%"}
        session.execute(text(statement), {key: given[key] for key in given if f":{key}" in statement})
    session.commit()
    with session.get_bind().engine.connect() as alone:
        alone.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def page_time(browser: Browser) -> float:
    """How long the server takes for the page, in seconds, the median; it shows every step of the manager's team."""
    return median(seconds(lambda: browser.page("/")) for _ in range(ROUNDS))
