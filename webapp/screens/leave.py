"""The leave of a doctor: what there is, what it costs, and what it takes from the plan."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import leave as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, signed_in
from webapp.presenters import leave as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows import people
from workflows.domain.errors import NotAllowed
from workflows.inbox import leave

screen = Blueprint("leave", __name__)


class Answer(NamedTuple):
    """What the leave costs that was asked about, or why it is refused."""

    cost: leave.Cost | None = None
    refused: str = ""


@guard(signed_in)
@screen.get("/plans/<int:plan_id>/leave")
def show(plan_id: int) -> str:
    """The year of leave beside the plan, and what leave from a day to a day costs (BTH 3.4.12)."""
    page = leave.leave_page(door.session(), viewer=door.viewer(), plan_id=plan_id, now=door.now())
    form = Asked(forms.PERIOD, request.args or None)
    answer = _answer(page, form) if request.args and form.valid() else Answer()
    return render_template("plans/leave.html", page=page, words=in_words, form=form, answer=answer)


@guard(signed_in)
@screen.route("/plans/<int:plan_id>/leave/new", methods=["GET", "POST"])
def enter(plan_id: int) -> ResponseReturnValue:
    """Enter leave that is booked or was taken."""
    page = leave.to_enter(door.session(), viewer=door.viewer(), plan_id=plan_id, now=door.now())
    given = {"kind": "annual", "in_uk": True, **_days(request.args.get("first", ""), request.args.get("last", ""))}

    def act(values: forms.Values) -> ResponseReturnValue:
        taken = forms.leave(values)
        door.perform(people.enter_leave, by=door.actor(), person_id=page.person_id, leave=taken, now=door.now())
        return done("The leave is entered.", _back(plan_id))

    asking = Asking("Enter leave", page.booking, "Enter this leave", _back(plan_id), in_words.title(page))
    return ask(asking, Asked(forms.LEAVE, forms.sent(), given=given), act)


@guard(signed_in)
@screen.post("/plans/<int:plan_id>/leave/<int:leave_id>/approve")
def approve(plan_id: int, leave_id: int) -> ResponseReturnValue:
    """Professional or study leave counts from now on (BTH 3.4.12.2)."""
    door.perform(people.approve_leave, by=door.actor(), leave_id=leave_id, now=door.now())
    return done("The leave is approved, and the doctor is told.", _back(plan_id))


@guard(signed_in)
@screen.post("/plans/<int:plan_id>/leave/<int:leave_id>/remove")
def remove(plan_id: int, leave_id: int) -> ResponseReturnValue:
    """It was not taken after all."""
    door.perform(people.take_out_leave, by=door.actor(), leave_id=leave_id, now=door.now())
    return done("The entry is taken out.", _back(plan_id))


def _answer(page: leave.LeavePage, form: Asked) -> Answer:
    values = form.values()
    try:
        return Answer(leave.what_it_costs(page, values["first"], values["last"]))
    except NotAllowed as refused:
        return Answer(refused=door.said(refused))


def _days(*given: str) -> dict[str, date]:
    """The days of an address; what is no day is left out."""
    found = {}
    for key, text in zip(("first", "last"), given, strict=True):
        try:
            found[key] = date.fromisoformat(text)
        except ValueError:
            continue
    return found


def _back(plan_id: int) -> str:
    return url_for("leave.show", plan_id=plan_id)
