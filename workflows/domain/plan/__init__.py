"""The content of a job plan. Whatever the rest of the product knows of it, it knows through this door."""

from workflows.domain.plan.beginning import Agreed, gives_way, successor, waits
from workflows.domain.plan.catalogue import Kind, catalogue
from workflows.domain.plan.comparing import Difference, compare, row_title, shown
from workflows.domain.plan.content import Plan, Totals, keep_old, missing_sections
from workflows.domain.plan.findings import WHOLE, Around, Finding, Severity, findings_of, must_be_mended
from workflows.domain.plan.lines import (
    CATEGORIES,
    DAYS,
    SECTIONS,
    SUPPORT,
    TEACHING,
    Activity,
    Share,
    pas_as_text,
    section_title,
)
from workflows.domain.plan.parts import (
    CORES,
    EXTRAS,
    MORE,
    PARTS,
    PREMIUMS,
    STATEMENTS,
    Part,
    asked_of,
)
from workflows.domain.plan.patterns import in_words as pattern_in_words
from workflows.domain.plan.reading import read_pas

__all__ = [
    "CATEGORIES", "CORES", "DAYS", "EXTRAS", "MORE", "PARTS", "PREMIUMS", "SECTIONS", "STATEMENTS", "SUPPORT",
    "TEACHING", "WHOLE", "Activity", "Agreed", "Around", "Difference", "Finding", "Kind", "Part", "Plan", "Severity",
    "Share", "Totals", "asked_of", "catalogue", "compare", "findings_of", "gives_way", "keep_old", "missing_sections",
    "must_be_mended", "pas_as_text", "pattern_in_words", "read_pas", "row_title", "section_title", "shown", "successor",
    "waits",
]  # fmt: skip
