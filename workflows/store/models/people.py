"""Trusts, their people and the posts that people hold."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.store.models.base import Base, one_of


class Trust(Base):
    """An NHS trust. Everything else belongs to exactly one."""

    __tablename__ = "trust"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Short and stable, as in case references: "CPFT"."""
    name: Mapped[str]
    policy: Mapped[str]
    """The policy file of its releases, without ".toml": "cumbria"."""
    act_count: Mapped[int] = mapped_column(default=0)
    """How many acts it has outside cases: an end that was cut off no longer fits it."""


class ReferenceCount(Base):
    """How many case references a trust has given out in a year. Counting in one row leaves no two cases one number."""

    __tablename__ = "reference_count"

    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class CareGroup(Base):
    """A care group (CPFT) or division (BTH): the AMD's area."""

    __tablename__ = "care_group"
    __table_args__ = (UniqueConstraint("trust_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    name: Mapped[str]


class Team(Base):
    """A team (CPFT) or directorate (BTH): who plan together."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("trust_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    care_group_id: Mapped[int] = mapped_column(ForeignKey("care_group.id"), index=True)
    name: Mapped[str]

    care_group: Mapped[CareGroup] = relationship()


class Person(Base):
    """Somebody who works for, or with, a trust."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("trust_id", "email"), UniqueConstraint("trust_id", "employee_number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    name: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    """In lower case. The same address may stand at two trusts: nhs.net goes with the person."""
    employee_number: Mapped[str | None]
    """As payroll (ESR) numbers its people; what an import knows a person by."""
    registration: Mapped[str | None]
    """The GMC or GDC number of whoever is licensed to practise: without one nobody is in the census (CPFT-1)."""
    not_medical: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A manager who is not medically qualified: the AMD then supports their cases (CPFT-5.4-b)."""
    erased_at: Mapped[datetime | None]
    """When name and address were taken away under the retention rule."""
    left_on: Mapped[date | None]
    """The last day."""

    trust: Mapped[Trust] = relationship()


class Account(Base):
    """A person's way in. The password is an argon2 hash."""

    __tablename__ = "account"
    __table_args__ = (one_of("mail", "at_once", "daily", "never"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str]
    session_key: Mapped[str] = mapped_column(unique=True)
    """What the session cookie carries in place of the id; a new one ends every session."""
    mail: Mapped[str] = mapped_column(default="at_once", server_default="at_once")
    """How notices reach them by e-mail: at_once, daily or never."""
    persona: Mapped[str | None]
    """In a demonstration: one line on who this is and what they can be seen doing."""

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Contract(Base):
    """A doctor's contract as payroll holds it."""

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    """A key of domain.people.CONTRACT_KINDS."""
    grade: Mapped[str]
    programmed_activities: Mapped[Decimal] = mapped_column(Numeric(5, 3))
    """Contracted PAs a week; 10 is full time."""
    payroll_number: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Post(Base):
    """A role held over a team, a care group or the whole trust, from a day to a day."""

    __tablename__ = "post"
    __table_args__ = (Index(None, "trust_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    care_group_id: Mapped[int | None] = mapped_column(ForeignKey("care_group.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day, as with every period here."""

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Deputy(Base):
    """Somebody who may act for another while they are away."""

    __tablename__ = "deputy"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
