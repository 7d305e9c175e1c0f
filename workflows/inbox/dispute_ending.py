"""A dispute that may end before its way is gone: who can withdraw it, and what settlement waits for whose answer."""

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.dispute_story import Point, Ruled, point, ruled
from workflows.inbox.finding import find
from workflows.inbox.reach import is_dispute, reach
from workflows.store import case_roles, disputes, panel_rows
from workflows.store import people as people_rows
from workflows.store.models import Case


class NoOpenDispute(NotFound):
    """Case {reference} is no dispute, or it is over already: there is nothing to settle or withdraw."""


class NotYoursToEnd(NotAllowed):
    """Only the two sides of a dispute can settle it, and only the doctor can withdraw it. Once the doctor has left, the
    {medical_directorate} team can."""


@dataclass(frozen=True)
class Settlement:
    """What one side proposes, point by point, and whose words it is; `own` if it is that of the reader's side."""

    points: tuple[Ruled, ...]
    by: str
    own: bool


@dataclass(frozen=True)
class ToEnd:
    """An open dispute and what the reader can do to end it. `other_side` are names; `decided` tells whether there is a
    decision after mediation, which stands if the dispute is withdrawn. `acts_for` is the party for whom a deputy would
    do it, "" for none."""

    reference: str
    title: str
    points: tuple[Point, ...]
    may_settle: bool
    may_withdraw: bool
    other_side: tuple[str, ...]
    proposed: Settlement | None
    decided: bool
    acts_for: str


@dataclass(frozen=True)
class Offered:
    """The viewer is offered to settle or withdraw the dispute. `proposed_by` is whoever proposes a settlement that
    waits for their answer, "" for nobody."""

    proposed_by: str


def offered(session: Session, *, viewer: Viewer, case: Case, now: datetime) -> Offered | None:
    """What the page of a dispute offers the viewer, to end it; None where it is not theirs to end."""
    if not is_dispute(case) or case.status != "open":
        return None
    party = _party(session, viewer, case)
    if party is None:
        return Offered("") if _ends_for_the_gone(session, viewer, case, now) else None
    by = disputes.proposer(session, case_id=case.id)
    own_side = [case.subject_id] if party == case.subject_id else case_roles.managers(session, case_id=case.id)
    names = people_rows.names(session, person_ids=[by]) if by and by not in own_side else {}
    return Offered(names.get(by or 0, ""))


def to_end(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> ToEnd:
    """The dispute to be ended. Raises NoSuchCase, NotYourCase, NoOpenDispute, NotYoursToEnd."""
    case = find(session, sees=reach(session, viewer=viewer, now=now), reference=reference)
    if not is_dispute(case) or case.status != "open":
        raise NoOpenDispute(reference=reference)
    party = _party(session, viewer, case)
    gone = _ends_for_the_gone(session, viewer, case, now)
    if party is None and not gone:
        raise NotYoursToEnd
    managers = case_roles.managers(session, case_id=case.id)
    doctor = [case.subject_id or 0]
    own = [] if party is None else doctor if party in doctor else managers
    names = people_rows.names(session, person_ids=[*doctor, *managers])
    answers, _ = panel_rows.facts_and_where(session, case_id=case.id)
    facts = panel_rows.newest(answers)
    rows = facts.get("disputed") or []
    known = {row["element"]: row for row in rows}
    by, wanted = facts.get("settlement_proposed_by"), facts.get("settlement_proposed")
    settled = tuple(ruled(row, known.get(row["element"], {})) for row in wanted or ())
    return ToEnd(
        reference=case.reference,
        title=case.title,
        points=tuple(point(row) for row in rows),
        may_settle=party is not None,
        may_withdraw=party in doctor or gone,
        other_side=tuple(names.get(one, "") for one in (managers if party in doctor else doctor)),
        proposed=Settlement(settled, names.get(by or 0, ""), by in own) if settled else None,
        decided=bool(facts.get("mediation_outcome_date")),
        acts_for=names.get(party, "") if party is not None and party != viewer.person_id else "",
    )


def _party(session: Session, viewer: Viewer, case: Case) -> int | None:
    """The party in whose name the viewer speaks: their own first; None if for nobody."""
    sides = {case.subject_id, *case_roles.managers(session, case_id=case.id)}
    return next((person for person in (viewer.person_id, *sorted(viewer.acts_for)) if person in sides), None)


def _ends_for_the_gone(session: Session, viewer: Viewer, case: Case, now: datetime) -> bool:
    """Whether the doctor has left, and the viewer is of the Medical Directorate."""
    if Role.MEDICAL_DIRECTORATE not in viewer.roles:
        return False
    return people_rows.has_left(session, person_id=case.subject_id, on=civil_day(now))
