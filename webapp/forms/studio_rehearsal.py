"""What a rehearsal asks: which process, and which version a page was made from."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask import session as cookie

from webapp.forms.rows import Typed
from workflows.domain.fields import Field
from workflows.rehearsal.beginnings import Beginning

FLASHES = "_flashes"
"""Where Flask keeps what the next page is to say."""


def process(offered: Sequence[Beginning]) -> tuple[Field, ...]:
    """Which process; one that another calls is come to by way of that one."""
    options = tuple((one.process, _words(one)) for one in offered)
    return (Field("process", "choice", "Which process do you want to rehearse?", options=options, required=True),)


def _words(one: Beginning) -> str:
    return one.title if one.begins == one.process else f"{one.title} (begins with “{one.begins_title}”)"


def sent() -> Typed:
    """What was posted; None when the page is only looked at."""
    return request.form if request.method == "POST" else None


def flashed() -> list[Any]:
    """What a page inside the rehearsal would have had the next one say: it is said by the rehearsal's own."""
    return [said for _, said in cookie.pop(FLASHES, [])]
