"""Bringing a database to the tables of this version, and writing the next revision when the models have changed:

python -m workflows.store.migrating 0002_panel_members "Who sits on a panel."
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine

from workflows.store import engines
from workflows.store.models import Base

DIRECTORY = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, *, revision: str = "head", directory: Path = DIRECTORY) -> None:
    """Migrate forwards. The engine has been through `engines.prepare`."""
    command.upgrade(_config(engine, directory), revision)


def downgrade(engine: Engine, *, revision: str) -> None:
    """Migrate back; "base" takes every table away."""
    command.downgrade(_config(engine, DIRECTORY), revision)


def differences(engine: Engine) -> list[Any]:
    """What the database has otherwise than the models, in Alembic's terms; empty when it is up to date."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(found, Base.metadata))


def write_revision(revision: str, words: str, *, directory: Path = DIRECTORY) -> None:
    """Write what the models have more than the newest revision as the next one, to be read before it is committed."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/newest.sqlite3"
        engine = engines.prepare(create_engine(url, **engines.options(url)))
        upgrade(engine, directory=directory)
        command.revision(_config(engine, directory), message=words, autogenerate=True, rev_id=revision)
        engine.dispose()


def _config(engine: Engine, directory: Path) -> Config:
    config = Config(directory / "alembic.ini")
    config.attributes["engine"] = engine
    return config


if __name__ == "__main__":
    write_revision(*sys.argv[1:3])
