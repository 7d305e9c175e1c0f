"""What the screens of an agreement on extra programmed activities check besides their drawn fields."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from workflows import plans
from workflows.cases.filled import Check, Crafted, Filled, refuse_unknown
from workflows.domain.calendars import civil_day, in_full
from workflows.domain.errors import BadValues
from workflows.domain.extra_pa import (
    Wanted,
    check_begins_later,
    check_change,
    check_request,
    ends_after_notice,
    limits,
    over_full_time,
    undecided,
)
from workflows.domain.roles import Role
from workflows.domain.vocabulary_extra_pas import CHANGE
from workflows.engine.actions.extra_pa import LONG_NOTICE, NOTICE, REMOVAL, agreement, reckoned
from workflows.engine.ledger import as_date
from workflows.engine.moves import Move
from workflows.store import extra_pa as extra_rows
from workflows.store.models import Json


def request(filled: Filled) -> Crafted:
    """A request: by whom it is, from when the notice would let it begin, and whether the week is then over full time.

    Clauses: CPFT-7.2.2-c, BTH-3.4.15-II-a and -b, BTH-App3.1-c, BTH-App3.2-b, BTH-App3.3-b.
    """
    refuse_unknown(filled.extra)
    move, answers = filled.move, filled.answers
    by_doctor = (move.by.on_behalf_of_id or move.by.person_id) == move.case.subject_id
    first = first_day(move, outside=bool(answers.get("extra_outside_work")))
    weekly = answers.get("extra_basis") == "regular"
    pas = exact(answers.get("extra_pas" if weekly else "extra_pas_yearly"))
    wanted = Wanted(
        kind=str(answers.get("extra_kind")),
        basis=str(answers.get("extra_basis")),
        pas=pas,
        purpose=str(answers.get("extra_purpose") or ""),
        starts=as_date(answers.get("extra_from")),
        ends=as_date(answers.get("extra_until")),
        meeting=as_date(answers.get("extra_next_meeting")),
        by_doctor=by_doctor,
        first_day=first,
        shorter=str(answers.get("shorter_notice_reason") or ""),
    )
    check_request(wanted, limits(move.loaded.policy.values), today=move.today)
    facts: dict[str, Json] = {
        "extra_asked_by": (Role.PRACTITIONER if by_doctor else Role.CLINICAL_MANAGER).value,
        "apa_notice_date": move.today.isoformat(),
        "extra_first_day": first.isoformat(),
        "extra_over_full_time": answers.get("extra_kind") == "additional"
        and too_much(move, wanted.starts or move.today, pas if weekly else None),
    }
    types = {"apa_notice_date": "date", "extra_first_day": "date", "extra_over_full_time": "yes_no"}
    return Crafted(facts, types)


def first_day(move: Move, *, outside: bool) -> date:
    """The first day on which something that the trust asks for today may begin: longer notice for a doctor with
    commitments outside (BTH-3.4.15-II-b)."""
    return reckoned(move, LONG_NOTICE if outside else NOTICE, move.today).due_on


def too_much(move: Move, on: date, weekly: Fraction | None) -> bool:
    """Whether the doctor's week would be longer than full time with so many PAs more. Without a contract on record
    there is nothing to compare with."""
    contracted = plans.contracted(move)
    if contracted is None or weekly is None:
        return False
    running = extra_rows.agreed(move.session, person_id=move.case.subject_id or 0, on=on)
    others = [one.pas for one in running if one.basis == "regular"]
    return over_full_time(contracted, others, weekly, limits(move.loaded.policy.values).full_time_pas)


def exact(number: Json) -> Fraction | None:
    """A number that was typed, as an exact fraction."""
    return None if number is None else Fraction(str(number))


def decision(filled: Filled) -> Crafted:
    """Agreed for the trust while it can still be accepted before its first day."""
    refuse_unknown(filled.extra)
    starts = as_date(filled.move.known["extra_from"])
    if filled.answers.get("extra_decision") == "agree" and starts:
        check_begins_later(starts, today=filled.move.today, key="extra_decision")
    return Crafted()


def contract(filled: Filled) -> Crafted:
    """The letter is issued with a first and a last day, or not at all (CPFT-App1-a)."""
    refuse_unknown(filled.extra)
    if not (filled.move.known["extra_from"] and filled.move.known["extra_until"]):
        raise BadValues({"extra_address": "The agreement has no first or no last day, so its letter cannot go out."})
    return Crafted()


def answer(filled: Filled) -> Crafted:
    """The doctor's own answer. One that begins sooner than the notice allows is accepted by both sides on record, or
    not at all (BTH-3.4.15-II-a, BTH-App3.1-a)."""
    refuse_unknown(filled.extra)
    move = filled.move
    if filled.answers.get("extra_accepted") != "accept":
        return Crafted()
    signed, issued = as_date(filled.answers.get("extra_accepted_on")), civil_day(agreement(move).offered_at)
    if signed and signed < issued:
        words = f"The agreement was only offered on {in_full(issued)}. Is the date right?"
        raise BadValues({"extra_accepted_on": words})
    if not is_early(move):
        return Crafted()
    if not filled.answers.get("shorter_notice_agreed"):
        words = "It begins sooner than the notice that you are entitled to. Say that you agree to that, or decline."
        raise BadValues({"shorter_notice_agreed": words})
    return Crafted()


def is_early(move: Move) -> bool:
    """Whether what the trust asked for begins before its notice is over."""
    starts, first = (as_date(move.known[key]) for key in ("extra_from", "extra_first_day"))
    asked = move.known["extra_asked_by"] == Role.CLINICAL_MANAGER
    return bool(asked and starts and first and starts < first)


def review(filled: Filled) -> Crafted:
    """Keep, reduce or end (BTH-3.4.15-I). Anything but keeping is notice, and refused where it would come to nothing
    because the agreement is over before."""
    refuse_unknown(filled.extra)
    change = str(filled.answers.get("review_decision"))
    pas, reason = filled.answers.get("review_pas"), filled.answers.get("review_reason")
    check_notice(filled.move, change, exact(pas), keys=("review_decision", "review_pas"))
    facts = {"notice_change": change, "notice_pas": pas if change == "reduce" else None, "notice_reason": reason}
    return Crafted(facts, dict(CHANGE))


def check_notice(move: Move, change: str, pas: Fraction | None, *, keys: tuple[str, str]) -> None:
    """Notice that changes something before the agreement ends by itself. `keys` are those of the answers that say what
    changes, and to how many. Raises BadValues."""
    if change == "keep":
        return
    row, first = agreement(move), reckoned(move, REMOVAL, move.today).due_on
    check_change(change, pas, Fraction(row.pas), key=keys[1])
    if ends_after_notice(row.ends_on, first) == row.ends_on:
        until, since = in_full(row.ends_on), in_full(first)
        words = f"It ends by itself on {until}, before such notice would count, on {since}. Nothing has to be done."
        raise BadValues({keys[0]: words})


def check_decided(move: Move) -> None:
    """A yearly review is not closed before it was decided on every agreement whether it is kept, reduced or ended
    (BTH-3.4.15-I). Raises BadValues."""
    if move.case.subject_id is None or move.known["kind"] != "annual":
        return
    found = extra_rows.to_review(move.session, person_id=move.case.subject_id, on=move.today)
    if open_ones := undecided(found, since=civil_day(move.case.opened_at)):
        title = move.loaded.policy.title(Role.CLINICAL_MANAGER)
        words = (
            f"First the {title} decides whether {', '.join(open_ones)} is kept, reduced or ended: the review is open."
        )
        raise BadValues({"check_answer": words})


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "extra_request": request,
        "extra_decision": decision,
        "extra_contract": contract,
        "extra_answer": answer,
        "extra_review": review,
    }
)
