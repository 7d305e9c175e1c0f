"""Bringing a database to the tables of this version."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from workflows.store.models import Base

DIRECTORY = Path(__file__).parent / "migrations"
"""What Flask-Migrate takes as its directory."""


def with_engine(config: Config, engine: Engine) -> Config:
    """Tell Alembic which database is meant; Flask-Migrate's `configure` hook calls this with its own config."""
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, *, revision: str = "head") -> None:
    """Migrate forwards. The engine has been through `engines.prepare`."""
    command.upgrade(_config(engine), revision)


def downgrade(engine: Engine, *, revision: str) -> None:
    """Migrate back; "base" takes every table away."""
    command.downgrade(_config(engine), revision)


def differences(engine: Engine) -> list[Any]:
    """What the database has otherwise than the models, in Alembic's terms; empty when it is up to date."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(found, Base.metadata))


def _config(engine: Engine) -> Config:
    return with_engine(Config(DIRECTORY / "alembic.ini"), engine)
