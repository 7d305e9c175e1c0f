"""Whose turn it is on the register of panel members, for one appeal."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy.orm import Session

from workflows.domain.panel_register import Member
from workflows.domain.panels import next_third
from workflows.store import panel_register, parts_played
from workflows.store.models import Case


def following(
    session: Session, *, case: Case, bodies: Sequence[str], day: date, around: Collection[int]
) -> Member | None:
    """The next of the register for a hearing on a day; None where nobody is left who can be called to this case.

    bodies: those that approve members. around: the parties, and who sits on the panel. Nobody is called twice to one
    case, and nobody who had a part in it. Eight statements, however long the register is.
    """
    parts = parts_played.of_dispute(session, case=case)
    called = {one.person_id for one in panel_register.called_to(session, case_id=case.id)}
    return next_third(
        panel_register.members(session, trust_id=case.trust_id),
        panel_register.use(session, trust_id=case.trust_id),
        bodies,
        day,
        ruled_out={*around, *parts, *called},
        care_group_id=case.care_group_id,
    )
