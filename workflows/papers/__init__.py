"""What people put into a case beside its steps: documents and comments, and the scanner that looks at files."""

from workflows.papers.comments import add_comment, remove_comment
from workflows.papers.documents import File, add_document, remove_document
from workflows.papers.opening import open_document
from workflows.papers.scanning import Scanner, scanner

__all__ = [
    "File",
    "Scanner",
    "add_comment",
    "add_document",
    "open_document",
    "remove_comment",
    "remove_document",
    "scanner",
]
