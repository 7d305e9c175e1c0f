"""The diary of a rota: what it comes to, work that doctors enter, and agreeing its average."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import rotas as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, signed_in
from webapp.presenters import rotas as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows import on_call
from workflows.inbox import rota_diaries

screen = Blueprint("rota_diaries", __name__)


@guard(signed_in)
@screen.get("/rotas/diaries/<int:diary_id>")
def show(diary_id: int) -> str:
    """Who has entered what, and what it comes to."""
    page = rota_diaries.diary_page(door.session(), viewer=door.viewer(), diary_id=diary_id, now=door.now())
    return render_template("rotas/diary.html", page=page, words=in_words)


@guard(signed_in)
@screen.route("/rotas/diaries/<int:diary_id>/work/new", methods=["GET", "POST"])
def enter(diary_id: int) -> ResponseReturnValue:
    """A doctor enters work that they did on call."""
    page = rota_diaries.to_write_in(door.session(), viewer=door.viewer(), diary_id=diary_id, now=door.now())
    lead = in_words.kept(page.diary)

    def act(values: forms.Values) -> ResponseReturnValue:
        work = forms.done(values)
        door.perform(on_call.record_work, by=door.actor(), diary_id=diary_id, done=work, now=door.now())
        return done(in_words.entered(work.entry), _back(diary_id))

    form = forms.work(forms.sent(), door.today())
    return ask(Asking("Enter work on call", lead, "Enter this work", _back(diary_id), "Diary"), form, act)


@guard(signed_in)
@screen.post("/rotas/work/<int:entry_id>/remove")
def remove(entry_id: int) -> ResponseReturnValue:
    """A doctor takes an entry of theirs out again."""
    diary_id = door.perform(on_call.remove_work, by=door.actor(), entry_id=entry_id, now=door.now())
    return done("The entry is taken out.", _back(diary_id))


@guard(signed_in)
@screen.route("/rotas/diaries/<int:diary_id>/agree", methods=["GET", "POST"])
def agree(diary_id: int) -> ResponseReturnValue:
    """The clinical manager agrees one average for the rota (BTH 3.4.13.2)."""
    page = rota_diaries.to_agree(door.session(), viewer=door.viewer(), diary_id=diary_id, now=door.now())

    def act(values: forms.Values) -> ResponseReturnValue:
        said = {"met_on": values["met_on"], "applies_from": values["applies_from"], "said": values["note"] or ""}
        door.perform(on_call.agree_average, by=door.actor(), diary_id=diary_id, now=door.now(), **said)
        return done("The average is agreed, and the doctors on the rota are told.", _back(diary_id))

    form = Asked(forms.AGREEING, forms.sent(), given={"met_on": door.today()})
    asking = Asking("Agree the average", in_words.to_agree(page), "Agree this average", _back(diary_id), "Diary")
    return ask(asking, form, act)


def _back(diary_id: int) -> str:
    return url_for("rota_diaries.show", diary_id=diary_id)
