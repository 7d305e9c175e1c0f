"""Signs that play tricks on whoever reads a text: they hide, turn the direction of writing round, or pile up."""

import re
import unicodedata

_LAYOUT = frozenset("\n\t\r")
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters, as they are counted, that show nothing."""
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}")
"""More marks over one letter than any language writes."""


def plays_tricks(text: str) -> bool:
    """True for texts with such signs. Those that lay a text out in lines are none."""
    if text.isascii() and text.isprintable():
        return False
    hidden = any(one in _BLANKS or unicodedata.category(one) in ("Cc", "Cf", "Co", "Cs") for one in {*text} - _LAYOUT)
    return hidden or _MARKS.search(text) is not None
