"""What a rehearsal asks: which process, what its case is about, and which version a page was made from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import request
from flask import session as cookie

from webapp.forms.rows import Typed
from webapp.forms.start import LABELS
from workflows.domain.fields import Field
from workflows.inbox.starting import years
from workflows.rehearsal.beginnings import ABOUT, SORTS, SUBJECTS, Beginning

ASKED: Mapping[str, Field] = {**LABELS, "kind": Field("kind", "choice", "What is it about?", required=True)}
FOR_A_KIND: Mapping[str, tuple[str, ...]] = {
    "employment_start_date": ("interim",),
    "change_reason": ("in_year",),
    "change_significant": ("in_year",),
    "failure_to_agree_date": ("pay_progression",),
    "objection": ("pay_progression",),
}
"""Questions of one kind of case, where there are several."""
FLASHES = "_flashes"
"""Where Flask keeps what the next page is to say."""


def process(offered: Sequence[Beginning]) -> tuple[Field, ...]:
    """Which process; one that another calls is come to by way of that one."""
    options = tuple((one.process, _words(one)) for one in offered)
    return (Field("process", "choice", "Which process do you want to rehearse?", options=options, required=True),)


def about(begins: str, today: date) -> tuple[Field, ...]:
    """What the case is about: as it is asked when a case is started, with what the invented trust offers."""
    sorts = SORTS.get(begins, {})
    offered = {
        "kind": tuple(sorts.items()),
        "subject": tuple(SUBJECTS.items()),
        "year": tuple((year, year) for year in years(today)),
    }
    asked = [replace(ASKED[key], options=offered.get(key, ())) for key in ABOUT.get(begins, ())]
    return tuple(_only_for(field, FOR_A_KIND.get(field.key, ())) if sorts else field for field in asked)


def _only_for(field: Field, kinds: tuple[str, ...]) -> Field:
    """A question that belongs to some kinds of case alone needs no answer with others."""
    return replace(field, required=False, when=("kind", kinds)) if kinds else field


def _words(one: Beginning) -> str:
    return one.title if one.begins == one.process else f"{one.title} (begins with “{one.begins_title}”)"


def sent() -> Typed:
    """What was posted; None when the page is only looked at."""
    return request.form if request.method == "POST" else None


def flashed() -> list[Any]:
    """What a page inside the rehearsal would have had the next one say: it is said by the rehearsal's own."""
    return [said for _, said in cookie.pop(FLASHES, [])]
