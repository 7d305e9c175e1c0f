"""Moving running cases: what their list is narrowed to, which of them are chosen, and why they are moved."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict

from workflows.studio.impact import Filters

ANSWERS = ("can", "ahead", "apart", "cannot", "stays")
LONGEST = 100
MOST_CHOSEN = 50


class Sent(NamedTuple):
    """What was sent: whether all that can are meant, the cases that were ticked, and the reason."""

    everything: bool
    chosen: frozenset[int]
    because: str


def read(args: Mapping[str, str]) -> Filters:
    """The filters of an address; what cannot be read narrows nothing."""
    answer = args.get("answer", "")
    return Filters(
        process=args.get("process", "")[:LONGEST],
        answer=answer if answer in ANSWERS else "",
        reason=args.get("reason", "")[:LONGEST],
        case=args.get("case", "")[:LONGEST],
    )


def as_args(filters: Filters) -> dict[str, Any]:
    """The address that says these filters: those that narrow nothing are left out."""
    return {key: value for key, value in filters._asdict().items() if value}


def sent(form: MultiDict[str, str]) -> Sent:
    """What a form said; ids that are none are left out, and no more are taken than a page shows."""
    ids = [
        int(one) for one in form.getlist("case")[:MOST_CHOSEN] if one.isascii() and one.isdecimal() and len(one) < 10
    ]
    return Sent(form.get("which") == "all", frozenset(ids), form.get("because", ""))


NOTHING = Sent(everything=False, chosen=frozenset(), because="")
