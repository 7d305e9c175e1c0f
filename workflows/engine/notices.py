"""Word to people about the case of a move."""

from collections.abc import Iterable

from workflows.engine.moves import Move
from workflows.store import notices as notice_rows
from workflows.store.notices import NewNotice


def tell(
    move: Move,
    people: Iterable[int],
    *,
    key: str,
    kind: str,
    subject: str,
    words: str,
    deadline_id: int | None = None,
    ending: str = "",
) -> list[NewNotice]:
    """A notice about the case to each of them, by id; returns what was written.

    `key`, the person and `ending` together make it one notice, however often and by however many it is written.
    """
    notices = [
        NewNotice(
            trust_id=move.case.trust_id,
            person_id=person,
            case_id=move.case.id,
            deadline_id=deadline_id,
            key=f"{key}:{person}{ending}",
            kind=kind,
            subject=subject,
            words=words,
            written_at=move.now,
        )
        for person in people
    ]
    notice_rows.add(move.session, notices=notices)
    return notices
