"""Diagrams, tables, policies and letters looked over before any case runs on them, from files on a disk."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from json import dumps
from pathlib import Path

from workflows.domain.errors import NotFound
from workflows.engine.check import Problem, check
from workflows.engine.check.keys import key_of
from workflows.studio.soundness import unsound

__all__ = ["Checked", "NoSuchFile", "Problem", "check_files", "checked"]

SUFFIXES = frozenset({".bpmn", ".dmn", ".toml", ".csv", ".md"})
OK = "ok"
NOT_OURS = (
    "Only diagrams (.bpmn), decision tables (.dmn), policies (.toml), letters (.md) and clauses.csv can be checked."
)


class NoSuchFile(NotFound):
    """There is no file {path} that can be read."""


@dataclass(frozen=True)
class Checked:
    """What the command `accord check` says: `lines` for its output, and its exit code."""

    problems: tuple[Problem, ...]

    @property
    def lines(self) -> list[str]:
        """`file:line: element: sentence`, one for each problem, or "ok"."""
        return [str(problem) for problem in self.problems] or [OK]

    @property
    def json(self) -> str:
        """The same for machines: {"ok": false, "problems": [{"file", "line", "element", "sentence", "way"}, ...]}."""
        problems = [asdict(problem) for problem in self.problems]
        return dumps({"ok": not problems, "problems": problems}, ensure_ascii=False, indent=2)

    @property
    def exit_code(self) -> int:
        """0 where all is well, else 1."""
        return 1 if self.problems else 0


def checked(paths: Sequence[str | Path], root: Path) -> Checked:
    """Check files for the command line: see check_files."""
    return Checked(tuple(check_files(paths, root)))


def check_files(paths: Iterable[str | Path], root: Path) -> list[Problem]:
    """Check the given files within the set that lies below `root` (bpmn/).

    A diagram takes the place of the one of the same process, a table that of the same decision, a policy and the list
    of clauses that of the same name. Problems are reported under the paths as given: first what the rules refuse, and
    of whatever else goes wrong, what exploring the diagrams finds. Raises NoSuchFile.
    """
    given = {str(path): _bytes(path) for path in paths}
    strange = [Problem(path, 0, "", NOT_OURS) for path in given if Path(path).suffix not in SUFFIXES]
    replaced = {key for path, data in given.items() for key in key_of(path, data)}
    same = {Path(path).resolve() for path in given}
    shipped = {
        str(path): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.suffix in SUFFIXES and path.is_file() and path.resolve() not in same
    }
    kept = {path: data for path, data in shipped.items() if replaced.isdisjoint(key_of(path, data))}
    files = {**kept, **given}
    problems = [*strange, *check(files, only=given.keys())]
    return sorted([*problems, *unsound(files, given.keys(), {(problem.file, problem.element) for problem in problems})])


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise NoSuchFile(path=path) from error
