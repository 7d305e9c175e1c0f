"""How long something may be worked on."""

from math import inf
from time import monotonic, thread_time

LONGER = 2
"""By how much longer than the work itself anything may take on the clock on the wall."""


class Limit:
    """So many seconds of work from now on: a busy machine looks at as much as an idle one. But nobody waits more than
    `LONGER` times as long for it."""

    def __init__(self, seconds: float) -> None:
        self._work, self._wall = thread_time() + seconds, monotonic() + LONGER * seconds

    @property
    def left(self) -> float:
        """How many seconds of work are left; none where it is 0 or less."""
        return min(self._work - thread_time(), (self._wall - monotonic()) / LONGER)

    @property
    def hurried(self) -> bool:
        """Whether it was the clock on the wall that ran out, so that an idle machine would have come further."""
        return monotonic() >= self._wall


NEVER = Limit(inf)
