"""Words to persons about cases."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflows.store.inserts import insert_into
from workflows.store.models import Notice


@dataclass(frozen=True)
class NewNotice:
    """A notice to be; `key` makes it one notice however often it is written."""

    trust_id: int
    person_id: int
    key: str
    kind: str
    subject: str
    words: str
    written_at: datetime
    case_id: int | None = None
    step_id: int | None = None


def add(session: Session, *, notices: Sequence[NewNotice]) -> None:
    """Write notices in one statement; one whose key is there already is not written again."""
    if notices:
        session.execute(
            insert_into(session, Notice).on_conflict_do_nothing(index_elements=["key"]),
            [asdict(notice) for notice in notices],
        )


def mark_read(session: Session, *, person_id: int, notice_ids: Iterable[int], now: datetime) -> None:
    """The person has opened these; the time of the first opening stays."""
    session.execute(
        update(Notice)
        .where(Notice.id.in_(list(notice_ids)), Notice.person_id == person_id, Notice.read_at.is_(None))
        .values(read_at=now)
    )
