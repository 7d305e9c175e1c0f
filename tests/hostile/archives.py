"""Attacks by zip files that are to be taken into a draft."""

import gzip
import stat
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ELSEWHERE = "cannot be the name of a file here"
NONE = "no zip file that can be read"
GOOD = "letters/a.md"


@dataclass(frozen=True)
class Archive:
    """A zip, and part of the sentence that refuses it; "" where it is harmless."""

    data: bytes
    says: str = ""


def packed(*entries: tuple[str, bytes], mode: int = stat.S_IFREG | 0o644) -> bytes:
    """A zip of these files, in this order."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path, content in entries:
            entry = ZipInfo(path)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, mode << 16
            archive.writestr(entry, content, compresslevel=1)
    return buffer.getvalue()


def at(path: str, says: str = ELSEWHERE) -> Archive:
    """A zip of one file with that path."""
    return Archive(packed((path, b"x")), says)


def listed(times: int) -> bytes:
    """A zip whose list names so many files, of which there is none."""
    name = GOOD.encode()
    line = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0)
    body = (line + name) * times
    count = min(times, 0xFFFF)
    return body + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(body), 0, 0)


def lying(data: bytes) -> bytes:
    """The same zip, whose list says that each file has one byte."""
    places = [place for place in range(len(data)) if data[place : place + 4] == b"PK\x01\x02"]
    changed = bytearray(data)
    for place in places:
        changed[place + 24 : place + 28] = struct.pack("<L", 1)
    return bytes(changed)


def doubled() -> bytes:
    """Two files of one name."""
    one = packed((GOOD, b"x"), ("letters/b.md", b"y"))
    return one.replace(b"letters/b.md", GOOD.encode())


def locked() -> bytes:
    """A file that says of itself that it is locked."""
    changed = bytearray(packed((GOOD, b"x")))
    changed[changed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


BOMB = b"\0" * 900_000
ARCHIVES: Mapping[str, Archive] = {
    "a way out of the folder": at("../../etc/passwd"),
    "a way out from within": at("letters/../../a.md"),
    "a path from the root": at("/etc/passwd"),
    "a path of another system": at("C:\\a.md"),
    "a way out of another system": at("letters\\..\\..\\a.md"),
    "a folder too deep": at("letters/a/b/c.md"),
    "a path with a NUL": at("letters/a\0.md"),
    "a path of 60 KB": at(f"letters/{'a' * 60_000}.md"),
    "a path that runs backwards": at("letters/\u202edm.a.md"),
    "a path of nothing": at("letters/.md"),
    "a file of another kind": at("processes/a.py"),
    "a link": Archive(packed((GOOD, b"/etc/passwd"), mode=stat.S_IFLNK | 0o777), "is a link"),
    "a device": Archive(packed((GOOD, b"x"), mode=stat.S_IFCHR | 0o666), "is a link or a device"),
    "two files of one name": Archive(doubled(), "two files of one name"),
    "a file that is locked": Archive(locked(), "locked with a password"),
    "a bomb": Archive(packed((GOOD, b"\0" * 50_000_000)), "larger than one million"),
    "a bomb that lies about its size": Archive(lying(packed((GOOD, b"\0" * 50_000_000))), NONE),
    "100 bombs": Archive(packed(*((f"letters/{n}.md", BOMB) for n in range(100))), "larger together"),
    "500 files": Archive(packed(*((f"letters/{n}.md", b"x") for n in range(500))), "more than 400 files"),
    "60,000 files": Archive(listed(60_000), "more than 400 files"),
    "a zip in a zip": Archive(packed((GOOD, packed((GOOD, BOMB)))), "not text in UTF-8"),
    "bytes that are no text": Archive(packed((GOOD, b"\xff\xfe\x00")), "not text in UTF-8"),
    "nothing in it": Archive(packed(), "no file in it"),
    "half a zip": Archive(packed((GOOD, BOMB))[:-40], NONE),
    "another kind of archive": Archive(gzip.compress(b"x" * 1_000), NONE),
    "no archive at all": Archive(b"PK\x03\x04" + b"\0" * 1_000_000, NONE),
    "script in a file": Archive(packed((GOOD, b"<script>alert(1)</script>"))),
}
