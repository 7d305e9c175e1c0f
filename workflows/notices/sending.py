"""Verbs of the post: claim an e-mail, say what became of it, and what to do while the mail server is down.

At least once: what is claimed and not settled (its clock was killed on the way) waits again after `LEASE` and is sent
a second time, with the same Message-ID. A reminder that comes twice harms less than one that never comes.
"""

import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from workflows.domain.calendars import civil_day
from workflows.domain.retention import MAIL_DAYS
from workflows.notices import invitations
from workflows.notices.letters import KINDS, SECRET, Letter, Site, one_line
from workflows.notices.smtp import Refused
from workflows.store import Session, resets
from workflows.store import incidents as incident_rows
from workflows.store import mail as mail_rows

LEASE = timedelta(minutes=10)
"""Longer than any exchange with a mail server may take."""
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=4))
GIVEN_UP_AFTER = timedelta(hours=48)
"""A mail server may be down for a day without anything being lost."""
STALE_AFTER: Mapping[str, timedelta] = MappingProxyType({"password": timedelta(hours=2)})
"""Kinds that are worth nothing so late: whoever forgot a password has asked again."""
LINK_FOR: Mapping[str, timedelta] = MappingProxyType({"password": timedelta(hours=1), "invitation": timedelta(days=7)})
"""How long a secret link is good for, from when it is sent."""
KEPT_FOR = timedelta(days=MAIL_DAYS)
"""What an e-mail said stays with its notice and its case, under their own rules."""
TOLD_AFTER = timedelta(minutes=15)
"""How long a mail server may be down before the directorate is told."""


def due(session: Session, *, now: datetime, limit: int) -> list[int]:
    """The e-mails to be sent, first due first."""
    return mail_rows.due_ids(session, now=now, limit=limit)


def claim(session: Session, *, mail_id: int, site: Site, now: datetime) -> Letter | None:
    """Take an e-mail to send it; None if another clock has it, or it is not to be sent any more.

    One with a secret link gets that link now: only its hash is kept.
    """
    row = mail_rows.claim(session, mail_id=mail_id, now=now, until=now + LEASE)
    if row is None:
        return None
    if row.left_on is not None and row.left_on < civil_day(now):
        mail_rows.give_up(session, mail_id=row.id, failure="They have left the trust.")
        return None
    link = row.link
    if row.kind in SECRET:
        if row.account_id is None:
            mail_rows.give_up(session, mail_id=row.id, failure="They have no account.")
            return None
        token = secrets.token_urlsafe(32)
        resets.add(session, account_id=row.account_id, token=token, now=now, ends_at=now + LINK_FOR[row.kind])
        link = f"/password/{token}"
    return Letter(
        id=row.id,
        trust_id=row.trust_id,
        key=row.key,
        kind=row.kind,
        to=row.name,
        address=row.email,
        trust=row.trust,
        subject=row.subject,
        words=row.words,
        link=link,
        calendar=invitations.file_of(row.calendar, site=site, now=now) if row.calendar else None,
    )


def sent(session: Session, *, mail_id: int, now: datetime) -> None:
    """It has left: what had failed before is settled."""
    mail_rows.sent(session, mail_id=mail_id, now=now)
    incident_rows.settle(session, key=f"mail:{mail_id}", now=now)


def shown(session: Session, *, mail_id: int, link: str, now: datetime) -> None:
    """In a demonstration without a mail server it leaves to a page, where its link can be followed."""
    mail_rows.sent(session, mail_id=mail_id, now=now, link=link)


def put_off(session: Session, *, mail_id: int, trust_id: int, refused: Refused, now: datetime) -> bool:
    """Try it again later, or give it up with an incident: at once when the server refuses it for good, after
    `GIVEN_UP_AFTER` otherwise. Says whether it was given up."""
    row = mail_rows.by_id(session, mail_id=mail_id)
    if row is None or row.status != "waiting":
        return False
    if not refused.for_good and now - row.written_at < STALE_AFTER.get(row.kind, GIVEN_UP_AFTER):
        wait = BACK_OFF[min(row.attempts, len(BACK_OFF)) - 1]
        mail_rows.postpone(session, mail_id=mail_id, until=now + wait, failure=refused.reason)
        return False
    mail_rows.give_up(session, mail_id=mail_id, failure=refused.reason)
    incident_rows.record(
        session,
        trust_id=trust_id,
        case_id=row.case_id,
        key=f"mail:{mail_id}",
        element="",
        sentence=_given_up(row.name, row.email, refused.reason),
        now=now,
    )
    return True


def release(session: Session, *, mail_id: int, now: datetime) -> None:
    """The server went away while this one was on its way: it waits again, with the others."""
    mail_rows.postpone(session, mail_id=mail_id, until=now, failure="")


def server_is_down(session: Session, *, reason: str, now: datetime) -> int:
    """Nothing gets through. What is too old is given up; a trust whose e-mail has waited for some time is told.

    Returns how many were given up.
    """
    lost: Counter[int] = Counter()
    for kind in KINDS:
        before = now - STALE_AFTER.get(kind, GIVEN_UP_AFTER)
        lost.update(mail_rows.give_up_old(session, written_before=before, kind=kind, failure=reason))
    waiting = mail_rows.waiting_by_trust(session, written_before=now - TOLD_AFTER)
    for trust_id in sorted({*waiting, *lost}):
        incident_rows.record(
            session,
            trust_id=trust_id,
            case_id=None,
            key=f"post:{trust_id}",
            element="",
            sentence=_down(reason, waiting.get(trust_id, 0), lost[trust_id]),
            now=now,
        )
    return sum(lost.values())


def server_is_up(session: Session, *, trust_id: int, now: datetime) -> bool:
    """E-mail of the trust gets through again."""
    return incident_rows.settle(session, key=f"post:{trust_id}", now=now)


def prune(session: Session, *, now: datetime) -> int:
    """Forget e-mail that was sent or given up long ago, and links that are not good any more; returns how many."""
    links = resets.prune(session, before=now - KEPT_FOR)
    return mail_rows.prune(session, before=now - KEPT_FOR) + links


def _given_up(name: str, address: str, reason: str) -> str:
    return (
        f"An e-mail to {one_line(name)} ({one_line(address)}) could not be sent, and is given up: {reason} "
        "What it says stays on their own page in Accord."
    )


def _down(reason: str, waiting: int, lost: int) -> str:
    said = [f"Accord cannot send e-mail: {reason}"]
    if waiting:
        said.append(
            f"{waiting} {'waits' if waiting == 1 else 'wait'} and {'is' if waiting == 1 else 'are'} sent later."
        )
    if lost:
        said.append(f"{lost} {'was' if lost == 1 else 'were'} too old and given up.")
    return " ".join([*said, "What they say stays on each person’s own page."])
