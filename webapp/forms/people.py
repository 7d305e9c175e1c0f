"""What is asked about people, contracts, posts, places and deputies; and what their list is narrowed to."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from flask import request

from webapp.forms import case_filters
from webapp.forms.rows import Typed
from workflows.domain.fields import Field
from workflows.domain.people import CONTRACT_KINDS, GRADES
from workflows.inbox.people import PeopleFilters
from workflows.people import Particulars, Place, Terms

Values = Mapping[str, Any]
"""What was typed, by key."""

PLANS = {
    "in_force": "Plan in force",
    "agreed": "Agreed, not yet in force",
    "under_way": "Being made or reviewed",
    "none": "No plan, none under way",
}
HERE = {"here": "Works here", "left": "Has left", "any": "Both"}
DAY_HINT = "For example, 1 4 2027."

PERSON = (
    Field("name", "text", "Name", hint="As everybody is to read it, with a title: Dr Jane Smith.", required=True),
    Field("email", "text", "E-mail address", required=True),
    Field("employee_number", "text", "Employee number", hint="As payroll numbers its people."),
    Field(
        "registration",
        "text",
        "GMC or GDC number",
        hint="For doctors and dentists who are licensed to practise. Without it nobody can be given a job plan.",
    ),
    Field(
        "medical",
        "yes_no",
        "Are they medically qualified?",
        hint="Where a clinical manager is not, the cases of their team have the AMD as supporter.",
        required=True,
    ),
)
CONTRACT = (
    Field("kind", "choice", "Which contract?", required=True, options=tuple(CONTRACT_KINDS.items())),
    Field("grade", "choice", "Which grade?", required=True, options=tuple((grade, grade) for grade in GRADES)),
    Field(
        "pas",
        "number",
        "How many programmed activities (PAs) a week?",
        hint="10 is full time.",
        required=True,
        minimum=Fraction(1, 4),
        maximum=Fraction(20),
    ),
    Field("payroll_number", "text", "Payroll or assignment number", required=True),
    Field("starts_on", "date", "First day", hint=DAY_HINT, required=True),
    Field("ends_on", "date", "Last day", hint="Leave empty where none is set."),
)
LAST_DAY = (Field("last_day", "date", "Last day", hint="They still hold it on this day.", required=True),)
LEAVING = (Field("last_day", "date", "Last day at the trust", hint="Leave empty if they are not leaving after all."),)
PLACE_NAME = (Field("name", "text", "Name", required=True),)
OVER = (
    Field("to", "person", "Who takes the post over?", required=True),
    Field("starts_on", "date", "From which day?", hint="Their first day; the day before is the last one of the other.",
          required=True),
)  # fmt: skip


def sent() -> Typed:
    """What was sent with the request; None while the form is only shown."""
    return request.form if request.method == "POST" else None


def post_fields(titles: Mapping[str, str], places: Sequence[tuple[str, str]]) -> tuple[Field, ...]:
    """What is asked when somebody is given a post."""
    return (
        Field("person", "person", "Who?", required=True),
        Field("role", "choice", "Which role?", required=True, options=tuple(titles.items())),
        Field("place", "choice", "Over what?", required=True, options=tuple(places)),
        Field("starts_on", "date", "First day", hint=DAY_HINT, required=True),
        Field("ends_on", "date", "Last day", hint="Leave empty where none is set."),
    )


def team_fields(groups: Sequence[tuple[int, str]]) -> tuple[Field, ...]:
    """What is asked of a new team."""
    options = tuple((str(key), name) for key, name in groups)
    return (*PLACE_NAME, Field("care_group", "choice", "Of which care group?", required=True, options=options))


def deputy_fields(*, for_others: bool) -> tuple[Field, ...]:
    """What is asked of an absence; the Medical Directorate says whose it is."""
    who = (Field("person", "person", "Who is away?", required=True),) if for_others else ()
    return (
        *who,
        Field("deputy", "person", "Who stands in?", required=True),
        Field("starts_on", "date", "From which day?", hint=DAY_HINT, required=True),
        Field("ends_on", "date", "To which day?", hint="The last day of the absence.", required=True),
        Field("reason", "text", "Why?", hint="For example, annual leave. Both of you can read it.", required=True),
    )


def particulars(values: Values) -> Particulars:
    """What was typed of a person."""
    return Particulars(
        name=values["name"],
        email=values["email"],
        employee_number=values["employee_number"],
        registration=values["registration"],
        not_medical=not values["medical"],
    )


def terms(values: Values) -> Terms:
    """What was typed of a contract."""
    return Terms(**values)


def place(chosen: str) -> Place:
    """What a post is held over, as the form offers it: "trust", "care_group:2", "team:5"."""
    kind, _, number = chosen.partition(":")
    if kind == "trust":
        return Place()
    key = case_filters.number(number)
    return Place(team_id=key) if kind == "team" else Place(care_group_id=key)


def read(args: Mapping[str, str]) -> PeopleFilters:
    """The filters of an address; what cannot be read narrows nothing."""
    here = args.get("here", "here")
    return PeopleFilters(
        words=args.get("q", "").strip()[: case_filters.LONGEST],
        role=args.get("role", "")[: case_filters.LONGEST],
        team_id=case_filters.number(args.get("team", "")) or None,
        care_group_id=case_filters.number(args.get("care_group", "")) or None,
        plan=args.get("plan", "") if args.get("plan") in PLANS else "",
        here="" if here == "any" else here if here in HERE else "here",
    )


def as_args(filters: PeopleFilters) -> dict[str, Any]:
    """The address that says these filters: those that narrow nothing are left out."""
    said = {
        "q": filters.words,
        "role": filters.role,
        "team": str(filters.team_id or ""),
        "care_group": str(filters.care_group_id or ""),
        "plan": filters.plan,
        "here": "" if filters.here == "here" else filters.here or "any",
    }
    return {key: value for key, value in said.items() if value}


def of_address(args: Mapping[str, str], today: date) -> dict[str, Any]:
    """What a link to the form of a post fills in already: who, which role, over what."""
    person = case_filters.number(args.get("person", ""))
    said: dict[str, Any] = {"role": args.get("role"), "place": args.get("place"), "starts_on": today}
    return {**said, "person": person or None}
