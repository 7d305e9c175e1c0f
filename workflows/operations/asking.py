"""Who may run an installation's affairs: the Medical Directorate of the trust, by a post of today."""

from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.roles import Role
from workflows.store import Session
from workflows.store import posts as post_rows


class OnlyTheDirectorate(NotAllowed):
    """Only the {medical_directorate} team may do this."""


def check_directorate(session: Session, *, trust_id: int, person_id: int, now: datetime) -> None:
    """Whether somebody holds a post in the trust's Medical Directorate today. Raises OnlyTheDirectorate."""
    posts = post_rows.posts_of(session, person_id=person_id, on=civil_day(now))
    if not any(post.role == Role.MEDICAL_DIRECTORATE and post.trust_id == trust_id for post in posts):
        raise OnlyTheDirectorate
