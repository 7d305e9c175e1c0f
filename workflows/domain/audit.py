"""Checking a chain: are the lines of a history, of acts or of anchors all there, unchanged and in their order?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from workflows.domain.calendars import in_words


class Link(NamedTuple):
    """A line of a chain: its number, the hash that it says the line before has, its own, and what its own has to be."""

    number: int
    previous: str
    hash: str
    due: str


class Seen(NamedTuple):
    """A head as it was anchored on a day."""

    hash: str
    day: date


@dataclass(frozen=True)
class End:
    """What a chain has to end with, as its record elsewhere says."""

    count: int
    head: str


@dataclass
class Chain:
    """One chain to be checked. `line` is what its lines are called; `anchored` are earlier heads, by number."""

    line: str
    end: End | None = None
    anchored: Mapping[int, Seen] = field(default_factory=lambda: MappingProxyType({}))
    last: int = 0
    head: str = ""

    def faults(self, links: Iterable[Link]) -> Iterator[tuple[int, str]]:
        """Whatever is wrong, as the number of the line and a sentence about it. `links` come by number, and are read
        one by one: a history of any length takes no more memory than one line."""
        for link in links:
            yield from self._gap(link)
            if link.hash != link.due:
                yield link.number, f"{self.line} {link.number} was changed after it was written."
            seen = self.anchored.get(link.number)
            if seen is not None and seen.hash != link.hash:
                yield (
                    link.number,
                    f"{self.line} {link.number} is not the one that was anchored on {in_words(seen.day)}.",
                )
            self.last, self.head = link.number, link.hash
        yield from self._cut()

    def _gap(self, link: Link) -> Iterator[tuple[int, str]]:
        missing = range(self.last + 1, link.number)
        if missing:
            which = (
                f"{self.line}s {missing[0]} to {missing[-1]} are"
                if len(missing) > 1
                else f"{self.line} {missing[0]} is"
            )
            yield missing[0], f"{which} missing."
        elif link.previous != self.head:
            yield link.number, f"{self.line} {link.number} does not follow the one before it."

    def _cut(self) -> Iterator[tuple[int, str]]:
        later = [number for number in self.anchored if number > self.last]
        if later:
            most = max(later)
            day = in_words(self.anchored[most].day)
            yield (
                self.last + 1,
                f"on {day} there were {most} {self.line}s, now there are {self.last}: the end was cut off.",
            )
        if self.end is None:
            return
        if self.end.count != self.last:
            counted = f"{self.end.count} {self.line}{'' if self.end.count == 1 else 's'}"
            yield self.last, f"its record counts {counted}, but the last one here is {self.last}."
        elif self.end.head != self.head:
            yield self.last, f"its record names another {self.line} as the last one."
