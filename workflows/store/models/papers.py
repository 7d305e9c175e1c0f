"""What people put into a case beside its steps, and the e-mail that leaves it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.models.base import Base, one_of


class Document(Base):
    """A file in a case. Its bytes are handed out as a download, never shown as a page."""

    __tablename__ = "document"
    __table_args__ = (Index(None, "case_id", "id"), one_of("scan", "clean", "not_scanned"))

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    stage: Mapped[str]
    """The diagram that the case was in: who sees the document depends on it."""
    title: Mapped[str]
    """What it is, in the words of who added it."""
    name: Mapped[str]
    type: Mapped[str]
    size: Mapped[int]
    """In bytes."""
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    scan: Mapped[str]
    """clean, or not_scanned where the installation has no scanner. What is found infected is never stored."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """When it was taken out again, or erased under the retention rule: the bytes are gone then."""


class Comment(Base):
    """Words in a case, to the parties and to whoever holds a step of that stage."""

    __tablename__ = "comment"
    __table_args__ = (Index(None, "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    stage: Mapped[str]
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Letter(Base):
    """A letter that a case sent to one person: the PDF as it went out, which nothing changes after."""

    __tablename__ = "letter"
    __table_args__ = (Index(None, "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    stage: Mapped[str]
    """The diagram that the case was in."""
    key: Mapped[str]
    """Which of the release's letters it is."""
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    """The step with which it went out; None where the case sent it by itself."""
    to_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    """In which role they got it."""
    is_copy: Mapped[bool]
    title: Mapped[str]
    """As the release has it, without a name of anybody."""
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    """In bytes."""
    sha256: Mapped[str]
    sent_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    erased_at: Mapped[datetime | None]
    """When it was erased under the retention rule: the bytes are gone then, and their hash stays."""


class Mail(Base):
    """An e-mail to be sent, sent, or given up: the outbox to SMTP. The unique key makes it one mail."""

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "status", "at"),
        Index(None, "trust_id", "written_at"),
        one_of("status", "waiting", "sent", "given_up"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    key: Mapped[str]
    kind: Mapped[str]
    """notice, digest, meeting, invitation (to Accord) or password."""
    subject: Mapped[str]
    words: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    """The path of the page that it leads to; "" for none. A secret link is made when its mail is sent, and not kept."""
    calendar: Mapped[str] = mapped_column(default="")
    """The meeting that goes with it as a calendar file, as JSON; "" for none."""
    status: Mapped[str] = mapped_column(default="waiting")
    at: Mapped[datetime]
    """When to try next."""
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(default="")
    """What the mail server said last."""


class PeopleFile(Base):
    """A list of people that was uploaded: checked, and imported once somebody has confirmed it."""

    __tablename__ = "people_file"
    __table_args__ = (one_of("status", "checked", "imported"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    text: Mapped[str]
    """Emptied when it has been imported."""
    sha256: Mapped[str]
    status: Mapped[str] = mapped_column(default="checked")
    found: Mapped[dict[str, Any]]
    """How many people, contracts and posts it adds, changes and ends."""
    at: Mapped[datetime]
    imported_at: Mapped[datetime | None]
