"""What may fail and be kept as an incident: by the beginning of its key, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Failing(NamedTuple):
    """A kind of thing that failed. `what` it was; who tries it `again`; what `giving_up` means."""

    what: str
    again: str
    giving_up: str
    by_hand: bool = True
    """Whether a person may have it tried at once."""


KINDS: Mapping[str, Failing] = MappingProxyType(
    {
        "firing": Failing(
            "Something that time had to do",
            "Accord tries again by itself.",
            "Time does not try this again: the day passes without a reminder, an escalation or a move of the case.",
        ),
        "message": Failing(
            "Word from one case to another",
            "Accord tries again by itself.",
            "The word is not delivered, and a case that it should have started is not started.",
        ),
        "mail": Failing(
            "An e-mail",
            "Accord has stopped trying. Have it tried once more when the address or the mail server is right.",
            "The e-mail is not sent. What it says stays on the person’s page.",
        ),
        "post": Failing(
            "The way to the mail server",
            "Accord tries again every few minutes.",
            "Only this report is put away. It comes back if e-mail still does not get through.",
            by_hand=False,
        ),
        "step": Failing(
            "A step that a person completed",
            "The step waits to be completed again.",
            "The step goes on waiting: only this report of its failure is put away.",
            by_hand=False,
        ),
    }
)
OTHERWISE = Failing(
    "Something else",
    "It is not tried again by itself.",
    "Only this report of the failure is put away.",
    by_hand=False,
)


def kind_of(key: str) -> str:
    """The kind of an incident: a key of KINDS, or "" for what has none."""
    kind = key.partition(":")[0]
    return kind if kind in KINDS else ""


def failing(key: str) -> Failing:
    """What failed, in words."""
    return KINDS.get(kind_of(key), OTHERWISE)


def row_of(key: str) -> int | None:
    """The id of the firing, message, mail or step that failed; None where the key names none."""
    said = key.partition(":")[2]
    return int(said) if kind_of(key) and said.isdecimal() else None
