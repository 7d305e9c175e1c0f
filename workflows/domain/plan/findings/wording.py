"""Words by which a rule recognises what a line is about."""

import re
from collections.abc import Iterable


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words stands in the text, as whole words and in any case."""
    return re.search(rf"\b(?:{'|'.join(map(re.escape, words))})\b", text, re.IGNORECASE) is not None
