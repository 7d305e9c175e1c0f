"""People: the list, one person, adding and changing them, their contracts, when they leave."""

from flask import Blueprint, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp import door, listing
from webapp.forms import people as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, holds
from webapp.presenters import people as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows import cases
from workflows import people as verbs
from workflows.domain.roles import Role
from workflows.inbox import people, people_person, starting

screen = Blueprint("people", __name__)
KEPT = "people_filters"
READERS = (Role.MEDICAL_DIRECTORATE, Role.HR_WORKFORCE)


@guard(holds(*READERS))
@screen.get("/people")
def index() -> ResponseReturnValue:
    """The people of the trust. Filters stand in the address and are remembered until they are cleared."""
    if way := listing.remembered(KEPT):
        return way
    filters = forms.read(request.args)
    kept = forms.as_args(filters)
    found = people.people_list(
        door.session(), viewer=door.viewer(), filters=filters, page=listing.page(), now=door.now()
    )
    session[KEPT] = kept
    links = listing.links(found, kept)
    shown = {"found": found, "filters": filters, "kept": kept, "links": links, "forms": forms}
    return render_template("people/index.html", words=in_words, **shown)


@guard(holds(*READERS))
@screen.get("/people/<int:person_id>")
def show(person_id: int) -> str:
    """All that is recorded of one person."""
    page = people_person.person_page(door.session(), viewer=door.viewer(), person_id=person_id, now=door.now())
    return render_template("people/show.html", page=page, words=in_words)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Somebody new."""
    page = Asking("Add a person", "Contracts and posts come next, on the person’s page.", "Add this person", "/people")

    def act(values: forms.Values) -> ResponseReturnValue:
        said = forms.particulars(values)
        person_id = door.perform(verbs.add_person, by=door.actor(), said=said, now=door.now())
        return done(f"{said.name} is recorded.", url_for("people.show", person_id=person_id))

    return ask(page, Asked(forms.PERSON, forms.sent()), act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
def edit(person_id: int) -> ResponseReturnValue:
    """What is recorded of somebody."""
    person = people_person.person(door.session(), viewer=door.viewer(), person_id=person_id)
    back = url_for("people.show", person_id=person_id)
    page = Asking(f"Change what is recorded of {person.name}", "", "Save", back, person.name)
    given = {key: getattr(person, key) for key in ("name", "email", "employee_number", "registration")}

    def act(values: forms.Values) -> ResponseReturnValue:
        said = forms.particulars(values)
        area = door.perform(verbs.change_person, by=door.actor(), person_id=person_id, said=said, now=door.now())
        return done("The change is saved.", back, area)

    form = Asked(forms.PERSON, forms.sent(), given={**given, "medical": not person.not_medical})
    return ask(page, form, act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/<int:person_id>/leaving", methods=["GET", "POST"])
def leaving(person_id: int) -> ResponseReturnValue:
    """When somebody leaves the trust."""
    person = people_person.person(door.session(), viewer=door.viewer(), person_id=person_id)
    back = url_for("people.show", person_id=person_id)
    lead = "Their posts end with that day, their steps pass on, and they can no longer sign in."
    page = Asking(f"When does {person.name} leave?", lead, "Save", back, person.name)

    def act(values: forms.Values) -> ResponseReturnValue:
        day = values["last_day"]
        area = door.perform(verbs.set_leaving, by=door.actor(), person_id=person_id, last_day=day, now=door.now())
        return done("The last day is recorded." if day else "No last day is set.", back, area)

    return ask(page, Asked(forms.LEAVING, forms.sent(), given={"last_day": person.left_on}), act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/<int:person_id>/contracts/new", methods=["GET", "POST"])
def add_contract(person_id: int) -> ResponseReturnValue:
    """Another contract."""
    person = people_person.person(door.session(), viewer=door.viewer(), person_id=person_id)
    back = url_for("people.show", person_id=person_id)
    page = Asking(
        f"Record a contract of {person.name}", "As payroll holds it.", "Record the contract", back, person.name
    )

    def act(values: forms.Values) -> ResponseReturnValue:
        terms = forms.terms(values)
        door.perform(verbs.record_contract, by=door.actor(), person_id=person_id, terms=terms, now=door.now())
        return done("The contract is recorded.", back)

    return ask(page, Asked(forms.CONTRACT, forms.sent()), act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/contracts/<int:contract_id>/end", methods=["GET", "POST"])
def end_contract(contract_id: int) -> ResponseReturnValue:
    """The last day of a contract."""
    row = people_person.contract_of(door.session(), viewer=door.viewer(), contract_id=contract_id)
    back = url_for("people.show", person_id=row.person_id)
    page = Asking("When does the contract end?", in_words.contract(row), "Save", back, "Back")

    def act(values: forms.Values) -> ResponseReturnValue:
        last_day = values["last_day"]
        door.perform(verbs.end_contract, by=door.actor(), contract_id=contract_id, last_day=last_day, now=door.now())
        return done("The end of the contract is recorded.", back)

    return ask(page, Asked(forms.LAST_DAY, forms.sent(), given={"last_day": row.ends_on}), act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.post("/people/<int:person_id>/interim-plan")
def start_interim(person_id: int) -> ResponseReturnValue:
    """Start the interim plan of a new starter (CPFT 7.4.3)."""
    page = people_person.person_page(door.session(), viewer=door.viewer(), person_id=person_id, now=door.now())
    process, facts = starting.interim_of(page.starter, door.now())
    reference = door.perform(cases.start_case, actor=door.actor(), process=process, facts=facts, now=door.now())
    return done(f"The interim plan of {page.person.name} is under way as {reference}.", f"/cases/{reference}")
