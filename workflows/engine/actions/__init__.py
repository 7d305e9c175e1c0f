"""The work that a diagram may ask for by name. Nothing else of ours can be reached from a diagram."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workflows.engine import letters
from workflows.engine.actions import disputes, extra_pa, lists, panel, pay, plans, reviews, telling
from workflows.engine.drawings import Node
from workflows.engine.moves import Move

ACTIONS: Mapping[str, Callable[[Move, Node], None]] = MappingProxyType(
    {
        "apply_reply": plans.apply_reply,
        "count_upheld": disputes.count_upheld,
        "distribute": telling.distribute,
        "begin_extra": extra_pa.begin_extra,
        "change_extra": extra_pa.change_extra,
        "end_extra": extra_pa.end_extra,
        "note_extra_review": extra_pa.note_extra_review,
        "offer_extra": extra_pa.offer_extra,
        "find_team_plan": plans.find_team_plan,
        "keep_undisputed": plans.keep_undisputed,
        "list_evidence_gaps": plans.list_evidence_gaps,
        "list_members": lists.list_members,
        "list_objectors": lists.list_objectors,
        "list_signatories": lists.list_signatories,
        "list_teams": lists.list_teams,
        "notify": telling.notify,
        "open_plan": plans.open_plan,
        "publish_team_plan": plans.publish_team_plan,
        "open_dispute": disputes.open_dispute,
        "receive_referral": disputes.receive_referral,
        "note_late_referral": disputes.note_late_referral,
        "note_late_appeal": disputes.note_late_appeal,
        "receive_appeal": disputes.receive_appeal,
        "propose_third": panel.propose_third,
        "seat_third": panel.seat_third,
        "list_panel": panel.list_panel,
        "panel_sat": panel.panel_sat,
        "conclude": disputes.conclude,
        "put_in_force": plans.put_in_force,
        "defer_threshold": pay.defer_threshold,
        "keep_earlier_years": pay.keep_earlier_years,
        "keep_pay_result": pay.keep_pay_result,
        "list_pay_years": pay.list_pay_years,
        "list_standards": reviews.list_standards,
        "read_pay_reply": pay.read_pay_reply,
        "start_pay_dispute": pay.start_pay_dispute,
        "start_pay_review": pay.start_pay_review,
        "start_review_actions": reviews.start_review_actions,
        "send_letter": letters.only_its_letter,
        "start_cases": telling.start_cases,
    }
)
