"""Additional NHS responsibilities and external duties: who approved them, what they are good for."""

from collections.abc import Iterator

from workflows.domain.arithmetic.working import plainly
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import Found, Severity, day_of, lines, named, rows, rule
from workflows.domain.plan.lines import Activity

APPROVALS = {"department_approved_on": "head of department", "division_approved_on": "divisional director"}


@rule("Additional NHS role without both approvals", Severity.ERROR, "both approvals, before the role was applied for")
def role_approved(plan: Plan, _: Around) -> Iterator[Found]:
    """The department and the division approve it, both before the doctor applied (BTH-3.4.10-a)."""
    for place, line in lines(plan, "additional_nhs"):
        yield from _approved(place, line)
        applied = day_of(line.more.get("applied_on"))
        late = [each for each in APPROVALS if applied and (day_of(line.more.get(each)) or applied) > applied]
        for each in late:
            words = f"the {APPROVALS[each]} approved it only after the doctor had applied for it."
            yield Found(f"{place}.more.{each}", line.id, f"{named(line)}: {words}")
        if not applied:
            yield Found(f"{place}.more.applied_on", line.id, f"{named(line)}: say when the doctor applied for it.")


@rule("Additional NHS role not described", Severity.WARNING, "the nature of the role and the time that it needs")
def role_described(plan: Plan, _: Around) -> Iterator[Found]:
    """The nature of the role and the time that it needs are on record (BTH-3.4.10-b)."""
    for place, line in lines(plan, "additional_nhs"):
        if not line.details:
            yield Found(f"{place}.details", line.id, f"{named(line)}: say what the role is.")
        if not line.pas:
            yield Found(f"{place}.pas", line.id, f"{named(line)}: say how much time was agreed.")


@rule("Additional NHS role in standard time", Severity.NOTE, "the role marked as additional PAs, with its agreement")
def role_additional(plan: Plan, _: Around) -> Iterator[Found]:
    """Approved time for a role enters the plan as additional PAs (BTH-3.4.10-c), unless others pay for it."""
    for place, line in lines(plan, "additional_nhs"):
        approved = all(line.more.get(each) for each in APPROVALS)
        if approved and line.pas and line.extra != "additional" and not line.more.get("payer"):
            words = f"its {plainly(line.pas)} PA are approved. Mark them as additional PAs."
            yield Found(f"{place}.extra", line.id, f"{named(line)}: {words}")


@rule("Role that others pay for", Severity.NOTE, "")
def role_funded(plan: Plan, _: Around) -> Iterator[Found]:
    """A role funded by education or research has its time kept apart, at no cost to the department (BTH-3.4.10-d)."""
    for place, line in lines(plan, "additional_nhs"):
        if line.more.get("payer"):
            words = f"paid by {line.more['payer']}. Its time is kept apart and costs the department nothing."
            yield Found(f"{place}.more.payer", line.id, f"{named(line)}: {words}")


@rule("External duty without both approvals", Severity.ERROR, "the approval of the department and of the division")
def external_approved(plan: Plan, _: Around) -> Iterator[Found]:
    """Both the department and the division approve a formal request (BTH-3.2.7-a, BTH-3.4.11-a)."""
    for place, line in lines(plan, "external"):
        yield from _approved(place, line)


@rule("External duty without its benefit", Severity.ERROR, "the benefit to the doctor, the trust or the NHS")
def external_benefit(plan: Plan, _: Around) -> Iterator[Found]:
    """It is agreed for a stated benefit and with the department's support (BTH-3.4.11-b)."""
    for place, line in lines(plan, "external"):
        if not line.more.get("benefit"):
            yield Found(f"{place}.more.benefit", line.id, f"{named(line)}: say who benefits from it, and how.")


@rule("External duties to be reviewed", Severity.WARNING, "its nature, and that it was agreed again at the meeting")
def external_reviewed(plan: Plan, around: Around) -> Iterator[Found]:
    """Duties that are held already come up in each review with their nature and time (BTH-3.4.11-c)."""
    held = {line.id for line in around.agreed.in_category("external")} if around.agreed else frozenset()
    for place, line in lines(plan, "external"):
        if line.id in held and not (line.details and line.agreed):
            part = "agreed" if line.details else "details"
            words = "it was in the last plan. Say what it is and that you agreed on its time again."
            yield Found(f"{place}.{part}", line.id, f"{named(line)}: {words}")


@rule("External duty that is something else already", Severity.ERROR, "one entry for it, of one kind")
def external_once(plan: Plan, _: Around) -> Iterator[Found]:
    """What is of another kind, fee-paying or private is no external duty as well (BTH-3.2.7-b)."""
    others = {line.title.casefold() for line in plan.activities if line.category != "external"}
    others |= {str(row.get("work", "")).casefold() for _, row in rows(plan, "outside", "private", "fee_paying")}
    for place, line in lines(plan, "external"):
        if line.title.casefold() in others:
            words = "it is in the plan as work of another kind already, so it is no external duty."
            yield Found(f"{place}.title", line.id, f"{named(line)}: {words}")


def _approved(place: str, line: Activity) -> Iterator[Found]:
    for key in (key for key in APPROVALS if not line.more.get(key)):
        words = f"say when the {APPROVALS[key]} approved it."
        yield Found(f"{place}.more.{key}", line.id, f"{named(line)}: {words}")
