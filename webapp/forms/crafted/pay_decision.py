"""The criteria of pay progression that were not met: what shows it, each in a box of its own (BTH-3.4.18-f)."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.base import Boxes, Part
from webapp.forms.errors import Problem, complain, summary
from webapp.forms.fields import LongText
from webapp.forms.rows import Typed
from webapp.forms.step import Extra
from workflows.domain.pay_progression import CRITERIA
from workflows.inbox.panels import Panel, PayPanel

KEY = "failed"


class PayDecision(Extra):
    """It supplies rows of criterion and evidence: one for each box with something in it."""

    template = "steps/crafted/pay_decision.html"
    last = True

    def __init__(self, panel: Panel, typed: Typed) -> None:
        reported = panel.reported if isinstance(panel, PayPanel) else {}
        boxes: Boxes = {key: LongText(title, render_kw={"rows": 2}) for key, title in CRITERIA.items()}
        self.form = Part(boxes, prefix=KEY)
        self.form.process(typed if typed and any(name.startswith(f"{KEY}-") for name in typed) else None, data=reported)

    def valid(self) -> bool:
        return self.form.validate()

    def _filled(self) -> list[str]:
        return [key for key in CRITERIA if self.form[key].data]

    def values(self) -> dict[str, Any]:
        return {KEY: [{"criterion": key, "evidence": self.form[key].data} for key in self._filled()]}

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        """Complaints come as "failed.0.evidence", counted over the boxes that were filled, or as "failed" alone."""
        filled, placed = self._filled(), set()
        for key, sentence in problems.items():
            fact, _, rest = key.partition(".")
            number = rest.partition(".")[0]
            if fact == KEY and number.isdecimal() and int(number) < len(filled):
                complain(self.form[filled[int(number)]], sentence)
                placed.add(key)
            elif key == KEY:
                complain(self.form[next(iter(CRITERIA))], sentence)
                placed.add(key)
        return placed

    def problems(self) -> list[Problem]:
        return summary(self.form)
