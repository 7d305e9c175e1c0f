"""The crafted screens of reviews and of pay progression, filled in as people do."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.cases import reviewing
from tests.cases.stages import accept, prepare, sign, to_signatures
from tests.cases.test_pay_progression import begin, recommend, report
from tests.cases.test_reviews import PLANNED, held, start_plan_of
from tests.cases.walk import Walk
from tests.factories import World
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]


def steps_of(visitor: Visitor) -> list[str]:
    """The addresses of the open steps on the visitor's list."""
    return [link for link in visitor.open("/").links if link.startswith("/steps/")]


def filled_in(day: date, owner: int) -> dict[str, str]:
    """The rows of a review's record, with an action for somebody; everything is dated that day."""
    return {
        "spa_reviewed-0-progress": "Four audits",
        "spa_reviewed-0-shown_by": "appraisal",
        **{f"spa_reviewed-0-shown_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")},
        "spa_reviewed-0-shown_where": "Appraisal summary",
        "objective_progress-0-progress": "Six days",
        "review_actions-0-action": "Find a room",
        "review_actions-0-owner": str(owner),
        **{f"review_actions-0-due_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")},
    }


@pytest.mark.clause("CPFT-7.2.1-j", "BTH-3.4.5.2.1-f", "BTH-3.3.2.4-c")
def test_the_record_of_a_review_asks_of_each_activity_objective_and_action(
    world: World, visit: Visit, walk: Walk
) -> None:
    house = walk.house
    walk.at -= timedelta(days=360)
    signed = to_signatures(walk, plan=PLANNED)
    sign(walk, signed, house.doctor, house.manager)
    accept(walk, signed)
    walk.at += timedelta(days=360)
    own = start_plan_of(walk, "2027/28")
    prepare(walk, own, plan=PLANNED)
    held(walk, own)
    manager = visit(house.manager)
    page = manager.open(steps_of(manager)[0])
    assert page.heading == "Record the review"
    for title in ("Audit and revalidation", "Urgent referrals in five days"):
        assert title in page.text
    page = manager.fill(press="add-review_actions")
    page = manager.fill(**reviewing.HEADINGS, status=422)
    said = " ".join(page.problems)
    for words in (
        "say what came of it in the year",
        "say whether an appraisal or the revalidation shows it",
        "how far",
    ):
        assert words in said
    day = walk.at.date()
    page = manager.change("complete", filled_in(day, house.service_manager.id))
    assert "You have completed “Record the review”" in page.text
    kept = walk.facts(own)
    assert kept["spa_reviewed"][0]["shown_where"] == "Appraisal summary"
    assert kept["review_actions"] == [
        {"action": "Find a room", "owner": house.service_manager.id, "due_on": day.isoformat()}
    ]
    owner = visit(house.service_manager)
    assert "Do what was agreed at the review" in owner.open("/").text
    address = steps_of(owner)[0]
    assert "Find a room" in owner.open(address).text, "the owner reads what was agreed"


@pytest.mark.clause("BTH-3.4.18-f")
def test_what_the_report_says_against_a_criterion_stands_before_the_medical_director(
    world: World, visit: Visit, walk: Walk
) -> None:
    own = begin(walk)
    report(walk, own, criterion_appraisal="not_met", evidence_appraisal="No appraisal since May")
    recommend(walk, own, "not_met")
    director = visit(world.cpft.medical_director)
    page = director.open(steps_of(director)[0])
    assert page.values()["failed-appraisal"] == ["No appraisal since May"]
    page = director.fill(pay_decision="not_met", status=422)
    assert len(page.problems) == 1, "the reasons are missing"
    page = director.change(
        "complete", {"answer-decision_words": "So it is", "failed-appraisal": "", "failed-commitments": ""}, status=422
    )
    assert "Name each criterion that was not met, and what shows it." in page.problems
    director.change("complete", {"failed-commitments": "Three clinics were cancelled"})
    assert walk.facts(own)["failed"] == [{"criterion": "commitments", "evidence": "Three clinics were cancelled"}]
    doctor = visit(world.cpft.doctor)
    assert "Decision on pay progression" in doctor.open(f"/cases/{own}").text
