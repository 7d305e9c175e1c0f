"""Lists of people that were uploaded: kept between the check and the import."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.store.models import PeopleFile


def add(session: Session, *, row: PeopleFile) -> PeopleFile:
    """A checked file, with its id."""
    session.add(row)
    session.flush()
    return row


def by_id(session: Session, *, trust_id: int, file_id: int) -> PeopleFile | None:
    """A file of the trust."""
    return session.scalar(select(PeopleFile).where(PeopleFile.id == file_id, PeopleFile.trust_id == trust_id))


def take(session: Session, *, trust_id: int, file_id: int) -> PeopleFile | None:
    """The same, for this transaction alone: nobody imports one file twice."""
    wanted = select(PeopleFile).where(PeopleFile.id == file_id, PeopleFile.trust_id == trust_id)
    return session.scalar(wanted.with_for_update().execution_options(populate_existing=True))


def drop_unused(session: Session, *, trust_id: int, before: datetime) -> None:
    """Take away what was checked and then left: such a list is full of personal data."""
    unused = delete(PeopleFile).where(
        PeopleFile.trust_id == trust_id, PeopleFile.status == "checked", PeopleFile.at < before
    )
    session.execute(unused)


def imported(session: Session, *, trust_id: int, limit: int) -> list[PeopleFile]:
    """What was imported, the newest first."""
    wanted = select(PeopleFile).where(PeopleFile.trust_id == trust_id, PeopleFile.status == "imported")
    return list(session.scalars(wanted.order_by(PeopleFile.imported_at.desc(), PeopleFile.id.desc()).limit(limit)))
