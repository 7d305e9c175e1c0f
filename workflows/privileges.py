"""Once a year each doctor with practising privileges elsewhere is asked for what the appraiser has to know of them."""

from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.plan import Plan
from workflows.domain.privileges import asked_in, privileges, reminder
from workflows.store import Session
from workflows.store import notices as notice_rows
from workflows.store import privileges as privilege_rows


def tell_of_privileges(session: Session, *, trust_id: int, now: datetime) -> int:
    """Remind doctors of each privilege that their plan in force declares: when the plan comes into force, and on each
    anniversary; once a year for each, however often the plan changes (BTH-App2-e). Returns how many reminders there
    are for today's year, written before or now."""
    today = civil_day(now)
    told = [
        notice_rows.NewNotice(
            trust_id=trust_id,
            person_id=person.id,
            key=f"privilege:{person.id}:{each.row}:{asked_in(version.effective_from, today).year}",
            kind="privilege",
            subject=f"Tell your appraiser about your work at {each.organisation}",
            words=reminder(each),
            written_at=now,
        )
        for version, person in privilege_rows.plans_in_force(session, trust_id=trust_id)
        if version.effective_from is not None
        for each in privileges(Plan.from_json(version.content))
    ]
    notice_rows.add(session, notices=told)
    return len(told)
