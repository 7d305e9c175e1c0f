"""What the screens of reviews and of pay progression check besides writing their drawn fields as facts."""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.cases.filled import Check, Crafted, Filled, refuse_unknown
from workflows.domain import pay_progression, reviews
from workflows.engine.actions.plans import agreed_last
from workflows.store import step_pages


def pay_decision(filled: Filled) -> Crafted:
    """The Medical Director's decision: against the doctor only with evidence for each that failed (BTH-3.4.18-f)."""
    refuse_unknown(filled.extra, frozenset({"failed"}))
    rows = pay_progression.check_failed(filled.answers.get("pay_decision"), filled.extra.get("failed") or [])
    return Crafted({"failed": rows}, {"failed": "rows"})


def review(filled: Filled) -> Crafted:
    """The record of a review: every supporting activity and objective of the plan that is looked back at, and what was
    agreed, each with an owner and a day (CPFT-7.2.1-j, BTH-3.4.5.2.2-d, BTH-3.3.2.4-c)."""
    refuse_unknown(filled.extra, frozenset(reviews.ROWS))
    move, case = filled.move, filled.move.case
    step_pages.foresee_people_around(move.session, case=case, today=move.today)
    before = agreed_last(move)
    near = step_pages.people_around(move.session, case=case, today=move.today)
    facts = reviews.check_record(
        filled.extra,
        before=before,
        owners={person.id for person in near},
        today=move.today,
    )
    return Crafted(dict(facts), dict.fromkeys(facts, "rows"))


CHECKS: Mapping[str, Check] = MappingProxyType({"pay_decision": pay_decision, "review": review})
