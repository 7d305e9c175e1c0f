"""Papers of many kinds as one PDF: numbered through, in order, whatever is in them."""

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from workflows.typesetting import Cover, Paper, Section, bundle, taming
from workflows.typesetting.taming import tame

NOW = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
COVER = Cover(
    "Bundle of the dispute", "Cumbria Partnership NHS Foundation Trust", "CPFT-2027-0012", [("Doctor", "Dr Amina Osei")]
)
WORDS: list[dict[str, Any]] = [{"kind": "paragraph", "text": "The clinic stays."}]


def pdf(pages: int = 1, *, turned: int = 0, password: str = "", scripts: bool = False) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842).rotate(turned)
    if scripts:
        said = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(said)
        kinds = ("/Link", "/Widget", "/FileAttachment")
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(launcher(kind)) for kind in kinds])
        writer.add_attachment("inside.exe", b"MZ")
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def launcher(kind: str) -> DictionaryObject:
    """Something on a page that would start a program."""
    note = DictionaryObject({NameObject("/Subtype"): NameObject(kind)})
    note[NameObject("/Rect")] = ArrayObject([NumberObject(each) for each in (0, 0, 100, 100)])
    action = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    note[NameObject("/A")] = DictionaryObject(action)
    return note


def png(width: int = 4, height: int = 4) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = (b"\0" + b"\x20\x60\xa0" * min(width, 64)) * min(height, 64)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def evidence(content: bytes, type_: str = "application/pdf", name: str = "diary.pdf") -> Paper:
    return Paper("Work diary", "Added by Dr Amina Osei", name, type_, content)


def made(*papers: Paper) -> PdfReader:
    content, pages = bundle(COVER, [Section("Positions", WORDS), Section("Evidence", WORDS, papers)], now=NOW)
    found = PdfReader(BytesIO(content))
    assert len(found.pages) == pages
    return found


def text(reader: PdfReader, page: int) -> str:
    return " ".join(reader.pages[page - 1].extract_text().split())


def test_every_page_is_numbered_through_and_the_contents_say_where_each_part_begins() -> None:
    reader = made(evidence(pdf(3)), evidence(png(), "image/png", "ward.png"))
    total = len(reader.pages)
    assert total == 2 + 1 + 1 + 3 + 1, "cover and contents, two parts, three pages of a diary and a picture"
    for number in range(1, total + 1):
        assert f"CPFT-2027-0012: bundle page {number} of {total}" in text(reader, number)
    contents = text(reader, 2)
    assert "Positions 3" in contents
    assert "Evidence 4" in contents
    assert "Work diary Added by Dr Amina Osei 5" in contents
    assert "Work diary Added by Dr Amina Osei 8" in contents
    assert "The clinic stays." in text(reader, 3)


def test_the_outline_leads_to_each_part_and_what_is_in_it() -> None:
    reader: Any = made(evidence(pdf(2)))
    found = [
        (one.title, reader.get_destination_page_number(one) + 1) for one in reader.outline if not isinstance(one, list)
    ]
    assert found == [("Contents", 2), ("Positions", 3), ("Evidence", 4)]
    assert [one.title for inner in reader.outline if isinstance(inner, list) for one in inner] == ["Work diary"]


def test_the_bundle_has_a_title_and_a_language() -> None:
    reader: Any = made()
    assert reader.metadata.title == "Bundle of the dispute"
    assert reader.root_object["/Lang"] == "en-GB"


@pytest.mark.parametrize(
    ("paper", "why"),
    [
        (evidence(pdf(password="secret")), "because it is protected by a password"),
        (evidence(b"%PDF-1.7 a diary that is none"), "because it cannot be read"),
        (evidence(pdf()[:-200]), None),
        (evidence(b"a,b\n1,2\n", "text/csv", "hours.csv"), "Attached to this file as “hours.csv”."),
        (evidence(png()[:30], "image/png", "ward.png"), "because it cannot be read"),
        (evidence(png(40_000, 40_000), "image/png", "ward.png"), "because the picture is too large"),
        (evidence(b"\xff\xd8\xff\xe0 no jpeg", "image/jpeg", "ward.jpg"), "because it cannot be read"),
    ],
)
def test_what_cannot_become_pages_is_listed_and_attached(paper: Paper, why: str | None) -> None:
    reader = made(paper, evidence(pdf(), name="sound.pdf"))
    assert "Work diary Added by Dr Amina Osei 5" in text(reader, 2), "what is sound is there all the same"
    if why is not None:
        assert why in text(reader, 2)
        assert reader.attachments[f"1 {paper.name}"] == [paper.content]


def test_a_file_with_too_many_pages_is_attached(monkeypatch: pytest.MonkeyPatch) -> None:
    [found] = tame([("pdf", pdf(taming.PAGES + 1))])
    assert (found.why, found.pages) == ("long", 0)


def test_nothing_of_a_file_runs_or_leads_out_of_the_bundle() -> None:
    content = pdf(scripts=True)
    assert b"/JavaScript" in content
    reader: Any = made(evidence(content))
    [kept] = [note.get_object() for page in reader.pages for note in page.annotations or ()]
    assert kept["/Subtype"] == "/Widget", "a box that somebody has filled in is shown"
    assert "/A" not in kept
    assert reader.attachments == {}
    assert "/OpenAction" not in reader.root_object
    assert "/JavaScript" not in str(reader.root_object.get("/Names", {}))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_is_numbered_too(turned: int) -> None:
    reader = made(evidence(pdf(turned=turned)))
    assert "bundle page 5 of 5" in text(reader, 5)
    assert reader.pages[4].rotation % 360 == turned


def test_a_file_that_keeps_one_busy_for_ever_ends_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # A page tree whose leaf is said to be its own parent, a million times over.
    kids = b" ".join([b"3 0 R"] * 200_000)
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9/Kids[" + kids
    body += b"]>>endobj\n3 0 obj<</Type/Pages/Parent 2 0 R/Count 9/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    [found, sound] = tame([("pdf", body), ("pdf", pdf())])
    assert found.why == "broken"
    assert sound.pages == 1


def test_our_own_papers_are_bound_as_they_are() -> None:
    letter = Paper("The decision", "Sent", "decision.pdf", "application/pdf", pdf(2), ours=True)
    assert len(made(letter).pages) == 6
