"""Letters as PDF: what a reader, a screen reader and an archive find in them, and what nobody can make them do."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from workflows.typesetting import letter

NOW = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
DATA: dict[str, Any] = {
    "title": "The decision after mediation",
    "trust": "Cumbria Partnership NHS Foundation Trust",
    "reference": "CPFT-D-12",
    "date": "3 March 2027",
    "sender": {"name": "Dr Miles Hart", "role": "Medical Director"},
    "draft": False,
}
LETTER: dict[str, Any] = {
    "to": [{"name": "Dr Amina Osei", "role": "Practitioner"}],
    "copy_for": "",
    "blocks": [{"kind": "heading", "text": "What stands"}, {"kind": "paragraph", "text": "The clinic stays."}],
}


def read(**changes: Any) -> PdfReader:
    own = {key: changes.pop(key) for key in LETTER.keys() & changes.keys()}
    return PdfReader(BytesIO(letter({**DATA, "letters": [{**LETTER, **own}], **changes}, now=NOW)))


def words(**changes: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(**changes).pages).split())


def test_a_letter_is_tagged_in_english_and_has_its_title() -> None:
    pdf = read()
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert pdf.metadata is not None
    assert pdf.metadata.title == "The decision after mediation"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_letter_is_on_a4_and_numbers_its_pages() -> None:
    pdf = read(blocks=[{"kind": "paragraph", "text": "The clinic stays. " * 400}])
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    assert "Page 1 of 2" in pdf.pages[0].extract_text()
    assert "Page 2 of 2" in pdf.pages[1].extract_text()


def test_a_letter_says_whom_it_is_for_and_who_sends_it() -> None:
    said = words()
    assert "Dr Amina Osei Practitioner" in said
    assert "Dr Miles Hart Medical Director Cumbria Partnership" in said
    assert "Reference: CPFT-D-12" in said
    assert "Copy for" not in said
    assert "Copy for Dr Ruth Bell, Clinical Manager" in words(copy_for="Dr Ruth Bell, Clinical Manager")


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.0"',
        '#eval("1+1")',
        "#panic()",
        "*bold* _thin_ $x^2$ <label> @ref [content] {code}",
        "{case.__class__}",
        '"); #read("letter.typ") //',
        "/* a comment */ // and another",
        "https://example.org/x ~ -- ---",
        "= Heading",
    ],
)
def test_what_people_write_is_set_as_they_wrote_it(hostile: str) -> None:
    blocks = [
        {"kind": "paragraph", "text": hostile},
        {"kind": "heading", "text": hostile},
        {"kind": "list", "items": [hostile]},
        {"kind": "table", "head": [hostile], "rows": [[hostile]], "widths": [1]},
    ]
    said = words(blocks=blocks, title=hostile, trust=hostile, copy_for=hostile, reference=hostile)
    assert said.count(" ".join(hostile.split())) >= 5
    assert "root:" not in said


def test_a_sign_that_no_font_has_stops_nothing() -> None:
    pdf = read(blocks=[{"kind": "paragraph", "text": "Agreed \N{THUMBS UP SIGN} on 中文."}])
    assert "Agreed" in pdf.pages[0].extract_text()
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"].value is True, "tagged all the same"


def test_names_of_many_lands_can_be_read() -> None:
    for name in ("Dr Łukasz Wójcik", "Dr Ελένη Παππά", "Dr Наталія Шевчук", "Dr Nguyễn Thị Ánh", "Dr Siân O’Brien"):
        assert name in words(to=[{"name": name, "role": "Doctor"}])


def test_a_preview_says_on_every_page_that_it_was_not_sent() -> None:
    pdf = read(draft=True, blocks=[{"kind": "paragraph", "text": "The clinic stays. " * 400}])
    assert all("Preview: this has not been sent" in page.extract_text() for page in pdf.pages)
    assert "Preview" not in words()


def test_the_same_letter_at_the_same_instant_is_the_same_file() -> None:
    data = {**DATA, "letters": [LETTER]}
    assert letter(data, now=NOW) == letter(data, now=NOW)
