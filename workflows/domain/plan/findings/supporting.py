"""Supporting professional activities: how much, core or not, described, agreed, and split between employers."""

from collections.abc import Iterator
from fractions import Fraction

from workflows.domain.arithmetic import supporting as standards
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import WHOLE, Found, Severity, lines, named, rule, shortly
from workflows.domain.plan.findings.wording import mentions
from workflows.domain.plan.lines import Activity, pas_as_text

NONE = Fraction(0)
CORE, NON_CORE = "core", "non_core"
STUDY_LEAVE, MANAGEMENT = "external_study_leave", "management"
"""Types of the catalogue that rules know."""
POSTS = ("clinical director", "medical director", "divisional director", "head of department", "clinical lead")
MEETINGS = ("mdt", "multidisciplinary", "multi-disciplinary", "safeguarding")
COMPLAINTS = ("complaint", "complaints")


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


@rule("Too little time for supporting activities", Severity.WARNING, "more of it, or why it is less", section="spa")
def spa_minimum(plan: Plan, around: Around) -> Iterator[Found]:
    """The minimum of the policy's decision table, with its clause and its weight; it is not made smaller for part-time
    (CPFT-7.2.1-c, BTH-3.4.5.2.1-b, -e, BTH-3.4.5.2.2-a, BTH-3.4.6-b). Only core activities count where lines say it."""
    beside = _beside_standards(plan, around)
    minimum = beside.standards.minimum if beside else None
    if beside is None or minimum is None or not beside.short:
        return
    if plan.said("core_active") is not False or minimum.effect == Severity.ERROR:
        words = f"Supporting activities are {shortly(beside.short)} PA short of the minimum of {shortly(minimum.spa)}."
        yield Found(WHOLE, "", f"{words}{_space(beside.standards.note)}", minimum.effect, (minimum.clause,))


@rule("Supporting activities away from the norm", Severity.WARNING, "as many as is normal, or a reason", section="spa")
def spa_norm(plan: Plan, around: Around) -> Iterator[Found]:
    """What is normal for a doctor of the grade: asked about or only shown, as the decision table says; it neither
    raises nor caps (CPFT-7.2.1-a, -b, BTH-3.4.5.2.1-a)."""
    beside = _beside_standards(plan, around)
    norm = beside.standards.norm if beside else None
    if beside and norm and beside.away:
        side = "above" if beside.away > 0 else "below"
        words = f"{shortly(abs(beside.away))} PA {side} the {shortly(norm.spa)} that is normal for this doctor."
        yield Found(WHOLE, "", f"Supporting activities are {words}", norm.effect, (norm.clause,))


@rule("Two minima for this doctor", Severity.NOTE, "", section="spa")
def spa_minima_clash(plan: Plan, around: Around) -> Iterator[Found]:
    """For part-time SAS doctors the policy has two minima: both are shown, and the higher applies (BTH-3.4.6-b)."""
    beside = _beside_standards(plan, around)
    if beside and beside.standards.note:
        yield Found(WHOLE, "", beside.standards.note)


def _beside_standards(plan: Plan, around: Around) -> standards.Compared | None:
    """The plan's supporting PAs beside the policy's; None where grade or contract are not known."""
    if not around.kind_of_grade or around.terms is None or around.contracted is None:
        return None
    counting = [line for line in plan.in_category("spa") if line.subcategory != STUDY_LEAVE]
    said = any(core_of(line, around) for line in counting)
    core = sum((line.pas for line in counting if core_of(line, around) != NON_CORE), NONE) if said else None
    against = standards.standards(around.decide, grade=around.kind_of_grade, pas=around.contracted, terms=around.terms)
    return standards.compared(sum((line.pas for line in counting), NONE), against, core=core)


def core_of(line: Activity, around: Around) -> str:
    """Whether a line is core: as it says, else as its type is; "" where neither says."""
    kind = around.kind_of(line)
    return line.core or (kind.core if kind else "")


def _space(words: str) -> str:
    return f" {words}" if words else ""


@rule("Part-time: clinical care beside the pro rata figure", Severity.NOTE, "", section="spa")
def part_time_split(plan: Plan, around: Around) -> Iterator[Found]:
    """A part-timer's clinical care beside its pro rata part; a higher share of supporting activities is accepted
    (BTH-3.4.6-a)."""
    if not around.part_time or around.terms is None or around.contracted is None:
        return
    found = standards.standards(around.decide, grade=around.kind_of_grade, pas=around.full_time, terms=around.terms)
    whole = found.norm or found.minimum
    if whole is None:
        return
    sums = plan.totals().by_category
    split = standards.part_time_split(around.contracted, whole.spa, around.terms, dcc=sums["dcc"], spa=sums["spa"])
    words = f"Clinical care is {shortly(sums['dcc'])} PA in the plan and {shortly(split.value)} PA pro rata."
    yield Found(WHOLE, "", f"{words}{_space(split.note)}")


@rule("Core or non-core", Severity.WARNING, "whether it serves the own revalidation, or the trust and the NHS")
def spa_core(plan: Plan, around: Around) -> Iterator[Found]:
    """Each supporting activity is core or non-core (BTH-3.4.5-c)."""
    for place, line in lines(plan, "spa"):
        if not core_of(line, around) and line.subcategory != STUDY_LEAVE:
            yield Found(f"{place}.core", line.id, f"{named(line)}: say whether it is core or non-core.")


@rule("Core or non-core against its type", Severity.WARNING, "the other class, or another type of activity")
def spa_core_by_type(plan: Plan, around: Around) -> Iterator[Found]:
    """Audit of one's own work and training for revalidation are core; wider audit, training for the trust, education
    posts, funded research and answering for the trust are not (BTH-3.4.5.1-b, -c, BTH-3.4.5.2-c, -d)."""
    for place, line in lines(plan, "spa"):
        kind = around.kind_of(line)
        if kind and kind.core and line.core and kind.core != line.core:
            should = "core" if kind.core == CORE else "non-core"
            yield Found(f"{place}.core", line.id, f"{named(line)}: “{kind.title}” is {should} in this trust.")


@rule("Non-core activity without its justification", Severity.ERROR, "the need of the organisation that it serves")
def non_core_justified(plan: Plan, around: Around) -> Iterator[Found]:
    """A non-core activity is justified and agreed, above the core minimum (BTH-3.4.5.2-a)."""
    for place, line in _non_core(plan, around):
        if not line.need:
            yield Found(f"{place}.need", line.id, f"{named(line)}: it is non-core. Say which need it serves.")


@rule(
    "Further supporting activity not fully described", Severity.WARNING, "its level, who benefits, how it is measured"
)
def non_core_described(plan: Plan, around: Around) -> Iterator[Found]:
    """Each further activity shows at which level it was agreed, who benefits and how that is measured
    (BTH-3.4.5.2.2-c); its evidence is a rule of its own."""
    asked = {"level": "at which level it was agreed", "benefits": "who benefits", "measure": "how it is measured"}
    for place, line in _non_core(plan, around):
        for key in (key for key in asked if not line.more.get(key)):
            yield Found(f"{place}.more.{key}", line.id, f"{named(line)}: say {asked[key]}.")


def _non_core(plan: Plan, around: Around) -> Iterator[tuple[str, Activity]]:
    return ((place, line) for place, line in lines(plan, "spa") if core_of(line, around) == NON_CORE)


@rule("Core activity: fixed or flexible", Severity.WARNING, "whether it is fixed or flexible, as agreed")
def spa_flexible(plan: Plan, around: Around) -> Iterator[Found]:
    """Core time is entered as fixed or flexible (BTH-3.4.5.2.1-d)."""
    for place, line in lines(plan, "spa"):
        if core_of(line, around) == CORE and not line.more.get("flexible"):
            yield Found(f"{place}.more.flexible", line.id, f"{named(line)}: say whether its time is fixed or flexible.")


@rule("A management post under supporting activities", Severity.ERROR, "another kind of activity for the post")
def management_post(plan: Plan, _: Around) -> Iterator[Found]:
    """A formally appointed management post is not the clinical management of supporting activities (BTH-3.2.4)."""
    for place, line in lines(plan, "spa"):
        appointed = line.subcategory == MANAGEMENT and line.more.get("competition")
        if appointed or mentions(line.title, POSTS):
            words = "a post to which somebody is formally appointed is managerial work, no supporting activity."
            yield Found(f"{place}.category", line.id, f"{named(line)}: {words}")


@rule("Meetings about patients, and complaints", Severity.WARNING, "clinical care, or why it is something else")
def counts_as_dcc(plan: Plan, _: Around) -> Iterator[Found]:
    """Meetings about individual patients, their preparation, and answering a complaint about oneself are direct
    clinical care (BTH-3.4.4-a, BTH-3.4.5.2-d)."""
    for place, line in lines(plan, "spa"):
        if mentions(line.title, MEETINGS):
            words = "meetings about individual patients and their preparation are direct clinical care."
            yield Found(f"{place}.category", line.id, f"{named(line)}: {words}")
        elif mentions(line.title, COMPLAINTS) and line.subcategory != "complaint_organisation":
            words = "a complaint about oneself is direct clinical care; for the trust it has a type of its own."
            yield Found(f"{place}.subcategory", line.id, f"{named(line)}: {words}")


@rule("Study leave under supporting activities", Severity.ERROR, "no PAs: enter it under leave")
def study_leave(plan: Plan, _: Around) -> Iterator[Found]:
    """External study leave is no supporting activity: the guidance on CPD leave is about it (CPFT-7.2.1-d)."""
    for place, line in lines(plan, "spa", STUDY_LEAVE):
        if line.pas:
            words = "external study leave adds nothing here. Enter it under leave, as the CPD leave guidance says."
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {words}")


@rule("Administration", Severity.WARNING, "evidence, and that it was agreed at the review")
def administration(plan: Plan, _: Around) -> Iterator[Found]:
    """Administration that is not about patients is a line of its own, agreed with evidence (BTH-3.4.9)."""
    for place, line in lines(plan, "", "administration"):
        for part, lacking in (("evidence", not line.evidence), ("agreed", not line.agreed)):
            if lacking:
                words = "say what shows it." if part == "evidence" else "say that it was agreed at the review."
                yield Found(f"{place}.{part}", line.id, f"{named(line)}: {words}")


@rule("Administration about patients", Severity.WARNING, "the period of the diary, and its evidence")
def patient_administration(plan: Plan, _: Around) -> Iterator[Found]:
    """Its PAs are an average of recorded time over a stated period, with the evidence (BTH-3.4.4-b)."""
    for place, line in lines(plan, "dcc", "patient_administration"):
        if "recorded" in line.more:
            continue
        if not line.more.get("averaged_over"):
            yield Found(
                f"{place}.more.averaged_over", line.id, f"{named(line)}: say over which period it was averaged."
            )
        if not line.evidence:
            yield Found(f"{place}.evidence", line.id, f"{named(line)}: say what recorded the time.")


@rule("Agreed by the year", Severity.WARNING, "what was agreed about it")
def annualised(plan: Plan, _: Around) -> Iterator[Found]:
    """A plan, or a part of it, is a number a year by recorded agreement (BTH-3.2.17)."""
    if plan.said("annualised"):
        return
    for place, line in lines(plan):
        if "per_year" in line.pattern:
            words = "it is agreed as so many a year. Say in the statements what was agreed about that."
            yield Found(f"{place}.pattern", line.id, f"{named(line)}: {words}")
