"""Bringing a draft up to date, when another release was published since it was begun: file by file, and where both
changed one, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from workflows.domain.errors import NotAllowed
from workflows.domain.policy import PolicyFault
from workflows.domain.studio import CLOSED, Permission, Status
from workflows.engine import releases as engine_releases
from workflows.engine.editing import merging
from workflows.engine.editing.diagram import CannotChange
from workflows.engine.xml import NotAcceptable
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import release_drafts as draft_rows
from workflows.store import releases as release_rows
from workflows.store.models import ReleaseDraft
from workflows.studio import policy_texts
from workflows.studio.comparing import FileChanges, compare
from workflows.studio.drafts import Desk, base_files, find, opened, overlaid
from workflows.studio.pages import FileLine, file_lines
from workflows.studio.rights import Acting, check_reads

OURS, THEIRS, BOTH = "ours", "theirs", "both"


class Together(NamedTuple):
    """What a draft and a release changed in one file, put together; "" where that cannot be done, and why."""

    text: str
    why: str = ""


class UpToDate(NotAllowed):
    """This draft lies over the newest release already."""


class PublishedMeanwhile(NotAllowed):
    """Another release was published while you were looking. Look at the page again: other files may have changed."""


class ChoiceNeeded(NotAllowed):
    """Choose for each file that was changed on both sides which one this draft goes on with."""


@dataclass(frozen=True)
class Update:
    """What bringing a draft up to date would do. `release_id` and `number` are those of the published release; each
    file stands in one of the lists: `theirs` come from there, `ours` stay as the draft has them, `both` were changed
    on both sides and have to be chosen; `same` were changed on both sides alike. `told`: of each of `both`, by path,
    what the draft and what the published release changed since the base; only for the page. `together`: by path, what
    both of them come to."""

    draft_id: int
    name: str
    base: int
    release_id: int
    number: int
    theirs: tuple[FileLine, ...]
    ours: tuple[FileLine, ...]
    both: tuple[FileLine, ...]
    same: tuple[FileLine, ...]
    told: Mapping[str, tuple[FileChanges, FileChanges]] = field(default_factory=dict)
    together: Mapping[str, Together] = field(default_factory=dict)

    def offered(self, path: str) -> tuple[str, ...]:
        """What a file that was changed on both sides may become."""
        return (BOTH, OURS, THEIRS) if self.together[path].text else (OURS, THEIRS)


def update_page(session: Session, *, viewer: Viewer, draft_id: int) -> Update:
    """What there is to bring in. Raises NotYourStudio, NoSuchDraft, UpToDate."""
    check_reads(session, viewer=viewer)
    draft = find(session, viewer.trust_id, draft_id)
    base = base_files(session, draft)
    found = _update(session, draft, base)
    both = [line.path for line in found.both]
    if not both:
        return found
    published = engine_releases.published(session, trust_id=draft.trust_id)
    sides = (overlaid(base, draft_rows.files(session, draft_id=draft.id)), published.files)
    ours, theirs = (
        {one.line.path: one for one in compare(base, side, published.policy.key, only=both)} for side in sides
    )
    return replace(found, told={path: (ours[path], theirs[path]) for path in both})


def bring_up_to_date(
    session: Session, *, by: Acting, draft_id: int, release_id: int, choices: Mapping[str, str], now: datetime
) -> None:
    """Let a draft lie over the published release, which the page showed as `release_id`.

    choices: "ours", "theirs" or, where it can be done, "both" by path, for each file that was changed on both sides.
    What was edited before cannot be undone one by one any more. Raises MayNotEdit, NotYourStudio, NoSuchDraft,
    DraftClosed, UpToDate, PublishedMeanwhile, ChoiceNeeded.
    """
    desk = opened(session, by, Permission.EDIT, draft_id, now)
    found = _update(session, desk.draft, desk.base)
    if found.release_id != release_id:
        raise PublishedMeanwhile
    if any(choices.get(line.path) not in found.offered(line.path) for line in found.both):
        raise ChoiceNeeded
    for path in (line.path for line in found.both if choices[line.path] == BOTH):
        _put_together(desk, path, found)
    given_up = [line.path for line in found.both if choices[line.path] == THEIRS]
    for path in given_up:
        _give_up(desk, path, found.number)
    for path in (*given_up, *(line.path for line in found.same)):
        draft_rows.take_back(session, draft=desk.draft, path=path, now=now)
    desk.draft.base_release_id, desk.draft.status = release_id, Status.OPEN
    desk.note_edit("", None, None, f"Brought up to date with release {found.number}.")


def _give_up(desk: Desk, path: str, number: int) -> None:
    """Keep in the history what the draft had."""
    own = draft_rows.file(desk.session, draft_id=desk.draft.id, path=path)
    desk.note_edit(path, own.text if own else None, None, f"Took {path} from release {number} in place of the draft’s.")


def _put_together(desk: Desk, path: str, found: Update) -> None:
    own, text = draft_rows.file(desk.session, draft_id=desk.draft.id, path=path), found.together[path].text
    said = f"Put what release {found.number} changed in {path} together with what the draft had changed."
    desk.note_edit(path, own.text if own else None, text, said)
    desk.put(path, text)


def _together(path: str, base: str | None, ours: str | None, theirs: str | None) -> Together:
    """What two sides changed in one file, put together where a rule can do that without a choice of anybody's."""
    if base is None or ours is None or theirs is None:
        return Together("")
    try:
        if path.endswith(".bpmn"):
            return Together(merging.merged(base, ours, theirs))
        if path.endswith(".toml"):
            return Together(policy_texts.merged(base, ours, theirs))
    except (CannotChange, policy_texts.BothChanged) as fault:
        return Together("", fault.sentence)
    except (NotAcceptable, PolicyFault, policy_texts.CannotWrite):
        return Together("", "One of them is written so that no rule can bring it together with the other.")
    return Together("")


def _update(session: Session, draft: ReleaseDraft, base: Mapping[str, str]) -> Update:
    published = engine_releases.published(session, trust_id=draft.trust_id)
    if published.id == draft.base_release_id or draft.status in CLOSED:
        raise UpToDate
    row = release_rows.by_id(session, release_id=draft.base_release_id)
    own = {one.path: one.text for one in draft_rows.files(session, draft_id=draft.id)}
    theirs = [line for line in file_lines(published.files, base) if line.change]
    both = [line for line in theirs if line.path in own]
    same = [line for line in both if own[line.path] == published.files.get(line.path)]
    kept = own.keys() - {line.path for line in theirs}
    mine = {path: text for path, text in own.items() if path in kept and text is not None}
    gone = {path: base[path] for path in kept if own[path] is None and path in base}
    return Update(
        draft_id=draft.id,
        name=draft.name,
        base=row.number if row else 0,
        release_id=published.id,
        number=published.number,
        theirs=tuple(line for line in theirs if line.path not in own),
        ours=file_lines(mine, {path: base[path] for path in kept if path in base} | gone),
        both=tuple(line for line in both if line not in same),
        together={
            path: _together(path, base.get(path), own[path], published.files.get(path))
            for path in (line.path for line in both if line not in same)
        },
        same=tuple(same),
    )
