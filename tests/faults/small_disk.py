"""Disks that fill up: a real small filesystem where this machine lets us mount one, and SQLite's own limit of pages."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, event, text

FULL = "ACCORD_TEST_FULL"
"""Where the file lies that makes the database of `create_app` full; only tests know of it."""
PLENTY = 1_000_000_000
SIZE = "24m"
PIECE = b"0" * 65536


@dataclass
class Disk:
    """A folder for the database, and how its disk is filled and emptied. `application` is the web on it."""

    folder: Path
    fill: Callable[[], None]
    empty: Callable[[], None]
    application: str


@contextmanager
def small_filesystem(folder: Path) -> Iterator[Disk]:
    """A filesystem in memory of some megabytes. Skips where nobody may mount one."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "accord-faults", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no small filesystem can be mounted here: {done.stderr.strip()}")
    filler = folder / "filler"
    try:
        yield Disk(folder, lambda: fill_up(folder, filler), filler.unlink, "webapp.create_app:create_app()")
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_up(folder: Path, filler: Path) -> None:
    """Leave not a page, and what the database has in hand beside its file goes into it first."""
    engine = create_engine(f"sqlite:///{folder / 'accord.sqlite3'}")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    with filler.open("wb", buffering=0) as file:
        for piece in (PIECE, PIECE[:1024], PIECE[:1]):
            try:
                while file.write(piece) == len(piece):
                    pass
            except OSError:
                continue


@contextmanager
def limited_pages(folder: Path) -> Iterator[Disk]:
    """A database that may not grow while a file says so."""
    folder.mkdir()
    full = folder / "full"
    yield Disk(folder, full.touch, full.unlink, "tests.faults.small_disk:create_app()")


def create_app() -> Flask:
    """The web as it is, on a database that is full while the file is there."""
    from webapp.create_app import create_app as as_it_is  # noqa: PLC0415 - only the web's own process needs it

    app, full = as_it_is(), Path(os.environ[FULL])
    with app.app_context():
        engine: Any = app.extensions["sqlalchemy"].engine

    @event.listens_for(engine, "begin", insert=True)
    def limit(connection: Connection) -> None:
        run = connection.connection.cursor().execute
        run(f"PRAGMA max_page_count = {1 if full.exists() else PLENTY}")

    return app
