"""Filters that templates use: words by name, what somebody wrote as paragraphs, the problems of a form."""

from flask import Flask
from markupsafe import Markup, escape

from webapp import door
from webapp.forms import errors
from webapp.presenters import words


def init_app(app: Flask) -> None:
    """Register the filters, and the clauses that a form may offer."""
    app.jinja_env.globals["clauses_to_choose"] = door.clauses_to_choose
    app.jinja_env.filters |= {
        "day": words.day,
        "short_day": words.short_day,
        "moment": words.moment,
        "count_of": words.count,
        "listed": words.listed,
        "figure": words.figure,
        "lower_first": words.lower_first,
        "own_clauses": door.own_clauses,
        "coded": coded,
        "paragraphs": paragraphs,
        "problems": errors.summary,
    }


def coded(sentence: str) -> Markup:
    """A sentence of the check: what it sets apart as typed in a file is shown as code."""
    parts = enumerate(sentence.split("`"))
    shown = (Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in parts)
    return Markup("").join(shown)


def paragraphs(text: str) -> Markup:
    """What somebody wrote, as paragraphs: a blank line begins a new one."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks if block)
    return Markup("\n").join(Markup('<p class="app-written">{}</p>').format(line) for line in lines)
