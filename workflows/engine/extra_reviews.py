"""The yearly review of a job plan brings up every agreement on extra programmed activities for review (CPFT-App1-b)."""

from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.store import Session, messages
from workflows.store import extra_pa as extra_rows
from workflows.store.models import Case

REVIEWED = "individual_planning"


def bring_up(session: Session, *, case: Case, kind: str, now: datetime) -> None:
    """Tell the cases about what the doctor agreed to that the yearly review has begun: each opens its own, where
    none is under way."""
    if case.process != REVIEWED or kind != "annual" or case.subject_id is None:
        return
    running = extra_rows.running(session, person_id=case.subject_id, on=civil_day(now))
    letters = [
        messages.Letter(
            trust_id=case.trust_id,
            key=f"{case.id}:job_plan_review:{row.case_id}",
            kind="tell",
            name="job_plan_review",
            sender_id=case.id,
            receiver_id=row.case_id,
            sent_at=now,
        )
        for row in running
    ]
    messages.send(session, letters=letters)
