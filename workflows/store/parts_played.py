"""Who had a part in a dispute before its panel was formed: in it, in the case that it came from, and in the doctor's
other cases."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import CompoundSelect, Select, literal, or_, select, union_all
from sqlalchemy.orm import Session

from workflows.domain.panels import Part, weightiest
from workflows.store.models import Case, CaseRole, Fact, PlanVersion, Signature, Step

ABOUT_THE_PLAN = ("individual_planning", "disagreement")
"""The processes whose cases are about a doctor's plan."""
MEETINGS = ("meeting_present", "mediation_present")
"""Facts that list who was there."""
OF_SEAT = {"practitioner": "party", "management": "party", "mediator": "mediated"}
"""What a role in a case makes of somebody; any other is a seat on its panel."""


def of_dispute(session: Session, *, case: Case) -> dict[int, Part]:
    """The weightiest part of everybody who had any, by their ids: two statements, however many cases there are.

    Clause: TCS-4-e (signed, edited, attended or mediated any version).
    """
    return weightiest([*_acted(session, case), *_attended(session, case)])


def _cases(case: Case) -> Select[int]:
    """The dispute, what it came from, and every case about that doctor's plan."""
    about = (Case.subject_id == case.subject_id) & Case.process.in_(ABOUT_THE_PLAN)
    wanted = or_(Case.id.in_([case.id, case.parent_id or case.id]), about)
    return select(Case.id).where(Case.trust_id == case.trust_id, wanted)


def _acted(session: Session, case: Case) -> Iterator[tuple[int, Part]]:
    cases = _cases(case)
    written = or_(PlanVersion.case_id.in_(cases), PlanVersion.person_id == case.subject_id)
    none = literal("")
    done = Step.case_id.in_(cases), Step.status == "done"
    parts: CompoundSelect[Any] = union_all(
        select(Signature.person_id, literal("signed"), none).where(Signature.case_id.in_(cases)),
        select(Signature.on_behalf_of_id, literal("signed"), none).where(Signature.case_id.in_(cases)),
        select(PlanVersion.written_by_id, literal("wrote"), none).where(written),
        select(Step.done_by_id, literal("step"), Step.name).where(*done),
        select(Step.on_behalf_of_id, literal("step"), Step.name).where(*done),
        select(CaseRole.person_id, CaseRole.seat, none).where(CaseRole.case_id.in_(cases)),
    )
    for person, kind, step in session.execute(parts):
        if person is not None:
            yield person, Part(kind if kind in {"signed", "wrote", "step"} else OF_SEAT.get(kind, "panel"), step)


def _attended(session: Session, case: Case) -> Iterator[tuple[int, Part]]:
    wanted = select(Fact.value).where(Fact.case_id.in_(_cases(case)), Fact.key.in_(MEETINGS))
    for people in session.scalars(wanted):
        yield from ((person, Part("attended")) for person in people or ())
