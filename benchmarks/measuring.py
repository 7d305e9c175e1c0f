"""Measuring: pairs of things timed in turn, so that a busy machine slows both down alike, and their medians."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isinf
from statistics import median


@dataclass(frozen=True)
class Figure:
    """A measured figure and its bar: the most it may be, or, with `least`, the least. `note` says in words what it is
    made of."""

    key: str
    value: float
    bar: float
    note: str
    least: bool = False

    @property
    def limit(self) -> str:
        """The bar in signs; "-" where there is none."""
        if isinf(self.bar):
            return "-"
        return f"{'>=' if self.least else '<='} {self.bar:g}"

    @property
    def passed(self) -> bool:
        """Whether the figure keeps to its bar."""
        return self.value >= self.bar if self.least else self.value <= self.bar


@dataclass
class Pairs:
    """Times of two things done in turn, in seconds: `ours`, and `floor` that it is held against."""

    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """How many times the floor's median ours is."""
        return median(self.ours) / median(self.floor)

    def words(self) -> str:
        """Both medians in milliseconds."""
        return f"{median(self.ours) * 1000:.2f} over {median(self.floor) * 1000:.2f} ms"


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes. Garbage of what was prepared before it is collected outside of it."""
    gc.collect(0)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def seconds_of_processor(work: Callable[[], object]) -> float:
    """The same of the processor's time alone: on a busy machine something long is interrupted, and something very short
    is not."""
    gc.collect(0)
    began = time.process_time()
    work()
    return time.process_time() - began
