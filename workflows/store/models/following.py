"""What somebody keeps in order to follow disputes: views of the board, and a calendar of its dates."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base


class SavedView(Base):
    """A way in which somebody narrows the board of disputes, under a name of their own."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    asked: Mapped[dict[str, Any]]
    """The filters, as the address of the board says them."""
    saved_at: Mapped[datetime]


class CalendarFeed(Base):
    """A secret address under which somebody's calendar reads the dates of their board: one a person. The address
    carries a token, the row its SHA-256."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
