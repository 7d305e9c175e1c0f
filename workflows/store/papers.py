"""Documents and comments of cases, and who has a step in which stage of one."""

from collections.abc import Iterable

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, undefer

from workflows.store.models import Case, Comment, Document, Step, StepHolder


def add_document(session: Session, *, document: Document) -> Document:
    """A new document, with its id."""
    session.add(document)
    session.flush()
    return document


def add_comment(session: Session, *, comment: Comment) -> Comment:
    """A new comment, with its id."""
    session.add(comment)
    session.flush()
    return comment


def documents(session: Session, *, case_id: int) -> list[Document]:
    """The case's documents without their bytes, oldest first; those that were taken out again too."""
    return list(session.scalars(select(Document).where(Document.case_id == case_id).order_by(Document.id)))


def comments(session: Session, *, case_id: int) -> list[Comment]:
    """The case's comments, oldest first; those that were taken back too."""
    return list(session.scalars(select(Comment).where(Comment.case_id == case_id).order_by(Comment.id)))


def document(session: Session, *, trust_id: int, document_id: int) -> Document | None:
    """A document of the trust that is still there, with its bytes."""
    wanted = select(Document).options(undefer(Document.content))
    return session.scalar(
        wanted.where(Document.id == document_id, Document.trust_id == trust_id, Document.removed_at.is_(None))
    )


def comment(session: Session, *, trust_id: int, comment_id: int) -> Comment | None:
    """A comment of the trust that is still there."""
    wanted = select(Comment).where(Comment.id == comment_id, Comment.trust_id == trust_id)
    return session.scalar(wanted.where(Comment.removed_at.is_(None)))


def twin(session: Session, *, case_id: int, stage: str, sha256: str) -> Document | None:
    """The document of this stage with the same bytes, if there is one; the oldest."""
    same = select(Document).where(Document.case_id == case_id, Document.stage == stage, Document.sha256 == sha256)
    return session.scalar(same.where(Document.removed_at.is_(None)).order_by(Document.id).limit(1))


def bytes_of_case(session: Session, *, case_id: int) -> int:
    """How many bytes the documents of a case come to."""
    wanted = select(func.coalesce(func.sum(Document.size), 0))
    return int(session.scalars(wanted.where(Document.case_id == case_id, Document.removed_at.is_(None))).one())


def existing(session: Session, *, case_id: int, stage: str, document_ids: Iterable[int]) -> frozenset[int]:
    """Those of these ids that are documents of this stage of the case and still there."""
    of_stage = select(Document.id).where(Document.case_id == case_id, Document.stage == stage)
    wanted = of_stage.where(Document.id.in_(list(document_ids)))
    return frozenset(session.scalars(wanted.where(Document.removed_at.is_(None))))


def titles(session: Session, *, case_id: int, document_ids: Iterable[int]) -> list[str]:
    """What these documents of the case are called, in the order in which they were added; one that was taken out
    again says so."""
    wanted = select(Document.title, Document.removed_at).where(Document.case_id == case_id)
    rows = session.execute(wanted.where(Document.id.in_(list(document_ids))).order_by(Document.id))
    return [f"{row.title} (taken out)" if row.removed_at else row.title for row in rows]


def case_of(session: Session, *, trust_id: int, reference: str) -> Case | None:
    """The case with its stored state and its places, as a verb on its papers needs it."""
    return session.scalar(
        select(Case)
        .where(Case.trust_id == trust_id, Case.reference == reference)
        .options(undefer(Case.state), joinedload(Case.team))
    )


def case_by_id(session: Session, *, case_id: int) -> Case:
    """The case of a document or a comment, likewise."""
    wanted = select(Case).where(Case.id == case_id).options(undefer(Case.state), joinedload(Case.team))
    return session.scalars(wanted).one()


def stages_held(session: Session, *, case_id: int, people: Iterable[int]) -> frozenset[str]:
    """The stages of a case in which one of these people holds an open step, or has done one: keys of diagrams."""
    ids = list(people)
    wanted = (
        select(Step.process)
        .join(StepHolder, StepHolder.step_id == Step.id)
        .where(
            Step.case_id == case_id,
            StepHolder.person_id.in_(ids),
            or_(
                and_(Step.status == "open", or_(Step.holder_id.is_(None), Step.holder_id.in_(ids))),
                Step.done_by_id.in_(ids),
                Step.on_behalf_of_id.in_(ids),
            ),
        )
        .distinct()
    )
    return frozenset(session.scalars(wanted))


def open_stages(session: Session, *, case_id: int) -> list[str]:
    """The stages of a case that wait for somebody, the newest step's first."""
    wanted = select(Step.process).where(Step.case_id == case_id, Step.status == "open").order_by(Step.id.desc())
    return list(dict.fromkeys(session.scalars(wanted)))


def open_holders(session: Session, *, case_id: int, stage: str) -> frozenset[int]:
    """Who may act on an open step of one stage of a case."""
    wanted = select(StepHolder.person_id).join(Step, Step.id == StepHolder.step_id)
    return frozenset(
        session.scalars(wanted.where(Step.case_id == case_id, Step.process == stage, Step.status == "open"))
    )
