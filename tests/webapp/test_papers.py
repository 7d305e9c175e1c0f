"""Documents and comments as pages: adding, downloading, taking out."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webapp.demonstration_site import Site
from workflows.papers import scanner

pytestmark = pytest.mark.usefixtures("standstill")

DOCTOR = "Dr Finn Doyle"
MANAGER = "Dr Robert Graham"
AMD = "Dr Margaret Jopson"
DIARY = b"%PDF-1.7 a diary of eight weeks"
MALWARE = b"%PDF-1.7 STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def reference(site: Site) -> str:
    return site.case_of(DOCTOR)


def send(
    site: Site, who: str, reference: str, content: bytes = DIARY, name: str = "diary.pdf", **more: Any
) -> TestResponse:
    """Send a file as a browser does."""
    return post(site.client(who), f"/cases/{reference}/documents/add", content, name, **{"title": "Work diary", **more})


def post(client: FlaskClient, address: str, content: bytes, name: str = "diary.pdf", **more: Any) -> TestResponse:
    """A form with a file in it."""
    boxes = {"file": (BytesIO(content), name), **more}
    answer = client.post(address, data=boxes, content_type="multipart/form-data")
    # What the client keeps of a long body is a file that it leaves open.
    answer.request.environ["wsgi.input"].close()
    return answer


def added(site: Site, who: str, reference: str, **more: Any) -> str:
    """The address of a document that somebody has just added."""
    assert send(site, who, reference, **more).status_code == 303
    return str(re.findall(r'href="(/documents/\d+)"', site.page(who, f"/cases/{reference}").html)[-1])


def test_a_document_is_added_listed_and_handed_out_as_a_download_alone(site: Site, reference: str) -> None:
    page = site.page(DOCTOR, f"/cases/{reference}/documents/add")
    assert page.heading == "Add a document"
    assert "10 MB at most" in page.text
    address = added(site, DOCTOR, reference, name="../../Mai «Dienst»\u202e.pdf")
    text = site.page(MANAGER, f"/cases/{reference}").text
    assert "Work diary" in text
    assert "not scanned for malware" in text
    answer = site.client(MANAGER).get(address)
    assert answer.data == DIARY
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''Mai%20%C2%ABDienst%C2%BB.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "opened a document: PDF" in site.page(DOCTOR, f"/cases/{reference}").text, "and the history says who did"


def test_a_title_is_text_however_it_is_written(site: Site, reference: str) -> None:
    added(site, DOCTOR, reference, title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in site.page(DOCTOR, f"/cases/{reference}").html


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90\x00\x03", "diary.pdf", "This file cannot be added"),
        (b"", "diary.pdf", "This file is empty"),
        (b"\x89PNG\r\n\x1a\n", "diary.pdf", "what is in it is: PNG picture"),
        (b"%PDF-" + b"x" * (10 * 1024 * 1024), "diary.pdf", "may have 10 MB at most"),
    ],
)
def test_what_is_refused_is_said_at_the_file(site: Site, reference: str, content: bytes, name: str, said: str) -> None:
    answer = send(site, DOCTOR, reference, content, name)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Error: Add a document" in answer.text


def test_no_file_is_said(site: Site, reference: str) -> None:
    answer = site.client(DOCTOR).post(f"/cases/{reference}/documents/add", data={"title": "Nothing"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_a_body_beyond_the_limit_is_not_even_read(site: Site, reference: str) -> None:
    assert send(site, DOCTOR, reference, b"%PDF-" + b"x" * (11 * 1024 * 1024)).status_code == 413


def test_only_the_page_that_takes_files_takes_much(site: Site, reference: str) -> None:
    much = b"x" * 3_000_000
    assert post(site.client(DOCTOR), f"/cases/{reference}/comments/add", much).status_code == 413
    assert post(site.app.test_client(), f"/cases/{reference}/documents/add", much).status_code == 413


def test_an_infected_file_is_refused_and_the_history_says_so(
    site: Site, reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "scan.sh"
    script.write_text("#!/bin/sh\nif grep -q STANDARD-ANTIVIRUS-TEST-FILE; then exit 1; fi\nexit 0\n")
    kept = site.app.extensions["uploads"]
    monkeypatch.setitem(site.app.extensions, "uploads", kept._replace(scanner=scanner(f"/bin/sh {script}")))
    answer = send(site, DOCTOR, reference, MALWARE)
    assert answer.status_code == 422
    assert "The scanner found malware in this file" in answer.text
    added(site, DOCTOR, reference)
    text = site.page(DOCTOR, f"/cases/{reference}").text
    assert f"{DOCTOR} sent a file in which the scanner found malware. It was not kept." in text
    assert "not scanned" not in text


def test_who_added_a_document_takes_it_out_after_a_question(site: Site, reference: str) -> None:
    address = added(site, DOCTOR, reference)
    site.page(MANAGER, f"{address}/remove", status=404)
    assert "cannot be brought back" in site.page(DOCTOR, f"{address}/remove").text
    assert site.client(DOCTOR).post(f"{address}/remove").status_code == 303
    assert site.client(DOCTOR).get(address).status_code == 404
    text = site.page(DOCTOR, f"/cases/{reference}").text
    assert "Work diary: taken out on" in text
    assert f"{DOCTOR} took out a document" in text


def test_a_comment_is_written_read_by_those_concerned_and_taken_back(site: Site, reference: str) -> None:
    assert site.page(DOCTOR, f"/cases/{reference}/comments/add").heading == "Write a comment"
    address = f"/cases/{reference}/comments/add"
    assert site.client(DOCTOR).post(address, data={"words": "Could we <b>talk</b>?"}).status_code == 303
    page = site.page(MANAGER, f"/cases/{reference}")
    assert "Could we &lt;b&gt;talk&lt;/b&gt;?" in page.html
    assert f"A comment from {DOCTOR}" in site.page(MANAGER, "/").text
    mine = site.page(DOCTOR, f"/cases/{reference}")
    remove = re.findall(r'href="(/comments/\d+/remove)"', mine.html)[0]
    assert "/remove" not in page.html, "only who wrote it is offered to take it back"
    assert site.client(MANAGER).post(remove).status_code == 404
    assert site.client(DOCTOR).post(remove).status_code == 303
    after = site.page(MANAGER, f"/cases/{reference}")
    assert "talk" not in after.text
    assert "Taken back on" in after.text


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_comment_is_refused(site: Site, reference: str, words: str) -> None:
    answer = site.client(DOCTOR).post(f"/cases/{reference}/comments/add", data={"words": words})
    assert answer.status_code == 422


@pytest.mark.parametrize("who", [AMD, "Keith Oddie", "Dr Colm Byrne"])
def test_whoever_has_no_part_sees_and_adds_nothing(site: Site, reference: str, who: str) -> None:
    address = added(site, DOCTOR, reference)
    site.client(DOCTOR).post(f"/cases/{reference}/comments/add", data={"words": "Between us"})
    assert site.client(who).get(address).status_code == 404
    for path in ("documents", "comments"):
        assert site.client(who).get(f"/cases/{reference}/{path}/add").status_code == 403
        assert send(site, who, reference).status_code == 403
    answer = site.client(who).get(f"/cases/{reference}")
    assert "Between us" not in answer.text
    assert "Work diary" not in answer.text
