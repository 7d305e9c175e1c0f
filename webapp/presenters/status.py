"""The state of the installation in words."""

from datetime import datetime

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.inbox.status import Lateness, Status, Submits

WRONG = {
    "clock": "No clock is running: nothing falls due, and no reminder or e-mail goes out.",
    "incidents": "Some things failed and have not been dealt with.",
    "post": "E-mail has waited for more than an hour.",
    "given_up": "E-mail was given up in the last seven days.",
    "tables": "The tables of the database are not those of this version. Run “accord migrate”.",
    "backup": "There is no backup of the last two days by “accord backup”. Ask whether they are made in another way.",
}
WELL = Tag("Well", "green")
LOOK = Tag("Needs a look", "orange")


def verdict(page: Status) -> Tag:
    """Whether anything needs somebody."""
    return WELL if page.well else LOOK


def wrong(page: Status) -> list[str]:
    """What needs somebody, each in a sentence."""
    return [WRONG[key] for key in page.wrong]


def submits(found: Submits) -> str:
    """ "95 in 100 within 120 ms (340 sent)"."""
    if found.p95_ms is None:
        return "Nothing was sent"
    return f"95 in 100 within {found.p95_ms:,} ms ({found.number:,} sent)"


def lateness(found: Lateness) -> str:
    """ "99 in 100 within 1.2 s (56 due)"."""
    if found.seconds is None:
        return "Nothing fell due"
    return f"99 in 100 within {found.seconds:,.1f} s ({found.firings:,} due)"


def clocks(page: Status, real_now: datetime) -> list[str]:
    """Each clock with its last sign of life, those that are silent last."""
    alive = [f"{clock.clock}: {_ago(clock.beaten_at, real_now)}" for clock in page.clocks]
    return alive + [f"{clock.clock}: silent for {_span(clock.beaten_at, real_now)}" for clock in page.silent]


def size(found: int | None) -> str:
    """ "12.3 MB"."""
    return "Not known" if found is None else f"{found / 1_000_000:,.1f} MB"


def waiting(page: Status) -> str:
    """How much e-mail waits, and since when."""
    said = words.count(page.post.waiting, "e-mail waits", "e-mails wait").capitalize()
    return f"{said}, since {words.moment(page.post.oldest)}" if page.post.oldest else said


def _ago(at: datetime, now: datetime) -> str:
    return f"seen {_span(at, now)} ago"


def _span(at: datetime, now: datetime) -> str:
    seconds = max(0, round((now - at).total_seconds()))
    for length, one in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * length:
            return words.count(seconds // length, one)
    return words.count(seconds, "second") if seconds else "less than a second"
