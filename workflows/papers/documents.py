"""Verbs on the documents of a case: add one, take one out again."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from workflows.cases.acting import Actor
from workflows.domain.documents import LONGEST_NAME, LONGEST_TITLE, Limits, check_size, kind_of, safe_name
from workflows.domain.errors import BadValues, Broken, NotFound
from workflows.engine import runner
from workflows.papers.rights import acting, case_to_add_to, move_to_remove
from workflows.papers.scanning import Verdict
from workflows.store import Session
from workflows.store import papers as paper_rows
from workflows.store.models import Document


class NoSuchDocument(NotFound):
    """There is no such document, or it is not yours to see."""


class Infected(Broken):
    """The scanner found malware in this file, so it was not added. Do not open it, and tell your IT service desk."""


class ThereAlready(Broken):
    """This very file is in the case already, as “{title}”."""


@dataclass(frozen=True)
class File:
    """A file as it was sent, with what the scanner said of it."""

    name: str
    content: bytes
    verdict: Verdict


def add_document(
    session: Session, *, actor: Actor, reference: str, title: str, file: File, limits: Limits, now: datetime
) -> int | Infected:
    """Put a document into a case and return its id. One found infected is not kept: its refusal is a line of the
    history, and what is returned is the sentence to say.

    Raises: NoSuchCase, CaseClosed, NotYoursToAdd, BadValues, ThereAlready, and what `kind_of` and `check_size` raise.
    """
    case = case_to_add_to(session, actor=actor, reference=reference)
    by, stage = acting(session, actor=actor, case=case, now=now)
    check_size(len(file.content), already=paper_rows.bytes_of_case(session, case_id=case.id), limits=limits)
    kind = kind_of(file.content, file.name)
    title = check_title(title, file.name)
    fingerprint = hashlib.sha256(file.content).hexdigest()
    if same := paper_rows.twin(session, case_id=case.id, stage=stage, sha256=fingerprint):
        raise ThereAlready(title=same.title)
    move = runner.open_move(session, case=case, now=now, by=by)
    if file.verdict == "infected":
        move.record("document_refused", sha256=fingerprint, size=len(file.content))
        runner.save(move)
        return Infected()
    document = Document(
        trust_id=case.trust_id,
        case_id=case.id,
        stage=stage,
        title=title,
        name=safe_name(file.name, kind),
        type=kind.type,
        size=len(file.content),
        sha256=fingerprint,
        content=file.content,
        scan=file.verdict,
        by_id=actor.person_id,
        on_behalf_of_id=by.on_behalf_of_id,
        at=now,
    )
    paper_rows.add_document(session, document=document)
    move.record("document_added", document=document.id, type=kind.words, sha256=fingerprint, scan=file.verdict)
    runner.save(move)
    return document.id


def remove_document(session: Session, *, actor: Actor, document_id: int, now: datetime) -> str:
    """Take a document out again: its bytes are gone, and the history says that it was there. Returns the reference of
    its case. Raises NoSuchDocument, NotYoursToRemove, StageOver, CaseClosed."""
    document = paper_rows.document(session, trust_id=actor.trust_id, document_id=document_id)
    if document is None:
        raise NoSuchDocument
    move = move_to_remove(session, actor=actor, paper=document, now=now)
    document.content, document.removed_at = b"", now
    move.record("document_removed", document=document.id)
    runner.save(move)
    return move.case.reference


def check_title(title: str, name: str) -> str:
    """What the document is called: the file's name where nothing was typed. Raises BadValues."""
    title = re.sub(r"\s+", " ", title).strip() or safe_title(name)
    if len(title) > LONGEST_TITLE:
        raise BadValues({"title": f"“What is it?” must be {LONGEST_TITLE} characters or fewer; it has {len(title)}."})
    return title


def safe_title(name: str) -> str:
    """A title from a file's name, without its path and ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable())
    return plain.rpartition(".")[0].strip()[:LONGEST_NAME] or plain.strip(" .")[:LONGEST_NAME] or "Document"
