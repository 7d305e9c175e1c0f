"""Completing a step through the web application, over a POST to a minimal view that inserts one row.

Both are applications on the same database, called by Flask's test client, in turn; neither is asked over a network.
Doctors and their manager are signed in, each page is opened first, and its form is sent back with its token.

The figure is the median over all steps of the way from preparation to agreement: forms of some questions, the plan
editor with its sixty boxes, and the record of the meeting, which opens a deadline. Each kind's own ratio is printed.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

import config
from benchmarks.browser import Answers, Browser
from benchmarks.measuring import Figure, Pairs, seconds
from benchmarks.people import PASSWORD, Somebody, Team, team
from benchmarks.plain import plain_app
from webapp.create_app import create_app, migrate, sessions
from workflows.store import steps as step_rows
from workflows.store.models import Case, Step

DOCTORS = 20
WARM = 3
"""The first cases are not counted: templates are compiled and connections made."""
BAR = 5.0


HEADINGS = (
    "review_achievement", "review_objectives", "review_duties", "review_workload", "review_career", "next_objectives",
    "next_plan", "next_resources",
)  # fmt: skip
"""What is said about the past year and the next one."""


def day(name: str) -> Answers:
    """Today in three boxes."""
    today = datetime.now(UTC).date()
    return {f"answer-{name}-{part}": str(getattr(today, part)) for part in ("day", "month", "year")}


def answers(**given: str | list[str]) -> Answers:
    """Answers to drawn fields."""
    return {f"answer-{name}": value for name, value in given.items()}


@dataclass(frozen=True)
class Turn:
    """A step that is completed once for each doctor: by the doctor or by the manager, with these answers."""

    element: str
    by_doctor: bool
    answers: Callable[[Somebody, Somebody], Answers]


TURNS = (
    Turn(
        "prepare_review",
        True,
        lambda *_: answers(
            effect_on_service="One clinic moves from Tuesday to Thursday.",
            effect_on_team="The ward round on Thursday needs a colleague.",
            changes_wanted="A fixed afternoon for supervision.",
            evidence="Diary of March, activity figures from the service manager.",
        ),
    ),
    Turn("read_pack", False, lambda *_: answers(pack_read="read", pack_note="Talk about the Thursday ward round.")),
    Turn("draft_plan", True, lambda *_: {}),
    Turn(
        "book_meeting",
        False,
        lambda *_: {
            **day("meeting_booked_for"),
            **answers(meeting_time="14:00", meeting_place="Manager's office", service_manager_invited="no"),
        },
    ),
    Turn(
        "record_meeting",
        False,
        lambda doctor, manager: {
            **day("meeting_date"),
            **answers(meeting_present=[str(doctor.id), str(manager.id)], private_work_discussed="yes"),
        },
    ),
    Turn(
        "record_review",
        False,
        lambda *_: {
            **answers(**dict.fromkeys(HEADINGS, "Two theatre lists were lost, and the audit is done.")),
            "spa_reviewed-0-progress": "Four audits",
            "spa_reviewed-0-shown_by": "appraisal",
            "spa_reviewed-0-shown_where": "Appraisal summary",
            **{f"spa_reviewed-0-{box.removeprefix('answer-')}": said for box, said in day("shown_on").items()},
            "objective_progress-0-progress": "Half way",
        },
    ),
    Turn("update_plan", False, lambda *_: {}),
    Turn("agree_plan", False, lambda *_: answers(manager_answer="agree")),
    Turn("answer_plan", True, lambda *_: answers(practitioner_answer="agree")),
)


@dataclass
class Site:
    """The application with its people, and what it is held against."""

    app: Flask
    plain: Browser
    people: Team
    browsers: dict[int, Browser] = field(default_factory=dict)

    def session(self) -> Session:
        """A session beside the application's own."""
        return sessions(self.app)()

    def browser(self, person: Somebody) -> Browser:
        """That person's browser, signed in."""
        if person.id not in self.browsers:
            self.browsers[person.id] = signed_in(self.app, person)
        return self.browsers[person.id]


def figures(url: str) -> list[Figure]:
    """The figure of submitting, on an empty database at that address."""
    site = opened(url)
    pairs = {turn.element: Pairs() for turn in TURNS}
    for number, doctor in enumerate(site.people.doctors):
        for turn in TURNS:
            complete(site, turn, doctor, pairs[turn.element] if number >= WARM else Pairs())
    check(site)
    together = Pairs()
    for each in pairs.values():
        together.ours += each.ours
        together.floor += each.floor
    by_step = ", ".join(f"{element} {each.ratio:.1f}" for element, each in pairs.items())
    return [Figure("submit_ratio", together.ratio, BAR, f"{together.words()}, {len(together.ours)} steps: {by_step}")]


def opened(url: str) -> Site:
    """Both applications, with people and cases."""
    app = create_app(config.Settings(database_url=url, secret_key=secrets.token_hex()))
    migrate(app)
    with sessions(app)() as session:
        people = team(session, size=WARM + DOCTORS)
    return Site(app, Browser(plain_app(url)), people)


def signed_in(app: Flask, person: Somebody) -> Browser:
    """A browser in which a person has signed in with their password."""
    browser = Browser(app)
    answer = browser.send("/sign-in", browser.filled("/sign-in", {"email": person.email, "password": PASSWORD}))
    assert (answer.status_code, answer.location) == (303, "/"), answer.text
    return browser


def complete(site: Site, turn: Turn, doctor: Somebody, pairs: Pairs) -> None:
    """One person completes one step; right after it the minimal view inserts one row."""
    person = doctor if turn.by_doctor else site.people.manager
    browser = site.browser(person)
    with site.session() as session:
        step = step_rows.open_for(session, person_id=person.id, element=turn.element, reference=doctor.case)
    assert step is not None, f"{doctor.case}: {turn.element}"
    path = f"/steps/{step.id}"
    filled = browser.filled(path, {**turn.answers(doctor, site.people.manager), "press": "complete"})
    got: list[TestResponse] = []
    pairs.ours.append(seconds(lambda: got.append(browser.send(path, filled))))
    pairs.floor.append(seconds(lambda: got.append(site.plain.send("/notes", {"words": ["One row"]}))))
    assert [answer.status_code for answer in got] == [303, 303], got[0].text


def check(site: Site) -> None:
    """Every step that was sent is done, and every case has come to its signatures."""
    elements = [turn.element for turn in TURNS]
    with site.session() as session:
        ours = [doctor.case for doctor in site.people.doctors]
        wanted = select(Step.element, Step.status).join(Step.case).where(Case.reference.in_(ours))
        found = [(element, status) for element, status in session.execute(wanted) if element in elements]
        assert sorted(found) == sorted((one, "done") for one in elements * len(site.people.doctors)), found
        stages = set(session.scalars(select(Case.stage).where(Case.process == "individual_planning")))
        assert stages == {"Sign the plan"}, stages
