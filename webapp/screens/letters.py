"""What leaves a case as PDF: letters that it has sent, as they are, and the bundle of a dispute."""

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


@guard(signed_in)
@screen.get("/cases/<reference>/bundle.pdf")
def bundle(reference: str) -> Response:
    """All of a dispute as one PDF; that somebody had it made is a line of the history."""
    viewer, now = door.viewer(), door.now()
    bound = letters.bind(letters.gather_bundle(door.session(), viewer=viewer, reference=reference, now=now))
    door.perform(letters.note_bundle, viewer=viewer, reference=reference, pages=bound.pages, now=now)
    return as_pdf(bound.name, bound.content)


def as_pdf(name: str, content: bytes) -> Response:
    """A PDF, to be saved: no browser shows it as a page of this site."""
    answer = send_file(BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name)
    answer.headers |= {"Content-Security-Policy": NOTHING_RUNS, "Cache-Control": "no-store"}
    return answer
