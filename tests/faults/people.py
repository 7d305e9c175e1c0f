"""A round of interim job plans, walked by several people at once over HTTP: each does whatever waits for them, and goes
on after any fault of the site as a person would, by trying again."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.cases.stages import approved_team_plan
from tests.cases.walk import Walk
from tests.factories import House, add_account, add_contract, add_person, add_post, build_world, shipped_files
from tests.faults.browser import Boxes, Browser, Fault
from tests.faults.machines import ABROAD, LOOK_AGAIN, wait_for
from tests.journeys import drawn
from webapp.error_pages import FAILED
from workflows.store import demonstration, engines
from workflows.store.models import Person

DRAFT: Boxes = {
    "dcc-0-id": "", "dcc-0-title": "Outpatient clinic", "dcc-0-day": "monday", "dcc-0-start": "9am",
    "dcc-0-end": "1pm", "dcc-0-place": "Penrith", "dcc-0-pas": "7.5", "spa-0-id": "", "spa-0-title": "Audit",
    "spa-0-pas": "2.5", "plan-base": "Penrith", "on_call-reason": "Not on a rota",
    **{f"{kind}-reason": "None" for kind in ("research", "additional_nhs", "external", "academic", "managerial")},
}  # fmt: skip
STATED: Boxes = {
    "statements-private_work": "None",
    **{f"{part}-reason": "As last year" for part in ("duties", "objectives", "resources", "leave")},
}
"""What the shipped policy wants beside the lines; a release from before knows none of it."""
PARTS = ("manager", "directorate", "hr")
IDLE = 5
"""How much longer people wait before they look again where nothing was to be done: each look is work for the site."""


@dataclass
class Round:
    """A trust in which some doctors' interim cases are walked while those of others wait and are reminded."""

    engine: Engine
    house: House
    acting: list[Person]
    cases: list[str]
    waiting: list[str]
    stated: Boxes
    ahead: timedelta = timedelta()

    @property
    def today(self) -> date:
        """The civil day of the demonstration."""
        return (datetime.now(UTC) + self.ahead).date()

    def move_on(self, days: int) -> None:
        """The demonstration's clock goes on: what fell due meanwhile is for the clock to do."""
        self.move_to(datetime.now(UTC) + self.ahead + timedelta(days=days))

    def move_to(self, at: datetime) -> None:
        """It becomes that instant."""
        self.ahead = at - datetime.now(UTC)
        with Session(self.engine) as session:
            engines.begin_write(session)
            demonstration.move_to(session, seconds_ahead=int(self.ahead.total_seconds()))
            session.commit()

    def answers(self) -> Mapping[str, Boxes]:
        """What each step is answered with, by its name on the screen."""
        manager, on = self.house.manager, self.today
        present = [str(person.id) for person in (*self.acting, manager)]
        said: dict[str, Boxes] = {
            "draft_plan": {**DRAFT, **self.stated},
            "read_pack": {"answer-pack_read": "read"},
            "book_meeting": {
                **day("meeting_booked_for", on),
                "answer-meeting_place": "Online",
                "answer-service_manager_invited": "no",
            },
            "explain_date": {"answer-date_reason": "The only day free"},
            "record_meeting": {
                **day("meeting_date", on),
                "answer-meeting_present": present,
                "answer-private_work_discussed": "yes",
            },
            "update_plan": {},
            "answer_plan": {"answer-manager_answer": "agree", "answer-practitioner_answer": "agree"},
            "sign_plan": {"answer-sign_answer": "sign"},
            "check_plan": {"answer-check_answer": "accepted"},
            "compare_contract": {"answer-hr_answer": "matches"},
        }
        return {drawn.name(element): boxes for element, boxes in said.items()}


def day(key: str, on: date) -> Boxes:
    """The three boxes of a date."""
    return {f"answer-{key}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def new_round(engine: Engine, *, acting: int, waiting: int, files: Mapping[str, str] | None = None) -> Round:
    """Cumbria with so many new starters who do their steps, and so many who leave them. `files` are those of its
    release, the shipped ones unless a test has others."""
    with Session(engine, expire_on_commit=False) as session:
        engines.begin_write(session)
        house = build_world(session, files=files or shipped_files()).cpft
        doctors = [starter(session, house, f"Dr Number {number}") for number in range(acting + waiting)]
        for person in (*doctors, *(getattr(house, part) for part in PARTS)):
            add_account(session, person=person, persona=person.name)
        session.commit()
        session.expunge_all()
    walk = Walk(engine, house, datetime.now(UTC))
    approved_team_plan(walk)
    about = {"kind": "interim", "team": house.team.id, "employment_start_date": walk.today}
    cases = [walk.start(house.directorate, "individual_planning", subject=doctor.id, **about) for doctor in doctors]
    return Round(engine, house, doctors[:acting], cases[:acting], cases[acting:], {} if files else STATED)


def starter(session: Session, house: House, name: str) -> Person:
    """A doctor of the team."""
    person = add_person(session, trust=house.trust, name=name)
    add_post(session, person=person, role="practitioner", care_group=house.care_group, team=house.team)
    add_contract(session, person=person)
    return person


@dataclass
class Crowd:
    """The people at their browsers. `confirmed`: what they were told to be done, as step and person; `troubles`: what
    they met in place of it; `lost`: what no fault of a machine explains; `most`: how many they may complete for now."""

    round: Round
    port_of: Callable[[Person], int]
    confirmed: list[tuple[int, int]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    most: int = sys.maxsize
    over: threading.Event = field(default_factory=threading.Event)

    def live(self, person: Person) -> None:
        """Do what waits, and look again, until the round is over: at once where there was something to do."""
        browser = Browser(self.port_of(person), person.id)
        while not self.over.is_set():
            pause = LOOK_AGAIN
            try:
                pause *= 1 if self.work(browser) else IDLE
            except (*ABROAD, Fault) as trouble:
                self.troubles.append(f"{type(trouble).__name__}: {trouble}")
            except Exception as wrong:  # noqa: BLE001 - whoever waits for the crowd tells of it
                self.lost.append(f"{person.name}: {wrong!r}")
                return
            self.over.wait(pause)

    def work(self, browser: Browser) -> int:
        """Go through the list of steps once; how many there were."""
        if not browser.cookies:
            browser.sign_in()
        browser.open("/")
        expect(browser, 200)
        steps = browser.steps()
        for path in steps:
            self.do(browser, path)
        return len(steps)

    def do(self, browser: Browser, path: str) -> None:
        """Open a step, claim it where it has to be claimed, and complete it."""
        browser.open(path)
        if f'action="{path}/claim"' in browser.html:
            browser.send(f"{path}/claim", {})
            browser.open(path)
        answers = self.round.answers()
        expect(browser, 200)
        if browser.heading not in answers:
            raise Fault(f"{browser.status} {browser.heading}")
        if len(self.confirmed) >= self.most:
            return
        browser.fill(path, answers[browser.heading])
        expect(browser, 303)
        self.confirmed.append((int(path.rpartition("/")[2]), browser.person_id))


def expect(browser: Browser, wanted: int) -> None:
    """Raise Fault for any other answer. What goes wrong has to be said on a page of ours, whatever is broken."""
    assert browser.status != 500 or browser.heading == FAILED.title, browser.html[:500]
    if browser.status != wanted:
        raise Fault(f"{browser.status} {browser.heading}")


@contextmanager
def at_work(round_: Round, port_of: Callable[[Person], int]) -> Iterator[Crowd]:
    """Everybody of the round at work, each in a thread; nobody is afterwards. port_of: the web that serves each."""
    crowd = Crowd(round_, port_of)
    people = [*round_.acting, *(getattr(round_.house, part) for part in PARTS)]
    threads = [threading.Thread(target=crowd.live, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield crowd
    finally:
        crowd.over.set()
        for thread in threads:
            thread.join()
    assert not crowd.lost, crowd.lost


def wait_until(crowd: Crowd, condition: Callable[[], bool], words: str) -> None:
    """Wait for the crowd to come so far."""
    wait_for(
        lambda: crowd.lost or condition(),
        lambda: f"{words}; {len(crowd.confirmed)} done, troubles: {crowd.troubles[-5:]}",
    )
    assert not crowd.lost, crowd.lost


def moment(seconds: float) -> None:
    """A moment drawn by lot, so that a kill meets whatever happens to be under way."""
    time.sleep(seconds)
