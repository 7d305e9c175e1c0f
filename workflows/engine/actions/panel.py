"""Actions that form the panel of an appeal: its third member from the register, and who has yet to declare."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from workflows.domain.panel_register import Member, bodies_of
from workflows.domain.panels import SEATS, refusal
from workflows.domain.roles import Role
from workflows.engine.drawings import Node
from workflows.engine.ledger import as_date, newest
from workflows.engine.moves import Move
from workflows.engine.naming import name, unseat
from workflows.engine.notices import tell
from workflows.store import panel_register as register_rows
from workflows.store import panel_turns, parts_played
from workflows.store import people as people_rows
from workflows.store.panel_register import Called

EXHAUSTED = (
    "Nobody who is left on the panel register can be the third member of this panel. Put somebody on the register whom "
    "the bodies have approved, or enter there who can be called again."
)


def propose_third(move: Move, node: Node) -> None:
    """Propose whoever on the register was called least recently and had no part in this; they are not seated yet.

    third_round: 1 for the first, 2 for the one alternative after an objection (CPFT-7.8.12-a). A member who declines
    brings in the next of the same round.
    """
    chosen = call_next(move)
    if chosen is None:
        tell(
            move,
            move.bench.told([Role.MEDICAL_DIRECTORATE]),
            key=f"{move.case.id}:{move.case.version}:{node.id}",
            kind="register_exhausted",
            subject=f"{move.case.title}: nobody is left on the panel register",
            words=EXHAUSTED,
        )
    objected = any(one.status == "objected" for one in called_here(move))
    move.write(
        {
            "third_member": chosen.person_id if chosen else None,
            "third_round": 2 if objected else 1,
            "third_proposed_date": move.today.isoformat() if chosen else None,
            "third_vacant": chosen is None,
        },
        {
            "third_member": "person",
            "third_round": "number",
            "third_proposed_date": "date",
            "third_vacant": "yes_no",
        },
    )


def call_next(move: Move) -> Member | None:
    """Call the next of the register to this case: two panels that are formed at once never call the same turn twice."""
    session, case = move.session, move.case
    people_rows.lock_trust(session, trust_id=case.trust_id)
    chosen = panel_turns.following(
        session,
        case=case,
        bodies=bodies_of(move.loaded.policy.bodies),
        day=expected_day(move),
        around={*move.bench.parties, *seats(move).values()},
    )
    if chosen is None:
        move.record("register_exhausted")
    else:
        register_rows.allocate(session, member_id=chosen.id, case_id=case.id, status="proposed", now=move.now)
        move.record("third_proposed", whose=chosen.person_id)
    return chosen


def expected_day(move: Move) -> date:
    """When the hearing is expected: the day for which it is booked, else the last on which the panel may meet."""
    limit = newest(move, "panel_meets")
    day = as_date(move.known["hearing_booked_for"]) or (limit.due_on if limit else move.today)
    return max(day, move.today)


def seat_third(move: Move, _node: Node) -> None:
    """Seat the proposed member, unless one of the parties has objected: to the alternative nobody can. Answers are
    those of the last time that anybody gave one, so that in the second round they may still be those of the first."""
    third = move.known["third_member"]
    objected = move.known["third_round"] == 1 and "object" in move.known.by_item("third_answer").values()
    if objected:
        settle_call(move, third, "objected")
        move.record("third_objected", whose=third)
    elif third:
        name(move, seat="third", person_id=third)
    move.write({"third_objected": objected}, {"third_objected": "yes_no"})


def list_panel(move: Move, _node: Node) -> None:
    """Who sits, who has yet to declare, and which seats are empty: whoever cannot sit gives up their seat."""
    unfit = {person for person, answer in declared(move) if answer != "fit"}
    for one in move.bench.seated:
        if one.seat in SEATS and one.sits and (one.person_id in unfit or not one.here):
            vacate(move, seat=one.seat)
    show_panel(move)


def show_panel(move: Move, *, also_fit: Collection[int] = ()) -> None:
    """Write down who sits on the panel. also_fit: those of whom it is known otherwise that they can sit."""
    wanted = panel_seats(move)
    seated = seats(move)
    said = {person for person, answer in declared(move) if answer == "fit"}
    fit = [one for one in seated.values() if one in {*(move.known["declared_fit"] or []), *said, *also_fit}]
    to_declare = [one for one in seated.values() if one not in fit]
    empty = {seat: seat in wanted and seat not in seated for seat in SEATS}
    roles = {str(person): Role.PANEL_CHAIR if seat == "chair" else Role.PANEL_MEMBER for seat, person in seated.items()}
    move.write(
        {
            "panel": list(seated.values()),
            "panel_roles": {person: role.value for person, role in roles.items()},
            "declared_fit": fit,
            "to_declare": to_declare,
            **{f"{seat}_vacant": vacant for seat, vacant in empty.items()},
            "panel_complete": not to_declare and not any(empty.values()),
        },
        {
            **dict.fromkeys(("panel", "declared_fit", "to_declare"), "people"),
            "panel_roles": "mapping",
            **dict.fromkeys(("chair_vacant", "nominee_vacant", "third_vacant", "panel_complete"), "yes_no"),
        },
    )


def panel_seats(move: Move) -> Collection[str]:
    """Which seats a panel has under the trust's policy."""
    return list(move.loaded.policy.values.get("panel_seats", SEATS))


def seats(move: Move) -> dict[str, int]:
    """Who has which seat of the panel now, in the order of the seats."""
    held = {one.seat: one.person_id for one in move.bench.seated if one.sits}
    return {seat: held[seat] for seat in SEATS if seat in held}


def declared(move: Move) -> Iterator[tuple[int, str]]:
    """What those who were asked last have declared. A step that passed on was taken by somebody else."""
    who = move.known.by_item("declared_by")
    for item, answer in move.known.by_item("declared").items():
        yield who.get(item) or int(item), answer


def why_not_mediate(move: Move, person_id: int) -> str:
    """Why somebody cannot mediate in place of another, as a sentence; "" for whoever can (TCS-4-c)."""
    person, left = known(move, person_id)
    return refusal(person, person_id, parties=move.bench.parties, seated=(), parts={}, left=left)


def known(move: Move, person_id: int) -> tuple[str, bool]:
    """Somebody's name, and whether they have left."""
    person = people_rows.by_id(move.session, trust_id=move.case.trust_id, person_id=person_id)
    if person is None or person.erased_at is not None:
        return "", True
    return person.name, person.left_on is not None and person.left_on < move.today


def why_not(move: Move, person_id: int) -> str:
    """Why somebody cannot be given a seat of the panel, as a sentence; "" for whoever can (TCS-4-e)."""
    person, left = known(move, person_id)
    return refusal(
        person,
        person_id,
        parties=move.bench.parties,
        seated={*seats(move).values(), *(one.person_id for one in called_here(move) if one.status == "proposed")},
        parts=parts_played.of_dispute(move.session, case=move.case),
        left=left,
    )


def called_here(move: Move) -> Sequence[Called]:
    """Who of the register was called to this case, and what became of it."""
    return register_rows.called_to(move.session, case_id=move.case.id)


def vacate(move: Move, *, seat: str) -> None:
    """Somebody gives up their seat; a third member who has not sat is not counted as used."""
    person = seats(move).get(seat)
    unseat(move, seat=seat)
    if seat == "third":
        settle_call(move, person, "stood_down")


def settle_call(move: Move, person: int | None, status: str) -> None:
    """What became of calling somebody of the register to this case. Whoever sat has sat."""
    for one in called_here(move):
        if one.person_id == person and one.status != "sat":
            register_rows.allocate(
                move.session, member_id=one.member_id, case_id=move.case.id, status=status, now=move.now
            )


def panel_sat(move: Move, _node: Node | None = None) -> None:
    """The hearing was held: the third member counts as used (CPFT-7.8.11)."""
    settle_call(move, seats(move).get("third"), "sat")
