"""What diagrams about extra programmed activities may name; `vocabulary` puts it with all the rest."""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.domain.vocabulary_types import Action, Facts, Screen

PROCESS = "additional_pa"
CHANGE: Facts = MappingProxyType({"notice_change": "text", "notice_pas": "number", "notice_reason": "long_text"})
"""What is to change: "keep", "reduce" or "end"; to how many PAs; and why."""

SCREENS: Mapping[str, Screen] = MappingProxyType(
    {
        "extra_request": Screen(
            "Ask for extra programmed activities",
            {
                "extra_asked_by": "text",
                "apa_notice_date": "date",
                "extra_first_day": "date",
                "extra_over_full_time": "yes_no",
            },
        ),
        "extra_decision": Screen("Agree to extra programmed activities or not"),
        "extra_contract": Screen("Issue the agreement on extra programmed activities"),
        "extra_answer": Screen("Accept extra programmed activities or decline them"),
        "extra_review": Screen("Keep, reduce or end extra programmed activities", CHANGE),
    }
)
"""extra_asked_by is the key of a role, extra_first_day the first day on which they may begin by the notice that the
trust has to give."""

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "offer_extra": Action(
            "Give the agreement on extra activities its number",
            supplies={"extra_reference": "text", "apa_offer_start": "date"},
        ),
        "begin_extra": Action(
            "Put the agreement on extra activities on record",
            supplies={"apa_start_date": "date", "apa_end_date": "date", "apa_review_from": "date"},
        ),
        "note_extra_review": Action(
            "Note that the extra activities were reviewed", supplies={"apa_review_from": "date"}
        ),
        "change_extra": Action(
            "Work out from when the notice counts",
            supplies={"apa_removal_notice_date": "date", "apa_changes_from": "date", "apa_end_date": "date"},
        ),
        "end_extra": Action("Close the agreement on extra activities"),
    }
)

MESSAGES: Mapping[str, Facts] = MappingProxyType({"job_plan_review": {}, "need_ended": {}, "notice_given": CHANGE})
"""job_plan_review: the yearly review of the doctor's plan has begun; need_ended: the extra activities are needed no
longer; notice_given: a side wants to reduce or end them."""

MESSAGE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "job_plan_review": "the yearly review of the job plan has begun",
        "need_ended": "the need for the extra activities has ended",
        "notice_given": "notice was given",
    }
)
