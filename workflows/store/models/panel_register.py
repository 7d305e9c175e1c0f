"""The register from which the third member of an appeal panel comes, and who of it was called to which appeal."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.store.models.base import Base, one_of
from workflows.store.models.people import CareGroup, Person

ON_IT = text("taken_off_on IS NULL")
OWNED = "all, delete-orphan"


class PanelMember(Base):
    """A person on a trust's register, for a term. Whoever was taken off and comes back is entered anew."""

    __tablename__ = "panel_member"
    __table_args__ = (
        Index("uq_panel_member_person_id_on_it", "person_id", unique=True, postgresql_where=ON_IT, sqlite_where=ON_IT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation: Mapped[str]
    """Where they work, or who put them forward."""
    specialties: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The term's last day."""
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_off_on: Mapped[date | None]
    """From this day on they are not listed."""
    taken_off_because: Mapped[str] = mapped_column(default="", server_default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    approvals: Mapped[list["PanelApproval"]] = relationship(order_by="PanelApproval.id", cascade=OWNED)
    absences: Mapped[list["PanelAbsence"]] = relationship(
        order_by="PanelAbsence.starts_on", cascade="all, delete-orphan"
    )
    conflicts: Mapped[list["PanelConflict"]] = relationship(order_by="PanelConflict.id", cascade=OWNED)


class PanelApproval(Base):
    """That a body has approved a member of the register, and when."""

    __tablename__ = "panel_approval"
    __table_args__ = (UniqueConstraint("member_id", "body"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"))
    body: Mapped[str]
    """As the trust's policy names it: one of [bodies] panel_list."""
    approved_on: Mapped[date]


class PanelAbsence(Base):
    """Days on which a member cannot be called."""

    __tablename__ = "panel_absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class PanelConflict(Base):
    """A conflict of interest that a member has declared once for all: with whom or with what, in words."""

    __tablename__ = "panel_conflict"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"), index=True)
    care_group_id: Mapped[int | None] = mapped_column(ForeignKey("care_group.id"))
    """The care group whose cases it rules out, where it is one."""
    words: Mapped[str]

    care_group: Mapped[CareGroup | None] = relationship()


class PanelReview(Base):
    """That the register was looked through: on which day, by whom, and what came of it."""

    __tablename__ = "panel_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    day: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str]
    recorded_at: Mapped[datetime]


class PanelAllocation(Base):
    """A member called to an appeal, and what became of it."""

    __tablename__ = "panel_allocation"
    __table_args__ = (
        UniqueConstraint("member_id", "case_id"),
        one_of("status", "proposed", "sat", "objected", "stood_down"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    status: Mapped[str]
    at: Mapped[datetime]
    """When it came to that."""
