"""The daily e-mail: what was told since the one before, for those who want one a day."""

from datetime import datetime, timedelta
from itertools import groupby

from workflows.domain.calendars import at_hour, civil_day, in_full
from workflows.notices.letters import Site
from workflows.store import Session
from workflows.store import firings as firing_rows
from workflows.store import mail as mail_rows
from workflows.store import notices as notice_rows
from workflows.store.notices import Gathered

HOUR = 7
"""On clocks in London. The reminders of the day are sent at the same hour, and go first."""
PATIENCE = timedelta(minutes=10)
"""How long the daily e-mails wait for the clock to get through the reminders of the morning."""
LOOKS_BACK = timedelta(days=31)


def is_time(session: Session, *, now: datetime) -> bool:
    """Whether it is time for the daily e-mails: it is past seven, and the morning's reminders are out."""
    seven = at_hour(civil_day(now), HOUR)
    if now < seven:
        return False
    waiting = firing_rows.next_due_at(session, untried=True)
    return waiting is None or waiting > now or now >= seven + PATIENCE


def write(session: Session, *, site: Site, now: datetime) -> int:
    """Write today's daily e-mails. Returns how many.

    One a day a person, whatever the number of clocks: what comes later today is in tomorrow's.
    """
    pending = notice_rows.to_gather(session, since=now - LOOKS_BACK, now=now)
    people = groupby(pending, key=lambda notice: notice.person_id)
    mails = [digest(person_id, list(told), site, now) for person_id, told in people]
    written = mail_rows.add_new(session, mails=mails)
    reached = {mail.person_id for mail in mails if mail.key in written}
    notice_rows.gathered(session, notice_ids=[one.id for one in pending if one.person_id in reached], now=now)
    return len(written)


def digest(person_id: int, told: list[Gathered], site: Site, now: datetime) -> mail_rows.NewMail:
    """One person's daily e-mail."""
    today = civil_day(now)
    count = f"{len(told)} {'thing' if len(told) == 1 else 'things'}"
    lines = [f"This is what Accord has to tell you on {in_full(today)}."]
    for notice in told:
        where = f"\n{site.address}/cases/{notice.reference}" if notice.reference else ""
        lines.append(f"{notice.subject}\n{notice.words}{where}")
    return mail_rows.NewMail(
        trust_id=told[0].trust_id,
        person_id=person_id,
        key=f"digest:{person_id}:{today.isoformat()}",
        kind="digest",
        subject=f"Accord today: {count} you should know",
        words="\n\n".join(lines),
        link="/",
        at=now,
    )
