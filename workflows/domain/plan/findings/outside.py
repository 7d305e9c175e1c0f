"""Private practice, fee-paying work, other employers, practising privileges and what is declared about them."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.domain.arithmetic.extra import hours_with_private_work, long_week
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import Found, Severity, called, lines, named, rows, rule
from workflows.domain.plan.findings.wording import mentions
from workflows.domain.plan.working_out import figures

ELSEWHERE = ("private", "fee_paying", "employer")
PAID = ("private", "fee_paying")
COURT = ("court", "medico-legal", "medicolegal")
TREATMENT = (
    "diagnosis", "treatment", "general practice", "general medical", "general dental", "dental", "ophthalmic",
)  # fmt: skip
OUTSIDE_WORK = ("private practice", "private clinic", "private patients", "fee-paying", "fee paying")


@rule("Statement on private practice and paid outside work", Severity.ERROR, "a statement; “none” is one too")
def private_statement(plan: Plan, _: Around) -> Iterator[Found]:
    """A plan has a statement on private practice and paid work for outside bodies (CPFT-7.1-h)."""
    if not plan.said("private_work"):
        words = "There is no statement on private practice and paid work for outside bodies yet. “None” is one too."
        yield Found("statements.private_work", "", words)


@rule("All professional work, for whomever", Severity.WARNING, "what it is, or “none”")
def professional_work(plan: Plan, _: Around) -> Iterator[Found]:
    """The plan asks for all work in a professional capacity: an entry, or a nil return (CPFT-7.1-c)."""
    if not plan.said("professional_work") and not plan.entries("outside"):
        words = "Say what else you do in a professional capacity, for whomever. “None” will do."
        yield Found("statements.professional_work", "", words)


@rule("Does outside work conflict with the trust’s?", Severity.WARNING, "yes or no")
def conflict_answered(plan: Plan, _: Around) -> Iterator[Found]:
    """Outside work carries an answer to whether it conflicts with the trust's business (CPFT-3-d)."""
    for place, row in rows(plan, "outside", *ELSEWHERE):
        if "conflict" not in row:
            words = "say whether it conflicts with the trust’s business."
            yield Found(f"{place}.conflict", row["id"], f"{_work(row)}: {words}")


@rule("A conflict with the trust’s business", Severity.ERROR, "how it is resolved")
def conflict_resolved(plan: Plan, _: Around) -> Iterator[Found]:
    """A conflict stops sign-off until it is resolved (CPFT-3-d)."""
    for place, row in rows(plan, "outside", *ELSEWHERE):
        if row.get("conflict") and not row.get("resolution"):
            words = "it conflicts with the trust’s business. Say how that is resolved."
            yield Found(f"{place}.resolution", row["id"], f"{_work(row)}: {words}")


@rule("Outside work not discussed", Severity.WARNING, "when it was discussed, and what was agreed")
def outside_discussed(plan: Plan, _: Around) -> Iterator[Found]:
    """When it was discussed, what was agreed and its detail stand in the plan (CPFT-3-e)."""
    asked = {"discussed_on": "when you discussed it", "agreed": "what was agreed"}
    for place, row in rows(plan, "outside", *ELSEWHERE):
        for key in (key for key in asked if not row.get(key)):
            yield Found(f"{place}.{key}", row["id"], f"{_work(row)}: say {asked[key]}.")


@rule("Place, time and type of outside work", Severity.ERROR, "its place, its day and times, and broadly what it is")
def outside_described(plan: Plan, _: Around) -> Iterator[Found]:
    """Regular private and fee-paying commitments have place, time and broad type (BTH-3.4.16-d)."""
    for place, row in rows(plan, "outside", *PAID):
        timed = row.get("hours") or (row.get("day") and row.get("start") and row.get("end"))
        lacking = {
            "work": (not row.get("work"), "broadly what it is"),
            "place": (not row.get("place"), "where it is"),
            "day": (not timed, "when it is, or how many hours a week"),
        }
        for key, (is_lacking, words) in lacking.items():
            if is_lacking:
                yield Found(f"{place}.{key}", row["id"], f"{_work(row)}: say {words}.")


@rule("Private, or fee-paying?", Severity.WARNING, "the kind “private practice”, or why it is not")
def private_typed(plan: Plan, _: Around) -> Iterator[Found]:
    """Private diagnosis and treatment and general medical, dental or ophthalmic work are private, and kept apart from
    fee-paying work (BTH-3.2.14)."""
    for place, row in rows(plan, "outside", "fee_paying"):
        if mentions(str(row.get("work", "")), TREATMENT):
            words = "diagnosis and treatment are private practice, and not fee-paying work."
            yield Found(f"{place}.kind", row["id"], f"{_work(row)}: {words}")


@rule("Outside work with PAs", Severity.ERROR, "an entry under private practice and other work, without PAs")
def outside_has_no_pas(plan: Plan, _: Around) -> Iterator[Found]:
    """Fee-paying and private work add no PAs (BTH-3.2.13, BTH-3.2.14)."""
    for place, line in lines(plan):
        if line.pas and mentions(line.title, OUTSIDE_WORK):
            words = "private and fee-paying work adds no PAs. Enter it under private practice and other work."
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {words}")


@rule("Offer of an extra PA", Severity.WARNING, "the day on which it was offered")
def extra_offered(plan: Plan, around: Around) -> Iterator[Found]:
    """Whoever works 10 PAs and wants to work privately offers the trust an extra PA first (BTH-3.4.16-a)."""
    works = plan.said("intends_private") or any(True for _ in rows(plan, "outside", "private"))
    full_time = around.contracted is not None and around.contracted >= around.full_time
    if works and full_time and not plan.said("extra_offered_on"):
        words = "With 10 PAs and private work: say when an extra PA was offered to the trust."
        yield Found("statements.extra_offered_on", "", words)


@rule("The trust’s answer to the offer", Severity.WARNING, "accepted or declined")
def extra_answered(plan: Plan, _: Around) -> Iterator[Found]:
    """The trust's answer is on record, and can be asked for again during the year (BTH-3.4.16-b)."""
    if plan.said("extra_offered_on") and plan.said("extra_answer") not in {"accepted", "declined"}:
        words = "An extra PA was offered: say whether the trust accepts or declines it."
        yield Found("statements.extra_answer", "", words)


@rule("Code of practice", Severity.WARNING, "the declaration")
def code_of_practice(plan: Plan, _: Around) -> Iterator[Found]:
    """Private and fee-paying work follows the code of practice and harms neither patients nor services, as the doctor
    declares (BTH-3.4.16-c)."""
    if any(True for _ in rows(plan, "outside", *PAID)) and not plan.said("code_of_practice"):
        words = "Declare that the private and paid work follows the code of practice."
        yield Found("statements.code_of_practice", "", words)


@rule("More than 48 hours a week in all", Severity.WARNING, "that the doctor takes responsibility for it")
def hours_accepted(plan: Plan, around: Around) -> Iterator[Found]:
    """Where private work takes the hours over 48 a week, the doctor accepts responsibility (BTH-3.4.16-e)."""
    if around.terms is None or plan.said("hours_accepted"):
        return
    found = figures(plan, around.terms, around.holidays, around.tariff_of)
    if note := hours_with_private_work(found.overall.hours_a_week, found.outside_hours, around.terms).note:
        yield Found("statements.hours_accepted", "", note)


@rule(
    "More than 48 hours a week for the trust", Severity.WARNING, "fewer hours, or the doctor’s word that it is agreed"
)
def long_hours(plan: Plan, around: Around) -> Iterator[Found]:
    """The trust's hours are looked at without private work too: plans stay near 10 PAs (CPFT-7.1-d), and the limit is
    the 48 hours of BTH-3.4.16-e."""
    if around.terms is None or plan.said("hours_accepted"):
        return
    hours = figures(plan, around.terms, around.holidays, around.tariff_of).overall.hours_a_week
    if note := long_week(hours, around.terms):
        yield Found("statements.hours_accepted", "", note)


@rule("Attendance at court", Severity.WARNING, "what was agreed with the head of department")
def court(plan: Plan, _: Around) -> Iterator[Found]:
    """Attending court for private medico-legal work is arranged with the head of department (BTH-3.4.16-g)."""
    for place, row in rows(plan, "outside", *PAID):
        if mentions(str(row.get("work", "")), COURT) and not row.get("court"):
            yield Found(f"{place}.court", row["id"], f"{_work(row)}: say what was agreed about attending court.")


@rule("Declaration of conflicts of interest", Severity.ERROR, "a declaration; “none” is one too")
def declaration(plan: Plan, _: Around) -> Iterator[Found]:
    """No review closes without the doctor's declaration (BTH-App2-a)."""
    if not plan.said("conflict_of_interest"):
        words = "There is no declaration of conflicts of interest yet. “None” is one too."
        yield Found("statements.conflict_of_interest", "", words)


@rule("Practising privileges not fully described", Severity.WARNING, "contact, medical director, role and dates")
def privileges_described(plan: Plan, _: Around) -> Iterator[Found]:
    """Each outside organisation has its contact, its medical director or chair, the role and the dates
    (BTH-App2-b); of the doctor, the specialty."""
    for place, row in rows(plan, "privileges"):
        asked = {"organisation": "which it is", "contact": "its contact", "director": "its medical director or chair"}
        asked["role"] = "your role there"
        asked |= {f"{kind}_since": f"since when for {kind}" for kind in ("outpatients", "inpatients") if row.get(kind)}
        for key in (key for key in asked if not row.get(key)):
            yield Found(
                f"{place}.{key}", row["id"], f"{called(row, 'organisation', 'Organisation')}: say {asked[key]}."
            )
    if plan.entries("privileges") and not plan.said("specialty"):
        yield Found("statements.specialty", "", "The declaration of privileges needs the specialty.")


@rule("Work that is not regularly done in the NHS", Severity.ERROR, "what it is")
def privileges_unusual(plan: Plan, _: Around) -> Iterator[Found]:
    """Who does something there that is not regularly done in the NHS says what (BTH-App2-c)."""
    for place, row in rows(plan, "privileges"):
        if row.get("unusual") and not row.get("unusual_details"):
            words = "say what you do there that you do not regularly do in the NHS."
            yield Found(
                f"{place}.unusual_details", row["id"], f"{called(row, 'organisation', 'Organisation')}: {words}"
            )


@rule("No practising privileges declared", Severity.NOTE, "")
def privileges_declared(plan: Plan, _: Around) -> Iterator[Found]:
    """A nil or missing declaration shows what the GMC expects (BTH-App2-f)."""
    if not plan.entries("privileges") or not plan.said("privileges_declared"):
        words = "Privileges that are not disclosed can be against the GMC’s standards of probity: list every one."
        yield Found("statements.privileges_declared", "", words)


@rule("What the appraiser needs", Severity.NOTE, "")
def privileges_appraisal(plan: Plan, _: Around) -> Iterator[Found]:
    """Each privilege reminds of the appraiser and of the e-portfolio (BTH-App2-e)."""
    for place, row in rows(plan, "privileges"):
        words = "give your appraiser its information on quality and governance, and bring your e-portfolio up to date."
        yield Found(f"{place}.organisation", row["id"], f"{called(row, 'organisation', 'Organisation')}: {words}")


def _work(row: Mapping[str, Any]) -> str:
    return called(row, "work", "Outside work")
