"""What a case knows: its facts as diagrams see them, `case.x` and `case.all.x`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflows.store.facts import KnownFact, NewFact
from workflows.store.models import Json

Source = tuple[str, str, int]
"""Which entry of which step wrote a fact: its diagram, its element, its occurrence. Empty names: an action."""


class Known(Mapping[str, Any]):
    """Read by diagrams as `case`: the newest value of each fact, None for one that nobody has written yet.

    `all` holds, by fact, the values of the newest occurrence of its step, one for each item.
    """

    def __init__(self, rows: Sequence[KnownFact]) -> None:
        """`rows` are those of the newest occurrence of each fact, oldest first."""
        self.added: list[NewFact] = []
        self.stored: frozenset[str] = frozenset(row.key for row in rows)
        """The facts that were known before this move."""
        self._newest: dict[str, Json] = {}
        self._items: dict[str, dict[str, Json]] = {}
        self._sources: dict[str, Source] = {}
        for row in rows:
            self._take(row.key, row.item, row.value, row.source)

    def add(self, row: NewFact, source: Source) -> None:
        """Take a fact that the move writes; the runner stores it. `source`: diagram, element and occurrence."""
        self.added.append(row)
        self._take(row.key, row.item, row.value, source)

    def _take(self, key: str, item: str, value: Json, source: Source) -> None:
        if self._sources.get(key) != source:
            self._sources[key], self._items[key] = source, {}
        self._items[key][item] = self._newest[key] = value

    def occurrence(self, key: str) -> int:
        """In which occurrence of its step or action the fact was last written; 0 before the first time."""
        return self._sources[key][2] if key in self._sources else 0

    def by_item(self, key: str) -> dict[str, Json]:
        """The newest occurrence of a for-each step's fact, by item."""
        return dict(self._items.get(key, {}))

    @property
    def all(self) -> Mapping[str, list[Json]]:
        """`case.all`: the values of the newest occurrence, ordered by item."""
        return _All(self._items)

    def __getitem__(self, key: str) -> Json:
        return self.all if key == "all" else self._newest.get(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._newest)

    def __len__(self) -> int:
        return len(self._newest)


class _All(Mapping[str, list[Json]]):
    """A fact's values of its newest occurrence; an empty list for one that nobody has written yet."""

    def __init__(self, items: Mapping[str, Mapping[str, Json]]) -> None:
        self._items = items

    def __getitem__(self, key: str) -> list[Json]:
        return [value for _, value in sorted(self._items.get(key, {}).items(), key=by_number)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


def by_number(pair: tuple[str, Json]) -> tuple[int, str]:
    """Ids in the order of their numbers, 9 before 10."""
    return len(pair[0]), pair[0]
