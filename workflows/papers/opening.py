"""Opening a document: handed out as it was added, and a line of the case's history."""

from datetime import datetime

from workflows.domain.documents import WORDS_OF_TYPES
from workflows.engine import runner
from workflows.engine.moves import Acting
from workflows.inbox import Viewer, papers
from workflows.store import Session
from workflows.store import papers as paper_rows


def open_document(session: Session, *, viewer: Viewer, document_id: int, now: datetime) -> papers.File:
    """A document with its bytes. Raises NoSuchDocument, also where the viewer may not see it."""
    file = papers.download(session, viewer=viewer, document_id=document_id, now=now)
    case = paper_rows.case_by_id(session, case_id=file.case_id)
    move = runner.open_move(session, case=case, now=now, by=Acting(viewer.person_id))
    move.record("document_opened", document=document_id, type=WORDS_OF_TYPES.get(file.type, file.type))
    runner.save(move)
    return file
