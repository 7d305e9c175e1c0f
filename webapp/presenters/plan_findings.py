"""What the rules of the policy find in a plan, in words: for whoever agrees to it, signs it or checks it."""

from collections.abc import Iterable
from typing import NamedTuple

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.plan import Finding, Severity, missing_sections, section_title
from workflows.inbox.panels import PlanPanel

EMPTY_SECTION = "empty_section"
"""The rule on sections about which nothing is said."""


class Found(NamedTuple):
    """A finding: its sentence, then what asks for it, what settles it and why it stays."""

    key: str
    """What a form calls it."""
    sentence: str
    clauses: str
    settle: str
    reason: str

    @property
    def more(self) -> str:
        """All but the sentence, in one: "To settle it: its end. CPFT-7.2.2-c"."""
        parts = (f"To settle it: {self.settle}" if self.settle else "", self.clauses)
        return ". ".join(part for part in parts if part)

    @property
    def whole(self) -> str:
        """All of it, as the option of a list."""
        reason = f"Reason given: {self.reason}" if self.reason else ""
        return " ".join(part for part in (self.sentence, reason, self.more) if part)


class OfRule(NamedTuple):
    """What one rule finds, wherever that is in the plan."""

    title: str
    found: tuple[Found, ...]

    @property
    def more(self) -> str:
        """What settles it, and the clauses: the same wherever it is found."""
        return self.found[0].more


class Group(NamedTuple):
    """Findings that mean the same for whoever looks at the plan."""

    key: str
    title: str
    tag: Tag
    rules: tuple[OfRule, ...]

    @property
    def found(self) -> tuple[Found, ...]:
        """Those of all its rules."""
        return tuple(each for rule in self.rules for each in rule.found)


TITLES = {
    "error": ("Nobody can agree to the plan like this", Tag("To mend", "red")),
    "open": ("Open: to be settled, or to be given a reason", Tag("Open", "orange")),
    "explained": ("Stays as it is, with a reason", Tag("Explained", "green")),
    "note": ("To know", Tag("Note", "grey")),
}


def groups(findings: Iterable[Finding]) -> list[Group]:
    """The findings by what they mean, the gravest first, rule by rule; empty groups are left out."""
    sorted_in: dict[str, list[Finding]] = {key: [] for key in TITLES}
    for each in findings:
        sorted_in[_group(each)].append(each)
    return [Group(key, *TITLES[key], _rules(found)) for key, found in sorted_in.items() if found]


def by_rule(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings of each rule together, in their order. Those that another clause asks for stand apart."""
    together: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
    for each in findings:
        together.setdefault((each.rule, each.clauses), []).append(each)
    return list(together.values())


def _rules(findings: Iterable[Finding]) -> tuple[OfRule, ...]:
    return tuple(OfRule(found[0].title, tuple(_found(each) for each in found)) for found in by_rule(findings))


def to_return(findings: Iterable[Finding]) -> list[Group]:
    """Those for which a plan may be sent back."""
    return [group for group in groups(findings) if group.key != "note"]


def missing(panel: PlanPanel) -> list[str]:
    """The titles of the sections about which nothing is said."""
    keys = [each.section for each in panel.findings if each.rule == EMPTY_SECTION]
    if EMPTY_SECTION not in panel.rules and panel.draft:
        keys = missing_sections(panel.draft.plan)
    return [section_title(key) for key in keys]


def name_of(finding: Finding) -> str:
    """What a form calls a finding."""
    return f"{finding.rule}@{finding.key}"


def _group(finding: Finding) -> str:
    if finding.severity is Severity.WARNING:
        return "explained" if finding.reason else "open"
    return finding.severity.value


def _found(finding: Finding) -> Found:
    clauses = words.listed(list(finding.clauses))
    return Found(name_of(finding), finding.sentence, clauses, finding.settle, finding.reason)
