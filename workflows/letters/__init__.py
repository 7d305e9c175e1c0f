"""Verbs on what leaves a case as PDF: open a letter that was sent, have the bundle of a dispute made."""

from workflows.letters.bundle import NoBundle, bind, gather_bundle, note_bundle
from workflows.letters.opening import File, NoSuchLetter, open_letter

__all__ = ["File", "NoBundle", "NoSuchLetter", "bind", "gather_bundle", "note_bundle", "open_letter"]
