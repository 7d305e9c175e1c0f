"""The list of what is wrong, above the form: each line leads to the first box that needs another look."""

from collections.abc import Iterator

from wtforms import Field, FieldList, FormField
from wtforms.form import BaseForm

from webapp.forms.fields import Day


def summary(form: BaseForm) -> list[dict[str, str]]:
    """Text and href of each complaint, in the order of the page."""
    return [{"text": str(field.errors[0]), "href": f"#{_first_bad_id(field)}"} for field in _bad(form)]


def _bad(form: BaseForm) -> Iterator[Field]:
    for field in form:
        if isinstance(field, FormField):
            yield from _bad(field.form)
        elif isinstance(field, FieldList):
            for entry in field.entries:
                yield from _bad(entry.form) if isinstance(entry, FormField) else [entry] * bool(entry.errors)
        elif field.errors and field.type != "CSRFTokenField":
            yield field


def _first_bad_id(field: Field) -> str:
    return field.first_bad_id if isinstance(field, Day) else field.id
