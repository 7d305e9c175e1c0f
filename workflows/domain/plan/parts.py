"""The parts of a job plan beside its activities: rows of a kind, described by their columns, and statements.

Reading, forms, comparing, signatures and print go through these descriptions, so that a new column needs one line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from workflows.domain.fields import Field

DAY_OPTIONS = (
    ("monday", "Monday"),
    ("tuesday", "Tuesday"),
    ("wednesday", "Wednesday"),
    ("thursday", "Thursday"),
    ("friday", "Friday"),
    ("saturday", "Saturday"),
    ("sunday", "Sunday"),
)
OBJECTIVE_KINDS = (
    ("trust", "Trust objectives"),
    ("service", "Local service objectives"),
    ("quality", "Quality"),
    ("activity", "Activity and efficiency"),
    ("outcomes", "Clinical outcomes"),
    ("standards", "Clinical standards"),
    ("resources", "Management of resources"),
    ("development", "Service development"),
    ("team", "Multidisciplinary team working"),
    ("personal", "Personal development"),
    ("research", "Research"),
)
"""The kinds of objectives (BTH-3.4.14)."""
LEAVE_KINDS = (
    ("annual", "Annual leave"),
    ("study", "Study"),
    ("research", "Research"),
    ("teaching", "Teaching"),
    ("examining", "Examining or taking examinations"),
    ("conference", "Conference or visit to a clinic"),
    ("training", "Training"),
)
"""Annual leave, and what professional and study leave is for (BTH-3.2.15)."""
OUTSIDE_KINDS = (
    ("private", "Private practice"),
    ("fee_paying", "Fee-paying work"),
    ("employer", "Work for another employer"),
    ("not_working", "Time not worked for the trust"),
)
"""Work that is not the trust's, none of which adds PAs (BTH-3.2.13, BTH-3.2.14), and free time (BTH-3.4.3-a)."""


def _column(key: str, type_: str, label: str, hint: str = "", options: tuple[tuple[str, str], ...] = ()) -> Field:
    lowest = Fraction(0) if type_ == "number" else None
    return Field(key, type_, label, hint=hint, options=options, minimum=lowest)


_WHEN = (
    _column("day", "choice", "Day", options=DAY_OPTIONS),
    _column("start", "time", "Start"),
    _column("end", "time", "End"),
)


@dataclass(frozen=True)
class Part:
    """A part of the plan that holds rows. `named` is the column by which a row is called."""

    key: str
    title: str
    one: str
    """What one row is called: "objective"."""
    named: str
    clause: str
    columns: tuple[Field, ...]
    hint: str = ""

    def column(self, key: str) -> Field:
        """A column by its key."""
        return next(column for column in self.columns if column.key == key)


_PARTS = (
    Part(
        "duties",
        "Duties and responsibilities",
        "duty",
        "duty",
        "CPFT-7.1-b",
        (
            _column(
                "kind",
                "choice",
                "Kind",
                options=(
                    ("duty", "Duty"),
                    ("responsibility", "Responsibility"),
                    ("accountability", "Accountability"),
                ),
            ),
            _column("duty", "text", "What it is"),
            _column("service", "text", "For which service"),
        ),
        "Every NHS duty and responsibility, and the service for which you answer.",
    ),
    Part(
        "rotas",
        "On-call rotas",
        "rota",
        "rota",
        "CPFT-3-c",
        (
            _column("rota", "text", "Rota"),
            _column("frequency", "number", "1 in how many", "Without prospective cover"),
            _column(
                "category",
                "choice",
                "Category",
                options=(("A", "A: return at once, or work as complex"), ("B", "B: advice, or return later")),
            ),
            _column("predictable", "number", "PAs a week, predictable"),
            _column("unpredictable", "number", "PAs a week, unpredictable"),
        ),
        "What was agreed for the whole rota: it is the same for everybody on it.",
    ),
    Part(
        "objectives",
        "Objectives",
        "objective",
        "objective",
        "CPFT-7.2-b",
        (
            _column("objective", "text", "Objective"),
            _column("kind", "choice", "Kind", options=OBJECTIVE_KINDS),
            _column("specific", "text", "Specific: what exactly?"),
            _column("measurable", "text", "Measurable: how will it be seen?"),
            _column("achievable", "text", "Achievable: how can it be done?"),
            _column("relevant", "text", "Relevant: why does it matter?"),
            _column("time_bound", "date", "Time bound: by when?"),
            _column("serves", "text", "Which service or trust objective does it serve?"),
            _column("basis", "text", "On what past experience does it build?"),
            _column("career", "text", "How does it fit this phase of your career?"),
            _column("works_by", "text", "Protocols, procedures or work patterns (optional)"),
            _column("by_output", "yes_no", "Is it measured by output or outcome?"),
            _column("doctor_agrees", "yes_no", "Doctor agrees that the measure is reasonable"),
            _column("manager_agrees", "yes_no", "Manager agrees that the measure is reasonable"),
            _column("written_for_plan", "yes_no", "Written for the job plan, not taken from the appraisal"),
            _column("employer", "text", "Set with another NHS employer? Which?"),
            _column("progress", "long_text", "Progress, at the review"),
            _column("circumstances", "long_text", "What was beyond your control, at the review"),
        ),
        "What you want to achieve in the year, and what it does for the service or the trust.",
    ),
    Part(
        "resources",
        "Supporting resources",
        "resource",
        "resource",
        "BTH-3.4.2-b",
        (
            _column("resource", "text", "What the trust provides"),
            _column("serves", "text", "For which responsibility or objective"),
            _column("by", "text", "Who provides it"),
            _column("until", "date", "By when"),
        ),
        "Staff, rooms, equipment, time: what you need to do what the plan says.",
    ),
    Part(
        "leave",
        "Leave",
        "leave",
        "kind",
        "CPFT-7.2-c",
        (
            _column("kind", "choice", "Kind", options=LEAVE_KINDS),
            _column("days", "number", "Days a year"),
            _column("day", "choice", "Always on the same day? Which?", options=DAY_OPTIONS),
            _column("words", "text", "Notes"),
            _column("approved", "yes_no", "Approved"),
        ),
        "Annual leave in days of your own working week. Professional and study leave counts once it is approved.",
    ),
    Part(
        "outside",
        "Private practice and other work",
        "commitment",
        "work",
        "BTH-3.4.16-d",
        (
            _column("kind", "choice", "Kind", options=OUTSIDE_KINDS),
            _column("work", "text", "Broad type of work"),
            _column("place", "text", "Place"),
            *_WHEN,
            _column("hours", "number", "Hours a week"),
            _column("conflict", "yes_no", "Does it conflict with the trust’s business?"),
            _column("resolution", "text", "If so: how is that resolved?"),
            _column("discussed_on", "date", "Discussed on"),
            _column("agreed", "text", "What was agreed"),
            _column("court", "text", "Attendance at court: what was agreed with the manager"),
        ),
        "Regular private, fee-paying and other paid work, and times at which you do not work for the trust.",
    ),
    Part(
        "privileges",
        "Practising privileges elsewhere",
        "organisation",
        "organisation",
        "BTH-App2-b",
        (
            _column("organisation", "text", "Organisation"),
            _column("contact", "long_text", "Address and contact"),
            _column("director", "text", "Its medical director, or chair of its doctors’ committee"),
            _column("role", "text", "Your role there"),
            _column("outpatients", "yes_no", "Privileges for outpatients?"),
            _column("outpatients_since", "date", "Since when"),
            _column("inpatients", "yes_no", "Privileges for inpatients?"),
            _column("inpatients_since", "date", "Since when"),
            _column("unusual", "yes_no", "Do you do anything there that you do not regularly do in the NHS?"),
            _column("unusual_details", "long_text", "If so: what?"),
            _column("unusual_since", "date", "Since when"),
        ),
        "Each outside organisation that lets you treat patients there.",
    ),
    Part(
        "capacity",
        "Capacity lists and other capacity work",
        "session",
        "work",
        "BTH-3.4.17-b",
        (
            _column("work", "text", "What it is"),
            *_WHEN,
            _column("instead_day", "choice", "SPA made up on", options=DAY_OPTIONS),
            _column("instead_start", "time", "From"),
            _column("instead_end", "time", "To"),
            _column("agreed_by", "text", "Agreed by"),
            _column("confirmed_on", "date", "Confirmed as made up on"),
        ),
        "Extra lists and clinics. Where one takes SPA time, say when that is made up. Never while on call.",
    ),
)
PARTS: Mapping[str, Part] = MappingProxyType({part.key: part for part in _PARTS})
"""The parts that hold rows, by key, in the order in which a plan is read."""

STATEMENTS: tuple[Field, ...] = (
    _column("development", "long_text", "Opportunities for personal and professional development"),
    _column(
        "professional_work", "long_text", "All other work in a professional capacity, for whomever", "“None” will do."
    ),
    _column(
        "private_work",
        "long_text",
        "Statement on private practice and paid work for outside bodies",
        "“None” is a statement too.",
    ),
    _column(
        "code_of_practice", "yes_no", "It follows the code of practice, and harms neither NHS patients nor resources"
    ),
    _column("conflict_of_interest", "long_text", "Declaration of conflicts of interest", "“None” will do."),
    _column("privileges_declared", "yes_no", "Every practising privilege that I hold elsewhere is listed"),
    _column("intends_private", "yes_no", "Do you intend to do private work?"),
    _column("extra_offered_on", "date", "If so: when did you offer an extra PA to the trust?"),
    _column(
        "extra_answer",
        "choice",
        "The trust’s answer to the offer",
        options=(("accepted", "Accepted"), ("declined", "Declined"), ("open", "Not answered yet")),
    ),
    _column("hours_accepted", "yes_no", "I take responsibility for working more than 48 hours a week in all"),
    _column("postgraduate", "text", "Your part in postgraduate education", "“None” will do."),
    _column("undergraduate", "text", "Your part in undergraduate education", "“None” will do."),
    _column("lead_employer", "text", "Several NHS employers? Which one leads?"),
    _column("appraised_on", "date", "Date of the last appraisal"),
    _column("appraisal_link", "text", "Where the appraisal or revalidation is kept"),
    _column("annualised", "text", "Is the plan, or a part of it, annualised? What was agreed?"),
    _column("core_active", "yes_no", "Active in core SPA: development, audit, job planning, appraisal, revalidation"),
    _column("specialty", "text", "Specialty"),
    _column("sub_specialty", "text", "Sub-specialty"),
)
"""Questions that a plan answers once. What is empty has not been said."""

DECLARED_ANEW = frozenset({"conflict_of_interest", "privileges_declared", "hours_accepted"})
"""Statements that are made at each review again."""

EXTRAS = (("", "No"), ("additional", "Additional: regular duties beyond 10 PAs"), ("extra", "Extra: spare capacity"))
"""Whether a line is an additional PA, and of which kind (BTH-App3.2-a)."""
CORES = (("", "Not said"), ("core", "Core: own revalidation"), ("non_core", "Non-core: for the trust or the NHS"))
"""Whether a supporting activity is core (BTH-3.4.5-c)."""
PREMIUMS = (("", "Not said"), ("agreed", "Agreed with the trust"), ("own_choice", "The doctor’s own choice"))
"""Why a line is worked in premium time (BTH-3.4.3-b, BTH-3.4.3-c)."""

MORE: tuple[Field, ...] = (
    _column("count", "number", "How many", "Trainees, or appraisals a year, where the time follows from their number"),
    _column("not_counted", "number", "Of them foundation doctors", "They do not count for a training lead"),
    _column("trained", "yes_no", "Trained for this role?"),
    _column(
        "level",
        "choice",
        "Agreed at which level?",
        options=(("individual", "Individual"), ("specialty", "Specialty"), ("division", "Division")),
    ),
    _column("benefits", "text", "Who benefits"),
    _column("measure", "text", "How it is measured"),
    _column("flexible", "choice", "Fixed or flexible?", options=(("fixed", "Fixed"), ("flexible", "Flexible"))),
    _column("volume", "text", "Changed volume of activity, because of teaching in the session"),
    _column("payer", "text", "Paid or commissioned by", "Only where that is not the department"),
    _column("competition", "text", "Appointed from which competition"),
    _column("applied_on", "date", "Applied for the role on"),
    _column("department_approved_on", "date", "Approved by the head of department on"),
    _column("division_approved_on", "date", "Approved by the divisional director on"),
    _column("benefit", "text", "Benefit to the doctor, the trust or the NHS"),
    _column("averaged_over", "text", "Over which period was the time averaged?"),
    _column("recorded_from", "date", "Time recorded from", "Where the PAs are the average of what was recorded"),
    _column("recorded_until", "date", "Time recorded until"),
    _column("recorded", "long_text", "Hours recorded, a day in each row", "1/3/2027 2.5"),
    _column("between_sites", "number", "Minutes between sites in the day, all journeys together"),
    _column("emergency_travel", "number", "Minutes to and from work for NHS emergencies, there and back"),
    _column("home_to_site", "number", "Minutes from home to this site"),
    _column("home_to_base", "number", "Minutes from home to the main place of work"),
    _column("travel_agreed", "text", "Agreed instead, for a complicated day"),
    _column("covered", "yes_no", "Prospective cover: does it go on while you are away, done by each for the others?"),
    _column("extra_reason", "text", "Additional PA: the reason for it"),
    _column("until", "date", "Additional PA: ends on"),
    _column("spare", "text", "Spare capacity for extra activity"),
    _column("duplicate_of", "text", "The tariff includes training for the role: why is this separate?"),
)
"""What else may be said of a line, where its kind asks for it; `asked_of` says where."""

_RECORDED = ("recorded_from", "recorded_until", "recorded")
_ASKED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dcc": (
            "volume", "averaged_over", *_RECORDED, "between_sites", "emergency_travel", "home_to_site", "home_to_base",
            "travel_agreed", "covered",
        ),
        "spa": (
            "count", "not_counted", "trained", "level", "benefits", "measure", "flexible", "payer", "competition",
            "averaged_over", *_RECORDED, "duplicate_of",
        ),
        "research": ("payer",),
        "additional_nhs": ("payer", "applied_on", "department_approved_on", "division_approved_on", "benefit"),
        "external": ("payer", "applied_on", "department_approved_on", "division_approved_on", "benefit"),
        "academic": ("payer",),
        "managerial": ("payer", "averaged_over", *_RECORDED),
        "on_call": (),
    }
)  # fmt: skip


def asked_of(category: str) -> tuple[Field, ...]:
    """What else is asked of a line of a category; all are asked for additional PAs and spare capacity."""
    keys = (*_ASKED[category], "extra_reason", "until", "spare")
    return tuple(column for column in MORE if column.key in keys)
