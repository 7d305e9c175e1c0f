"""What the screens that form the panel of an appeal check and do besides writing their drawn fields as facts."""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.cases.filled import Check, Crafted, Filled, refuse_unknown
from workflows.domain.errors import BadValues
from workflows.domain.particulars import NeedsAName, NotAnAddress, Particulars, TakenAlready
from workflows.engine import newcomers
from workflows.engine.actions.panel import why_not
from workflows.engine.naming import name


def panel_seat(filled: Filled) -> Crafted:
    """The chair, whom the employer names, or the second member, whom the doctor names (CPFT-7.8.10-a, -b).

    Both must have had no part in it before (TCS-4-e). The second may be somebody from outside whom the trust does not
    know yet, and sits as a member and not as the doctor's advocate (TCS-4-g).
    """
    refuse_unknown(filled.extra)
    seat = "chair" if "chair_person" in filled.answers else "nominee"
    person = known_one(filled, seat) if seat == "chair" or is_known(filled) else newcomer(filled)
    return Crafted(
        {"panel_seat_of": person},
        {"panel_seat_of": "person"},
        lambda move: name(move, seat=seat, person_id=person),
    )


def is_known(filled: Filled) -> bool:
    """Whether the doctor names somebody whom the trust knows, not somebody from outside. Raises BadValues."""
    answers = filled.answers
    if answers.get("nominee_not_advocate") != "confirmed":
        words = "They sit as a member of the panel, not to speak for you. Ask them, and confirm it."
        raise BadValues({"nominee_not_advocate": words})
    person, outside = answers.get("nominee_person"), answers.get("nominee_name") or answers.get("nominee_email")
    if person and outside:
        raise BadValues({"nominee_person": "Choose somebody here, or enter somebody from outside below: not both."})
    if not person and not outside:
        raise BadValues({"nominee_person": "Choose somebody here, or enter somebody from outside below."})
    return bool(person)


def known_one(filled: Filled, seat: str) -> int:
    """Somebody whom the trust knows. Raises BadValues that says why they cannot sit."""
    key = f"{seat}_person"
    person = int(filled.answers[key] or 0)
    if problem := why_not(filled.move, person) if person else "Choose somebody.":
        raise BadValues({key: problem})
    return person


def newcomer(filled: Filled) -> int:
    """Somebody from outside, who is entered without a post. Raises BadValues."""
    move, answers = filled.move, filled.answers
    said = Particulars(str(answers.get("nominee_name") or ""), str(answers.get("nominee_email") or ""))
    if not answers.get("nominee_organisation"):
        raise BadValues({"nominee_organisation": "Say where they work, or who put them forward."})
    try:
        return newcomers.add(
            move.session, trust_id=move.case.trust_id, by_id=move.by.person_id, said=said, now=move.now
        ).id
    except NeedsAName as fault:
        raise BadValues({"nominee_name": fault.sentence}) from None
    except NotAnAddress as fault:
        raise BadValues({"nominee_email": fault.sentence}) from None
    except TakenAlready as fault:
        words = f"{fault.name} has this address and is known here. Choose them above, and leave this empty."
        raise BadValues({"nominee_email": words}) from None


def third_member(filled: Filled) -> Crafted:
    """A party's answer to the member whom the register proposes: one objection brings in one other (CPFT-7.8.12-a)."""
    refuse_unknown(filled.extra)
    if filled.answers.get("third_answer") == "object":
        if filled.move.known["third_round"] != 1:
            words = "One alternative has been named already. A second objection is not possible."
            raise BadValues({"third_answer": words})
        if not filled.answers.get("third_reason"):
            raise BadValues({"third_reason": "Say why you object."})
    return Crafted()


def declaration(filled: Filled) -> Crafted:
    """Whether a member of the panel had any part in it and can sit: nobody declares it for them (TCS-4-e)."""
    refuse_unknown(filled.extra)
    if filled.move.by.on_behalf_of_id:
        raise BadValues({"declared": "Only whoever sits on the panel can say this of themselves."})
    if filled.answers.get("declared") != "fit" and not filled.answers.get("declared_reason"):
        raise BadValues({"declared_reason": "Say what part you had, or why you cannot sit."})
    return Crafted({"declared_by": filled.move.by.person_id}, {"declared_by": "person"})


CHECKS: Mapping[str, Check] = MappingProxyType(
    {"panel_seat": panel_seat, "third_member": third_member, "declaration": declaration}
)
