"""The work that a diagram may ask for by name. Nothing else of ours can be reached from a diagram."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workflows.engine.actions import lists, plans, telling
from workflows.engine.drawings import Node
from workflows.engine.moves import Move

ACTIONS: Mapping[str, Callable[[Move, Node], None]] = MappingProxyType(
    {
        "apply_reply": plans.apply_reply,
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
        "put_in_force": plans.put_in_force,
        "start_cases": telling.start_cases,
    }
)
