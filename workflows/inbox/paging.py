"""Long lists, a page at a time."""

from typing import NamedTuple


class Shown(NamedTuple):
    """The page of a list that is shown, counted from 1; `offset`: how many rows come before it."""

    page: int
    pages: int
    offset: int


def shown(total: int, *, page: int, at_once: int) -> Shown:
    """Which page is shown where this one is asked for: instead of one past the end the last."""
    pages = max(1, -(-total // at_once))
    page = min(max(page, 1), pages)
    return Shown(page, pages, (page - 1) * at_once)
