"""The work that a diagram may ask for by name. Nothing else of ours can be reached from a diagram."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workflows.engine import letters
from workflows.engine.actions import disputes, lists, panel, plans, telling
from workflows.engine.drawings import Node
from workflows.engine.moves import Move

ACTIONS: Mapping[str, Callable[[Move, Node], None]] = MappingProxyType(
    {
        "apply_reply": plans.apply_reply,
        "count_upheld": disputes.count_upheld,
        "distribute": telling.distribute,
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
        "send_letter": letters.only_its_letter,
        "start_cases": telling.start_cases,
    }
)
