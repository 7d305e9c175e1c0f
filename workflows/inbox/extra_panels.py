"""What the screens of an agreement on extra programmed activities show beside their questions."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.deadlines import reckon
from workflows.domain.extra_pa import limits
from workflows.domain.lengths import Length
from workflows.inbox.extra_pa import Agreement, of_case
from workflows.inbox.reach import reach
from workflows.inbox.said import Said, Surroundings, just_written, told, visible
from workflows.store import extra_pa as extra_rows
from workflows.store import posts as post_rows
from workflows.store.extra_pa import AgreedExtra

SCREENS = ("extra_request", "extra_decision", "extra_contract", "extra_answer", "extra_review")
"""The screens of an agreement (workflows.domain.vocabulary_extra_pas.SCREENS)."""
NOTICE, LONG_NOTICE = "extra_pa_notice", "extra_pa_notice_outside_work"
REVIEW = "extra_pa_review"


@dataclass(frozen=True)
class ExtraPanel:
    """What a step has to be judged by. `contracted` are standard PAs a week, None where payroll holds no contract;
    `first_days`: the first day on which something that is asked for today may begin, usual and with commitments
    outside; `early_until`: the first day that the notice allows, where what was asked for begins sooner."""

    doctor: str
    contracted: Fraction | None
    running: tuple[AgreedExtra, ...]
    just_said: tuple[Said, ...]
    said: tuple[Said, ...]
    first_days: tuple[date, date]
    early_until: date | None
    over_full_time: bool
    agreement: Agreement | None
    longest: Length | None
    """How long one lasts at most; None where the policy names no longest time."""
    review_every: Length | None
    """How often the policy has each one decided on anew, and its clause."""
    review_clause: str


def extra_panel(around: Surroundings) -> ExtraPanel:
    """What was asked for and answered so far, beside what the doctor has already."""
    session, case, today = around.session, around.row.case, civil_day(around.now)
    subject = case.subject_id or 0
    contract = post_rows.contract_of(session, person_id=subject, on=today)
    sees = reach(session, viewer=around.viewer, now=around.now)
    policy = around.loaded.policy
    rules = (policy.deadline(key) for key in (NOTICE, LONG_NOTICE))
    review = policy.deadline(REVIEW)
    usual, longer = (reckon(rule, today, "", releases.bank_holidays(today.year)).due_on for rule in rules)
    return ExtraPanel(
        doctor=around.row.subject or "",
        contracted=Fraction(contract.programmed_activities) if contract else None,
        running=tuple(extra_rows.agreed(session, person_id=subject, on=today)),
        just_said=told(around, just_written(around)),
        said=visible(around),
        first_days=(usual, longer),
        early_until=_early(around),
        over_full_time=bool(around.facts.get("extra_over_full_time")),
        agreement=of_case(session, viewer=around.viewer, case=case, sees=sees, now=around.now),
        longest=limits(policy.values).longest,
        review_every=review.length,
        review_clause=review.cited,
    )


def _early(around: Surroundings) -> date | None:
    """The first day that the notice allows, where what the trust asked for begins sooner."""
    facts = around.facts
    starts, first = facts.get("extra_from"), facts.get("extra_first_day")
    early = facts.get("extra_asked_by") == "clinical_manager" and starts and first and starts < first
    return date.fromisoformat(str(first)) if early else None
