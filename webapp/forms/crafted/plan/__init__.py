"""The plan editor: everything that a job plan holds, as one form that works without a script."""

from webapp.forms.crafted.plan.editor import PlanEditor

__all__ = ["PlanEditor"]
