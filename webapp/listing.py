"""Long lists in the browser: the page that is asked for, and filters that are remembered until they are cleared."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from webapp.forms import case_filters
from webapp.presenters import paging


class Paged(Protocol):
    """A list of which one page is shown."""

    @property
    def page(self) -> int:
        """The one that is shown, counted from 1."""

    @property
    def pages(self) -> int:
        """How many there are."""


def page() -> int:
    """The page that the address asks for."""
    return case_filters.number(request.args.get("page", "1"))


def remembered(key: str) -> Response | None:
    """The way to the list as it was narrowed last; None where the address itself says what is wanted."""
    kept = session.get(key)
    return redirect(address(kept)) if kept and not request.args else None


def links(found: Paged, kept: Mapping[str, Any]) -> dict[str, Any] | None:
    """The links to the other pages, narrowed alike. `kept`: the filters as they stand in the address."""
    return paging.links(found.page, found.pages, lambda number: address({**kept, "page": number}))


def address(kept: Mapping[str, Any]) -> str:
    """The address of the list that is shown, with these filters."""
    return url_for(str(request.endpoint), **kept)
