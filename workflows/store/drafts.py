"""Half-filled steps, each its person's own."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import Session

from workflows.store.inserts import insert_into
from workflows.store.later import later
from workflows.store.models import Draft, Json
from workflows.store.tables import table_of

_DRAFT = table_of(Draft)
_DELETE = delete(_DRAFT).where(_DRAFT.c.step_id == bindparam("step"))


def save_draft(
    session: Session, *, step_id: int, person_id: int, values: Mapping[str, Json], version: int, now: datetime
) -> int | None:
    """Keep the values; returns the draft's new version.

    `version` is the one that the page was opened with, 0 if there was none. Returns None, and keeps what there is,
    when the same person has saved the step from another page since.
    """
    kept = {"values": dict(values), "version": version + 1, "saved_at": now}
    if version == 0:
        insert = insert_into(session, Draft).values(step_id=step_id, person_id=person_id, **kept)
        saved = insert.on_conflict_do_nothing(index_elements=["step_id", "person_id"]).returning(Draft.version)
        return session.scalars(saved).one_or_none()
    changed = (
        update(Draft)
        .where(Draft.step_id == step_id, Draft.person_id == person_id, Draft.version == version)
        .values(**kept)
        .returning(Draft.version)
    )
    return session.scalars(changed).one_or_none()


def delete_drafts(session: Session, *, step_ids: Iterable[int]) -> None:
    """Throw away what anybody had filled in: the steps have ended."""
    later(session, _DELETE, [{"step": step_id} for step_id in step_ids])
