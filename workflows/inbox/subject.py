"""Everything that is held about one person, as they may read it: what others wrote is theirs only where they see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.domain.errors import NotFound
from workflows.inbox import Session, Viewer
from workflows.inbox.case_pages import CasePage, case_page
from workflows.store import people as people_rows
from workflows.store import subjects


class NoSuchSubject(NotFound):
    """There is no such person in this trust."""


@dataclass(frozen=True)
class CaseAbout:
    """A case of theirs as its page would show it to them: what they may not see there is not here either."""

    reference: str
    title: str
    status: str
    opened_at: datetime
    closed_at: datetime | None
    answers: tuple[dict[str, Any], ...]
    history: tuple[dict[str, Any], ...]
    comments: tuple[dict[str, Any], ...]
    documents: tuple[dict[str, Any], ...]
    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Subject:
    """What is held. `rows` are their own, by table; `cases` those about them."""

    person_id: int
    name: str
    email: str
    made_at: datetime
    rows: dict[str, list[dict[str, Any]]]
    cases: tuple[CaseAbout, ...]


def subject(session: Session, *, trust_id: int, person_id: int, now: datetime) -> Subject:
    """Everything about somebody of the trust. Raises NoSuchSubject."""
    person = people_rows.by_id(session, trust_id=trust_id, person_id=person_id)
    if person is None or person.erased_at is not None:
        raise NoSuchSubject
    # As themselves, for nobody else: what they may read of their cases is theirs, and no more of what others wrote.
    as_themselves = Viewer(person_id=person.id, trust_id=trust_id)
    references = subjects.cases_about(session, trust_id=trust_id, person_id=person.id)
    pages = [case_page(session, viewer=as_themselves, reference=one, now=now) for one in references]
    return Subject(
        person_id=person.id,
        name=person.name,
        email=person.email,
        made_at=now,
        rows=subjects.own_rows(session, person_id=person.id),
        cases=tuple(_case(page) for page in pages),
    )


def files(session: Session, *, found: Subject) -> Iterator[tuple[int, str, bytes]]:
    """Id, name and bytes of the documents that they added, and of the letters that they got."""
    yield from subjects.files_of(session, person_id=found.person_id)
    for letter_id, content in subjects.letters_to(session, person_id=found.person_id):
        yield letter_id, "letter.pdf", content


def by_email(session: Session, *, trust: str, email: str) -> tuple[int, int]:
    """Trust and id of somebody by their address. Raises NoSuchSubject."""
    found = subjects.by_email(session, trust_key=trust, email=email)
    if found is None:
        raise NoSuchSubject
    return found


def _case(page: CasePage) -> CaseAbout:
    head = page.head
    return CaseAbout(
        reference=head.reference,
        title=head.title,
        status=head.status,
        opened_at=head.opened_at,
        closed_at=head.closed_at,
        answers=tuple({"question": one.label, "answer": one.value, "by": one.by} for one in page.entered),
        history=tuple({"at": line.at, "what": line.words, "clause": line.clause} for line in page.history),
        comments=tuple({"at": one.at, "who": one.who, "words": one.words} for one in page.papers.comments),
        documents=tuple(
            {"at": one.at, "who": one.who, "title": one.title, "name": one.name} for one in page.papers.documents
        ),
        deadlines=tuple({"title": one.title, "due_on": one.due_on, "status": one.status} for one in page.deadlines),
    )
