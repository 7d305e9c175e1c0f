"""Files of people made fit to be put into a bundle, in a process of its own: nothing of them runs, none takes long.

    python -m workflows.typesetting.taming FOLDER

In the folder lie files such as 0.pdf, 1.png, 2.jpeg. Beside each of them comes 0.pdf.tame, a PDF of its pages alone, or
0.pdf.why, a word of WHY. Each file is read by a process that ends with it, whatever it does.
"""

import os
import resource
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import typst
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

WHY: Mapping[str, str] = MappingProxyType(
    {
        "locked": "it is protected by a password",
        "long": "it has too many pages",
        "large": "the picture is too large",
        "broken": "it cannot be read",
    }
)
CODES = {"locked": 3, "long": 4, "large": 5}
"""How a reading process ends. 0: all is well; any other end: the file is broken, or keeps one busy for ever."""

SECONDS = 5
"""For one file."""
SECONDS_TOGETHER = 20
MEMORY = 2 * 1024**3
PAGES = 300
PIXELS = 50_000_000
LARGEST = 64 * 1024**2
"""Bytes of what may come of one file."""
SILENT = frozenset({"/Link", "/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"})
"""What on a page leads elsewhere, or plays. What else is on it, such as notes and filled-in boxes, is shown."""
PICTURE = """#set document(title: sys.inputs.title)
#set text(lang: "en", region: "GB")
#set page(paper: "a4", margin: (x: 20mm, top: 22mm, bottom: 20mm))
#image(sys.inputs.name, width: 100%, height: 100%, fit: "contain", alt: sys.inputs.title)
"""


class Refused(Exception):
    """Why a file is not taken: a key of WHY."""


@dataclass(frozen=True)
class Tame:
    """What came of a file: a PDF with so many pages, or why there is none (a key of WHY)."""

    content: bytes = b""
    pages: int = 0
    why: str = ""


def tame(files: Sequence[tuple[str, bytes]]) -> list[Tame]:
    """Make files fit: their endings (pdf, png or jpeg) with their bytes, in order."""
    if not files:
        return []
    with tempfile.TemporaryDirectory(prefix="accord-bundle-") as name:
        folder = Path(name)
        paths = [folder / f"{place}.{ending}" for place, (ending, _) in enumerate(files)]
        for path, (_, content) in zip(paths, files, strict=True):
            path.write_bytes(content)
        with suppress(subprocess.TimeoutExpired):
            # Our own module, in our own Python; nothing of the files reaches the command, and none of our settings.
            subprocess.run(  # noqa: S603
                [sys.executable, "-m", "workflows.typesetting.taming", name],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS_TOGETHER,
                check=False,
                cwd=Path(__file__).parents[2],
                env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
            )
        return [_found(path) for path in paths]


def _found(path: Path) -> Tame:
    made = path.with_name(f"{path.name}.tame")
    if not made.exists():
        why = path.with_name(f"{path.name}.why")
        return Tame(why=why.read_text() if why.exists() else "broken")
    content = made.read_bytes()
    return Tame(content, len(PdfReader(BytesIO(content)).pages))


def main(folder: Path) -> None:
    """Look at each file of a folder in a process that ends with it."""
    for path in sorted(one for one in folder.iterdir() if one.suffix in {".pdf", ".png", ".jpeg"}):
        child = os.fork()
        if child == 0:
            os._exit(_ended(path))
        _, status = os.waitpid(child, 0)
        if status:
            path.with_name(f"{path.name}.tame").unlink(missing_ok=True)
            said = {code: why for why, code in CODES.items()}.get(os.waitstatus_to_exitcode(status), "broken")
            path.with_name(f"{path.name}.why").write_text(said)


def _ended(path: Path) -> int:
    """Make one file fit. Time, memory and what is written have limits that end this very process."""
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    code = 1
    try:
        made = pages_of(path.read_bytes()) if path.suffix == ".pdf" else picture(path)
        path.with_name(f"{path.name}.tame").write_bytes(made)
        code = 0
    except Refused as refused:
        code = CODES[str(refused)]
    finally:
        os._exit(code)  # whatever else was raised: the file is broken


def pages_of(content: bytes) -> bytes:
    """The pages of a PDF alone: without scripts, attachments, forms and ways out of it. Raises Refused."""
    try:
        reader = PdfReader(BytesIO(content))
    except DependencyError as error:  # a newer way of locking, which pypdf leaves to another library
        raise Refused("locked") from error
    if reader.is_encrypted:
        raise Refused("locked")
    if len(reader.pages) > PAGES:
        raise Refused("long")
    writer = PdfWriter()
    for page in reader.pages:
        _silence(writer.add_page(page))
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _silence(page: PageObject) -> None:
    page.pop("/AA", None)
    kept = ArrayObject()
    for one in page.annotations or ():
        note = one.get_object()
        if isinstance(note, DictionaryObject) and note.get("/Subtype") not in SILENT:
            for key in ("/A", "/AA", "/Parent", "/PA"):
                note.pop(key, None)
            kept.append(one)
    page[NameObject("/Annots")] = kept


def picture(path: Path) -> bytes:
    """A picture on a page of its own. Raises Refused."""
    width, height = size_of(path.read_bytes())
    if width * height > PIXELS:
        raise Refused("large")
    layout = path.with_name(f"{path.name}.typ")
    layout.write_text(PICTURE)
    return typst.compile(
        str(layout),
        root=str(path.parent),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"name": path.name, "title": "Picture"},
    )


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or a JPEG in pixels, as its head says. Raises struct.error for what has none."""
    if content.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    place = 2
    while True:
        mark, kind, length = struct.unpack(">BBH", content[place : place + 4])
        if mark == 0xFF and kind in FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length


FRAMES: Iterable[int] = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The marks of a JPEG behind which its size stands."""

if __name__ == "__main__":
    main(Path(sys.argv[1]))
