"""Erasing personal text when its time is over: the chain of each history stays whole."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workflows.domain.calendars import LONDON, civil_day
from workflows.domain.retention import MAIL_DAYS, Retention, read
from workflows.engine import releases
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import erasing as erasing_rows
from workflows.store import people as people_rows
from workflows.store.models import Erasure

AT_ONCE = 500


@dataclass(frozen=True)
class Due:
    """What is to be erased in a trust today. `rules` is None where its policy has none."""

    trust_id: int
    trust: str
    rules: Retention | None
    cases: tuple[tuple[int, str], ...] = ()
    """Ids and references."""
    people: tuple[int, ...] = ()


def due(session: Session, *, trust_id: int, now: datetime) -> Due:
    """What the trust's rules come to today, as its published policy has them; a few hundred at a time."""
    trust = people_rows.trust(session, trust_id=trust_id)
    rules = rules_of(session, trust_id=trust_id)
    key = trust.key if trust else ""
    if rules is None:
        return Due(trust_id, key, None)
    today = civil_day(now)
    return Due(
        trust_id=trust_id,
        trust=key,
        rules=rules,
        cases=tuple(
            (case.id, case.reference)
            for case in erasing_rows.cases_due(
                session, trust_id=trust_id, closed_before=_end(rules.cases_closed_by(today)), limit=AT_ONCE
            )
        ),
        people=tuple(
            erasing_rows.people_due(session, trust_id=trust_id, left_by=rules.people_left_by(today), limit=AT_ONCE)
        ),
    )


def in_words(found: Due) -> str:
    """What is due, for whoever runs the command: references of cases and figures, no names."""
    rules = found.rules
    if rules is None:
        return f"{found.trust}: its policy has no retention rules; nothing is erased."
    years = f"cases {rules.case_years}, people {rules.person_years}, notices {rules.post_years} years"
    doubt = "" if rules.verified else " (not verified: set your own in values.retention)"
    cases = ", ".join(reference for _, reference in found.cases) or "none"
    periods = f"{years}, e-mails {MAIL_DAYS} days{doubt}"
    return f"{found.trust}: {periods}. Cases due: {cases}. People due: {len(found.people)}."


def rules_of(session: Session, *, trust_id: int) -> Retention | None:
    """The trust's rules; None where it has no release or its policy gives none."""
    try:
        policy = releases.published(session, trust_id=trust_id).policy
    except releases.NoRelease:
        return None
    return read(policy.values)


def erase_case(session: Session, *, trust_id: int, case_id: int, reference: str, now: datetime) -> int:
    """Erase what people wrote in a closed case. Returns how many pieces there were; 0 where another clock did it."""
    people_rows.lock_trust(session, trust_id=trust_id)
    if erasing_rows.erased_at(session, case_id=case_id) is not None:
        return 0
    erasing_rows.sweep(session)
    pieces = erasing_rows.erase_case(session, case_id=case_id, now=now)
    _keep(session, Erasure(trust_id=trust_id, case_id=case_id, rule="case_years", at=now, pieces=pieces))
    details = {"case": reference, "rule": "case_years", "pieces": pieces}
    act_rows.record(session, trust_id=trust_id, who_id=None, kind="case_erased", details=details, now=now)
    return pieces


def erase_person(session: Session, *, trust_id: int, person_id: int, now: datetime) -> int:
    """Erase who somebody was that left long ago. Returns how many pieces; 0 where another clock did it."""
    people_rows.lock_trust(session, trust_id=trust_id)
    person = people_rows.by_id(session, trust_id=trust_id, person_id=person_id)
    if person is None or person.erased_at is not None:
        return 0
    erasing_rows.sweep(session)
    pieces = erasing_rows.erase_person(session, trust_id=trust_id, person_id=person_id, name=person.name, now=now)
    session.expire(person)
    _keep(session, Erasure(trust_id=trust_id, person_id=person_id, rule="person_years", at=now, pieces=pieces))
    details = {"person": person_id, "rule": "person_years", "pieces": pieces}
    act_rows.record(session, trust_id=trust_id, who_id=None, kind="person_erased", details=details, now=now)
    return pieces


def erase_post(session: Session, *, trust_id: int, now: datetime) -> int:
    """Erase notices, e-mails and uploaded lists that are too old. Returns how many pieces."""
    rules = rules_of(session, trust_id=trust_id)
    if rules is None:
        return 0
    erasing_rows.sweep(session)
    before = _end(rules.post_written_by(civil_day(now)))
    pieces = erasing_rows.erase_post(session, trust_id=trust_id, written_before=before)
    if pieces:
        _keep(session, Erasure(trust_id=trust_id, rule="post_years", at=now, pieces=pieces))
        details = {"rule": "post_years", "pieces": pieces}
        act_rows.record(session, trust_id=trust_id, who_id=None, kind="post_erased", details=details, now=now)
    return pieces


def _keep(session: Session, erasure: Erasure) -> None:
    erasing_rows.note(session, erasure=erasure)


def _end(day: date) -> datetime:
    """The end of a civil day in Europe/London."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)
