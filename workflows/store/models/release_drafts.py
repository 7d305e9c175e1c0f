"""What process owners are changing: drafts of a trust's next release, their files, edits and decisions."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base, one_of


class ReleaseDraft(Base):
    """Changes to a release that nobody runs on yet."""

    __tablename__ = "release_draft"
    __table_args__ = (one_of("status", "open", "submitted", "approved", "published", "dropped"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    name: Mapped[str]
    base_release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    """The release that its files lie over."""
    status: Mapped[str]
    version: Mapped[int] = mapped_column(default=0)
    """Grows with every change of a file."""
    note: Mapped[str] = mapped_column(default="", server_default="")
    """What changes and why, as it was submitted."""
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    """The release that it became."""


class ReleaseDraftFile(Base):
    """A file in which a draft differs from its base."""

    __tablename__ = "release_draft_file"
    __table_args__ = (UniqueConstraint("draft_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("release_draft.id"))
    path: Mapped[str]
    text: Mapped[str | None]
    """None: the draft takes the file out."""
    version: Mapped[int]
    """The draft's version when it was changed last."""
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class ReleaseDraftEdit(Base):
    """One change of one file, as it can be undone."""

    __tablename__ = "release_draft_edit"
    __table_args__ = (UniqueConstraint("draft_id", "number"), one_of("state", "done", "undone", "gone"))

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("release_draft.id"))
    number: Mapped[int]
    path: Mapped[str]
    """Empty where the draft was brought up to date: nothing before that can be undone."""
    before: Mapped[str | None]
    after: Mapped[str | None]
    said: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    state: Mapped[str]
    """done; undone; or gone: undone, and something else was done since."""
    turned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who undid it, or did it again."""


class ReleaseDraftDecision(Base):
    """What somebody decided about a draft as it stood then."""

    __tablename__ = "release_draft_decision"
    __table_args__ = (one_of("kind", "submitted", "approved", "returned", "withdrawn", "published"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("release_draft.id"), index=True)
    kind: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="", server_default="")
    content_hash: Mapped[str]
