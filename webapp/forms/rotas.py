"""What is asked about on-call rotas, their doctors, their diaries, and work done on call."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from webapp.forms.asked import Asked
from webapp.forms.people import DAY_HINT, Values, sent
from webapp.forms.rows import Typed
from workflows.domain.arithmetic.on_call_diary import Entry
from workflows.domain.arithmetic.on_call_supplement import CATEGORIES
from workflows.domain.arithmetic.working import counted
from workflows.domain.fields import Field
from workflows.domain.rotas import MOST_WEEKS
from workflows.inbox.rotas import RotaPage
from workflows.on_call import KINDS, About, Done

__all__ = ["DAY_HINT", "Values", "sent"]

ABOUT = (
    Field("name", "text", "Name of the rota", hint="For example, General medicine, second on call.", required=True),
    Field(
        "frequency",
        "number",
        "One in how many?",
        hint="Leave empty to go by the number of doctors on it. Prospective cover is left out (BTH 3.4.13.1).",
        minimum=Fraction(1),
        maximum=Fraction(1000),
    ),
    Field(
        "routine_emergencies",
        "yes_no",
        "Does the specialty by its nature deal with emergencies as a routine?",
        hint="For example, emergency medicine. Its programmed work then counts as non-emergency work (BTH 3.2.3).",
        required=True,
    ),
)
CATEGORY = (
    Field("category", "choice", "Which category?", required=True, options=tuple(CATEGORIES.items())),
    Field("reason", "long_text", "Why?", hint="What doctors on this rota typically do when called.", required=True),
)
MEMBER = (
    Field("person", "person", "Which doctor?", required=True),
    Field("starts_on", "date", "From which day are they on the rota?", hint=DAY_HINT, required=True),
    Field(
        "equal_share",
        "yes_no",
        "Do they take the same share of it as everybody else?",
        hint="If so, they get the full supplement, however many hours they work (BTH 3.4.13.1).",
        required=True,
    ),
)
LAST_DAY = (Field("ends_on", "date", "Last day on the rota", hint="They are still on it that day.", required=True),)
CLOSING = (Field("day", "date", "From which day is there no such rota?", hint=DAY_HINT, required=True),)
DIARY = (
    Field("starts_on", "date", "First day of the diary", hint="A Monday, so that it has whole weeks.", required=True),
    Field(
        "weeks",
        "number",
        "For how many weeks is it kept?",
        hint="Agreed by the specialty; in most cases 10 weeks will do (BTH 3.4.13.2).",
        required=True,
        minimum=Fraction(1),
        maximum=Fraction(MOST_WEEKS),
    ),
)
WORK = (
    Field("day", "date", "On which day did it begin?", hint=DAY_HINT, required=True),
    Field("start", "time", "From", hint="For example, 10:30pm or 22:30.", required=True),
    Field("end", "time", "Until", hint="If this is earlier, it is the next day’s.", required=True),
    Field("kind", "choice", "What kind of work was it?", required=True, options=tuple(KINDS.items())),
    Field(
        "in_pa",
        "yes_no",
        "Did it fall inside a programmed activity of your timetable?",
        hint="Such work is counted there already, and left out here (BTH 3.2.3).",
        required=True,
    ),
)
SURE = "sure"
AGREEING = (
    Field("met_on", "date", "When did the specialty meet and agree this?", hint=DAY_HINT, required=True),
    Field("applies_from", "date", "From which day does it apply?", hint=DAY_HINT, required=True),
    Field("note", "long_text", "Is there anything to note beside it?"),
)


def adding(teams: Sequence[tuple[int, str]]) -> tuple[Field, ...]:
    """What is asked of a new rota."""
    options = tuple((str(key), name) for key, name in teams)
    return (Field("team", "choice", "Which team is it of?", required=True, options=options), *ABOUT)


def about(values: Values) -> About:
    """What was typed of a rota."""
    stated = values["frequency"]
    return About(values["name"], Fraction(str(stated)) if stated is not None else None, values["routine_emergencies"])


def given(page: RotaPage) -> dict[str, Any]:
    """What the form of a rota is filled in with."""
    stated = float(Fraction(page.stated)) if page.stated else None
    frequency = int(stated) if stated and stated.is_integer() else stated
    return {"name": page.line.name, "frequency": frequency, "routine_emergencies": page.routine_emergencies}


def work(typed: Typed, today: date) -> Asked:
    """The questions about work on call; whether it is right, too, where it took longer than is plausible."""
    form = Asked(WORK, typed, given={"day": today})
    start, end = form["start"].data, form["end"].data
    entry = Entry(today, start, end, predictable=False) if start and end and start != end else None
    if entry is None or not entry.implausible:
        return form
    question = f"That is {counted(entry.hours, 'hour')} without a break. Is it right?"
    sure = Field(SURE, "choice", question, required=True, options=(("yes", "This is right"),))
    return Asked((*WORK, sure), typed)


def done(values: Values) -> Done:
    """What was typed of work on call."""
    when = (values["day"], values["start"], values["end"])
    return Done(*when, values["kind"], in_pa=values["in_pa"], sure=values.get(SURE) == "yes")
