"""The commands of operations, as whoever runs an installation types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from tests.databases import new_engine
from webapp import commands

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def shell(tmp_path: Path) -> CliRunner:
    """A demonstration of its own, on a database that has nothing in it yet."""
    return at(tmp_path / "accord.sqlite3")


def at(file: Path) -> CliRunner:
    url = f"sqlite:///{file}"
    return CliRunner(env={"ACCORD_DATABASE_URL": url, "ACCORD_SECRET_KEY": SECRET, "ACCORD_DEMONSTRATION": "1"})


def run(shell: CliRunner, *words: str | Path, code: int = 0) -> Result:
    result = shell.invoke(commands.main, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


@pytest.mark.slow
def test_an_installation_is_anchored_backed_up_restored_and_checked(shell: CliRunner, tmp_path: Path) -> None:
    run(shell, "migrate")
    run(shell, "seed", "demo", "--small")
    assert "written to" in run(shell, "audit", "anchor", "--to", tmp_path / "anchors").output
    file = tmp_path / "accord.backup"
    assert "rows of" in run(shell, "backup", file).output
    assert "there already" in run(shell, "backup", file, code=1).output
    assert "not empty" in run(shell, "restore", file, code=1).output

    other = at(tmp_path / "other.sqlite3")
    assert "rows are back" in run(other, "restore", file).output
    whole = run(other, "audit", "verify", "--anchors", tmp_path / "anchors")
    assert "Every history is whole." in whole.output
    said = json.loads(run(other, "audit", "verify", "--json", "--trust", "CPFT").output)
    assert said["ok"]
    assert said["checked"]["CPFT"]["events"] > 10
    assert list(said["checked"]) == ["CPFT"]

    engine = new_engine(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE event SET details = '{}' WHERE id = 2"))
        reference = connection.scalar(
            text('SELECT reference FROM "case" JOIN event ON case_id = "case".id AND event.id = 2')
        )
        number = connection.scalar(text("SELECT number FROM event WHERE id = 2"))
    engine.dispose()
    assert f"{reference}: event {number} was changed" in run(other, "audit", "verify", code=1).output
    assert json.loads(run(other, "audit", "verify", "--json", code=1).output)["faults"][0]["number"] == number


def test_what_cannot_be_done_is_said_in_a_sentence(shell: CliRunner, tmp_path: Path) -> None:
    run(shell, "migrate")
    assert "There is no file" in run(shell, "restore", tmp_path / "nowhere", code=1).output
    (tmp_path / "spoilt").write_text("spoilt")
    assert "not a whole backup" in run(shell, "restore", tmp_path / "spoilt", code=1).output
    assert "no trust with the key XYZ" in run(shell, "audit", "verify", "--trust", "XYZ", code=1).output
    assert "There are no anchors" in run(shell, "audit", "verify", "--anchors", tmp_path / "none", code=1).output
    assert "could not be written" in run(shell, "backup", tmp_path / "no" / "folder", code=1).output


def test_settings_are_looked_over_without_telling_a_secret(shell: CliRunner) -> None:
    said = run(shell, "settings").output
    assert "ok      ACCORD_SECRET_KEY" in said
    assert SECRET not in said
    refused = CliRunner(env={"ACCORD_SECRET_KEY": "short", "ACCORD_DEMONSTRATION": "0"})
    assert "refused ACCORD_SECRET_KEY" in run(refused, "settings", code=1).output
    assert {"name", "level", "words"} == set(json.loads(run(refused, "settings", "--json", code=1).output)[0])


def test_a_trust_is_set_up_with_its_first_person_and_all_or_none_of_it(shell: CliRunner, tmp_path: Path) -> None:
    run(shell, "migrate")
    words = ["--name", "Northern Fells", "--policy", "cumbria", "--person", "Ada Fell", "--email", "Ada@Fells.example"]
    assert "capital letters" in run(shell, "trust", "add", "--key", "n f", *words, code=1).output
    assert "is set up" in run(shell, "trust", "add", "--key", "NFT", *words).output
    assert "already" in run(shell, "trust", "add", "--key", "NFT", *words, code=1).output
    engine = new_engine(f"sqlite:///{tmp_path / 'accord.sqlite3'}")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name, email FROM person")).all() == [("Ada Fell", "ada@fells.example")]
        assert connection.execute(text("SELECT role FROM post")).all() == [("medical_directorate",)]
        assert connection.execute(text("SELECT number, status FROM release")).all() == [(1, "published")]
        assert connection.execute(text("SELECT kind, status FROM mail")).all() == [("invitation", "waiting")]
    engine.dispose()
    assert "Every history is whole." in run(shell, "audit", "verify").output
