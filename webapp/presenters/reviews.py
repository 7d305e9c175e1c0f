"""Yearly reviews in words, and supporting activities as a list for appraisal."""

import csv
from collections.abc import Sequence
from io import StringIO

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.people_file import safe
from workflows.domain.plan import DAYS, pas_as_text
from workflows.domain.yearly_reviews import State
from workflows.inbox.plans import PlanPage
from workflows.inbox.reviews import Line, TeamReviews, Waited

HEADINGS = ("Activity", "Kind", "Day", "Start", "End", "Place", "PAs a week", "What it consists of", "Evidence")


def summary(teams: Sequence[TeamReviews]) -> str:
    """ "2 reviews are overdue." or that none is."""
    late = sum(team.overdue for team in teams)
    if not late:
        return "No yearly review is overdue."
    return f"{words.count(late, 'review')} {'is' if late == 1 else 'are'} overdue.".capitalize()


def tag(line: Line) -> Tag:
    """How it stands."""
    review = line.review
    match review.state:
        case State.OVERDUE:
            return Tag(f"{words.count(-review.days, 'day')} overdue", "red")
        case State.SOON:
            return Tag(f"Due in {words.count(review.days, 'day')}" if review.days else "Due today", "yellow")
        case State.IN_TIME:
            return Tag("In time", "green")
        case _:
            return Tag("No review yet", "grey")


def waited(change: Waited) -> str:
    """How long a significant change has waited for its review."""
    day, days = words.short_day(change.reported_on), words.count(change.days, "day")
    if change.held:
        return f"A significant change was reported on {day}. The review was held {days} after that."
    return f"A significant change was reported on {day}: {days} ago. Its review comes as soon as it can be held."


def supporting(page: PlanPage) -> str:
    """The supporting activities of a plan as CSV, for the appraisal; no cell is taken for a formula (CPFT-7.2.1-j)."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(HEADINGS)
    for line in page.plan.in_category("spa"):
        kind = {"core": "Core", "non_core": "Non-core"}.get(line.core, "")
        row = (line.title, kind, DAYS[line.day], line.start, line.end, line.place, pas_as_text(line.pas))
        lines.writerow([safe(one) for one in (*row, line.details, line.evidence)])
    return text.getvalue()
