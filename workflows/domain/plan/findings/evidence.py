"""On what the lines of a plan rest."""

from collections.abc import Iterator

from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import Found, Severity, lines, named, rule


@rule("Neither evidence nor an organisational need", Severity.WARNING, "evidence, or the need that it serves")
def evidence_or_need(plan: Plan, _: Around) -> Iterator[Found]:
    """A line rests on evidence or on an organisational need (BTH-3.4.1.6)."""
    for place, line in lines(plan):
        if not line.evidence and not line.need:
            sentence = f"{named(line)}: neither evidence nor an organisational need yet."
            yield Found(f"{place}.evidence", line.id, sentence)


@rule("No evidence yet", Severity.WARNING, "what shows it, and where that can be found")
def evidence(plan: Plan, _: Around) -> Iterator[Found]:
    """Every line shows its evidence (BTH-3.3.2.6)."""
    for place, line in lines(plan):
        if not line.evidence and line.need:
            yield Found(f"{place}.evidence", line.id, f"{named(line)}: no evidence yet.")
