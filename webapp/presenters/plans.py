"""A version of a job plan in words."""

from fractions import Fraction
from typing import NamedTuple

from webapp.presenters import dues, plan_parts, words
from workflows.domain.people import CONTRACT_KINDS
from workflows.domain.plan import CATEGORIES, DAYS, Activity, section_title
from workflows.domain.plan.in_words import PartInWords, Said
from workflows.domain.plan.pro_forma import codes_of
from workflows.domain.policy import Policy
from workflows.inbox.plans import PlanPage, Signed, VersionLink


class Day(NamedTuple):
    """A day of the week with its activities in the order of time."""

    title: str
    activities: list[Activity]


class Category(NamedTuple):
    """A category with its PAs a week: its activities, or why it does not apply."""

    key: str
    title: str
    pas: str
    activities: list[Activity]
    reason: str


class Meaning(NamedTuple):
    """An abbreviation, with each expansion and where the policy gives it: "Direct Clinical Care (section 7.2)"."""

    short: str
    meanings: list[str]


class Change(NamedTuple):
    """What changed in a section since the version before."""

    section: str
    sentences: list[str]


def tag(page: PlanPage) -> dues.Tag:
    """The state of the version."""
    return {
        "draft": dues.Tag("Draft", "blue"),
        "put_aside": dues.Tag("Put aside", "grey"),
        "agreed": dues.Tag("Not yet in force", "blue"),
        "in_force": dues.Tag("In force", "green"),
    }.get(page.status, dues.Tag("Replaced", "grey"))


def status(page: PlanPage) -> str:
    """The state of the version in a sentence."""
    if page.status == "draft":
        return f"This is a draft of {words.day(page.written_on)}. It counts once everyone has signed it."
    if page.status == "put_aside":
        return f"This is a draft of {words.day(page.written_on)}. Its case has ended without it."
    starts = words.day(page.effective_from) if page.effective_from else ""
    if page.status == "agreed":
        return f"Agreed, in force from {starts}.{'' if page.today else ' No plan is in force until then.'}"
    if page.status == "in_force":
        return f"This version has been in force since {starts}." if starts else "This version is in force."
    after = page.follows.starts if page.follows else None
    if after and page.effective_from and page.effective_from < after:
        return f"This version was replaced on {words.day(after)}."
    return "This version was replaced."


class Following(NamedTuple):
    """Another version that the reader should know of: a link in its sentence."""

    id: int
    link: str
    rest: str


def others(page: PlanPage) -> list[Following]:
    """Which version applies today, and which takes the place of this one."""
    found = []
    if page.status == "agreed":
        applies = page.today
        found += [Following(applies.id, f"Version {applies.number}", "applies until then.")] if applies else []
    if page.follows and page.follows.starts:
        day = words.day(page.follows.starts)
        rest = {
            "in_force": f"is agreed, and takes its place on {day}.",
            "agreed": f"is agreed as well, and takes its place on {day}.",
        }.get(page.status, f"took its place, and counts from {day}.")
        found.append(Following(page.follows.id, f"Version {page.follows.number}", rest))
    if page.status == "superseded" and page.today and (page.follows is None or page.today.id != page.follows.id):
        found.append(Following(page.today.id, f"Version {page.today.number}", "applies today."))
    return found


def version(link: VersionLink) -> str:
    """How it stands with a version in the list: "in force since 1 April 2027"."""
    starts = words.short_day(link.starts) if link.starts else ""
    return {
        "draft": "draft",
        "agreed": f"agreed, in force from {starts}",
        "in_force": f"in force since {starts}" if starts else "in force",
    }.get(link.status, "replaced")


def week(page: PlanPage) -> list[Day]:
    """Monday to Friday always, the other days and what has no fixed day where there is something."""
    days = []
    for place, (key, title) in enumerate(DAYS.items()):
        held = sorted(
            (one for one in page.plan.activities if one.day == key), key=lambda one: (one.start or "99", one.title)
        )
        if held or place < 5:
            days.append(Day(title, held))
    return days


def categories(page: PlanPage) -> list[Category]:
    """Every category, the empty ones with their reason."""
    totals = page.plan.totals().by_category
    return [
        Category(
            key=key,
            title=title,
            pas=pas(totals[key]),
            activities=list(page.plan.in_category(key)),
            reason=page.plan.not_applicable.get(key, ""),
        )
        for key, title in CATEGORIES.items()
    ]


def pas(value: Fraction) -> str:
    """ "1.25", "10"."""
    return words.figure(value)


def total(page: PlanPage) -> str:
    """ "10.5 PAs a week, contracted 10: 0.5 more"."""
    planned = page.plan.totals().overall
    said = f"{pas(planned)} PAs a week"
    if page.contracted is None:
        return said
    over = planned - page.contracted
    if not over:
        return f"{said}, as contracted"
    return f"{said}, contracted {pas(page.contracted)}: {pas(abs(over))} {'more' if over > 0 else 'fewer'}"


def hours(activity: Activity) -> str:
    """ "09:00 to 13:00"; empty where no time is set."""
    return f"{activity.start} to {activity.end}" if activity.start and activity.end else ""


def when(activity: Activity) -> str:
    """ "Monday, 09:00 to 13:00"."""
    return ", ".join(part for part in (DAYS.get(activity.day, ""), hours(activity)) if part)


def signed(signature: Signed) -> str:
    """Who signed when, in which role; and what voided the signature."""
    who = words.acting(signature.name, signature.on_behalf_of)
    return f"{who}, {signature.role}: {words.moment(signature.signed_at)}"


def changes(page: PlanPage) -> list[Change]:
    """What changed, by section, in the order of the plan."""
    found: dict[str, list[str]] = {}
    for difference in page.differences:
        found.setdefault(difference.section, []).append(difference.sentence)
    return [Change(section_title(section), sentences) for section, sentences in found.items()]


def parts(page: PlanPage) -> tuple[PartInWords, ...]:
    """The parts that say something."""
    return plan_parts.parts(page.plan)


def statements(page: PlanPage) -> tuple[Said, ...]:
    """What is stated."""
    return plan_parts.statements(page.plan)


def glossary(policy: Policy) -> list[Meaning]:
    """The abbreviations that the policy uses, in the order of the alphabet (CPFT-4), and the codes of its form."""
    terms = {
        short: [f"{said} ({where})" if where else said for said, where in given]
        for short, given in policy.values.get("glossary", {}).items()
    }
    for code in codes_of(policy.values):
        if code.code not in terms:
            unsaid = "" if code.defined else ", as this trust reads the code of the form; not defined in the policy"
            terms[code.code] = [f"{code.title}{unsaid}"]
    return [Meaning(short, terms[short]) for short in sorted(terms, key=str.lower)]


def head(page: PlanPage) -> list[tuple[str, list[str]]]:
    """What the plan says at its top: what was agreed to above all, then for whom, from when and where (BTH-App5-a)."""
    more = [
        ("Period", period(page)),
        ("Contract", contract(page)),
        ("Payroll number", page.payroll_number),
        ("Main place of work", page.plan.base),
    ]
    return [*plan_parts.at_head(page.plan), *((label, [text]) for label, text in more if text)]


def period(page: PlanPage) -> str:
    """From when until when: "1 April 2027 to 31 March 2028"; empty where neither is known."""
    starts = page.plan.effective_from or page.effective_from
    until = page.plan.effective_to
    if starts and until:
        return f"{words.short_day(starts)} to {words.short_day(until)}"
    return f"From {words.short_day(starts)}" if starts else f"Until {words.short_day(until)}" if until else ""


def contract(page: PlanPage) -> str:
    """The contract that the plan names, or else payroll."""
    return CONTRACT_KINDS.get(page.contract, page.contract)


def shape(page: PlanPage, activity: Activity) -> list[str]:
    """What else a line is: its type, how often, additional or not."""
    return plan_parts.shape(activity, page.policy.values)
