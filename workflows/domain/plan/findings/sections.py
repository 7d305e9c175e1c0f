"""What a plan has to say something about: its sections, its head, and the questions that it answers once."""

from collections.abc import Iterator

from workflows.domain.plan.content import Plan, missing_sections
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import Found, Severity, rule
from workflows.domain.plan.lines import section_title


@rule("Sections about which nothing is said", Severity.WARNING, "something in it, or why it does not apply")
def empty_section(plan: Plan, around: Around) -> Iterator[Found]:
    """No section is empty without a justification (CPFT-7.6.5-a): the kinds of activity (CPFT-7.2-a) and what else the
    trust's policy wants (CPFT-7.2-b, CPFT-7.2-c)."""
    for section in missing_sections(plan, around.sections):
        words = f"Nothing is said about {_lower(section_title(section))}: neither an entry nor a reason."
        yield Found(f"not_applicable.{section}", "", words)


@rule("Main place of work", Severity.WARNING, "where the doctor mainly works")
def place_of_work(plan: Plan, _: Around) -> Iterator[Found]:
    """A plan says where the doctor works (CPFT-7.2-b)."""
    if not plan.base:
        yield Found("base", "", "The main place of work is missing.")


@rule("Head of the plan", Severity.NOTE, "the period, and the payroll number")
def header(plan: Plan, _: Around) -> Iterator[Found]:
    """The head holds the effective period, the name and the payroll number (BTH-App5-a)."""
    asked = {"effective_from": "the first day", "effective_to": "the last day", "payroll_number": "the payroll number"}
    for key in (key for key in asked if not getattr(plan, key)):
        yield Found(key, "", f"The head of the plan does not say {asked[key]}.")


@rule("More than a year", Severity.WARNING, "a last day within twelve months")
def one_year(plan: Plan, _: Around) -> Iterator[Found]:
    """A plan covers the coming year (CPFT-2.5)."""
    starts, ends = plan.effective_from, plan.effective_to
    if starts and ends and (ends - starts).days > LONGEST:
        yield Found("effective_to", "", "The plan covers more than the coming year.")


LONGEST = 366


@rule("Personal and professional development", Severity.NOTE, "what the year offers, or why there is nothing")
def development(plan: Plan, _: Around) -> Iterator[Found]:
    """The plan has opportunities for development, and is incomplete without (CPFT-3-b)."""
    if not plan.said("development"):
        yield Found("statements.development", "", "Incomplete: no opportunities for development are named yet.")


@rule("The last appraisal", Severity.NOTE, "its date, or where it is kept")
def appraisal(plan: Plan, _: Around) -> Iterator[Found]:
    """A plan links to the latest appraisal, which is kept elsewhere (CPFT-6.2, BTH-3.4.5.2.1-f)."""
    if not plan.said("appraised_on") and not plan.said("appraisal_link"):
        yield Found("statements.appraised_on", "", "The date of the last appraisal is not given.")


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]
