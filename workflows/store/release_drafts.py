"""Drafts of releases: their files, the edits that can be undone, and what was decided about them.

Rows are read as they are now, also those that the session has read before: a page is read before its verb has the lock.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from workflows.store.models import (
    ReleaseDraft,
    ReleaseDraftDecision,
    ReleaseDraftEdit,
    ReleaseDraftFile,
)

NOW = {"populate_existing": True}


def add(session: Session, *, draft: ReleaseDraft) -> ReleaseDraft:
    """A new draft, with its id."""
    session.add(draft)
    session.flush()
    return draft


def by_id(session: Session, *, trust_id: int, draft_id: int) -> ReleaseDraft | None:
    """One draft of the trust."""
    return session.scalar(select(ReleaseDraft).where(ReleaseDraft.trust_id == trust_id, ReleaseDraft.id == draft_id))


def of_id(session: Session, *, draft_id: int) -> ReleaseDraft | None:
    """One draft, whosever it is: for whoever has found it already."""
    return session.get(ReleaseDraft, draft_id)


def of_release(session: Session, *, release_id: int) -> ReleaseDraft | None:
    """The draft that became a release; None for one that came with Accord."""
    return session.scalar(select(ReleaseDraft).where(ReleaseDraft.release_id == release_id))


def lock(session: Session, *, trust_id: int, draft_id: int) -> ReleaseDraft | None:
    """One draft of the trust, as it is now: nobody else writes in it before this transaction ends."""
    wanted = select(ReleaseDraft).where(ReleaseDraft.trust_id == trust_id, ReleaseDraft.id == draft_id)
    return session.scalar(wanted.with_for_update(), execution_options=NOW)


def of_trust(session: Session, *, trust_id: int) -> list[ReleaseDraft]:
    """All drafts of a trust, the one that was changed last first."""
    wanted = select(ReleaseDraft).where(ReleaseDraft.trust_id == trust_id)
    return list(session.scalars(wanted.order_by(ReleaseDraft.changed_at.desc(), ReleaseDraft.id.desc())))


def file(session: Session, *, draft_id: int, path: str) -> ReleaseDraftFile | None:
    """A file of the draft's own; None where it is as in the base."""
    return session.scalar(
        select(ReleaseDraftFile).where(ReleaseDraftFile.draft_id == draft_id, ReleaseDraftFile.path == path),
        execution_options=NOW,
    )


def files(session: Session, *, draft_id: int) -> list[ReleaseDraftFile]:
    """The files in which a draft differs from its base, by path."""
    wanted = select(ReleaseDraftFile).where(ReleaseDraftFile.draft_id == draft_id)
    return list(session.scalars(wanted.order_by(ReleaseDraftFile.path), execution_options=NOW))


def numbers_of_files(session: Session, *, draft_ids: Collection[int]) -> Mapping[int, int]:
    """In how many files each of some drafts differs from its base; those that differ in none are left out."""
    own = ReleaseDraftFile.draft_id
    wanted = select(own, func.count().label("files")).where(own.in_(draft_ids)).group_by(own)
    return {row.draft_id: row.files for row in session.execute(wanted)}


def put(session: Session, *, draft: ReleaseDraft, path: str, text: str | None, by_id: int, now: datetime) -> int:
    """Keep a file of the draft's own, or that the draft takes it out (None); returns the file's new version."""
    draft.version += 1
    draft.changed_at = now
    row = file(session, draft_id=draft.id, path=path)
    if row is None:
        row = ReleaseDraftFile(draft_id=draft.id, path=path)
        session.add(row)
    row.text, row.version, row.changed_by_id, row.changed_at = text, draft.version, by_id, now
    session.flush()
    return row.version


def take_back(session: Session, *, draft: ReleaseDraft, path: str, now: datetime) -> None:
    """The file is as in the base again."""
    draft.version += 1
    draft.changed_at = now
    session.execute(
        delete(ReleaseDraftFile).where(ReleaseDraftFile.draft_id == draft.id, ReleaseDraftFile.path == path)
    )
    session.flush()


def note_edit(session: Session, *, edit: ReleaseDraftEdit) -> int:
    """Add an edit to the draft's history, and return its number. What was undone cannot be done again any more."""
    newest = select(func.coalesce(func.max(ReleaseDraftEdit.number), 0)).where(
        ReleaseDraftEdit.draft_id == edit.draft_id
    )
    edit.number = session.scalars(newest).one() + 1
    session.execute(
        update(ReleaseDraftEdit)
        .where(ReleaseDraftEdit.draft_id == edit.draft_id, ReleaseDraftEdit.state == "undone")
        .values(state="gone")
    )
    session.add(edit)
    session.flush()
    return edit.number


def last_done(session: Session, *, draft_id: int) -> ReleaseDraftEdit | None:
    """The newest edit that stands: the one to undo."""
    wanted = select(ReleaseDraftEdit).where(ReleaseDraftEdit.draft_id == draft_id, ReleaseDraftEdit.state == "done")
    return session.scalar(wanted.order_by(ReleaseDraftEdit.number.desc()).limit(1), execution_options=NOW)


def next_undone(session: Session, *, draft_id: int) -> ReleaseDraftEdit | None:
    """The edit that was undone last: the one to do again."""
    wanted = select(ReleaseDraftEdit).where(ReleaseDraftEdit.draft_id == draft_id, ReleaseDraftEdit.state == "undone")
    return session.scalar(wanted.order_by(ReleaseDraftEdit.number).limit(1), execution_options=NOW)


def edits(session: Session, *, draft_id: int) -> list[ReleaseDraftEdit]:
    """The history of a draft, newest first."""
    wanted = select(ReleaseDraftEdit).where(ReleaseDraftEdit.draft_id == draft_id)
    return list(session.scalars(wanted.order_by(ReleaseDraftEdit.number.desc()), execution_options=NOW))


def took_part(session: Session, *, draft_id: int) -> frozenset[int]:
    """Everybody who has changed something in a draft, undone it, or submitted it, by their ids."""
    edit, decision = ReleaseDraftEdit, ReleaseDraftDecision
    edited = session.execute(select(edit.by_id, edit.turned_by_id).where(edit.draft_id == draft_id))
    submitted = select(decision.by_id).where(decision.draft_id == draft_id, decision.kind == "submitted")
    found = {person for row in edited for person in row if person is not None}
    return frozenset(found | set(session.scalars(submitted)))


def worked_on(session: Session, *, person_id: int, draft_ids: Collection[int]) -> frozenset[int]:
    """Those of some drafts in which somebody took part."""
    edit, decision = ReleaseDraftEdit, ReleaseDraftDecision
    edited = select(edit.draft_id).where(
        edit.draft_id.in_(draft_ids), or_(edit.by_id == person_id, edit.turned_by_id == person_id)
    )
    submitted = select(decision.draft_id).where(
        decision.draft_id.in_(draft_ids), decision.by_id == person_id, decision.kind == "submitted"
    )
    return frozenset(session.scalars(edited.union(submitted)))


def decide(session: Session, *, decision: ReleaseDraftDecision) -> None:
    """Keep what somebody decided about a draft."""
    session.add(decision)
    session.flush()


def decisions(session: Session, *, draft_id: int) -> list[ReleaseDraftDecision]:
    """What was decided about a draft, newest first."""
    wanted = select(ReleaseDraftDecision).where(ReleaseDraftDecision.draft_id == draft_id)
    return list(session.scalars(wanted.order_by(ReleaseDraftDecision.id.desc()), execution_options=NOW))


def newest_decisions(session: Session, *, draft_ids: Collection[int]) -> Mapping[int, str]:
    """The kind of what was decided last about each of some drafts; those of which nothing was decided are left out."""
    decision = ReleaseDraftDecision
    wanted = select(decision.draft_id, decision.kind).where(decision.draft_id.in_(draft_ids))
    return {row.draft_id: row.kind for row in session.execute(wanted.order_by(decision.id))}
