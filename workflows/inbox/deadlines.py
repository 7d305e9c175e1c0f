"""Deadlines as pages show them, and the page that explains a date line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from workflows import releases
from workflows.domain.calendars import Calendar, civil_day
from workflows.domain.deadlines import CHANGERS, HOLDERS, Change, DeadlineRule, Reckoning, plan_firings, reckon
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.policy import Policy
from workflows.inbox import Session, Viewer
from workflows.inbox.clauses import Clause, clauses
from workflows.inbox.reach import Reach, reach
from workflows.store import case_pages, lists
from workflows.store import deadlines as deadline_rows
from workflows.store.models import Case, Deadline, DeadlineChange, Firing

Verb = Literal["extend", "pause", "resume", "take_back"]
VERBS: tuple[Verb, ...] = ("extend", "pause", "resume", "take_back")
"""How the date of a deadline is changed."""


class NoSuchDeadline(NotFound):
    """There is no such deadline in your trust, or its case is not open to you."""


class CannotBeChangedSo(NotAllowed):
    """This cannot be done to this deadline now, or not by you: the {medical_directorate} team, the {amd}
    over the team and the {medical_director} change deadlines while they run, and none of them those of their own
    plan."""


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
    lapses: bool = False
    """Whether with the day the right ends to do what it is about."""


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
class TakenBack:
    """An extension that no longer counts."""

    until: date
    by: str
    on: date
    reason: str


@dataclass(frozen=True)
class Consequences:
    """What a change of a deadline brings, before it is made. `due_on` is the new day, None while the clock stands
    still; `days` by how much that is later than now; `ladder` what time will do then; `steps` what waits for it."""

    verb: Verb
    line: DeadlineLine
    reference: str
    case_title: str
    due_on: date | None
    days: int
    late: bool
    ladder: tuple[Rung, ...]
    steps: tuple[str, ...]
    lapses: bool
    acts_for: str


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
    may: tuple[Verb, ...]
    """What the viewer may do to its date now."""
    taken_back: tuple[TakenBack, ...]


def line_of(row: Deadline, rule: DeadlineRule, now: datetime) -> DeadlineLine:
    """A line of the ledger under the rule that it keeps."""
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
        lapses=rule.effect == "lapse",
    )


def deadline_page(session: Session, *, viewer: Viewer, deadline_id: int, now: datetime) -> DeadlinePage:
    """Why this date. Raises NoSuchDeadline, also where the viewer may not see the case."""
    row, sees = _found(session, viewer, deadline_id, now)
    loaded = releases.of(session, release_id=row.case.release_id)
    rule = releases.rule_of(session, row, loaded)
    reckoning = reckoned(session, row, rule)
    firings = case_pages.firings(session, deadline_id=row.id)
    return DeadlinePage(
        line=line_of(row, rule, now),
        reference=row.case.reference,
        case_title=row.case.title,
        lines=reckoning.lines,
        effect=rule.effect,
        source=rule.source,
        verified=rule.verified,
        clauses=clauses(rule.cited),
        ladder=tuple(_rung(firing, rule, loaded.policy) for firing in _of_now(firings)),
        steps=_steps(session, row),
        may=_may(session, viewer, sees, row, rule, now),
        taken_back=_taken_back(session, row),
    )


def consequences(
    session: Session, *, viewer: Viewer, deadline_id: int, verb: Verb, to_on: date | None, now: datetime
) -> Consequences:
    """What a change would bring, made today; `to_on` is the new date of an extension, None before one has been chosen.

    Raises: NoSuchDeadline, CannotBeChangedSo.
    """
    row, sees = _found(session, viewer, deadline_id, now)
    loaded = releases.of(session, release_id=row.case.release_id)
    rule = releases.rule_of(session, row, loaded)
    if verb not in _may(session, viewer, sees, row, rule, now):
        raise CannotBeChangedSo
    then = reckon(rule, row.starts_on, "", calendar(row), _changed(session, row, verb, to_on, civil_day(now)))
    planned = [one for one in plan_firings(rule, then) if one.at > now]
    return Consequences(
        verb=verb,
        line=line_of(row, rule, now),
        reference=row.case.reference,
        case_title=row.case.title,
        due_on=None if then.stopped_on else then.due_on,
        days=(then.due_on - row.due_on).days,
        late=then.is_past(now),
        ladder=tuple(Rung(one.kind, _told(one.rung, rule, loaded.policy), one.at, "waiting", None) for one in planned),
        steps=_steps(session, row),
        lapses=rule.effect == "lapse",
        acts_for=_acts_for(session, viewer, row.case, now),
    )


def _found(session: Session, viewer: Viewer, deadline_id: int, now: datetime) -> tuple[Deadline, Reach]:
    row = case_pages.deadline(session, trust_id=viewer.trust_id, deadline_id=deadline_id)
    sees = reach(session, viewer=viewer, now=now)
    if row is None or not lists.visible_among(session, sight=sees.sight, case_ids=[row.case_id]):
        raise NoSuchDeadline
    return row, sees


def _steps(session: Session, row: Deadline) -> tuple[str, ...]:
    steps = case_pages.steps_of_deadline(session, case_id=row.case_id, name=row.name)
    return tuple(dict.fromkeys(step.name for step in steps))


def _may(  # noqa: PLR0917 - all that it depends on
    session: Session, viewer: Viewer, sees: Reach, row: Deadline, rule: DeadlineRule, now: datetime
) -> tuple[Verb, ...]:
    """What may be done to a running deadline: extended; stopped before its day, or started again; its last extension
    taken back while the day before it is still ahead."""
    if row.ended_at is not None or viewer.person_id == row.case.subject_id or not _is_over(sees, row.case):
        return ()
    if row.is_stopped:
        return ("extend", "resume")
    last = row.changes[-1] if row.changes else None
    found: list[Verb] = ["extend"]
    if civil_day(now) <= row.due_on:
        found.append("pause")
    if last and last.kind == "extension":
        before = reckon(rule, row.starts_on, "", calendar(row), _changes(session, row.changes[:-1]))
        found += [] if before.is_past(now) else ["take_back"]
    return tuple(found)


def _is_over(sees: Reach, case: Case) -> bool:
    """Whether one of the posts is of those that change deadlines of this case."""
    return any(post.role in CHANGERS and post.care_group_id in {None, case.care_group_id} for post in sees.held)


def _acts_for(session: Session, viewer: Viewer, case: Case, now: datetime) -> str:
    """Whom the viewer would do it for; "" where it is in their own name."""
    alone = Viewer(viewer.person_id, viewer.trust_id)
    if _is_over(reach(session, viewer=alone, now=now), case):
        return ""
    over = [
        person
        for person in viewer.acts_for - {case.subject_id or 0}
        if _is_over(reach(session, viewer=Viewer(person, viewer.trust_id), now=now), case)
    ]
    return "".join(lists.names(session, trust_id=viewer.trust_id, person_ids=sorted(over)[:1]).values())


def _changed(session: Session, row: Deadline, verb: Verb, to_on: date | None, today: date) -> Sequence[Change]:
    """The changes of a deadline as they would stand."""
    standing = _changes(session, row.changes)
    if verb == "take_back":
        return standing[:-1]
    if verb == "resume":
        return [
            Change(one.kind, one.from_on, today, one.reason, one.by, one.on)
            if one.kind == "pause" and one.to_on is None
            else one
            for one in standing
        ]
    if verb == "pause":
        return [*standing, Change("pause", today, None, "", "", today)]
    return [*standing, Change("extension", None, to_on, "", "", today)] if to_on else standing


def _taken_back(session: Session, row: Deadline) -> tuple[TakenBack, ...]:
    rows = deadline_rows.taken_back(session, deadline_id=row.id)
    if not rows:
        return ()
    ids = [one.withdrawn_by_id for one in rows if one.withdrawn_by_id]
    names = lists.names(session, trust_id=row.trust_id, person_ids=ids)
    return tuple(
        TakenBack(one.to_on, names.get(one.withdrawn_by_id or 0, "somebody who has left"), civil_day(at), one.reason)
        for one in rows
        if one.to_on and (at := one.withdrawn_at)
    )


def reckoned(session: Session, row: Deadline, rule: DeadlineRule) -> Reckoning:
    """The date worked out again, from where it starts, with every extension and pause."""
    if not row.started_by:
        rule = replace(rule, start_words="It was new to this case on {date}, and its time runs from then.")
    return reckon(rule, row.starts_on, _origin(session, row), calendar(row), _changes(session, row.changes))


def _changes(session: Session, rows: Sequence[DeadlineChange]) -> list[Change]:
    names = case_pages.extended_by(session, changes=rows) if rows else {}

    def by(change: DeadlineChange) -> str:
        who = names.get(change.by_id, "somebody who has left")
        return f"{who} for {names[change.on_behalf_of_id]}" if change.on_behalf_of_id in names else who

    return [
        Change(
            kind="pause" if change.kind == "pause" else "extension",
            from_on=change.from_on,
            to_on=change.to_on,
            reason=change.reason,
            by=by(change),
            on=civil_day(change.at),
        )
        for change in rows
    ]


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
    to = _told(firing.rung, rule, policy)
    return Rung(kind=firing.kind, to=to, at=firing.at, state=firing.status, fired_at=firing.fired_at)


def _told(rung: int, rule: DeadlineRule, policy: Policy) -> tuple[str, ...]:
    """Whom a rung of the ladder tells."""
    if not 0 < rung <= len(rule.ladder):
        return ()
    return tuple(role if role == HOLDERS else policy.title(role) for role in rule.ladder[rung - 1].to)
