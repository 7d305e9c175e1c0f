"""What the facts are called that Accord writes by itself; those that a step asks for are called as they are asked.

fact_words("plan_before")    "Number of the plan before"
in_words("premium_pas")      "Premium PAs"
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "pa": "PA",
        "pas": "PAs",
        "spa": "SPA",
        "dcc": "DCC",
        "nhs": "NHS",
        "sas": "SAS",
        "epa": "EPA",
        "hr": "HR",
        "amd": "AMD",
    }
)
KEY = re.compile(r"[a-z]+(_[a-z0-9]+)+")
OF_EVERY_CASE: Mapping[str, str] = MappingProxyType(
    {
        "year": "Planning year",
        "kind": "Kind of case",
        "subject": "Doctor whom the case is about",
        "team": "Team",
        "care_group": "Care group",
    }
)
OF_PLANS: Mapping[str, str] = MappingProxyType(
    {
        "previous_timetable_issue_date": "Day on which the previous timetable was issued",
        "team_plans_due": "Day by which team plans are due",
        "individual_plans_due": "Day by which individual plans are due",
        "first_individual_meeting_date": "Day of the first individual meeting",
        "last_review_date": "Day of the last review",
        "teams": "Teams of the care group",
        "combined_sessions": "Teams that meet together",
        "members": "Doctors of the team",
        "objectors": "Who objects to the team plan",
        "attendance": "Who took part",
        "requirements": "What the team plan asks for",
        "service_needs": "What the service needs",
        "teaching_sessions": "Teaching sessions",
        "disputes_upheld": "Number of disputes that changed the team plan",
        "team_plan": "Team plan that applies",
        "team_plan_number": "Number of the team plan",
        "team_session_date": "Day of the team session",
        "employment_start_date": "Day on which the doctor started work",
        "change_reason": "What has changed",
        "change_scope": "What the change alters",
        "significant_change_date": "Day of the significant change",
        "supporters": "Who supports the manager in medical matters",
        "plan_version": "Draft of the job plan",
        "plan_before": "Number of the plan before",
        "plan_number": "Number of the plan in force",
        "in_force_from": "Day on which the plan comes into force",
        "distributed_on": "Day on which the plan was distributed",
        "meeting_window": "How the meeting lies to the team session",
        "evidence_gaps": "Lines of the plan without evidence",
        "evidence_wanted_for": "Day of the meeting that evidence is for",
        "signatories": "Who signs",
        "to_sign": "Who has yet to sign",
        "signatory_roles": "Role in which each signs",
        "return_reasons": "Why the plan was sent back",
        "spa_reviewed": "Supporting activities that were reviewed",
        "objective_progress": "Progress on the objectives",
        "review_actions": "Actions agreed at the review",
        "action_words": "Action that was agreed at the review",
        "action_owner": "Who does the agreed action",
        "action_due_on": "Day by which the agreed action is due",
        "standards_kept": "How the doctor stands with job planning",
    }
)
OF_DISPUTES: Mapping[str, str] = MappingProxyType(
    {
        "failure_to_agree_date": "Day on which it was recorded that there is no agreement",
        "would_apply_from": "Day from which the disputed parts would apply",
        "position": "What the doctor says of it",
        "tried_at_review": "What was tried at the review",
        "manager_tried": "What the manager tried",
        "objection": "Objection to the team plan",
        "objections_done": "What was done about the objections",
        "disputed": "Points in dispute",
        "disputed_elements": "Parts in dispute",
        "undisputed_elements": "Parts that are not in dispute",
        "disputed_lines": "Lines in dispute",
        "reply": "Reply of the dispute",
        "reply_outcome": "How the dispute about the plan ended",
        "start_decided_because": "Why it was decided from when the plan applies",
        "parties": "Parties",
        "party_roles": "Role in which each is a party",
        "other_parties": "Other parties",
        "referred_by": "Who referred the dispute",
        "referral_received_date": "Day on which the referral was received",
        "referral_lapsed_date": "Day on which the right to refer lapsed",
        "outcomes": "What came of each point",
        "mediation_held_on": "Day on which the mediation was held",
        "mediation_outcome_date": "Day on which the outcome of mediation was given",
        "appeal_received_date": "Day on which the appeal was received",
        "appeal_lapsed_date": "Day on which the right to appeal lapsed",
        "third_member": "Third member of the panel",
        "third_round": "How many third members were proposed",
        "third_proposed_date": "Day on which the third member was proposed",
        "third_vacant": "The third seat is empty",
        "third_objected": "A party objects to the third member",
        "panel": "Members of the panel",
        "panel_roles": "Role of each member of the panel",
        "panel_seat_of": "Who was named for the panel",
        "panel_complete": "The panel is complete",
        "chair_vacant": "The seat of the chair is empty",
        "nominee_vacant": "The seat of the nominee is empty",
        "declared_by": "Who declared",
        "declared_fit": "Who declared to have had no part in the case",
        "to_declare": "Who has yet to declare",
        "dispute_outcome": "How the dispute ended",
    }
)
OF_EXTRA_PAS: Mapping[str, str] = MappingProxyType(
    {
        "extra_asked_by": "Who asked for the extra activities",
        "extra_first_day": "First day on which the extra activities may begin",
        "extra_over_full_time": "The extra activities are beyond full time",
        "extra_reference": "Number of the agreement on extra activities",
        "apa_notice_date": "Day on which notice of the offer was given",
        "apa_offer_start": "Day on which the offered activities are to begin",
        "apa_start_date": "First day of the agreement on extra activities",
        "apa_end_date": "Last day of the agreement on extra activities",
        "apa_review_from": "Day on which the extra activities began or were reviewed last",
        "apa_removal_notice_date": "Day on which notice of a change or of the end was given",
        "apa_changes_from": "Day from which the extra activities change or end",
        "notice_change": "What the notice changes",
        "notice_pas": "How many PAs the notice leaves",
        "notice_reason": "Reason of the notice",
    }
)
OF_PAY: Mapping[str, str] = MappingProxyType(
    {
        "progression_date": "Day on which pay progression is due",
        "ask_threshold": "A threshold of pay is asked about",
        "years_counted": "Years that count for the threshold",
        "years_missing": "Years without a result",
        "years_not_met": "Years in which the criteria were not met",
        "extra_pa_held": "The plan holds an additional PA",
        "threshold_on": "Day of the next threshold of pay",
        "threshold": "What becomes of the threshold",
        "failed": "Criteria that were not met",
        "pay_meeting_for": "Day of the threshold before which is met",
        "pay_result": "Result of the year",
        "pay_told_on": "Day on which the doctor was told of the decision on pay",
        "pay_reply": "How the dispute over pay ended",
        "deferred_on": "Day on which the threshold was deferred",
    }
)
FACT_WORDS: Mapping[str, str] = MappingProxyType({**OF_EVERY_CASE, **OF_PLANS, **OF_DISPUTES, **OF_EXTRA_PAS, **OF_PAY})
"""By key: what everybody calls it who reads a condition, a list of days, or what is wrong."""


def fact_words(key: str) -> str:
    """What a fact is called; one that nobody has given words, by its key."""
    return FACT_WORDS.get(key) or in_words(key)


def spaced(value: str) -> str:
    """A value that is a key, such as in_year or sas, as words within a sentence; anything else as it stands."""
    if not KEY.fullmatch(value) and value not in ABBREVIATIONS:
        return value
    return " ".join(ABBREVIATIONS.get(part, part) for part in value.split("_"))


def in_words(key: str) -> str:
    """A key for reading: "premium_hours_per_pa" as "Premium hours per PA"."""
    said = " ".join(ABBREVIATIONS.get(part, part) for part in key.replace(".", ", ").split("_"))
    return f"{said[:1].upper()}{said[1:]}"
