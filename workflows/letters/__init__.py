"""Verbs on letters that were sent: open one. What sends them is a step of a case."""

from workflows.letters.opening import File, NoSuchLetter, open_letter

__all__ = ["File", "NoSuchLetter", "open_letter"]
