"""The ledger of deadlines, what the clock has to do, and the letters between cases."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint, exists
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from workflows.store.models.base import Base, one_of
from workflows.store.models.cases import Case
from workflows.store.models.people import Person


class Deadline(Base):
    """A line of the ledger: one (case, name, occurrence), opened when its start fact is written."""

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("case_id", "name", "occurrence"),
        Index(None, "trust_id", "status", "due_at"),
        one_of("status", "open", "met", "missed", "lapsed", "cancelled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    name: Mapped[str]
    """The deadline's key in the policy."""
    occurrence: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    started_by: Mapped[str]
    """The fact that started it; "" where it runs from the day on which it came to the case."""
    opens_on: Mapped[date | None]
    """The first day of a window."""
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    """The end of that civil day in Europe/London."""
    status: Mapped[str] = mapped_column(default="open")
    """open, met, missed, lapsed or cancelled. A missed one stays to be done."""
    ended_at: Mapped[datetime | None]
    """When it was met, lapsed or cancelled; None while it still has to be done."""
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    """The release whose rule it keeps, where its case has been moved to one with another; else that of its case."""

    was_stopped: ClassVar[Any]
    """Whether its clock was stopped when the line was read."""

    case: Mapped[Case] = relationship()
    changes: Mapped[list["DeadlineChange"]] = relationship(
        order_by="DeadlineChange.id",
        primaryjoin="and_(DeadlineChange.deadline_id == Deadline.id, DeadlineChange.withdrawn_at.is_(None))",
    )
    """Those that count: one that was taken back is left out."""

    @property
    def is_stopped(self) -> bool:
        """Whether somebody has stopped its clock and not started it again; asks nothing of the store."""
        if "changes" in self.__dict__:
            return any(one.kind == "pause" and one.to_on is None for one in self.changes)
        return bool(self.was_stopped)


class DeadlineChange(Base):
    """An extension, pause or adjournment of a deadline: who, why and by how much."""

    __tablename__ = "deadline_change"
    __table_args__ = (one_of("kind", "extension", "pause"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"), index=True)
    kind: Mapped[str]
    """extension (to_on is the new due date) or pause (from_on to to_on, open-ended while to_on is None)."""
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    """When an extension was taken back."""
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person] = relationship(lazy="joined", innerjoin=True, foreign_keys=by_id)


Deadline.was_stopped = column_property(
    exists().where(
        DeadlineChange.deadline_id == Deadline.id, DeadlineChange.kind == "pause", DeadlineChange.to_on.is_(None)
    )
)


class Firing(Base):
    """Something that time has to do for a deadline: fire it, remind, escalate. Each happens once: the key is unique."""

    __tablename__ = "firing"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "status", "at", "id"),
        Index(None, "deadline_id"),
        one_of("kind", "due", "remind", "escalate"),
        one_of("status", "waiting", "fired", "overtaken", "void"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"))
    key: Mapped[str]
    """deadline id, kind and rung, and the due date that it belongs to."""
    kind: Mapped[str]
    """due, remind or escalate."""
    rung: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    """When it is due; a retry moves it on."""
    status: Mapped[str] = mapped_column(default="waiting")
    """waiting, fired, overtaken (a later rung caught up for it) or void."""
    fired_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)

    deadline: Mapped[Deadline] = relationship()


class Message(Base):
    """The outbox between cases: start a case, or tell a case something. Written with the move that sends it."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "status", "at", "id"),
        Index(None, "receiver_id", "status"),
        Index(None, "sender_id", "status"),
        one_of("kind", "start", "tell"),
        one_of("status", "waiting", "delivered", "given_up"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    key: Mapped[str]
    kind: Mapped[str]
    """start (a case of process `name`) or tell (the receiver waits for `name`)."""
    name: Mapped[str]
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    facts: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(default="waiting")
    """waiting; delivered; given_up by a person, after it had failed."""
    at: Mapped[datetime]
    """When to try next."""
    sent_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)


class Incident(Base):
    """A move that failed: where, in a sentence, and whether it has been settled."""

    __tablename__ = "incident"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "trust_id", "status"),
        one_of("status", "open", "settled", "given_up"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    key: Mapped[str]
    """What failed: the same failure is one incident, counted."""
    element: Mapped[str] = mapped_column(default="")
    sentence: Mapped[str]
    times: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(default="open")
    """open; settled when the move has gone through after all; given_up by a person, with a reason."""
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class IncidentLine(Base):
    """What became of an incident, line by line: it failed, somebody had it retried, it was settled or given up."""

    __tablename__ = "incident_line"
    __table_args__ = (one_of("kind", "failed", "retried", "settled", "given_up"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    who_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(default="")


class Notice(Base):
    """Words to a person about a case: a reminder, an escalation, a returned plan."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("key"), Index(None, "person_id", "written_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadline.id"))
    """Of a reminder or an escalation: the deadline that it is about."""
    key: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    words: Mapped[str]
    written_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    gathered_at: Mapped[datetime | None]
    """When it went into a daily e-mail."""


class Heartbeat(Base):
    """The last sign of life of each clock process."""

    __tablename__ = "heartbeat"

    clock: Mapped[str] = mapped_column(primary_key=True)
    beaten_at: Mapped[datetime]
    """Real time, not the demonstration's."""
    lateness_ms: Mapped[int] = mapped_column(default=0)
    """How late the last firing was."""


class DemonstrationClock(Base):
    """How far the demonstration's time is ahead of the real one: one row, or none."""

    __tablename__ = "demonstration_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    seconds_ahead: Mapped[int] = mapped_column(default=0)
