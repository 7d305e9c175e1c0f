"""From what a draft starts: the plan agreed last, a template of the trust, nothing, or what was there before."""

import json
import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict

from webapp.forms.rows import Typed
from workflows.domain.errors import BadValues
from workflows.domain.plan import Plan
from workflows.inbox.panels import PlanPanel

BUTTON = "start-"
LAST, EMPTY, NOW, BEFORE = "last", "empty", "now", "before"
TEMPLATE = "template-"
KEPT = "kept-before"
"""The hidden box that holds what stood in the form before another start was chosen, so that it can come back."""


class Start(NamedTuple):
    """A way to start: the button's value, and its words."""

    value: str
    words: str


def starts(panel: object) -> list[Start]:
    """What a draft may start from."""
    if not isinstance(panel, PlanPanel):
        return []
    last = [Start(f"{BUTTON}{LAST}", "The plan agreed last")] if panel.agreed else []
    templates = [Start(f"{BUTTON}{TEMPLATE}{key}", str(one["title"])) for key, one in panel.templates.items()]
    return [*last, *templates, Start(f"{BUTTON}{EMPTY}", "An empty plan")]


def plan_from(button: str, panel: object) -> Plan | None:
    """The plan that a button of `starts` stands for; None for other buttons."""
    chosen = button.removeprefix(BUTTON)
    if not button.startswith(BUTTON) or not isinstance(panel, PlanPanel):
        return None
    if chosen == EMPTY:
        return Plan.from_template()
    if chosen == LAST and panel.agreed:
        return panel.agreed.plan.reopened()
    if chosen == NOW and panel.draft:
        return panel.draft.plan
    template = panel.templates.get(chosen.removeprefix(TEMPLATE))
    return _of_template(template) if template else None


def _of_template(template: Mapping[str, Any]) -> Plan:
    """A template as a plan: its PAs follow from its times. A template of the policy that cannot be read gives none."""
    lines = [
        {**line, "id": secrets.token_hex(6), "by_times": "pas" not in line, "pas": str(line.get("pas", ""))}
        for line in template.get("activities", ())
    ]
    try:
        return Plan.from_json({"activities": lines, "not_applicable": dict(template.get("not_applicable", {}))})
    except BadValues:
        return Plan.from_template()


def keep(typed: Typed) -> str:
    """What stands in the form, as a text for the hidden box."""
    boxes = typed or MultiDict()
    return json.dumps({name: boxes.getlist(name) for name in boxes if name not in {KEPT, "csrf_token", "press"}})


def brought_back(typed: Typed) -> Typed:
    """What stood in the form before another start was chosen; None where that cannot be read."""
    try:
        kept = json.loads(typed.get(KEPT, "") if typed is not None else "")
        boxes: MultiDict[str, str] = MultiDict()
        for name, values in kept.items():
            boxes.setlist(str(name), [str(value) for value in values])
    except (ValueError, AttributeError, TypeError):
        return None
    return boxes
