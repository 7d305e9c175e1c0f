"""The directorate's queue in words."""

from datetime import date

from webapp.presenters import dues, words
from workflows.inbox.queues import QueueLine


def why(line: QueueLine) -> str:
    """Why nobody can take a step."""
    if not line.had_by:
        return f"Nobody holds the role of {line.role} for this case"
    are = "holds" if len(line.had_by) == 1 else "hold"
    return f"{words.listed(line.had_by)} {are} no post any more"


def due(line: QueueLine) -> str:
    """The last day."""
    return words.day(line.due_on) if line.due_on else "No date set"


def tag(line: QueueLine, today: date) -> dues.Tag | None:
    """How near it is."""
    return dues.left(line.due_on, today) if line.due_on else None
