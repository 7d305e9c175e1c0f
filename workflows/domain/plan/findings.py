"""What a trust's policy finds in a job plan: on what its lines rest, and what was agreed about supporting activities.

A policy names the rules that it has under `values.plan_rules`, each with the clauses that ask for it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import Activity, pas_as_text


@dataclass(frozen=True)
class Finding:
    """A rule that the plan does not meet yet. One that `must` be mended is refused after the meeting; others are
    listed wherever the plan is talked about and agreed."""

    rule: str
    clauses: tuple[str, ...]
    key: str
    """Where it stands: "activities.2.evidence", counted from 0, or "spa_split.0.agreed_by"."""
    line: str
    """The id of the activity; "" for a finding about the split."""
    sentence: str
    must: bool


Found = tuple[str, str, str]
"""Key, id of the line, sentence."""
Rule = Callable[[Plan], Iterator[Found]]


def findings_of(plan: Plan, rules: Mapping[str, str]) -> tuple[Finding, ...]:
    """What the rules find, rule by rule. `rules` are those of the policy: the rule's key to its clauses, one or several
    parted by spaces. A rule that is not known here finds nothing."""
    return tuple(
        Finding(rule, tuple(rules[rule].split()), key, line, sentence, rule in MUST)
        for rule, find in RULES.items()
        if rule in rules
        for key, line, sentence in find(plan)
    )


def must_be_mended(plan: Plan, rules: Mapping[str, str], *, disputed: Collection[str] = ()) -> dict[str, str]:
    """The findings that stand in the way of agreement: a sentence for each box, as a form places it. Lines in dispute
    stay as they were."""
    return {each.key: each.sentence for each in findings_of(plan, rules) if each.must and each.line not in disputed}


def _lines(plan: Plan, category: str = "") -> Iterator[tuple[int, Activity]]:
    return ((number, line) for number, line in enumerate(plan.activities) if category in {"", line.category})


def _evidence(plan: Plan) -> Iterator[Found]:
    """Every line shows its evidence (BTH-3.3.2.6)."""
    for number, line in _lines(plan):
        if not line.evidence and line.need:
            yield f"activities.{number}.evidence", line.id, f"{_named(line)}: no evidence yet."


def _evidence_or_need(plan: Plan) -> Iterator[Found]:
    """A line rests on evidence or on an organisational need (BTH-3.4.1.6)."""
    for number, line in _lines(plan):
        if not line.evidence and not line.need:
            sentence = f"{_named(line)}: neither evidence nor an organisational need yet."
            yield f"activities.{number}.evidence", line.id, sentence


def _spa_agreed(plan: Plan) -> Iterator[Found]:
    """Supporting activities are described, discussed and agreed at the meeting (BTH-3.4.5-a)."""
    for number, line in _lines(plan, "spa"):
        if not line.details:
            yield f"activities.{number}.details", line.id, f"{_named(line)}: describe what it consists of."
        if not line.agreed:
            sentence = f"{_named(line)}: say that you discussed and agreed it at the meeting, or take it out."
            yield f"activities.{number}.agreed", line.id, sentence


def _spa_diary(plan: Plan) -> Iterator[Found]:
    """All supporting activities, above the minimum too, carry diary evidence (BTH-3.4.5.2.1-c)."""
    for number, line in _lines(plan, "spa"):
        if not line.evidence:
            yield f"activities.{number}.evidence", line.id, f"{_named(line)}: say what in the diary shows it."


def _spa_split(plan: Plan) -> Iterator[Found]:
    """Each of several contract holders agrees to the split (BTH-3.4.5-b)."""
    for number, share in enumerate(plan.spa_split):
        if not share.agreed_by:
            sentence = f"{share.holder}: say who agreed the split for this employer."
            yield f"spa_split.{number}.agreed_by", "", sentence
    total, spa = sum((share.pas for share in plan.spa_split), Fraction(0)), plan.totals().by_category["spa"]
    if len(plan.spa_split) == 1:
        yield "spa_split.0.holder", "", f"{plan.spa_split[0].holder}: name every employer between whom it is split."
    elif plan.spa_split and total != spa:
        words = f"the shares come to {pas_as_text(total)} PAs, the supporting activities to {pas_as_text(spa)}."
        yield "spa_split.0.pas", "", f"{plan.spa_split[0].holder}: {words}"


def _teaching(plan: Plan) -> Iterator[Found]:
    """Extra regular teaching has time only with evidence, the division and HR and OD (BTH-3.4.8-b)."""
    return _negotiated(plan, {"postgraduate", "undergraduate"})


def _local_teaching(plan: Plan) -> Iterator[Found]:
    """Locally defined teaching roles have time above the minimum by evidenced negotiation (BTH-3.4.8.6-a)."""
    return _negotiated(plan, {"local"})


def _negotiated(plan: Plan, kinds: set[str]) -> Iterator[Found]:
    for number, line in _lines(plan):
        if line.teaching not in kinds:
            continue
        if line.category != "spa":
            sentence = f"{_named(line)}: teaching in clinics and ward rounds is part of them; extra teaching is SPA."
            yield f"activities.{number}.teaching", line.id, sentence
        if not line.evidence:
            yield f"activities.{number}.evidence", line.id, f"{_named(line)}: extra teaching needs evidence."
        if not line.division:
            yield f"activities.{number}.division", line.id, f"{_named(line)}: say who took part for the division."
        if not line.hr:
            yield f"activities.{number}.hr", line.id, f"{_named(line)}: say who took part for HR and OD."


def _named(line: Activity) -> str:
    return f"“{line.title}”"


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "evidence_or_need": _evidence_or_need,
        "evidence": _evidence,
        "spa_agreed": _spa_agreed,
        "spa_diary": _spa_diary,
        "spa_split": _spa_split,
        "teaching": _teaching,
        "local_teaching": _local_teaching,
    }
)
"""The rules that a policy may name."""

MUST = frozenset(RULES) - {"evidence_or_need", "evidence"}
"""Those without which nothing is agreed."""
