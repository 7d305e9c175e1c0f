"""A trust's policy: titles, deadlines, signatories, bodies and values, over the national ones that it inherits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

from workflows.domain.deadlines import NATIONAL, DeadlineRule
from workflows.domain.errors import Unsound
from workflows.domain.policy_tables import (
    PolicyFault,
    Table,
    read_covers,
    read_deadlines,
    read_role,
    read_studio,
    read_title,
)
from workflows.domain.policy_text import parsed
from workflows.domain.roles import Role
from workflows.domain.studio import Rights
from workflows.domain.wording import code

__all__ = ["NoSuchDeadline", "Policy", "PolicyFault", "read_policy"]

TABLES = frozenset(
    {
        "name", "inherits", "titles", "ladders", "deadlines", "signatories", "covers", "stands_in", "bodies", "values",
        "studio",
    }
)  # fmt: skip
MERGED = ("titles", "stands_in", "bodies", "ladders", "studio")
"""Tables of which a trust may say one line and inherit the rest."""
TITLED = re.compile(r"\{([a-z_]+)\}")
"""Where the title of a role goes in the words of a drawing."""
LANE = re.compile(r'(<(?:\w+:)?lane\s(?:[^<>]*?\s)?name=")([a-z_]+)(?=")')
"""The name of a lane in BPMN XML: the key of a role."""
QUOTE = {'"': "&quot;"}


class NoSuchDeadline(Unsound):
    """The policy of {policy} has no deadline “{element}”."""


@dataclass(frozen=True)
class Policy:
    """What a trust's policy says, read-only. Shapes are those of the TOML files in bpmn/policies."""

    key: str
    name: str
    titles: Mapping[Role, str]
    deadlines: Mapping[str, DeadlineRule]
    signatories: tuple[Role, ...]
    """Who signs a job plan, in order."""
    covers: Mapping[str, tuple[str, ...]]
    """By role of a signatory: the sections of the plan that the signature covers."""
    stands_in: Mapping[Role, Role]
    """Who takes the place of a role-holder who is a party, or is already acting."""
    bodies: Mapping[str, Any]
    values: Mapping[str, Any]
    """What diagrams read as `policy.x`: nested read-only mappings of texts, numbers, yes/no and lists."""
    sources: Mapping[str, str]
    studio: Rights
    """Which roles may edit, approve, publish and move."""
    inherits: str = ""
    """The key of the policy that holds where this one is silent; "" for none."""

    def title(self, role: str) -> str:
        """What this trust calls a role: "Head of Department"."""
        return self.titles[Role(role)]

    def worded(self, text: str) -> str:
        """The words of a drawing as this trust says them: `{clinical_manager}` in them stands for its title."""
        return TITLED.sub(lambda found: self.titles[Role(found[1])] if found[1] in set(Role) else found[0], text)

    def titled(self, xml: str) -> str:
        """A drawing whose lanes are called as this trust calls their roles, to be looked at: the file has the keys."""
        titles = {role.value: escape(title, QUOTE) for role, title in self.titles.items()}
        return LANE.sub(lambda found: found[1] + titles.get(found[2], found[2]), xml)

    def deadline(self, key: str) -> DeadlineRule:
        """The rule of a deadline. Raises NoSuchDeadline."""
        if key not in self.deadlines:
            raise NoSuchDeadline(element=key, policy=self.name)
        return self.deadlines[key]

    def source_of(self, key: str) -> str:
        """Who says so: "national" or the key of the trust's policy.

        `key` is that of a deadline, "signatories", or a path: "titles.amd", "values.preparation_material".
        """
        if key in self.deadlines:
            return self.deadlines[key].source
        return self.sources.get(key, NATIONAL)

    def says(self, key: str) -> bool:
        """Whether this policy says so itself, and does not inherit it."""
        return self.source_of(key) == (self.key if self.inherits else NATIONAL)


def read_policy(key: str, files: Mapping[str, str]) -> Policy:
    """Read "cumbria" from the texts of the policy files by name ("cumbria.toml", with or without a folder).

    What the file leaves unsaid is inherited and marked "national". Raises PolicyFault, whose sentence names the file
    and the key.
    """
    by_name = {PurePosixPath(name).name: text for name, text in files.items()}
    chain = list(_inherited(key, by_name))
    tables = [(source, read) for source, read in reversed(chain)]
    own = tables[-1][1]
    titles = {
        read_role(own, "titles", role): read_title(own, role, title)
        for role, title in _merged(tables, "titles").items()
    }
    for role in set(Role) - set(titles):
        raise PolicyFault(own.file, "titles", f"there is no title for {code(role)}")
    signatories = tuple(read_role(own, "signatories", role) for role in _list(own, tables, "signatories"))
    bodies, values = _merged(tables, "bodies"), _merged_deeply(tables)
    if not isinstance(bodies.get("panel_list", []), list):
        raise own.fault("bodies.panel_list", "a list is needed here")
    return Policy(
        key=key,
        name=own.text("name"),
        titles=MappingProxyType(titles),
        deadlines=MappingProxyType(_deadlines(tables)),
        signatories=signatories,
        covers=MappingProxyType(read_covers(own, signatories, _newest(tables, "covers"))),
        stands_in=MappingProxyType(_stands_in(own, _merged(tables, "stands_in"))),
        bodies=_frozen(bodies),
        values=_frozen(
            {
                **values,
                "key": key,
                "name": own.text("name"),
                "bodies": bodies,
                "signatories": [str(r) for r in signatories],
            }
        ),
        sources=MappingProxyType(_sources(tables)),
        studio=read_studio(own, _merged(tables, "studio")),
        inherits=str(own.values.get("inherits", "")),
    )


def _inherited(key: str, files: Mapping[str, str]) -> Iterator[tuple[str, Table]]:
    """The file of the policy and those that it inherits from, each with its source: the nearest first."""
    seen: list[str] = []
    wanted = key
    while wanted:
        name = f"{wanted}.toml"
        if wanted in seen:
            raise PolicyFault(f"{seen[-1]}.toml", "inherits", "the policies inherit from each other in a circle")
        if name not in files:
            raise PolicyFault(f"{(seen or [wanted])[-1]}.toml", "inherits" if seen else "", f"there is no file {name}")
        table = _parsed(name, files[name])
        seen.append(wanted)
        inherits = table.text("inherits") if "inherits" in table.values else ""
        yield (wanted if inherits else NATIONAL), table
        wanted = inherits


def _parsed(file: str, text: str) -> Table:
    table = Table(file, "", parsed(file, text))
    table.only(TABLES)
    return table


def _merged(tables: list[tuple[str, Table]], name: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for _, table in tables:
        merged |= table.table(name).values
    return merged


def _merged_deeply(tables: list[tuple[str, Table]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for _, table in tables:
        merged = _over(merged, table.table("values").values)
    return merged


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One nested mapping laid over another: what the upper leaves unsaid shows through."""
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, Mapping) and isinstance(below.get(key), Mapping)
        merged[key] = _over(below[key], value) if both else value
    return merged


def _newest(tables: list[tuple[str, Table]], name: str) -> Any:
    for _, table in reversed(tables):
        if name in table.values:
            return table.values[name]
    raise PolicyFault(tables[-1][1].file, name, "neither this policy nor one that it inherits says anything here")


def _list(own: Table, tables: list[tuple[str, Table]], name: str) -> list[Any]:
    value = _newest(tables, name)
    if not isinstance(value, list):
        raise own.fault(name, "a list is needed here")
    return value


def _deadlines(tables: list[tuple[str, Table]]) -> dict[str, DeadlineRule]:
    rules: dict[str, DeadlineRule] = {}
    ladders: dict[str, Any] = {}
    for source, table in tables:
        ladders |= table.table("ladders").values
        rules |= read_deadlines(table, source, ladders)
    return rules


def _stands_in(own: Table, pairs: Mapping[str, Any]) -> dict[Role, Role]:
    chain = {read_role(own, "stands_in", role): read_role(own, "stands_in", other) for role, other in pairs.items()}
    for role in chain:
        seen, at = {role}, role
        while at in chain:
            at = chain[at]
            if at in seen:
                raise PolicyFault(own.file, "stands_in", f"{code(role)} would in the end stand in for itself")
            seen.add(at)
    return chain


def _sources(tables: list[tuple[str, Table]]) -> dict[str, str]:
    """Who said last what `Policy.source_of` is asked about."""
    sources: dict[str, str] = {}
    for source, table in tables:
        for name, value in table.values.items():
            sources[name] = source
            if name in (*MERGED, "values"):
                sources |= {f"{name}.{key}": source for key in value}
    return sources


def _frozen(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same nested mapping, read-only."""
    return MappingProxyType({k: _frozen(v) if isinstance(v, Mapping) else v for k, v in values.items()})
