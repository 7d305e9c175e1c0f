"""Opening a letter: handed out as it was sent, and a line of the case's history."""

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.errors import NotFound
from workflows.domain.standing import may_see
from workflows.engine import runner
from workflows.engine.moves import Acting
from workflows.inbox import Viewer
from workflows.inbox.reach import reach, standings_in
from workflows.store import Session, lists
from workflows.store import letters as letter_rows
from workflows.store import papers as paper_rows


class NoSuchLetter(NotFound):
    """There is no such letter, or it is not yours to see."""


@dataclass(frozen=True)
class File:
    """A PDF to hand out."""

    name: str
    content: bytes


def open_letter(session: Session, *, viewer: Viewer, letter_id: int, now: datetime) -> File:
    """A letter, byte by byte as it was sent. Raises NoSuchLetter, also where the viewer may not see it."""
    row = letter_rows.by_id(session, trust_id=viewer.trust_id, letter_id=letter_id)
    if row is None:
        raise NoSuchLetter
    case = paper_rows.case_by_id(session, case_id=row.case_id)
    sees = reach(session, viewer=viewer, now=now)
    visible = lists.visible_among(session, sight=sees.sight, case_ids=[case.id])
    if not visible or not (may_see(standings_in(sees, case, ()), "letters") or row.to_person_id in viewer.stands_for):
        raise NoSuchLetter
    move = runner.open_move(session, case=case, now=now, by=Acting(viewer.person_id))
    move.record("letter_opened", letter=row.id, name=row.title)
    runner.save(move)
    return File(f"{row.title} {case.reference}.pdf", row.content)
