"""Ending a dispute before its way is gone: withdrawn, or settled between the parties, at any stage."""

from collections.abc import Sequence
from datetime import datetime

from workflows.cases import meetings
from workflows.cases.acting import Actor
from workflows.domain.calendars import civil_day
from workflows.domain.disputes import check_outcomes
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.fields import Field, check_values
from workflows.domain.roles import Role
from workflows.domain.vocabulary import DISPUTE
from workflows.engine import letters, runner, withdrawing
from workflows.engine.moves import Acting, Move, in_the_name_of
from workflows.engine.notices import tell
from workflows.store import Session, case_roles
from workflows.store import disputes as dispute_rows
from workflows.store import papers as paper_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.models import Case, Json

WHY = Field("reason", "long_text", "Why do you withdraw it?", required=True)
PROPOSED, PROPOSED_BY = "settlement_proposed", "settlement_proposed_by"
"""The facts of a settlement that waits for the other side: what is to stand of each point, and whose words it is."""

SETTLEMENT = "settlement"
"""The letter that says what was agreed."""


class NoSuchDispute(NotFound):
    """There is no such dispute in your trust."""


class NotAParty(NotAllowed):
    """Only the two sides of a dispute can settle it."""


class NotYoursToEnd(NotAllowed):
    """Only the doctor can withdraw a dispute. Once the doctor has left, the {medical_directorate} team can."""


class OverAlready(NotAllowed):
    """This dispute is over already, so there is nothing to withdraw or settle."""


class NothingProposed(NotAllowed):
    """No settlement waits for your answer. It may have been answered, or proposed anew by your own side."""


def withdraw_dispute(session: Session, *, actor: Actor, reference: str, reason: str, now: datetime) -> str:
    """The doctor gives the dispute up, or the directorate does for one who has left. Returns its title.

    What was decided after mediation stands, whatever a panel has recommended since; without a decision the plan stays
    as it was. Raises: NoSuchDispute, OverAlready, NotYoursToEnd, BadValues.
    """
    case = find(session, actor=actor, reference=reference)
    move = runner.open_move(session, case=case, now=now, by=whose_to_end(session, actor=actor, case=case, now=now))
    words = check_values([WHY], {"reason": reason})["reason"]
    decided = [one.rows for one in dispute_rows.settled(session, case_id=case.id) if one.screen == "decision"]
    move.write({withdrawing.REASON: words}, {withdrawing.REASON: "long_text"})
    end(move, outcome="withdrawn", rows=decided[-1] if decided else [])
    return case.title


def propose_settlement(
    session: Session, *, actor: Actor, reference: str, outcomes: Sequence[Json], now: datetime
) -> None:
    """One side says what is to stand of each point; it takes effect once the other side agrees. A new proposal takes
    the place of one that has not been answered. Raises: NoSuchDispute, OverAlready, NotAParty, BadValues."""
    case = find(session, actor=actor, reference=reference)
    move = runner.open_move(session, case=case, now=now, by=whose_side(session, actor=actor, case=case, now=now))
    own = side(move)
    rows = check_outcomes(list(outcomes), move.known["disputed"] or [], needed=True)
    move.write({PROPOSED: rows, PROPOSED_BY: move.by.whose}, {PROPOSED: "rows", PROPOSED_BY: "person"})
    move.record("settlement_proposed", whose=move.by.whose)
    words = "The other side proposes how to settle your dispute. Open the case to read it and to answer."
    tell_side(move, [one for one in parties(move) if one not in own], "settlement proposed", words)
    runner.save(move)


def answer_settlement(session: Session, *, actor: Actor, reference: str, accept: bool, now: datetime) -> None:
    """The other side agrees, and the dispute ends with that; or it does not, and the dispute goes on as it was.

    Raises: NoSuchDispute, OverAlready, NotAParty, NothingProposed.
    """
    case = find(session, actor=actor, reference=reference)
    move = runner.open_move(session, case=case, now=now, by=whose_side(session, actor=actor, case=case, now=now))
    proposed = move.known[PROPOSED]
    if not proposed or move.known[PROPOSED_BY] in side(move):
        raise NothingProposed
    if accept:
        end(move, outcome="settled", rows=list(proposed))
        return
    proposer = move.known[PROPOSED_BY]
    move.write({PROPOSED: None, PROPOSED_BY: None}, {PROPOSED: "rows", PROPOSED_BY: "person"})
    move.record("settlement_refused", whose=proposer)
    tell_side(
        move, [proposer], "settlement not agreed", "The other side does not agree. The dispute goes on as it was."
    )
    runner.save(move)


def find(session: Session, *, actor: Actor, reference: str) -> Case:
    """An open dispute of the actor's trust. Raises NoSuchDispute, OverAlready."""
    case = paper_rows.case_of(session, trust_id=actor.trust_id, reference=reference)
    if case is None or case.process != DISPUTE:
        raise NoSuchDispute
    if case.status != "open":
        raise OverAlready
    return case


def whose_to_end(session: Session, *, actor: Actor, case: Case, now: datetime) -> Acting:
    """In whose name the actor withdraws it. Raises NotYoursToEnd."""
    for by in in_the_name_of(session, person_id=actor.person_id, on=civil_day(now)):
        if by.whose == case.subject_id:
            return by
    posts = post_rows.posts_of(session, person_id=actor.person_id, on=civil_day(now))
    gone = people_rows.has_left(session, person_id=case.subject_id, on=civil_day(now))
    if gone and any(post.role == Role.MEDICAL_DIRECTORATE for post in posts):
        return Acting(actor.person_id)
    raise NotYoursToEnd


def whose_side(session: Session, *, actor: Actor, case: Case, now: datetime) -> Acting:
    """For which party the actor speaks. Raises NotAParty."""
    sides = {case.subject_id, *case_roles.managers(session, case_id=case.id)}
    for by in in_the_name_of(session, person_id=actor.person_id, on=civil_day(now)):
        if by.whose in sides:
            return by
    raise NotAParty


def parties(move: Move) -> list[int]:
    """The people of both sides."""
    return move.bench.any_of([Role.PRACTITIONER, Role.CLINICAL_MANAGER])


def side(move: Move) -> list[int]:
    """Those on the side for which the actor speaks: the doctor alone, or whoever manages them."""
    doctor = move.bench.holders(Role.PRACTITIONER)
    return doctor if move.by.whose in doctor else move.bench.holders(Role.CLINICAL_MANAGER)


def tell_side(move: Move, people: Sequence[int], subject: str, words: str) -> None:
    """A notice to whoever has to know."""
    key = f"{move.case.id}:{move.case.version}:settlement"
    tell(move, people, key=key, kind="settlement", subject=f"{move.case.title}: {subject}", words=words)


def end(move: Move, *, outcome: str, rows: list[dict[str, Json]]) -> None:
    """The dispute is over where it stands; whoever took part is told."""
    meetings.call_off(move)
    people = parties(move)
    withdrawing.end_dispute(move, outcome=outcome, rows=rows)
    if outcome == "settled" and move.loaded.has_letter(SETTLEMENT):
        letters.send(move, SETTLEMENT, stage=move.case.process)
    words = "The dispute is over. What came of it stands on the case’s page."
    tell_side(move, people, withdrawing.STAGES[outcome].lower(), words)
    runner.save(move)
