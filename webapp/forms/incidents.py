"""Incidents: what their list is narrowed to, and why one is given up."""

from collections.abc import Mapping
from typing import Any

from wtforms.validators import InputRequired

from webapp.forms.base import Form
from webapp.forms.fields import LongText
from workflows.domain.incidents import KINDS
from workflows.inbox.incidents import IncidentFilters

STATUSES = ("open", "settled", "given_up")
LONGEST = 100


class GiveUpForm(Form):
    """The reason for giving up."""

    reason = LongText(
        "Why do you give it up?",
        validators=[InputRequired("Say why it is given up: whoever looks at the case later has to know.")],
        render_kw={"rows": 3},
    )


def read(args: Mapping[str, str]) -> IncidentFilters:
    """The filters of an address; what cannot be read narrows nothing."""
    status, kind = args.get("status", "open"), args.get("kind", "")
    return IncidentFilters(
        status="" if status == "any" else status if status in STATUSES else "open",
        kind=kind if kind in KINDS else "",
        words=args.get("q", "").strip()[:LONGEST],
    )


def as_args(filters: IncidentFilters) -> dict[str, Any]:
    """The address that says these filters: those that narrow nothing are left out."""
    said = {
        "q": filters.words,
        "kind": filters.kind,
        "status": "" if filters.status == "open" else filters.status or "any",
    }
    return {key: value for key, value in said.items() if value}
