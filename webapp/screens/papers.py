"""What people put into a case: documents, handed out as downloads alone, and comments."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from webapp import door, uploads
from webapp.error_pages import page_of
from webapp.forms import case_filters
from webapp.forms.base import Form
from webapp.forms.papers import CommentForm, DocumentForm
from webapp.guards import guard, signed_in
from workflows import papers as verbs
from workflows.domain.errors import BadValues, Broken, NotAllowed, NotFound
from workflows.inbox import papers

screen = Blueprint("papers", __name__)
NOTHING_RUNS = "default-src 'none'; sandbox"


@guard(signed_in)
@screen.get("/documents/<int:document_id>")
def download(document_id: int) -> Response:
    """A document, to be saved: no browser shows it as a page of this site. That it was opened is a line of the
    history."""
    file = door.perform(verbs.open_document, viewer=door.viewer(), document_id=document_id, now=door.now())
    answer = send_file(BytesIO(file.content), mimetype=file.type, as_attachment=True, download_name=file.name)
    answer.headers |= {"Content-Security-Policy": NOTHING_RUNS, "Cache-Control": "no-store"}
    return answer


@guard(signed_in)
@screen.route("/cases/<reference>/documents/add", methods=["GET", "POST"])
def add_document(reference: str) -> ResponseReturnValue:
    """Choose a file and say what it is."""
    case = papers.to_add_to(door.session(), viewer=door.viewer(), reference=reference, now=door.now())
    form = DocumentForm(uploads.taken().limits.one)
    if request.method == "GET":
        return _draw("document", case, form)
    if not form.validate():
        return _draw("document", case, form), 422
    try:
        refused = _send(reference, form)
    except (NotFound, NotAllowed):
        raise
    except Broken as broken:
        refused = broken
    if refused is None:
        back = _step()
        flash("The document is in the case." + (" You can choose it below." if back else ""), "success")
        return redirect(url_for("step.show", step_id=back), 303) if back else _to_case(reference, "documents")
    form.refuse(door.said(refused), "title" if isinstance(refused, BadValues) else "file")
    return _draw("document", case, form), max(page_of(refused).status, 422)


@guard(signed_in)
@screen.route("/cases/<reference>/comments/add", methods=["GET", "POST"])
def add_comment(reference: str) -> ResponseReturnValue:
    """Write to the others concerned."""
    case = papers.to_add_to(door.session(), viewer=door.viewer(), reference=reference, now=door.now())
    form = CommentForm()
    if request.method == "GET":
        return _draw("comment", case, form)
    try:
        if form.validate():
            words = form.words.data or ""
            door.perform(verbs.add_comment, actor=door.actor(), reference=reference, words=words, now=door.now())
            flash("Your comment is in the case. The others concerned have been told.", "success")
            return _to_case(reference, "comments")
    except BadValues as bad:
        form.refuse(bad.problems["words"])
    return _draw("comment", case, form), 422


@guard(signed_in)
@screen.route("/documents/<int:document_id>/remove", methods=["GET", "POST"])
def remove_document(document_id: int) -> ResponseReturnValue:
    """Take out a document that one has added oneself; asked first, for it cannot be undone."""
    found = papers.document_to_remove(door.session(), viewer=door.viewer(), document_id=document_id, now=door.now())
    act = partial(door.perform, verbs.remove_document, actor=door.actor(), document_id=document_id, now=door.now())
    return _remove(found, act, "The document is out of the case. The history says that it was there.")


@guard(signed_in)
@screen.route("/comments/<int:comment_id>/remove", methods=["GET", "POST"])
def remove_comment(comment_id: int) -> ResponseReturnValue:
    """Take back a comment of one's own; asked first, for it cannot be undone."""
    found = papers.comment_to_remove(door.session(), viewer=door.viewer(), comment_id=comment_id, now=door.now())
    act = partial(door.perform, verbs.remove_comment, actor=door.actor(), comment_id=comment_id, now=door.now())
    return _remove(found, act, "Your comment is taken back. Its words are gone; the line that you wrote one stays.")


def _remove(found: papers.ToRemove, act: Callable[[], object], said: str) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("papers/remove.html", found=found)
    act()
    flash(said, "success")
    return _to_case(found.reference, f"{found.kind}s")


def _send(reference: str, form: DocumentForm) -> Broken | None:
    """Have the file scanned, before any transaction, and add it. Returns what is wrong with an infected one."""
    content = form.file.data.read()
    verdict = uploads.taken().scanner(content)
    done = door.perform(
        verbs.add_document,
        actor=door.actor(),
        reference=reference,
        title=form.title.data or "",
        file=verbs.File(form.file.data.filename, content, verdict),
        limits=uploads.taken().limits,
        now=door.now(),
    )
    return done if isinstance(done, Broken) else None


def _draw(kind: str, case: papers.CaseToAddTo, form: Form) -> str:
    return render_template("papers/add.html", kind=kind, case=case, form=form, step=_step())


def _step() -> int:
    """The step from which somebody came, and to which they go back; 0 for none."""
    return case_filters.number(request.args.get("step", ""))


def _to_case(reference: str, section: str) -> AnyResponse:
    return redirect(url_for("cases.show", reference=reference, _anchor=section), 303)
