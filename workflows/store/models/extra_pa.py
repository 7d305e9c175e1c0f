"""Agreements on extra and additional programmed activities, what was worked of them, and what departments foresee."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.store.models.base import Base, one_of
from workflows.store.models.cases import Case
from workflows.store.models.people import Person


class ExtraPa(Base):
    """An agreement, from the offer on. What it is for stands in the facts of its case."""

    __tablename__ = "extra_pa"
    __table_args__ = (
        UniqueConstraint("case_id"),
        UniqueConstraint("trust_id", "number"),
        Index(None, "person_id", "status"),
        Index(None, "trust_id", "status", "ends_on"),
        one_of("status", "offered", "agreed", "ended", "declined", "lapsed"),
        one_of("kind", "extra", "additional"),
        one_of("basis", "regular", "yearly"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    number: Mapped[int]
    reference: Mapped[str]
    """As its letter gives it: "JP/PA/2027/0003"."""
    kind: Mapped[str]
    basis: Mapped[str]
    """regular: so many a week; yearly: one number for its whole time, used as needed."""
    pas: Mapped[Decimal] = mapped_column(Numeric(7, 3))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day, as notice may have brought it forward."""
    status: Mapped[str]
    offered_at: Mapped[datetime]
    accepted_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]
    notice_on: Mapped[date | None]
    """When notice of a change or of the end was last given."""
    next_pas: Mapped[Decimal | None] = mapped_column(Numeric(7, 3))
    next_from: Mapped[date | None]
    """After notice of a reduction: to how many, and from which day."""

    case: Mapped[Case] = relationship()
    person: Mapped[Person] = relationship()


class ExtraPaUse(Base):
    """PAs of a yearly number that were worked on a day, or a correction (less than 0)."""

    __tablename__ = "extra_pa_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    extra_pa_id: Mapped[int] = mapped_column(ForeignKey("extra_pa.id"), index=True)
    worked_on: Mapped[date]
    pas: Mapped[Decimal] = mapped_column(Numeric(7, 3))
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime]

    by: Mapped[Person] = relationship()


class ExtraPaNeed(Base):
    """Extra PAs that a department foresees for a planning year."""

    __tablename__ = "extra_pa_need"
    __table_args__ = (Index(None, "team_id", "year"), one_of("kind", "waiting_lists", "cover", "vacancies"))

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    year: Mapped[str]
    kind: Mapped[str]
    words: Mapped[str]
    pas: Mapped[Decimal] = mapped_column(Numeric(7, 3))
    """In the whole year."""
    post_pas: Mapped[Decimal | None] = mapped_column(Numeric(5, 3))
    """Of a vacancy: at how many PAs a week its post is to be advertised."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
