"""Leave that was taken or is booked."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column

from workflows.domain.plan.parts import LEAVE_KINDS
from workflows.store.models.base import Base, one_of


class LeaveTaken(Base):
    """Leave of somebody from a day to a day, both of them included. No words: why somebody is away is not kept."""

    __tablename__ = "leave_taken"
    __table_args__ = (one_of("kind", *(kind for kind, _ in LEAVE_KINDS)),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    """Annual, or what professional and study leave is for (BTH-3.2.15)."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    in_uk: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether it is spent within the United Kingdom: so much of professional leave has a quota (BTH-3.4.12.2-a)."""
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    """Of professional and study leave, which counts once it is approved (BTH-3.4.12.2-b); annual leave has none."""
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
