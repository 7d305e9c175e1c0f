"""My steps: what waits for whoever is signed in, and what they have been told."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from webapp import door, listing
from webapp.forms import case_filters, step_filters
from webapp.guards import guard, holds, signed_in
from webapp.presenters import idle, studio
from webapp.presenters import late as late_words
from webapp.presenters import queues as queue_words
from webapp.presenters import steps as in_words
from workflows.domain.roles import GROUP_ROLES
from workflows.inbox import late, queues, starting, step_list, titles
from workflows.notices import reading
from workflows.studio import home

screen = Blueprint("steps", __name__)
KEPT = "step_filters"


@guard(signed_in)
@screen.get("/")
def mine() -> str | Response:
    """The steps that wait. Filters stand in the address and are remembered until they are cleared."""
    if way := listing.remembered(KEPT):
        return way
    filters = step_filters.read(request.args)
    kept = step_filters.as_args(filters)
    found = step_list.my_steps(
        door.session(), viewer=door.viewer(), filters=filters, page=listing.page(), now=door.now()
    )
    session[KEPT] = kept
    return render_template(
        "steps/mine.html",
        found=found,
        filters=filters,
        kept=kept,
        words=in_words,
        idle=None if found.total else _idle(),
        drafts=() if found.total else home.waiting(door.session(), viewer=door.viewer()),
        of_drafts=studio,
        links=listing.links(found, kept),
        may_start=starting.kinds(door.viewer()),
        late=late.in_led_groups(door.session(), viewer=door.viewer(), now=door.now()),
        late_words=late_words,
        shares=not door.viewer().roles.isdisjoint(GROUP_ROLES),
    )


def _idle() -> idle.Idle:
    return idle.idle(door.viewer().roles, titles.stands_in_for(door.session(), viewer=door.viewer()))


@guard(holds(*GROUP_ROLES))
@screen.get("/queue")
def queue() -> str:
    """Steps that nobody can take, and those that a team shares."""
    found = queues.queue(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("steps/queue.html", found=found, words=queue_words)


@guard(signed_in)
@screen.post("/notices/read")
def notices_read() -> Response:
    """Put the notices away."""
    read = [number for one in request.form.getlist("notice") if (number := case_filters.number(one))]
    door.perform(reading.mark_read, person_id=door.person().person_id, notice_ids=read, now=door.now())
    return redirect(url_for("steps.mine"), 303)
