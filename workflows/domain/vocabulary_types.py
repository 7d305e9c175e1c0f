"""What the entries of the vocabulary are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Facts = Mapping[str, str]
"""The keys of facts with their types."""


@dataclass(frozen=True)
class Screen:
    """A crafted screen that `accord:screen` may name. `supplies` are the facts that it writes beside drawn fields."""

    title: str
    supplies: Facts = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Action:
    """Work that `accord:action` of a service task may name."""

    words: str
    attributes: tuple[str, ...] = ()
    """The accord attributes that the drawing must give."""
    supplies: Facts = field(default_factory=lambda: MappingProxyType({}))
