"""What was decided on pay progression, year by year."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base, one_of


class PayReview(Base):
    """The result of one doctor's year. A later row of the same year counts instead: a dispute changes nothing that was
    written before it."""

    __tablename__ = "pay_review"
    __table_args__ = (
        Index(None, "person_id", "id"),
        one_of("source", "decided", "recorded", "disputed"),
        one_of("threshold", "", "released", "deferred"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    year: Mapped[str]
    """The planning year: "2026/27"."""
    met: Mapped[bool]
    """Whether all criteria were met."""
    criteria: Mapped[dict[str, Any]]
    """What was found of each criterion, by its key; {} for a year from before Accord."""
    source: Mapped[str]
    """decided by the Medical Director, recorded from before Accord, or settled in a dispute."""
    threshold: Mapped[str] = mapped_column(default="", server_default="")
    """What became of the threshold that was due; "" where none was."""
    threshold_on: Mapped[date | None]
    """The day of that threshold."""
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
