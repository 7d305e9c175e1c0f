"""Time for supporting activities: the minimum and the norm of a trust's policy, and what a plan has beside them.

The figures stand in the decision table `spa_minimum`, which a trust may edit.
"""

from dataclasses import dataclass
from fractions import Fraction

from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.working import PA, Figure, Working, plainly
from workflows.domain.calculations import Decide

TABLE = "spa_minimum"
MINIMUM, NORM = "minimum", "norm"
ERROR, WARNING, NOTE = "error", "warning", "note"
"""What being under a minimum, or away from a norm, is to the plan."""
NONE = Fraction(0)


@dataclass(frozen=True)
class Standard:
    """A figure of the policy in PAs a week, what it is to miss it, and the clause."""

    kind: str
    spa: Fraction
    effect: str
    clause: str


@dataclass(frozen=True)
class Standards:
    """What the policy says for a doctor. `minimum` is the one that applies, None where there is none; `clashing` are
    lower ones that would apply as well, and `note` then says so."""

    minimum: Standard | None
    norm: Standard | None
    clashing: tuple[Standard, ...] = ()

    @property
    def note(self) -> str:
        """That two clauses disagree, and which of them was taken; "" where none do."""
        if self.minimum is None or not self.clashing:
            return ""
        lower = " and ".join(f"{plainly(each.spa)} PA ({each.clause})" for each in self.clashing)
        higher = f"{plainly(self.minimum.spa)} PA ({self.minimum.clause})"
        return f"The policy gives two minima for this doctor: {lower}, and {higher}. The higher one applies."


@dataclass(frozen=True)
class Compared:
    """A plan beside the standards. `short` are the PAs that it lacks to the minimum, 0 where it has enough; `away` how
    far it is from the norm, less than 0 under it, None where there is no norm. The norm neither raises nor caps."""

    standards: Standards
    spa: Fraction
    short: Fraction
    away: Fraction | None
    working: tuple[Working, ...]


def standards(decide: Decide, *, grade: str, pas: Fraction, terms: Terms) -> Standards:
    """What a doctor of a grade ("consultant" or "sas") with a contract of so many PAs has to have (CPFT-7.2.1-a to -c,
    BTH-3.4.5.2.1, BTH-3.4.5.2.2, BTH-3.4.6-b). No minimum is made smaller for part-time (BTH-3.4.5.2.1-e)."""
    inputs = {"grade": grade, "part_time": pas < terms.full_time_pas, "pas": float(pas)}
    answers = decide(TABLE, inputs)
    rows = zip(*(answers.get(name, ()) for name in ("kind", "spa", "effect", "clause")), strict=True)
    found = [Standard(kind, Fraction(str(spa)), effect, clause) for kind, spa, effect, clause in rows]
    minima = sorted((each for each in found if each.kind == MINIMUM), key=lambda each: -each.spa)
    norm = next((each for each in found if each.kind == NORM), None)
    if not minima:
        return Standards(None, norm)
    return Standards(minima[0], norm, tuple(each for each in minima if each.spa < minima[0].spa))


def compared(spa: Fraction, against: Standards, *, core: Fraction | None = None) -> Compared:
    """A plan's supporting PAs a week beside the standards. `core`: those of them that count for the minimum, where the
    plan tells core from other ones (BTH-3.4.5.2-a: others come on top); all of them where it does not."""
    counting = spa if core is None else core
    lines = [Working("Supporting activities in the plan", spa, PA)]
    short, away = NONE, None
    if against.minimum is not None:
        short = max(against.minimum.spa - counting, NONE)
        if core is not None:
            lines.append(Working("Of these core, which alone count for the minimum", core, PA))
        lines.append(Working(f"Minimum ({against.minimum.clause})", against.minimum.spa, PA))
        lines.append(Working("Short of the minimum", short, PA))
    if against.norm is not None:
        away = spa - against.norm.spa
        lines.append(Working(f"Normal for a whole-time doctor ({against.norm.clause})", against.norm.spa, PA))
    return Compared(against, spa, short, away, tuple(lines))


def part_time_split(pas: Fraction, full_time_spa: Fraction, terms: Terms, *, dcc: Fraction, spa: Fraction) -> Figure:
    """A part-timer's direct clinical care beside the pro rata figure, in PAs a week (BTH-3.4.6-a).

    `full_time_spa` is what a whole-time doctor of the grade has; `dcc` and `spa` are the plan's own. The value is the
    pro rata DCC. A larger share of supporting activities is no fault: part-timers need proportionately more.
    """
    share = pas / terms.full_time_pas
    whole = terms.full_time_pas - full_time_spa
    pro_rata, spa_pro_rata = whole * share, full_time_spa * share
    words = f"{plainly(pas)} of {plainly(terms.full_time_pas)} PA"
    lines = (
        Working(f"Direct clinical care pro rata: {plainly(whole)} PA × {words}", pro_rata, PA),
        Working("Direct clinical care in the plan", dcc, PA),
        Working(f"Supporting activities pro rata: {plainly(full_time_spa)} PA × {words}", spa_pro_rata, PA),
        Working("Supporting activities in the plan", spa, PA),
    )
    more = spa - spa_pro_rata
    note = f"Supporting activities are {plainly(more)} PA above pro rata, as part-timers need." if more > 0 else ""
    return Figure(pro_rata, PA, lines, note)


def expected_workload(whole_time: Fraction, agreed_dcc: Fraction, whole_time_dcc: Fraction, unit: str) -> Figure:
    """What a part-timer is expected to do, by the agreed direct clinical care and not by the whole contract
    (BTH-3.4.6-d). `whole_time` is the workload of a whole-time colleague ("patients a week", ...), whose direct
    clinical care is `whole_time_dcc` PAs, more than 0."""
    value = whole_time * agreed_dcc / whole_time_dcc
    words = f"{plainly(whole_time)} {unit} × {plainly(agreed_dcc)} of {plainly(whole_time_dcc)} PA of clinical care"
    return Figure(value, unit, (Working(words, value, unit),))
