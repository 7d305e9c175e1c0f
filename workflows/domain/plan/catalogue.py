"""The types of activity that a trust's policy offers within each category (BTH-3.2.1, CPFT-7.2.1-e)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from workflows.domain.plan.lines import CATEGORIES


class Kind(NamedTuple):
    """A type of activity. `core` is a key of CORES where the policy settles it, else ""."""

    title: str
    core: str = ""


def catalogue(values: Mapping[str, Any]) -> dict[str, dict[str, Kind]]:
    """The types by category and key, from the values of a policy: `catalogue.<category>.<key>` is a title, or a table
    of title and core. Every category is in it, those without types too."""
    said = values.get("catalogue", {})
    return {
        category: {
            key: Kind(one) if isinstance(one, str) else Kind(**one) for key, one in said.get(category, {}).items()
        }
        for category in CATEGORIES
    }
