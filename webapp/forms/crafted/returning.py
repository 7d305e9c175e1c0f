"""The directorate's check: it starts from what the rules find, and says why a section is sent back (CPFT 7.6.5)."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.base import Boxes, Part
from webapp.forms.errors import Problem, complain, summary
from webapp.forms.fields import LongText, Several
from webapp.forms.rows import Typed
from webapp.forms.step import Extra
from webapp.presenters.plan_findings import name_of, to_return
from workflows.domain.plan import SECTIONS, Finding, section_title
from workflows.inbox.panels import Panel, PlanPanel


class Returns(Extra):
    """It supplies `return_reasons`: sentences by section. Those of the findings that are ticked come with what was
    typed for their section."""

    template = "steps/crafted/returns.html"

    def __init__(self, panel: Panel, typed: Typed) -> None:
        self.findings: tuple[Finding, ...] = panel.findings if isinstance(panel, PlanPanel) else ()
        self.found = Part({group.key: _ticks(group) for group in to_return(self.findings)}, prefix="return-for")
        self.found.process(typed)
        boxes: Boxes = {
            section: LongText(f"Why do you return “{section_title(section)}”? (optional)", render_kw={"rows": 2})
            for section in SECTIONS
        }
        self.form = Part(boxes, prefix="return")
        self.form.process(typed)

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:  # noqa: ARG003 - whatever was typed
        """What may be ticked stands in the panel."""
        return True

    def valid(self) -> bool:
        return self.found.validate() and self.form.validate()

    def values(self) -> dict[str, Any]:
        ticked = {name for box in self.found for name in box.data or ()}
        reasons = {section: [box.data] for section, box in self.form._fields.items() if box.data}
        for each in self.findings:
            if name_of(each) in ticked:
                clauses = f" ({', '.join(each.clauses)})" if each.clauses else ""
                reasons.setdefault(each.section, []).append(f"{each.sentence}{clauses}")
        return {"return_reasons": {section: " ".join(sentences) for section, sentences in reasons.items()}}

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        placed = set()
        for key, sentence in problems.items():
            if not key.startswith("return_reasons"):
                continue
            section = key.removeprefix("return_reasons.")
            box = self.form[section if section in self.form else "period"]
            complain(box, sentence)
            placed.add(key)
        return placed

    def problems(self) -> list[Problem]:
        return [*summary(self.found), *summary(self.form)]


def _ticks(group: Any) -> Any:
    return Several(f"{group.title}. Return the plan for:", offered=[(one.key, one.whole) for one in group.found])
