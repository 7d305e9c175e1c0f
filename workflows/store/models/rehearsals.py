"""Rehearsals of drafts: invented databases, kept as bytes between two requests."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base


class Rehearsal(Base):
    """Somebody tries a draft out. Nothing of what happens in it is in any other table."""

    __tablename__ = "rehearsal"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("release_draft.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    process: Mapped[str]
    content_hash: Mapped[str]
    """Of the draft's files as they are rehearsed."""
    started_at: Mapped[datetime]
    used_at: Mapped[datetime]
    version: Mapped[int]
    """Grows with every move, and with every one that is undone."""


class RehearsalState(Base):
    """Where a rehearsal stood after a move; the highest number is where it stands."""

    __tablename__ = "rehearsal_state"
    __table_args__ = (UniqueConstraint("rehearsal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rehearsal_id: Mapped[int] = mapped_column(ForeignKey("rehearsal.id"))
    number: Mapped[int]
    said: Mapped[str]
    """What was done, a sentence in the past tense."""
    at: Mapped[datetime]
    """What the rehearsal's own clock says."""
    database: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """A SQLite database, compressed."""
