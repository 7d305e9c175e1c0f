"""What a case knows: its facts as diagrams see them, `case.x` and `case.all.x`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflows.store.models import Fact, Json


class Known(Mapping[str, Any]):
    """Read by diagrams as `case`: the newest value of each fact, None for one that nobody has written yet.

    `all` holds, by fact, the values of the newest occurrence of its step, one for each item.
    """

    def __init__(self, rows: Iterable[Fact]) -> None:
        self.added: list[Fact] = []
        self._newest: dict[str, Fact] = {}
        self._latest: dict[str, dict[str, Fact]] = {}
        for row in rows:
            self._take(row)

    def add(self, row: Fact) -> None:
        """Take a fact that the move writes; the runner stores it."""
        self.added.append(row)
        self._take(row)

    def _take(self, row: Fact) -> None:
        latest = self._latest.get(row.key)
        if latest is None or row.occurrence > next(iter(latest.values())).occurrence:
            latest = self._latest[row.key] = {}
        latest[row.item] = row
        self._newest[row.key] = row

    def occurrence(self, key: str) -> int:
        """How often the fact has been written anew; 0 before the first time."""
        row = self._newest.get(key)
        return row.occurrence if row else 0

    def by_item(self, key: str) -> dict[str, Json]:
        """The newest occurrence of a for-each step's fact, by item."""
        return {item: row.value for item, row in self._latest.get(key, {}).items()}

    @property
    def all(self) -> Mapping[str, list[Json]]:
        """`case.all`: the values of the newest occurrence, ordered by item."""
        return _All(self._latest)

    def __getitem__(self, key: str) -> Json:
        if key == "all":
            return self.all
        row = self._newest.get(key)
        return row.value if row else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._newest)

    def __len__(self) -> int:
        return len(self._newest)


class _All(Mapping[str, list[Json]]):
    """A fact's values of its newest occurrence; an empty list for one that nobody has written yet."""

    def __init__(self, latest: Mapping[str, Mapping[str, Fact]]) -> None:
        self._latest = latest

    def __getitem__(self, key: str) -> list[Json]:
        return [row.value for _, row in sorted(self._latest.get(key, {}).items())]

    def __iter__(self) -> Iterator[str]:
        return iter(self._latest)

    def __len__(self) -> int:
        return len(self._latest)
