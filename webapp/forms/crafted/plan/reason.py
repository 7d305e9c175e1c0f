"""Why a kind of activity or a part of the plan stays empty."""

from typing import Any

from webapp.forms.base import Part
from webapp.forms.crafted.cells import Cell
from webapp.forms.fields import Text
from webapp.forms.rows import Typed
from workflows.domain.plan import Plan


def reason_box(key: str, words: str, plan: Plan, typed: Typed) -> Any:
    """The box in which the reason stands, on the form of its own kind or part."""
    form = Part({"reason": Text(words, widget=Cell(size="reason"))}, prefix=key)
    on_the_page = typed is not None and f"{key}-shown" in typed
    form.process(typed if on_the_page else None, data={"reason": plan.not_applicable.get(key)})
    return form
