"""Files that are sent in: how large they may be, and the scanner that looks at them.

A form is read before any view runs, so the larger limit of the views that take files is set before anything else, and
only for somebody who is signed in.
"""

from typing import NamedTuple, cast

from flask import Flask, current_app, request
from flask_login import current_user

from workflows.domain.documents import MEGABYTE, Limits
from workflows.papers import Scanner, scanner

TAKE_FILES = frozenset({"papers.add_document"})
"""The endpoints to which a file may be sent."""
BESIDE = 64 * 1024
"""What a form with a file holds besides."""


class Uploads(NamedTuple):
    """What this installation takes, and what looks at it."""

    limits: Limits
    scanner: Scanner


def init_app(app: Flask, scanner_setting: str, document_megabytes: int, case_megabytes: int) -> None:
    """Keep the limits and the scanner. To be called before anything else that looks at requests."""
    limits = Limits(one=document_megabytes * MEGABYTE, together=case_megabytes * MEGABYTE)
    app.extensions["uploads"] = Uploads(limits, scanner(scanner_setting))
    app.before_request(_let_files_in)


def taken() -> Uploads:
    """What this installation takes."""
    return cast(Uploads, current_app.extensions["uploads"])


def _let_files_in() -> None:
    if request.endpoint in TAKE_FILES and request.method == "POST" and current_user.is_authenticated:
        request.max_content_length = taken().limits.one + BESIDE
