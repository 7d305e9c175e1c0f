"""The head of a plan: from when until when, whose, under which contract, and where."""

from typing import Any

from webapp.forms.base import Boxes, Part
from webapp.forms.fields import Day, LongText, Select, Text
from webapp.forms.rows import Typed
from workflows.domain.people import CONTRACT_KINDS
from workflows.domain.plan import Plan
from workflows.inbox.panels import PlanPanel

FIRST = ("effective_from", "effective_to", "base", "payroll_number", "contract")
LATER = ("effective_to", "payroll_number", "contract")
"""What a page from before did not ask."""
MARKER = "head-shown"


class Head(Part):
    """What stands around the lines."""

    def __init__(self, plan: Plan, typed: Typed, panel: object) -> None:
        contracts = (("", "As payroll has it"), *CONTRACT_KINDS.items())
        boxes: Boxes = {
            "effective_from": Day(
                "From when does the plan apply? (optional)",
                description="For example, 1 4 2027. Empty: once it comes into force.",
            ),
            "effective_to": Day(
                "Until when? (optional)", description="A plan covers a coming year: the last day of it."
            ),
            "base": Text("Main place of work", render_kw={"width": 20}),
            "payroll_number": Text("Payroll number", render_kw={"width": 10}),
            "contract": Select("Contract", offered=contracts),
            "notes": LongText("Notes (optional)", description="Anything that the lines cannot say."),
        }
        super().__init__(boxes, prefix="plan")
        self.process(_with_later(typed, plan), data={**vars(plan), **_from_payroll(plan, panel)})

    def given(self) -> dict[str, Any]:
        """The head as the plan's JSON has it."""
        days = {key: self[key].data for key in ("effective_from", "effective_to")}
        return {
            **{key: day.isoformat() if day else None for key, day in days.items()},
            **{key: self[key].data or "" for key in ("base", "payroll_number", "contract", "notes")},
        }


def _from_payroll(plan: Plan, panel: object) -> dict[str, str]:
    """What payroll knows already, for a draft that nobody has signed (BTH-App5-a). A case that follows a release from
    before there were terms of contracts keeps to what that release knew: its servers may still read the draft."""
    prefills = isinstance(panel, PlanPanel) and panel.basis is not None and not panel.signatures
    contract = panel.contract if isinstance(panel, PlanPanel) and prefills else None
    if contract is None:
        return {}
    return {
        "payroll_number": plan.payroll_number or contract.payroll_number,
        "contract": plan.contract or (contract.kind if contract.kind in CONTRACT_KINDS else ""),
    }


def _with_later(typed: Typed, plan: Plan) -> Typed:
    """What was typed on a page that did not ask for all of the head, with the rest as it stands in the draft."""
    if typed is None or MARKER in typed:
        return typed
    typed = typed.copy()
    if plan.effective_to:
        for part in Day.WIDTHS:
            typed.setdefault(f"plan-effective_to-{part}", str(getattr(plan.effective_to, part)))
    typed.setdefault("plan-payroll_number", plan.payroll_number)
    typed.setdefault("plan-contract", plan.contract)
    return typed
