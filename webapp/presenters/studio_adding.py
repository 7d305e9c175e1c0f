"""What is said where a draft begins a process, or takes one out again."""

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
