"""The documents and comments of a case, as far as somebody may see them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.documents import WORDS_OF_TYPES, in_words
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.standing import may_see_of_stage
from workflows.inbox import Session, Viewer
from workflows.inbox.finding import find
from workflows.inbox.reach import is_dispute, reach, standings_in
from workflows.store import lists
from workflows.store import papers as paper_rows
from workflows.store.models import Case, Comment, Document, Step


class NoSuchDocument(NotFound):
    """There is no such document, or it is not yours to see."""


class NoSuchComment(NotFound):
    """There is no such comment, or it is not yours to see."""


class NotYoursToAdd(NotAllowed):
    """You can read this case, but documents and comments come from the doctor and managers concerned, from whoever
    holds a step of this stage, and from the {medical_directorate} team."""


@dataclass(frozen=True)
class DocumentLine:
    """A document, or the trace of one that was taken out. `kind` and `size` are in words; `scanned` whether a scanner
    found nothing; `removable` by the viewer."""

    id: int
    title: str
    name: str
    kind: str
    size: str
    scanned: bool
    who: str
    on_behalf_of: str
    at: datetime
    removed_at: datetime | None
    removable: bool


@dataclass(frozen=True)
class CommentLine:
    """A comment, or the trace of one that was taken back."""

    id: int
    words: str
    who: str
    on_behalf_of: str
    at: datetime
    removed_at: datetime | None
    removable: bool


@dataclass(frozen=True)
class Papers:
    """What of a case's papers somebody sees; `may_add` in whatever stage the case is now. `concerned` whether papers
    are theirs to see at all."""

    documents: tuple[DocumentLine, ...] = ()
    comments: tuple[CommentLine, ...] = ()
    may_add: bool = False
    concerned: bool = False


@dataclass(frozen=True)
class File:
    """A document of a case to hand out."""

    case_id: int
    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class ToRemove:
    """What somebody is about to take out: `kind` is document or comment, `what` its title or its words."""

    kind: str
    id: int
    what: str
    reference: str
    case_title: str


@dataclass(frozen=True)
class CaseToAddTo:
    """The case to which somebody is about to add something; `acts_for` names whoever they do it for, "" for none."""

    reference: str
    title: str
    stage: str
    acts_for: str


@dataclass(frozen=True)
class Stages:
    """The stages of a case, by the keys of their diagrams: those that wait for somebody, the newest first, and those in
    which the viewer holds an open step or has done one."""

    waiting: tuple[str, ...]
    held: frozenset[str]


def stages_of(session: Session, *, viewer: Viewer, case: Case) -> Stages:
    """The stages as the store knows them."""
    return Stages(
        waiting=tuple(paper_rows.open_stages(session, case_id=case.id)),
        held=paper_rows.stages_held(session, case_id=case.id, people=viewer.stands_for),
    )


def stages_among(steps: Sequence[Step], holders: Iterable[tuple[int, int, str]], viewer: Viewer) -> Stages:
    """The same from all steps of a case, and from who may act on its open ones: (step id, person id, name)."""
    mine = {step_id for step_id, person, _ in holders if person in viewer.stands_for}
    waiting = sorted((step for step in steps if step.status == "open"), key=lambda step: -step.id)
    held = [
        step.process
        for step in steps
        if (step.status == "open" and step.id in mine and step.holder_id in {None, *viewer.stands_for})
        or {step.done_by_id, step.on_behalf_of_id} & viewer.stands_for
    ]
    return Stages(tuple(dict.fromkeys(step.process for step in waiting)), frozenset(held))


def of_case(
    session: Session, *, viewer: Viewer, case: Case, standings: Collection[str], stages: Stages | None = None
) -> Papers:
    """The papers of a case for somebody with these standings in it; `stages` where they are known already."""
    known = stages or stages_of(session, viewer=viewer, case=case)
    held = known.held | heard_in(case, standings)
    documents = [
        one
        for one in paper_rows.documents(session, case_id=case.id)
        if may_see_of_stage(standings, "evidence", holds_there=one.stage in held)
    ]
    comments = [
        one
        for one in paper_rows.comments(session, case_id=case.id)
        if may_see_of_stage(standings, "comments", holds_there=one.stage in held)
    ]
    waiting = known.waiting or (case.process,)
    lasting = frozenset(waiting) if case.status == "open" else frozenset()
    names = _names(session, case.trust_id, [*documents, *comments])
    here = any(may_see_of_stage(standings, "comments", holds_there=stage in held) for stage in waiting)
    return Papers(
        documents=tuple(_document(one, viewer, names, lasting) for one in documents),
        comments=tuple(_comment(one, viewer, names, lasting) for one in comments),
        may_add=here and case.status == "open",
        concerned=here or bool(documents or comments),
    )


def heard_in(case: Case, standings: Collection[str]) -> frozenset[str]:
    """The stages whose papers somebody sees without a step in them: a mediator has to read what the dispute was
    referred with."""
    return frozenset({case.process}) if is_dispute(case) and "mediator" in standings else frozenset()


def to_choose(session: Session, *, case_id: int, stage: str) -> tuple[tuple[int, str], ...]:
    """The documents of a stage that an answer may name: id and title."""
    rows = paper_rows.documents(session, case_id=case_id)
    return tuple((row.id, row.title) for row in rows if row.stage == stage and row.removed_at is None)


def to_add_to(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> CaseToAddTo:
    """The case, for whoever may add something to it. Raises what `find` raises; NotYoursToAdd."""
    sees = reach(session, viewer=viewer, now=now)
    case = find(session, sees=sees, reference=reference)
    if not of_case(session, viewer=viewer, case=case, standings=standings_in(sees, case, ())).may_add:
        raise NotYoursToAdd
    own = reach(session, viewer=Viewer(viewer.person_id, viewer.trust_id), now=now)
    alone = Viewer(viewer.person_id, viewer.trust_id, viewer.roles)
    themselves = of_case(session, viewer=alone, case=case, standings=standings_in(own, case, ())).may_add
    names = {} if themselves else lists.names(session, trust_id=case.trust_id, person_ids=viewer.acts_for)
    return CaseToAddTo(case.reference, case.title, case.stage, ", ".join(sorted(names.values())))


def download(session: Session, *, viewer: Viewer, document_id: int, now: datetime) -> File:
    """A document with its bytes. Raises NoSuchDocument, also where the viewer may not see it."""
    row = paper_rows.document(session, trust_id=viewer.trust_id, document_id=document_id)
    if row is None or _papers_of(session, viewer, row, now) is None:
        raise NoSuchDocument
    return File(row.case_id, row.name, row.type, row.content)


def document_to_remove(session: Session, *, viewer: Viewer, document_id: int, now: datetime) -> ToRemove:
    """A document that the viewer may take out. Raises NoSuchDocument."""
    row = paper_rows.document(session, trust_id=viewer.trust_id, document_id=document_id)
    case = _papers_of(session, viewer, row, now) if row else None
    if row is None or case is None or row.by_id != viewer.person_id:
        raise NoSuchDocument
    return ToRemove("document", row.id, row.title, case.reference, case.title)


def comment_to_remove(session: Session, *, viewer: Viewer, comment_id: int, now: datetime) -> ToRemove:
    """A comment that the viewer may take back. Raises NoSuchComment."""
    row = paper_rows.comment(session, trust_id=viewer.trust_id, comment_id=comment_id)
    case = _papers_of(session, viewer, row, now) if row else None
    if row is None or case is None or row.by_id != viewer.person_id:
        raise NoSuchComment
    return ToRemove("comment", row.id, row.words, case.reference, case.title)


def _papers_of(session: Session, viewer: Viewer, row: Document | Comment, now: datetime) -> Case | None:
    """The case of a paper that the viewer may see; None of one that they may not."""
    case = paper_rows.case_by_id(session, case_id=row.case_id)
    sees = reach(session, viewer=viewer, now=now)
    if not lists.visible_among(session, sight=sees.sight, case_ids=[case.id]):
        return None
    held = paper_rows.stages_held(session, case_id=case.id, people=viewer.stands_for)
    what = "evidence" if isinstance(row, Document) else "comments"
    standings = standings_in(sees, case, ())
    held |= heard_in(case, standings)
    allowed = may_see_of_stage(standings, what, holds_there=row.stage in held)
    return case if allowed else None


def _names(session: Session, trust_id: int, rows: Iterable[Document | Comment]) -> dict[int, str]:
    ids = {person for row in rows for person in (row.by_id, row.on_behalf_of_id) if person}
    return lists.names(session, trust_id=trust_id, person_ids=ids) if ids else {}


def _document(row: Document, viewer: Viewer, names: dict[int, str], lasting: frozenset[str]) -> DocumentLine:
    return DocumentLine(
        id=row.id,
        title=row.title,
        name=row.name,
        kind=WORDS_OF_TYPES.get(row.type, row.type),
        size=in_words(row.size),
        scanned=row.scan == "clean",
        who=names.get(row.by_id, ""),
        on_behalf_of=names.get(row.on_behalf_of_id or 0, ""),
        at=row.at,
        removed_at=row.removed_at,
        removable=row.removed_at is None and row.by_id == viewer.person_id and row.stage in lasting,
    )


def _comment(row: Comment, viewer: Viewer, names: dict[int, str], lasting: frozenset[str]) -> CommentLine:
    return CommentLine(
        id=row.id,
        words=row.words,
        who=names.get(row.by_id, ""),
        on_behalf_of=names.get(row.on_behalf_of_id or 0, ""),
        at=row.at,
        removed_at=row.removed_at,
        removable=row.removed_at is None and row.by_id == viewer.person_id and row.stage in lasting,
    )
