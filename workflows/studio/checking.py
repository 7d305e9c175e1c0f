"""Diagrams, tables, policies and letters looked over before any case runs on them, from files on a disk."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from json import dumps
from pathlib import Path

from workflows.domain.errors import NotFound
from workflows.engine.check import Files, Problem, check, remarks
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
    remarks: tuple[Problem, ...] = ()
    """What nothing is refused for."""

    @property
    def lines(self) -> list[str]:
        """`file:line: element: sentence`, one for each problem, or "ok"; then the remarks, each marked as one."""
        return [*(map(str, self.problems) if self.problems else [OK]), *(f"remark: {one}" for one in self.remarks)]

    @property
    def json(self) -> str:
        """The same for machines: {"ok": false, "problems": [{"file", "line", "element", "sentence", "way", "also"},
        ...], "remarks": [the same]}."""
        found = {name: [asdict(one) for one in getattr(self, name)] for name in ("problems", "remarks")}
        return dumps({"ok": not self.problems, **found}, ensure_ascii=False, indent=2)

    @property
    def exit_code(self) -> int:
        """0 where all is well, else 1."""
        return 1 if self.problems else 0


def checked(paths: Sequence[str | Path], root: Path) -> Checked:
    """Check files for the command line: see check_files."""
    files, given = _set(paths, root)
    return Checked(tuple(_found(files, given)), tuple(remarks(files, given)))


def check_files(paths: Iterable[str | Path], root: Path) -> list[Problem]:
    """Check the given files within the set that lies below `root` (bpmn/).

    A diagram takes the place of the one of the same process, a table that of the same decision, a policy and the list
    of clauses that of the same name. Problems are reported under the paths as given: first what the rules refuse, and
    of whatever else goes wrong, what exploring the diagrams finds. Raises NoSuchFile.
    """
    return _found(*_set(paths, root))


def _set(paths: Iterable[str | Path], root: Path) -> tuple[Files, tuple[str, ...]]:
    """The whole set with the given files in it, and these files' paths."""
    given = {str(path): _bytes(path) for path in paths}
    replaced = {key for path, data in given.items() for key in key_of(path, data)}
    same = {Path(path).resolve() for path in given}
    shipped = {
        str(path): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.suffix in SUFFIXES and path.is_file() and path.resolve() not in same
    }
    kept = {path: data for path, data in shipped.items() if replaced.isdisjoint(key_of(path, data))}
    return {**kept, **given}, tuple(given)


def _found(files: Files, given: Collection[str]) -> list[Problem]:
    strange = [Problem(path, 0, "", NOT_OURS) for path in given if Path(path).suffix not in SUFFIXES]
    problems = [*strange, *check(files, only=given)]
    return sorted([*problems, *unsound(files, given, {(problem.file, problem.element) for problem in problems})])


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise NoSuchFile(path=path) from error
