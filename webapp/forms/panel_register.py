"""What is asked about the register of panel members, and what its list is narrowed to."""

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.forms.people import DAY_HINT, Values, sent
from workflows.domain.fields import Field
from workflows.domain.panel_register import LISTED, NO_LONGER, NOT_YET, Member
from workflows.domain.particulars import Particulars
from workflows.panel_register import Entry

__all__ = ["DAY_HINT", "Values", "sent"]

STANDINGS = {LISTED: "On the list", NOT_YET: "Not on the list yet", NO_LONGER: "Not on the list any more"}

NEWCOMER = (
    Field("name", "text", "Name", hint="As everybody is to read it, with a title: Dr Jane Smith.", required=True),
    Field("email", "text", "E-mail address", hint="Where invitations to panels reach them.", required=True),
)
KNOWN = (Field("person", "person", "Who?", required=True),)
TAKE_OFF = (
    Field("day", "date", "From which day?", hint="Today or earlier. They are no longer listed on it.", required=True),
    Field(
        "reason", "text", "Why?", hint="For example, they asked for it, or a body withdrew its approval.", required=True
    ),
)
ABSENCE = (
    Field("starts_on", "date", "From which day?", hint=DAY_HINT, required=True),
    Field("ends_on", "date", "To which day?", hint="The last day on which they cannot be called.", required=True),
)
REVIEW = (
    Field("day", "date", "When was it reviewed?", hint="The day on which it was finished.", required=True),
    Field(
        "note",
        "long_text",
        "What came of it?",
        hint="Who took part, who is to be added or taken off, which approvals are to be renewed.",
        required=True,
    ),
)


def member_fields(bodies: Sequence[str]) -> tuple[Field, ...]:
    """What is asked of every member: under which name each body's approval stands is its place in the policy."""
    return (
        Field("organisation", "text", "Organisation", hint="Where they work, or who put them forward.", required=True),
        Field("specialties", "text", "Specialties", hint="For example, general adult psychiatry, medical education."),
        *(
            Field(f"approved_{place}", "date", f"Approved by {body} on", hint="Leave empty while it is wanting.")
            for place, body in enumerate(bodies)
        ),
        Field("starts_on", "date", "First day of their term", hint=DAY_HINT, required=True),
        Field("ends_on", "date", "Last day of their term", hint="Leave empty where none is set."),
    )


def conflict_fields(groups: Sequence[tuple[int, str]]) -> tuple[Field, ...]:
    """What is asked of a standing conflict of interest."""
    options = (*((str(key), name) for key, name in groups), ("none", "None: it is with somebody, or something else"))
    return (
        Field(
            "words",
            "long_text",
            "With whom or with what, and why?",
            hint="For example, worked with the clinical director of a team until last year.",
            required=True,
        ),
        Field("care_group", "choice", "Is it with a whole care group?", required=True, options=options),
    )


def entry(values: Values, bodies: Sequence[str]) -> Entry:
    """What was typed of a member."""
    return Entry(
        organisation=values["organisation"],
        specialties=values["specialties"] or "",
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        approvals={body: values[f"approved_{place}"] for place, body in enumerate(bodies)},
    )


def given(member: Member, bodies: Sequence[str]) -> dict[str, Any]:
    """What the form of a member is filled in with."""
    approvals = {f"approved_{place}": member.approvals.get(body) for place, body in enumerate(bodies)}
    own = ("organisation", "specialties", "starts_on", "ends_on")
    return {**approvals, **{key: getattr(member, key) for key in own}}


def newcomer(values: Values) -> Particulars:
    """What was typed of somebody new. Whether they are medically qualified counts for managers alone."""
    return Particulars(name=values["name"], email=values["email"])


def care_group(values: Values) -> int | None:
    """The care group that a conflict is with."""
    return int(values["care_group"]) if values["care_group"] != "none" else None


def standing(args: Mapping[str, Any]) -> str:
    """What the list is narrowed to; "" for everybody, and for what cannot be read."""
    said = str(args.get("standing", ""))
    return said if said in STANDINGS else ""
