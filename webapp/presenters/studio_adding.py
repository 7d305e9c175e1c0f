"""What is said where a draft begins a process, or takes one out again."""

from workflows.studio.listing import ListPage
from workflows.studio.pages import DraftPage

BEGIN = (
    "It begins with one step. You add the others in the list or on the canvas afterwards. A case comes to it where"
    " another process goes through it, or starts cases of it: add that there."
)
TAKE_OUT = (
    "The draft has added it; after this it is not in the draft any more. You can undo this. What refers to it is told"
    " among the faults."
)


def begun(title: str) -> str:
    """What is said once a process was begun."""
    return f"“{title}” is begun. Add its other steps here, and what the first one asks."


WHERE_ASKED = (
    "A decision table answers from what a case knows, so it depends on the process in which it is asked. You choose"
    " what it looks at and what it answers, and then write its rules."
)


def processes(page: DraftPage) -> tuple[tuple[str, str], ...]:
    """The processes of a draft, by title."""
    lines = [line for line in page.files if line.kind == "processes" and line.change != "removed"]
    return tuple((line.key, line.title) for line in sorted(lines, key=lambda line: line.title.casefold()))


def table_lead(page: ListPage) -> str:
    """What a new table can look at."""
    return (
        f"It can look at what a case in “{page.line.title}” knows. It begins with one rule, for everything: you write"
        " the others on the next page."
    )


def table_begun(title: str) -> str:
    """What is said once a table was begun."""
    return (
        f"“{title}” is begun. Write its rules here. No step asks it yet: add one to the process, with “Ask a decision"
        " table”."
    )
