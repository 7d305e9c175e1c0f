"""A dispute as whoever it is about wants to know it: its stage, what waits for it, how it ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workflows.domain.vocabulary import DISPUTE
from workflows.inbox import Session
from workflows.inbox.dispute_board import blocked_by, furthest
from workflows.store import dispute_board as rows
from workflows.store.models import Case, Json, Step


@dataclass(frozen=True)
class PlainDispute:
    """The key of its stage; the titles of what stays as it was until it ends; once it has ended, the key of how. What
    the reader may not know is empty."""

    stage: str
    blocked: tuple[str, ...]
    outcome: str


def plain(session: Session, *, case: Case, steps: Sequence[Step], may: Collection[str]) -> PlainDispute | None:
    """Of a dispute: one statement. None for any other case. `may`: what the reader may read, keys of MAY_SEE."""
    if case.process != DISPUTE:
        return None
    facts: dict[str, Json] = {key: value for _, key, value in rows.told(session, case_ids=[case.id])}
    ended = facts.get("dispute_outcome")
    return PlainDispute(
        stage=furthest(step.process for step in steps if step.status == "open"),
        blocked=blocked_by(facts) if "positions" in may else (),
        outcome=str(ended.get("outcome") or "") if isinstance(ended, dict) and "decision" in may else "",
    )
