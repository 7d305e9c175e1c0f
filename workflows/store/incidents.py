"""Moves that failed, until they are settled or given up; and what became of each, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from workflows.domain.incidents import kind_of, row_of
from workflows.store.inserts import insert_into
from workflows.store.models import Case, Firing, Incident, IncidentLine, Mail, Message, Person, Trust

_TRIED: dict[str, Any] = {"firing": Firing, "message": Message, "mail": Mail}
"""What time tries again, each with `status` and `at`."""


@dataclass(frozen=True)
class IncidentFilters:
    """What a list is narrowed to. `status` "" is any; `kind` is the beginning of the key; `words` a case reference."""

    status: str = "open"
    kind: str = ""
    words: str = ""


class Found(NamedTuple):
    """An incident with the reference and the release of its case, if it has one."""

    incident: Incident
    reference: str | None
    release_id: int | None


class LineRow(NamedTuple):
    """A line of what became of an incident; `who` is None where nobody acted."""

    at: datetime
    kind: str
    words: str
    who: str | None


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
    written = insert.on_conflict_do_update(index_elements=["key"], set_=again)
    incident_id, times = session.execute(written.returning(Incident.id, Incident.times)).one()
    note_failure(session, incident_id=incident_id, sentence=sentence, now=now)
    return int(times)


def note_failure(session: Session, *, incident_id: int, sentence: str, now: datetime) -> None:
    """Write a line for a failure. Of the same failure in a row the first and the newest stay: the incident counts."""
    before = session.execute(
        select(IncidentLine.id, IncidentLine.kind, IncidentLine.words)
        .where(IncidentLine.incident_id == incident_id)
        .order_by(IncidentLine.id.desc())
        .limit(2)
    ).all()
    if len(before) == 2 and all((line.kind, line.words) == ("failed", sentence) for line in before):
        session.execute(update(IncidentLine).where(IncidentLine.id == before[0].id).values(at=now))
    else:
        add_line(session, incident_id=incident_id, kind="failed", now=now, words=sentence)


def add_line(
    session: Session, *, incident_id: int, kind: str, now: datetime, who_id: int | None = None, words: str = ""
) -> None:
    """Add a line to what became of an incident: failed, retried, settled or given_up."""
    session.add(IncidentLine(incident_id=incident_id, at=now, kind=kind, who_id=who_id, words=words))
    session.flush()


def count_open(session: Session, *, trust_id: int | None = None) -> int:
    """How many have yet to be settled in a trust, or in all."""
    wanted = select(func.count()).select_from(Incident).where(Incident.status == "open")
    # Trust by trust even for all of them: the index begins with the trust.
    whose = Incident.trust_id == trust_id if trust_id else Incident.trust_id.in_(select(Trust.id))
    return session.scalars(wanted.where(whose)).one()


def of_case(session: Session, *, case_id: int) -> list[Incident]:
    """The case's incidents, settled ones too."""
    return list(session.scalars(select(Incident).where(Incident.case_id == case_id).order_by(Incident.id)))


def settle(session: Session, *, key: str, now: datetime) -> bool:
    """The move has gone through after all; says whether there was an incident to settle."""
    settled = update(Incident).where(Incident.key == key, Incident.status == "open").values(status="settled")
    incident_id = session.scalars(settled.returning(Incident.id)).one_or_none()
    if incident_id is None:
        return False
    add_line(session, incident_id=incident_id, kind="settled", now=now)
    return True


def of_trust(session: Session, *, trust_id: int, filters: IncidentFilters, limit: int, offset: int) -> list[Found]:
    """The trust's incidents: open ones longest standing first, others the newest first."""
    order = (
        [Incident.first_at, Incident.id] if filters.status == "open" else [Incident.last_at.desc(), Incident.id.desc()]
    )
    wanted = (
        select(Incident, Case.reference, Case.release_id)
        .outerjoin(Case, Case.id == Incident.case_id)
        .where(*_narrowed(trust_id, filters))
        .order_by(*order)
        .limit(limit)
        .offset(offset)
    )
    return [Found(row.Incident, row.reference, row.release_id) for row in session.execute(wanted)]


def count(session: Session, *, trust_id: int, filters: IncidentFilters) -> int:
    """How many the list has on all its pages."""
    wanted = select(func.count()).select_from(Incident).outerjoin(Case, Case.id == Incident.case_id)
    return session.scalars(wanted.where(*_narrowed(trust_id, filters))).one()


def find(session: Session, *, trust_id: int, incident_id: int) -> Found | None:
    """An incident of the trust."""
    wanted = (
        select(Incident, Case.reference, Case.release_id)
        .outerjoin(Case, Case.id == Incident.case_id)
        .where(Incident.id == incident_id, Incident.trust_id == trust_id)
    )
    row = session.execute(wanted, execution_options={"populate_existing": True}).one_or_none()
    return Found(row.Incident, row.reference, row.release_id) if row else None


def lines(session: Session, *, incident_id: int, limit: int) -> list[LineRow]:
    """What became of an incident, the newest first."""
    wanted = (
        select(IncidentLine.at, IncidentLine.kind, IncidentLine.words, Person.name)
        .outerjoin(Person, Person.id == IncidentLine.who_id)
        .where(IncidentLine.incident_id == incident_id)
        .order_by(IncidentLine.id.desc())
        .limit(limit)
    )
    return [LineRow._make(row) for row in session.execute(wanted)]


def next_tries(session: Session, *, keys: Sequence[str]) -> dict[str, datetime]:
    """When time tries each of these again, by key; what it does not try again is left out."""
    found: dict[str, datetime] = {}
    for kind, model in _TRIED.items():
        wanted = [row_of(key) for key in keys if kind_of(key) == kind]
        if wanted:
            rows = session.execute(select(model.id, model.at).where(model.id.in_(wanted), model.status == "waiting"))
            found.update({f"{kind}:{row.id}": row.at for row in rows})
    return found


def try_later(session: Session, *, key: str, until: datetime) -> None:
    """Time tries what has failed again then."""
    model = _TRIED[kind_of(key)]
    session.execute(
        update(model)
        .where(model.id == row_of(key), model.status == "waiting")
        .values(at=until, attempts=model.attempts + 1)
    )


def try_at_once(session: Session, *, key: str, now: datetime) -> bool:
    """Have time try it again now; says whether it still waits for that."""
    model, row_id = _TRIED.get(kind_of(key)), row_of(key)
    if model is None or row_id is None:
        return False
    waits = model.status.in_(["waiting", "given_up"]) if model is Mail else model.status == "waiting"
    hastened = update(model).where(model.id == row_id, waits).values(status="waiting", at=now)
    return session.scalars(hastened.returning(model.id)).one_or_none() is not None


def stop_trying(session: Session, *, key: str) -> None:
    """Time does not try it again."""
    model, row_id = _TRIED.get(kind_of(key)), row_of(key)
    if model is not None and row_id is not None:
        ended = "void" if model is Firing else "given_up"
        session.execute(update(model).where(model.id == row_id, model.status == "waiting").values(status=ended))


def close(session: Session, *, incident_id: int) -> bool:
    """Give the incident up; says whether it was open."""
    closed = update(Incident).where(Incident.id == incident_id, Incident.status == "open").values(status="given_up")
    return session.scalars(closed.returning(Incident.id)).one_or_none() is not None


def _narrowed(trust_id: int, filters: IncidentFilters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [Incident.trust_id == trust_id]
    if filters.status:
        wanted.append(Incident.status == filters.status)
    if filters.kind:
        wanted.append(Incident.key.startswith(f"{filters.kind}:"))
    if filters.words:
        wanted.append(
            or_(
                Case.reference.icontains(filters.words, autoescape=True),
                Case.title.icontains(filters.words, autoescape=True),
            )
        )
    return wanted
