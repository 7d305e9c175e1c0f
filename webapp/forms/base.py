"""The form that all forms are made from: Flask-WTF's, with its token against forged requests."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms.form import BaseForm

Boxes = Mapping[str, Any]
"""Fields by name, not yet bound to a form: WTForms makes them of what looks like the making of a field."""


class Form(FlaskForm):
    """A form that reads the request by itself when it was posted."""

    def __init__(self, data: Mapping[str, Any] | None = None, prefix: str = "") -> None:
        super().__init__(data=data, prefix=prefix)  # type: ignore[no-untyped-call]  # Flask-WTF ships no types


class Part(BaseForm):
    """A part of a form: its fields are items, not attributes, so that they may have any name."""

    def __init__(self, boxes: Boxes, prefix: str) -> None:
        super().__init__(boxes, prefix=prefix)
