"""The tables of a policy file, each value checked where it is read, each fault a sentence with file and key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from workflows.domain.deadlines import HOLDERS, DeadlineRule, Effect, Kind, Length, NotALength, Rung, Strength
from workflows.domain.errors import Unsound
from workflows.domain.plan import CATEGORIES, SECTIONS
from workflows.domain.roles import Role
from workflows.domain.studio import UNLESS_SAID, Permission, Rights
from workflows.domain.vocabulary import PROCESSES
from workflows.domain.wording import code, codes

RULE_KEYS = frozenset(
    {
        "title", "clause", "kind", "start", "start_words", "length", "until", "strength", "effect", "ladder",
        "verified", "processes", "met_by",
    }
)  # fmt: skip
LONGEST_TITLE = 200
MOST_RUNGS = 20
SHORTHANDS: Mapping[str, tuple[str, ...]] = {"all": SECTIONS, "activities": tuple(CATEGORIES)}
"""What `covers` may say in place of a list of sections."""


class PolicyFault(Unsound):
    """{file}: {element}: {fault}."""

    def __init__(self, file: str, key: str, fault: str) -> None:
        super().__init__(element=key or "file", file=file, fault=fault)


@dataclass(frozen=True)
class Table:
    """A table of a policy file: where it stands, and its values."""

    file: str
    path: str
    values: Mapping[str, Any]

    def fault(self, key: str, fault: str) -> PolicyFault:
        """The fault of one key of this table."""
        return PolicyFault(self.file, ".".join(part for part in (self.path, key) if part), fault)

    def only(self, keys: frozenset[str]) -> None:
        """Raise PolicyFault for a key that means nothing here: most are misspelt."""
        for key in self.values:
            if key not in keys:
                raise self.fault(key, f"this is not known here; known are {codes(sorted(keys))}")

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "a text is needed here")
        return value

    def table(self, key: str) -> "Table":
        """A table below this one; empty where there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            raise self.fault(key, "a table is needed here")
        return Table(self.file, f"{self.path}.{key}" if self.path else key, value)

    def length(self, key: str) -> Length | None:
        """A length such as "28 days", if it is given."""
        if key not in self.values:
            return None
        try:
            length = Length.parse(self.text(key))
        except NotALength as error:
            raise self.fault(key, error.sentence.rstrip(".")) from None
        if length.count <= 0:
            raise self.fault(key, "a length must be more than nothing")
        return length

    def one_of(self, key: str, choices: type[Kind] | type[Strength] | type[Effect]) -> Any:
        """A member of an enumeration."""
        value = self.text(key)
        if value not in list(choices):
            raise self.fault(key, f"{code(str(value))} must be one of {codes(choices, 'or')}")
        return choices(value)


def read_role(table: Table, key: str, role: object) -> Role:
    """A role key, or a PolicyFault at `key`."""
    if not isinstance(role, str) or role not in list(Role):
        raise PolicyFault(table.file, key, f"{code(str(role))} is no role; the roles are {codes(Role)}")
    return Role(role)


def read_title(table: Table, role: str, title: object) -> str:
    """What a trust calls a role, or a PolicyFault."""
    if not isinstance(title, str) or not title.strip() or len(title) > LONGEST_TITLE:
        raise table.fault(f"titles.{role}", f"a text of at most {LONGEST_TITLE} characters is needed here")
    return title


def read_studio(table: Table, said: Mapping[str, Any]) -> Rights:
    """Which roles may do what in the studio; where nothing is said, what holds without."""
    for key, roles in said.items():
        if key not in list(Permission):
            raise PolicyFault(
                table.file,
                f"studio.{key}",
                f"this is not known here; known are {codes(Permission)}",
            )
        if not isinstance(roles, list) or not roles:
            raise PolicyFault(table.file, f"studio.{key}", "a list of roles is needed here, with at least one")
    return {
        permission: frozenset(read_role(table, f"studio.{permission}", role) for role in said[permission])
        if permission in said
        else given
        for permission, given in UNLESS_SAID.items()
    }


def read_deadlines(table: Table, source: str, ladders: Mapping[str, Any]) -> dict[str, DeadlineRule]:
    """The rules of a file's [deadlines]. One that gives no ladder has that of its strength in `ladders`."""
    deadlines = table.table("deadlines")
    return {key: _rule(key, deadlines.table(key), source, ladders) for key in deadlines.values}


def _rule(key: str, table: Table, source: str, ladders: Mapping[str, Any]) -> DeadlineRule:
    table.only(RULE_KEYS)
    kind, strength = cast(Kind, table.one_of("kind", Kind)), cast(Strength, table.one_of("strength", Strength))
    _check_lengths(table, kind)
    return DeadlineRule(
        key=key,
        title=table.text("title"),
        clause=table.text("clause"),
        kind=kind,
        start=table.text("start"),
        length=table.length("length"),
        until=table.length("until"),
        strength=strength,
        effect=table.one_of("effect", Effect),
        ladder=_ladder(table, table.values.get("ladder", ladders.get(strength, []))),
        source=source,
        verified=bool(table.values.get("verified", True)),
        start_words=_start_words(table),
        processes=_processes(table),
        met_by=table.text("met_by") if "met_by" in table.values else "",
    )


def _check_lengths(table: Table, kind: Kind) -> None:
    if ("length" in table.values) == (kind is Kind.FIXED_DATE):
        raise table.fault("length", "a fixed date has no length, and every other kind needs one")
    if ("until" in table.values) != (kind is Kind.WINDOW):
        raise table.fault("until", "a window needs the length at which it closes, and no other kind has one")


def _start_words(table: Table) -> str:
    words = table.text("start_words")
    if words.count("{date}") != 1 or {"{", "}"} & set(words.replace("{date}", "")):
        raise table.fault("start_words", "it must hold `{date}` once, and no other braces")
    return words


def _processes(table: Table) -> tuple[str, ...]:
    processes = table.values.get("processes", [])
    if not isinstance(processes, list):
        raise table.fault("processes", "a list of processes is needed here")
    for process in processes:
        if not isinstance(process, str) or process not in PROCESSES:
            raise table.fault("processes", f"{code(str(process))} is no process; they are {codes(PROCESSES)}")
    return tuple(processes)


def _ladder(table: Table, rungs: object) -> tuple[Rung, ...]:
    if not isinstance(rungs, list) or len(rungs) > MOST_RUNGS:
        raise table.fault("ladder", f"a list of rungs is needed here, of {MOST_RUNGS} at most")
    return tuple(_rung(table, number, rung) for number, rung in enumerate(rungs, start=1))


def _rung(table: Table, number: int, rung: object) -> Rung:
    key = f"ladder, rung {number}"
    if not isinstance(rung, Mapping) or set(rung) != {"at", "do", "to"}:
        raise table.fault(key, "a rung has exactly `at`, `do` and `to`")
    if rung["do"] not in ("remind", "escalate"):
        raise table.fault(key, "`do` must be `remind` or `escalate`")
    try:
        at = Length.parse(str(rung["at"]))
    except NotALength as error:
        raise table.fault(key, error.sentence.rstrip(".")) from None
    if at.unit == "working day":
        raise table.fault(key, "rungs are counted in calendar days, weeks or months")
    if not isinstance(rung["to"], list):
        raise table.fault(key, "`to` must be a list of roles")
    for name in rung["to"]:
        if name != HOLDERS and name not in list(Role):
            raise table.fault(key, f"{code(str(name))} is neither {code(HOLDERS)} nor a role")
    return Rung(at, rung["do"], tuple(rung["to"]))


def read_covers(table: Table, signatories: Sequence[Role], covers: object) -> dict[str, tuple[str, ...]]:
    """Which sections each signature covers; a signature that covers nothing would be none."""
    if not isinstance(covers, Mapping):
        raise PolicyFault(table.file, "covers", "a table of roles and sections is needed here")
    for role in signatories:
        if not covers.get(role):
            raise PolicyFault(table.file, f"covers.{role}", "a signatory must cover a section at least")
    return {str(read_role(table, "covers", role)): _sections(table, role, names) for role, names in covers.items()}


def _sections(table: Table, role: str, names: object) -> tuple[str, ...]:
    wanted = [names] if isinstance(names, str) else names
    if not isinstance(wanted, Sequence):
        raise PolicyFault(table.file, f"covers.{role}", "a list of sections is needed here")
    sections = {section for name in wanted for section in SHORTHANDS.get(str(name), (str(name),))}
    for section in sorted(sections - set(SECTIONS)):
        raise PolicyFault(table.file, f"covers.{role}", f"{code(str(section))} is no section of the plan")
    return tuple(section for section in SECTIONS if section in sections)
