"""The personas of a demonstration, by trust."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from workflows.inbox.accounts import Persona


def by_trust(personas: Iterable[Persona]) -> list[tuple[str, list[Persona]]]:
    """Each trust with its personas, in the order in which they come."""
    return [(trust, list(group)) for trust, group in groupby(personas, key=attrgetter("trust"))]
