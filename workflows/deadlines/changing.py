"""How a person extends, pauses and resumes a deadline: who may, why, and what moves with it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from workflows.cases.acting import Actor
from workflows.deadlines import ladder
from workflows.domain.calendars import civil_day, in_full, in_words
from workflows.domain.deadlines import CHANGERS, HOLDERS, Change, check_change
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.fields import LONG_TEXT_LIMIT
from workflows.engine import ledger, runner
from workflows.engine.moves import Acting, Move, in_the_name_of
from workflows.engine.notices import tell
from workflows.store import Session
from workflows.store import deadlines as deadline_rows
from workflows.store import posts as post_rows
from workflows.store.models import Case, Deadline, DeadlineChange

LONGEST_EXTENSION = timedelta(days=731)


class NoSuchDeadline(NotFound):
    """There is no such deadline, or it is not yours to see."""


class NotYoursToChange(NotAllowed):
    """Only the {medical_directorate} team, the {amd} over the team and the {medical_director} change deadlines, and
    none of them those of their own plan."""


class Ended(NotAllowed):
    """This deadline has ended already, so there is nothing to change."""


class NotStopped(NotAllowed):
    """The clock of this deadline is running."""


class TooFar(NotAllowed):
    """{day} is more than two years after the day on which it is due now. Please look at the date again."""


class TooLong(NotAllowed):
    """The reason is too long: a few sentences are enough."""


class NothingToTakeBack(NotAllowed):
    """The last change of this deadline was not an extension, so there is none to take back."""


class TooLateToTakeBack(NotAllowed):
    """Without the extension it would have been due on {due}, which has passed. People have relied on it: it stays."""


def extend(session: Session, *, actor: Actor, deadline_id: int, to_on: date, reason: str, now: datetime) -> None:
    """Set a later due date. Raises NoSuchDeadline, NotYoursToChange, Ended, NotLater, NoReason, TooFar, TooLong."""
    move, row = changing(session, actor, deadline_id, now)
    if to_on - row.due_on > LONGEST_EXTENSION:
        raise TooFar(day=in_words(to_on))
    made = change(move, row, kind="extension", from_on=None, to_on=to_on, reason=reason)
    ledger.note(move, row, "deadline_extended", change=made.id)
    announce(move, row, f"It was extended and is now due by the end of {in_full(row.due_on)}.", f"extended:{made.id}")
    runner.save(move)


def pause(session: Session, *, actor: Actor, deadline_id: int, reason: str, now: datetime) -> None:
    """Stop the clock from today on. Raises as `extend`, and AlreadyStopped, PauseTooLate."""
    move, row = changing(session, actor, deadline_id, now)
    made = change(move, row, kind="pause", from_on=move.today, to_on=None, reason=reason)
    ledger.note(move, row, "deadline_paused", change=made.id)
    announce(move, row, "Its clock was stopped: nothing is due until it runs again.", f"paused:{made.id}")
    runner.save(move)


def resume(session: Session, *, actor: Actor, deadline_id: int, now: datetime) -> None:
    """Let a stopped clock run again from today: the days of the pause are added. Raises NotStopped."""
    move, row = changing(session, actor, deadline_id, now)
    stopped = next((one for one in row.changes if one.kind == "pause" and one.to_on is None), None)
    if stopped is None:
        raise NotStopped
    stopped.to_on = civil_day(now)
    ledger.replan(move, row)
    ledger.note(move, row, "deadline_resumed")
    announce(
        move, row, f"Its clock runs again: it is due by the end of {in_full(row.due_on)}.", f"resumed:{stopped.id}"
    )
    runner.save(move)


def take_back(session: Session, *, actor: Actor, deadline_id: int, now: datetime) -> None:
    """Take the last extension back, as long as the day before it has not come: it is due then again.

    Raises: as `changing`; NothingToTakeBack; TooLateToTakeBack.
    """
    move, row = changing(session, actor, deadline_id, now)
    last = row.changes[-1] if row.changes else None
    if last is None or last.kind != "extension":
        raise NothingToTakeBack
    deadline_rows.take_back(session, deadline=row, made=last, by_id=actor.person_id, now=now)
    ledger.replan(move, row)
    if row.status == "missed":
        raise TooLateToTakeBack(due=in_words(row.due_on))
    ledger.note(move, row, "deadline_extension_withdrawn", change=last.id)
    words = f"The extension was taken back: it is due by the end of {in_full(row.due_on)} again."
    announce(move, row, words, f"taken_back:{last.id}")
    runner.save(move)


def change(
    move: Move, row: Deadline, *, kind: str, from_on: date | None, to_on: date | None, reason: str
) -> DeadlineChange:
    """Put a change under a row and reckon it again; its reminders and its drawn timers move with it."""
    if len(reason) > LONG_TEXT_LIMIT:
        raise TooLong
    pending = Change("pause" if kind == "pause" else "extension", from_on, to_on, reason, "", move.today)
    check_change(ledger.reckoned(row, ledger.rule_of(move, row)), pending)
    made = DeadlineChange(
        kind=kind,
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip(),
        by_id=move.by.person_id,
        on_behalf_of_id=move.by.on_behalf_of_id,
        at=move.now,
    )
    deadline_rows.change(move.session, deadline=row, made=made)
    ledger.replan(move, row)
    return made


def changing(session: Session, actor: Actor, deadline_id: int, now: datetime) -> tuple[Move, Deadline]:
    """A move on the case of a deadline that this actor may change, in their own name or for somebody who is away."""
    row = deadline_rows.get(session, trust_id=actor.trust_id, deadline_id=deadline_id)
    if row is None:
        raise NoSuchDeadline
    by = next(in_whose_name(session, actor, row.case, civil_day(now)), None)
    if by is None or actor.person_id == row.case.subject_id:
        raise NotYoursToChange
    if row.ended_at is not None:
        raise Ended
    return runner.open_move(session, case=row.case, now=now, by=by), row


def in_whose_name(session: Session, actor: Actor, case: Case, on: date) -> Iterator[Acting]:
    """Those in whose name the actor may change a deadline of this case, themselves first."""
    for by in in_the_name_of(session, person_id=actor.person_id, on=on):
        posts = post_rows.posts_of(session, person_id=by.whose or 0, on=on)
        over = any(post.role in CHANGERS and post.care_group_id in {None, case.care_group_id} for post in posts)
        if over and by.whose != case.subject_id:
            yield by


def announce(move: Move, row: Deadline, words: str, key: str) -> None:
    """A notice to those who hold its steps, but not to whoever changed it."""
    title = ledger.rule_of(move, row).title
    by = move.names_of([move.by.person_id])[move.by.person_id] if move.by.person_id else ""
    tell(
        move,
        [person for person in ladder.recipients(move, row, (HOLDERS,)) if person != move.by.person_id],
        key=key,
        kind="date_changed",
        subject=f"{title}: another date",
        words=f"{move.case.title}. {words} {by} has changed it; the reason is on the page of the deadline.",
        deadline_id=row.id,
    )
