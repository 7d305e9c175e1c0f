"""What the checker hands back, and the words that its rules share."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """A fault that a process owner can find and mend: the file as it was given, the line (0: the whole file), the id of
    the element ("" where there is none) and a sentence in plain words; where only certain answers lead to it, the
    shortest `way` there, one thing that happens after the other. `also` are further elements at which it is so."""

    file: str
    line: int
    element: str
    sentence: str
    way: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        way = f" The way there: {' → '.join(self.way)}." if self.way else ""
        return f"{self.file}:{self.line}: {self.element or '-'}: {self.sentence}{way}"


def guess(word: str, known: Iterable[str]) -> str:
    """` Did you mean “deadline”?` for a word that is nearly one of the known ones, else nothing."""
    near = get_close_matches(word[:100], list(known), n=1)
    return f" Did you mean “{near[0]}”?" if near else ""


def no_clause(clause: str, known: Iterable[str]) -> str:
    """That a policy has no such clause, with the one that was meant if one is near."""
    return f"There is no clause “{short(clause)}”.{guess(clause, known)}"


def short(text: str, limit: int = 80) -> str:
    """A text that somebody drew, cut to a length that fits in a sentence, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
