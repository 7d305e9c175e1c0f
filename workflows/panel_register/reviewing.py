"""The regular review of the register (CPFT 7.8.12): recorded when it was done, asked for when it is due."""

from datetime import date, datetime

from workflows.domain import panel_register as rules
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.people import in_words
from workflows.domain.roles import Role
from workflows.engine import releases
from workflows.panel_register.keeping import Keeper, begin, note, words
from workflows.store import Session
from workflows.store import notices as notice_rows
from workflows.store import panel_register as register_rows
from workflows.store import posts as post_rows
from workflows.store.models import PanelReview

SUBJECT = "Review of the register of panel members"


class ReviewedTomorrow(NotAllowed):
    """A review is recorded once it has taken place: its day cannot lie in the future."""


def record_review(session: Session, *, by: Keeper, day: date, said: str, now: datetime) -> None:
    """Keep that the register was reviewed on a day, and what came of it. Raises NotYourRegister, ReviewedTomorrow,
    WordsNeeded."""
    begin(session, by, now)
    if day > civil_day(now):
        raise ReviewedTomorrow
    kept = words(said)
    review = PanelReview(trust_id=by.trust_id, day=day, by_id=by.person_id, note=kept, recorded_at=now)
    register_rows.add(session, row=review)
    note(session, by, "panel_register_reviewed", now, day=day.isoformat())


def tell_of_review(session: Session, *, trust_id: int, now: datetime) -> bool:
    """Tell the Medical Directorate that a review of the register is due soon, and again once it is overdue; everybody
    once for each due day. Returns whether there was anything to tell."""
    today = civil_day(now)
    due = due_on(session, trust_id)
    if due is None or today < due - rules.NOTICE:
        return False
    late = today > due
    office = post_rows.holders_of(session, trust_id=trust_id, roles={Role.MEDICAL_DIRECTORATE.value}, on=today)
    told = [
        notice_rows.NewNotice(
            trust_id=trust_id,
            person_id=person_id,
            key=f"panel_review:{trust_id}:{due}:{'late' if late else 'soon'}:{person_id}",
            kind="panel_review",
            subject=f"{SUBJECT} is {'overdue' if late else 'due'}",
            words=asked(due, late=late),
            written_at=now,
        )
        for person_id in sorted({post.person_id for post in office})
    ]
    notice_rows.add(session, notices=told)
    return bool(told)


def asked(due: date, *, late: bool) -> str:
    """What is asked of the Medical Directorate."""
    when = f"It {'was' if late else 'is'} due by {in_words(due)}."
    return f"{when} Look through the panel register, put right what has changed, and record the review there."


def due_on(session: Session, trust_id: int) -> date | None:
    """The day by which the trust's register is to be reviewed; None where it has none, or no release."""
    begun = register_rows.begun_at(session, trust_id=trust_id)
    if begun is None:
        return None
    try:
        rule = rules.review_rule(releases.published(session, trust_id=trust_id).policy.values)
    except releases.NoRelease:
        return None
    reviewed = register_rows.reviewed_on(session, trust_id=trust_id)
    return rules.review_due(rule, reviewed_on=reviewed, begun_on=civil_day(begun))
