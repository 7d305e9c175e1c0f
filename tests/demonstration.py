"""The demonstration, as `make run` shows it, on a day that does not change."""

import shutil
import time
from pathlib import Path

from sqlalchemy.orm import Session

from tests.databases import empty_sqlite, hurried, new_engine
from tests.factories import NOW
from workflows import seeding
from workflows.engine import releases
from workflows.store import engines

LONGEST = 60
"""Seconds of work on a slow machine. What else a machine does is not counted."""


def fill_demonstration(database: Path, *, whole: bool) -> None:
    """Tell it, as if it were NOW, into a new file, whole or its main stories. Fails when that takes too long."""
    folder = database.with_suffix(".folder")
    folder.mkdir()
    releases.forget()
    url = empty_sqlite(folder)
    engine = hurried(new_engine(url))
    started = time.process_time()
    with Session(engine) as session:
        engines.begin_write(session)
        seeding.seed_demonstration(session, password_hash="none", now=NOW, whole=whole)
        session.commit()
    assert time.process_time() - started < LONGEST
    engine.dispose()
    shutil.move(url.removeprefix("sqlite:///"), database)
    folder.rmdir()
