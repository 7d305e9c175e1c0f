"""Moving running cases to another release, on purpose: one, chosen ones, or all that can.

A person begins a batch; a clock moves its cases, each in a transaction of its own, so that a batch goes on after a
crash where it was. It can be undone as a whole while nothing has happened in any of its cases since.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.studio import Permission
from workflows.engine import releases
from workflows.engine.moves import Acting as InName
from workflows.engine.moving import CannotMove
from workflows.engine.moving.carrying import Before, carry, put_back
from workflows.inbox import Viewer, paging
from workflows.store import Session, move_rows, taking
from workflows.store import acts as act_rows
from workflows.store import people as people_rows
from workflows.store.models import MoveBatch, MoveItem
from workflows.store.move_rows import ItemLine, Outcome
from workflows.studio.impact import Filters, judged, open_to, target
from workflows.studio.rights import Acting, check_may, check_reads

__all__ = [
    "BatchPage",
    "ItemLine",
    "MoveBatch",
    "MovedOn",
    "NoSuchBatch",
    "NotInForce",
    "NotRunning",
    "NotStopped",
    "NothingChosen",
    "NothingToUndo",
    "ReasonNeeded",
    "StopFirst",
    "batch_page",
    "begin",
    "due",
    "failed",
    "finish",
    "go_on",
    "move_one",
    "not_undone",
    "stop",
    "under_way",
    "undo",
    "undo_all",
    "undoing",
]

PER_PAGE = 50
AT_ONCE = 100
LONGEST_REASON = 2_000
NAMED = 10
"""How many cases a refusal names."""
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


class NoSuchBatch(NotFound):
    """There is no such batch of moved cases in your trust."""


class NotInForce(NotAllowed):
    """Cases are moved to the release on which new cases start, and release {number} is not that one. To go back to it,
    publish it again first."""


class NothingChosen(NotAllowed):
    """Nothing was moved: choose at least one case that can move."""


class ReasonNeeded(NotAllowed):
    """Say why the cases are moved, in at most 2,000 characters."""


class NotRunning(NotAllowed):
    """This batch is not on its way any more."""


class NotStopped(NotAllowed):
    """This batch has not been stopped."""


class StopFirst(NotAllowed):
    """This batch is still on its way. Stop it first."""


class NothingToUndo(NotAllowed):
    """No case of this batch stands on the release to which it was moved."""


class MovedOn(NotAllowed):
    """Nothing was undone: something has happened since in {cases}. A batch is undone as a whole or not at all."""


@dataclass(frozen=True)
class BatchPage:
    """A batch as its page shows it. `troubles` are the cases that failed or were refused, `rows` a page of all;
    `moved_on` the sentence that says why it cannot be undone, "" where it can be."""

    batch: MoveBatch
    release: int
    by: str
    counts: dict[str, int]
    troubles: tuple[ItemLine, ...]
    rows: tuple[ItemLine, ...]
    total: int
    page: int
    pages: int
    moved_on: str
    may_move: bool


def begin(
    session: Session,
    *,
    by: Acting,
    number: int,
    chosen: Collection[int] | None,
    filters: Filters,
    because: str,
    now: datetime,
) -> int:
    """Set cases moving to the release that new cases start on; returns the id of the batch.

    chosen: ids of cases; None: all that can move, among those that the filters leave.
    Raises MayNotMove, NotYourStudio, NoSuchRelease, NotInForce, ReasonNeeded, NothingChosen.
    """
    check_may(session, by=by, permission=Permission.MOVE, now=now)
    to = target(session, trust_id=by.trust_id, number=number)
    if not to.published or to.release_id is None:
        raise NotInForce(number=number)
    if not because.strip() or len(because.strip()) > LONGEST_REASON:
        raise ReasonNeeded
    if chosen is None:
        all_ = judged(session, trust_id=by.trust_id, to=to)
        ids = [one.case.id for one in all_ if one.answer == "can" and one.fits(filters)]
    else:
        ids = move_rows.open_among(session, trust_id=by.trust_id, case_ids=chosen)
    if not ids:
        raise NothingChosen
    batch = MoveBatch(
        trust_id=by.trust_id,
        to_release_id=to.release_id,
        status="waiting",
        because=because.strip(),
        by_id=by.person_id,
        begun_at=now,
    )
    batch_id = move_rows.add(session, batch=batch, case_ids=ids).id
    _act(session, by, "moves_begun", now, batch=batch_id, release=number, cases=len(ids))
    return batch_id


def stop(session: Session, *, by: Acting, batch_id: int, now: datetime) -> None:
    """Let the rest of a batch stay where it is for now. Raises MayNotMove, NotYourStudio, NoSuchBatch, NotRunning."""
    batch = _opened(session, by, batch_id, now)
    if batch.status not in move_rows.GOES_ON:
        raise NotRunning
    batch.status = "stopped"
    _act(session, by, "moves_stopped", now, batch=batch_id)


def go_on(session: Session, *, by: Acting, batch_id: int, now: datetime) -> None:
    """Let a stopped batch go on, and try again what failed.

    Raises MayNotMove, NotYourStudio, NoSuchBatch, NotStopped where there is neither.
    """
    batch = _opened(session, by, batch_id, now)
    failed = move_rows.try_again(session, batch_id=batch_id) if batch.status != "undone" else 0
    if batch.status != "stopped" and not failed:
        raise NotStopped
    batch.status, batch.ended_at = "running", None
    _act(session, by, "moves_continued", now, batch=batch_id)


def undo(session: Session, *, by: Acting, batch_id: int, now: datetime) -> None:
    """Have a whole batch put back; a clock does it, in one transaction.

    Raises MayNotMove, NotYourStudio, NoSuchBatch, StopFirst, NothingToUndo; MovedOn with the cases in which something
    has happened since.
    """
    batch = _opened(session, by, batch_id, now)
    if batch.status not in {"done", "stopped"}:
        raise StopFirst
    if not move_rows.counts(session, batch_ids=[batch_id])[batch_id]["moved"]:
        raise NothingToUndo
    if fault := moved_on(session, batch_id):
        raise fault
    batch.status, batch.undone_by_id, batch.note = "undoing", by.person_id, ""


def due(session: Session, *, now: datetime, limit: int) -> list[int]:
    """What waits to be moved: a look without a claim."""
    return move_rows.due(session, now=now, limit=limit)


def move_one(session: Session, *, item_id: int, now: datetime) -> str | None:
    """Move one case of a batch, if nobody else is at it. Returns what became of it: moved or refused."""
    claimed = move_rows.claim(session, item_id=item_id, now=now)
    if claimed is None:
        return None
    if not claimed.begun:
        move_rows.begin(session, batch_id=claimed.batch_id)
    taken = taking.take(session, case_ids=[claimed.case_id], today=civil_day(now))[claimed.case_id]
    to = releases.of(session, release_id=claimed.to_release_id)
    found = carry(session, taken=taken, to=to, now=now, by=InName(claimed.by_id), batch=claimed.batch_id)
    if isinstance(found, Before):
        outcome = Outcome("moved", "", 0, None, found.release_id, found.state, found.rows, taken.case.version)
    else:
        followed = f"It follows release {to.number} already."
        outcome = Outcome("refused", found.because if isinstance(found, CannotMove) else followed)
    move_rows.settle(session, item_id=item_id, outcome=outcome, now=now)
    return outcome.status


def failed(session: Session, *, item_id: int, sentence: str, now: datetime) -> None:
    """A case could not be moved because something went wrong: it is tried again later, some times."""
    claimed = move_rows.claim(session, item_id=item_id, now=now)
    if claimed is not None:
        try_at = now + BACK_OFF[min(claimed.attempts, len(BACK_OFF) - 1)]
        outcome = Outcome("failed", sentence, claimed.attempts + 1, try_at)
        move_rows.settle(session, item_id=item_id, outcome=outcome, now=now)


def under_way(session: Session) -> list[int]:
    """The batches of which cases are moved."""
    return move_rows.under_way(session)


def finish(session: Session, *, now: datetime) -> int:
    """Batches of which nothing is left are done. Returns how many."""
    return move_rows.finish(session, now=now)


def undoing(session: Session) -> list[int]:
    """The batches that are to be put back."""
    return move_rows.undoing(session)


def undo_all(session: Session, *, batch_id: int, now: datetime) -> int:
    """Put all cases of a batch back; returns how many. Raises MovedOn, and then nothing has happened."""
    batch = move_rows.lock(session, batch_id=batch_id)
    if batch is None or batch.status != "undoing" or batch.undone_by_id is None:
        return 0  # another clock has done it
    done, after = 0, 0
    while items := move_rows.moved(session, batch_id=batch_id, after=after, limit=AT_ONCE):
        _put_back(session, batch, items, now)
        after, done = items[-1].id, done + len(items)
    batch.status, batch.undone_at = "undone", now
    act_rows.record(
        session,
        trust_id=batch.trust_id,
        who_id=batch.undone_by_id,
        kind="moves_undone",
        details={"batch": batch_id, "cases": done},
        now=now,
    )
    return done


def not_undone(session: Session, *, batch_id: int, sentence: str) -> None:
    """A batch could not be put back: it stands as it did, and says why."""
    batch = move_rows.lock(session, batch_id=batch_id)
    if batch is not None and batch.status == "undoing":
        left = move_rows.counts(session, batch_ids=[batch_id])[batch_id]["waiting"]
        batch.status, batch.note, batch.undone_by_id = "stopped" if left else "done", sentence, None


def batch_page(session: Session, *, viewer: Viewer, batch_id: int, page: int, now: datetime) -> BatchPage:
    """A batch with what became of its cases; the title of one is "" for whoever may not open it.

    Raises NotYourStudio, NoSuchBatch.
    """
    may = check_reads(session, viewer=viewer)
    batch = _found(session, viewer.trust_id, batch_id)
    counts = move_rows.counts(session, batch_ids=[batch_id])[batch_id]
    shown = paging.shown(counts.total(), page=page, at_once=PER_PAGE)
    listed = move_rows.items(session, batch_id=batch_id, statuses=STATUSES, limit=PER_PAGE, offset=shown.offset)
    troubles = move_rows.items(session, batch_id=batch_id, statuses=("failed", "refused"), limit=PER_PAGE)
    named = open_to(session, viewer=viewer, case_ids={line.case_id for line in (*listed, *troubles)}, now=now)
    fault = moved_on(session, batch_id) if batch.status in {"done", "stopped"} and counts["moved"] else None
    return BatchPage(
        batch=batch,
        release=releases.of(session, release_id=batch.to_release_id).number,
        by=people_rows.names(session, person_ids=[batch.by_id])[batch.by_id],
        counts=dict(counts),
        troubles=tuple(line if line.case_id in named else line._replace(title="") for line in troubles),
        rows=tuple(line if line.case_id in named else line._replace(title="") for line in listed),
        total=counts.total(),
        page=shown.page,
        pages=shown.pages,
        moved_on=fault.sentence if fault else "",
        may_move=Permission.MOVE in may,
    )


STATUSES = ("waiting", "moved", "refused", "failed", "undone")


def moved_on(session: Session, batch_id: int) -> MovedOn | None:
    """Why a batch cannot be undone: something has happened since in some of its cases."""
    total, references = move_rows.moved_on(session, batch_id=batch_id, limit=NAMED)
    if not total:
        return None
    named = ", ".join(references)
    return MovedOn(cases=named if total <= NAMED else f"{total} cases, among them {named}")


def _put_back(session: Session, batch: MoveBatch, items: Sequence[MoveItem], now: datetime) -> None:
    all_taken = taking.take(session, case_ids=[item.case_id for item in items], today=civil_day(now))
    for item in items:
        taken = all_taken[item.case_id]
        if taken.case.version != item.version:
            raise MovedOn(cases=taken.case.reference)
        before = Before(item.from_release_id or 0, item.before_state or b"", item.before or {})
        put_back(session, taken=taken, before=before, now=now, by=InName(batch.undone_by_id), batch=batch.id)
        item.status, item.at = "undone", now


def _found(session: Session, trust_id: int, batch_id: int) -> MoveBatch:
    batch = move_rows.by_id(session, trust_id=trust_id, batch_id=batch_id)
    if batch is None:
        raise NoSuchBatch
    return batch


def _opened(session: Session, by: Acting, batch_id: int, now: datetime) -> MoveBatch:
    """A batch in front of somebody who may move cases, which nobody else changes meanwhile."""
    check_may(session, by=by, permission=Permission.MOVE, now=now)
    _found(session, by.trust_id, batch_id)
    batch = move_rows.lock(session, batch_id=batch_id)
    if batch is None:
        raise NoSuchBatch
    return batch


def _act(session: Session, by: Acting, kind: str, now: datetime, **details: int) -> None:
    act_rows.record(session, trust_id=by.trust_id, who_id=by.person_id, kind=kind, details=details, now=now)
