"""Verbs on what leaves a case as PDF: open a letter that was sent, have the bundle of a dispute or a job plan made."""

from workflows.letters.bundle import NoBundle, bind, gather_bundle, note_bundle
from workflows.letters.opening import File, NoSuchLetter, open_letter
from workflows.letters.plan_form import gather_plan, set_plan

__all__ = [
    "File", "NoBundle", "NoSuchLetter", "bind", "gather_bundle", "gather_plan", "note_bundle", "open_letter",
    "set_plan",
]  # fmt: skip
