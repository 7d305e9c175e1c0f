"""The content of a job plan. Whatever the rest of the product knows of it, it knows through this door."""

from workflows.domain.plan.comparing import Difference, compare
from workflows.domain.plan.content import Plan, Totals, keep_old, missing_sections
from workflows.domain.plan.lines import CATEGORIES, DAYS, SECTIONS, Activity, pas_as_text, section_title

__all__ = [
    "CATEGORIES", "DAYS", "SECTIONS", "Activity", "Difference", "Plan", "Totals", "compare", "keep_old",
    "missing_sections", "pas_as_text", "section_title",
]  # fmt: skip
