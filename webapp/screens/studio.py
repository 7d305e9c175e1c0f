"""The studio: what waits, drafts, and releases as they are read."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from webapp import door, listing
from webapp.forms import studio as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, studio
from webapp.presenters import studio as in_words
from webapp.presenters import studio_moves as of_moves
from webapp.presenters import studio_releases as of_releases
from webapp.screens.people_asking import Asking, ask, done
from workflows.domain.studio import Permission
from workflows.studio import history as histories
from workflows.studio import home, publishing

screen = Blueprint("studio", __name__)
LIST, LIST_WORDS = "/studio", "Studio"


@guard(studio())
@screen.get("/studio")
def index() -> str:
    """What waits for whoever looks, the drafts, and the releases."""
    found = home.home(door.session(), viewer=door.viewer())
    return render_template("studio/index.html", found=found, words=in_words, of_moves=of_moves)


@guard(studio())
@screen.get("/studio/history")
def history() -> str:
    """Everything that was done here, with who and when."""
    page = histories.history(door.session(), viewer=door.viewer(), page=listing.page())
    return render_template("studio/history.html", page=page, links=listing.links(page, {}))


@guard(studio())
@screen.get("/studio/releases/<int:number>")
def release(number: int) -> str:
    """One release."""
    page = home.release_page(door.session(), viewer=door.viewer(), number=number)
    return render_template("studio/release.html", page=page, words=in_words)


@guard(studio())
@screen.get("/studio/releases/<int:number>/<kind>/<key>")
def file(number: int, kind: str, key: str) -> str:
    """One file of a release: a process as a picture and in words, a table, a policy, a letter."""
    page = home.release_file(door.session(), viewer=door.viewer(), number=number, kind=kind, key=key)
    return render_template("studio/file.html", page=page, words=in_words, of_releases=of_releases)


@guard(studio())
@screen.get("/studio/releases/<int:number>/processes/<process>.bpmn")
def diagram(number: int, process: str) -> Response:
    """A drawing of a release, as BPMN XML."""
    page = home.release_file(door.session(), viewer=door.viewer(), number=number, kind="processes", key=process)
    return Response(page.loaded.policy.titled(page.text), mimetype="application/xml")


@guard(studio(Permission.EDIT))
@screen.route("/studio/releases/<int:number>/publish-again", methods=["GET", "POST"])
def publish_again(number: int) -> ResponseReturnValue:
    """Go back to an older release: a draft with its content, to be approved and published."""
    page = home.release_to_go_back_to(door.session(), viewer=door.viewer(), number=number)
    lead = (
        f"This makes a draft with all files as they were in release {number}, and submits it. Once somebody else has"
        " approved it, it can be published. Running cases stay where they are."
    )
    back = f"/studio/releases/{page.line.number}"

    def act(values: forms.Values) -> ResponseReturnValue:
        said = values["words"]
        draft_id = door.perform(publishing.publish_again, by=door.actor(), number=number, words=said, now=door.now())
        return done("The draft is submitted for approval.", f"/studio/drafts/{draft_id}")

    asking = Asking(f"Publish release {number} again", lead, "Submit for approval", back, f"Release {number}")
    return ask(asking, Asked(forms.AGAIN, forms.sent()), act)
