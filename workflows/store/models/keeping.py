"""What operations keep: acts outside cases, anchors of the histories, erasures, and how long things took."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base


class Act(Base):
    """Something that somebody did to a trust's people or records outside any case; chained like a case's history."""

    __tablename__ = "act"
    __table_args__ = (UniqueConstraint("trust_id", "number"), Index(None, "trust_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    who_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None: a command on the server, or time."""
    details: Mapped[dict[str, Any]]
    """Ids and figures; no personal text, for nothing takes it out again."""
    previous: Mapped[str]
    hash: Mapped[str]


class Anchor(Base):
    """The heads of a trust's histories on a day. A tail cut off later no longer fits what was anchored."""

    __tablename__ = "anchor"
    __table_args__ = (UniqueConstraint("trust_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    number: Mapped[int]
    day: Mapped[date]
    made_at: Mapped[datetime]
    heads: Mapped[dict[str, Any]]
    """Of each case that has moved since the anchor before: its id, with its count of events and its head; and those
    of the trust's acts under "acts"."""
    previous: Mapped[str]
    hash: Mapped[str]


class Erasure(Base):
    """Personal text that was erased: of whom or of which case, under which rule, how much."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    rule: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    pieces: Mapped[int]
    """How many pieces of text."""


class Took(Base):
    """How long submits took: for each minute and process of the server, how many fell into each step of a scale."""

    __tablename__ = "took"
    __table_args__ = (UniqueConstraint("minute", "server"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minute: Mapped[datetime]
    server: Mapped[str]
    """Which web process: its host and number."""
    counts: Mapped[dict[str, Any]]
    """By the upper bound of the step in milliseconds: how many."""
