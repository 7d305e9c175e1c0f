"""What a visitor of the demonstration sees of its clock: the next deadline, and what was sent."""

from dataclasses import dataclass
from datetime import datetime

from workflows.inbox import Session, Viewer
from workflows.store import lists

SHOWN = 200


@dataclass(frozen=True)
class Sent:
    """A notice as its page shows it. `reference` is empty where it belongs to no case."""

    to: str
    kind: str
    subject: str
    words: str
    written_at: datetime
    reference: str


def next_deadline(session: Session, *, viewer: Viewer) -> datetime | None:
    """The end of the next day on which something is due in the viewer's trust; None if nothing is."""
    return lists.next_due_day(session, trust_id=viewer.trust_id)


def sent(session: Session, *, viewer: Viewer) -> tuple[Sent, ...]:
    """What was sent in the viewer's trust, the newest first."""
    return tuple(
        Sent(name, notice.kind, notice.subject, notice.words, notice.written_at, reference or "")
        for notice, name, reference in lists.notices(session, trust_id=viewer.trust_id, limit=SHOWN)
    )
