"""Which clauses of the policies do the tests show to be met?

Reads bpmn/policies/clauses.csv and the marks `@pytest.mark.clause("CPFT-7.5-a")` in the tests, prints covered / total
by area, and fails on a mark whose clause is not in the list. With the name of an area it lists what is missing there.

    python tests/clauses.py [AREA]
"""

from __future__ import annotations

import ast
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CLAUSES = ROOT / "bpmn" / "policies" / "clauses.csv"
TESTS = ROOT / "tests"


class Mark(NamedTuple):
    """A clause named by a mark, and where the mark stands."""

    clause: str
    file: Path
    line: int


def clauses(path: Path = CLAUSES) -> dict[str, dict[str, str]]:
    """The rows of the list by clause id, in the order of the list."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def marks(folder: Path = TESTS) -> Iterator[Mark]:
    """Every clause that a mark below the folder names, on a test, a class, a module or a parameter."""
    for file in sorted(folder.rglob("*.py")):
        if "node_modules" not in file.parts:
            yield from marks_of(file)


def marks_of(file: Path) -> Iterator[Mark]:
    """Every clause that a mark in one file names. A name that is not a plain string stands as its source text."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=str(file))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("pytest.mark.clause", "mark.clause"):
            for argument in node.args:
                plain = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                yield Mark(ast.literal_eval(argument) if plain else ast.unparse(argument), file, argument.lineno)


def print_table(known: dict[str, dict[str, str]], covered: set[str]) -> None:
    """One line per area by name, and the sum."""
    areas: dict[str, list[str]] = defaultdict(list)
    for clause, row in known.items():
        areas[row["area"]].append(clause)
    width = max(map(len, areas), default=5)
    for area, members in sorted(areas.items()):
        print(f"{area:<{width}}  {sum(clause in covered for clause in members):>4} / {len(members)}")
    print(f"{'all':<{width}}  {len(covered):>4} / {len(known)}")


def print_missing(known: dict[str, dict[str, str]], covered: set[str], area: str) -> None:
    """The clauses of one area that no test names yet."""
    for clause, row in known.items():
        if row["area"] == area and clause not in covered:
            print(f"{clause:<16} {row['kind']:<12} {row['requirement']}")


def main(arguments: list[str]) -> int:
    """Print the table, or what an area misses; 1 if a mark names a clause that is not in the list."""
    known = clauses()
    found = list(marks())
    covered = {mark.clause for mark in found} & known.keys()
    if arguments:
        print_missing(known, covered, arguments[0])
    else:
        print_table(known, covered)
    unknown = [mark for mark in found if mark.clause not in known]
    for mark in unknown:
        print(f"{mark.file.relative_to(ROOT)}:{mark.line}: {mark.clause}: no such clause in bpmn/policies/clauses.csv")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
