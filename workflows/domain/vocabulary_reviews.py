"""What diagrams of reviews, changes and pay progression may name; part of `workflows.domain.vocabulary`."""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.domain.fields import Field
from workflows.domain.vocabulary_types import Action, Facts, Screen

PROCESSES: Mapping[str, str] = MappingProxyType(
    {
        "pay_progression": "Pay progression",
        "standards_statement": "Statement of job planning standards",
        "change_request": "Change of plans",
        "review_action": "Action agreed at a review",
        "resource_report": "Report about a job plan",
    }
)

SCREENS: Mapping[str, Screen] = MappingProxyType(
    {
        "pay_decision": Screen("Decide on pay progression", {"failed": "rows"}),
        "review": Screen(
            "Record the review", {"spa_reviewed": "rows", "objective_progress": "rows", "review_actions": "rows"}
        ),
    }
)
"""Rows of failed: criterion, evidence; of spa_reviewed: activity (id), title, core, progress, shown_by, shown_on; of
objective_progress: objective (id), title, progress, beyond_control; of review_actions: action, owner, due_on."""

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "list_pay_years": Action(
            "Look up the years that a pay threshold rests on, and whether the plan holds an additional PA",
            supplies={
                "years_counted": "list",
                "years_missing": "list",
                "extra_pa_held": "yes_no",
                "threshold_on": "date",
                "pay_meeting_for": "date",
            },
        ),
        "keep_earlier_years": Action("Keep the results of years from before Accord"),
        "keep_pay_result": Action(
            "Keep the year’s result, and what becomes of the threshold",
            supplies={
                "pay_result": "text",
                "threshold": "text",
                "years_not_met": "list",
                "pay_told_on": "date",
            },
        ),
        "start_pay_dispute": Action("Open a dispute over pay progression"),
        "read_pay_reply": Action("Read how the dispute over pay progression ended", supplies={"pay_reply": "text"}),
        "defer_threshold": Action("Defer a threshold of pay", supplies={"deferred_on": "date"}),
        "start_pay_review": Action("Begin to look at the criteria of pay progression"),
        "list_standards": Action(
            "Look up how the doctor stands with job planning", supplies={"standards_kept": "rows"}
        ),
        "start_review_actions": Action("Give each agreed action to its owner"),
    }
)

START_FACTS: Mapping[str, Facts] = MappingProxyType(
    {
        "pay_progression": {
            "subject": "person",
            "team": "team",
            "progression_date": "date",
            "ask_threshold": "yes_no",
        },
        "standards_statement": {"subject": "person", "team": "team"},
        "change_request": {
            "subject": "person",
            "team": "team",
            "change_reason": "long_text",
            "change_scope": "text",
            "significant_change_date": "date",
        },
        "review_action": {
            "subject": "person",
            "team": "team",
            "action_words": "long_text",
            "action_owner": "person",
            "action_due_on": "date",
        },
        "resource_report": {"subject": "person", "team": "team"},
    }
)
"""Besides what every case starts with. progression_date is None in a year without a threshold of pay, and
where ask_threshold lets HR say; significant_change_date where the change is not significant."""

ITEM_FACT: Mapping[str, str] = MappingProxyType(dict.fromkeys(START_FACTS, "subject"))

CHANGE_SCOPES: Mapping[str, str] = MappingProxyType(
    {"individual": "The individual job plan", "team": "The team plan", "both": "Both"}
)
"""What a change may alter: values of the fact `change_scope` (CPFT-7.7.2)."""

GIVEN: tuple[Field, ...] = (
    Field("change_reason", "long_text", "What has changed?"),
    Field("change_scope", "choice", "What does the change alter?", options=tuple(CHANGE_SCOPES.items())),
    Field("action_words", "long_text", "What was agreed at the review?"),
    Field("action_due_on", "date", "By when?"),
    Field("threshold_on", "date", "When does the next threshold of pay fall due?"),
)
"""What a case was started with, as it was asked where that was done: shown before what its own steps ask."""
