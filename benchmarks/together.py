"""Twenty people complete their twenty steps of one case at the same moment, by twenty browsers: is any of them lost?"""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import config
from benchmarks.browser import Browser
from benchmarks.measuring import Figure
from benchmarks.people import PASSWORD, QUICK, Somebody
from benchmarks.submit import signed_in
from webapp.create_app import create_app, migrate, sessions
from workflows import releases
from workflows.seeding import scenes
from workflows.seeding.cast import CUMBRIA, Part, engage
from workflows.seeding.driver import Driver, run
from workflows.seeding.stories import plan_the_round
from workflows.store.models import Fact, Step, StepHolder

PEOPLE, ROUNDS = 20, 5
ELEMENT = "answer_draft"


def figures(url: str) -> list[Figure]:
    """The figure, on an empty database at that address."""
    app = create_app(config.Settings(database_url=url, secret_key=secrets.token_hex()))
    migrate(app)
    lost = 0
    with sessions(app)() as session:
        for number in range(ROUNDS):
            doctors = drafted(session, number)
            posts = [(signed_in(app, one), path_of(session, one)) for one in doctors]
            lost += PEOPLE - kept(session, doctors, answered(posts))
    return [Figure("concurrent_lost", lost, 0, f"of {PEOPLE * ROUNDS} completions, {PEOPLE} at a time")]


def drafted(session: Session, number: int) -> list[Somebody]:
    """A team in a trust of its own whose draft plan waits for the answer of each of its doctors."""
    parts = tuple(Part(f"doctor{one}", f"Dr {one}", "practitioner", "10", had_plan=True) for one in range(PEOPLE))
    others = tuple(part for part in CUMBRIA.parts if part.role != "practitioner")
    company = replace(CUMBRIA, key=f"T{number}", parts=(*parts, *others), units=())
    now = datetime.now(UTC)
    cast = engage(session, company=company, password_hash=QUICK.hash(PASSWORD), on=now.date())
    releases.ship(session, trust=cast.trust, now=now)
    story = Driver(session, cast, now, now)
    plan_the_round(story)
    run(story, scenes.draft_team_plan(story, ""))
    session.commit()
    return [Somebody(one.id, one.email) for one in (cast.person(part.key) for part in parts)]


def path_of(session: Session, somebody: Somebody) -> str:
    """The page of their step."""
    wanted = select(Step.id).join(StepHolder).where(StepHolder.person_id == somebody.id, Step.status == "open")
    return f"/steps/{session.scalars(wanted).one()}"


def answered(posts: list[tuple[Browser, str]]) -> list[int]:
    """All of them answer at once; the status that each was sent."""
    forms = [browser.filled(path, {"answer-team_answer": "agree", "press": "complete"}) for browser, path in posts]
    together = Barrier(len(posts))

    def send(number: int) -> int:
        browser, path = posts[number]
        together.wait()
        return browser.send(path, forms[number]).status_code

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, range(len(posts))))


def kept(session: Session, doctors: list[Somebody], told: list[int]) -> int:
    """How many completions are there: told as done, the step done, and its answer a fact of the case."""
    session.rollback()
    people = [one.id for one in doctors]
    done = select(func.count()).select_from(Step).where(Step.done_by_id.in_(people), Step.status == "done")
    facts = select(func.count()).select_from(Fact).where(Fact.writer_id.in_(people), Fact.key == "team_answer")
    return min(told.count(303), session.scalar(done) or 0, session.scalar(facts) or 0)
