"""The register of third panel members: who is put on it, changed and taken off, and its regular review."""

from workflows.panel_register.absences import add_absence, declare_conflict, remove_absence, withdraw_conflict
from workflows.panel_register.listing import Entry, add_member, change_member, take_off
from workflows.panel_register.reviewing import record_review, tell_of_review

__all__ = [
    "Entry",
    "add_absence",
    "add_member",
    "change_member",
    "declare_conflict",
    "record_review",
    "remove_absence",
    "take_off",
    "tell_of_review",
    "withdraw_conflict",
]
