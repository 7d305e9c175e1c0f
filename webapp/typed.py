"""What no form and no address may hold, refused before anything reads it: signs that a database cannot keep."""

from itertools import chain

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from workflows.domain.errors import Broken

LARGEST_ID = 2**31 - 1
"""The largest id that a database gives."""


class UnusableSign(Broken):
    """What was sent holds a sign that cannot be kept (a null character). Take it out and send it again."""


class Id(IntegerConverter):
    """A number in an address that may be an id: of larger ones there is no page."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def init_app(app: Flask) -> None:
    """Look at each request before anything else does. Screens are to be registered afterwards."""
    app.url_map.converters["int"] = Id
    app.before_request(_refuse_null)


def _refuse_null() -> None:
    if "\0" in _said():
        raise UnusableSign


def _said() -> str:
    """All words of a request, in one text: the form of a plan has a thousand."""
    sent = (request.args, request.form)
    return "".join(chain((request.path,), *sent, *(values for each in sent for values in each.listvalues())))
