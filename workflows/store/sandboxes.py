"""Databases in memory: made, opened from bytes, and turned into bytes again."""

import zlib
from functools import cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

from workflows.store import engines
from workflows.store.models import Base

_STATEMENTS: dict[object, object] = {}
"""What statements come to as SQL, for all databases in memory together: to work them out anew each time takes longer
than everything else that is done with one."""


class Memory:
    """A database in memory with all the tables, empty or as it was kept. It is one connection: one transaction
    at a time. Closed, it is gone."""

    def __init__(self, kept: bytes | None = None) -> None:
        model = _model()
        self.engine = engines.prepare(
            Engine(model.pool.recreate(), model.dialect, model.url, execution_options={"compiled_cache": _STATEMENTS})
        )
        self.sessions = sessionmaker(self.engine)
        if kept is None:
            Base.metadata.create_all(self.engine)
        else:
            with self.engine.connect() as connection:
                connection.connection.driver_connection.deserialize(zlib.decompress(kept))  # type: ignore[union-attr]

    def kept(self) -> bytes:
        """The whole of it, compressed."""
        with self.engine.connect() as connection:
            return zlib.compress(connection.connection.driver_connection.serialize())  # type: ignore[union-attr]

    def close(self) -> None:
        """Let it go."""
        self.engine.dispose()


@cache
def _model() -> Engine:
    """An engine that has met SQLite: what it learnt serves all."""
    url = "sqlite://"
    engine = create_engine(url, poolclass=StaticPool, **engines.options(url))
    engine.connect().close()
    return engine
