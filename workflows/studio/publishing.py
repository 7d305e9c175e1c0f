"""Verbs that lead a draft to cases: submit, approve or return by a second person, withdraw, publish, publish again.

An approval is of the content that the approver saw: whatever is changed after it takes the approval away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.releases import content_hash
from workflows.domain.studio import Decision, Permission, Status
from workflows.engine import releases as engine_releases
from workflows.engine.releases import Loaded
from workflows.store import Session
from workflows.store import people as people_rows
from workflows.store import release_drafts as draft_rows
from workflows.store import releases as release_rows
from workflows.store.models import Release, ReleaseDraft, ReleaseDraftDecision
from workflows.studio import telling
from workflows.studio.drafts import Desk, begin, note, opened
from workflows.studio.faults import faults
from workflows.studio.rights import Acting, check_may

LONGEST_NOTE = 2000


class Changed(NotAllowed):
    """This draft has been changed since you opened this page. Look at it as it is now, and decide again."""


class NothingChanged(NotAllowed):
    """This draft changes nothing yet: it is the same as the published release."""


class Faulty(NotAllowed):
    """Nothing was sent: {count} found in this draft. Mend what the page lists first."""


class OutOfDate(NotAllowed):
    """Release {number} was published since this draft was begun. Bring the draft up to date first."""


class NotOpen(NotAllowed):
    """This draft has been submitted already."""


class NotSubmitted(NotAllowed):
    """This draft does not wait for approval."""


class NotApproved(NotAllowed):
    """This draft is not approved as it stands: it can be published once a second person has approved it."""


class OwnWork(NotAllowed):
    """You have changed or submitted this draft yourself, so somebody else has to look at it."""


class NoteNeeded(NotAllowed):
    """Say it in at most 2,000 characters, and leave nothing empty."""


class NoSuchRelease(NotFound):
    """There is no such release in your trust."""


class InForceAlready(NotAllowed):
    """Release {number} is what new cases start on today."""


@dataclass(frozen=True)
class Before:
    """A draft in front of somebody who decides, with its content as it is."""

    desk: Desk
    content: str
    whole: Mapping[str, str]

    @property
    def draft(self) -> ReleaseDraft:
        """Its row."""
        return self.desk.draft


def submit(session: Session, *, by: Acting, draft_id: int, read: str, words: str, now: datetime) -> None:
    """Hand a draft to whoever approves. read: the content hash that the page showed. words: what changes, and why.

    Raises MayNotEdit, NotYourStudio, NoSuchDraft, DraftClosed, Changed, NotOpen, NoteNeeded, NothingChanged, OutOfDate,
    Faulty.
    """
    before = _as_read(opened(session, by, Permission.EDIT, draft_id, now), read)
    if before.draft.status != Status.OPEN:
        raise NotOpen
    before.draft.note = _note(words)
    _check_ready(before)
    _decide(before, Decision.SUBMITTED, before.draft.note, Status.SUBMITTED)
    note(session, by, "draft_submitted", now, draft=draft_id)
    telling.of_submission(session, draft=before.draft, by=by, now=now)


def approve(session: Session, *, by: Acting, draft_id: int, read: str, words: str, now: datetime) -> None:
    """A second person finds the draft right as it stands. words: a remark, or nothing.

    Raises MayNotApprove, NotYourStudio, NoSuchDraft, DraftClosed, Changed, NotSubmitted, OwnWork, NoteNeeded,
    OutOfDate, Faulty.
    """
    before = _as_read(opened(session, by, Permission.APPROVE, draft_id, now), read)
    _check_second(before, Status.SUBMITTED)
    _check_ready(before)
    _decide(before, Decision.APPROVED, _note(words, needed=False), Status.APPROVED)
    note(session, by, "draft_approved", now, draft=draft_id)
    telling.of_decision(session, draft=before.draft, by=by, approved=True, words="", now=now)


def give_back(session: Session, *, by: Acting, draft_id: int, read: str, words: str, now: datetime) -> None:
    """A second person returns the draft, with reasons; also one that was approved and is not published yet.

    Raises MayNotApprove, NotYourStudio, NoSuchDraft, DraftClosed, Changed, NotSubmitted, OwnWork, NoteNeeded.
    """
    before = _as_read(opened(session, by, Permission.APPROVE, draft_id, now), read)
    _check_second(before, Status.SUBMITTED, Status.APPROVED)
    reasons = _note(words)
    _decide(before, Decision.RETURNED, reasons, Status.OPEN)
    note(session, by, "draft_returned", now, draft=draft_id)
    telling.of_decision(session, draft=before.draft, by=by, approved=False, words=reasons, now=now)


def withdraw(session: Session, *, by: Acting, draft_id: int, now: datetime) -> None:
    """Take a draft back from approval, or an approved one from publishing, to go on with it.

    Raises MayNotEdit, NotYourStudio, NoSuchDraft, DraftClosed, NotSubmitted.
    """
    desk = opened(session, by, Permission.EDIT, draft_id, now)
    if desk.draft.status == Status.OPEN:
        raise NotSubmitted
    _decide(Before(desk, content_hash(desk.whole), desk.whole), Decision.WITHDRAWN, "", Status.OPEN)
    note(session, by, "draft_withdrawn", now, draft=draft_id)


def publish(session: Session, *, by: Acting, draft_id: int, read: str, now: datetime) -> int:
    """New cases start on the draft from now on; returns the id of the new release. Running cases stay where they are.

    Raises MayNotPublish, NotYourStudio, NoSuchDraft, DraftClosed, Changed, NotApproved, OutOfDate, Faulty.
    """
    before = _as_read(opened(session, by, Permission.PUBLISH, draft_id, now), read)
    people_rows.lock_trust(session, trust_id=by.trust_id)
    if before.draft.status != Status.APPROVED or _approved(session, draft_id) != before.content:
        raise NotApproved
    published = _check_ready(before)
    again = release_rows.newest_with(session, trust_id=by.trust_id, content_hash=before.content)
    release = _released(before, published.policy.key)
    before.draft.release_id = release.id
    _decide(before, Decision.PUBLISHED, "", Status.PUBLISHED)
    kind, details = (
        ("release_published_again", {"again": again.number}) if again else ("release_published", {"draft": draft_id})
    )
    note(session, by, kind, now, release=release.number, **details)
    telling.of_publication(session, draft=before.draft, by=by, number=release.number, now=now)
    return release.id


def publish_again(session: Session, *, by: Acting, number: int, words: str, now: datetime) -> int:
    """Submit a draft with the content of an older release, to be approved and published as any other; returns its id.

    words: why. Raises MayNotEdit, NotYourStudio, NoSuchRelease, InForceAlready, NoteNeeded, NothingChanged, Faulty.
    """
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    old = release_rows.by_number(session, trust_id=by.trust_id, number=number)
    if old is None:
        raise NoSuchRelease
    if old.status == "published":
        raise InForceAlready(number=number)
    draft_id = begin(session, by=by, name=f"Release {number} again", now=now)
    desk = opened(session, by, Permission.EDIT, draft_id, now)
    wanted = release_rows.files(session, release_id=old.id)
    for path in sorted({*wanted, *desk.base}):
        was, becomes = desk.base.get(path), wanted.get(path)
        if was != becomes:
            desk.note_edit(path, was, becomes, f"Made {path} as it was in release {number}.")
            desk.put(path, becomes)
    said = f"Release {number} again. {_note(words)}"
    submit(session, by=by, draft_id=draft_id, read=content_hash(wanted), words=said, now=now)
    return draft_id


def _as_read(desk: Desk, read: str) -> Before:
    """Raises Changed where the page showed another content."""
    before = Before(desk, content_hash(desk.whole), desk.whole)
    if read != before.content:
        raise Changed
    return before


def _check_second(before: Before, *wanted: Status) -> None:
    """Raises NotSubmitted, OwnWork."""
    if before.draft.status not in wanted:
        raise NotSubmitted
    if before.desk.by.person_id in draft_rows.took_part(before.desk.session, draft_id=before.draft.id):
        raise OwnWork


def _check_ready(before: Before) -> Loaded:
    """That new cases could start on it; returns what they start on today. Raises OutOfDate, NothingChanged, Faulty."""
    published = engine_releases.published(before.desk.session, trust_id=before.draft.trust_id)
    if published.id != before.draft.base_release_id:
        raise OutOfDate(number=published.number)
    if content_hash(before.desk.base) == before.content:
        raise NothingChanged
    if found := faults(before.whole):
        raise Faulty(count="one fault was" if len(found) == 1 else f"{len(found)} faults were")
    return published


def _decide(before: Before, kind: Decision, words: str, status: Status) -> None:
    desk = before.desk
    before.draft.status, before.draft.changed_at = status, desk.now
    decision = ReleaseDraftDecision(
        draft_id=before.draft.id,
        kind=kind,
        by_id=desk.by.person_id,
        at=desk.now,
        note=words,
        content_hash=before.content,
    )
    draft_rows.decide(desk.session, decision=decision)


def _approved(session: Session, draft_id: int) -> str:
    """The content that was approved last; "" where nothing was, or something else was decided since."""
    newest = next(iter(draft_rows.decisions(session, draft_id=draft_id)), None)
    return newest.content_hash if newest and newest.kind == Decision.APPROVED else ""


def _released(before: Before, policy: str) -> Release:
    draft, session = before.draft, before.desk.session
    release = Release(
        trust_id=draft.trust_id,
        number=release_rows.next_number(session, trust_id=draft.trust_id),
        content_hash=before.content,
        policy=policy,
        note=draft.note,
        status="draft",
    )
    release_rows.add(session, release=release, files=before.whole)
    release_rows.publish(session, release=release, now=before.desk.now)
    return release


def _note(typed: str, *, needed: bool = True) -> str:
    said = typed.strip()
    if len(said) > LONGEST_NOTE or (needed and not said):
        raise NoteNeeded
    return said
