"""Evidence for the lines of a plan that have none yet (BTH 3.3.2.5)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from webapp.forms.base import Boxes, Part
from webapp.forms.errors import Problem, summary
from webapp.forms.fields import LongText
from webapp.forms.rows import Typed
from webapp.forms.step import Extra
from workflows.domain.plan import DAYS, Activity
from workflows.inbox.panels import Panel, PlanPanel


class Evidence(Extra):
    """It supplies `evidence_given`: a text for each line, by the line's id."""

    template = "steps/crafted/evidence.html"

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:  # noqa: ARG003 - whatever was typed
        """The lines stand in the panel."""
        return True

    def __init__(self, panel: Panel, typed: Typed) -> None:
        plan = panel.draft.plan if isinstance(panel, PlanPanel) and panel.draft else None
        self.lines = {_name(line): line for line in (plan.activities if plan else ()) if not line.evidence}
        boxes: Boxes = {name: LongText(_words(line), render_kw={"rows": 2}) for name, line in self.lines.items()}
        self.form = Part(boxes, prefix="evidence")
        self.form.process(typed)

    def valid(self) -> bool:
        return self.form.validate()

    def values(self) -> dict[str, Any]:
        return {
            "evidence_given": {
                line.id: self.form[name].data for name, line in self.lines.items() if self.form[name].data
            }
        }

    def problems(self) -> list[Problem]:
        return summary(self.form)


def _name(line: Activity) -> str:
    """The line's id as a name that is good in any form."""
    return hashlib.sha256(line.id.encode()).hexdigest()[:12]


def _words(line: Activity) -> str:
    hours = f"{line.start} to {line.end}" if line.start else ""
    when = ", ".join(part for part in (DAYS[line.day] if line.day else "", hours) if part)
    return f"{line.title}{f' ({when})' if when else ''}: what shows it, and where is that? (optional)"
