"""What the screens of a dispute check and do besides writing their drawn fields as facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from workflows.cases import meetings
from workflows.cases.filled import Check, Crafted, Filled, nothing, refuse_unknown
from workflows.domain.calendars import in_full
from workflows.domain.deadlines import reckon
from workflows.domain.disputes import check_outcomes
from workflows.domain.errors import BadValues
from workflows.engine.bank_holidays import england
from workflows.engine.ledger import as_date, newest
from workflows.engine.naming import name
from workflows.store.models import Json

OUTCOMES = frozenset({"outcomes"})


def plain(filled: Filled) -> Crafted:
    """A step that shows the points in dispute and writes its drawn fields. A meeting that it books invites people."""
    refuse_unknown(filled.extra)
    return Crafted(effect=meetings.inviting(filled.answers) or nothing)


def referral(filled: Filled) -> Crafted:
    """A referral; whose side it comes from decides who is asked for the other position (TCS-4-b)."""
    refuse_unknown(filled.extra)
    by = filled.move.by
    return Crafted({"referred_by": by.whose}, {"referred_by": "person"})


def settled(key: str, when: str) -> Check:
    """A record that may say that agreement was reached: then it says of each point what is to stand."""

    def check(filled: Filled) -> Crafted:
        refuse_unknown(filled.extra, OUTCOMES)
        agreed = filled.answers.get(key) == when
        rows = outcomes(filled, needed=agreed)
        if rows and not agreed:
            raise BadValues({key: "You say what is to stand of the points, but not that you agree. Which is it?"})
        return Crafted({"outcomes": rows} if agreed else {}, {"outcomes": "rows"})

    return check


def talk(filled: Filled) -> Crafted:
    """What came of the talk with the AMD. One side alone cannot say that both agree: whoever heard them can, or both by
    a settlement of their own (CPFT-7.8.2)."""
    by = filled.move.by
    if filled.answers.get("talk_result") == "settled" and by.whose in filled.move.bench.parties:
        words = "One side cannot record this for both. Ask whoever you talked with, or settle it on the case’s page."
        raise BadValues({"talk_result": words})
    return settled("talk_result", "settled")(filled)


def outcomes(filled: Filled, *, needed: bool) -> list[dict[str, Json]]:
    """What is to stand of each point. Raises BadValues."""
    return check_outcomes(filled.extra.get("outcomes") or [], filled.move.known["disputed"] or [], needed=needed)


def mediator(filled: Filled) -> Crafted:
    """Who mediates: whoever holds the step, or somebody else by name and with a reason (CPFT-7.8.4-c, TCS-4-c)."""
    refuse_unknown(filled.extra)
    move, by = filled.move, filled.move.by
    themselves = filled.answers.get("mediator_choice") == "self"
    person = by.whose if themselves else filled.answers.get("mediator_named")
    if person in move.bench.parties:
        raise BadValues({"mediator_named": "Nobody mediates in a dispute that is their own. Choose somebody else."})
    because = "" if themselves else str(filled.answers.get("mediator_reason") or "")
    return Crafted(effect=lambda done: name(done, seat="mediator", person_id=int(person or 0), because=because))


def mediation_booking(filled: Filled) -> Crafted:
    """The mediation meeting: one that is later than it should normally be needs its reason (CPFT-7.8.4-a)."""
    refuse_unknown(filled.extra)
    explain_late(filled, booked="mediation_booked_for", reason="mediation_late_reason", deadline="mediation_meeting")
    return Crafted(effect=meetings.inviting(filled.answers) or nothing)


def explain_late(filled: Filled, *, booked: str, reason: str, deadline: str) -> None:
    """A date after the deadline's day goes with a reason. Raises BadValues, which is the warning."""
    day, row = as_date(filled.answers.get(booked)), newest(filled.move, deadline)
    if day and row and day > row.due_on and not filled.answers.get(reason):
        words = f"This is after {in_full(row.due_on)}, by which it should take place. Say why it is later."
        raise BadValues({reason: words})


def mediation(filled: Filled) -> Crafted:
    """The record of the mediation: both sides were there and both were heard (CPFT-7.8.4-b). Where one did not come, it
    says why; then nothing can be agreed, and the time for the meeting still runs."""
    crafted = settled("mediation_result", "agreed")(filled)
    move, present = filled.move, set(filled.answers.get("mediation_present") or [])
    managers = set(move.known["parties"] or []) - {move.case.subject_id}
    not_before(filled, "mediation_meeting_date", as_date(move.known["referral_received_date"]), "the referral came in")
    if move.case.subject_id in present and not present.isdisjoint(managers):
        held = {"mediation_held_on": filled.answers.get("mediation_meeting_date")}
        return replace(crafted, facts={**crafted.facts, **held}, types={**crafted.types, "mediation_held_on": "date"})
    if filled.answers.get("mediation_result") == "agreed":
        words = "The doctor and the manager responsible must both have been there to agree."
        raise BadValues({"mediation_present": words})
    if not filled.answers.get("mediation_absence"):
        words = "The doctor or the manager responsible is not ticked as present. Say who did not come, and why."
        raise BadValues({"mediation_absence": words})
    return crafted


def not_before(filled: Filled, key: str, earliest: date | None, what: str) -> None:
    """A date that cannot lie before something else. Raises BadValues."""
    day = as_date(filled.answers.get(key))
    if day and earliest and day < earliest:
        raise BadValues({key: f"This is before {what}, on {in_full(earliest)}. Is the date right?"})


def decision(filled: Filled) -> Crafted:
    """The decision after mediation, on every point (CPFT-7.8.5-a); the time for an appeal runs from today, when its
    letter goes out (CPFT-7.8.5-b)."""
    refuse_unknown(filled.extra, OUTCOMES)
    facts = {"outcomes": outcomes(filled, needed=True), "mediation_outcome_date": filled.move.today.isoformat()}
    return Crafted(facts, {"outcomes": "rows", "mediation_outcome_date": "date"})


def hearing_booking(filled: Filled) -> Crafted:
    """The hearing: one that is later than it has to be, or longer than a day, needs its reason (CPFT-7.8.8-c,
    TCS-4-j)."""
    refuse_unknown(filled.extra)
    leave_time_for_statements(filled)
    explain_late(filled, booked="hearing_booked_for", reason="hearing_late_reason", deadline="panel_meets")
    most = int(filled.move.loaded.policy.values["hearing_days"])
    if (filled.answers.get("hearing_days") or 0) > most and not filled.answers.get("hearing_days_reason"):
        days = "one day" if most == 1 else f"{most} days"
        words = f"A hearing is expected to take no longer than {days}. Say why this one needs more."
        raise BadValues({"hearing_days_reason": words})
    return Crafted(effect=meetings.inviting(filled.answers) or nothing)


def leave_time_for_statements(filled: Filled) -> None:
    """A hearing so soon that the statements of case would be late before anybody is asked for them (TCS-4-h). Raises
    BadValues."""
    day, rule = as_date(filled.answers.get("hearing_booked_for")), filled.move.loaded.policy.deadlines.get("statements")
    if day and rule:
        due_on = reckon(rule, day, "", england(day.year)).due_on
        if due_on < filled.move.today:
            words = (
                f"Statements of case would have been due on {in_full(due_on)}, which has passed. Choose a later day."
            )
            raise BadValues({"hearing_booked_for": words})


def hearing(filled: Filled) -> Crafted:
    """The record of the hearing: both cases were heard, and nobody spoke as a lawyer (CPFT-7.8.9-a, CPFT-7.8.13)."""
    refuse_unknown(filled.extra)
    answers = filled.answers
    if answers.get("represented_by") not in (None, "alone") and not answers.get("representative_name"):
        raise BadValues({"representative_name": "Say who spoke for the doctor."})
    if answers.get("representative_as_lawyer"):
        words = "Nobody may speak for the doctor as a lawyer. A colleague or a union representative may."
        raise BadValues({"representative_as_lawyer": words})
    booked = as_date(filled.move.known["hearing_resumed_booked_for"] or filled.move.known["hearing_booked_for"])
    not_before(filled, "appeal_hearing_date", booked, "the day for which the hearing was booked")
    return Crafted()


def recommendation(filled: Filled) -> Crafted:
    """The panel's recommendation, on every point; one that is late says why (CPFT-7.8.9-b)."""
    refuse_unknown(filled.extra, OUTCOMES)
    row = newest(filled.move, "recommendation")
    if row and filled.move.today > row.due_on and not filled.answers.get("complexity_reason"):
        words = f"The recommendation was due on {in_full(row.due_on)}. Say what made it take longer."
        raise BadValues({"complexity_reason": words})
    return Crafted({"outcomes": outcomes(filled, needed=True)}, {"outcomes": "rows"})


def board(filled: Filled) -> Crafted:
    """The board's decision: it accepts what the panel recommends, or departs from it with reasons (CPFT-7.8.9-c)."""
    refuse_unknown(filled.extra, OUTCOMES)
    heard = as_date(filled.move.known["appeal_hearing_date"])
    not_before(filled, "board_decided_on", heard, "the hearing of the panel")
    recommended = list(filled.move.known["outcomes"] or [])
    if filled.move.loaded.policy.values["panel_binding"] and filled.answers.get("board_answer") != "accept":
        raise BadValues({"board_answer": "What the panel finds is binding here: the board can only accept it."})
    if filled.answers.get("board_answer") == "accept":
        return Crafted({"outcomes": recommended}, {"outcomes": "rows"})
    rows = outcomes(filled, needed=True)
    if [(one["element"], one["outcome"], one["value"], one["pas"]) for one in rows] == [
        (one["element"], one["outcome"], one["value"], one["pas"]) for one in recommended
    ]:
        raise BadValues({"board_answer": "These are the panel’s outcomes. Accept them, or say what stands instead."})
    return Crafted({"outcomes": rows}, {"outcomes": "rows"})


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "dispute": plain,
        "referral": referral,
        "talk": talk,
        "mediator": mediator,
        "mediation_booking": mediation_booking,
        "mediation": mediation,
        "decision": decision,
        "hearing_booking": hearing_booking,
        "hearing": hearing,
        "recommendation": recommendation,
        "board": board,
    }
)
