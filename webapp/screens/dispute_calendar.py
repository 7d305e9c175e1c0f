"""The dates of one's board in one's own calendar: make its secret address, end it; and the calendar itself."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import door, sign_in
from webapp.guards import follows_disputes, guard, public
from workflows import following as verbs
from workflows.inbox import following
from workflows.notices import feeds
from workflows.notices.letters import Site

screen = Blueprint("dispute_calendar", __name__)


@guard(follows_disputes)
@screen.get("/disputes/calendar")
def show() -> str:
    """What it is, and whether there is an address."""
    made_at = following.calendar_made_at(door.session(), viewer=door.viewer())
    return render_template("disputes/calendar.html", made_at=made_at, address="")


@guard(follows_disputes)
@screen.post("/disputes/calendar/new")
def make() -> ResponseReturnValue:
    """Make an address, in place of the one before, and show it this once."""
    who = door.actor()
    token = door.perform(verbs.make_feed, person_id=who.person_id, trust_id=who.trust_id, now=door.now())
    address = f"{_site().address}{url_for('dispute_calendar.feed', token=token)}"
    return render_template("disputes/calendar.html", made_at=door.now(), address=address)


@guard(follows_disputes)
@screen.post("/disputes/calendar/end")
def end() -> ResponseReturnValue:
    """No calendar reads any more."""
    who = door.actor()
    door.perform(verbs.end_feed, person_id=who.person_id, trust_id=who.trust_id, now=door.now())
    flash("The address is ended. Calendars that read it find nothing any more.", "success")
    return redirect(url_for("dispute_calendar.show"), 303)


@guard(public)
@screen.get("/calendar/<token>.ics")
def feed(token: str) -> Response:
    """The calendar: whoever has the address may read it, while its person follows disputes."""
    sign_in.count("calendar", token)
    entries = following.dates_at(door.session(), token=token, now=door.now())
    return Response(feeds.feed_of(entries, site=_site(), now=door.now()), mimetype="text/calendar")


def _site() -> Site:
    return Site(current_app.config["PUBLIC_URL"], current_app.config["MAIL_FROM"])
