"""How the clock looks at the store, and what it tells of what it did."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from workflows.store import Session

Sessions = Callable[[], Session]
"""Makes a session of its own for each use; closing it gives its connection back."""

AT_ONCE = 200
"""How many things one look takes up before it looks again."""


@dataclass
class Tally:
    """What a look at the clock did: how many of each kind; how late it was with the first of what was due, in
    milliseconds, None when nothing was due."""

    done: Counter[str] = field(default_factory=Counter)
    lateness_ms: int | None = None

    def __bool__(self) -> bool:
        return bool(self.done)


def look(sessions: Sessions, read: Callable[[Session], list[int]]) -> list[int]:
    """Read without a claim, and let the connection go."""
    with sessions() as session:
        return read(session)
