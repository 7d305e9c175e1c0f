"""Actions of an agreement on extra programmed activities: offered, accepted, reviewed, given notice of, over."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from workflows.domain.deadlines import Reckoning, reckon
from workflows.domain.errors import Unsound
from workflows.domain.extra_pa import STATES, ends_after_notice, limits
from workflows.domain.fields import number_in_words
from workflows.engine.actions.plans import doctor_of
from workflows.engine.bank_holidays import england
from workflows.engine.drawings import Node
from workflows.engine.ledger import as_date
from workflows.engine.moves import Move
from workflows.store import extra_pa as rows
from workflows.store import people as people_rows
from workflows.store.models import ExtraPa

NOTICE, LONG_NOTICE, REMOVAL = "extra_pa_notice", "extra_pa_notice_outside_work", "extra_pa_removal"
"""The deadlines of the policy that say how much notice is given."""


class NoAgreement(Unsound):
    """The case has no agreement on extra programmed activities yet: an earlier step of the diagram must offer one."""


def reckoned(move: Move, rule: str, since: date) -> Reckoning:
    """A minimum notice of the policy from a day: `due_on` is the first day on which it may take effect."""
    return reckon(move.loaded.policy.deadline(rule), since, "", england(since.year))


def agreement(move: Move) -> ExtraPa:
    """The agreement of the case. Raises NoAgreement."""
    row = rows.of_case(move.session, case_id=move.case.id)
    if row is None:
        raise NoAgreement
    return row


def offer_extra(move: Move, _node: Node) -> None:
    """What was agreed for the trust gets the next number of its letters (CPFT-App1-a), and waits for the doctor."""
    known, case = move.known, move.case
    people_rows.lock_trust(move.session, trust_id=case.trust_id)
    pas = known["extra_pas"] if known["extra_basis"] == "regular" else known["extra_pas_yearly"]
    row = ExtraPa(
        trust_id=case.trust_id,
        case_id=case.id,
        person_id=doctor_of(move),
        team_id=case.team_id,
        reference=f"{limits(move.loaded.policy.values).reference}/{move.today.year}",
        kind=known["extra_kind"],
        basis=known["extra_basis"],
        pas=Decimal(str(pas)),
        starts_on=date.fromisoformat(known["extra_from"]),
        ends_on=date.fromisoformat(known["extra_until"]),
        status="offered",
        offered_at=move.now,
    )
    rows.add(move.session, row=row)
    move.record(
        "extra_pa_offered",
        reference=row.reference,
        starts=row.starts_on.isoformat(),
        ends=row.ends_on.isoformat(),
    )
    move.write(
        {"extra_reference": row.reference, "apa_offer_start": row.starts_on.isoformat()},
        {"extra_reference": "text", "apa_offer_start": "date"},
    )


def begin_extra(move: Move, _node: Node) -> None:
    """The doctor has accepted it: it counts from its first day to its last (CPFT-App1-e, BTH-App3.1-a)."""
    row = agreement(move)
    row.status, row.accepted_on = "agreed", as_date(move.known["extra_accepted_on"]) or move.today
    starts, ends = row.starts_on.isoformat(), row.ends_on.isoformat()
    move.record("extra_pa_agreed", reference=row.reference, starts=starts, ends=ends)
    facts = {"apa_start_date": starts, "apa_end_date": ends, "apa_review_from": starts}
    move.write(facts, dict.fromkeys(facts, "date"))


def note_extra_review(move: Move, _node: Node) -> None:
    """It was decided on today; the year until the next review runs from now (BTH-3.4.15-I)."""
    row = agreement(move)
    row.reviewed_on = move.today
    since = max(move.today, row.starts_on)
    move.write({"apa_review_from": since.isoformat()}, {"apa_review_from": "date"})


def change_extra(move: Move, _node: Node) -> None:
    """Notice was given today, in writing: from when it counts, and until when the agreement lasts with it.

    Clauses: CPFT-App1-d, BTH-3.4.15-II-c.
    """
    row = agreement(move)
    first = reckoned(move, REMOVAL, move.today).due_on
    row.notice_on, pas = move.today, "0"
    facts = {"apa_removal_notice_date": move.today.isoformat(), "apa_changes_from": first.isoformat()}
    if move.known["notice_change"] == "end":
        row.ends_on = ends_after_notice(row.ends_on, first)
        facts["apa_end_date"] = row.ends_on.isoformat()
    else:
        row.next_pas, row.next_from = Decimal(str(move.known["notice_pas"])), first
        pas = number_in_words(Fraction(row.next_pas))
    move.record("extra_pa_notice", reference=row.reference, starts=first.isoformat(), pas=f"{pas} PAs")
    move.write(facts, dict.fromkeys(facts, "date"))


def end_extra(move: Move, _node: Node) -> None:
    """It is over: its last day has passed, or it was never accepted."""
    row = agreement(move)
    declined = move.known["extra_accepted"] == "decline"
    row.status = "ended" if row.status == "agreed" else "declined" if declined else "lapsed"
    move.record("extra_pa_over", reference=row.reference, state=STATES[row.status].lower())
