"""Decision tables that the arithmetic of a job plan asks, outside any case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflows.domain.fields import Json

Decide = Callable[[str, Mapping[str, Json]], Mapping[str, Json]]
"""Asks a calculation: its key and its inputs by name, to its outputs by name; {} where there is no such table."""


@dataclass(frozen=True)
class Calculation:
    """A decision table of the arithmetic: what it is told, by name, and what it has to answer."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


CALCULATIONS: Mapping[str, Calculation] = MappingProxyType(
    {
        "spa_minimum": Calculation(("grade", "part_time", "pas"), ("kind", "spa", "effect", "clause")),
        "spa_tariff": Calculation(
            ("role",), ("title", "spa", "per", "counted", "steps", "hours", "core", "setting", "clause")
        ),
        "on_call_supplement": Calculation(("grade", "category", "frequency"), ("percent", "clause")),
    }
)
"""By the key of the table. Its columns look at these inputs by their plain names, and at the policy."""
