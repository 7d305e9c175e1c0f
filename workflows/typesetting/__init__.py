"""Papers as PDF: the only room that knows typst and pypdf. It is given words and bytes, and knows no case."""

from workflows.typesetting.bundling import Cover, Paper, Section, bundle
from workflows.typesetting.setting import Unset, letter, plan

__all__ = ["Cover", "Paper", "Section", "Unset", "bundle", "letter", "plan"]
