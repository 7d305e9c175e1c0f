"""Cases, their facts, steps, drafts and history."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.store.models.base import Base, Json, one_of
from workflows.store.models.people import CareGroup, Person, Team

OPEN_DISPUTE = text("process = 'disagreement' AND status = 'open'")


class Case(Base):
    """One running diagram: its stored state, what it is about, and the head of its history."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("trust_id", "reference"),
        Index(None, "trust_id", "status", "process"),
        Index(None, "trust_id", "opened_at"),
        Index(
            "ix_case_open_disputes",
            "trust_id",
            "care_group_id",
            "team_id",
            "id",
            postgresql_where=OPEN_DISPUTE,
            sqlite_where=OPEN_DISPUTE,
        ),
        one_of("status", "open", "closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    reference: Mapped[str]
    """As people say it: "CPFT-2026-0007"."""
    process: Mapped[str]
    title: Mapped[str]
    year: Mapped[str]
    """The planning year in words: "2027/28"."""
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The doctor whose plan this is; None for a round or a team."""
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    care_group_id: Mapped[int | None] = mapped_column(ForeignKey("care_group.id"), index=True)
    status: Mapped[str] = mapped_column(default="open")
    """open or closed."""
    stage: Mapped[str] = mapped_column(default="")
    """What it waits for, in the words of the diagram."""
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    state: Mapped[bytes] = mapped_column(LargeBinary, default=b"", deferred=True)
    engine_version: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    event_count: Mapped[int] = mapped_column(default=0)
    event_head: Mapped[str] = mapped_column(default="")

    subject: Mapped[Person | None] = relationship()
    team: Mapped[Team | None] = relationship()
    care_group: Mapped[CareGroup | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class CaseRole(Base):
    """A role that somebody holds in one case alone, by name: its parties, frozen at its start, its mediator, its panel.

    Whoever is replaced keeps a row that has ended.
    """

    __tablename__ = "case_role"
    __table_args__ = (
        Index(
            "uq_case_role_case_id_seat_person_id_now",
            "case_id",
            "seat",
            "person_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        one_of("seat", "practitioner", "management", "mediator", "chair", "nominee", "third"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    seat: Mapped[str]
    """practitioner, management, mediator, chair, nominee or third."""
    role: Mapped[str]
    """The key of the role in which they take steps."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who named them; None for parties, whom the case names by itself."""
    ended_at: Mapped[datetime | None]
    because: Mapped[str] = mapped_column(default="", server_default="")
    """Why they were named out of turn, or replaced."""

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Fact(Base):
    """Something that the case knows. No fact is overwritten: the newest row of a key counts."""

    __tablename__ = "fact"
    __table_args__ = (Index(None, "case_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    key: Mapped[str]
    occurrence: Mapped[int] = mapped_column(default=1)
    """How often the step that wrote it had been entered."""
    item: Mapped[str] = mapped_column(default="")
    """In a for-each step the person's id, else empty."""
    value: Mapped[Json] = mapped_column(JSON)
    type: Mapped[str]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class Step(Base):
    """A human task of a case: waiting, done or cancelled."""

    __tablename__ = "step"
    __table_args__ = (
        Index(None, "case_id", "status"),
        Index(None, "trust_id", "status", "role"),
        Index(None, "trust_id", "process", "ended_at"),
        UniqueConstraint("case_id", "task"),
        one_of("status", "open", "done", "cancelled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    task: Mapped[str]
    """The engine's own id of the waiting task."""
    process: Mapped[str]
    """The diagram that it is drawn in: a called stage has its own."""
    caller: Mapped[str] = mapped_column(default="")
    """In a called stage: the element that called it, for a diagram may call the same stage in several places."""
    element: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    item: Mapped[str] = mapped_column(default="")
    occurrence: Mapped[int] = mapped_column(default=1)
    screen: Mapped[str] = mapped_column(default="")
    deadline: Mapped[str] = mapped_column(default="")
    """The key of the deadline that it is drawn with."""
    due_at: Mapped[datetime | None]
    """Copied from the ledger so that lists sort without a join."""
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The one person who has it: the only one eligible, or the one who claimed it."""
    queue: Mapped[str] = mapped_column(default="")
    """ "medical_directorate" when nobody is eligible: that team may assign it, not complete it."""
    status: Mapped[str] = mapped_column(default="open")
    """open, done or cancelled."""
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    case: Mapped[Case] = relationship()


class StepHolder(Base):
    """Who may act on an open step. A group's step has several rows until somebody claims it."""

    __tablename__ = "step_holder"
    __table_args__ = (
        Index(None, "person_id", "status", "due_at"),
        one_of("status", "open", "done", "cancelled"),
    )

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    status: Mapped[str] = mapped_column(default="open")
    """The step's own status, copied so that a person's list is one index."""
    due_at: Mapped[datetime | None]


class Draft(Base):
    """A half-filled step, as its person left it."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("step_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    values: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]


class Event(Base):
    """A line of a case's history, in the past tense. Rows are only added; each holds the hash of the one before."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    who_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    clause: Mapped[str] = mapped_column(default="")
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    details: Mapped[dict[str, Any]]
    previous: Mapped[str]
    hash: Mapped[str]


class PlanVersion(Base):
    """A version of a doctor's job plan: draft, agreed, in_force or superseded. One of a doctor's is in force at a time;
    agreed ones wait for their first day."""

    __tablename__ = "plan_version"
    __table_args__ = (
        UniqueConstraint("person_id", "number"),
        Index(None, "person_id", "status"),
        Index(None, "case_id"),
        Index(
            "uq_plan_version_person_id_in_force",
            "person_id",
            unique=True,
            postgresql_where=text("status = 'in_force'"),
            sqlite_where=text("status = 'in_force'"),
        ),
        Index(
            "ix_plan_version_effective_from_agreed",
            "effective_from",
            postgresql_where=text("status = 'agreed'"),
            sqlite_where=text("status = 'agreed'"),
        ),
        one_of("status", "draft", "agreed", "in_force", "superseded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    status: Mapped[str]
    content: Mapped[dict[str, Any]]
    contract_kind: Mapped[str] = mapped_column(default="", server_default="")
    """Under which kind of contract it was made (CPFT-2.3); "" where payroll held none."""
    team_plan_id: Mapped[int | None] = mapped_column(ForeignKey("team_plan.id"))
    effective_from: Mapped[date | None]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class TeamPlan(Base):
    """An approved version of a team's plan."""

    __tablename__ = "team_plan"
    __table_args__ = (UniqueConstraint("team_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    year: Mapped[str]
    content: Mapped[dict[str, Any]]
    session_on: Mapped[date | None]
    approved_at: Mapped[datetime]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Signature(Base):
    """A dated signature under a plan version, or the trace of one that an edit voided. One stands a role and person."""

    __tablename__ = "signature"
    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "uq_signature_plan_version_id_role_person_id",
            "plan_version_id",
            "role",
            "person_id",
            unique=True,
            postgresql_where=text("voided_at IS NULL"),
            sqlite_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    sections: Mapped[dict[str, Any]]
    """The hash of each section that the signature covers."""
    signed_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    voided_because: Mapped[str] = mapped_column(default="")
