"""The outbox between cases: parents start children, children tell their parents. Written with the move that sends."""

from collections.abc import Mapping

from workflows.domain.vocabulary import DISPUTE, DISPUTE_KINDS
from workflows.engine.moves import Move
from workflows.store import cases as case_rows
from workflows.store import messages as message_rows
from workflows.store.models import Case, Json

CASES_CLOSED = "cases_closed"
"""Released by the state of things: every started case is closed. The message is only a poke to look again."""


def start_case(move: Move, *, process: str, item: str, facts: Mapping[str, Json]) -> None:
    """Ask for a case to be started, addressed by what it is about. It starts in a transaction of its own."""
    send(move, kind="start", name=process, receiver=None, facts=facts, distinct=f"{process}:{item}")
    move.record("case_started_child", process=process, item=item)


def tell(move: Move, *, receiver: Case | int, name: str, facts: Mapping[str, Json] | None = None) -> None:
    """Tell another case something."""
    receiver_id = receiver if isinstance(receiver, int) else receiver.id
    send(move, kind="tell", name=name, receiver=receiver_id, facts=facts or {}, distinct=f"{name}:{receiver_id}")
    move.record("message_sent", name=name, case=receiver_id)


def send(move: Move, *, kind: str, name: str, receiver: int | None, facts: Mapping[str, Json], distinct: str) -> None:
    """Put one message into the outbox; its key makes sending it twice from one version of the case impossible."""
    letter = message_rows.Letter(
        trust_id=move.case.trust_id,
        key=f"{move.case.id}:{move.case.version}:{distinct}",
        kind=kind,
        name=name,
        sender_id=move.case.id,
        receiver_id=receiver,
        facts=dict(facts),
        sent_at=move.now,
    )
    message_rows.send(move.session, letters=[letter])
    move.sent += 1


def tell_parent(move: Move) -> None:
    """A child case has closed: a dispute about a plan or about pay answers with its outcome, others only say so."""
    if move.case.parent_id is None:
        return
    answers = move.known["disputed_lines"] is not None or move.known["kind"] in DISPUTE_KINDS
    if move.case.process == DISPUTE and answers:
        tell(move, receiver=move.case.parent_id, name="dispute_closed", facts={"reply": move.known["dispute_outcome"]})
    else:
        tell(move, receiver=move.case.parent_id, name=CASES_CLOSED)


def may_release(move: Move, name: str) -> bool:
    """Whether a message may release its wait now."""
    return name != CASES_CLOSED or not case_rows.children_open(move.session, parent_id=move.case.id)


def take(move: Move, name: str) -> bool:
    """Whether a wait is over already; a message that came before the wait is taken out of the outbox."""
    if name == CASES_CLOSED:
        return may_release(move, name)
    early = message_rows.waiting_for(move.session, receiver_id=move.case.id, names=[name])
    if not early:
        return False
    move.write(early[0].facts)
    message_rows.delivered(move.session, messages=early[:1], now=move.now)
    return True
