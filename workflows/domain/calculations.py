"""Decision tables that the arithmetic of a job plan asks, outside any case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from workflows.domain.fields import Json

Decide = Callable[[str, Mapping[str, Json]], Mapping[str, Json]]
"""Asks a calculation: its key and its inputs by name, to its outputs by name; {} where there is no such table."""


@dataclass(frozen=True)
class Limits:
    """Between which numbers one must lie; `above`: it has to be more than the least."""

    least: int
    most: int | None = None
    above: bool = False


@dataclass(frozen=True)
class Calculation:
    """A decision table of the arithmetic: what it is told, by name, and what it has to answer. `limits` are those of
    numbers, told or answered."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    limits: Mapping[str, Limits] = field(default_factory=dict)


PAS = Limits(0, 42)
"""PAs a week: it has 168 hours, and a PA four of them."""


CALCULATIONS: Mapping[str, Calculation] = MappingProxyType(
    {
        "spa_minimum": Calculation(
            ("grade", "part_time", "pas"),
            ("kind", "spa", "effect", "clause"),
            {"pas": PAS, "spa": PAS},
        ),
        "spa_tariff": Calculation(
            ("role",),
            ("title", "spa", "per", "counted", "steps", "hours", "core", "setting", "clause"),
            {"spa": PAS, "per": Limits(0, above=True), "hours": Limits(0, 168)},
        ),
        "on_call_supplement": Calculation(
            ("grade", "category", "frequency"),
            ("percent", "clause"),
            {"frequency": Limits(0), "percent": Limits(0, 100)},
        ),
    }
)
"""By the key of the table. Its columns look at these inputs by their plain names, and at the policy."""
