"""What the checker hands back, and the words that its rules share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from workflows.domain.wording import code, short

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, order=True)
class Problem:
    """A fault that a process owner can find and mend: the file as it was given, the line (0: the whole file), the id of
    the element ("" where there is none) and a sentence in plain words; where only certain answers lead to it, the
    shortest `way` there, one thing that happens after the other. `also` are further elements at which it is so;
    `follows`: it may be so only because of another fault, and is gone once that is mended."""

    file: str
    line: int
    element: str
    sentence: str
    way: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    follows: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        way = f" The way there: {' → '.join(self.way)}." if self.way else ""
        return f"{self.file}:{self.line}: {self.element or '-'}: {self.sentence}{way}"


def guess(word: str, known: Iterable[str], titles: Mapping[str, str] = NOTHING) -> str:
    """` Did you mean “Sign the plan” (`sign_plan`)?` for a word that is nearly one of the known ones, else nothing.
    What has no title is told by its key alone."""
    near = _near(word, known)
    said = f"“{titles[near]}” ({code(near)})" if near in titles else code(near)
    return f" Did you mean {said}?" if near else ""


def _near(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word[:100], list(known), n=1)), "")


def no_clause(clause: str, known: Iterable[str]) -> str:
    """That a policy has no such clause, with the one that was meant if one is near."""
    near = _near(clause, known)
    return f"There is no clause “{short(clause)}”.{f' Did you mean “{near}”?' if near else ''}"
