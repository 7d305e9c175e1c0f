"""Replacing the mediator of a dispute, or a member of its panel, who falls ill or leaves: also after the panel sat."""

from datetime import datetime

from workflows.cases import meetings
from workflows.cases.acting import Actor
from workflows.cases.reholding import rehold
from workflows.cases.withdrawing import NoSuchCase
from workflows.domain.errors import BadValues
from workflows.domain.fields import Field, check_values
from workflows.domain.panels import REPLACED_BY, SEATS, NobodyToReplace, NotYoursToReplace
from workflows.domain.roles import Role
from workflows.engine import runner
from workflows.engine.actions import panel
from workflows.engine.moves import NOBODY, Acting, Move, in_the_name_of
from workflows.engine.naming import name, sitting
from workflows.engine.notices import tell
from workflows.store import Session, case_roles
from workflows.store import papers as paper_rows
from workflows.store import people as people_rows
from workflows.store import steps as step_rows
from workflows.store.models import Json

REASON = Field("reason", "long_text", "Why are they replaced?", required=True)


def replace_panel_member(
    session: Session,
    *,
    actor: Actor,
    reference: str,
    seat: str,
    person_id: int | None,
    reason: str,
    can_sit: bool,
    now: datetime,
) -> str:
    """Replace the mediator, or a member of the panel. Returns the name of whoever comes in.

    person_id: None for the third member, who is the next of the register. can_sit: that they have been asked, had no
    part in it and can sit. Both stay on record; open steps of that part pass on, and so do invitations.
    Raises NoSuchCase, NotYoursToReplace, NobodyToReplace, BadValues (seat, person, reason, can_sit).
    """
    case = paper_rows.case_of(session, trust_id=actor.trust_id, reference=reference)
    if case is None:
        raise NoSuchCase
    words = check_values([REASON], {"reason": reason})["reason"]
    move = runner.open_move(session, case=case, now=now, by=NOBODY)
    move.by = acting(move, actor)
    old = seated(move, seat)
    if not can_sit:
        raise BadValues({"can_sit": "Ask them first whether they had any part in this and can come in."})
    new = next_third(move, old) if seat == "third" else checked(move, seat, person_id, old)
    name(move, seat=seat, person_id=new, because=words)
    if seat in SEATS:
        panel.show_panel(move, also_fit=[new])
    tell_them(move, old, new, seat)
    pass_own_steps(move, old, new)
    runner.save(move)
    rehold(session, case_id=case.id, now=now)
    return move.names_of([new])[new]


def acting(move: Move, actor: Actor) -> Acting:
    """In whose name the actor replaces somebody: their own first. Raises NotYoursToReplace."""
    may = move.bench.any_of(REPLACED_BY)
    for by in in_the_name_of(move.session, person_id=actor.person_id, on=move.today):
        if by.whose in may and actor.person_id not in move.bench.parties:
            return by
    raise NotYoursToReplace


def seated(move: Move, seat: str) -> int:
    """Who has that part now. Raises NobodyToReplace: also of a mediator whose part is over, and once it has ended."""
    over = move.case.status != "open" or (seat == "mediator" and move.known["appeal_received_date"])
    held = sitting(move, seat)
    if over or not held or seat not in {*SEATS, "mediator"}:
        raise NobodyToReplace
    return held[0]


def next_third(move: Move, old: int) -> int:
    """The next of the register, as CPFT-7.8.10-c has it. Raises BadValues where nobody is left."""
    sat = any(one.person_id == old and one.status == "sat" for one in panel.called_here(move))
    panel.settle_call(move, old, "stood_down")
    chosen = panel.call_next(move)
    if chosen is None:
        raise BadValues({"seat": panel.EXHAUSTED})
    if sat:
        panel.settle_call(move, chosen.person_id, "sat")
    return chosen.person_id


def checked(move: Move, seat: str, person_id: int | None, old: int) -> int:
    """Somebody who can have that part. Raises BadValues that says why they cannot."""
    if person_id == old:
        raise BadValues({"person": "This is who has this part now. Choose somebody else."})
    if not person_id or not people_rows.of_the_trust(move.session, trust_id=move.case.trust_id, person_ids=[person_id]):
        raise BadValues({"person": "Choose who comes in."})
    problem = panel.why_not(move, person_id) if seat in SEATS else panel.why_not_mediate(move, person_id)
    if problem:
        raise BadValues({"person": problem})
    return person_id


def pass_own_steps(move: Move, old: int, new: int) -> None:
    """Steps that were drawn for the one who goes become those of the one who comes."""
    passing = [step for step in step_rows.open_of_case(move.session, case_id=move.case.id) if step.item == str(old)]
    if passing:
        step_rows.set_holders(move.session, held={step: [new] for step in passing})
    for step in passing:
        step.holder_id = new
        between: dict[str, Json] = {"from": [old], "to": [new]}
        move.record("holder_changed", step=step.id, element=step.element, name=step.name, **between)


def tell_them(move: Move, old: int, new: int, seat: str) -> None:
    """Both sides, whoever comes and whoever goes are told; so are those invited to a meeting that is to come."""
    names = move.names_of([old, new])
    role = Role(case_roles.ROLE_OF_SEAT[seat])
    tell(
        move,
        sorted({*move.bench.parties, old, new}),
        key=f"{move.case.id}:{move.case.version}:replaced",
        kind="replaced",
        subject=f"{move.case.title}: {names[new]} comes in for {names[old]}",
        words=f"{names[new]} is now {move.loaded.policy.title(role)} in place of {names[old]}.",
    )
    for key, roles in meetings.OF_A_DISPUTE.items():
        if role in roles:
            meetings.pass_on(move, key, old=old, new=new)
