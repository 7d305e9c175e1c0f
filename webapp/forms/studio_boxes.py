"""Boxes that the forms of the studio share: a choice that may be none, and what was typed, as a diagram holds it."""

import unicodedata

from flask import request

from webapp.forms.answers import NONE
from webapp.forms.people import Values
from workflows.domain.fields import Field
from workflows.domain.studio import LONGEST_DOCUMENTATION, LONGEST_NAME

Options = tuple[tuple[str, str], ...]
When = tuple[str, tuple[str, ...]]
ALWAYS: When = ("", ())


def version() -> int:
    """The version that the page was made from; -1 for nonsense, which is never current."""
    said = request.form.get("version", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else -1


def text(values: Values, key: str) -> str:
    """What was typed in a box; "" for none."""
    value = values.get(key)
    return "" if value in (None, NONE) else "".join(one for one in str(value) if _holds(one)).strip()


def _holds(character: str) -> bool:
    """Whether a diagram can hold a character. What is invisible and came along with a paste is left out."""
    return character in "\n\r\t" or unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs")


def or_none_now(words: str, options: Options, now: str) -> Options:
    """The options with none before them, and with the value as it is now, so that saving a page changes nothing that
    was not touched."""
    return ((NONE, words), *options, *(() if not now or now in dict(options) else ((now, now),)))


def choice(key: str, label: str, options: Options, hint: str = "") -> Field:
    """A choice that has to be made."""
    return Field(key, "choice", label, hint=hint, required=True, options=options)


def named(key: str, label: str, hint: str = "", when: When = ALWAYS) -> Field:
    """A box for what something in a diagram is called."""
    return Field(key, "text", label, hint=hint, when=when, limit=LONGEST_NAME)


def words(label: str, key: str = "documentation", when: When = ALWAYS) -> Field:
    """A box for what people are told in a step."""
    needed = when == ALWAYS
    hint = "In plain words, as you would say it to them."
    return Field(key, "long_text", label, hint=hint, required=needed, when=when, limit=LONGEST_DOCUMENTATION)
