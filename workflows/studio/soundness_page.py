"""What the studio shows of whether every case of a draft can come to its end."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.studio import CLOSED, Permission
from workflows.engine.check.library import library, policies_of
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import releases as release_rows
from workflows.studio import drafts
from workflows.studio.offering import own_policy
from workflows.studio.rights import check_reads
from workflows.studio.soundness import Fault, ProcessSoundness, of_draft

__all__ = ["Fault", "ProcessSoundness", "SoundnessPage", "diagram", "soundness_page"]


@dataclass(frozen=True)
class SoundnessPage:
    """A draft's processes with what was found in each. `titles`: what each is called, by its key; `unread`: the
    diagrams that cannot be read, so that nothing is known of them, or the policies, so that nothing is known of any;
    `may_edit`: whether the viewer can mend them."""

    draft_id: int
    name: str
    processes: tuple[ProcessSoundness, ...]
    unread: tuple[str, ...]
    may_edit: bool

    @property
    def titles(self) -> Mapping[str, str]:
        """What each process is called, by its key."""
        return {one.process: one.title for one in self.processes}


def soundness_page(session: Session, *, viewer: Viewer, draft_id: int) -> SoundnessPage:
    """Whether every case of a draft can end. Raises NotYourStudio, NoSuchDraft."""
    may = check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft_id)
    found = of_draft(files)
    read = {path for paths in library(files, {}).paths.values() for path in paths}
    read |= {f"policies/{policy.key}.toml" for policy in policies_of(files)[0]}
    return SoundnessPage(
        draft_id=draft_id,
        name=draft.name,
        processes=tuple(found),
        unread=tuple(path for path in sorted(files) if path.endswith((".bpmn", ".toml")) and path not in read),
        may_edit=Permission.EDIT in may and draft.status not in CLOSED,
    )


def diagram(session: Session, *, viewer: Viewer, draft_id: int, process: str) -> str:
    """A drawing of a draft, as BPMN XML, its lanes called by titles. Raises NotYourStudio, NoSuchDraft, NoSuchFile."""
    check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    base = release_rows.by_id(session, release_id=draft.base_release_id)
    files = drafts.files(session, draft_id=draft_id)
    books = library(files, {})
    drawing = books.drawings.get(process)
    if drawing is None:
        raise drafts.NoSuchFile(path=process[:120])
    return own_policy(books, base.policy if base else "").titled(files[drawing.path])
