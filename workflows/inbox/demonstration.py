"""What a visitor of the demonstration sees of its clock: the next deadline, and what was sent."""

from dataclasses import dataclass
from datetime import datetime

from workflows.inbox import Session, Viewer
from workflows.inbox.reach import reach
from workflows.store import lists

SHOWN = 200


@dataclass(frozen=True)
class Sent:
    """A notice as its page shows it. `reference` is empty where it belongs to no case that the viewer may open."""

    to: str
    kind: str
    subject: str
    words: str
    written_at: datetime
    reference: str


def next_deadline(session: Session, *, viewer: Viewer) -> datetime | None:
    """The end of the next day on which something is due in the viewer's trust; None if nothing is."""
    return lists.next_due_day(session, trust_id=viewer.trust_id)


def sent(session: Session, *, viewer: Viewer, now: datetime) -> tuple[Sent, ...]:
    """What was sent in the viewer's trust, the newest first."""
    rows = lists.notices(session, trust_id=viewer.trust_id, limit=SHOWN)
    about = {notice.case_id for notice, _, _ in rows if notice.case_id}
    sight = reach(session, viewer=viewer, now=now).sight
    visible = lists.visible_among(session, sight=sight, case_ids=about)
    return tuple(
        Sent(
            to=name,
            kind=notice.kind,
            subject=notice.subject,
            words=notice.words,
            written_at=notice.written_at,
            reference=reference if notice.case_id in visible else "",
        )
        for notice, name, reference in rows
    )
