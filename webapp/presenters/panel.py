"""Who mediates and who sits on a panel, in words."""

from webapp.presenters import panel_register, words
from webapp.presenters.dues import Tag
from workflows.inbox.panel_seats import Earlier, Sitting

EMPTY = Tag("Nobody yet", "orange")


def declared(one: Sitting) -> Tag | None:
    """Whether a member of the panel has said that they can sit; nothing of a mediator."""
    if one.declared is None:
        return None
    return Tag("Had no earlier part", "green") if one.declared else Tag("Has yet to declare", "yellow")


def called(one: Sitting) -> str:
    """How often the register has called a third member, and whether that is much."""
    if one.use is None:
        return ""
    often = panel_register.used(one.use.use)
    return f"{often}. {panel_register.repeatedly(one.use)}" if one.use.repeatedly else f"{often}."


def period(one: Earlier) -> str:
    """ "1 March 2027 to 3 April 2027", "1 March 2027"."""
    first, last = words.short_day(one.since), words.short_day(one.until)
    return first if first == last else f"{first} to {last}"
