"""Two policies compared: deadlines, titles, who signs, who may, limits and values, each from what to what."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.domain.deadlines import HOLDERS, NATIONAL, DeadlineRule, Effect, Kind, Rung, Strength
from workflows.domain.fact_words import fact_words, spaced
from workflows.domain.fact_words import in_words as words
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.studio import Permission
from workflows.domain.vocabulary import PROCESSES
from workflows.studio.differences import Change, Detail, Sign, changed, paired

KINDS: Mapping[Kind, str] = {
    Kind.AFTER: "after its start",
    Kind.BEFORE: "before a date",
    Kind.WINDOW: "within a time before a date",
    Kind.RECURRING: "again and again",
    Kind.MINIMUM_NOTICE: "as the shortest notice before a date",
    Kind.FIXED_DATE: "on a fixed date",
}
STRENGTHS: Mapping[Strength, str] = {Strength.MUST: "must be kept", Strength.NORMALLY: "should normally be kept"}
EFFECTS: Mapping[Effect, str] = {
    Effect.LAPSE: "the right ends",
    Effect.LATE: "it is late, and stays to be done",
    Effect.ESCALATE: "it is escalated",
    Effect.COME: "nothing is late: the day has come",
}
MAY: Mapping[Permission, str] = {
    Permission.EDIT: "Who may change processes",
    Permission.APPROVE: "Who may approve changes",
    Permission.PUBLISH: "Who may publish them",
    Permission.MOVE: "Who may move running cases",
}
Titles = Mapping[Role, str]
OF_THE_POLICY = frozenset({"key", "name", "bodies", "signatories"})
"""What `policy.x` reads beside the values."""


def compare(before: Policy, after: Policy) -> Iterator[Change]:
    """Every difference between two policies of one name. Roles are called by their newer titles on both sides: a title
    that changed is one line of its own."""
    yield from changed("The policy", (("Name", before.name, after.name),))
    yield from _deadlines(before, after)
    for role, title in after.titles.items():
        yield from _line(f"Title of the {before.titles.get(role, role)}", before.titles.get(role, ""), title)
    yield from _line(
        "Who signs a job plan, in order", _roles(after, before.signatories), _roles(after, after.signatories)
    )
    for role_key in dict.fromkeys([*before.covers, *after.covers]):
        what = f"What the signature of the {after.worded(f'{{{role_key}}}')} covers"
        yield from _line(what, *(", ".join(map(words, side.covers.get(role_key, ()))) for side in (before, after)))
    for role in dict.fromkeys([*before.stands_in, *after.stands_in]):
        what = f"Who stands in for the {after.titles[role]}"
        yield from _line(
            what, *(_roles(after, [side.stands_in[role]] if role in side.stands_in else []) for side in (before, after))
        )
    for permission, what in MAY.items():
        yield from _line(what, *(_roles(after, sorted(side.studio[permission])) for side in (before, after)))
    yield from _values("Bodies", before.bodies, after.bodies, after.titles)
    old, new = (
        {key: value for key, value in side.values.items() if key not in OF_THE_POLICY} for side in (before, after)
    )
    yield from _values("", old, new, after.titles)


def _deadlines(before: Policy, after: Policy) -> Iterator[Change]:
    for key in dict.fromkeys([*after.deadlines, *before.deadlines]):
        old, new = before.deadlines.get(key), after.deadlines.get(key)
        if old and new:
            rows = zip(_rule(after, old), _rule(after, new), strict=True)
            yield from changed(f"Deadline “{new.title}”", ((label, was, now) for (label, was), (_, now) in rows))
        elif new:
            found = tuple(Detail(label, "", said) for label, said in _rule(after, new) if said)
            yield Change(Sign.ADDED, f"Deadline “{new.title}”", found)
        elif old:
            yield Change(Sign.REMOVED, f"Deadline “{old.title}”", (Detail("Length", str(old.length or ""), ""),))


def _rule(policy: Policy, rule: DeadlineRule) -> list[tuple[str, str]]:
    return [
        ("Length", str(rule.length or "")),
        ("Closes before its date by", str(rule.until or "")),
        ("Title", rule.title),
        ("Counted", KINDS[rule.kind]),
        ("Runs from", fact_words(rule.start)),
        ("Its start in words", rule.start_words),
        ("Strength", STRENGTHS[rule.strength]),
        ("When it has passed", EFFECTS[rule.effect]),
        ("Clause", rule.clause),
        ("Reminders", "\n".join(rung_in_words(policy, rung) for rung in rule.ladder) or "none"),
        ("Kept by cases in", ", ".join(PROCESSES.get(one, one) for one in rule.processes)),
        ("Met by", fact_words(rule.met_by) if rule.met_by else ""),
        ("Still to be read again in its source", "" if rule.verified else "yes"),
        ("Said", "for everybody" if rule.source == NATIONAL else "by this trust itself"),
    ]


def rung_in_words(policy: Policy, rung: Rung) -> str:
    """ "7 days before: remind whoever has to act"."""
    when = "on the day" if not rung.at.count else f"{-rung.at} before" if rung.at.count < 0 else f"{rung.at} after"
    who = ["whoever has to act" if name == HOLDERS else policy.worded(f"{{{name}}}") for name in rung.to]
    return f"{when}: {'remind' if rung.do == 'remind' else 'escalate to'} {', '.join(who)}"


def _roles(policy: Policy, roles: Any) -> str:
    return ", ".join(policy.titles[role] for role in roles)


def _line(what: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        sign = Sign.ADDED if not before else Sign.REMOVED if not after else Sign.CHANGED
        yield Change(sign, what, (Detail("", before, after),))


def _values(where: str, before: Mapping[str, Any], after: Mapping[str, Any], titles: Titles) -> Iterator[Change]:
    """Values by their paths: a table goes on below, a list is compared thing by thing."""
    for key in dict.fromkeys([*before, *after]):
        what = f"{where}: {words(key).lower()}" if where else words(key)
        old, new = before.get(key), after.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _values(what, old, new, titles)
        elif isinstance(old, list) and isinstance(new, list) and old != new:
            yield from _list(what, *([value_in_words(one, titles) for one in side] for side in (old, new)))
        elif old != new or (old is None) != (new is None) or type(old) is not type(new):
            yield from _line(what, value_in_words(old, titles), value_in_words(new, titles))


def _list(what: str, old: list[str], new: list[str]) -> Iterator[Change]:
    pairs = [
        (old[was] if was is not None else "", new[now] if now is not None else "") for was, now in paired(old, new)
    ]
    yield Change(Sign.CHANGED, what, tuple(Detail("", was, now) for was, now in pairs))


def value_in_words(value: Any, titles: Titles) -> str:
    """A value of a policy for reading: "yes", "12", a role by its title, a table as "title: Research, kinds: research".

    `titles` are those of the roles."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{words(key).lower()}: {value_in_words(one, titles)}" for key, one in value.items())
    if isinstance(value, list):
        return "; ".join(value_in_words(one, titles) for one in value)
    said = str(value)
    return {str(role): title for role, title in titles.items()}.get(said) or spaced(said) or "nothing"
