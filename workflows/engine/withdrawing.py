"""Ending a case where it stands: one that was started by mistake, or a dispute that is withdrawn or settled. Nothing of
it is waited for any more, and its parent goes on."""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.domain.vocabulary import DISPUTE
from workflows.engine import ledger, outbox, runner
from workflows.engine.actions import disputes
from workflows.engine.moves import Move
from workflows.engine.projection import end
from workflows.store import incidents as incident_rows
from workflows.store import steps as step_rows
from workflows.store import withdrawals as withdrawal_rows
from workflows.store.models import Json

STAGE = "Withdrawn"
"""Where a withdrawn case is said to be."""
STAGES: Mapping[str, str] = MappingProxyType({"withdrawn": STAGE, "settled": "Settled"})
"""Where a dispute is said to be that ended before its way was gone, by its outcome."""
REASON = "withdrawn_because"
"""The fact that says why."""


def withdraw(move: Move, *, reason: str) -> None:
    """End the case where it stands: its steps and deadlines are cancelled, what it has asked for and nobody has taken
    up is called off, and its parent hears that one case less is open. The diagram's state is kept as it was."""
    stop(move, stage=STAGE)
    move.write({REASON: reason}, {REASON: "long_text"})
    move.record("case_withdrawn")
    if move.case.process == DISPUTE:
        disputes.answer(move, "withdrawn", [])
    outbox.tell_parent(move)
    runner.save(move)


def end_dispute(move: Move, *, outcome: str, rows: list[dict[str, Json]]) -> None:
    """End a dispute before its way is gone; its parent hears what came of it. `outcome` is a key of STAGES; the caller
    saves the move."""
    stop(move, stage=STAGES[outcome])
    disputes.answer(move, outcome, rows)
    move.record("dispute_ended", outcome=outcome)
    outbox.tell_parent(move)


def stop(move: Move, *, stage: str) -> None:
    """Nothing of the case is waited for any more. The diagram's state is kept as it was."""
    end(move, step_rows.open_of_case(move.session, case_id=move.case.id), status="cancelled")
    ledger.cancel_open(move)
    withdrawal_rows.call_off(move.session, case_id=move.case.id, now=move.now)
    for incident in incident_rows.of_case(move.session, case_id=move.case.id):
        incident_rows.settle(move.session, key=incident.key, now=move.now)
    move.case.status, move.case.closed_at, move.case.stage = "closed", move.now, stage
