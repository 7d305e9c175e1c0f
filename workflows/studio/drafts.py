"""Verbs on drafts: begin one, change its files, undo and do again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.domain.calendars import LONDON, in_words
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.meetings import clock_time
from workflows.domain.releases import is_path
from workflows.domain.studio import CLOSED, LONGEST_DRAFT_NAME, Permission, Status
from workflows.engine import releases as engine_releases
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import people as people_rows
from workflows.store import release_drafts as draft_rows
from workflows.store import releases as release_rows
from workflows.store.models import Json, ReleaseDraft, ReleaseDraftEdit, ReleaseDraftFile
from workflows.studio.rights import Acting, check_may, check_reads

MAX_BYTES = 1_000_000
"""Of one file; the checker refuses larger ones too."""
MAX_FILES = 200
NO_TEXT = frozenset({chr(0), *map(chr, range(0xD800, 0xE000))})
"""Characters that a database does not keep."""
LONGEST_SAID = 300
GROWS_FOR = timedelta(minutes=5)
"""So long saves of one person in one file that say the same are one edit."""

Turn = Callable[..., str]
"""`undo` or `redo`."""


class NoSuchDraft(NotFound):
    """There is no such draft in your trust."""


class NoSuchFile(NotFound):
    """There is no file {path} in this draft."""


class Stale(NotAllowed):
    """{who} changed this since you opened it{where}, {when}. Your change is not saved: look at it as it is now, and
    make your change again."""


class DraftClosed(NotAllowed):
    """This draft is closed: it was published or dropped. Begin a new one."""


class TooLarge(NotAllowed):
    """This is too large: a file may have one million bytes, and a draft 200 files."""


class NotText(NotAllowed):
    """This holds characters that no text can have. Save the file as text in UTF-8, and try again."""


class NotAPath(NotAllowed):
    """“{path}” cannot be the name of a file here. Diagrams are processes/….bpmn, tables decisions/….dmn, policies
    policies/….toml and letters letters/….md."""


class NeedsAName(NotAllowed):
    """Give the draft a name of at most {most} characters."""


class NothingToUndo(NotAllowed):
    """There is nothing to undo."""


class NothingToRedo(NotAllowed):
    """There is nothing to do again."""


@dataclass(frozen=True)
class DraftFile:
    """A file of a draft. `version` is 0 while it is as in the base; else it grows with every change."""

    path: str
    text: str
    version: int


def files(session: Session, *, draft_id: int) -> dict[str, str]:
    """The whole set: the files of the base, overlaid with the draft's own. Raises NoSuchDraft."""
    draft = draft_rows.of_id(session, draft_id=draft_id)
    if draft is None:
        raise NoSuchDraft
    return overlaid(base_files(session, draft), draft_rows.files(session, draft_id=draft_id))


def file(session: Session, *, viewer: Viewer, draft_id: int, path: str) -> DraftFile:
    """One file as a reader of the studio opens it. Raises NotYourStudio, NoSuchDraft, NoSuchFile."""
    check_reads(session, viewer=viewer)
    draft = find(session, viewer.trust_id, draft_id)
    own = draft_rows.file(session, draft_id=draft.id, path=path)
    text = own.text if own else base_files(session, draft).get(path)
    if text is None:
        raise NoSuchFile(path=path[:120])
    return DraftFile(path, text, own.version if own else 0)


def version(session: Session, *, draft_id: int, path: str) -> int:
    """The version of a file in a draft; 0 while it is as in the base."""
    own = draft_rows.file(session, draft_id=draft_id, path=path)
    return own.version if own else 0


def named(session: Session, *, viewer: Viewer, draft_id: int) -> str:
    """What a draft is called. Raises NotYourStudio, NoSuchDraft."""
    check_reads(session, viewer=viewer)
    return find(session, viewer.trust_id, draft_id).name


def check_open(session: Session, *, viewer: Viewer, draft_id: int) -> None:
    """That a draft can still be changed. Raises NotYourStudio, NoSuchDraft, DraftClosed."""
    check_reads(session, viewer=viewer)
    if find(session, viewer.trust_id, draft_id).status in CLOSED:
        raise DraftClosed


def begin(session: Session, *, by: Acting, name: str, now: datetime) -> int:
    """A new draft over the published release; returns its id. Raises MayNotEdit, NotYourStudio, NoRelease,
    NeedsAName."""
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    base = engine_releases.published(session, trust_id=by.trust_id)
    draft = draft_rows.add(
        session,
        draft=ReleaseDraft(
            trust_id=by.trust_id,
            name=_name(name),
            base_release_id=base.id,
            status=Status.OPEN,
            created_by_id=by.person_id,
            created_at=now,
            changed_at=now,
        ),
    )
    note(session, by, "draft_begun", now, draft=draft.id)
    return draft.id


def rename(session: Session, *, by: Acting, draft_id: int, name: str, now: datetime) -> None:
    """Another name for a draft. Raises MayNotEdit, NotYourStudio, NoSuchDraft, DraftClosed, NeedsAName."""
    opened(session, by, Permission.EDIT, draft_id, now).draft.name = _name(name)


def drop(session: Session, *, by: Acting, draft_id: int, now: datetime) -> None:
    """Nothing comes of a draft: it can still be read. Raises MayNotEdit, NotYourStudio, NoSuchDraft, DraftClosed."""
    draft = opened(session, by, Permission.EDIT, draft_id, now).draft
    draft.status, draft.changed_at = Status.DROPPED, now
    note(session, by, "draft_dropped", now, draft=draft.id)


def save_file(
    session: Session, *, by: Acting, draft_id: int, path: str, text: str | None, read: int, said: str, now: datetime
) -> int:
    """Keep a file in a draft; returns the file's new version.

    text: None takes the file out; the base's own text makes it as in the base again (version 0). read: the version that
    the change was made to. said: what was done, one sentence in the past tense. What was submitted or approved is open
    again. Line ends stay those of the base, whatever a browser makes of them.
    Raises MayNotEdit, NotYourStudio, NoSuchDraft, DraftClosed, Stale, TooLarge, NotText, NotAPath.
    """
    desk = opened(session, by, Permission.EDIT, draft_id, now)
    if not is_path(path):
        raise NotAPath(path=path[:120])
    own = draft_rows.file(session, draft_id=draft_id, path=path)
    if (own.version if own else 0) != read:
        raise desk.stale(path)
    before = own.text if own else desk.base.get(path)
    text = None if text is None else with_line_ends_of(desk.base.get(path), text)
    if text == before:
        return read
    desk.check_text(path, text)
    desk.note_edit(path, before, text, said)
    return desk.put(path, text)


def undo(session: Session, *, by: Acting, draft_id: int, number: int, now: datetime) -> str:
    """Take back the newest edit, which the page showed as `number`; returns what it had said.

    Raises MayNotEdit, NotYourStudio, NoSuchDraft, DraftClosed, NothingToUndo, Stale.
    """
    desk = opened(session, by, Permission.EDIT, draft_id, now)
    edit = draft_rows.last_done(session, draft_id=draft_id)
    if edit is None or not edit.path:
        raise NothingToUndo
    return desk.turn(edit, number)


def redo(session: Session, *, by: Acting, draft_id: int, number: int, now: datetime) -> str:
    """Do again what was undone last, which the page showed as `number`; returns what it had said.

    Raises MayNotEdit, NotYourStudio, NoSuchDraft, DraftClosed, NothingToRedo, Stale.
    """
    desk = opened(session, by, Permission.EDIT, draft_id, now)
    edit = draft_rows.next_undone(session, draft_id=draft_id)
    if edit is None:
        raise NothingToRedo
    return desk.turn(edit, number)


@dataclass(frozen=True)
class Desk:
    """An open draft with somebody who may write in it, and nobody beside them until their transaction ends."""

    session: Session
    by: Acting
    draft: ReleaseDraft
    base: Mapping[str, str]
    now: datetime

    @property
    def whole(self) -> dict[str, str]:
        """The whole set as it is now."""
        return overlaid(self.base, draft_rows.files(self.session, draft_id=self.draft.id))

    def put(self, path: str, text: str | None) -> int:
        """Keep a file whatever was read; returns its new version, 0 where it is as in the base."""
        self.draft.status = Status.OPEN
        if text == self.base.get(path):
            draft_rows.take_back(self.session, draft=self.draft, path=path, now=self.now)
            return 0
        by_id = self.by.person_id
        return draft_rows.put(self.session, draft=self.draft, path=path, text=text, by_id=by_id, now=self.now)

    def turn(self, edit: ReleaseDraftEdit, number: int) -> str:
        """Undo an edit that is done, or do it again. Raises Stale where the page showed another one."""
        if edit.number != number:
            raise self.stale(edit.path)
        undone = edit.state == "done"
        edit.state, edit.turned_by_id = ("undone" if undone else "done"), self.by.person_id
        self.put(edit.path, edit.before if undone else edit.after)
        return edit.said

    def note_edit(self, path: str, before: str | None, after: str | None, said: str) -> None:
        """Another line of the draft's history, or the last one grown by this save."""
        said = " ".join(said.split())[:LONGEST_SAID]
        last = draft_rows.last_done(self.session, draft_id=self.draft.id)
        if last is not None and self._grows(last, path, said):
            last.after = after
            return
        edit = ReleaseDraftEdit(
            draft_id=self.draft.id,
            path=path,
            before=before,
            after=after,
            said=said,
            by_id=self.by.person_id,
            at=self.now,
            state="done",
        )
        draft_rows.note_edit(self.session, edit=edit)

    def _grows(self, last: ReleaseDraftEdit, path: str, said: str) -> bool:
        same = (last.path, last.said, last.by_id) == (path, said, self.by.person_id)
        undone = draft_rows.next_undone(self.session, draft_id=self.draft.id)
        return self.draft.status == Status.OPEN and same and self.now - last.at <= GROWS_FOR and undone is None

    def check_text(self, path: str, text: str | None) -> None:
        """Raises TooLarge, NotText."""
        if text is None:
            return
        if not NO_TEXT.isdisjoint(text):
            raise NotText
        if len(text.encode()) > MAX_BYTES or len({*self.whole, path}) > MAX_FILES:
            raise TooLarge

    def stale(self, path: str) -> Stale:
        """Who changed a file last, and when. Where it is as in the base again, that was whoever made it so."""
        own = draft_rows.file(self.session, draft_id=self.draft.id, path=path)
        if own is not None:
            who, at = own.changed_by_id, own.changed_at
        else:
            edits = draft_rows.edits(self.session, draft_id=self.draft.id)
            last = next((one for one in edits if one.path == path), None)
            who = (last.turned_by_id or last.by_id) if last else self.draft.created_by_id
            at = self.draft.changed_at
        names = people_rows.names(self.session, person_ids=[who])
        local = at.astimezone(LONDON)
        oneself = who == self.by.person_id
        return Stale(
            who="You" if oneself else names.get(who, "Somebody"),
            where=" here, in another window" if oneself else "",
            when=f"at {clock_time(local.time())} on {in_words(local.date())}",
        )


def find(session: Session, trust_id: int, draft_id: int) -> ReleaseDraft:
    """A draft of the trust. Raises NoSuchDraft."""
    draft = draft_rows.by_id(session, trust_id=trust_id, draft_id=draft_id)
    if draft is None:
        raise NoSuchDraft
    return draft


def opened(session: Session, by: Acting, permission: Permission, draft_id: int, now: datetime) -> Desk:
    """A draft that is not closed, for somebody who may do that with it.

    Raises the refusal of the permission, NotYourStudio, NoSuchDraft, DraftClosed.
    """
    check_may(session, by=by, permission=permission, now=now)
    draft = draft_rows.lock(session, trust_id=by.trust_id, draft_id=draft_id)
    if draft is None:
        raise NoSuchDraft
    if draft.status in CLOSED:
        raise DraftClosed
    return Desk(session, by, draft, base_files(session, draft), now)


def base_files(session: Session, draft: ReleaseDraft) -> Mapping[str, str]:
    """The files over which a draft lies."""
    return release_rows.files(session, release_id=draft.base_release_id)


def overlaid(base: Mapping[str, str], own: list[ReleaseDraftFile]) -> dict[str, str]:
    """A base with a draft's own files laid over it."""
    changed = {row.path: row.text for row in own}
    return {path: text for path, text in sorted({**base, **changed}.items()) if text is not None}


def with_line_ends_of(base: str | None, text: str) -> str:
    """A text with the line ends that the file has in the base; those of a new file are LF."""
    lines = text.replace("\r\n", "\n")
    return lines.replace("\n", "\r\n") if base and "\r\n" in base else lines


def note(session: Session, by: Acting, kind: str, now: datetime, **details: Json) -> None:
    """A line among the trust's acts: ids and figures alone."""
    act_rows.record(session, trust_id=by.trust_id, who_id=by.person_id, kind=kind, details=details, now=now)


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_DRAFT_NAME or not name.isprintable():
        raise NeedsAName(most=LONGEST_DRAFT_NAME)
    return name
