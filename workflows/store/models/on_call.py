"""On-call rotas of teams: who is on them, the diaries that they keep, and what was agreed from each."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.store.models.base import Base, Json, one_of
from workflows.store.models.people import Person, Team

OWNED = "all, delete-orphan"


class Rota(Base):
    """A rota of a team. What it is worth follows from its members and from the diary agreed last."""

    __tablename__ = "rota"
    __table_args__ = (UniqueConstraint("team_id", "name"), one_of("category", "", "A", "B"))

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str]
    frequency: Mapped[str] = mapped_column(default="", server_default="")
    """The 8 of 1 in 8, exactly ("9/2"), where it is not that of the number of its members."""
    category: Mapped[str] = mapped_column(default="", server_default="")
    """A or B, of a consultant rota; "" until it has been set (BTH-3.4.13.1-c)."""
    category_reason: Mapped[str] = mapped_column(default="", server_default="")
    routine_emergencies: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its specialty by its nature deals with emergencies as a routine (BTH-3.2.3-c)."""
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_on: Mapped[date | None]
    """From this day on there is no such rota any more."""

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)
    members: Mapped[list["RotaMember"]] = relationship(order_by="RotaMember.id", cascade=OWNED)
    diaries: Mapped[list["RotaDiary"]] = relationship(order_by="RotaDiary.starts_on", cascade=OWNED)


class RotaMember(Base):
    """A doctor on a rota, from a day to a day."""

    __tablename__ = "rota_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    rota_id: Mapped[int] = mapped_column(ForeignKey("rota.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    equal_share: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether they take the same share of it as everybody else, however many hours they work (BTH-3.4.13.1-b)."""

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class RotaDiary(Base):
    """A diary that all doctors of a rota keep together, and what their clinical manager agreed from it."""

    __tablename__ = "rota_diary"

    id: Mapped[int] = mapped_column(primary_key=True)
    rota_id: Mapped[int] = mapped_column(ForeignKey("rota.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    met_on: Mapped[date | None]
    """When the specialty met and agreed the average (BTH-3.4.1.4-c)."""
    applies_from: Mapped[date | None]
    """The first day on which the agreed PAs count."""
    doctors: Mapped[int | None]
    """Among how many the work was divided."""
    predictable_pas: Mapped[str] = mapped_column(default="", server_default="")
    """PAs a week of each doctor, exactly ("1/3"); "" until they are agreed."""
    unpredictable_pas: Mapped[str] = mapped_column(default="", server_default="")
    working: Mapped[list[Json] | None]
    """Lines of the working as they were agreed: [words, exact value, unit]."""
    note: Mapped[str] = mapped_column(default="", server_default="")
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    entries: Mapped[list["DiaryEntry"]] = relationship(cascade=OWNED)


class DiaryEntry(Base):
    """Work that a doctor did on call. It holds no word about patients."""

    __tablename__ = "diary_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    diary_id: Mapped[int] = mapped_column(ForeignKey("rota_diary.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    day: Mapped[date]
    starts_at: Mapped[str]
    """ "22:30"; an end that is not after it is the next day's."""
    ends_at: Mapped[str]
    predictable: Mapped[bool]
    in_pa: Mapped[bool]
    """Whether it fell inside a programmed activity that is timetabled already (BTH-3.2.3-b)."""
    recorded_at: Mapped[datetime]
