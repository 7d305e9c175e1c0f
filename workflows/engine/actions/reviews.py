"""Actions of reviews: the standards of job planning, and what was agreed at a review."""

from datetime import date

from workflows.domain.calendars import in_words
from workflows.domain.deadlines import reckon
from workflows.engine import outbox
from workflows.engine.actions.plans import doctor_of
from workflows.engine.bank_holidays import england
from workflows.engine.drawings import Node
from workflows.engine.moves import Move
from workflows.store import plans as plan_rows
from workflows.store import reviews as review_rows


def list_standards(move: Move, _node: Node) -> None:
    """How the doctor stands with job planning today, in words (CPFT-8-a, CPFT-8-b)."""
    doctor = doctor_of(move)
    version = plan_rows.in_force(move.session, person_id=doctor)
    last = review_rows.last_reviews(move.session, trust_id=move.case.trust_id, person_ids=[doctor]).get(doctor)
    rows = [
        ("A signed job plan is in force", _in_force(version.effective_from if version else None, bool(version))),
        ("The job plan was reviewed within the year", _reviewed(move, last)),
        ("The doctor took part in the review meeting", f"Yes, on {in_words(last)}" if last else "None is on record"),
    ]
    kept = [{"standard": standard, "found": found} for standard, found in rows]
    move.write({"standards_kept": kept}, {"standards_kept": "rows"})


def _in_force(since: date | None, there: bool) -> str:
    if not there:
        return "No"
    return f"Yes, since {in_words(since)}" if since else "Yes"


def _reviewed(move: Move, last: date | None) -> str:
    if last is None:
        return "No review is on record"
    due = reckon(move.loaded.policy.deadline("annual_review"), last, "", england(last.year)).due_on
    if move.today > due:
        return f"No: last on {in_words(last)}, the next was due by {in_words(due)}"
    return f"Yes: last on {in_words(last)}, the next is due by {in_words(due)}"


def start_review_actions(move: Move, _node: Node) -> None:
    """Each agreed action becomes a case of its owner's, chased until it is closed (BTH-3.3.2.4-c)."""
    for number, row in enumerate(move.known["review_actions"] or []):
        facts = {
            "kind": "review_action",
            "year": move.case.year,
            "subject": doctor_of(move),
            "team": move.case.team_id,
            "action_words": row["action"],
            "action_owner": row["owner"],
            "action_due_on": row["due_on"],
        }
        outbox.start_case(move, process="review_action", item=str(number), facts=facts)
