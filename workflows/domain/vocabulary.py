"""What a diagram may name: processes, screens, actions, facts, functions and messages, each with its words.

Types of facts are those of `workflows.domain.fields`, and beside them: team, care_group, teams (list of ids), plan (a
version's id), rows (list of mappings), mapping, list (list of texts or ids).
"""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.domain import vocabulary_extra_pas as of_extra_pas
from workflows.domain import vocabulary_reviews as of_reviews
from workflows.domain.vocabulary_types import Action, Facts, Screen

PROCESSES: Mapping[str, str] = MappingProxyType(
    {
        "planning_round": "Planning round",
        "team_planning": "Team planning",
        "individual_planning": "Individual job plan",
        "sign_off": "Sign-off",
        "disagreement": "Disagreement",
        "mediation": "Mediation",
        "appeal_panel": "Appeal panel",
        "additional_pa": "Additional programmed activities",
        "help_request": "Request for help",
        "compliance_issue": "Issue to be dealt with",
        **of_reviews.PROCESSES,
    }
)
"""Keys of diagrams with their titles."""

DISPUTE = "disagreement"
"""The process whose cases have people of their own: parties, a mediator, a panel."""
DISPUTE_STAGES = (DISPUTE, "mediation", "appeal_panel")
"""It and the stages that it calls, in their order."""

PLAN_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "annual": "Annual job plan",
        "interim": "Interim plan of a new starter",
        "in_year": "Review during the year",
    }
)
"""What an individual case may be about: the values of its fact `kind`."""

DISPUTE_KINDS: Mapping[str, str] = MappingProxyType({"pay_progression": "Dispute over pay progression"})
"""What a dispute may be about besides a plan: values of its fact `kind`."""

SCREENS: Mapping[str, Screen] = MappingProxyType(
    {
        "plan": Screen("The job plan"),
        "sign": Screen("Sign the job plan"),
        "directorate_check": Screen("Check the signed job plan", {"return_reasons": "mapping"}),
        "attendance": Screen("Who took part", {"attendance": "rows"}),
        "team_plan": Screen(
            "The team plan", {"requirements": "rows", "service_needs": "rows", "teaching_sessions": "rows"}
        ),
        "team_sessions": Screen("Which teams meet together", {"combined_sessions": "rows"}),
        "evidence": Screen("Evidence for the lines of the job plan"),
        "points": Screen("The points in dispute", {"disputed": "rows"}),
        "pack": Screen("Prepare for the meeting"),
        "meeting": Screen("Record the job plan meeting"),
        "answer": Screen("Say whether you agree to the job plan"),
        "team_answer": Screen("Say what you think of the team plan"),
        "hr_check": Screen("Compare the job plan with the contract"),
        "dispute": Screen("A step of a dispute"),
        "referral": Screen("Refer the dispute", {"referred_by": "person"}),
        "talk": Screen("What came of the talk", {"outcomes": "rows"}),
        "mediator": Screen("Name the mediator"),
        "mediation_booking": Screen("Book the mediation meeting"),
        "mediation": Screen("Record the mediation meeting", {"outcomes": "rows", "mediation_held_on": "date"}),
        "decision": Screen("Decide what stays in dispute", {"outcomes": "rows", "mediation_outcome_date": "date"}),
        "panel_seat": Screen("Name a member of the panel", {"panel_seat_of": "person"}),
        "third_member": Screen("Say whether you object to the third member"),
        "declaration": Screen("Declare your part in the case", {"declared_by": "person"}),
        "hearing_booking": Screen("Book the hearing"),
        "hearing": Screen("Record the hearing"),
        "recommendation": Screen("Recommend to the board", {"outcomes": "rows"}),
        "board": Screen("Record the board’s decision", {"outcomes": "rows"}),
        **of_extra_pas.SCREENS,
        **of_reviews.SCREENS,
    }
)
"""Crafted screens. `plan` supplies nothing: a plan is a version, not a fact.

return_reasons maps a section of the plan to a sentence. Rows of attendance: group, person, present, reason; of
requirements: requirement, trust_objective, lead; of disputed: element, current, practitioner, practitioner_pas,
manager, manager_pas, reason, and once the dispute has opened title and current_pas; of outcomes: element, outcome,
value, pas, reason; of combined_sessions: team, with_team (ids), staff_numbers, interaction; of teaching_sessions:
session, workload, share (in per cent), weighted, funding, adjustment; of service_needs: service, pas a week.
"""

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "start_cases": Action("Start a case for each", ("process", "for_each")),
        "list_members": Action("List the doctors of the team", supplies={"members": "people"}),
        "list_teams": Action("List the teams of the care group", supplies={"teams": "teams"}),
        "find_team_plan": Action(
            "Find the team plan that applies",
            supplies={"team_plan": "number", "team_plan_number": "number", "team_session_date": "date"},
        ),
        "open_plan": Action("Open a draft of the job plan", supplies={"plan_version": "plan", "plan_before": "number"}),
        "list_evidence_gaps": Action(
            "List the lines of the job plan without evidence",
            supplies={"evidence_gaps": "list", "evidence_wanted_for": "date"},
        ),
        "list_objectors": Action("List who objects to the team plan", supplies={"objectors": "people"}),
        "list_signatories": Action(
            "List who must sign, and who has yet to",
            supplies={"signatories": "people", "to_sign": "people", "signatory_roles": "mapping"},
        ),
        "count_upheld": Action(
            "Count the disputes that changed something of the team plan", supplies={"disputes_upheld": "number"}
        ),
        "publish_team_plan": Action(
            "Publish the team plan", supplies={"team_plan_number": "number", "team_plan": "number"}
        ),
        "put_in_force": Action(
            "Put the job plan in force on its day", supplies={"plan_number": "number", "in_force_from": "date"}
        ),
        "distribute": Action("Distribute the job plan", supplies={"distributed_on": "date"}),
        "keep_undisputed": Action(
            "Keep the undisputed parts and hold back the rest",
            supplies={
                "disputed": "rows",
                "disputed_elements": "list",
                "undisputed_elements": "list",
                "disputed_lines": "mapping",
                "would_apply_from": "date",
            },
        ),
        "apply_reply": Action(
            "Apply the outcome of the dispute",
            supplies={
                "reply_outcome": "text",
                "plan_version": "plan",
                "start_decided_because": "text",
            },
        ),
        "open_dispute": Action(
            "Keep who the parties are and what they dispute",
            supplies={"parties": "people", "party_roles": "mapping", "disputed": "rows"},
        ),
        "receive_referral": Action(
            "Receive the referral",
            supplies={"referral_received_date": "date", "other_parties": "people"},
        ),
        "note_late_referral": Action(
            "Note that the right to refer has lapsed", supplies={"referral_lapsed_date": "date"}
        ),
        "note_late_appeal": Action("Note that the right to appeal has lapsed", supplies={"appeal_lapsed_date": "date"}),
        "receive_appeal": Action("Receive the appeal", supplies={"appeal_received_date": "date"}),
        "propose_third": Action(
            "Propose the third member from the register",
            supplies={
                "third_member": "person",
                "third_round": "number",
                "third_proposed_date": "date",
                "third_vacant": "yes_no",
            },
        ),
        "seat_third": Action("Seat the third member unless a party objects", supplies={"third_objected": "yes_no"}),
        "list_panel": Action(
            "List the panel and its empty seats",
            supplies={
                "panel": "people",
                "panel_roles": "mapping",
                "declared_fit": "people",
                "to_declare": "people",
                "chair_vacant": "yes_no",
                "nominee_vacant": "yes_no",
                "third_vacant": "yes_no",
                "panel_complete": "yes_no",
            },
        ),
        "panel_sat": Action("Note that the panel has sat"),
        "conclude": Action("Conclude the dispute", ("outcome",), {"dispute_outcome": "mapping"}),
        **of_extra_pas.ACTIONS,
        "notify": Action("Tell people", ("to",)),
        "send_letter": Action("Send a letter", ("letter",)),
        **of_reviews.ACTIONS,
    }
)
"""Work that the system does by itself. `notify` sends the words of the element's documentation to the roles of `to`."""

EVERY_CASE: Facts = MappingProxyType({"year": "text", "kind": "text"})
"""What every case is started with."""

ANY_CASE: Facts = MappingProxyType({**EVERY_CASE, "subject": "person", "team": "team", "care_group": "care_group"})
"""What a case of a trust's own process is started with, as far as the case that starts it knows them."""

START_FACTS: Mapping[str, Facts] = MappingProxyType(
    {
        "planning_round": {**EVERY_CASE, "care_group": "care_group", "previous_timetable_issue_date": "date"},
        "team_planning": {
            **EVERY_CASE,
            "team": "team",
            "team_plans_due": "date",
            "individual_plans_due": "date",
            "combined_sessions": "rows",
        },
        "individual_planning": {
            **EVERY_CASE,
            "subject": "person",
            "team": "team",
            "employment_start_date": "date",
            "change_reason": "long_text",
            "change_scope": "text",
            "significant_change_date": "date",
            "individual_plans_due": "date",
            "supporters": "people",
        },
        "disagreement": {
            **EVERY_CASE,
            "subject": "person",
            "team": "team",
            "failure_to_agree_date": "date",
            "disputed": "rows",
            "disputed_lines": "mapping",
            "would_apply_from": "date",
            "position": "long_text",
            "tried_at_review": "long_text",
            "manager_tried": "long_text",
            "objection": "long_text",
            "objections_done": "long_text",
        },
        "additional_pa": {**EVERY_CASE, "subject": "person", "team": "team"},
        "help_request": {**EVERY_CASE, "subject": "person"},
        "compliance_issue": {**EVERY_CASE, "care_group": "care_group"},
        **{process: {**EVERY_CASE, **facts} for process, facts in of_reviews.START_FACTS.items()},
    }
)
"""The facts that a case of each process is started with. Those that do not apply are None:
employment_start_date outside interim plans, change_reason outside reviews during the year, team_plans_due and
individual_plans_due where no round has set them, supporters where the clinical manager is medically qualified,
combined_sessions where no AMD has combined any, previous_timetable_issue_date in a trust's first round. Called stages
(sign_off, mediation, appeal_panel) share the facts of their case."""

ITEM_FACT: Mapping[str, str] = MappingProxyType(
    {
        "planning_round": "care_group",
        "team_planning": "team",
        "individual_planning": "subject",
        "disagreement": "subject",
        "additional_pa": "subject",
        "help_request": "subject",
        "compliance_issue": "care_group",
        **of_reviews.ITEM_FACT,
    }
)
"""The start fact that the item becomes when `start_cases` starts a case for each of a list."""

ITEM_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "signatories": "signatory_roles",
        "to_sign": "signatory_roles",
        "parties": "party_roles",
        "other_parties": "party_roles",
        "to_declare": "panel_roles",
    }
)
"""Lists whose people act each in a role of their own, with the fact that says in which: a mapping of item to role."""

HANDED_DOWN: tuple[str, ...] = ("team_plans_due", "individual_plans_due")
"""Facts that go from parent to child even where the child only passes them on."""

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "settled_informally": "settled in a talk",
        "agreed_at_mediation": "agreed at mediation",
        "decision_accepted": "decided after mediation, and accepted",
        "decided_by_board": "decided by the board after an appeal",
        "right_lapsed": "not referred in time: the plan stays as it was",
        "late_referral_refused": "a late referral was not admitted: the plan stays as it was",
        "late_appeal_refused": "a late appeal was not admitted: the decision after mediation stands",
        "appeal_lapsed": "not appealed against: the decision after mediation stands",
        "settled": "settled between the parties",
        "withdrawn": "withdrawn",
    }
)
"""How a dispute may end, in words; `accord:outcome` of the action `conclude` names one of them."""

FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "due": 'the date on which a deadline of this case is due, as in due("sign_off"); None before it has started',
        "days_between": "the number of days from one date to another",
        "len": "how many there are in a list, or characters in a text",
        "min": "the smallest",
        "max": "the largest",
        "abs": "a number without its sign",
        "round": "a number rounded",
        "count": "how often a value stands in a list",
        "str": "a value as text",
        "int": "a value as a whole number",
    }
)
"""Functions that an expression may call, in words."""

MESSAGES: Mapping[str, Facts] = MappingProxyType(
    {
        "cases_closed": {},
        "dispute_closed": {"reply": "mapping"},
        "team_plan_published": {},
        **of_extra_pas.MESSAGES,
    }
)
"""Messages that a case may wait for, with the facts that they bring. cases_closed: all cases that this one started are
closed; dispute_closed: the dispute about this case has ended, and its reply is what `engine.actions.disputes.reply`
makes; team_plan_published: the team's plan was approved."""

MESSAGE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "cases_closed": "every case that was started from here is closed",
        "dispute_closed": "the dispute has ended",
        "team_plan_published": "the team plan was approved",
        **of_extra_pas.MESSAGE_WORDS,
    }
)
"""What each message says."""
