"""The record of a review, as the clinical manager writes it about the plan that was agreed last."""

from tests.cases.walk import Walk
from workflows.domain.fields import Json
from workflows.domain.plan import Plan
from workflows.store import plans as plan_rows

HEADINGS: dict[str, Json] = {
    "review_achievement": "Two theatre lists were lost",
    "review_objectives": "The audit is done",
    "review_duties": "Lead for audit since May",
    "review_workload": "Fewer clinics on Fridays",
    "review_career": "A fellowship next year",
    "next_objectives": "Halve the waiting list",
    "next_plan": "A clinic more in spring",
    "next_resources": "A second nurse",
}


def looked_back_at(walk: Walk, reference: str) -> Plan:
    """The plan that the review of this case looks back at."""
    with walk.session() as session:
        version = plan_rows.agreed_last(session, person_id=walk.case(reference).subject_id or 0)
        return Plan.from_json(version.content) if version else Plan()


def entries(plan: Plan, day: str) -> dict[str, Json]:
    """What came of each supporting activity and objective of a plan."""
    shown = {"shown_by": "appraisal", "shown_on": day, "shown_where": "Appraisal of June, summary"}
    return {
        "spa_reviewed": [
            {"activity": line.id, "progress": "Done", **(shown if line.core == "core" else {})}
            for line in plan.in_category("spa")
        ],
        "objective_progress": [{"objective": row["id"], "progress": "Half way"} for row in plan.entries("objectives")],
    }


def record(walk: Walk, reference: str, **but: Json) -> None:
    """The review is recorded today; `but` says what is different."""
    filled = {**HEADINGS, **entries(looked_back_at(walk, reference), walk.today), **but}
    walk.do(walk.manager_of(reference), "record_review", reference, **filled)
