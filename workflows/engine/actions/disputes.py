"""Actions of a dispute: who its parties are, what has come in and when, and what it replies in the end."""

from datetime import date

from workflows.domain.disputes import TEAM_PLAN, pay_effective, total_effect
from workflows.domain.roles import Role
from workflows.domain.vocabulary import DISPUTE
from workflows.engine.drawings import Node
from workflows.engine.ledger import as_date
from workflows.engine.moves import Move
from workflows.store import case_roles
from workflows.store import facts as fact_rows
from workflows.store.models import Json

PAY = "pay_progression"
"""The kind of a dispute over pay progression, which is kept apart from any job plan."""
ABOUT_PAY = (PAY, "Pay progression", "As it was decided")
ABOUT_A_TEAM = (TEAM_PLAN, "The team plan", "As the team plan says")
NOTHING_SETTLED = frozenset({"right_lapsed", "late_referral_refused"})
"""Outcomes that leave everything as it was."""


def open_dispute(move: Move, _node: Node) -> None:
    """Freeze the parties: the doctor, and whoever manages them today. A post that passes on later changes neither side.

    What is in dispute is handed down; an objection to a team's plan is one point. A dispute that does not know since
    when there is no agreement counts from today.
    """
    managers = move.bench.holders(Role.CLINICAL_MANAGER)
    sides = {"practitioner": move.bench.holders(Role.PRACTITIONER), "management": managers}
    for seat, people in sides.items():
        case_roles.seat(move.session, case_id=move.case.id, seat=seat, people=people, now=move.now, by_id=None)
    move.bench.reseat()
    move.record("parties_frozen", people=[*sides["practitioner"], *managers])
    roles = {str(person): case_roles.ROLE_OF_SEAT[seat].value for seat, people in sides.items() for person in people}
    move.write(
        {
            "parties": [*sides["practitioner"], *managers],
            "party_roles": roles,
            "disputed": move.known["disputed"] or [objection(move)],
        },
        {"parties": "people", "party_roles": "mapping", "disputed": "rows"},
    )
    if not move.known["failure_to_agree_date"]:
        move.write({"failure_to_agree_date": move.today.isoformat()}, {"failure_to_agree_date": "date"})


def objection(move: Move) -> dict[str, Json]:
    """The one point of a dispute about a team's plan, or about pay progression: the objection, and how it was answered
    (CPFT-7.4-e, BTH-3.4.18-g)."""
    said, answered = move.known["objection"] or "", move.known["objections_done"] or ""
    element, title, current = ABOUT_PAY if move.known["kind"] == PAY else ABOUT_A_TEAM
    return {
        "element": element,
        "title": title,
        "current": current,
        "current_pas": "",
        "practitioner": said,
        "practitioner_pas": "",
        "manager": answered,
        "manager_pas": "",
        "reason": "",
    }


def receive_referral(move: Move, _node: Node) -> None:
    """The referral has reached the Medical Director today; the other side is asked for its position (TCS-4-b)."""
    subject, by = move.case.subject_id, move.known["referred_by"]
    others = move.bench.holders(Role.CLINICAL_MANAGER) if by == subject else [subject]
    move.write(
        {"referral_received_date": move.today.isoformat(), "other_parties": others},
        {"referral_received_date": "date", "other_parties": "people"},
    )


def note_late_referral(move: Move, _node: Node) -> None:
    """The right to refer has lapsed; a late request has a time of its own from today."""
    move.write({"referral_lapsed_date": move.today.isoformat()}, {"referral_lapsed_date": "date"})


def note_late_appeal(move: Move, _node: Node) -> None:
    """The right to appeal has lapsed; a late request has a time of its own from today."""
    move.write({"appeal_lapsed_date": move.today.isoformat()}, {"appeal_lapsed_date": "date"})


def receive_appeal(move: Move, _node: Node) -> None:
    """The appeal has reached the Chief Executive today: the panel has to meet in time (CPFT-7.8.8-c)."""
    move.write({"appeal_received_date": move.today.isoformat()}, {"appeal_received_date": "date"})


def conclude(move: Move, node: Node) -> None:
    """What the dispute replies to the case that waits for it, element by element, and from when pay changes."""
    outcome = node.attributes["outcome"]
    answer(move, outcome, [] if outcome in NOTHING_SETTLED else list(move.known["outcomes"] or []))
    move.record("dispute_concluded", outcome=outcome)


def answer(move: Move, outcome: str, rows: list[dict[str, Json]]) -> None:
    """Keep what the dispute replies, for the case that waits and for whoever reads it."""
    move.write({"dispute_outcome": reply(move, outcome, rows)}, {"dispute_outcome": "mapping"})


def count_upheld(move: Move, _node: Node) -> None:
    """How many disputes that this case started ended with something else than was planned: the plan has to follow."""
    replies = fact_rows.of_children(move.session, parent_id=move.case.id, process=DISPUTE, key="dispute_outcome")
    upheld = [one for one in replies if any(row["outcome"] != "current" for row in one.get("elements", []))]
    move.write({"disputes_upheld": len(upheld)}, {"disputes_upheld": "number"})


def reply(move: Move, outcome: str, rows: list[dict[str, Json]]) -> dict[str, Json]:
    """The reply {"outcome": key, "elements": rows, "met_on": day, "pay_effective_from": day or None,
    "pay_effective_because": words}; days as ISO texts. `met_on` is the day from which signatures are waited for."""
    changes = bool(total_effect(move.known["disputed"] or [], rows))
    referred, due = (as_date(move.known[key]) for key in ("referral_received_date", "would_apply_from"))
    since, because = pay_effective(referred, due) if changes else (None, "")
    return {
        "outcome": outcome,
        "elements": rows,
        "met_on": met_on(move, outcome).isoformat(),
        "pay_effective_from": since.isoformat() if since else None,
        "pay_effective_because": because,
    }


def met_on(move: Move, outcome: str) -> date:
    """From when the time for signing runs: the mediation meeting where it brought agreement (CPFT 7.8.6), else today,
    when the outcome is known."""
    met = as_date(move.known["mediation_meeting_date"]) if outcome == "agreed_at_mediation" else None
    return met or move.today
