"""The directorate's check: for each section that is sent back, the reason (CPFT 7.6.5)."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.base import Boxes, Part
from webapp.forms.errors import Problem, complain, summary
from webapp.forms.fields import LongText
from webapp.forms.rows import Typed
from webapp.forms.step import Extra
from workflows.domain.plan import SECTIONS, section_title
from workflows.inbox.panels import Panel


class Returns(Extra):
    """It supplies `return_reasons`: sentences by section."""

    template = "steps/crafted/returns.html"

    def __init__(self, panel: Panel, typed: Typed) -> None:  # noqa: ARG002 - the check begins with empty boxes
        boxes: Boxes = {
            section: LongText(f"Why do you return “{section_title(section)}”? (optional)", render_kw={"rows": 2})
            for section in SECTIONS
        }
        self.form = Part(boxes, prefix="return")
        self.form.process(typed)

    def valid(self) -> bool:
        return self.form.validate()

    def values(self) -> dict[str, Any]:
        return {"return_reasons": {section: box.data for section, box in self.form._fields.items() if box.data}}

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
        return summary(self.form)
