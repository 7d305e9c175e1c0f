"""Stretches that many tests begin with: walked once by each worker, and copied from then on."""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select

from tests.cases.walk import Walk
from workflows.store.models import Base

Led = TypeVar("Led")
KEPT: dict[tuple[Any, ...], tuple[Path, datetime, list[str], Any]] = {}
FOLDER = Path(tempfile.mkdtemp(prefix="accord-walks-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def walked_once(stretch: Callable[[Walk], Led]) -> Callable[[Walk], Led]:
    """A stretch that leads from a trust as the fixture made it to where its tests begin. On PostgreSQL, and for whoever
    has changed something before, it is walked each time."""

    @wraps(stretch)
    def led(walk: Walk) -> Led:
        if walk.engine.dialect.name != "sqlite":
            return stretch(walk)
        begun = (stretch.__name__, walk.house.trust.key, walk.at, *counted(walk))
        if begun not in KEPT:
            result = stretch(walk)
            file = FOLDER / f"{len(KEPT)}.sqlite3"
            copy(Path(str(walk.engine.url.database)), file)
            KEPT[begun] = file, walk.at, list(walk.done), result
            return result
        file, walk.at, done, result = KEPT[begun]
        walk.done[:] = done
        walk.engine.dispose()
        copy(file, Path(str(walk.engine.url.database)))
        return result

    return led


def counted(walk: Walk) -> tuple[int, ...]:
    """What tells a trust that somebody has changed from one that nobody has: how many rows there are of each kind."""
    counts = (select(func.count()).select_from(table).scalar_subquery() for table in Base.metadata.sorted_tables)
    with walk.session() as session:
        return tuple(session.execute(select(*counts)).one())


def copy(source: Path, target: Path) -> None:
    """The whole of one database into another."""
    with sqlite3.connect(source) as there, sqlite3.connect(target) as here:
        there.backup(here)
    there.close()
    here.close()
