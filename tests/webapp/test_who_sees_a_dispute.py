"""Who sees what of a dispute (design.md), with the people whom the case itself has named: each row on the page of the
case and on paper, each column as somebody. Before and after the statements of case are released."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases.disputing import MEDIATED, appeal, begin, form_panel, list_member, outcome, outsider, refer
from tests.cases.stages import end_posts
from tests.cases.walk import Walk
from tests.factories import World, add_account, add_post
from tests.webapp.test_crafted import at
from tests.webapp.visitor import Visitor
from workflows import papers
from workflows.domain.documents import Limits
from workflows.papers import File
from workflows.store.models import Account, Deputy, Document, Person

Store = Callable[[], AbstractContextManager[Session]]
Visit = Callable[[Person], Visitor]

REFERRED, DECIDED, CONFIDED = "The Friday list has to go", "Fridays are needed by patients", "Would take half of it"
DOCTORS, MANAGERS = "There is no hour left for it", "The waiting list has doubled"

STATE, POSITIONS, DECISION, NOTES, DOCTOR, MANAGER, EVIDENCE, HISTORY = ROWS = (
    "state of the case",
    "positions and referral",
    "decision",
    "notes of separate hearings",
    "the doctor’s statement",
    "management’s statement",
    "evidence",
    "history",
)
READ = frozenset({STATE, POSITIONS, DECISION, HISTORY})
HEARD = READ | {EVIDENCE}
STATED = HEARD | {DOCTOR, MANAGER}

WITHHELD: Mapping[str, frozenset[str]] = {
    # Only the doctor's statement is in.
    "doctor": HEARD | {DOCTOR},
    "manager": HEARD,
    "deputy of the manager": HEARD,
    "amd": READ,
    "medical_director": READ,
    "mediator": HEARD | {NOTES},
    "chair": HEARD,
    "nominee": HEARD,
    "third": HEARD,
    "directorate": HEARD,
    # Whoever took a step sees where it is; whoever manages the team now is no party of it.
    "chief_executive": frozenset({STATE}),
    "new manager": frozenset({STATE}),
    "service_manager": frozenset({STATE}),
    "hr": frozenset(),
    "finance": frozenset(),
    "board_secretary": frozenset(),
    "colleague": frozenset(),
    "somebody of the register who was not called": frozenset(),
}
TOLD_LATER = ("doctor", "manager", "deputy of the manager", "chair", "nominee", "third", "directorate")
RELEASED = {**WITHHELD, **dict.fromkeys(TOLD_LATER, STATED)}


class Dispute:
    """An appeal before its hearing, with everything in it that there is to see."""

    def __init__(self, walk: Walk, world: World, store: Store, app: Flask) -> None:
        self.walk, self.house, self.store, self.app = walk, world.cpft, store, app
        named = {"mediator": outsider(walk, "Dr Middle Person"), "third": list_member(walk, "Dr Third Member")}
        self.reference = begin(walk)
        self.add_document()
        refer(walk, self.reference, position_reason=REFERRED)
        self.mediate(named["mediator"])
        walk.pass_time(hours=1)
        appeal(walk, self.reference)
        named["chair"], named["nominee"], _ = form_panel(walk, self.reference)
        named["somebody of the register who was not called"] = list_member(walk, "Dr Other Member")
        self.book()
        walk.do(self.house.doctor, "practitioner_statement", self.reference, practitioner_statement=DOCTORS)
        named["new manager"] = self.pass_the_post_on()
        named["deputy of the manager"] = self.deputise()
        self.named = named
        with store() as session:
            have = {account.person_id: account for account in session.scalars(select(Account))}
            for person in named.values():
                account = have.get(person.id) or add_account(session, person=session.merge(person))
                account.persona = "Part of a dispute"
            self.document = session.scalars(select(Document.id)).one()

    def add_document(self) -> None:
        """The doctor's diary."""
        file = File("diary.pdf", b"%PDF-1.7 a diary", "clean")
        about = {"actor": self.walk.actor(self.house.doctor), "reference": self.reference, "now": self.walk.at}
        self.walk.perform(papers.add_document, title="Work diary", file=file, limits=Limits(), **about)

    def mediate(self, mediator: Person) -> None:
        """The Medical Director names somebody else, who hears each side and finds no agreement."""
        walk, house, director = self.walk, self.house, self.house.medical_director
        choice = {"mediator_choice": "other", "mediator_named": mediator.id, "mediator_reason": "On leave"}
        walk.do(director, "name_mediator", self.reference, **choice)
        where = {"mediation_time": "10:00", "mediation_place": "Voreda", "mediation_booked_for": walk.today}
        walk.do(mediator, "book_mediation", self.reference, **where)
        met = {"mediation_meeting_date": walk.today, "mediation_present": [house.doctor.id, house.manager.id]}
        result = {"mediation_result": "not_agreed", "outcomes": [], "separate_notes": CONFIDED}
        walk.do(mediator, "record_mediation", self.reference, **met, **result, **MEDIATED)
        walk.do(mediator, "decide", self.reference, decision_reasons=DECIDED, outcomes=outcome("manager"))

    def book(self) -> None:
        """A hearing in two weeks."""
        on = date.fromordinal(self.walk.at.date().toordinal() + 14).isoformat()
        where = {"hearing_time": "10:00", "hearing_place": "Board room", "hearing_days": 1}
        self.walk.do(self.house.chief_executive, "book_hearing", self.reference, hearing_booked_for=on, **where)

    def pass_the_post_on(self) -> Person:
        """Somebody else manages the team from today on."""
        heir = outsider(self.walk, "Dr New Manager")
        end_posts(self.walk, self.house.manager)
        with self.store() as session:
            group, team = session.merge(self.house.care_group), session.merge(self.house.team)
            add_post(session, person=session.merge(heir), role="clinical_manager", care_group=group, team=team)
        return heir

    def deputise(self) -> Person:
        """Somebody stands in for the manager who is a party."""
        deputy, day = outsider(self.walk, "Dr Deputy Person"), self.walk.at.date()
        with self.store() as session:
            away = {"person_id": self.house.manager.id, "deputy_id": deputy.id, "starts_on": day, "ends_on": day}
            session.add(Deputy(**away, reason="Leave", recorded_at=self.walk.at))
        return deputy

    def column(self, name: str) -> Person:
        """Somebody as the table calls them."""
        found = self.named.get(name) or getattr(self.house, name)
        assert isinstance(found, Person)
        return found

    def seen_by(self, person: Person) -> Iterator[str]:
        """The rows that somebody gets to see, on screen and on paper alike."""
        client = Visitor(self.app).sign_in(person).client
        page, paper = (client.get(f"/cases/{self.reference}{part}") for part in ("", "/print"))
        assert page.status_code == paper.status_code
        evidence = client.get(f"/documents/{self.document}").status_code == 200
        seen = {
            STATE: page.status_code == 200,
            POSITIONS: told(REFERRED, page.text, paper.text),
            DECISION: told(DECIDED, page.text, paper.text),
            NOTES: told(CONFIDED, page.text, paper.text),
            DOCTOR: told(DOCTORS, page.text, paper.text),
            MANAGER: told(MANAGERS, page.text, paper.text),
            EVIDENCE: evidence,
            HISTORY: told("app-timeline__words", page.text, paper.text),
        }
        assert told("Work diary", page.text, paper.text) is evidence
        yield from (row for row, is_seen in seen.items() if is_seen)

    def table(self) -> dict[str, frozenset[str]]:
        """Who sees what."""
        return {column: frozenset(self.seen_by(self.column(column))) for column in WITHHELD}


def told(words: str, *pages: str) -> bool:
    """What screen and paper both say, or neither."""
    [said] = {words in page for page in pages}
    return said


@pytest.fixture
def dispute(walk: Walk, world: World, store: Store, app: Flask) -> Dispute:
    return Dispute(walk, world, store, app)


@pytest.mark.clause("TCS-4-h")
def test_each_cell_before_and_after_the_statements_are_released(dispute: Dispute) -> None:
    assert dispute.table() == WITHHELD
    walk, house = dispute.walk, dispute.house
    walk.do(house.manager, "management_statement", dispute.reference, management_statement=MANAGERS)
    assert dispute.table() == RELEASED


@pytest.mark.clause("TCS-4-h")
def test_a_statement_is_released_when_the_time_is_over_and_a_late_one_says_so(dispute: Dispute, visit: Visit) -> None:
    walk, house = dispute.walk, dispute.house
    manager = at(walk, visit, house.manager, "management_statement", dispute.reference)
    assert DOCTORS not in manager.page.text
    assert "The other side and the panel can read it when both statements are in, or once" in manager.page.text
    walk.pass_time(days=8)
    with time_machine.travel(walk.at, tick=False):
        manager = at(walk, visit, house.manager, "management_statement", dispute.reference)
        assert DOCTORS in manager.page.text, "the time for statements is over"
        manager.fill(management_statement=MANAGERS)
        page = visit(dispute.named["chair"]).open(f"/cases/{dispute.reference}")
    assert "Management’s statement of case Late Sent in on Tuesday 9 March 2027, after the limit." in page.text


def test_a_member_of_the_panel_reads_the_history_of_the_panels_stage_alone(dispute: Dispute, visit: Visit) -> None:
    before, after = "completed “Refer the dispute to mediation”", "completed “Name the chair”"
    page = visit(dispute.named["nominee"]).open(f"/cases/{dispute.reference}")
    assert after in page.text
    assert before not in page.text
    assert before in visit(dispute.house.amd).open(f"/cases/{dispute.reference}").text


def test_whoever_stands_in_for_both_sides_reads_neither_sides_own_words(
    dispute: Dispute, visit: Visit, store: Store
) -> None:
    deputy, day = dispute.named["deputy of the manager"], dispute.walk.at.date()
    with store() as session:
        away = {"person_id": dispute.house.doctor.id, "deputy_id": deputy.id, "starts_on": day, "ends_on": day}
        session.add(Deputy(**away, reason="Leave", recorded_at=dispute.walk.at))
    page = visit(deputy).open(f"/cases/{dispute.reference}")
    assert REFERRED in page.text
    assert DOCTORS not in page.text
