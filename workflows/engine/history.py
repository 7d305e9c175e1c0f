"""History writes itself: each move appends its events, chained by hash, in its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.events import event_hash
from workflows.store import Session
from workflows.store import events as event_rows
from workflows.store.models import Case, Json


@dataclass(frozen=True)
class Happening:
    """Something that happened in a move, before it has its number and hash."""

    at: datetime
    kind: str
    who_id: int | None
    on_behalf_of_id: int | None
    clause: str
    details: dict[str, Json]


def append(session: Session, *, case: Case, happenings: Sequence[Happening]) -> None:
    """Append to the case's history and move its head and count on. The case row must already be ours."""
    rows: list[event_rows.NewEvent] = []
    for one in happenings:
        number, previous = case.event_count + 1, case.event_head
        digest = event_hash(
            previous=previous,
            case=case.id,
            number=number,
            at=one.at,
            kind=one.kind,
            who=one.who_id,
            on_behalf=one.on_behalf_of_id,
            clause=one.clause,
            release=case.release_id,
            details=one.details,
        )
        rows.append(
            {
                "case_id": case.id,
                "number": number,
                "at": one.at,
                "kind": one.kind,
                "who_id": one.who_id,
                "on_behalf_of_id": one.on_behalf_of_id,
                "clause": one.clause,
                "release_id": case.release_id,
                "details": one.details,
                "previous": previous,
                "hash": digest,
            }
        )
        case.event_count, case.event_head = number, digest
    event_rows.append_many(session, rows=rows)
