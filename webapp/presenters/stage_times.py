"""How long the stages of disputes take, in words and bars."""

from typing import NamedTuple

from webapp.presenters import disputes, words
from workflows.inbox.stage_times import ENOUGH, Figure, Likely, StageTimes, Usual


class Bar(NamedTuple):
    """A limit in the chart: both lengths in hundredths of the longest, and in words."""

    title: str
    promised: float
    took: float
    said: str
    over: bool


class Row(NamedTuple):
    """A limit in the table."""

    stage: str
    title: str
    cases: int
    promised: str
    took: str
    late: str


def chart(found: StageTimes) -> list[tuple[str, list[Bar]]]:
    """The bars by stage."""
    longest = max((max(abs(one.figure.promised), abs(one.figure.took)) for one in found.usual), default=0) or 1
    stages: dict[str, list[Bar]] = {}
    for one in found.usual:
        stages.setdefault(disputes.stage(one.figure.stage), []).append(_bar(one, longest))
    return list(stages.items())


def _bar(one: Usual, longest: float) -> Bar:
    figure = one.figure
    return Bar(
        title=one.title,
        promised=round(100 * abs(figure.promised) / longest, 1),
        took=round(100 * abs(figure.took) / longest, 1),
        said=f"Promised {days(figure.promised)}, {'done' if figure.took < 0 else 'took'} {days(figure.took)}",
        over=figure.took > figure.promised,
    )


def rows(found: StageTimes) -> list[Row]:
    """The table of the chart."""
    return [
        Row(
            stage=disputes.stage(one.figure.stage),
            title=one.title,
            cases=one.figure.cases,
            promised=days(one.figure.promised),
            took=days(one.figure.took),
            late=f"{one.figure.late} of {one.figure.cases}",
        )
        for one in found.usual
    ]


def days(number: float) -> str:
    """ "28 days", "31.5 days"; "7 days before" where it ends before the day from which it is counted."""
    figure = f"{abs(number):.1f}".removesuffix(".0")
    return f"{figure} day{'' if abs(number) == 1 else 's'}{' before' if number < 0 else ''}"


def why(one: Likely) -> str:
    """What a forecast rests on."""
    if one.booked or one.basis is None:
        return "That is the day for which it is booked."
    return f"From {basis(one.limit.title, one.basis)}: half of them took {days(one.basis.took)} or longer."


def basis(title: str, figure: Figure) -> str:
    """ "14 cases of “Mediation meeting” since 3 March 2026"."""
    return f"{figure.cases} cases of “{title}” since {words.short_day(figure.since)}"


def too_few(title: str, cases: int) -> str:
    """Why nothing is said of a limit."""
    return f"{title}: {cases or 'none'} so far"


def forecast(found: StageTimes) -> str:
    """What was looked at, and how much of it is likely to be missed."""
    if not found.running:
        return "No limit is running at the moment."
    likely = len(found.likely)
    how_many = f"{likely} {'is' if likely == 1 else 'are'}" if likely else "none is"
    return f"Of {words.count(found.running, 'running limit')}, {how_many} likely to be missed by what is known so far."


def needed() -> str:
    """From how many cases on a forecast is made."""
    return words.count(ENOUGH, "case")
