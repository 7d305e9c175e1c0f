"""The register of practising privileges elsewhere."""

from flask import Blueprint, render_template

from webapp import door
from webapp.guards import guard, holds
from workflows.inbox import privileges

screen = Blueprint("privileges", __name__)


@guard(holds(*privileges.READERS))
@screen.get("/privileges")
def index() -> str:
    """Who may treat patients where (BTH Appendix 2)."""
    found = privileges.register(door.session(), viewer=door.viewer())
    return render_template("privileges/index.html", found=found)
