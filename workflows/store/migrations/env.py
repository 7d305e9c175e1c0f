"""How Alembic reaches the database: by the engine that the caller puts in `config.attributes["engine"]`.

workflows.store.migrating is that caller. The whole way to a revision is one transaction on both databases, and two that
migrate at the same moment take turns.
"""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine, text

from workflows.store.engines import WRITE
from workflows.store.models import Base, Instant

TURN = 7_205_759
"""The key of the lock on which PostgreSQL has migrations take turns."""


def migrate(engine: Engine) -> None:
    """Run the migrations that the command asks for."""
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        lenient = engine.dialect.name == "sqlite"
        if lenient:
            # SQLite changes a table by writing it anew: for that moment the rows that point at it point nowhere.
            _foreign_keys(connection, "OFF")
        try:
            _run(connection)
        finally:
            if lenient:
                _foreign_keys(connection, "ON")


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_in_plain_types,
        transactional_ddl=True,
    )
    with connection.begin(), context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TURN})
        context.run_migrations()
        if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise RuntimeError("The migration would leave rows that point nowhere; nothing has been changed.")


def _in_plain_types(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """A revision stays as it was written when our own column types change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


def _foreign_keys(connection: Connection, state: str) -> None:
    # By the driver's own connection, since inside a transaction SQLite ignores it.
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the pool has just given it out
    driver.execute(f"PRAGMA foreign_keys = {state}")


migrate(context.config.attributes["engine"])
