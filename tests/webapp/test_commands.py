"""The command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.databases import new_engine
from webapp import commands
from workflows.store import migrating

BPMN = Path(__file__).resolve().parents[2] / "bpmn"
SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def shell(tmp_path: Path) -> CliRunner:
    """A demonstration of its own, on a database that has nothing in it yet."""
    url = f"sqlite:///{tmp_path / 'accord.sqlite3'}"
    return CliRunner(env={"ACCORD_DATABASE_URL": url, "ACCORD_SECRET_KEY": SECRET, "ACCORD_DEMONSTRATION": "1"})


def test_sound_diagrams_are_ok() -> None:
    result = CliRunner(env={"ACCORD_SECRET_KEY": ""}).invoke(
        commands.main, ["check", *map(str, sorted(BPMN.glob("processes/*.bpmn")))]
    )
    assert (result.exit_code, result.output) == (0, "ok\n")


def test_an_unsound_diagram_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "sign_off.bpmn"
    file.write_text((BPMN / "processes" / "sign_off.bpmn").read_text().replace('name="practitioner"', 'name="boss"'))
    result = CliRunner().invoke(commands.main, ["check", str(file)])
    assert result.exit_code == 1
    assert all(line.startswith(f"{file}:") for line in result.output.splitlines())
    result = CliRunner().invoke(commands.main, ["check", "--json", str(file)])
    assert json.loads(result.output)["ok"] is False


def test_a_file_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands.main, ["check", str(tmp_path / "none.bpmn")])
    assert result.exit_code == 1
    assert "none.bpmn" in result.output
    assert "Traceback" not in result.output


@pytest.mark.slow
def test_prepare_fills_an_empty_installation_once_and_says_how_to_sign_in(shell: CliRunner, tmp_path: Path) -> None:
    first = shell.invoke(commands.main, ["prepare"], env={"PORT": "8123"})
    assert first.exit_code == 0, first.output
    assert "http://127.0.0.1:8123" in first.output
    assert commands.DEMONSTRATION_PASSWORD in first.output
    engine = new_engine(f"sqlite:///{tmp_path / 'accord.sqlite3'}")
    assert migrating.differences(engine) == []
    with engine.connect() as connection:
        found = [connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar() for table in ("trust", "case")]
    assert found[0] == 2
    assert shell.invoke(commands.main, ["prepare"]).exit_code == 0
    assert "There are trusts already" in shell.invoke(commands.main, ["seed", "demo"]).output
    with engine.connect() as connection:
        assert connection.exec_driver_sql('SELECT count(*) FROM "case"').scalar() == found[1]
    engine.dispose()


def test_unsafe_settings_stop_a_command_with_a_sentence() -> None:
    result = CliRunner(env={"ACCORD_SECRET_KEY": "", "ACCORD_DEMONSTRATION": "0"}).invoke(commands.main, ["migrate"])
    assert result.exit_code == 1
    assert "ACCORD_SECRET_KEY is not set" in result.output
