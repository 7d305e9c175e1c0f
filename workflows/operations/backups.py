"""A whole installation as one file, and back: into SQLite or PostgreSQL, whichever it came from."""

import hashlib
import json
import zipfile
import zlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workflows.domain.errors import Broken
from workflows.store import Session, versions
from workflows.store import acts as act_rows
from workflows.store import backups as backup_rows
from workflows.store import people as people_rows

FORMAT = 1
MANIFEST = "manifest.json"
DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError, NotImplementedError)
"""What reading a file that was cut, changed or never was a backup may raise."""


class NoBackup(Broken):
    """There is no file {file}."""


class DamagedBackup(Broken):
    """{file} is not a whole backup: {what}. Nothing was restored. Take an older one."""


class WrongVersion(Broken):
    """{file} was made with the tables of {made}, and this version of Accord has {expected}. Install the version that
    made it, restore there, and upgrade afterwards."""


class NotEmpty(Broken):
    """The database is not empty: its table {table} has rows. Restore into a new one: nothing is ever overwritten."""


class ThereAlready(Broken):
    """{file} is there already. Give the backup another name."""


class NotMigrated(Broken):
    """The tables are those of {found}, and this version of Accord has {expected}. Run `accord migrate` first."""


@dataclass(frozen=True)
class Part:
    """A table in a backup: how many rows, and the sha256 of its lines."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: datetime
    revision: str
    tables: dict[str, Part]

    @property
    def rows(self) -> int:
        """How many rows in all."""
        return sum(part.rows for part in self.tables.values())


def back_up(session: Session, *, file: Path, now: datetime) -> Manifest:
    """Write every row, as they all are at one instant, to a new file that only its owner may read.

    Others go on working. Nothing of the file is seen under its name before all of it is on the disk. Raises
    ThereAlready, NotMigrated.
    """
    if file.exists():
        raise ThereAlready(file=file)
    backup_rows.begin_snapshot(session)
    revision = _revision(session)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            tables = {table: _write(session, archive, table) for table in backup_rows.tables()}
            manifest = Manifest(now, revision, tables)
            archive.writestr(MANIFEST, json.dumps(_said(manifest), indent=1))
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
        session.rollback()
    return manifest


def note_backup(session: Session, *, manifest: Manifest) -> None:
    """Keep with each trust's acts that a backup was made: the page of the installation's state shows the last."""
    for trust in people_rows.trusts(session):
        details = {"rows": manifest.rows, "made_at": manifest.made_at.isoformat()}
        act_rows.record(
            session, trust_id=trust.id, who_id=None, kind="backup_made", details=details, now=manifest.made_at
        )


def read(file: Path) -> Manifest:
    """What a file says of itself, once every line of it has been looked at. Raises NoBackup, DamagedBackup,
    WrongVersion."""
    if not file.is_file():
        raise NoBackup(file=file)
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _read_manifest(json.loads(archive.read(MANIFEST)))
            if manifest.revision != versions.expected():
                raise WrongVersion(file=file, made=manifest.revision, expected=versions.expected())
            for table in backup_rows.tables():
                if _looked_at(archive, table) != manifest.tables[table]:
                    raise DamagedBackup(file=file, what=f"the rows of {table} are not those that were written")
    except DAMAGE as fault:
        raise DamagedBackup(file=file, what=_what(fault)) from None
    return manifest


def check_empty(session: Session) -> bool:
    """Whether the database has its tables already; none of them may have a row. Raises NotEmpty, NotMigrated."""
    if not backup_rows.has_tables(session):
        return False
    _revision(session)
    if table := backup_rows.filled(session):
        raise NotEmpty(table=table)
    return True


def restore(session: Session, *, file: Path, now: datetime) -> Manifest:
    """Put every row of a backup into an empty database with its tables, all or none. Raises what `read` and
    `check_empty` raise."""
    manifest = read(file)
    check_empty(session)
    try:
        with zipfile.ZipFile(file) as archive:
            for table in backup_rows.tables():
                with archive.open(_member(table)) as lines:
                    backup_rows.put_back(session, table=table, lines=lines)
    except DAMAGE as fault:
        raise DamagedBackup(file=file, what=_what(fault)) from None
    if not backup_rows.check_references(session):
        raise DamagedBackup(file=file, what="some rows name others that are not there")
    backup_rows.count_on(session)
    for trust in people_rows.trusts(session):
        details = {"made_at": manifest.made_at.astimezone(UTC).isoformat(timespec="seconds")}
        act_rows.record(session, trust_id=trust.id, who_id=None, kind="backup_restored", details=details, now=now)
    return manifest


def counts(session: Session) -> dict[str, int]:
    """How many rows each table has."""
    return {table: backup_rows.count(session, table=table) for table in backup_rows.tables()}


def _revision(session: Session) -> str:
    found, expected = versions.of_tables(session), versions.expected()
    if found != expected:
        raise NotMigrated(found=found or "none", expected=expected)
    return found


def _member(table: str) -> str:
    return f"{table}.jsonl"


def _write(session: Session, archive: zipfile.ZipFile, table: str) -> Part:
    digest, number = hashlib.sha256(), 0
    with archive.open(_member(table), "w", force_zip64=True) as out:
        for line in backup_rows.rows(session, table=table):
            digest.update(line)
            out.write(line)
            number += 1
    return Part(number, digest.hexdigest())


def _looked_at(archive: zipfile.ZipFile, table: str) -> Part:
    digest, number = hashlib.sha256(), 0
    with archive.open(_member(table)) as lines:
        for line in lines:
            digest.update(line)
            number += 1
    return Part(number, digest.hexdigest())


def _said(manifest: Manifest) -> dict[str, Any]:
    return {
        "accord": "backup",
        "format": FORMAT,
        "made_at": manifest.made_at.isoformat(),
        "revision": manifest.revision,
        "tables": {name: asdict(part) for name, part in manifest.tables.items()},
    }


def _read_manifest(said: Any) -> Manifest:
    if said["accord"] != "backup" or said["format"] != FORMAT:
        raise ValueError("another format")
    tables = {str(name): Part(int(part["rows"]), str(part["sha256"])) for name, part in said["tables"].items()}
    return Manifest(datetime.fromisoformat(said["made_at"]), str(said["revision"]), tables)


def _what(fault: BaseException) -> str:
    if isinstance(fault, zipfile.BadZipFile | zlib.error | EOFError):
        return "it was cut short or changed"
    return "something in it is missing or cannot be read"
