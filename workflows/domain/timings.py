"""How long things took, on a scale: each step is a fifth longer than the one below it."""

from collections.abc import Mapping
from itertools import takewhile

RATIO = 1.2
LONGEST_MS = 120_000


def _scale() -> tuple[int, ...]:
    bounds, exact = [1], 1.0
    while bounds[-1] < LONGEST_MS:
        exact *= RATIO
        if round(exact) > bounds[-1]:
            bounds.append(round(exact))
    return tuple(bounds)


SCALE = _scale()
"""The upper bounds of the steps in milliseconds. What took longer than the last counts as the last."""


def step_of(milliseconds: float) -> str:
    """The step of the scale that a duration falls into: its upper bound, as the key of a count."""
    below = sum(1 for _ in takewhile(lambda bound: bound < milliseconds, SCALE))
    return str(SCALE[min(below, len(SCALE) - 1)])


def percentile(counts: Mapping[str, int], share: float) -> int | None:
    """The milliseconds within which that share (0.95) of what was counted was done, at most a fifth too high.

    None where nothing was counted.
    """
    total = sum(counts.values())
    if total == 0:
        return None
    seen = 0
    for bound in SCALE:
        seen += counts.get(str(bound), 0)
        if seen >= share * total:
            return bound
    return SCALE[-1]
