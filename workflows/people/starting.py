"""New starters: told of in time, so that their interim plan is agreed within a month (CPFT 7.4.3)."""

from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound
from workflows.domain.people import in_words
from workflows.domain.roles import Role
from workflows.engine import releases
from workflows.store import Session
from workflows.store import notices as notice_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store import starters as starter_rows


class NoSuchTrust(NotFound):
    """There is no trust {key} in this installation."""


def trust_id(session: Session, *, key: str) -> int:
    """A trust's id by its key. Raises NoSuchTrust."""
    found = next((trust.id for trust in people_rows.trusts(session) if trust.key.casefold() == key.casefold()), None)
    if found is None:
        raise NoSuchTrust(key=key)
    return found


def tell_of_starters(session: Session, *, trust_id: int, now: datetime) -> int:
    """Tell the Medical Directorate and the clinical manager of each new starter without a plan, once; returns how many
    starters there are."""
    today = civil_day(now)
    found = starter_rows.starters(session, trust_id=trust_id, today=today)
    if not found:
        return 0
    told = {Role.MEDICAL_DIRECTORATE.value, Role.CLINICAL_MANAGER.value}
    posts = post_rows.holders_of(session, trust_id=trust_id, roles=told, on=today)
    office = releases.published(session, trust_id=trust_id).policy.title(Role.MEDICAL_DIRECTORATE)
    notice_rows.add(
        session,
        notices=[
            notice_rows.NewNotice(
                trust_id=trust_id,
                person_id=recipient,
                key=f"starter:{starter.person_id}:{starter.first_day}:{recipient}",
                kind="new_starter",
                subject=f"New starter without a job plan: {starter.name}",
                words=words(starter, "" if role == Role.MEDICAL_DIRECTORATE else office),
                written_at=now,
            )
            for starter in found
            for recipient, role in {
                post.person_id: post.role
                for post in posts
                if post.role == Role.MEDICAL_DIRECTORATE or post.team_id == starter.team_id
            }.items()
            if recipient != starter.person_id
        ],
    )
    return len(found)


def words(starter: starter_rows.Starter, office: str) -> str:
    """What is said of a starter to the manager, of whom `office` does the rest; empty when that is the reader."""
    said = f"{starter.name} of {starter.team}: first day {in_words(starter.first_day)}. "
    if not office:
        return f"{said}Start the interim plan from the list of new starters under People."
    return f"{said}The {office} team starts the interim plan; you agree it together within a month."
