"""What stands in a sentence: several things, a text that somebody typed, what stands in a file."""

from collections.abc import Iterable, Sequence


def listed(things: Sequence[str], last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"; "" for none."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def short(text: str, limit: int = 80) -> str:
    """A text that somebody drew, cut to a length that fits in a sentence, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def code(text: str) -> str:
    """What is typed in a file as it stands there, set apart from words: pages show it as code."""
    return f"`{short(text).replace('`', chr(39))}`"


def codes(texts: Iterable[str], last: str = "and") -> str:
    """Several such, one after the other."""
    return listed([code(text) for text in texts], last)
