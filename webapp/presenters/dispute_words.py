"""A dispute in words: what each side wants, what stands, who is who."""

from datetime import date
from fractions import Fraction

from webapp.presenters import words
from workflows.domain.disputes import SIDES
from workflows.inbox.dispute_story import Entry, Point, Ruled, Ruling, Statement, Statements, Story, Who

START = "effective_from"
RULINGS = {
    "talk": "Settled in the talk",
    "mediation": "Agreed at mediation",
    "decision": "The decision after mediation",
    "recommendation": "What the panel recommends",
    "board": "The decision of the board",
    "": "Settled between the parties",
}
"""What outcomes are called, by the screen on which they were entered."""
SEATS = {
    "practitioner": "The doctor",
    "management": "For management",
    "mediator": "Mediator",
    "chair": "Chair of the panel",
    "nominee": "Panel member, named by the doctor",
    "third": "Third member of the panel, from the register",
    "proposed": "Proposed from the register as third member",
}
WHOSE = {"practitioner": "The doctor’s statement of case", "clinical_manager": "Management’s statement of case"}


def figure(pas: Fraction) -> str:
    """PAs with their sign: "+0.5", "−1", "0"."""
    sign = "+" if pas > 0 else "−" if pas < 0 else ""
    return f"{sign}{words.figure(abs(pas))}"


def change(effect: Fraction | None) -> str:
    """By how many PAs a week the plan would change: "+0.5 PAs a week", "No change in PAs"; "" where none count."""
    if effect is None:
        return ""
    return f"{figure(effect)} PA{'' if abs(effect) == 1 else 's'} a week" if effect else "No change in PAs"


def wish(point: Point, side: str) -> str:
    """A side's value of a point in words; the day that somebody entered as a start is written out."""
    return value(getattr(point, side), is_start=point.element == START)


def value(text: str, *, is_start: bool = False) -> str:
    """A value in words; "–" for none."""
    if is_start:
        try:
            return words.day(date.fromisoformat(text))
        except ValueError:
            return text or "–"
    return text or "–"


def amount(count: str, effect: Fraction | None = None) -> str:
    """PAs with what they change: "0.5 PAs a week (+0.5)", "not in the plan (no change)"; "" where none count."""
    if count == "":
        return ""
    said = "not in the plan" if count == "0" else f"{count} PA{'' if count == '1' else 's'} a week"
    return said if effect is None else f"{said} ({figure(effect) if effect else 'no change'})"


def stands(ruled: Ruled) -> str:
    """ "As the doctor wants it"."""
    said = SIDES[ruled.outcome]
    return said[:1].upper() + said[1:]


def meanings(point: Point) -> dict[str, str]:
    """What each outcome would mean for a point: "Friday 14:00 to 16:00, Penrith (0.5 PA)"; empty where nothing is
    said."""
    return {side: _meaning(point, side) for side in ("current", "practitioner", "manager")}


def _meaning(point: Point, side: str) -> str:
    said = getattr(point, side) and wish(point, side)
    count = "" if said.endswith(" PA)") else amount(getattr(point, f"{side}_pas"))
    if count.lower() == said.lower():
        return said
    return f"{said} ({count})" if said and count else said or count


def title(ruling: Ruling) -> str:
    """What the outcomes are called: "The decision after mediation"."""
    return RULINGS.get(ruling.screen, RULINGS[""])


def seat(who: Who) -> str:
    """ "Chair of the panel"."""
    return SEATS.get(who.seat, who.role)


def entry(one: Entry) -> str:
    """Who entered it, where and when: "State your position: Dr Amy Reed, 3 March 2027"."""
    if not one.step:
        return "Before the dispute"
    who = words.acting(one.by, one.on_behalf_of)
    return f"{one.step}: {', '.join(part for part in (who, words.short_day(one.on) if one.on else '') if part)}"


def whose(statement: Statement) -> str:
    """ "Management’s statement of case"."""
    return WHOSE[statement.side]


def where(statement: Statement, both: Statements) -> str:
    """Where a statement of case is: in, late, withheld or not there."""
    if statement.sent_on is None:
        return "Not sent in in time." if both.released else f"Not in yet{_due(both)}."
    came = f"Sent in on {words.day(statement.sent_on)}{', after the limit' if statement.late else ''}."
    return came if statement.said else f"{came} {withheld(both)}"


def withheld(both: Statements) -> str:
    """Why a statement that is in cannot be read yet."""
    if both.released:
        return "Both sides and the panel can read it."
    until = f", or once {words.day(both.due_on)} is over" if both.due_on else ""
    return f"The other side and the panel can read it when both statements are in{until}."


def _due(both: Statements) -> str:
    return f": due by {words.day(both.due_on)}" if both.due_on else ""


def pay(story: Story) -> str:
    """ "A change of pay counts from Monday 1 March 2027: the dispute was referred to mediation on …"; "" for none."""
    since = story.reply.get("pay_effective_from")
    if not since:
        return ""
    return (
        f"A change of pay counts from {words.day(date.fromisoformat(since))}: {story.reply['pay_effective_because']}."
    )
