"""A policy's text changed in one place: comments, order and everything else stay as they are."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Null, Table, Whitespace

from workflows.domain.errors import NotAllowed
from workflows.domain.fact_words import in_words
from workflows.domain.policy import PolicyFault
from workflows.domain.policy_text import parsed

Path = tuple[str, ...]
"""Where something is said: ("deadlines", "sign_off", "length")."""
LINE = 100
"""A list that would be longer than this stands in several lines."""


class CannotWrite(NotAllowed):
    """This cannot be changed with a form, because of how the policy is written. Change it as text."""


class BothChanged(NotAllowed):
    """Both say something of their own about {entry}."""


def say(text: str, path: Path, value: Any) -> str:
    """The text with another value in one place; tables on the way there are made where they are missing.

    value: what TOML can hold. Raises CannotWrite.
    """
    return _checked(text, path, value)


def unsay(text: str, path: Path) -> str:
    """The text without what it says in one place, so that it is inherited again. Raises CannotWrite."""
    return _checked(text, path, None)


def merged(base: str, ours: str, theirs: str) -> str:
    """`theirs` with all that `ours` changed since `base`, entry by entry. Raises PolicyFault, CannotWrite; BothChanged
    where both changed the same entry."""
    was, mine, others = (dict(_entries(parsed("", text), ())) for text in (base, ours, theirs))
    for path in dict.fromkeys([*was, *mine]):
        if mine.get(path) in (was.get(path), others.get(path)):
            continue
        if others.get(path) != was.get(path):
            raise BothChanged(entry=_called(path, mine, others))
        theirs = say(theirs, path, mine[path]) if path in mine else unsay(theirs, path)
    return theirs


def _called(path: Path, *sides: Mapping[Path, Any]) -> str:
    """An entry as people know it: a deadline by its title, else by the words of its place."""
    table, *rest = path
    title = next((side[table, rest[0], "title"] for side in sides if (table, *rest[:1], "title") in side), "")
    named = [f"“{title}”", *rest[1:]] if title else rest
    return ": ".join([in_words(table).lower(), *(in_words(one) for one in named)])


def _entries(table: Mapping[str, Any], where: Path) -> Iterator[tuple[Path, Any]]:
    """Everything that a policy says, each with its place."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _entries(value, (*where, key))
        else:
            yield (*where, key), value


def _checked(text: str, path: Path, value: Any) -> str:
    try:
        wanted = deepcopy(dict(parsed("", text)))  # refuses what would take too long or lie too deep
        document = tomlkit.parse(text)
        _set(document, path, value)
        new = tomlkit.dumps(document).rstrip("\n") + "\n"
        _set_plain(wanted, path, value)
        if _filled(parsed("", new)) == _filled(wanted):
            return new
    except (TOMLKitError, PolicyFault, KeyError, TypeError) as fault:
        raise CannotWrite from fault
    raise CannotWrite


def _set(document: Any, path: Path, value: Any) -> None:
    table, *way, key = document, *path
    for step in way:
        if step not in table:
            if value is None:
                return
            table[step] = tomlkit.table(is_super_table=step != path[-2])
        table = table[step]
    if value is not None:
        _put(table, key, _item(value))
    elif key in table:
        table.pop(key)
        _drop_empty(document, path[:-1])


def _drop_empty(document: Any, path: Path) -> None:
    """Take the heading of a table out too if nothing is below it any more, not even a comment."""
    for depth in range(len(path), 0, -1):
        above = document
        for step in path[: depth - 1]:
            above = above[step]
        table = above[path[depth - 1]]
        if not isinstance(table, Table) or not all(isinstance(item, Whitespace | Null) for _, item in table.value.body):
            return
        above.pop(path[depth - 1])


def _filled(table: Mapping[str, Any]) -> dict[str, Any]:
    """What a table says, without tables that say nothing."""
    found = {key: _filled(one) if isinstance(one, Mapping) else one for key, one in table.items()}
    return {key: one for key, one in found.items() if one != {}}


def _put(table: Any, key: str, item: Any) -> None:
    """A new line stands below the last one of its table, above what belongs to the next table."""
    holder: Container = table if isinstance(table, Container) else table.value
    lines = [name for name, there in holder.body if name is not None and not isinstance(there, Table)]
    if key in table or isinstance(item, Table) or not lines or lines[-1].key == holder.body[-1][0]:
        table[key] = item
    else:
        holder._insert_after(lines[-1], key, item)


def _set_plain(table: dict[str, Any], path: Path, value: Any) -> None:
    *way, key = path
    for step in way:
        if value is None and step not in table:
            return
        table = table.setdefault(step, {})
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value


def _item(value: Any) -> Any:
    if isinstance(value, Mapping):
        table = tomlkit.table()
        for key, one in value.items():
            table[key] = _item(one)
        return table
    if isinstance(value, Sequence) and not isinstance(value, str):
        array = tomlkit.array()
        for one in value:
            array.append(_inline(one))
        return array.multiline(len(array.as_string()) > LINE or any(isinstance(one, Mapping) for one in value))
    return value


def _inline(value: Any) -> Any:
    """A table within a list, in one line as the shipped policies write it."""
    if not isinstance(value, Mapping):
        return value
    table = tomlkit.inline_table()
    for key, one in value.items():
        table[key] = _item(one)
    return table


@lru_cache(maxsize=32)
def comments(text: str) -> Mapping[Path, str]:
    """What comments say about each place: behind it in its line, else right above it. Empty for what cannot be read."""
    try:
        parsed("", text)
        return dict(_comments(tomlkit.parse(text), ()))
    except (TOMLKitError, PolicyFault):
        return {}


def _comments(container: Container, where: Path) -> Iterator[tuple[Path, str]]:
    above: list[str] = []
    for name, item in container.body:
        if isinstance(item, Comment):
            above.append(_plain(item.trivia.comment))
            continue
        if isinstance(item, Whitespace) and "\n" not in item.s:
            continue
        if name is not None:
            path = (*where, name.key)
            if said := _plain(item.trivia.comment) or " ".join(above):
                yield path, said
            if isinstance(item, Table):
                yield from _comments(item.value, path)
        above = []


def _plain(comment: str) -> str:
    return comment.lstrip("# ").strip()
