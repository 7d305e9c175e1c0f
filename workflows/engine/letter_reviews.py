"""Tables of letters about pay progression and about the standards of job planning."""

from workflows.domain.letters import Table
from workflows.domain.pay_progression import CRITERIA, EXCUSED, RESULTS, judged
from workflows.engine.moves import Move

BY_PLAN = "The plan in force holds an additional programmed activity."


def criteria(move: Move) -> Table:
    """The seven criteria as they were reported, each with what shows it."""
    found = judged(move.known, extra_pa_held=bool(move.known["extra_pa_held"]))
    rows = tuple((title, RESULTS[found[key]], _shown(move, key, found[key])) for key, title in CRITERIA.items())
    return Table(("Criterion", "Result", "What shows it"), rows)


def _shown(move: Move, key: str, result: str) -> str:
    known = move.known
    if key == "extra_pa" and known["extra_pa_held"]:
        return BY_PLAN
    if result == EXCUSED:
        return f"{known['objectives_reasons']}\n{known['objectives_effort']}"
    return known[f"evidence_{key}"] or "–"


def failed_criteria(move: Move) -> Table:
    """The criteria that the Medical Director found unmet, each with the evidence that the doctor is given."""
    rows = tuple((CRITERIA[row["criterion"]], row["evidence"]) for row in move.known["failed"] or [])
    return Table(("Criterion that was not met", "What shows it"), rows)


def standards(move: Move) -> Table:
    """How the doctor stands with job planning, as Accord found it."""
    rows = tuple((row["standard"], row["found"]) for row in move.known["standards_kept"] or [])
    return Table(("Standard", "What was found"), rows)
