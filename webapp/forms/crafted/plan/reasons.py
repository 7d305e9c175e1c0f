"""Why findings stay as they are: a box for each one that needs a reason."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.base import Part
from webapp.forms.crafted.cells import Cell
from webapp.forms.fields import Text
from webapp.forms.rows import Typed
from workflows.domain.plan import Finding, Plan, Severity

PREFIX = "reasons"
BOX: Any = Text("Reason", widget=Cell(size="reason"))


class Reasons(Part):
    """The boxes, by the lasting name of the finding. What was given before for one that is settled now stays unseen."""

    def __init__(self, plan: Plan, typed: Typed) -> None:
        self.findings: dict[str, Finding] = {}
        posted = {name.removeprefix(f"{PREFIX}-"): None for name in typed or () if name.startswith(f"{PREFIX}-")}
        super().__init__(dict.fromkeys({**plan.reasons, **posted}, BOX), prefix=PREFIX)
        self.process(typed if posted else None, data=dict(plan.reasons))

    def ask(self, findings: tuple[Finding, ...]) -> None:
        """Have a box for each finding that needs a reason."""
        self.findings = {one.stable: one for one in findings if one.severity is Severity.WARNING}
        for key in self.findings:
            if key not in self:
                self[key] = BOX
                self[key].process(None)

    def asked(self) -> list[tuple[Finding, Any]]:
        """The findings that need a reason, each with its box."""
        return [(finding, self[key]) for key, finding in self.findings.items()]

    def hidden(self) -> list[tuple[str, str]]:
        """What was said of findings that are not there now, by the names of their boxes."""
        return [(self[key].name, self[key].data) for key in self._fields if key not in self.findings and self[key].data]

    def given(self) -> Mapping[str, str]:
        """The reasons, by the lasting name of the finding."""
        return {key: box.data for key, box in self._fields.items() if box.data}
