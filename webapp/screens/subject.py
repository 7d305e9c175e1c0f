"""A request of a data subject: everything about one person as a file, for the Medical Directorate to hand over."""

from io import BytesIO

from flask import Blueprint, Response, render_template, send_file

from webapp import door
from webapp.guards import guard, holds
from webapp.presenters import subject as in_words
from workflows.domain.roles import Role
from workflows.inbox import people_person, subject
from workflows.operations import subjects

screen = Blueprint("subject", __name__)
directorate = holds(Role.MEDICAL_DIRECTORATE)


@guard(directorate)
@screen.get("/people/<int:person_id>/held")
def ask(person_id: int) -> str:
    """What the file holds and leaves out, before it is taken out."""
    person = people_person.person(door.session(), viewer=door.viewer(), person_id=person_id)
    return render_template("subject/ask.html", person=person)


@guard(directorate)
@screen.post("/people/<int:person_id>/held")
def take_out(person_id: int) -> Response:
    """The file. That it was taken out is kept among the trust's acts before anything leaves."""
    who = door.person()
    found = subject.subject(door.session(), trust_id=who.trust_id, person_id=person_id, now=door.now())
    data = in_words.packed(found, subject.files(door.session(), found=found))
    about = {"trust_id": who.trust_id, "by_id": who.person_id, "person_id": person_id}
    door.perform(subjects.note_export, **about, now=door.now())
    return send_file(BytesIO(data), "application/zip", as_attachment=True, download_name=in_words.name_of(found))
