"""Immutable sets of diagrams, decisions, policy and letters."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base, one_of


class Release(Base):
    """What a trust's cases run on. Once published it never changes; a trust has one published."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("trust_id", "number"),
        Index(
            "uq_release_trust_id_published",
            "trust_id",
            unique=True,
            postgresql_where=text("status = 'published'"),
            sqlite_where=text("status = 'published'"),
        ),
        one_of("status", "draft", "published", "superseded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    number: Mapped[int]
    status: Mapped[str]
    """draft, published or superseded."""
    content_hash: Mapped[str] = mapped_column(index=True)
    policy: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]


class ReleaseFile(Base):
    """One file of a release, by its path below bpmn/."""

    __tablename__ = "release_file"
    __table_args__ = (UniqueConstraint("release_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    path: Mapped[str]
    text: Mapped[str]
