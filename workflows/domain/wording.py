"""Several things in a sentence."""

from collections.abc import Sequence


def listed(things: Sequence[str], last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"; "" for none."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"
