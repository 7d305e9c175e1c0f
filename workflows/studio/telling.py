"""Who is told of what becomes of a draft: approvers when one waits for them, its makers when it was decided."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from workflows.domain.studio import Permission
from workflows.store import Session
from workflows.store import notices as notice_rows
from workflows.store import people as people_rows
from workflows.store import release_drafts as draft_rows
from workflows.store.models import ReleaseDraft
from workflows.studio.rights import Acting, holders

KIND = "studio"


class Word(NamedTuple):
    """What is said."""

    subject: str
    words: str


def of_submission(session: Session, *, draft: ReleaseDraft, by: Acting, now: datetime) -> None:
    """Whoever may approve, and has had no part in it, is asked to look."""
    held = holders(session, trust_id=draft.trust_id, permission=Permission.APPROVE, now=now)
    people = held.keys() - draft_rows.took_part(session, draft_id=draft.id)
    who = people_rows.names(session, person_ids=[by.person_id])[by.person_id]
    words = (
        f"{who} asks you to look at the draft “{draft.name}”: {draft.note} Open it in the studio, compare it with what"
        " is published, and approve it or return it with reasons."
    )
    _tell(session, draft, people, Word("A change of the processes waits for your approval", words), now)


def of_decision(
    session: Session, *, draft: ReleaseDraft, by: Acting, approved: bool, words: str, now: datetime
) -> None:
    """Whoever changed or submitted it hears what the second person decided."""
    who = people_rows.names(session, person_ids=[by.person_id])[by.person_id]
    said = (
        f"{who} approved the draft “{draft.name}”. It can be published now, as long as nobody changes it."
        if approved
        else f"{who} returned the draft “{draft.name}”: {words}"
    )
    subject = f"A change of the processes was {'approved' if approved else 'returned'}"
    people = draft_rows.took_part(session, draft_id=draft.id) - {by.person_id}
    _tell(session, draft, people, Word(subject, said), now)


def of_publication(session: Session, *, draft: ReleaseDraft, by: Acting, number: int, now: datetime) -> None:
    """Whoever had a part in it hears that new cases start on it."""
    deciders = {one.by_id for one in draft_rows.decisions(session, draft_id=draft.id)}
    people = (draft_rows.took_part(session, draft_id=draft.id) | deciders) - {by.person_id}
    words = (
        f"The draft “{draft.name}” is release {number} now: new cases start on it. Running cases stay where they are."
    )
    _tell(session, draft, people, Word("A change of the processes was published", words), now)


def _tell(session: Session, draft: ReleaseDraft, people: Iterable[int], word: Word, now: datetime) -> None:
    told = [
        notice_rows.NewNotice(
            trust_id=draft.trust_id,
            person_id=person_id,
            key=f"{KIND}:{draft.id}:{now.isoformat()}:{person_id}",
            kind=KIND,
            subject=word.subject,
            words=word.words,
            written_at=now,
        )
        for person_id in sorted(people)
    ]
    notice_rows.add(session, notices=told)
