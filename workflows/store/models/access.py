"""How people get in: their browsers, forgotten passwords, and attempts that failed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base


class Visit(Base):
    """A signed-in browser, from signing in to signing out. The cookie carries a token, the row its SHA-256."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    browser: Mapped[str]
    """What the browser calls itself, shortened."""
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """Kept to the minute at best: a page is read without a write."""
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PasswordReset(Base):
    """A link to set a new password, good once and for a short time. The mail carries a token, the row its SHA-256."""

    __tablename__ = "password_reset"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """An attempt to sign in, or to have a password reset, that counts towards the limit of its key."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    """A SHA-256 of what is limited: the address typed, or the network address it came from."""
    at: Mapped[datetime]
