"""Releases and their files."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workflows.store.models import Case, Release, ReleaseFile


def by_id(session: Session, *, release_id: int) -> Release | None:
    """One release."""
    return session.get(Release, release_id)


def published(session: Session, *, trust_id: int) -> Release | None:
    """What the trust's next case will run on; None before the first release."""
    return session.scalar(select(Release).where(Release.trust_id == trust_id, Release.status == "published"))


def by_number(session: Session, *, trust_id: int, number: int) -> Release | None:
    """One release of the trust."""
    return session.scalar(select(Release).where(Release.trust_id == trust_id, Release.number == number))


def of_trust(session: Session, *, trust_id: int) -> list[Release]:
    """All releases of a trust that were published, newest first."""
    wanted = select(Release).where(Release.trust_id == trust_id, Release.status != "draft")
    return list(session.scalars(wanted.order_by(Release.number.desc())))


def newest_with(session: Session, *, trust_id: int, content_hash: str) -> Release | None:
    """The trust's newest release that has this content; None where none has."""
    wanted = select(Release).where(
        Release.trust_id == trust_id, Release.content_hash == content_hash, Release.status != "draft"
    )
    return session.scalar(wanted.order_by(Release.number.desc()).limit(1))


def open_cases(session: Session, *, trust_id: int) -> dict[int, int]:
    """How many open cases follow each release of a trust, by the release's id."""
    counted = (
        select(Case.release_id, func.count())
        .where(Case.trust_id == trust_id, Case.status == "open")
        .group_by(Case.release_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def files(session: Session, *, release_id: int) -> dict[str, str]:
    """The texts of a release by their paths below bpmn/."""
    statement = select(ReleaseFile.path, ReleaseFile.text).where(ReleaseFile.release_id == release_id)
    return {row.path: row.text for row in session.execute(statement.order_by(ReleaseFile.path))}


def next_number(session: Session, *, trust_id: int) -> int:
    """The number of the trust's next release, from 1."""
    return session.scalars(
        select(func.coalesce(func.max(Release.number), 0) + 1).where(Release.trust_id == trust_id)
    ).one()


def add(session: Session, *, release: Release, files: Mapping[str, str]) -> Release:
    """A new draft with its files, with its id."""
    release.status = "draft"
    session.add(release)
    session.flush()
    session.add_all(ReleaseFile(release_id=release.id, path=path, text=text) for path, text in sorted(files.items()))
    session.flush()
    return release


def publish(session: Session, *, release: Release, now: datetime) -> None:
    """New cases run on this one from now on; the one before is superseded first, since a trust has one at a time."""
    session.execute(
        update(Release)
        .where(Release.trust_id == release.trust_id, Release.status == "published", Release.id != release.id)
        .values(status="superseded")
    )
    release.status = "published"
    release.published_at = now
    session.flush()
