"""The command line."""

import json
from pathlib import Path

from click.testing import CliRunner

from webapp import commands

BPMN = Path(__file__).resolve().parents[2] / "bpmn"


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


def test_unsafe_settings_stop_a_command_with_a_sentence() -> None:
    result = CliRunner(env={"ACCORD_SECRET_KEY": "", "ACCORD_DEMONSTRATION": "0"}).invoke(commands.main, ["migrate"])
    assert result.exit_code == 1
    assert "ACCORD_SECRET_KEY is not set" in result.output


def test_a_rehearsal_wants_files_or_a_draft_and_not_both(tmp_path: Path) -> None:
    file = str(tmp_path / "sign_off.bpmn")
    for given in ([], ["--draft", "1", file]):
        result = CliRunner().invoke(commands.main, ["rehearse", *given])
        assert result.exit_code == 2
        assert "Give files, or a draft with --draft." in result.output
