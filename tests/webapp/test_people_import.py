"""A list of people is uploaded, looked over and imported; and taken away again."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.factories import House, World
from tests.people.test_importing import MOSS, ROWE, listed
from tests.webapp.apps import Store
from tests.webapp.page import Page
from tests.webapp.visitor import Visitor
from webapp import commands
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
SECRET = "0123456789abcdef0123456789abcdef"


def upload(visitor: Visitor, data: bytes, name: str = "people.csv") -> Page:
    """Choose a file and press the button."""
    visitor.open("/people/import")
    sent = {"csrf_token": visitor.page.token, "list": (BytesIO(data), name)}
    answer = visitor.client.post("/people/import", data=sent, content_type="multipart/form-data", follow_redirects=True)
    visitor.page = Page(visitor.app, answer.status_code, answer.text, dict(answer.headers))
    return visitor.page


def names(store: Store) -> set[str]:
    with store() as session:
        return set(session.scalars(select(Person.name)))


def test_the_directorate_looks_a_list_over_and_imports_it(cpft: House, visit: Visit, store: Store) -> None:
    office = visit(cpft.directorate)
    page = upload(office, listed(ROWE, MOSS))
    assert page.heading == "What importing this list does"
    assert "7 added, 0 changed, 0 ended; no entries are as recorded already." in page.text
    assert "Dr Nia Rowe" not in names(store)
    confirm = next(
        form.get("action", "") for form in page.root.iter("form") if "/people/import/" in form.get("action", "")
    )
    page = office.send(confirm, {})
    assert "The list is imported: 7 added, 0 changed, 0 ended." in page.text
    assert {"Dr Nia Rowe", "Ivy Moss"} <= names(store)
    page = office.open("/people/import")
    page = office.send(confirm, {})
    assert "This list was imported on 1 March 2027." in page.text
    page = upload(office, listed(ROWE, MOSS))
    assert "It changes nothing; 5 entries are as recorded already." in page.text
    assert not [form for form in page.root.iter("form") if "/people/import/" in form.get("action", "")]


def test_what_is_wrong_is_told_line_by_line_and_nothing_is_imported(cpft: House, visit: Visit, store: Store) -> None:
    page = upload(visit(cpft.directorate), listed(ROWE, MOSS.replace("ivy.moss@cpft.example", "=cmd|'/C calc'!A0")))
    assert page.status == 422
    assert page.heading == "This list cannot be imported yet"
    assert "Line 3 Column E-mail Address What is wrong A cell must not begin with '='" in page.text
    assert "Dr Nia Rowe" not in names(store)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04\0", b"a\nb\n", b"\x89PNG\r\n\x1a\n" * 9])
def test_a_file_that_is_no_list_is_refused_in_words(cpft: House, visit: Visit, data: bytes) -> None:
    page = upload(visit(cpft.directorate), data, "<script>alert(1)</script>.csv")
    assert page.status == 422
    assert "cannot be read as a list of people" in page.text or "cannot be imported yet" in page.heading


def test_names_of_a_hostile_file_stay_words(cpft: House, visit: Visit) -> None:
    page = upload(visit(cpft.directorate), listed(ROWE.replace("Dr Nia Rowe", "<script>alert(1)</script>")))
    assert "<script>alert(1)</script>: contract from" in page.text
    assert "<script>alert" not in page.html


def test_hr_imports_and_strangers_do_not(world: World, visit: Visit) -> None:
    assert upload(visit(world.cpft.hr), listed(ROWE)).heading == "What importing this list does"
    visit(world.cpft.manager).open("/people/import", status=403)
    other = visit(world.bth.directorate)
    other.open("/people/import/1", status=404)
    other.send("/people/import/1", {}, status=404)


def test_the_exported_list_imports_again_unchanged(cpft: House, visit: Visit) -> None:
    office = visit(cpft.directorate)
    office.open("/people/import")
    answer = office.client.post("/people/export", data={"csrf_token": office.page.token})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people-2027-03-01.csv"'
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "It changes nothing" in upload(office, answer.data).text
    visit(cpft.doctor).send("/people/export", {}, status=403)


def test_lists_are_imported_and_exported_on_the_server_too(
    world: World, store: Store, database_url: str, tmp_path: Path
) -> None:
    shell = CliRunner(
        env={"ACCORD_DATABASE_URL": database_url, "ACCORD_SECRET_KEY": SECRET, "ACCORD_DEMONSTRATION": "1"}
    )
    file = tmp_path / "people.csv"
    file.write_bytes(listed(ROWE))
    command = ["people", "import", str(file), "--trust", "CPFT"]
    result = shell.invoke(commands.main, [*command, "--dry-run"])
    assert (result.exit_code, "line 2: added: Dr Nia Rowe" in result.output) == (0, True), result.output
    assert "Dr Nia Rowe" not in names(store)
    assert shell.invoke(commands.main, command).exit_code == 0
    assert "Dr Nia Rowe" in names(store)
    assert "0 added, 0 changed, 0 ended" in shell.invoke(commands.main, command).output
    out = tmp_path / "out.csv"
    assert shell.invoke(commands.main, ["people", "export", "--trust", "cpft", "--to", str(out)]).exit_code == 0
    assert "Dr Nia Rowe" in out.read_text(encoding="utf-8-sig")
    file.write_bytes(listed(ROWE.replace("7012345", "=7")))
    result = shell.invoke(commands.main, command)
    assert (result.exit_code, "line 2: Registration Number:" in result.output) == (1, True)
    result = shell.invoke(commands.main, ["people", "import", str(file), "--trust", "NOWHERE"])
    assert (result.exit_code, "There is no trust NOWHERE" in result.output) == (1, True)
