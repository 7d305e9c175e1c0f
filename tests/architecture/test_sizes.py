"""Rooms that one can take in: modules of at most 400 lines, functions of at most 40."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("workflows", "webapp", "benchmarks", "tests")
MODULE_LINES = 400
FUNCTION_LINES = 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def modules() -> Iterator[Path]:
    """Our Python files; migrations are written by a machine, and node_modules is not ours."""
    yield ROOT / "config.py"
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if not {"node_modules", "versions"} & set(file.parts):
                yield file


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_a_module_can_be_read_at_one_sitting() -> None:
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in modules()}
    assert {name: length for name, length in lengths.items() if length > MODULE_LINES} == {}


def test_a_function_can_be_seen_at_one_glance() -> None:
    lengths = {
        f"{name_of(file)}:{function.lineno} {function.name}": length_of(function)
        for file in modules()
        for function in functions_of(file)
    }
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


def functions_of(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring left out."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return whole
    docstring = function.body[0]
    return whole - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def test_no_module_is_named_for_nothing_in_particular() -> None:
    assert [name_of(file) for file in modules() if file.stem in VAGUE] == []
