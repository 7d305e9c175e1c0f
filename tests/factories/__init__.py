"""People and rows for tests. Whoever needs a world takes this one, so that a name means the same in every test."""

from tests.factories.cases import open_case, open_deadline, open_step, plan_firing, write_fact
from tests.factories.trusts import (
    NOW,
    TODAY,
    House,
    World,
    add_account,
    add_contract,
    add_person,
    add_post,
    add_release,
    build_world,
    own_files,
    shipped_files,
)

__all__ = [
    "NOW",
    "TODAY",
    "House",
    "World",
    "add_account",
    "add_contract",
    "add_person",
    "add_post",
    "add_release",
    "build_world",
    "open_case",
    "open_deadline",
    "open_step",
    "own_files",
    "plan_firing",
    "shipped_files",
    "write_fact",
]
