"""Rehearsals as they are kept: begun, gone on with, taken back, and cleared away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from workflows import clock, front_door
from workflows.clock.post import Post, send_waiting
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound, Unsound
from workflows.domain.releases import content_hash
from workflows.domain.studio import CLOSED, Status
from workflows.engine import openings
from workflows.engine.moves import Acting
from workflows.inbox import Viewer
from workflows.notices.letters import Site
from workflows.rehearsal import cast
from workflows.rehearsal.beginnings import Beginning, answered, beginnings, facts
from workflows.store import Session
from workflows.store import people as people_rows
from workflows.store import rehearsals as rehearsal_rows
from workflows.store import releases as release_rows
from workflows.store.models import Rehearsal, RehearsalState
from workflows.store.sandboxes import Memory
from workflows.studio import drafts
from workflows.studio.problems import problems
from workflows.studio.rights import check_reads

AFTER_THE_TEAM = "individual_planning"
"""The process whose cases wait for the plan of their team."""
MOST_EACH = 3
"""Rehearsals of one draft that somebody has at a time; the one left alone for longest goes first."""
MOST_STATES = 12
"""So many moves, less one, can be taken back."""
LONGEST_SAID = 300
LARGEST = 4_000_000
"""Bytes of one, compressed: some forty times what a dispute to its end comes to."""
SITE = Site("https://rehearsal.invalid", "Accord <rehearsal@rehearsal.invalid>")
"""Where e-mails of a rehearsal would lead: nowhere."""


class NoSuchRehearsal(NotFound):
    """There is no such rehearsal of yours. One that nobody has used for 14 days is cleared away."""


class NoSuchBeginning(NotFound):
    """There is no process {process} in this draft."""


class StillUnsound(NotAllowed):
    """This draft cannot be rehearsed yet: it has faults that have to be mended first."""


class CannotBegin(NotAllowed):
    """It could not be begun. {reason}"""


class GoneOn(NotAllowed):
    """This rehearsal has gone on in another window. Nothing was done here: look at where it stands now."""


class NothingToTakeBack(NotAllowed):
    """There is no move left that could be taken back."""


class TooLarge(NotAllowed):
    """This rehearsal has grown too large to be kept. Take a move back, or begin again."""


@dataclass(frozen=True)
class Prepared:
    """A rehearsal that is about to begin."""

    draft_id: int
    process: str
    content_hash: str
    said: str
    database: bytes


class One(NamedTuple):
    """A rehearsal as a page named it, with the version that the page was made from."""

    draft_id: int
    id: int
    version: int


@dataclass
class Play:
    """A rehearsal in hand: its database in memory, what its clock says, and the version that was opened."""

    id: int
    draft_id: int
    process: str
    content_hash: str
    version: int
    number: int
    at: datetime
    memory: Memory
    before: bytes
    """As it was opened."""

    def close(self) -> None:
        """Let its memory go."""
        self.memory.close()


def what(session: Session, *, viewer: Viewer, draft_id: int) -> tuple[Beginning, ...]:
    """What there is to rehearse in a draft. Raises NotYourStudio, NoSuchDraft, DraftClosed, StillUnsound."""
    return beginnings(_sound(session, viewer, draft_id))


def prepare(
    session: Session,
    *,
    viewer: Viewer,
    draft_id: int,
    process: str,
    now: datetime,
    answers: Mapping[str, Any] = MappingProxyType({}),
) -> Prepared:
    """An invented trust that follows the draft, with a case of the process begun. Only reads what is real. `answers` to
    what `beginnings.ABOUT` asks; what is not among them is as in the examples.

    Raises NotYourStudio, NoSuchDraft, DraftClosed, StillUnsound, NoSuchBeginning, CannotBegin.
    """
    files = _sound(session, viewer, draft_id)
    chosen = next((one for one in beginnings(files) if one.process == process), None)
    if chosen is None:
        raise NoSuchBeginning(process=process[:80])
    policy = release_rows.published(session, trust_id=viewer.trust_id)
    if policy is None:
        raise NoSuchBeginning(process=process[:80])
    memory = Memory()
    try:
        with memory.sessions() as inside:
            about: dict[str, Any] = {"policy": policy.policy, "files": files, "answers": answers}
            front_door.perform(inside, _begin, chosen=chosen, now=now, **about)
        clock.deliver(memory.sessions, clock.Tally(), now)
        return Prepared(draft_id, process, content_hash(files), f"Began “{chosen.begins_title}”", memory.kept())
    except Unsound as fault:
        raise CannotBegin(reason=fault.sentence) from fault
    finally:
        memory.close()


def _begin(
    session: Session,
    *,
    chosen: Beginning,
    policy: str,
    files: dict[str, str],
    answers: Mapping[str, Any],
    now: datetime,
) -> None:
    trust = cast.people(session, policy=policy, files=files, now=now)
    if chosen.begins == AFTER_THE_TEAM:
        cast.enter_team_plan(session, trust, now)
    openings.open_case(
        session,
        trust_id=trust.trust.id,
        process=chosen.begins,
        facts=facts(chosen.begins, trust, civil_day(now), answers),
        now=now,
        by=Acting(trust.person("office").id),
    )


def _sound(session: Session, viewer: Viewer, draft_id: int) -> dict[str, str]:
    check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    if Status(draft.status) in CLOSED:
        raise drafts.DraftClosed
    files = drafts.files(session, draft_id=draft.id)
    if problems(files):
        raise StillUnsound
    return files


def begun_with(play: Play) -> dict[str, Any]:
    """What had been answered when a rehearsal began, to begin it so again."""
    with play.memory.sessions() as inside:
        process, known = rehearsal_rows.beginning(inside)
        names = people_rows.names(inside, person_ids=[known["subject"]]) if known.get("subject") else {}
        return answered(process, known, names)


def begin(session: Session, *, viewer: Viewer, prepared: Prepared, now: datetime) -> int:
    """Keep a new rehearsal; its id. Somebody's oldest make room for it."""
    check_reads(session, viewer=viewer)
    drafts.find(session, viewer.trust_id, prepared.draft_id)
    earlier = rehearsal_rows.of_person(session, draft_id=prepared.draft_id, by_id=viewer.person_id)
    rehearsal_rows.erase(session, rehearsal_ids=[one.id for one in earlier[MOST_EACH - 1 :]])
    row = rehearsal_rows.add(
        session,
        rehearsal=Rehearsal(
            draft_id=prepared.draft_id,
            by_id=viewer.person_id,
            process=prepared.process,
            content_hash=prepared.content_hash,
            started_at=now,
            used_at=now,
            version=1,
        ),
    )
    state = RehearsalState(number=1, said=prepared.said, at=now, database=prepared.database)
    _keep(session, row.id, state)
    return row.id


def begin_again(session: Session, *, viewer: Viewer, rehearsal_id: int, prepared: Prepared, now: datetime) -> None:
    """Begin one's own rehearsal anew in its place: what has happened in it is gone. Raises NotYourStudio, NoSuchDraft,
    NoSuchRehearsal."""
    row = _find(session, viewer, prepared.draft_id, rehearsal_id)
    rehearsal_rows.move_on(session, rehearsal_id=row.id, version=row.version, now=now)
    rehearsal_rows.forget_states(session, rehearsal_id=row.id)
    row.content_hash, row.started_at = prepared.content_hash, now
    state = RehearsalState(number=1, said=prepared.said, at=now, database=prepared.database)
    _keep(session, row.id, state)


def end(session: Session, *, viewer: Viewer, draft_id: int, rehearsal_id: int) -> None:
    """Clear one's own rehearsal away. Raises NotYourStudio, NoSuchDraft, NoSuchRehearsal."""
    rehearsal_rows.erase(session, rehearsal_ids=[_find(session, viewer, draft_id, rehearsal_id).id])


def opened(session: Session, *, viewer: Viewer, draft_id: int, rehearsal_id: int) -> Play:
    """A rehearsal as it stands, in memory: close it after use. Raises NotYourStudio, NoSuchDraft,
    NoSuchRehearsal."""
    row = _find(session, viewer, draft_id, rehearsal_id)
    state = rehearsal_rows.state(session, rehearsal_id=row.id)
    return Play(
        id=row.id,
        draft_id=row.draft_id,
        process=row.process,
        content_hash=row.content_hash,
        version=row.version,
        number=state.number,
        at=state.at,
        memory=Memory(state.database),
        before=state.database,
    )


def pass_time(play: Play, *, until: datetime) -> clock.Tally:
    """Move a rehearsal's clock: what falls due on the way happens in order, each at its own time; then the work of the
    day that has come, and its e-mail."""
    tally = clock.pass_time(play.memory.sessions, at=play.at, until=until)
    if civil_day(until) > civil_day(play.at):
        tally.done += clock.begin_day(play.memory.sessions, at=until).done
        clock.deliver(play.memory.sessions, tally, until)
    send_waiting(play.memory.sessions, Post(None, SITE, demonstration=True), at=until)
    play.at = until
    return tally


def keep(session: Session, *, play: Play, said: str, database: bytes, now: datetime) -> None:
    """Keep where a rehearsal stands after a move. Raises GoneOn where another window has moved it since it was opened,
    TooLarge."""
    if len(database) > LARGEST:
        raise TooLarge
    if not rehearsal_rows.move_on(session, rehearsal_id=play.id, version=play.version, now=now):
        raise GoneOn
    _keep(session, play.id, RehearsalState(number=play.number + 1, said=said, at=play.at, database=database))


def keep_quietly(session: Session, *, play: Play, database: bytes) -> None:
    """Keep what was half-filled: no move of its own, and nothing to take back. Raises GoneOn, TooLarge."""
    if len(database) > LARGEST:
        raise TooLarge
    if not rehearsal_rows.replace(session, rehearsal_id=play.id, number=play.number, database=database):
        raise GoneOn


def take_back(session: Session, *, viewer: Viewer, one: One, now: datetime) -> str:
    """Take back the last move; what it had said. Raises NotYourStudio, NoSuchDraft, NoSuchRehearsal, GoneOn,
    NothingToTakeBack."""
    row = _find(session, viewer, one.draft_id, one.id)
    if not rehearsal_rows.move_on(session, rehearsal_id=row.id, version=one.version, now=now):
        raise GoneOn
    kept = rehearsal_rows.states(session, rehearsal_id=row.id)
    if len(kept) < 2:
        raise NothingToTakeBack
    rehearsal_rows.take_back(session, rehearsal_id=row.id)
    return kept[0].said


def _keep(session: Session, rehearsal_id: int, state: RehearsalState) -> None:
    state.rehearsal_id, state.said = rehearsal_id, state.said[:LONGEST_SAID]
    rehearsal_rows.keep(session, state=state, most=MOST_STATES)


def _find(session: Session, viewer: Viewer, draft_id: int, rehearsal_id: int) -> Rehearsal:
    check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    row = rehearsal_rows.by_id(session, draft_id=draft.id, by_id=viewer.person_id, rehearsal_id=rehearsal_id)
    if row is None:
        raise NoSuchRehearsal
    return row
