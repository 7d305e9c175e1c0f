"""Actions of pay progression: the years that a threshold rests on, the result, and a dispute about it."""

from datetime import date

from workflows.domain import pay_progression as rules
from workflows.domain.calendars import ONE_DAY, civil_day
from workflows.domain.people import began
from workflows.domain.plan import Plan
from workflows.domain.vocabulary import DISPUTE
from workflows.engine import outbox
from workflows.engine.actions.plans import doctor_of
from workflows.engine.drawings import Node
from workflows.engine.ledger import as_date
from workflows.engine.moves import Move
from workflows.store import cases as case_rows
from workflows.store import employment, pay_reviews
from workflows.store import plans as plan_rows
from workflows.store.models import Json, PayReview

PROCESS = "pay_progression"
SETTLED: dict[str, str] = {"practitioner": rules.MET, "current": "as_decided", "manager": "as_decided"}
"""What the outcome of a dispute makes of the decision; anything else is for the Medical Director to read."""


def list_pay_years(move: Move, _node: Node) -> None:
    """The years that the threshold rests on, those without a result, and whether the plan in force settles the
    criterion of the offer (BTH-App3.2-e). Under the newer national rule a meeting comes before the threshold."""
    years = years_of(move)
    due = as_date(move.known["threshold_due_on"] or move.known["progression_date"])
    first = due.isoformat() if due and newer_rule(move) else None
    move.write(
        {
            "years_counted": list(years.counted),
            "years_missing": list(years.missing) if due else [],
            "extra_pa_held": holds_extra_pa(move),
            "threshold_on": due.isoformat() if due else None,
            "pay_meeting_for": first,
        },
        {
            "years_counted": "list",
            "years_missing": "list",
            "extra_pa_held": "yes_no",
            "threshold_on": "date",
            "pay_meeting_for": "date",
        },
    )


def newer_rule(move: Move) -> bool:
    """Whether the national rule from April 2025 applies: a meeting before the date, a failure delays by a year."""
    return bool(move.loaded.policy.values.get("pay_progression_from_2025"))


def years_of(move: Move, *, met: bool | None = None) -> rules.Years:
    """How it stands with the years since the last threshold, or since starting, or since the one that is due was
    deferred; `met` is this year's result, if it is known. This year is not missing before it is decided."""
    rows = pay_reviews.of_person(move.session, person_id=doctor_of(move))
    results = {row.year: row.met for row in rows} | {move.case.year: True if met is None else met}
    before = [row for row in rows if row.threshold and row.case_id != move.case.id][-1:]
    deferred = next((row.year for row in before if row.threshold == rules.DEFERRED), "")
    years = (year for year in rules.years_since(since(move), move.case.year) if year > deferred)
    return rules.stand(years, results)


def since(move: Move) -> date:
    """From when the years count: the last threshold, else the start in post, else today."""
    doctor = doctor_of(move)
    contracts = employment.contracts_of(move.session, person_id=doctor)
    known = as_date(move.known["last_threshold_on"])
    last = pay_reviews.last_threshold(move.session, person_id=doctor)
    passed = [day for day in (known, last) if day]
    return max(passed) if passed else began(contracts, move.today) or move.today


def holds_extra_pa(move: Move) -> bool:
    """Whether the plan in force holds at least one additional PA."""
    version = plan_rows.in_force(move.session, person_id=doctor_of(move))
    lines = Plan.from_json(version.content).activities if version else ()
    return sum(line.pas for line in lines if line.extra) >= 1


def keep_earlier_years(move: Move, _node: Node) -> None:
    """Results from before Accord, as HR has found them: for every year without one. Unknown ones stay without."""
    known, last = move.known["earlier_years"], as_date(move.known["last_threshold_on"])
    if last:
        add(
            move,
            rules.year_of(last - ONE_DAY),
            met=True,
            source="recorded",
            threshold=rules.RELEASED,
            threshold_on=last,
        )
    for year in years_of(move).missing if known in (rules.MET, rules.NOT_MET) else ():
        add(move, year, met=known == rules.MET, source="recorded")


def keep_pay_result(move: Move, _node: Node) -> None:
    """The year's result, and the threshold: released only where every year was met (BTH-3.4.18-h), else deferred and
    looked at again (BTH-3.4.18-i). A settled dispute counts instead of the decision."""
    settled = move.known["settled_as"] or move.known["pay_reply"]
    result = settled if settled in (rules.MET, rules.NOT_MET) else move.known["pay_decision"]
    years, due = years_of(move, met=result == rules.MET), as_date(move.known["threshold_on"])
    threshold = years.threshold if due else ""
    failed = {row["criterion"]: rules.NOT_MET for row in move.known["failed"] or [] if result != rules.MET}
    add(
        move,
        move.case.year,
        met=result == rules.MET,
        source="disputed" if settled else "decided",
        threshold=threshold,
        threshold_on=due,
        criteria={**dict.fromkeys(rules.CRITERIA, rules.MET), **failed},
    )
    move.record("pay_progression_decided", year=move.case.year)
    move.write(
        {
            "pay_result": result,
            "threshold": threshold,
            "years_not_met": [*years.not_met, *years.missing],
        },
        {"pay_result": "text", "threshold": "text", "years_not_met": "list"},
    )
    if not settled and (result != rules.MET or threshold == rules.DEFERRED):
        move.write({"pay_told_on": move.today.isoformat()}, {"pay_told_on": "date"})


def defer_threshold(move: Move, _node: Node) -> None:
    """The threshold stays deferred, and is looked at again a year from today (BTH-3.4.18-i)."""
    move.write({"deferred_on": move.today.isoformat()}, {"deferred_on": "date"})


def add(
    move: Move,
    year: str,
    *,
    met: bool,
    source: str,
    threshold: str = "",
    threshold_on: date | None = None,
    criteria: dict[str, Json] | None = None,
) -> None:
    """A line of the doctor's results."""
    pay_reviews.add(
        move.session,
        row=PayReview(
            trust_id=move.case.trust_id,
            person_id=doctor_of(move),
            case_id=move.case.id,
            year=year,
            met=met,
            criteria=criteria or {},
            source=source,
            threshold=threshold,
            threshold_on=threshold_on,
            decided_at=move.now,
            decided_by_id=move.by.person_id,
        ),
    )


def start_pay_dispute(move: Move, _node: Node) -> None:
    """The doctor disputes the decision: mediation and appeal, with the decider that the policy names (TCS-4-d)."""
    facts = {
        **about(move),
        "year": move.case.year,
        "failure_to_agree_date": move.known["pay_told_on"],
        "objection": move.known["pay_objection"],
        "objections_done": move.known["decision_words"],
    }
    outbox.start_case(move, process=DISPUTE, item=str(doctor_of(move)), facts=facts)


def about(move: Move) -> dict[str, Json]:
    """Whom a case about pay progression is about."""
    return {"kind": PROCESS, "subject": doctor_of(move), "team": move.case.team_id}


def read_pay_reply(move: Move, _node: Node) -> None:
    """What the dispute made of the decision: met, as_decided, or other for the Medical Director to carry out."""
    rows = (move.known["reply"] or {}).get("elements") or [{"outcome": "current"}]
    move.write({"pay_reply": SETTLED.get(rows[0]["outcome"], "other")}, {"pay_reply": "text"})


def start_pay_review(move: Move, _node: Node) -> None:
    """Look at the criteria, for the year that runs: after a yearly review, or again because a threshold was deferred.

    After a review, a doctor whose criteria are being looked at, or have been in this year, gets no second case, and HR
    says whether a threshold is due. Under the newer national rule a deferred threshold is due a year later.
    """
    doctor, year = doctor_of(move), rules.year_of(civil_day(move.now))
    again = move.case.process == PROCESS
    done = year in {row.year for row in pay_reviews.of_person(move.session, person_id=doctor)}
    if not again and (done or case_rows.open_about(move.session, subject_id=doctor, process=PROCESS)):
        return
    due = as_date(move.known["threshold_on"]) if again else None
    if due and newer_rule(move):
        due = rules.a_year_later(due)
    facts = {
        **about(move),
        "year": year,
        "progression_date": due.isoformat() if due else None,
        "ask_threshold": not again,
    }
    outbox.start_case(move, process=PROCESS, item=str(doctor), facts=facts)
