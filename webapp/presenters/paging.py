"""The links below a list of several pages."""

from collections.abc import Callable
from typing import Any


def links(page: int, pages: int, address: Callable[[int], str]) -> dict[str, Any] | None:
    """What the design system's pagination takes: the pages near this one, the first and the last; None for one."""
    if pages <= 1:
        return None
    near = [number for number in range(1, pages + 1) if number in {1, pages} or abs(number - page) <= 1]
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": address(number), "current": number == page})
    found: dict[str, Any] = {"items": items}
    if page > 1:
        found["previous"] = {"href": address(page - 1)}
    if page < pages:
        found["next"] = {"href": address(page + 1)}
    return found
