"""Supporting professional activities: agreed, split between employers, and time for teaching."""

from collections.abc import Iterator
from fractions import Fraction

from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import Found, Severity, lines, named, rule
from workflows.domain.plan.lines import pas_as_text


@rule(
    "Supporting activities to be described and agreed at the meeting",
    Severity.ERROR,
    "a description, and that it was agreed at the meeting",
)
def spa_agreed(plan: Plan, _: Around) -> Iterator[Found]:
    """Supporting activities are described, discussed and agreed at the meeting (BTH-3.4.5-a)."""
    for place, line in lines(plan, "spa"):
        if not line.details:
            yield Found(f"{place}.details", line.id, f"{named(line)}: describe what it consists of.")
        if not line.agreed:
            sentence = f"{named(line)}: say that you discussed and agreed it at the meeting, or take it out."
            yield Found(f"{place}.agreed", line.id, sentence)


@rule("Supporting activities without diary evidence", Severity.ERROR, "what in the diary shows it")
def spa_diary(plan: Plan, _: Around) -> Iterator[Found]:
    """All supporting activities, above the minimum too, carry diary evidence (BTH-3.4.5.2.1-c)."""
    for place, line in lines(plan, "spa"):
        if not line.evidence:
            yield Found(f"{place}.evidence", line.id, f"{named(line)}: say what in the diary shows it.")


@rule("Split between employers", Severity.ERROR, "every employer with its share, and who agreed to it")
def spa_split(plan: Plan, _: Around) -> Iterator[Found]:
    """Each of several contract holders agrees to the split (BTH-3.4.5-b)."""
    for number, share in enumerate(plan.spa_split):
        if not share.agreed_by:
            sentence = f"{share.holder}: say who agreed the split for this employer."
            yield Found(f"spa_split.{number}.agreed_by", "", sentence)
    total, spa = sum((share.pas for share in plan.spa_split), Fraction(0)), plan.totals().by_category["spa"]
    if len(plan.spa_split) == 1:
        sentence = f"{plan.spa_split[0].holder}: name every employer between whom it is split."
        yield Found("spa_split.0.holder", "", sentence)
    elif plan.spa_split and total != spa:
        words = f"the shares come to {pas_as_text(total)} PAs, the supporting activities to {pas_as_text(spa)}."
        yield Found("spa_split.0.pas", "", f"{plan.spa_split[0].holder}: {words}")


@rule("Extra teaching", Severity.ERROR, "its evidence, and who spoke for the division and for HR and OD")
def teaching(plan: Plan, _: Around) -> Iterator[Found]:
    """Extra regular teaching has time only with evidence, the division and HR and OD (BTH-3.4.8-b)."""
    return _negotiated(plan, {"postgraduate", "undergraduate"})


@rule(
    "Locally defined teaching roles", Severity.ERROR, "its evidence, and who spoke for the division and for HR and OD"
)
def local_teaching(plan: Plan, _: Around) -> Iterator[Found]:
    """Locally defined teaching roles have time above the minimum by evidenced negotiation (BTH-3.4.8.6-a)."""
    return _negotiated(plan, {"local"})


def _negotiated(plan: Plan, kinds: set[str]) -> Iterator[Found]:
    for place, line in lines(plan):
        if line.teaching not in kinds:
            continue
        if line.category != "spa":
            sentence = f"{named(line)}: teaching in clinics and ward rounds is part of them; extra teaching is SPA."
            yield Found(f"{place}.teaching", line.id, sentence)
        if not line.evidence:
            yield Found(f"{place}.evidence", line.id, f"{named(line)}: extra teaching needs evidence.")
        if not line.division:
            yield Found(f"{place}.division", line.id, f"{named(line)}: say who took part for the division.")
        if not line.hr:
            yield Found(f"{place}.hr", line.id, f"{named(line)}: say who took part for HR and OD.")
