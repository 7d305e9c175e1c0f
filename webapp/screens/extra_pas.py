"""Extra programmed activities: an agreement, notice, what was worked, those that end soon, and a team's forecast."""

from collections.abc import Callable
from fractions import Fraction

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp import door
from webapp.forms.asked import Asked
from webapp.forms.extra_pas import SALARY
from webapp.forms.people import Values, sent
from webapp.guards import guard, signed_in
from webapp.presenters import extra_pas as in_words
from webapp.presenters import extra_pay as pay_words
from webapp.screens.people_asking import Asking, ask, done, draw
from workflows import cases, people
from workflows.cases.extra_pa import NOTICE, WORKED
from workflows.domain.errors import BadValues
from workflows.inbox import extra_forecast, extra_pa, extra_pay
from workflows.people.forecasting import NEED

screen = Blueprint("extra_pas", __name__)


@guard(signed_in)
@screen.get("/extra-activities")
def index() -> str:
    """Agreements that end within half a year."""
    lines = extra_pa.ending_soon(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("extra/index.html", lines=lines, words=in_words)


@guard(signed_in)
@screen.get("/cases/<reference>/extra")
def show(reference: str) -> str:
    """One agreement, with what was worked of it."""
    return render_template("extra/show.html", page=_page(reference), words=in_words)


@guard(signed_in)
@screen.route("/cases/<reference>/extra/notice", methods=["GET", "POST"])
def notice(reference: str) -> ResponseReturnValue:
    """Give notice (CPFT Appendix 1)."""
    found = _page(reference)
    lead = f"{in_words.amount(found)}, {in_words.period(found)}. {found.notice_lines[-1]}"
    form = Asked(NOTICE, sent())

    def act(values: Values) -> ResponseReturnValue:
        door.perform(cases.give_notice, actor=door.actor(), reference=reference, values=values, now=door.now())
        return done("Notice is given. Both sides get it as a letter.", url_for("extra_pas.show", reference=reference))

    return _ask(_asking(found, "Give notice", lead, "Give notice"), form, act)


@guard(signed_in)
@screen.route("/cases/<reference>/extra/need-ended", methods=["GET", "POST"])
def need_ended(reference: str) -> ResponseReturnValue:
    """Say that they are needed no longer (CPFT 7.2.2)."""
    found = _page(reference)
    manager = door.called("clinical_manager")
    lead = f"A review is opened: the {manager} decides whether they are kept, reduced or ended. Nothing changes before."

    def act(_: Values) -> ResponseReturnValue:
        door.perform(cases.end_need, actor=door.actor(), reference=reference, now=door.now())
        return done("The review is open.", url_for("cases.show", reference=reference))

    return _ask(_asking(found, "The need has ended", lead, "Open the review"), Asked((), sent()), act)


@guard(signed_in)
@screen.route("/cases/<reference>/extra/worked", methods=["GET", "POST"])
def worked(reference: str) -> ResponseReturnValue:
    """Enter what was worked of a number that is used as needed (BTH Appendix 3)."""
    found = _page(reference)
    form = Asked(WORKED, sent(), given={"worked_on": door.today()})

    def act(values: Values) -> ResponseReturnValue:
        door.perform(cases.record_worked, actor=door.actor(), reference=reference, values=values, now=door.now())
        return done("It is entered.", url_for("extra_pas.show", reference=reference))

    lead = f"{in_words.pas(found.balance.left, found.basis)} are left."
    return _ask(_asking(found, "Enter what was worked", lead, "Enter it"), form, act)


@guard(signed_in)
@screen.route("/cases/<reference>/extra/pay", methods=["GET", "POST"])
def pay(reference: str) -> ResponseReturnValue:
    """What it is in pay and pension (BTH Appendix 3). The salary that is typed is sent, used and not kept."""
    page = extra_pay.pay_page(door.session(), viewer=door.viewer(), reference=reference, now=door.now())
    form = Asked(SALARY, sent())
    readable = request.method == "POST" and form.valid()
    found = extra_pay.in_pounds(page, Fraction(form.values()["salary"])) if readable else None
    status = 422 if request.method == "POST" and not readable else 200
    return render_template("extra/pay.html", page=page, found=found, form=form, words=pay_words), status


@guard(signed_in)
@screen.get("/teams/<int:team_id>/extra")
def forecast(team_id: int) -> str:
    """What a team foresees in a year, against what is contracted (BTH Appendix 3)."""
    return render_template("extra/forecast.html", found=_forecast(team_id), words=in_words)


@guard(signed_in)
@screen.route("/teams/<int:team_id>/extra/foresee", methods=["GET", "POST"])
def foresee(team_id: int) -> ResponseReturnValue:
    """Enter something that a team foresees."""
    found = _forecast(team_id)
    back = url_for("extra_pas.forecast", team_id=team_id, year=found.year)
    lead = f"For the planning year {found.year}. A post is advertised with full time at most."
    page = Asking("What do you foresee?", lead, "Enter it", back, found.team)

    def act(values: Values) -> ResponseReturnValue:
        door.perform(people.foresee, by=door.actor(), team_id=team_id, year=found.year, values=values, now=door.now())
        return done("It is entered.", back)

    return _ask(page, Asked(NEED, sent()), act)


@guard(signed_in)
@screen.post("/extra-activities/needs/<int:need_id>/remove")
def take_out(need_id: int) -> Response:
    """Something is foreseen no longer."""
    team_id = door.perform(people.take_out, by=door.actor(), need_id=need_id, now=door.now())
    return redirect(url_for("extra_pas.forecast", team_id=team_id), 303)


def _page(reference: str) -> extra_pa.Agreement:
    return extra_pa.agreement_page(door.session(), viewer=door.viewer(), reference=reference, now=door.now())


def _forecast(team_id: int) -> extra_forecast.Forecast:
    year = request.args.get("year", "")
    return extra_forecast.forecast(door.session(), viewer=door.viewer(), team_id=team_id, year=year, now=door.now())


def _asking(found: extra_pa.Agreement, title: str, lead: str, button: str) -> Asking:
    return Asking(title, lead, button, url_for("extra_pas.show", reference=found.case), found.reference)


def _ask(page: Asking, form: Asked, act: Callable[[Values], ResponseReturnValue]) -> ResponseReturnValue:
    """As `ask`; what a rule has to say of one answer stands beside its box."""
    try:
        return ask(page, form, act)
    except BadValues as bad:
        form.complain(bad.problems)
        return draw(page, form), 422
