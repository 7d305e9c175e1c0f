"""Withdrawing a case that was started by mistake: nothing of it is waited for any more, and its parent goes on."""

from workflows.engine import ledger, outbox, runner
from workflows.engine.moves import Move
from workflows.engine.projection import end
from workflows.store import incidents as incident_rows
from workflows.store import steps as step_rows
from workflows.store import withdrawals as withdrawal_rows

STAGE = "Withdrawn"
"""Where a withdrawn case is said to be."""
REASON = "withdrawn_because"
"""The fact that says why."""


def withdraw(move: Move, *, reason: str) -> None:
    """End the case where it stands: its steps and deadlines are cancelled, what it has asked for and nobody has taken
    up is called off, and its parent hears that one case less is open. The diagram's state is kept as it was."""
    end(move, step_rows.open_of_case(move.session, case_id=move.case.id), status="cancelled")
    ledger.cancel_open(move)
    withdrawal_rows.call_off(move.session, case_id=move.case.id, now=move.now)
    for incident in incident_rows.of_case(move.session, case_id=move.case.id):
        incident_rows.settle(move.session, key=incident.key, now=move.now)
    move.write({REASON: reason}, {REASON: "long_text"})
    move.case.status, move.case.closed_at, move.case.stage = "closed", move.now, STAGE
    move.record("case_withdrawn")
    tell_parent(move)
    runner.save(move)


def tell_parent(move: Move) -> None:
    """A dispute that was withdrawn settles nothing: its case goes on with the plan as it is. Of another case the parent
    only hears that it is no longer open."""
    if move.case.parent_id is not None and move.case.process == "disagreement":
        reply = {"outcome": "withdrawn", "elements": []}
        outbox.tell(move, receiver=move.case.parent_id, name="dispute_closed", facts={"reply": reply})
    else:
        outbox.tell_parent(move)
