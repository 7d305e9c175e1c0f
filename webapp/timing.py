"""How long submits take: counted in memory, and written once a minute after an answer has been sent."""

import logging
import os
import socket
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from workflows import front_door
from workflows.domain.timings import step_of
from workflows.inbox import Session
from workflows.operations import timings

log = logging.getLogger(__name__)

A_MINUTE = timedelta(minutes=1)


class Timings:
    """What one web process has counted and not yet written. Several threads count at once."""

    def __init__(self, sessions: Callable[[], Session], server: str = "") -> None:
        self.server = server
        self._sessions = sessions
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._since: datetime | None = None

    def note(self, milliseconds: float, now: datetime) -> None:
        """A submit took that long. Nothing is written here."""
        with self._lock:
            self._counts[step_of(milliseconds)] += 1
            self._since = self._since or now

    def write(self, now: datetime) -> bool:
        """Write what was counted, if the first of it is a minute old. Says whether anything was written.

        Never while somebody waits: it is called when an answer has gone out. A failure costs that minute's figures.
        """
        with self._lock:
            if self._since is None or now - self._since < A_MINUTE:
                return False
            counts, minute = self._counts, self._since.replace(second=0, microsecond=0)
            self._counts, self._since = Counter(), None
        # Named here and not where the app is made: gunicorn may make it before it forks its workers.
        server = self.server or f"{socket.gethostname()}:{os.getpid()}"
        try:
            with self._sessions() as session:
                front_door.perform(session, timings.keep, minute=minute, server=server, counts=counts)
        except Exception:
            log.exception("How long submits took could not be written")
            return False
        return True


def real_now() -> datetime:
    """The real instant, also in a demonstration: submits take real time."""
    return datetime.now(UTC)
