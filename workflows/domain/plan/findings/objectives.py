"""Objectives, and the resources that the trust promises for them."""

from collections.abc import Iterator
from datetime import timedelta

from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import WHOLE, Found, Severity, called, day_of, rows, rule

SMART = {
    "specific": "what exactly it is",
    "measurable": "how it will be seen",
    "achievable": "how it can be done",
    "relevant": "why it matters",
    "time_bound": "by when",
}
A_YEAR = timedelta(days=366)
NAME = "objective"


@rule("Objectives that are not SMART yet", Severity.ERROR, "all five parts: specific, measurable, achievable, ...")
def smart(plan: Plan, _: Around) -> Iterator[Found]:
    """Each objective has its five parts (CPFT-7.1-f, BTH-3.2.12)."""
    for place, row in rows(plan, "objectives"):
        for key in (key for key in SMART if not row.get(key)):
            yield Found(f"{place}.{key}", row["id"], f"{called(row, NAME, 'Objective')}: say {SMART[key]}.")


@rule("Objectives that serve no service or trust objective", Severity.ERROR, "the objective that it serves")
def objective_linked(plan: Plan, _: Around) -> Iterator[Found]:
    """An objective is agreed once it is linked to a service or trust objective (CPFT-6.3, BTH-3.2.11-a)."""
    for place, row in rows(plan, "objectives"):
        if not row.get("serves"):
            words = "say which service or trust objective it serves."
            yield Found(f"{place}.serves", row["id"], f"{called(row, NAME, 'Objective')}: {words}")


@rule("Objectives taken from the appraisal", Severity.ERROR, "other words, or that it was written for the job plan")
def objective_copied(plan: Plan, around: Around) -> Iterator[Found]:
    """An objective is not the appraisal's development plan again (CPFT-7.1-g)."""
    appraisal = {" ".join(text.casefold().split()) for text in around.appraisal}
    for place, row in rows(plan, "objectives"):
        same = " ".join(str(row.get(NAME, "")).casefold().split()) in appraisal
        if same and not row.get("written_for_plan"):
            words = "it is word for word that of the appraisal’s development plan."
            yield Found(f"{place}.{NAME}", row["id"], f"{called(row, NAME, 'Objective')}: {words}")


@rule("Written for the job plan", Severity.WARNING, "the confirmation")
def objective_own(plan: Plan, _: Around) -> Iterator[Found]:
    """The doctor confirms that it was written for the job plan (CPFT-7.1-g): the appraisal is kept elsewhere."""
    for place, row in rows(plan, "objectives"):
        if not row.get("written_for_plan"):
            words = "confirm that it was written for the job plan, and not taken from the appraisal."
            yield Found(f"{place}.written_for_plan", row["id"], f"{called(row, NAME, 'Objective')}: {words}")


@rule("Measured by output, and not agreed by both", Severity.ERROR, "that both find the measure reasonable")
def output_agreed(plan: Plan, _: Around) -> Iterator[Found]:
    """A measure by output or outcome needs the agreement of both (BTH-3.2.11-c)."""
    for place, row in rows(plan, "objectives"):
        sides = {"doctor_agrees": "doctor", "manager_agrees": "manager"} if row.get("by_output") else {}
        for key in (key for key in sides if not row.get(key)):
            words = f"say that the {sides[key]} finds the measure by output reasonable."
            yield Found(f"{place}.{key}", row["id"], f"{called(row, NAME, 'Objective')}: {words}")


@rule("Objectives without a kind", Severity.WARNING, "one of the kinds")
def objective_kind(plan: Plan, _: Around) -> Iterator[Found]:
    """Each objective is of one of the listed kinds (BTH-3.4.14)."""
    for place, row in rows(plan, "objectives"):
        if not row.get("kind"):
            yield Found(f"{place}.kind", row["id"], f"{called(row, NAME, 'Objective')}: say of which kind it is.")


@rule("Objectives beyond the year", Severity.WARNING, "a day within the plan’s year")
def objective_year(plan: Plan, around: Around) -> Iterator[Found]:
    """An objective covers one year (BTH-3.4.14)."""
    starts = plan.effective_from or around.today
    for place, row in rows(plan, "objectives"):
        by = day_of(row.get("time_bound"))
        if starts and by and by > starts + A_YEAR:
            words = "its day lies more than a year after the plan begins."
            yield Found(f"{place}.time_bound", row["id"], f"{called(row, NAME, 'Objective')}: {words}")


@rule("On what objectives build", Severity.NOTE, "past experience, and the phase of the career")
def objective_basis(plan: Plan, _: Around) -> Iterator[Found]:
    """They build on past experience and fit the phase of the career (BTH-3.4.14)."""
    asked = {"basis": "on what past experience it builds", "career": "how it fits this phase of the career"}
    for place, row in rows(plan, "objectives"):
        for key in (key for key in asked if not row.get(key)):
            yield Found(f"{place}.{key}", row["id"], f"{called(row, NAME, 'Objective')}: it does not say {asked[key]}.")


@rule("Personal and service objectives", Severity.NOTE, "one of each", section="objectives")
def objective_sections(plan: Plan, _: Around) -> Iterator[Found]:
    """Personal objectives and service objectives have each their own place (CPFT-7.2-b)."""
    kinds = {row.get("kind") for _, row in rows(plan, "objectives")}
    for is_missing, words in (("personal" not in kinds, "personal"), (not kinds - {"personal", None}, "service")):
        if kinds and is_missing:
            yield Found(WHOLE, "", f"There is no {words} objective among the objectives.")


@rule("Several NHS employers", Severity.WARNING, "which of them leads, and the objectives set with the others")
def lead_employer(plan: Plan, _: Around) -> Iterator[Found]:
    """With several NHS employers the plan names the one that leads, and the others' objectives (BTH-3.2.11-b)."""
    set_elsewhere = any(row.get("employer") for _, row in rows(plan, "objectives"))
    several = set_elsewhere or len(plan.spa_split) > 1
    if several and not plan.said("lead_employer"):
        yield Found("statements.lead_employer", "", "There are several NHS employers: say which one leads.")
    if plan.said("lead_employer") and not set_elsewhere:
        words = "The objectives that were set with the other employers are not listed yet."
        yield Found(WHOLE, "", words)


@rule("Resources for nothing in particular", Severity.WARNING, "the responsibility or objective that it is for")
def resource_tied(plan: Plan, _: Around) -> Iterator[Found]:
    """Each resource is tied to a responsibility or an objective (BTH-3.4.2-b)."""
    for place, row in rows(plan, "resources"):
        if not row.get("serves"):
            words = "say for which responsibility or objective the trust provides it."
            yield Found(f"{place}.serves", row["id"], f"{called(row, 'resource', 'Resource')}: {words}")
