"""My steps, and one step."""

from flask import Blueprint, render_template

from webapp.guards import guard, signed_in

screen = Blueprint("steps", __name__)


@guard(signed_in)
@screen.get("/")
def mine() -> str:
    """The steps that wait for whoever is signed in."""
    return render_template("steps/mine.html")
