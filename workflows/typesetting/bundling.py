"""A bundle: papers of many kinds as one PDF, its pages numbered through, with contents, outline and attachments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from workflows.domain.letters import Filled
from workflows.typesetting.setting import put
from workflows.typesetting.taming import WHY, Tame, tame

TOGETHER = 2_000
"""Pages of a bundle. What would bring it beyond them is attached."""
MERGED = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpeg"}
"""What becomes pages, by media type. Everything else is attached."""


@dataclass(frozen=True)
class Paper:
    """A file for the bundle: `note` says whose it is and since when; `ours` whether we have made it, as letters are."""

    title: str
    note: str
    name: str
    type: str
    content: bytes
    ours: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the bundle: paragraphs of our own (see domain.letters.Filled), and papers behind them."""

    title: str
    blocks: Sequence[Filled] = ()
    papers: Sequence[Paper] = ()


@dataclass(frozen=True)
class Cover:
    """What the bundle is: `facts` are names with values."""

    title: str
    trust: str
    reference: str
    facts: Sequence[tuple[str, str]]


@dataclass
class _Piece:
    """Pages that follow each other, with their place in the contents; or a line of the contents without pages."""

    title: str
    level: int
    note: str = ""
    content: bytes = b""
    pages: int = 0
    page: int = 0
    attached: Paper | None = field(default=None)


def bundle(cover: Cover, sections: Sequence[Section], *, now: datetime) -> tuple[bytes, int]:
    """The bundle as a PDF, and how many pages it has. Raises Unset."""
    pieces = list(_pieces(cover, sections, now))
    front = _front(cover, pieces, now)
    page = _count(front) + 1
    for piece in pieces:
        piece.page, page = page, page + piece.pages
    front = _front(cover, pieces, now)
    return _bound(cover, front, pieces, now), page - 1


def _pieces(cover: Cover, sections: Sequence[Section], now: datetime) -> Iterator[_Piece]:
    foreign = [one for section in sections for one in section.papers if one.type in MERGED and not one.ours]
    made = dict(zip(map(id, foreign), tame([(MERGED[one.type], one.content) for one in foreign]), strict=True))
    room = TOGETHER
    for section in sections:
        data = {"title": section.title, "trust": cover.trust, "reference": cover.reference, "blocks": section.blocks}
        content = put("section", data, now=now)
        yield _Piece(section.title, 1, content=content, pages=_count(content))
        for paper in section.papers:
            found = Tame(paper.content, _count(paper.content)) if paper.ours else made.get(id(paper), Tame())
            if found.pages and found.pages <= room:
                room -= found.pages
                yield _Piece(paper.title, 2, paper.note, found.content, found.pages)
            else:
                yield _Piece(paper.title, 2, f"{paper.note}. {_why_attached(paper, found)}", attached=paper)


def _why_attached(paper: Paper, found: Tame) -> str:
    if paper.type not in MERGED:
        return f"Attached to this file as “{paper.name}”."
    why = WHY[found.why] if found.why else "the bundle has too many pages already"
    return f"Attached to this file as “{paper.name}”, because {why}."


def _front(cover: Cover, pieces: Sequence[_Piece], now: datetime) -> bytes:
    contents = [
        {"title": one.title, "note": one.note, "level": one.level, "page": str(one.page or "") if one.pages else "–"}
        for one in pieces
    ]
    data: Mapping[str, Any] = {
        "title": cover.title,
        "trust": cover.trust,
        "reference": cover.reference,
        "facts": list(cover.facts),
        "contents": contents,
    }
    return put("bundle", data, now=now)


def _count(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)


def _bound(cover: Cover, front: bytes, pieces: Sequence[_Piece], now: datetime) -> bytes:
    writer = PdfWriter()
    for content in (front, *(one.content for one in pieces if one.pages)):
        for page in PdfReader(BytesIO(content)).pages:
            writer.add_page(page)
    font = writer._add_object(_font())
    total = len(writer.pages)
    for number, page in enumerate(writer.pages, start=1):
        _stamp(writer, page, font, f"{cover.reference}: bundle page {number} of {total}")
    _outline(writer, pieces)
    for place, one in enumerate((one.attached for one in pieces if one.attached), start=1):
        writer.add_attachment(f"{place} {one.name}", one.content)
    writer.add_metadata({"/Title": cover.title, "/Author": cover.trust, "/CreationDate": f"D:{now:%Y%m%d%H%M%S}Z"})
    writer.root_object[NameObject("/Lang")] = TextStringObject("en-GB")
    writer.create_viewer_preferences()[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _outline(writer: PdfWriter, pieces: Sequence[_Piece]) -> None:
    writer.add_outline_item(title="Contents", page_number=1)
    above: IndirectObject | None = None
    for one in pieces:
        if not one.pages:
            continue
        parent = above if one.level > 1 else None
        added = writer.add_outline_item(title=one.title, page_number=one.page - 1, parent=parent)
        above = added if one.level == 1 else above


FONT = NameObject("/AccordStamp")
SIZE = 8


def _font() -> DictionaryObject:
    words = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in words.items()})


def _stamp(writer: PdfWriter, page: PageObject, font: IndirectObject, words: str) -> None:
    """Write words at the top right of a page as it is shown, over whatever is there, without reading what is."""
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    fonts = DictionaryObject(resources.get("/Font", DictionaryObject()).get_object())
    fonts[FONT] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources
    before = page.get("/Contents")
    held = before.get_object() if before is not None else ArrayObject()
    drawn = list(held) if isinstance(held, ArrayObject) else [page.raw_get("/Contents")]
    shield = writer._add_object(_stream("q\n"))
    over = writer._add_object(_stream(f"\nQ\n{_drawing(page, words)}"))
    page[NameObject("/Contents")] = ArrayObject([shield, *drawn, over])


def _drawing(page: PageObject, words: str) -> str:
    """The stamp in the language of pages, turned as the page is turned."""
    box, width, height, edge = page.cropbox, len(words) * SIZE * 0.5 + 8, SIZE + 6, 14
    left, bottom, right, top = (float(side) for side in (box.left, box.bottom, box.right, box.top))
    turned = {
        0: (1, 0, 0, 1, right - width - edge, top - height - edge),
        90: (0, 1, -1, 0, left + height + edge, top - width - edge),
        180: (-1, 0, 0, -1, left + width + edge, bottom + height + edge),
        270: (0, -1, 1, 0, right - height - edge, bottom + width + edge),
    }[page.rotation % 360 // 90 * 90]
    matrix = " ".join(f"{one:.2f}" for one in turned)
    text = "".join(sign if sign.isascii() and sign.isprintable() else "?" for sign in words)
    for sign in "\\()":
        text = text.replace(sign, f"\\{sign}")
    box_of = f"1 g 0 0 {width:.2f} {height} re f"
    return f"q {matrix} cm {box_of} 0.26 0.33 0.39 rg BT {FONT} {SIZE} Tf 4 4 Td ({text}) Tj ET Q"


def _stream(words: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(words.encode("ascii"))
    return stream
