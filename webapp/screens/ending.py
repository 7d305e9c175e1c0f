"""Settling a dispute between its sides, or withdrawing it, at any stage."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp import door
from webapp.forms.crafted.outcomes import SettlementOutcomes
from webapp.forms.ending import AnswerForm, WithdrawDisputeForm
from webapp.guards import guard, signed_in
from webapp.presenters import deadlines, dispute_words
from workflows.cases import answer_settlement, propose_settlement, withdraw_dispute
from workflows.domain.errors import BadValues
from workflows.inbox import dispute_ending
from workflows.inbox.dispute_ending import ToEnd

screen = Blueprint("ending", __name__)


@guard(signed_in)
@screen.get("/cases/<reference>/end")
def show(reference: str) -> str:
    """How the dispute can end before its way is gone."""
    return _draw(_found(reference))


@guard(signed_in)
@screen.post("/cases/<reference>/end/propose")
def propose(reference: str) -> ResponseReturnValue:
    """Propose to the other side what is to stand."""
    found = _found(reference)
    form = SettlementOutcomes(found.points, request.form)
    if not form.valid():
        return _draw(found, outcomes=form), 422
    try:
        rows = form.values()["outcomes"]
        door.perform(propose_settlement, actor=door.actor(), reference=reference, outcomes=rows, now=door.now())
    except BadValues as bad:
        form.complain(bad.problems)
        return _draw(found, outcomes=form), 422
    flash("The other side is told of your proposal. The dispute goes on until they agree.", "success")
    return _back(reference)


@guard(signed_in)
@screen.post("/cases/<reference>/end/answer")
def answer(reference: str) -> ResponseReturnValue:
    """Say yes or no to what the other side proposes."""
    found, form = _found(reference), AnswerForm()
    if not form.validate():
        return _draw(found, answering=form), 422
    agreed = bool(form.accept.data)
    door.perform(answer_settlement, actor=door.actor(), reference=reference, accept=agreed, now=door.now())
    door.deliver()
    flash("The dispute is settled." if agreed else "The other side is told that you do not agree.", "success")
    return _back(reference)


@guard(signed_in)
@screen.post("/cases/<reference>/end/withdraw")
def withdraw(reference: str) -> ResponseReturnValue:
    """Give the dispute up."""
    found, form = _found(reference), WithdrawDisputeForm()
    try:
        if form.validate():
            reason = form.reason.data or ""
            door.perform(withdraw_dispute, actor=door.actor(), reference=reference, reason=reason, now=door.now())
            door.deliver()
            flash("The dispute is withdrawn. Nobody has anything to do in it any more.", "success")
            return _back(reference)
    except BadValues as bad:
        form.refuse(bad.problems["reason"])
    return _draw(found, withdrawing=form), 422


def _found(reference: str) -> ToEnd:
    return dispute_ending.to_end(door.session(), viewer=door.viewer(), reference=reference, now=door.now())


def _back(reference: str) -> Response:
    return redirect(url_for("cases.show", reference=reference), 303)


def _draw(found: ToEnd, **filled: Any) -> str:
    """The page, with the one form that was filled in, if any."""
    forms = {
        "outcomes": SettlementOutcomes(found.points, None),
        "answering": AnswerForm(),
        "withdrawing": WithdrawDisputeForm(),
    }
    words = {"disputes": dispute_words, "dates": deadlines}
    return render_template("cases/end.html", found=found, **{**forms, **filled}, **words)
