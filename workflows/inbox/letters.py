"""The letters of a case, as far as somebody may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.documents import in_words
from workflows.inbox import Session, Viewer
from workflows.store import letters as letter_rows
from workflows.store import lists
from workflows.store.models import Case


@dataclass(frozen=True)
class LetterLine:
    """A letter that was sent. `role` is the key of the role in which `to` got it; `size` is in words. Of one that was
    erased under the retention rule only its line is left."""

    id: int
    title: str
    to: str
    role: str
    is_copy: bool
    sent_at: datetime
    size: str
    erased: bool


def of_case(session: Session, *, viewer: Viewer, case: Case, may: Collection[str]) -> tuple[LetterLine, ...]:
    """The case's letters, newest first: all for those who may read them, else those that the viewer got."""
    rows = letter_rows.of_case(session, case_id=case.id)
    mine = [row for row in rows if "letters" in may or row.to_person_id in viewer.stands_for]
    names = lists.names(session, trust_id=case.trust_id, person_ids={row.to_person_id for row in mine}) if mine else {}
    return tuple(
        LetterLine(
            id=row.id,
            title=row.title,
            to=names.get(row.to_person_id, ""),
            role=row.role,
            is_copy=row.is_copy,
            sent_at=row.sent_at,
            size=in_words(row.size),
            erased=row.erased_at is not None,
        )
        for row in reversed(mine)
    )
