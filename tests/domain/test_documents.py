"""Documents: what a file is by its content, and the name under which it is handed out."""

import io
import zipfile

import pytest

from workflows.domain.documents import (
    KINDS,
    MEGABYTE,
    CaseFull,
    HasMacros,
    Limits,
    NamedOtherwise,
    NothingInIt,
    NotTaken,
    TooLarge,
    check_size,
    in_words,
    kind_of,
    safe_name,
)
from workflows.domain.errors import Broken

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


def archive(*names: str, told: str = "") -> bytes:
    """A zip file with empty parts of these names; `told` is what OpenDocument's first part says."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        if told:
            made.writestr("mimetype", told)
        for name in names:
            made.writestr(name, b"<x/>")
    return kept.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")
EXCEL = archive("[Content_Types].xml", "xl/workbook.xml")
OPEN = archive("content.xml", told="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "rota.pdf", "pdf"),
        (PNG, "rota.png", "png"),
        (JPEG, "rota.jpg", "jpeg"),
        (JPEG, "rota.JPEG", "jpeg"),
        (WORD, "diary.docx", "docx"),
        (EXCEL, "diary.xlsx", "xlsx"),
        (OPEN, "diary.odt", "odt"),
        (b"day,hours\nMonday,9\n", "diary.csv", "csv"),
        ("Dwie nocki tygodniowo: ó".encode(), "diary.txt", "txt"),
        (b"caf\xe9", "diary.txt", "txt"),
        (PDF, "no ending at all", "pdf"),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content, name) == KINDS[kind]


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.pdf", NothingInIt),
        (b"MZ\x90\x00\x03\x00", "diary.pdf", NotTaken),
        (b"\x7fELF\x02\x01\x01\x00", "diary.txt", NotTaken),
        (b"GIF89a\x00\x01", "rota.gif", NotTaken),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.doc", NotTaken),
        (archive("a.txt"), "files.zip", NotTaken),
        (b"PK\x03\x04broken", "diary.docx", NotTaken),
        (PNG, "diary.pdf", NamedOtherwise),
        (WORD, "diary.xlsx", NamedOtherwise),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture.svg", NamedOtherwise),
        (b"<html><script>alert(1)</script>", "page.html", NamedOtherwise),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "diary.docx", HasMacros),
        (
            archive("content.xml", "Basic/module.xml", told="application/vnd.oasis.opendocument.text"),
            "a.odt",
            HasMacros,
        ),
    ],
)
def test_what_is_not_taken_is_refused_whatever_its_name(content: bytes, name: str, why: type[Broken]) -> None:
    with pytest.raises(why):
        kind_of(content, name)


def test_a_bomb_of_an_archive_is_not_unpacked() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", b"\0" * (50 * MEGABYTE))
        made.writestr("content.xml", b"")
    with pytest.raises(NotTaken):
        kind_of(kept.getvalue(), "bomb.odt")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("diary.pdf", "diary.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\diary.pdf", "diary.pdf"),
        ("annexe\u202efdp.exe.pdf", "annexefdp.exe.pdf"),
        ('a"b;c\r\nSet-Cookie: x.pdf', "a_b_cSet-Cookie_ x.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "document.pdf"),
        ("  diary  of   May .pdf", "diary of May.pdf"),
        ("Stundenzettel März.pdf", "Stundenzettel März.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
        ("diary", "diary.pdf"),
    ],
)
def test_a_name_is_safe_to_hand_out(name: str, safe: str) -> None:
    assert safe_name(name, KINDS["pdf"]) == safe


def test_one_document_and_all_of_a_case_have_their_limits() -> None:
    limits = Limits(one=MEGABYTE, together=2 * MEGABYTE)
    check_size(MEGABYTE, already=MEGABYTE, limits=limits)
    with pytest.raises(TooLarge, match=r"1\.5 MB.*1 MB at most"):
        check_size(MEGABYTE + MEGABYTE // 2, already=0, limits=limits)
    with pytest.raises(CaseFull, match="2 MB at most"):
        check_size(MEGABYTE, already=MEGABYTE + 1, limits=limits)


@pytest.mark.parametrize(("size", "words"), [(12, "12 bytes"), (48 * 1024, "48 KB"), (int(2.4 * MEGABYTE), "2.4 MB")])
def test_sizes_are_said_in_words(size: int, words: str) -> None:
    assert in_words(size) == words
