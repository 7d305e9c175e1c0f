"""Running cases that are moved to another release: batches, and what each case was before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base, one_of


class MoveBatch(Base):
    """Cases that somebody has chosen to go on with another release."""

    __tablename__ = "move_batch"
    __table_args__ = (
        Index(None, "trust_id"),
        Index(None, "status"),
        one_of("status", "waiting", "running", "done", "stopped", "undoing", "undone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    to_release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    status: Mapped[str]
    """waiting for a clock, running, done, stopped by somebody, undoing, undone."""
    because: Mapped[str]
    """Why, in the words of whoever began it."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="", server_default="")
    """Why it could not be undone, where that was tried."""


class MoveItem(Base):
    """One case of a batch: what became of it, and what it takes to put it back."""

    __tablename__ = "move_item"
    __table_args__ = (
        UniqueConstraint("batch_id", "case_id"),
        Index(None, "batch_id", "status", "id"),
        Index(None, "case_id"),
        one_of("status", "waiting", "moved", "refused", "failed", "undone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("move_batch.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    status: Mapped[str]
    """waiting; moved; refused: it could not move; failed: something went wrong, and it is tried again; undone."""
    reason: Mapped[str] = mapped_column(default="", server_default="")
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    try_at: Mapped[datetime | None]
    """When a failed one is tried again."""
    at: Mapped[datetime | None]
    from_release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    before_state: Mapped[bytes | None] = mapped_column(LargeBinary)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Its stage, steps and lines of the ledger as they were: see workflows.engine.moving.moves."""
    version: Mapped[int | None]
    """The case's version after it was moved: whatever has happened since has changed it."""
