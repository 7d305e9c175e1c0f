"""Moves that failed, until they are settled."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.store.inserts import insert_into
from workflows.store.models import Incident


def record(
    session: Session, *, trust_id: int, case_id: int | None, key: str, element: str, sentence: str, now: datetime
) -> int:
    """Record a failure and return how often it has happened: the same key is the same incident, opened anew."""
    insert = insert_into(session, Incident).values(
        trust_id=trust_id,
        case_id=case_id,
        key=key,
        element=element,
        sentence=sentence,
        first_at=now,
        last_at=now,
    )
    again = {"times": Incident.times + 1, "status": "open", "element": element, "sentence": sentence, "last_at": now}
    return session.scalars(
        insert.on_conflict_do_update(index_elements=["key"], set_=again).returning(Incident.times)
    ).one()


def open_of_trust(session: Session, *, trust_id: int) -> list[Incident]:
    """What has yet to be settled, longest standing first."""
    return list(
        session.scalars(
            select(Incident)
            .where(Incident.trust_id == trust_id, Incident.status == "open")
            .order_by(Incident.first_at, Incident.id)
        )
    )


def of_case(session: Session, *, case_id: int) -> list[Incident]:
    """The case's incidents, settled ones too."""
    return list(session.scalars(select(Incident).where(Incident.case_id == case_id).order_by(Incident.id)))


def settle(session: Session, *, key: str) -> bool:
    """The move has gone through after all; says whether there was an incident to settle."""
    settled = update(Incident).where(Incident.key == key, Incident.status == "open").values(status="settled")
    return session.scalars(settled.returning(Incident.id)).one_or_none() is not None
