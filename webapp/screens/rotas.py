"""On-call rotas: the list, one rota with its figures and doctors, and what is recorded of it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import rotas as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, signed_in
from webapp.presenters import rotas as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows import on_call
from workflows.inbox import rotas

screen = Blueprint("rotas", __name__)
LIST, LIST_WORDS = "/rotas", "Rotas"


@guard(signed_in)
@screen.get("/rotas")
def index() -> str:
    """The rotas that whoever is signed in may look at."""
    found = rotas.rota_list(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("rotas/index.html", found=found, words=in_words)


@guard(signed_in)
@screen.get("/rotas/<int:rota_id>")
def show(rota_id: int) -> str:
    """One rota."""
    page = rotas.rota_page(door.session(), viewer=door.viewer(), rota_id=rota_id, now=door.now())
    return render_template("rotas/show.html", page=page, words=in_words)


@guard(signed_in)
@screen.route("/rotas/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """A new rota of a team."""
    teams = rotas.teams_to_keep(door.session(), viewer=door.viewer(), now=door.now())
    lead = "Doctors, category and diary follow on its own page."
    form = Asked(forms.adding(teams), forms.sent(), given={"team": str(teams[0][0]), "routine_emergencies": False})

    def act(values: forms.Values) -> ResponseReturnValue:
        team_id, said = int(values["team"]), forms.about(values)
        rota_id = door.perform(on_call.add_rota, by=door.actor(), team_id=team_id, said=said, now=door.now())
        return done("The rota is added.", url_for("rotas.show", rota_id=rota_id))

    return ask(Asking("Add an on-call rota", lead, "Add this rota", LIST, LIST_WORDS), form, act)


@guard(signed_in)
@screen.route("/rotas/<int:rota_id>/change", methods=["GET", "POST"])
def change(rota_id: int) -> ResponseReturnValue:
    """Its name, how often it comes round, and what its specialty does."""
    page = _kept(rota_id)

    def act(values: forms.Values) -> ResponseReturnValue:
        said = forms.about(values)
        door.perform(on_call.change_rota, by=door.actor(), rota_id=rota_id, said=said, now=door.now())
        return done("The change is saved.", _back(page))

    asking = _asking(page, f"Change {page.line.name}", "", "Save")
    return ask(asking, Asked(forms.ABOUT, forms.sent(), given=forms.given(page)), act)


@guard(signed_in)
@screen.route("/rotas/<int:rota_id>/category", methods=["GET", "POST"])
def category(rota_id: int) -> ResponseReturnValue:
    """A or B, with the reason (BTH 3.4.13.1)."""
    page = _kept(rota_id)
    lead = (
        "It decides the supplement of the consultants on it. SAS doctors have the same supplement in either category."
    )

    def act(values: forms.Values) -> ResponseReturnValue:
        said = {"category": values["category"], "reason": values["reason"]}
        door.perform(on_call.set_category, by=door.actor(), rota_id=rota_id, now=door.now(), **said)
        return done("The category is set.", _back(page))

    given = {"category": page.line.category or None, "reason": page.reason}
    asking = _asking(page, f"Set the category of {page.line.name}", lead, "Set the category")
    return ask(asking, Asked(forms.CATEGORY, forms.sent(), given=given), act)


@guard(signed_in)
@screen.route("/rotas/<int:rota_id>/doctors/new", methods=["GET", "POST"])
def add_doctor(rota_id: int) -> ResponseReturnValue:
    """A doctor joins it."""
    page = _kept(rota_id)
    people = rotas.doctors(door.session(), viewer=door.viewer(), now=door.now())

    def act(values: forms.Values) -> ResponseReturnValue:
        said = {"person_id": values["person"], "starts_on": values["starts_on"], "equal_share": values["equal_share"]}
        door.perform(on_call.add_member, by=door.actor(), rota_id=rota_id, now=door.now(), **said)
        return done("The doctor is on the rota.", _back(page))

    asking = _asking(page, f"Add a doctor to {page.line.name}", "", "Add this doctor")
    given = {"starts_on": door.today(), "equal_share": True}
    return ask(asking, Asked(forms.MEMBER, forms.sent(), people=people, given=given), act)


@guard(signed_in)
@screen.route("/rotas/doctors/<int:rota_member_id>/end", methods=["GET", "POST"])
def end_doctor(rota_member_id: int) -> ResponseReturnValue:
    """A doctor leaves it."""
    page = rotas.to_keep_of_member(door.session(), viewer=door.viewer(), rota_member_id=rota_member_id, now=door.now())
    name = next(one.name for one in page.members if one.id == rota_member_id)

    def act(values: forms.Values) -> ResponseReturnValue:
        said = {"rota_member_id": rota_member_id, "ends_on": values["ends_on"]}
        door.perform(on_call.end_member, by=door.actor(), now=door.now(), **said)
        return done("The last day is recorded.", _back(page))

    asking = _asking(page, f"When does {name} leave the rota?", "", "Record the last day")
    return ask(asking, Asked(forms.LAST_DAY, forms.sent(), given={"ends_on": door.today()}), act)


@guard(signed_in)
@screen.route("/rotas/<int:rota_id>/close", methods=["GET", "POST"])
def close(rota_id: int) -> ResponseReturnValue:
    """There is no such rota any more."""
    page = _kept(rota_id)
    lead = "From that day on it counts for nobody. Its diaries and what was agreed stay to be read."

    def act(values: forms.Values) -> ResponseReturnValue:
        door.perform(on_call.close_rota, by=door.actor(), rota_id=rota_id, day=values["day"], now=door.now())
        return done("The rota is closed.", _back(page))

    asking = _asking(page, f"Close {page.line.name}", lead, "Close this rota")
    return ask(asking, Asked(forms.CLOSING, forms.sent(), given={"day": door.today()}), act)


@guard(signed_in)
@screen.route("/rotas/<int:rota_id>/diaries/new", methods=["GET", "POST"])
def open_diary(rota_id: int) -> ResponseReturnValue:
    """A diary that all its doctors keep together."""
    page = _kept(rota_id)
    lead = "Each doctor on the rota is told, and enters all work that they do on call, from when to when."

    def act(values: forms.Values) -> ResponseReturnValue:
        said = {"starts_on": values["starts_on"], "weeks": int(values["weeks"])}
        diary = door.perform(on_call.open_diary, by=door.actor(), rota_id=rota_id, now=door.now(), **said)
        return done("The diary is open.", url_for("rota_diaries.show", diary_id=diary))

    asking = _asking(page, f"Open a diary of {page.line.name}", lead, "Open the diary")
    return ask(asking, Asked(forms.DIARY, forms.sent(), given={"weeks": page.weeks}), act)


def _kept(rota_id: int) -> rotas.RotaPage:
    return rotas.to_keep(door.session(), viewer=door.viewer(), rota_id=rota_id, now=door.now())


def _back(page: rotas.RotaPage) -> str:
    return url_for("rotas.show", rota_id=page.id)


def _asking(page: rotas.RotaPage, title: str, lead: str, button: str) -> Asking:
    return Asking(title, lead, button, _back(page), page.line.name)
