"""Deadlines as pages show them, and the page that explains a date line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases
from workflows.domain.calendars import Calendar, civil_day
from workflows.domain.deadlines import HOLDERS, Change, DeadlineRule, Reckoning, reckon
from workflows.domain.errors import NotFound
from workflows.domain.policy import Policy
from workflows.inbox import Session, Viewer
from workflows.inbox.clauses import Clause, clauses
from workflows.inbox.reach import reach
from workflows.store import case_pages, lists
from workflows.store.models import Deadline, Firing


class NoSuchDeadline(NotFound):
    """There is no such deadline in your trust, or its case is not open to you."""


@dataclass(frozen=True)
class DeadlineLine:
    """A line of the ledger. `status` is that of the ledger: open, met, missed, lapsed or cancelled; `ended_on` is the
    day on which it was done with. `paused` while its clock stands still."""

    id: int
    title: str
    clause: str
    strength: str
    status: str
    starts_on: date
    opens_on: date | None
    due_on: date
    ended_on: date | None
    extended: bool
    paused: bool
    today: date


@dataclass(frozen=True)
class Rung:
    """What time does for a deadline: `kind` is due, remind or escalate; `to` are roles in the trust's words, or
    "holders"; `state` is waiting, fired, overtaken or void."""

    kind: str
    to: tuple[str, ...]
    at: datetime
    state: str
    fired_at: datetime | None


@dataclass(frozen=True)
class DeadlinePage:
    """One deadline: the reckoning's lines, its ladder, and what its passing means (`effect`: lapse, late, escalate)."""

    line: DeadlineLine
    reference: str
    case_title: str
    lines: tuple[str, ...]
    effect: str
    source: str
    verified: bool
    clauses: tuple[Clause, ...]
    ladder: tuple[Rung, ...]
    steps: tuple[str, ...]


def line_of(row: Deadline, policy: Policy, now: datetime) -> DeadlineLine:
    """A line of the ledger under the policy of its case's release."""
    rule = policy.deadline(row.name)
    return DeadlineLine(
        id=row.id,
        title=rule.title,
        clause=rule.cited,
        strength=rule.strength,
        status=row.status,
        starts_on=row.starts_on,
        opens_on=row.opens_on,
        due_on=row.due_on,
        ended_on=civil_day(row.ended_at) if row.ended_at else None,
        extended=any(change.kind == "extension" for change in row.changes),
        paused=any(change.kind == "pause" and change.to_on is None for change in row.changes),
        today=civil_day(now),
    )


def deadline_page(session: Session, *, viewer: Viewer, deadline_id: int, now: datetime) -> DeadlinePage:
    """Why this date. Raises NoSuchDeadline, also where the viewer may not see the case."""
    row = case_pages.deadline(session, trust_id=viewer.trust_id, deadline_id=deadline_id)
    sees = reach(session, viewer=viewer, now=now)
    if row is None or not lists.visible_among(session, sight=sees.sight, case_ids=[row.case_id]):
        raise NoSuchDeadline
    loaded = releases.of(session, release_id=row.case.release_id)
    rule = loaded.policy.deadline(row.name)
    reckoning = reckoned(session, row, rule)
    firings = case_pages.firings(session, deadline_id=row.id)
    steps = case_pages.steps_of_deadline(session, case_id=row.case_id, name=row.name)
    return DeadlinePage(
        line=line_of(row, loaded.policy, now),
        reference=row.case.reference,
        case_title=row.case.title,
        lines=reckoning.lines,
        effect=rule.effect,
        source=rule.source,
        verified=rule.verified,
        clauses=clauses(rule.cited),
        ladder=tuple(_rung(firing, rule, loaded.policy) for firing in _of_now(firings)),
        steps=tuple(dict.fromkeys(step.name for step in steps)),
    )


def reckoned(session: Session, row: Deadline, rule: DeadlineRule) -> Reckoning:
    """The date worked out again, from where it starts, with every extension and pause."""
    names = case_pages.extended_by(session, changes=row.changes) if row.changes else {}
    changes = [
        Change(
            kind="pause" if change.kind == "pause" else "extension",
            from_on=change.from_on,
            to_on=change.to_on,
            reason=change.reason,
            by=names.get(change.by_id, "somebody who has left"),
            on=civil_day(change.at),
        )
        for change in row.changes
    ]
    return reckon(rule, row.starts_on, _origin(session, row), calendar(row), changes)


def calendar(row: Deadline) -> Calendar:
    """England's bank holidays around a line of the ledger."""
    return releases.bank_holidays(row.starts_on.year)


def _origin(session: Session, row: Deadline) -> str:
    """Where the starting date comes from: the step whose answer it is, and who gave it; "" where the case began so."""
    found = case_pages.origin_of_fact(session, case_id=row.case_id, key=row.started_by)
    if found is None or not found.step:
        return ""
    return f"the step “{found.step}”" + (f", completed by {found.writer}" if found.writer else "")


def _of_now(firings: Sequence[Firing]) -> list[Firing]:
    """What was done, and what is to be done by the date as it stands: what a change has voided is left out."""
    return [firing for firing in firings if firing.status != "void"]


def _rung(firing: Firing, rule: DeadlineRule, policy: Policy) -> Rung:
    to: tuple[str, ...] = ()
    if 0 < firing.rung <= len(rule.ladder):
        to = tuple(role if role == HOLDERS else policy.title(role) for role in rule.ladder[firing.rung - 1].to)
    return Rung(kind=firing.kind, to=to, at=firing.at, state=firing.status, fired_at=firing.fired_at)
