"""Who sees what (design.md), cell by cell: each row of the table on the pages that show it, each column as somebody.

Rows of the dispute's own stages (separate hearings, statements of case) are looked at in test_who_sees_a_dispute, and
here in the rules that every page asks (workflows.domain.standing).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases.stages import refuse
from tests.cases.walk import PLAN, Walk
from tests.factories import World
from tests.webapp.visitor import Visitor
from workflows import papers
from workflows.domain.documents import Limits
from workflows.domain.standing import may_see, may_see_of_stage
from workflows.papers import File
from workflows.store.models import Case, Deadline, Deputy, Document, Person, PlanVersion, Step, StepHolder

Store = Callable[[], AbstractContextManager[Session]]

VIEW, WORDS, DIARY = "Two nights a week are too much", "Could we talk on Thursday?", b"%PDF-1.7 a diary"

STATE, IN_FORCE, DRAFT, POSITIONS, COMMENTS, EVIDENCE, HISTORY = ROWS = (
    "state of the case",
    "plan in force",
    "draft",
    "positions",
    "comments",
    "evidence",
    "history",
)
ALL = frozenset(ROWS)
NOT_THE_STAGE = ALL - {COMMENTS, EVIDENCE}

TABLE: Mapping[str, frozenset[str]] = {
    # Parties
    "doctor": ALL,
    "manager": ALL,
    # Their AMD, and the Medical Director: comments and evidence only as holders
    "amd": NOT_THE_STAGE,
    "medical_director": NOT_THE_STAGE,
    "amd who holds a step": ALL,
    "medical_director who holds a step": ALL,
    # Whoever stands in for a party sees what that party sees
    "deputy of the manager": ALL,
    # The directorate
    "directorate": ALL,
    # HR and finance: the plan in force; where the case is, while they have a step in it
    "hr": frozenset({IN_FORCE}),
    "finance": frozenset({IN_FORCE}),
    "hr who holds a step": frozenset({STATE, IN_FORCE}),
    "finance who holds a step": frozenset({STATE, IN_FORCE}),
    # The service manager of the team follows where its cases are
    "service_manager": frozenset({STATE}),
    # Strangers: a colleague of the same team, offices without a part, another trust
    "colleague": frozenset(),
    "chief_executive": frozenset(),
    "board_secretary": frozenset(),
    "the other trust's directorate": frozenset(),
    "the other trust's AMD": frozenset(),
}


class Dispute:
    """A doctor's case in which no agreement was reached, with everything in it that there is to see."""

    def __init__(self, walk: Walk, world: World, store: Store, app: Flask) -> None:
        self.walk, self.world, self.house, self.store, self.app = walk, world, world.cpft, store, app
        self.reference = refuse(walk, PLAN)
        walk.do(self.house.doctor, "state_position", self.reference, position=VIEW, tried_at_review="Other days")
        self.add_papers()
        with store() as session:
            self.case = session.scalars(select(Case).where(Case.reference == self.reference)).one()
            draft = select(PlanVersion.id).where(PlanVersion.case_id == self.case.id, PlanVersion.status == "draft")
            self.draft = session.scalars(draft).one()
            self.in_force = self.add_plan_in_force(session)
            self.document = session.scalars(select(Document.id)).one()
            self.deadline = session.scalars(select(Deadline.id).where(Deadline.case_id == self.case.id).limit(1)).one()

    def add_papers(self) -> None:
        """A comment and a document of the doctor's."""
        about = {"actor": self.walk.actor(self.house.doctor), "reference": self.reference, "now": self.walk.at}
        self.walk.perform(papers.add_comment, words=WORDS, **about)
        file = File("diary.pdf", DIARY, "clean")
        self.walk.perform(papers.add_document, title="Work diary", file=file, limits=Limits(), **about)

    def add_plan_in_force(self, session: Session) -> int:
        """Last year's plan."""
        old = PlanVersion(
            trust_id=self.house.trust.id, person_id=self.house.doctor.id, number=99, status="in_force", content=PLAN,
            effective_from=date(2026, 4, 1), written_at=self.walk.at,
        )  # fmt: skip
        session.add(old)
        session.flush()
        return old.id

    def hold_a_step(self, person: Person) -> None:
        """The directorate has given them the step that waits."""
        with self.store() as session:
            step = session.scalars(select(Step).where(Step.case_id == self.case.id, Step.status == "open")).first()
            assert step is not None
            step.holder_id = None
            session.add(StepHolder(step_id=step.id, person_id=person.id))

    def deputise(self, away: Person, deputy: Person) -> None:
        """The deputy stands in today."""
        day = self.walk.at.date()
        with self.store() as session:
            session.add(
                Deputy(
                    person_id=away.id, deputy_id=deputy.id, starts_on=day, ends_on=day, reason="Leave",
                    recorded_at=self.walk.at,
                )
            )  # fmt: skip

    def column(self, name: str) -> Person:
        """Somebody as the table calls them."""
        part, _, holds = name.partition(" who ")
        if name.startswith("the other trust's"):
            return {"directorate": self.world.bth.directorate, "AMD": self.world.bth.amd}[name.rpartition(" ")[2]]
        if name.startswith("deputy"):
            self.deputise(self.house.manager, self.house.colleague)
            return self.house.colleague
        found = getattr(self.house, part)
        assert isinstance(found, Person)
        if holds:
            self.hold_a_step(found)
        return found

    def seen_by(self, person: Person) -> Iterator[str]:
        """The rows that somebody gets to see, on whatever page shows them."""
        client = Visitor(self.app).sign_in(person).client

        def status(address: str) -> int:
            return client.get(address).status_code

        page = client.get(f"/cases/{self.reference}")
        paper = client.get(f"/cases/{self.reference}/print")
        assert paper.status_code == page.status_code
        state = page.status_code == 200
        # Nobody learns of the case by another way than its page.
        for address in (f"/cases/{self.reference}/diagrams/individual_planning.bpmn", f"/deadlines/{self.deadline}"):
            assert (status(address) == 200) is state, address
        assert (self.reference in client.get("/cases?status=any").text) is state
        both = (page.text, paper.text)
        seen = {
            STATE: state,
            IN_FORCE: status(f"/plans/{self.in_force}") == 200,
            DRAFT: status(f"/plans/{self.draft}") == 200,
            POSITIONS: state and agreed(VIEW in each for each in both),
            COMMENTS: state and agreed(WORDS in each for each in both),
            EVIDENCE: status(f"/documents/{self.document}") == 200,
            HISTORY: state and agreed("app-timeline__words" in each for each in both),
        }
        assert (state and agreed("Work diary" in each for each in both)) is seen[EVIDENCE]
        if state:
            assert (f'href="/plans/{self.draft}"' in page.text) is seen[DRAFT], "a link leads only where one may go"
        yield from (row for row, is_seen in seen.items() if is_seen)


def agreed(each: Iterator[bool]) -> bool:
    """What screen and paper both say."""
    told = set(each)
    assert len(told) == 1, "screen and paper differ"
    return told.pop()


@pytest.fixture
def dispute(walk: Walk, world: World, store: Store, app: Flask) -> Dispute:
    return Dispute(walk, world, store, app)


@pytest.mark.clause("CPFT-7.6.7-c")
@pytest.mark.parametrize("column", TABLE)
def test_each_cell_of_the_table(dispute: Dispute, column: str) -> None:
    person = dispute.column(column)
    assert set(dispute.seen_by(person)) == TABLE[column]


@pytest.mark.parametrize(("status", "sees"), [("done", True), ("cancelled", False)])
def test_whoever_did_a_step_of_the_stage_goes_on_seeing_its_papers(dispute: Dispute, status: str, sees: bool) -> None:
    amd = dispute.house.amd
    dispute.hold_a_step(amd)
    with dispute.store() as session:
        step = session.scalars(select(Step).where(Step.case_id == dispute.case.id, Step.status == "open")).first()
        assert step is not None
        step.status, step.done_by_id = status, amd.id if status == "done" else None
    assert (COMMENTS in set(dispute.seen_by(amd))) is sees


def test_a_step_of_another_stage_shows_no_papers_of_this_one(dispute: Dispute) -> None:
    amd = dispute.house.amd
    dispute.hold_a_step(amd)
    with dispute.store() as session:
        step = session.scalars(select(Step).where(Step.case_id == dispute.case.id, Step.status == "open")).first()
        assert step is not None
        step.process = "sign_off"
    assert not {COMMENTS, EVIDENCE} & set(dispute.seen_by(amd))


# ----------------------------------------------------------------------------- what pages of disputes are asked by
RULES: tuple[tuple[str, Mapping[str, frozenset[str]]], ...] = (
    (
        "separate_notes",
        {"mediator": frozenset({"mediator"})},
    ),
    (
        "own_statement",
        {"party": frozenset({"party"})},
    ),
    (
        "released_statement",
        {key: frozenset({key}) for key in ("party", "panel", "directorate")},
    ),
)
COLUMNS = ("party", "amd", "mediator", "medical_director", "panel", "directorate", "hr", "finance", "team")


@pytest.mark.parametrize(("what", "readers"), RULES)
@pytest.mark.parametrize("column", COLUMNS)
def test_each_cell_of_the_stages_of_a_dispute(what: str, readers: Mapping[str, frozenset[str]], column: str) -> None:
    assert may_see({column}, what) is (column in readers)
    assert may_see({column, "holder"}, what) is (column in readers), "a step opens nothing of these"


@pytest.mark.parametrize("what", ["comments", "evidence"])
@pytest.mark.parametrize("column", COLUMNS)
def test_each_cell_of_comments_and_evidence(what: str, column: str) -> None:
    always = {"party", "panel", "directorate"}
    never = {"hr", "finance"}
    assert may_see_of_stage({column}, what, holds_there=False) is (column in always)
    assert may_see_of_stage({column, "holder"}, what, holds_there=True) is (column not in never)


@pytest.mark.parametrize("what", ["plan_draft", "positions", "referral", "decision", "letters", "history"])
@pytest.mark.parametrize("column", COLUMNS)
def test_each_cell_of_drafts_positions_and_history(what: str, column: str) -> None:
    assert may_see({column}, what) is (column not in {"hr", "finance", "team"})
