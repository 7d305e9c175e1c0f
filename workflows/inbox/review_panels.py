"""What the screens of reviews and of pay progression show beside their questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from workflows.domain.calendars import civil_day
from workflows.domain.pay_progression import CRITERIA, NOT_MET
from workflows.domain.plan import Plan
from workflows.inbox.said import Said, Surroundings, just_written, told, visible
from workflows.store import plans as plan_rows
from workflows.store import step_pages


@dataclass(frozen=True)
class PayPanel:
    """What was reported and recommended. `reported` is the evidence by criterion of those that were reported unmet."""

    just_said: tuple[Said, ...] = ()
    said: tuple[Said, ...] = ()
    reported: Mapping[str, str] = field(default_factory=dict)
    draft: None = None
    """Whoever decides on pay has no draft of a plan before them."""


@dataclass(frozen=True)
class ReviewPanel:
    """The plan that is looked back at, who may take on an action (id and name), and what has been said so far."""

    before: Plan
    people: tuple[tuple[int, str], ...]
    just_said: tuple[Said, ...] = ()
    said: tuple[Said, ...] = ()


def pay_panel(around: Surroundings) -> PayPanel:
    """What the Medical Director has to judge by."""
    facts = around.facts
    unmet = [key for key in CRITERIA if facts.get(f"criterion_{key}") == NOT_MET]
    reported = {key: str(facts.get(f"evidence_{key}") or "") for key in unmet}
    return PayPanel(told(around, just_written(around)), visible(around), reported)


def review_panel(around: Surroundings) -> ReviewPanel:
    """The plan that was agreed last, whoever is around the case, and what has been said."""
    return replace(looked_back_at(around), just_said=told(around, just_written(around)), said=visible(around))


def looked_back_at(around: Surroundings) -> ReviewPanel:
    """The plan that was agreed last, and whoever is around the case."""
    case, today = around.row.case, civil_day(around.now)
    step_pages.foresee_people_around(around.session, case=case, today=today)
    agreed = plan_rows.agreed_last(around.session, person_id=case.subject_id or 0)
    people = step_pages.people_around(around.session, case=case, today=today)
    return ReviewPanel(
        before=Plan.from_json(agreed.content) if agreed else Plan(),
        people=tuple((person.id, person.name) for person in people),
    )
