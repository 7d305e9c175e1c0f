"""What the list of the demonstration's e-mail is narrowed to, as its address says it."""

from collections.abc import Mapping
from typing import Any, TypedDict

from webapp.forms.case_filters import number
from webapp.presenters.sent_mail import KINDS


class Narrowed(TypedDict):
    """To whom, and of which kind; None and "" narrow nothing."""

    person_id: int | None
    kind: str


def read(args: Mapping[str, str]) -> Narrowed:
    """The filters of an address; what cannot be read narrows nothing."""
    kind = args.get("kind", "")
    return Narrowed(person_id=number(args.get("person", "")) or None, kind=kind if kind in KINDS else "")


def as_args(narrowed: Narrowed) -> dict[str, Any]:
    """The address that says these filters."""
    said = {"person": narrowed["person_id"], "kind": narrowed["kind"]}
    return {key: value for key, value in said.items() if value}
