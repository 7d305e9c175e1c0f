"""Verbs on the comments of a case: write one, take one's own back."""

from datetime import datetime

from workflows.cases.acting import Actor
from workflows.domain.errors import BadValues, NotFound
from workflows.domain.fields import Field, check_values
from workflows.engine import runner
from workflows.engine.moves import Move
from workflows.engine.notices import tell
from workflows.papers.rights import acting, case_to_add_to, concerned, move_to_remove
from workflows.store import Session
from workflows.store import papers as paper_rows
from workflows.store.models import Comment

LONGEST = 4000
ASKED = Field("words", "long_text", "Your comment", required=True)


class NoSuchComment(NotFound):
    """There is no such comment, or it is not yours to see."""


def add_comment(session: Session, *, actor: Actor, reference: str, words: str, now: datetime) -> int:
    """Write a comment and tell the others concerned that there is one. Returns its id. The history and the notices say
    that it was written, not what it says. Raises NoSuchCase, CaseClosed, NotYoursToAdd, BadValues."""
    case = case_to_add_to(session, actor=actor, reference=reference)
    by, stage = acting(session, actor=actor, case=case, now=now)
    words = check_values([ASKED], {"words": words})["words"]
    if len(words) > LONGEST:
        raise BadValues({"words": f"“{ASKED.label}” must be {LONGEST:,} characters or fewer; it has {len(words):,}."})
    move = runner.open_move(session, case=case, now=now, by=by)
    comment = Comment(
        trust_id=case.trust_id,
        case_id=case.id,
        stage=stage,
        words=words,
        by_id=actor.person_id,
        on_behalf_of_id=by.on_behalf_of_id,
        at=now,
    )
    paper_rows.add_comment(session, comment=comment)
    move.record("comment_written", comment=comment.id)
    tell_of(move, comment)
    runner.save(move)
    return comment.id


def remove_comment(session: Session, *, actor: Actor, comment_id: int, now: datetime) -> str:
    """Take a comment back: its words are gone, its line stays. Returns the reference of its case. Raises NoSuchComment,
    NotYoursToRemove, StageOver, CaseClosed."""
    comment = paper_rows.comment(session, trust_id=actor.trust_id, comment_id=comment_id)
    if comment is None:
        raise NoSuchComment
    move = move_to_remove(session, actor=actor, paper=comment, now=now)
    comment.words, comment.removed_at = "", now
    move.record("comment_removed", comment=comment.id)
    runner.save(move)
    return move.case.reference


def tell_of(move: Move, comment: Comment) -> None:
    """A notice to everybody concerned but whoever wrote it, and in whose name."""
    writers = [comment.by_id, *([comment.on_behalf_of_id] if comment.on_behalf_of_id else [])]
    names = move.names_of(writers)
    who = " for ".join(names[writer] for writer in writers)
    people = concerned(move, stage=comment.stage)
    tell(
        move,
        [person for person in people if person not in writers],
        key=f"comment:{comment.id}",
        kind="comment",
        subject=f"A comment from {who}",
        words=f"{move.case.title}. Open the case to read what {who} wrote.",
    )
