"""A set of files as a zip that other tools open, and such a zip brought back, whatever somebody made of it."""

import stat
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from tests.factories import NOW, shipped_files
from tests.studio.conftest import STEP, Studio, by, reader
from workflows.engine.drawings import read
from workflows.studio import drafts, exporting
from workflows.studio.exporting import ArchiveRefused, NotAnArchive, Taken

LETTER = "letters/thanks.md"


def zipped(*entries: tuple[str | ZipInfo, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_every_file_is_in_it_and_the_same_content_is_the_same_bytes() -> None:
    files = shipped_files()
    packed = exporting.packed(files, "Release 1")
    assert packed == exporting.packed(dict(reversed(files.items())), "Release 1")
    assert exporting.unpacked(packed) == files
    with ZipFile(BytesIO(packed)) as archive:
        words = archive.read("README.txt").decode()
    assert "Camunda Modeler" in words
    assert "processes/mediation.bpmn    Mediation" in words


def test_every_diagram_is_plain_bpmn_with_a_picture_and_with_other_tools_extensions_declared() -> None:
    packed = exporting.unpacked(exporting.packed(shipped_files(), "Release 1"))
    for path, text in packed.items():
        if path.endswith(".bpmn"):
            root = etree.fromstring(text.encode())
            assert root.tag == "{http://www.omg.org/spec/BPMN/20100524/MODEL}definitions"
            assert root.get("targetNamespace"), path
            drawn = {each.get("bpmnElement") for each in root.iter("{*}BPMNShape", "{*}BPMNEdge")}
            drawing = read(text, path)
            assert {*drawing.nodes, *(flow.id for flow in drawing.flows)} <= drawn, path


def begun(session: Session, studio: Studio) -> int:
    return drafts.begin(session, by=by(studio.owner), name="From outside", now=NOW)


def take(session: Session, studio: Studio, draft_id: int, data: bytes) -> Taken:
    return exporting.take_in(session, by=by(studio.owner), draft_id=draft_id, name="a/b.zip", data=data, now=NOW)


def test_a_zip_comes_back_with_what_differs_and_leaves_the_rest(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    viewer = reader(studio.owner, "process_owner")
    export = exporting.export_draft(session, viewer=viewer, draft_id=draft_id)
    assert take(session, studio, draft_id, export.content) == Taken(0, len(studio.base))
    changed = studio.base[STEP].replace("Name the mediator", "Choose the mediator")
    some = zipped((STEP, changed.replace("\n", "\r\n").encode()), (LETTER, b"title: Thanks\nto: amd\n\nThank you.\n"))
    assert take(session, studio, draft_id, some) == Taken(2, 0)
    whole = drafts.files(session, draft_id=draft_id)
    assert whole[STEP] == changed
    assert whole.keys() == {*studio.base, LETTER}


def test_a_release_is_exported_as_it_was(session: Session, studio: Studio) -> None:
    export = exporting.export_release(session, viewer=reader(studio.approver, "process_approver"), number=1)
    assert export.name == "accord-release-1.zip"
    assert exporting.unpacked(export.content) == studio.base


def entry(name: str, mode: int) -> ZipInfo:
    made = ZipInfo(name)
    made.external_attr, made.create_system = mode << 16, 3
    return made


def lying(name: str, said: int, content: bytes) -> bytes:
    """A zip that says of a file that it is smaller than it is."""
    data = zipped((name, content))
    return data.replace(len(content).to_bytes(4, "little"), said.to_bytes(4, "little"))


HOSTILE = {
    "a path upwards": zipped(("../../etc/letters/a.md", b"x")),
    "a path upwards behind a folder": zipped(("letters/../../a.md", b"x")),
    "an absolute path": zipped(("/letters/a.md", b"x")),
    "a path of Windows": zipped(("letters\\..\\a.md", b"x")),
    "another folder": zipped(("scripts/run.py", b"x")),
    "another ending": zipped(("letters/a.exe", b"x")),
    "a link": zipped((entry("letters/a.md", stat.S_IFLNK | 0o777), b"/etc/passwd")),
    "a device": zipped((entry("letters/a.md", stat.S_IFCHR | 0o666), b"")),
    "a large file": zipped(("letters/a.md", b"a" * 1_000_001)),
    "a bomb": zipped(*((f"letters/a{number}.md", b"a" * 1_000_000) for number in range(13))),
    "too many": zipped(*((f"letters/a{number}.md", b"a") for number in range(401))),
    "no text": zipped(("letters/a.md", b"\xff\xfe\x00")),
    "nothing": zipped(),
    "only a page of words": zipped(("README.txt", b"x")),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_zip_that_reaches_elsewhere_or_swells_is_refused_as_a_whole(
    session: Session, studio: Studio, hostile: str
) -> None:
    draft_id = begun(session, studio)
    with pytest.raises(ArchiveRefused) as refused:
        take(session, studio, draft_id, HOSTILE[hostile])
    assert refused.value.sentence.startswith("Nothing was taken from this zip file. ")
    assert drafts.files(session, draft_id=draft_id) == studio.base


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x05\x06" + b"\x00" * 10, b"<xml/>", lying("letters/a.md", 10, b"a" * 2_000_000)],
    ids=["empty", "begun", "cut off", "xml", "one that lies about sizes"],
)
def test_what_is_no_zip_is_told_so(data: bytes) -> None:
    with pytest.raises((NotAnArchive, ArchiveRefused)):
        exporting.unpacked(data)


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        doubled = zipped((LETTER, b"a"), (LETTER, b"b"))
    with pytest.raises(ArchiveRefused, match="two files of one name"):
        exporting.unpacked(doubled)
