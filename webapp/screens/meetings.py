"""A meeting of a case, as a file for one's calendar."""

from flask import Blueprint, Response, current_app

from webapp import door
from webapp.guards import guard, signed_in
from workflows.inbox import meetings
from workflows.notices import invitations
from workflows.notices.letters import Site

screen = Blueprint("meetings", __name__)


@guard(signed_in)
@screen.get("/cases/<reference>/meetings/<key>.ics")
def calendar(reference: str, key: str) -> Response:
    """The file: opened in a calendar, it puts the meeting there, or moves it."""
    meeting = meetings.meeting(door.session(), viewer=door.viewer(), reference=reference, key=key, now=door.now())
    site = Site(current_app.config["PUBLIC_URL"], current_app.config["MAIL_FROM"])
    file = invitations.calendar_of(meeting, site=site, method="PUBLISH", now=door.now())
    answer = Response(file, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{meeting.case}-{meeting.key}.ics")
    return answer
