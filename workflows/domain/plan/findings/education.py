"""Teaching and training: extra teaching, and the time for roles by the policy's tariffs."""

from collections.abc import Iterator
from fractions import Fraction

from workflows.domain.arithmetic import tariffs
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import Found, Severity, lines, named, number_of, rule, shortly
from workflows.domain.plan.findings.slots import clashing, lines_with_times, slot_of
from workflows.domain.plan.findings.supporting import NON_CORE, core_of
from workflows.domain.plan.findings.wording import mentions
from workflows.domain.plan.lines import Activity, pas_as_text

SUPERVISORS = ("educational_supervisor", "clinical_supervisor", "undergraduate_supervisor")
EDUCATION_LEAD, PROGRAMME_DIRECTOR, ROLE_TRAINING = "education_lead", "programme_director", "role_training"
"""Types of the catalogue that rules know."""


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


@rule("Time of a role away from the policy’s", Severity.WARNING, "the policy’s figure, or why it is another")
def tariff(plan: Plan, around: Around) -> Iterator[Found]:
    """Roles have the time of the policy's tariff, by the number of trainees or appraisals (CPFT-7.2.1-f to -h,
    BTH-3.4.8.1-b, BTH-3.4.8.3-a); with a reason it may be another (BTH-3.4.8.1-d, BTH-3.4.8.3-b)."""
    for place, line, found in _with_tariff(plan, around):
        if found.counted and not line.more.get("count"):
            yield Found(f"{place}.more.count", line.id, f"{named(line)}: say how many {found.counted}s.")
        elif found.pas is not None and found.pas != line.pas:
            words = f"the policy gives {shortly(found.pas)} PA for this role, and the plan {pas_as_text(line.pas)}."
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {words}", clauses=(found.clause,))


@rule("Less than an hour a week for each trainee", Severity.WARNING, "more hours, or how it is split, on evidence")
def supervision(plan: Plan, around: Around) -> Iterator[Found]:
    """A supervisor has an hour a week for each trainee (BTH-3.4.8.1-c)."""
    for place, line, found in _with_tariff(plan, around):
        per_pa = around.terms.plain_hours_per_pa if around.terms else Fraction(4)
        if missing := tariffs.supervision_missing(found, line.pas * per_pa):
            words = f"{shortly(missing)} h a week are missing to an hour for each trainee."
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {words}")


@rule("Undecided figures of the policy", Severity.NOTE, "")
def tariff_undecided(plan: Plan, around: Around) -> Iterator[Found]:
    """Where the policy leaves a figure blank, it shows as undecided until the trust fills it in (BTH-3.4.5.2-e,
    BTH-3.4.8.5)."""
    for place, line, found in _with_tariff(plan, around):
        if found.undecided:
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {found.undecided}", clauses=(found.clause,))


def _with_tariff(plan: Plan, around: Around) -> Iterator[tuple[str, Activity, tariffs.Tariff]]:
    """The lines of roles for which the policy has a tariff, as if their doctors were trained."""
    for place, line in lines(plan, "spa"):
        if not line.subcategory:
            continue
        try:
            found = tariffs.tariff(
                around.decide,
                around.values,
                role=line.subcategory,
                number=int(number_of(line.more.get("count"))),
                not_counted=int(number_of(line.more.get("not_counted"))),
                trained=True,
            )
        except tariffs.NoTariff:
            continue
        yield place, line, found


@rule("A supervisor who is not on record as trained", Severity.ERROR, "that the doctor is trained and recognised")
def supervisor_trained(plan: Plan, _: Around) -> Iterator[Found]:
    """Only trained doctors are given time as supervisors (BTH-3.4.8.1-a, BTH-3.4.8.5)."""
    for place, line in lines(plan, "spa", *SUPERVISORS):
        if not line.more.get("trained"):
            words = "say that the doctor is trained and recognised for this role."
            yield Found(f"{place}.more.trained", line.id, f"{named(line)}: {words}")


@rule("Training for a role that its tariff includes", Severity.WARNING, "one line for both, or why it is separate")
def tariff_duplicate(plan: Plan, around: Around) -> Iterator[Found]:
    """A role's time includes local training and support for the role (CPFT-7.2.1-i)."""
    roles = [line for _, line, _ in _with_tariff(plan, around)]
    for place, line in lines(plan, "spa", ROLE_TRAINING):
        if roles and not line.more.get("duplicate_of"):
            words = f"the time of {named(roles[0])} includes training and support for the role."
            yield Found(f"{place}.more.duplicate_of", line.id, f"{named(line)}: {words}")


@rule("A lead role in education", Severity.WARNING, "who pays, the competition, and that it is non-core")
def education_lead(plan: Plan, around: Around) -> Iterator[Found]:
    """It carries its advertised non-core time, Medical Education as payer, and its competition (BTH-3.4.8.2-a)."""
    for place, line in lines(plan, "spa", EDUCATION_LEAD):
        if not line.more.get("payer"):
            yield Found(f"{place}.more.payer", line.id, f"{named(line)}: say that Medical Education pays for it.")
        if not line.more.get("competition"):
            words = "say from which competition the doctor was appointed."
            yield Found(f"{place}.more.competition", line.id, f"{named(line)}: {words}")
        if core_of(line, around) != NON_CORE:
            yield Found(f"{place}.core", line.id, f"{named(line)}: its time is non-core.")


@rule("A role beyond the trust", Severity.ERROR, "the separate contract, or the route of external duties")
def programme_director(plan: Plan, _: Around) -> Iterator[Found]:
    """A regional programme director has a separate contract; other roles beyond the trust are external duties
    (BTH-3.4.8.3-c)."""
    for place, line in lines(plan):
        is_one = line.subcategory == PROGRAMME_DIRECTOR or mentions(line.title, ("regional programme director",))
        if is_one and line.pas and line.category != "external":
            words = "a regional programme director works under a separate contract, without PAs in this plan."
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {words}")


@rule("Teaching in clinics and on ward rounds", Severity.ERROR, "no PAs on top of the session")
def clinical_teaching(plan: Plan, _: Around) -> Iterator[Found]:
    """Teaching that is done in a clinic or on a ward round is part of the session (BTH-3.4.8-a)."""
    for place, line in lines(plan):
        if not line.teaching and not (line.category == "spa" and mentions(line.title, ("teaching",))):
            continue
        slot = slot_of(place, line)
        session = next(
            (each for each in lines_with_times(plan, "dcc") if each.id != line.id and clashing(slot, each)), None
        )
        if session and line.pas:
            words = f"it is taught in {session.name}, which has its PAs already."
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {words}")


@rule("Part in education", Severity.WARNING, "an answer to both questions; “none” will do", section="statements")
def education_answers(plan: Plan, _: Around) -> Iterator[Found]:
    """Every plan says whether and how the doctor takes part in education (BTH-3.4.8-c)."""
    for stage in ("postgraduate", "undergraduate"):
        if not plan.said(stage):
            words = f"Say whether and how the doctor takes part in {stage} education."
            yield Found(f"statements.{stage}", "", words)
