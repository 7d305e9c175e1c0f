"""How the people of a story look back at a plan."""

from typing import Any

from workflows.domain.plan import Plan
from workflows.domain.reviews import CORE, objectives, supporting
from workflows.seeding.driver import Driver
from workflows.store import plans as plan_rows
from workflows.store.models import Json

SAID: dict[str, Json] = {
    "review_achievement": "Two lists a month were lost while the theatre was refurbished.",
    "review_objectives": "The waiting-time objective was met in the second half of the year.",
    "review_duties": "One more ward round since the spring.",
    "review_workload": "Results are now looked at together on Wednesdays, which takes less time.",
    "review_career": "A course in leadership, and a lighter on-call in two years.",
    "next_objectives": "See every urgent referral within five working days.",
    "next_plan": "One clinic moves to Thursday; progress is looked at in October.",
    "next_resources": "A clinic room on Thursdays, and a specialist nurse for half a day.",
}


def record_review(story: Driver, doctor: str, *, action: str = "", days: int = 60) -> None:
    """The record of a review, where an earlier plan is looked back at; with one action that the doctor takes on."""
    case = story.case_of(doctor)
    if not story.waits("manager", "record_review", case):
        return
    person = story.cast.person(doctor).id
    version = plan_rows.agreed_last(story.session, person_id=person)
    plan = Plan.from_json(version.content) if version else Plan()
    actions = [{"action": action, "owner": person, "due_on": story.day(days)}] if action else []
    story.do("manager", "record_review", case, **SAID, **entries(plan, story.day()), review_actions=actions)


def entries(plan: Plan, day: str) -> dict[str, Any]:
    """What came of each supporting activity and objective of a plan."""
    shown = {"shown_by": "appraisal", "shown_on": day, "shown_where": "Appraisal summary of this year"}
    return {
        "spa_reviewed": [
            {"activity": line.id, "progress": "Done as planned.", **(shown if line.core == CORE else {})}
            for line in supporting(plan)
        ],
        "objective_progress": [
            {"objective": row["id"], "progress": "Met in the second half of the year.", "beyond_control": ""}
            for row in objectives(plan)
        ],
    }
