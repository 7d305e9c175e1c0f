"""What an attack is: files that somebody hands in, which of them does the harm, and what is to be answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attack:
    """A hostile file among the others of a set. `says`: part of the sentence that refuses it; "" where it is harmless,
    because all of it is taken as text. `beside`: further hostile files."""

    path: str
    text: str | bytes
    says: str = ""
    beside: Mapping[str, str | bytes] = field(default_factory=dict)
