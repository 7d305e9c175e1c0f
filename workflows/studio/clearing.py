"""Rehearsals are cleared away by the clock: what nobody uses any more, and what belongs to a closed draft."""

from datetime import datetime, timedelta

from workflows.domain.studio import CLOSED
from workflows.store import Session
from workflows.store import rehearsals as rehearsal_rows

LASTS = timedelta(days=14)
"""After so long without a move a rehearsal is cleared away."""


def clear_rehearsals(session: Session, *, trust_id: int, now: datetime) -> int:
    """Clear away what is over in a trust; how many."""
    over = rehearsal_rows.over(
        session, trust_id=trust_id, before=now - LASTS, closed=frozenset(status.value for status in CLOSED)
    )
    rehearsal_rows.erase(session, rehearsal_ids=over)
    return len(over)
