"""The checker's problems of a set of files, found once for each content."""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from threading import Lock

from workflows.domain.releases import content_hash
from workflows.engine.check import Problem, check
from workflows.engine.check.library import library
from workflows.engine.check.problems import no_clause
from workflows.releases import CLAUSES, shipped_clauses

SETS_KEPT = 16


def problems(files: Mapping[str, str], only: Collection[str] | None = None) -> list[Problem]:
    """What the checker says of a set of files, or of some of its files within the set; kept by content."""
    key = (content_hash(files), None if only is None else frozenset(only))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return list(_kept[key])
    found = beside_clauses(files, files.keys() if only is None else only)
    with _lock:
        _kept[key] = tuple(found)
        while len(_kept) > SETS_KEPT:
            _kept.popitem(last=False)
    return found


def beside_clauses(files: Mapping[str, str], only: Collection[str]) -> list[Problem]:
    """What the checker says of some files of a set that has no list of clauses of its own, as no draft and no release
    has: the list that comes with the product is the one that they may name."""
    return check({**files, CLAUSES: shipped_clauses()}, only)


def unknown_clause(clause: str) -> str:
    """The checker's sentence on a clause that no policy has; "" where there is one."""
    known = library({CLAUSES: shipped_clauses()}, {}).clauses or frozenset()
    return "" if clause in known else no_clause(clause, known)


_kept: OrderedDict[tuple[str, frozenset[str] | None], tuple[Problem, ...]] = OrderedDict()
_lock = Lock()
