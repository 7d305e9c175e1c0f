"""A set of files as one zip, to be opened with other tools, and such a zip brought back into a draft."""

import stat
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from workflows.domain.errors import NotAllowed
from workflows.domain.releases import is_path
from workflows.domain.studio import Permission
from workflows.engine import releases as engine_releases
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import release_drafts as draft_rows
from workflows.studio import drafts, home, pages
from workflows.studio.rights import Acting, check_may, check_reads

README = "README.txt"
MAX_ENTRIES = 400
MAX_WHOLE = 12_000_000
"""Bytes of all files of a zip together, unpacked."""
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The same content is the same bytes, whenever it is packed."""
PASSED_OVER = ("__MACOSX/", ".DS_Store", README)
"""What packing tools add, and what we add ourselves."""
ENCRYPTED = 0x1
WORDS = """{name}
{line}

The processes of job planning, as Accord runs them.

processes    diagrams (BPMN). Open them with Camunda Modeler, bpmn.io or any other tool for BPMN. What Accord
             adds stands in attributes of its own namespace, https://accord.example/bpmn/1.0; other tools keep
             them and do not show them.
decisions    decision tables (DMN). Camunda Modeler opens them too.
policies     deadlines, titles, signatories, limits and values, as text (TOML).
letters      the words of letters, as text.

To bring changed files back: open a draft in the studio, choose "Import a set of files" and choose this zip. Files
that are the same are left alone, and files that are missing stay as they are in the draft.

Files:
{files}
"""


class NotAnArchive(NotAllowed):
    """This is no zip file that can be read. Choose the zip that was exported, or one with the same folders in it."""


class ArchiveRefused(NotAllowed):
    """Nothing was taken from this zip file. {reason}"""


@dataclass(frozen=True)
class Export:
    """A zip to be saved, with the name of its file."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Taken:
    """What came of a zip: how many files were changed or added, and how many were the same already."""

    changed: int
    same: int


def export_draft(session: Session, *, viewer: Viewer, draft_id: int) -> Export:
    """A draft as a zip. Raises NotYourStudio, NoSuchDraft."""
    check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    return Export(
        f"accord-draft-{draft.id}.zip", packed(drafts.files(session, draft_id=draft.id), f"Draft “{draft.name}”")
    )


def export_release(session: Session, *, viewer: Viewer, number: int) -> Export:
    """A release as a zip. Raises NotYourStudio, NoSuchRelease."""
    page = home.release_page(session, viewer=viewer, number=number)
    files = engine_releases.of(session, release_id=page.line.id).files
    return Export(f"accord-release-{number}.zip", packed(files, f"Release {number}"))


def packed(files: Mapping[str, str], name: str) -> bytes:
    """A set as a zip, with a page of words about it. The same files under the same name give the same bytes."""
    lines = [f"{line.path}    {line.title}" for line in pages.file_lines(files, files)]
    words = WORDS.format(name=name, line="=" * len(name), files="\n".join(lines))
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path, text in ((README, words), *sorted(files.items())):
            entry = ZipInfo(path, NO_TIME)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, text.encode(), compresslevel=9)
    return buffer.getvalue()


def take_in(session: Session, *, by: Acting, draft_id: int, name: str, data: bytes, now: datetime) -> Taken:
    """Take the files of a zip into a draft: all of them or none. What the zip does not hold stays.

    Raises NotAnArchive, ArchiveRefused, and what drafts.save_file raises.
    """
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    base = drafts.base_files(session, drafts.find(session, by.trust_id, draft_id))
    found = {path: drafts.with_line_ends_of(base.get(path), text) for path, text in unpacked(data).items()}
    files = drafts.files(session, draft_id=draft_id)
    said = f"Imported from the file {PurePosixPath(name).name[:80]}."
    changed = {path: text for path, text in found.items() if files.get(path) != text}
    for path, text in sorted(changed.items()):
        own = draft_rows.file(session, draft_id=draft_id, path=path)
        read = own.version if own else 0
        drafts.save_file(session, by=by, draft_id=draft_id, path=path, text=text, read=read, said=said, now=now)
    return Taken(len(changed), len(found) - len(changed))


def unpacked(data: bytes) -> dict[str, str]:
    """The files of a zip by path. Nothing is written anywhere, and no more is unpacked than a set may hold.

    Raises NotAnArchive; ArchiveRefused for a path that leads elsewhere, a link, a locked or doubled file, what is too
    large or too many, and what is no text.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return dict(_texts(archive))
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise NotAnArchive from fault


def _texts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ArchiveRefused(reason=f"It holds more than {MAX_ENTRIES} files.")
    wanted = [entry for entry in entries if not entry.is_dir() and not _passed_over(entry.filename)]
    paths = [entry.filename for entry in wanted]
    if not wanted:
        raise ArchiveRefused(reason="There is no file in it.")
    if len(set(paths)) != len(paths):
        raise ArchiveRefused(reason="It holds two files of one name.")
    left = MAX_WHOLE
    for entry in wanted:
        _check(entry)
        content = _content(archive, entry)
        left -= len(content)
        if left < 0:
            raise ArchiveRefused(reason="Its files are larger together than a draft can hold.")
        try:
            yield entry.filename, content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as fault:
            raise ArchiveRefused(reason=f"{_short(entry)} is not text in UTF-8.") from fault


def _passed_over(path: str) -> bool:
    return path.startswith(PASSED_OVER) or path.endswith("/.DS_Store")


def _check(entry: ZipInfo) -> None:
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise ArchiveRefused(reason=f"{_short(entry)} is a link or a device, not a file.")
    if not is_path(entry.filename):
        raise ArchiveRefused(
            reason=f"{_short(entry)} cannot be the name of a file here: diagrams are processes/….bpmn, tables"
            " decisions/….dmn, policies policies/….toml and letters letters/….md."
        )
    if entry.flag_bits & ENCRYPTED:
        raise ArchiveRefused(reason=f"{_short(entry)} is locked with a password.")
    if entry.file_size > drafts.MAX_BYTES:
        raise ArchiveRefused(reason=f"{_short(entry)} is larger than one million bytes.")


def _content(archive: ZipFile, entry: ZipInfo) -> bytes:
    """What an entry holds; never more than a file may have, whatever the zip says of its size."""
    with archive.open(entry) as opened:
        content = opened.read(drafts.MAX_BYTES + 1)
    if len(content) > drafts.MAX_BYTES:
        raise ArchiveRefused(reason=f"{_short(entry)} is larger than one million bytes.")
    return content


def _short(entry: ZipInfo) -> str:
    shown = "".join(one if one.isprintable() else "?" for one in entry.filename[:80])
    return f"“{shown}”"
