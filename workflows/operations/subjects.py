"""A request of a data subject: who took out what is held about whom, and when."""

from datetime import datetime

from workflows.operations.asking import check_directorate
from workflows.store import Session
from workflows.store import acts as act_rows


def note_export(session: Session, *, trust_id: int, by_id: int | None, person_id: int, now: datetime) -> None:
    """Keep that everything about somebody was taken out. by_id: None for a command on the server.

    Raises OnlyTheDirectorate.
    """
    if by_id is not None:
        check_directorate(session, trust_id=trust_id, person_id=by_id, now=now)
    details = {"person": person_id}
    act_rows.record(session, trust_id=trust_id, who_id=by_id, kind="subject_exported", details=details, now=now)
