"""The policy of a draft, looked at and changed place by place: what a trust says itself, over what it inherits."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.domain.deadlines import Rung, Strength
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.lengths import Length
from workflows.domain.policy import Policy, PolicyFault, read_policy
from workflows.domain.policy_holes import Hole, holes
from workflows.domain.policy_text import parsed
from workflows.domain.studio import CLOSED, Permission
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import releases as release_rows
from workflows.studio import drafts, pages
from workflows.studio.comparing_policies import OF_THE_POLICY
from workflows.studio.drafts import DraftFile
from workflows.studio.pages import FileLine, Problem
from workflows.studio.policy_texts import CannotWrite, Path, comments, say, unsay
from workflows.studio.problems import unknown_clause
from workflows.studio.rights import Acting, check_reads

__all__ = ["CannotWrite", "Path", "Policy", "PolicyPage", "PolicyRefused", "Value", "policy_page", "save", "save_text"]

Edit = tuple[Path, Any]
"""A place and what is to stand there; None: nothing, so that it is inherited."""


class PolicyRefused(NotAllowed):
    """{sentence}"""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(element=place, sentence=sentence)
        self.place = place
        """What is wrong: "deadlines.sign_off.length", "" for the whole."""


class NoSuchPolicyFile(NotFound):
    """There is no such policy in this draft."""


@dataclass(frozen=True)
class Value:
    """A limit or value. `kind`: yes_no, number, text, lines (a list of texts) or rows (a list of small tables, or of
    lists); "" for what no box can hold. `own`: whether the trust says it itself; `comment`: what the policy says
    beside it."""

    path: Path
    value: Any
    kind: str
    own: bool
    inherited: Any
    comment: str

    @property
    def alone(self) -> bool:
        """Whether nobody but the trust says it, so that it can be removed."""
        return self.own and self.inherited is None


@dataclass(frozen=True)
class PolicyPage:
    """The trust's policy in a draft. `policy` is None while it cannot be read, for which `fault` gives the reason;
    `inherited` is what would hold if the trust said nothing. `others` are the further policies of the set."""

    draft_id: int
    draft_name: str
    key: str
    file: DraftFile
    policy: Policy | None
    inherited: Policy | None
    fault: str
    files: Mapping[str, str]
    problems: tuple[Problem, ...]
    others: tuple[FileLine, ...]
    may_edit: bool

    @property
    def title(self) -> str:
        """What the policy is called."""
        lines = pages.file_lines(self.files, self.files)
        return next(line.title for line in lines if line.path == path_of(self.key))

    @property
    def own(self) -> Mapping[str, Any]:
        """What the trust's own file says."""
        return _plain(self.file.text)

    @property
    def values(self) -> tuple[Value, ...]:
        """Every limit and value that holds, in the order of the files."""
        if self.policy is None:
            return ()
        said = {key: value for key, value in self.policy.values.items() if key not in OF_THE_POLICY}
        below = self.inherited.values if self.inherited else {}
        return tuple(self._said("values", said, below))

    @property
    def bodies(self) -> tuple[Value, ...]:
        """The bodies that the policy names."""
        below = self.inherited.bodies if self.inherited else {}
        return tuple(self._said("bodies", self.policy.bodies, below)) if self.policy else ()

    def _said(self, table: str, said: Mapping[str, Any], below: Mapping[str, Any]) -> Iterator[Value]:
        beside = _beside(self.files, self.key)
        return _values((table,), said, self.own.get(table, {}), below, beside)


def policy_page(session: Session, *, viewer: Viewer, draft_id: int, name: str = "") -> PolicyPage:
    """The trust's own policy in a draft, or another of the set by its name. Raises NotYourStudio, NoSuchDraft,
    NoSuchPolicyFile."""
    may = check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    base = release_rows.by_id(session, release_id=draft.base_release_id)
    key = name or (base.policy if base else "")
    files = drafts.files(session, draft_id=draft.id)
    path = path_of(key)
    if path not in files:
        raise NoSuchPolicyFile
    policy, fault = _read(key, files)
    parent = _plain(files[path]).get("inherits", "")
    return PolicyPage(
        draft_id=draft.id,
        draft_name=draft.name,
        key=key,
        file=drafts.file(session, viewer=viewer, draft_id=draft.id, path=path),
        policy=policy,
        inherited=_read(str(parent), files)[0] if parent else None,
        fault=fault,
        files=files,
        problems=tuple(pages.problems(files, [path])),
        others=tuple(line for line in pages.file_lines(files, files) if line.kind == "policies" and line.key != key),
        may_edit=Permission.EDIT in may and draft.status not in CLOSED,
    )


def path_of(key: str) -> str:
    """Where a policy lies in a set."""
    return f"policies/{key}.toml"


def save(
    session: Session, *, by: Acting, draft_id: int, key: str, edits: Sequence[Edit], read: int, said: str, now: datetime
) -> int:
    """Say things in a policy, or say them no longer. Only these places of its text change.

    Raises PolicyRefused where the policy could not be read any more, what is said leaves a hole or a deadline cites a
    clause that there is not, CannotWrite, and what drafts.save_file raises.
    """
    drafts.opened(session, by, Permission.EDIT, draft_id, now)
    files = drafts.files(session, draft_id=draft_id)
    path = path_of(key)
    text = files[path]
    for place, value in edits:
        text = unsay(text, place) if value is None else say(text, place, value)
    try:
        policy = read_policy(key, {**files, path: text})
    except PolicyFault as fault:
        reason = str(fault.facts.get("fault", fault.sentence))
        raise PolicyRefused(fault.element or "", f"{reason[:1].upper()}{reason[1:]}.") from fault
    for hole in _left(policy, text, {".".join(place[:2]) for place, _ in edits}):
        raise PolicyRefused(hole.key, hole.sentence)
    return drafts.save_file(session, by=by, draft_id=draft_id, path=path, text=text, read=read, said=said, now=now)


def _left(policy: Policy, text: str, edited: Collection[str]) -> Iterator[Hole]:
    """What is wrong where a policy was edited, such as at "deadlines.sign_off"."""
    for hole in holes(policy, _plain(text)):
        if ".".join(hole.key.partition(",")[0].split(".")[:2]) in edited:
            yield hole
    for key, rule in policy.deadlines.items():
        if f"deadlines.{key}" in edited and (sentence := unknown_clause(rule.clause)):
            yield Hole(f"deadlines.{key}.clause", sentence)


def save_text(
    session: Session, *, by: Acting, draft_id: int, key: str, text: str, read: int, now: datetime
) -> tuple[Problem, ...]:
    """Keep a whole policy as it was typed, sound or not; returns what the checker says of it. Raises what
    drafts.save_file raises."""
    path, said = path_of(key), "Changed the policy as text."
    drafts.save_file(session, by=by, draft_id=draft_id, path=path, text=text, read=read, said=said, now=now)
    return tuple(pages.problems(drafts.files(session, draft_id=draft_id), [path]))


def deadline_edits(page: PolicyPage, key: str, said: Mapping[str, Any]) -> list[Edit]:
    """What has to be written so that a deadline says this, None for what it says no more: one that the trust inherits
    is said as a whole."""
    own = page.own.get("deadlines", {}).get(key)
    rule = written_rule(page, key)
    wanted = {name: value for name, value in {**rule, **said}.items() if value is not None}
    if own is None:
        return [(("deadlines", key), wanted)] if wanted != rule else []
    return [(("deadlines", key, name), value) for name, value in said.items() if value != rule.get(name)]


def written_rule(page: PolicyPage, key: str) -> dict[str, Any]:
    """A deadline as the trust writes it, or else the nearest policy that it inherits. Raises NoSuchPolicyFile."""
    return dict(_nearest(page, "deadlines", key))


def _nearest(page: PolicyPage, table: str, key: str) -> Any:
    for text in _chain(page.files, page.key):
        said = _plain(text).get(table, {}).get(key)
        if said is not None:
            return said
    raise NoSuchPolicyFile


def usual_ladder(page: PolicyPage, strength: Strength) -> list[Rung]:
    """The reminders of every deadline of a strength that gives none of its own."""
    try:
        rungs = _nearest(page, "ladders", strength)
    except NoSuchPolicyFile:
        return []
    return [Rung(Length.parse(one["at"]), one["do"], tuple(one["to"])) for one in rungs]


def _read(key: str, files: Mapping[str, str]) -> tuple[Policy | None, str]:
    try:
        return read_policy(key, files), ""
    except PolicyFault as fault:
        return None, fault.sentence


def _plain(text: str) -> Mapping[str, Any]:
    try:
        return parsed("", text)
    except PolicyFault:
        return {}


def _chain(files: Mapping[str, str], key: str) -> Iterator[str]:
    """The texts of a policy and of those that it inherits, the nearest first."""
    seen: set[str] = set()
    while key and key not in seen and path_of(key) in files:
        seen.add(key)
        yield files[path_of(key)]
        key = str(_plain(files[path_of(key)]).get("inherits", ""))


def _beside(files: Mapping[str, str], key: str) -> dict[Path, str]:
    found: dict[Path, str] = {}
    for text in reversed(list(_chain(files, key))):
        found |= comments(text)
    return found


def _values(where: Path, said: Mapping[str, Any], own: Any, below: Any, beside: Mapping[Path, str]) -> Iterator[Value]:
    for key, value in said.items():
        path = (*where, key)
        has = isinstance(own, Mapping) and key in own
        inherited = below.get(key) if isinstance(below, Mapping) else None
        if isinstance(value, Mapping):
            yield from _values(path, value, own.get(key) if has else None, inherited, beside)
        else:
            yield Value(path, value, kind_of(value), has, inherited, beside.get(path, ""))


def kind_of(value: Any) -> str:
    """In what kind of box a value can be changed."""
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    if not isinstance(value, list):
        return ""
    if all(isinstance(one, str) for one in value):
        return "lines"
    return "rows" if all(_is_row(one) for one in value) else ""


def _is_row(one: Any) -> bool:
    cells = one.values() if isinstance(one, Mapping) else one if isinstance(one, list) else [None]
    return all(isinstance(cell, str | int | float | bool) for cell in cells)
