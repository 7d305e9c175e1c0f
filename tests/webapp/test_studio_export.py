"""Drafts and releases as zips in the browser, and a zip brought back into a draft."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.factories import World, own_files, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import begun, of_the_studio, text_of
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
LETTER = "letters/mediation_decision.md"


@pytest.fixture
def draft_id(owner: Person, store: Store) -> int:
    return begun(store, owner, {LETTER: "title: Short\nto: amd\n\nWe decided.\n"})


def zipped(path: str, content: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(path, content)
    return buffer.getvalue()


def send(visitor: Visitor, draft_id: int, data: bytes) -> tuple[int, str]:
    visitor.open(f"/studio/drafts/{draft_id}/import-files")
    boxes = {"csrf_token": visitor.page.token, "archive": (BytesIO(data), "changed.zip")}
    answer = visitor.client.post(f"/studio/drafts/{draft_id}/import-files", data=boxes, follow_redirects=True)
    return answer.status_code, answer.text


def test_a_draft_and_a_release_are_saved_as_zips(world: World, store: Store, visit: Visit, draft_id: int) -> None:
    visitor = visit(of_the_studio(world, store, "Edwin Appleby", "process_approver"))
    visitor.open(f"/studio/drafts/{draft_id}")
    assert f"/studio/drafts/{draft_id}/export" in visitor.page.links
    visitor.open("/studio/releases/1")
    assert "/studio/releases/1/export" in visitor.page.links
    for address, words in ((f"/studio/drafts/{draft_id}", b"We decided."), ("/studio/releases/1", b"What stands")):
        answer = visitor.client.get(f"{address}/export")
        assert (answer.status_code, answer.mimetype) == (200, "application/zip")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        with ZipFile(BytesIO(answer.data)) as archive:
            assert {"README.txt", *own_files(shipped_files(), world.cpft.trust)} == set(archive.namelist())
            assert words in archive.read(LETTER)


def test_a_zip_is_brought_back_or_refused_as_a_whole(owner: Person, visit: Visit, draft_id: int, store: Store) -> None:
    visitor = visit(owner)
    status, said = send(visitor, draft_id, zipped(LETTER, b"title: Other\nto: amd\n\nWe decided otherwise.\n"))
    assert (status, "1 file was taken into the draft." in said) == (200, True)
    assert "otherwise" in (text_of(store, draft_id, LETTER) or "")
    status, said = send(visitor, draft_id, zipped("../../letters/mediation_decision.md", b"x"))
    assert (status, "Nothing was taken from this zip file." in said) == (422, True)
    status, said = send(visitor, draft_id, b"no zip")
    assert (status, "This is no zip file that can be read." in said) == (422, True)


def test_only_whoever_may_edit_brings_files_in_and_nobody_else_takes_them_out(
    world: World, store: Store, visit: Visit, draft_id: int
) -> None:
    visitor = visit(of_the_studio(world, store, "Edwin Appleby", "process_approver"))
    visitor.open(f"/studio/drafts/{draft_id}/import-files", 403)
    for person in (world.cpft.doctor, world.bth.directorate):
        for address in (f"/studio/drafts/{draft_id}/export", "/studio/releases/1/export"):
            visit(person).open(address, 404)
