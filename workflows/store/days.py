"""What counts on a civil day: both ends of a period belong to it, and whoever leaves is here on their last day."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from workflows.store.models import Person


def on_day(starts_on: Any, ends_on: Any, day: Any) -> ColumnElement[bool]:
    """Whether a period holds on a day; an open end never comes. Each is a column or what a question is given."""
    return and_(starts_on <= day, not_over(ends_on, day))


def not_over(ends_on: Any, day: Any) -> ColumnElement[bool]:
    """Whether a period has not ended before a day."""
    return or_(ends_on.is_(None), ends_on >= day)


def still_here(day: Any) -> ColumnElement[bool]:
    """Of a person: whether they have not left before a day."""
    return not_over(Person.left_on, day)
