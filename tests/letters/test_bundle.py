"""The bundle of a dispute: what is in it for whom, and what is not."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from tests.cases.walk import Walk
from tests.letters.test_bundling import pdf, png
from workflows import letters, papers
from workflows.domain.documents import Limits
from workflows.domain.errors import NotAllowed
from workflows.domain.roles import Role
from workflows.inbox import Viewer
from workflows.papers import File
from workflows.store.models import Person, Post


def viewer(walk: Walk, who: Person) -> Viewer:
    with walk.session() as session:
        held = session.scalars(select(Post.role).where(Post.person_id == who.id))
        return Viewer(who.id, walk.house.trust.id, frozenset(Role(role) for role in held))


def bundle(walk: Walk, who: Person, reference: str) -> PdfReader:
    asked = {"viewer": viewer(walk, who), "reference": reference, "now": walk.at}
    with walk.session() as session:
        bound = letters.bind(letters.gather_bundle(session, **asked))  # type: ignore[arg-type]
    walk.perform(letters.note_bundle, pages=bound.pages, **asked)
    found = PdfReader(BytesIO(bound.content))
    assert len(found.pages) == bound.pages
    return found


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def titles(reader: PdfReader) -> list[str]:
    return [str(one.title) for one in reader.outline if not isinstance(one, list)]


def add(walk: Walk, who: Person, reference: str, title: str, name: str, content: bytes) -> None:
    walk.perform(
        papers.add_document,
        actor=walk.actor(who),
        reference=reference,
        title=title,
        file=File(name, content, "clean"),
        limits=Limits(),
        now=walk.at,
    )


@pytest.fixture
def dispute(walk: Walk, reference: str) -> str:
    """A dispute with a decision, evidence of both sides, and a locked file."""
    house = walk.house
    add(walk, house.doctor, reference, "Work diary", "diary.pdf", pdf(2))
    add(walk, house.manager, reference, "The ward", "ward.png", png())
    add(walk, house.manager, reference, "Hours", "hours.csv", b"day,hours\nMonday,9\n")
    add(walk, house.doctor, reference, "Old letter", "old.pdf", pdf(password="secret"))
    walk.do(house.medical_director, "decide", reference, mediation_outcome_date=walk.today, reasons="It is needed.")
    return reference


def test_the_bundle_holds_what_happened_what_was_decided_and_the_evidence_in_order(walk: Walk, dispute: str) -> None:
    reader = bundle(walk, walk.house.doctor, dispute)
    assert titles(reader) == [
        "Contents", "What happened, in order", "Who is who", "The points in dispute", "What was said: Disagreement",
        "Letters and decisions", "Evidence",
    ]  # fmt: skip
    said = words(reader)
    assert "Dr Farah Siddiqui completed “Decide”." in said
    assert "Dear Dr Amina Osei, I have decided on Monday 1 March 2027: It is needed." in said
    assert "Work diary Added by Dr Amina Osei, 1 March 2027" in said
    assert f"{dispute}: bundle page {len(reader.pages)} of {len(reader.pages)}" in said


def test_what_is_no_pdf_or_picture_or_is_locked_is_listed_and_attached(walk: Walk, dispute: str) -> None:
    reader = bundle(walk, walk.house.doctor, dispute)
    said = words(reader)
    assert "Attached to this file as “hours.csv”." in said
    assert "Attached to this file as “old.pdf”, because it is protected by a password." in said
    assert {name.partition(" ")[2] for name in reader.attachments} == {"hours.csv", "old.pdf"}


def test_each_letter_is_in_it_once_and_the_readers_own_where_there_is_one(walk: Walk, dispute: str) -> None:
    assert "Dear Dr Carys Llewellyn," in words(bundle(walk, walk.house.manager, dispute))
    said = words(bundle(walk, walk.house.directorate, dispute))
    assert said.count("I have decided on") == 1


def test_that_a_bundle_was_made_is_a_line_of_the_history(walk: Walk, dispute: str) -> None:
    pages = len(bundle(walk, walk.house.doctor, dispute).pages)
    [event] = walk.events(dispute, "bundle_made")
    assert (event.who_id, event.details) == (walk.house.doctor.id, {"pages": pages})


def test_who_may_not_see_the_dispute_gets_no_bundle(walk: Walk, dispute: str) -> None:
    for who in (walk.house.colleague, walk.house.hr, walk.house.finance):
        with pytest.raises((NotAllowed, letters.NoBundle)):
            bundle(walk, who, dispute)
    assert walk.events(dispute, "bundle_made") == []


def test_a_case_that_is_no_dispute_has_no_bundle(walk: Walk) -> None:
    house = walk.house
    about = {"subject": house.doctor.id, "team": house.team.id, "employment_start_date": "2027-02-01"}
    reference = walk.start(house.directorate, "individual_planning", kind="interim", **about)
    with pytest.raises(letters.NoBundle):
        bundle(walk, house.doctor, reference)
