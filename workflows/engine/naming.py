"""Naming somebody for one dispute: its mediator, the members of its panel."""

from workflows.engine import newcomers
from workflows.engine.moves import Move
from workflows.store import case_roles


def name(move: Move, *, seat: str, person_id: int, because: str = "") -> None:
    """Give somebody a seat in the case, in place of whoever has it; both are on record. Who has no account gets one."""
    role = case_roles.ROLE_OF_SEAT[seat].value
    before = sitting(move, seat)
    case_roles.seat(
        move.session,
        case_id=move.case.id,
        seat=seat,
        people=[person_id],
        now=move.now,
        by_id=move.by.person_id,
        because=because,
    )
    move.bench.reseat()
    for person in before:
        if person != person_id:
            move.record("role_ended", whose=person, role=role)
    if person_id not in before:
        newcomers.let_in(move, person_id)
        if seat == "third" and not because:  # called by the register, whoever answered last or however time went by
            move.record("role_taken", whose=person_id)
        else:
            move.record("role_given", whose=person_id, role=role)


def sitting(move: Move, seat: str) -> list[int]:
    """Who has a seat of the case now."""
    return [one.person_id for one in move.bench.seated if one.seat == seat and one.sits]


def unseat(move: Move, *, seat: str) -> None:
    """Empty a seat: whoever has it is no longer called upon."""
    role = case_roles.ROLE_OF_SEAT[seat].value
    for person in sitting(move, seat):
        move.record("role_ended", whose=person, role=role)
    case_roles.seat(move.session, case_id=move.case.id, seat=seat, people=[], now=move.now, by_id=move.by.person_id)
    move.bench.reseat()
