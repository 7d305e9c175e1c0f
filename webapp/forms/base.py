"""The form that all forms are made from: Flask-WTF's, with its token against forged requests."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm


class Form(FlaskForm):
    """A form that reads the request by itself when it was posted."""

    def __init__(self, data: Mapping[str, Any] | None = None, prefix: str = "") -> None:
        super().__init__(data=data, prefix=prefix)  # type: ignore[no-untyped-call]  # Flask-WTF ships no types
