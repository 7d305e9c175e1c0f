"""Words by which a rule recognises what a line is about."""

import re
from collections.abc import Iterable
from functools import cache


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words stands in the text, as whole words and in any case."""
    return _any_of(tuple(words)).search(text) is not None


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
