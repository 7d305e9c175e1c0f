"""Letters that a case has sent, handed out as they are."""

from io import BytesIO

from flask import Blueprint, Response, send_file

from webapp import door
from webapp.guards import guard, signed_in
from workflows import letters

screen = Blueprint("letters", __name__)
NOTHING_RUNS = "default-src 'none'; sandbox"


@guard(signed_in)
@screen.get("/letters/<int:letter_id>.pdf")
def download(letter_id: int) -> Response:
    """A letter; that it was opened is a line of the history."""
    file = door.perform(letters.open_letter, viewer=door.viewer(), letter_id=letter_id, now=door.now())
    return as_pdf(file.name, file.content)


def as_pdf(name: str, content: bytes) -> Response:
    """A PDF, to be saved: no browser shows it as a page of this site."""
    answer = send_file(BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name)
    answer.headers |= {"Content-Security-Policy": NOTHING_RUNS, "Cache-Control": "no-store"}
    return answer
