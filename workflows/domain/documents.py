"""Documents that people put into a case: which kinds are taken, how a kind is known by its content, safe names."""

import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType

from workflows.domain.errors import Broken

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
LONGEST_TITLE = 150
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of signs that nobody sees: controls, turns of the writing direction, line separators."""
OFFICE = "[Content_Types].xml"
MACROS = re.compile(r"(^|/)vbaProject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A kind of file: how its names end (the first is given to a name without one), its media type, and its words."""

    endings: tuple[str, ...]
    type: str
    words: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "pdf": Kind(("pdf",), "application/pdf", "PDF"),
        "png": Kind(("png",), "image/png", "PNG picture"),
        "jpeg": Kind(("jpg", "jpeg"), "image/jpeg", "JPEG picture"),
        "docx": Kind(
            ("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document"
        ),
        "xlsx": Kind(
            ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel spreadsheet"
        ),
        "odt": Kind(("odt",), "application/vnd.oasis.opendocument.text", "OpenDocument text"),
        "csv": Kind(("csv",), "text/csv", "CSV table"),
        "txt": Kind(("txt",), "text/plain", "Plain text"),
    }
)
"""What a case takes. Documents with macros, archives and pages are not among them."""

WORDS_OF_TYPES: Mapping[str, str] = MappingProxyType({kind.type: kind.words for kind in KINDS.values()})
TAKEN = ", ".join(f".{kind.endings[0]}" for kind in KINDS.values())


@dataclass(frozen=True)
class Limits:
    """How large one document may be, and all documents of a case together, in bytes."""

    one: int = 10 * MEGABYTE
    together: int = 100 * MEGABYTE


class NotTaken(Broken):
    """This file cannot be added. It must be a PDF, a PNG or JPEG picture, a Word document, an Excel spreadsheet, an
    OpenDocument text, a CSV table or plain text, whatever its name says."""


class NamedOtherwise(Broken):
    """The name of this file ends in .{ending}, but what is in it is: {kind}. Give it its right name, so that nobody
    opens something other than they expect."""


class HasMacros(Broken):
    """This document has macros in it, which can do harm where it is opened. Save it without macros and add it again."""


class NothingInIt(Broken):
    """This file is empty."""


class TooLarge(Broken):
    """This file has {size}. A document of a case may have {limit} at most."""


class CaseFull(Broken):
    """With this file the documents of the case would come to {size} together. They may come to {limit} at most."""


def kind_of(content: bytes, name: str) -> Kind:
    """What a file is, by its content; the name only tells tables from other plain text, and must not contradict.

    Raises: NothingInIt, NotTaken, HasMacros, NamedOtherwise.
    """
    if not content:
        raise NothingInIt
    ending = ending_of(name)
    key = _by_signature(content) or _by_archive(content) or _by_text(content, ending)
    if key is None:
        raise NotTaken
    kind = KINDS[key]
    if ending and ending not in kind.endings:
        raise NamedOtherwise(ending=ending, kind=kind.words)
    return kind


def check_size(size: int, *, already: int, limits: Limits) -> None:
    """Raises TooLarge and CaseFull; `already` are the bytes of the documents that the case has."""
    if size > limits.one:
        raise TooLarge(size=in_words(size), limit=in_words(limits.one))
    if already + size > limits.together:
        raise CaseFull(size=in_words(already + size), limit=in_words(limits.together))


def ending_of(name: str) -> str:
    """What stands after the last dot, in lower case; "" where there is none."""
    stem, dot, ending = name.strip().rpartition(".")
    return ending.lower() if dot and stem and re.fullmatch(r"[A-Za-z0-9]{1,8}", ending) else ""


def safe_name(name: str, kind: Kind) -> str:
    """The name under which a file is handed out: no path, no hidden signs, nothing that a system takes for its own."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign) not in HIDDEN)
    plain = re.sub(r'[<>:"|?*%;]', "_", plain)
    ending = ending_of(plain) or kind.endings[0]
    stem = plain[: -len(ending) - 1] if ending_of(plain) else plain
    stem = re.sub(r"\s+", " ", stem).strip(" .")[:LONGEST_NAME].rstrip(" .")
    return f"{stem or 'document'}.{ending}"


def in_words(size: int) -> str:
    """ "312 bytes", "48 KB", "2.4 MB"."""
    if size < 1024:
        return f"{size} bytes"
    if size < MEGABYTE:
        return f"{size / 1024:.0f} KB"
    return f"{size / MEGABYTE:.1f} MB".replace(".0 ", " ")


def _by_signature(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "jpeg" if content.startswith(b"\xff\xd8\xff") else None


def _by_archive(content: bytes) -> str | None:
    """A document that is an archive, by the names in it: nothing of it is unpacked but OpenDocument's own word."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            told = archive.read("mimetype") if _is_small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError):
        return None
    if any(MACROS.search(name) for name in names):
        raise HasMacros
    if told.decode("ascii", "replace") == KINDS["odt"].type and "content.xml" in names:
        return "odt"
    if OFFICE not in names:
        return None
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part is there and plainly stored, as OpenDocument wants its first one."""
    found = archive.NameToInfo.get(name)
    return found is not None and found.compress_type == zipfile.ZIP_STORED and found.file_size <= 100


def _by_text(content: bytes, ending: str) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return None
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\f" for sign in text):
        return None
    return "csv" if ending == "csv" else "txt"
