"""How processes go, in words: figures of their steps, and the heat of the picture."""

from collections.abc import Sequence
from typing import NamedTuple

from webapp.presenters import words
from workflows.domain.calendars import in_words
from workflows.inbox.process_figures import DATES, FigureFilters, Figures, StepFigure

PERIODS: Sequence[tuple[str, str]] = (
    ("30", "The last 30 days"),
    ("90", "The last 90 days"),
    ("365", "The last 12 months"),
    ("all", "From the beginning"),
)


class Row(NamedTuple):
    """A step in the table."""

    name: str
    role: str
    note: str
    now: str
    done: str
    half: str
    nine: str
    share: str


def periods(found: Figures) -> list[dict[str, object]]:
    """The periods to choose from, and the days that were chosen in their place."""
    own = [(DATES, days_of(found.filters))] if found.filters.period == DATES else []
    return [{"value": key, "text": text, "selected": key == found.filters.period} for key, text in (*own, *PERIODS)]


def days_of(filters: FigureFilters) -> str:
    """ "1 March 2027 to 31 March 2027", "Until 31 March 2027", "From 1 March 2027"."""
    first, last = (in_words(day) if day else "" for day in (filters.first, filters.last))
    if first and last:
        return f"{first} to {last}"
    return f"From {first}" if first else f"Until {last}"


def at_the_end(found: Figures) -> str:
    """When cases are counted that wait at a step."""
    return "Cases at its end" if found.over else "Cases now"


def releases(found: Figures) -> list[tuple[int, str]]:
    """The releases to choose from."""
    return [(number, f"Release {number}") for number in found.releases]


def rows(found: Figures) -> list[Row]:
    """The table: every step that a case came to, where cases waited longest first."""
    ordered = sorted(filter(_moved, found.steps), key=lambda one: (-one.share, -one.cases, -one.done))
    return [_row(one, found) for one in ordered]


def _row(one: StepFigure, found: Figures) -> Row:
    return Row(
        name=one.name or one.element,
        role=one.role,
        note="" if one.drawn else f"not drawn in release {found.number}",
        now=words.count(one.cases, "case") if one.cases else "–",
        done=words.count(one.done, "time") if one.done else "–",
        half=days(one.half),
        nine=days(one.nine_in_ten),
        share=share(one.share),
    )


def marks(found: Figures) -> list[tuple[str, int, str]]:
    """What the picture shows of each step: its element, its heat from 1 to 5, and its share of the waiting with the
    cases that wait there at its end."""
    return [(one.element, one.heat, _mark(one, over=found.over)) for one in found.steps if one.drawn and one.heat]


def _mark(one: StepFigure, *, over: bool) -> str:
    return f"{share(one.share)}, {one.cases} {'at its end' if over else 'now'}" if one.cases else share(one.share)


def summary(found: Figures) -> str:
    """What is to be seen, in a sentence or two."""
    waiting = max(found.steps, key=lambda one: one.share, default=None)
    if waiting is None or not waiting.share:
        return ""
    whose = "" if found.whole_trust else " of your care groups"
    return f"Cases{whose} waited longest at “{waiting.name}”: {share(waiting.share)} of all the waiting."


def quiet(found: Figures) -> str:
    """The steps that no case came to."""
    names = dict.fromkeys(one.name or one.element for one in found.steps if not _moved(one))
    return f"No case came to {'this step' if len(names) == 1 else 'these steps'}: {'; '.join(names)}." if names else ""


def _moved(one: StepFigure) -> bool:
    return bool(one.done or one.cases or one.heat)


def days(figure: float | None) -> str:
    """ "12 days", "1.5 days", "under a tenth of a day"; a dash where there is none."""
    if figure is None:
        return "–"
    said = f"{figure:.1f}".removesuffix(".0")
    return "under 0.1 days" if said == "0" else f"{said} day{'' if said == '1' else 's'}"


def share(part: float) -> str:
    """ "41%"; under one in a hundred says so."""
    return "–" if not part else f"{part:.0%}" if part >= 0.01 else "under 1%"
