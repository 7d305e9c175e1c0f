"""The register of third panel members: the list, one member, how fairly they are called, and its reviews."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import panel_register as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, holds
from webapp.presenters import panel_register as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows import panel_register as verbs
from workflows.domain.roles import Role
from workflows.inbox import panel_register

screen = Blueprint("panel_register", __name__)
readers = holds(*panel_register.READERS)
keepers = holds(Role.MEDICAL_DIRECTORATE)
LIST = "/panel-register"
LIST_WORDS = "Panel register"
LEAD = "They are listed within their term, once every body of the policy has approved them."


@guard(readers)
@screen.get("/panel-register")
def index() -> str:
    """The list, narrowed as the address says."""
    standing = forms.standing(request.args)
    found = panel_register.register(door.session(), viewer=door.viewer(), standing=standing, now=door.now())
    return render_template(
        "panel_register/index.html", found=found, standing=standing, standings=forms.STANDINGS, words=in_words
    )


@guard(readers)
@screen.get("/panel-register/fairness")
def fairness() -> str:
    """Who was called how often (CPFT 7.8.11)."""
    found = panel_register.fairness(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("panel_register/fairness.html", found=found, words=in_words)


@guard(readers)
@screen.get("/panel-register/<int:member_id>")
def show(member_id: int) -> str:
    """One member."""
    page = _page(member_id)
    return render_template("panel_register/show.html", page=page, words=in_words)


@guard(keepers)
@screen.route("/panel-register/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Somebody from outside whom the trust does not know yet."""
    page = Asking("Add somebody from outside", LEAD, "Add this member", LIST, LIST_WORDS)
    bodies = panel_register.bodies(door.session(), viewer=door.viewer())
    form = Asked((*forms.NEWCOMER, *forms.member_fields(bodies)), forms.sent(), given={"starts_on": door.today()})

    def act(values: forms.Values) -> ResponseReturnValue:
        return _added(door.perform(
            verbs.add_member, by=door.actor(), who=forms.newcomer(values), said=forms.entry(values, bodies),
            now=door.now(),
        ))  # fmt: skip

    return ask(page, form, act)


@guard(keepers)
@screen.route("/panel-register/new/known", methods=["GET", "POST"])
def add_known() -> ResponseReturnValue:
    """Somebody whom the trust knows already."""
    page = Asking("Add somebody whom Accord knows already", LEAD, "Add this member", LIST, LIST_WORDS)
    bodies = panel_register.bodies(door.session(), viewer=door.viewer())
    others = panel_register.others(door.session(), viewer=door.viewer(), now=door.now())
    fields = (*forms.KNOWN, *forms.member_fields(bodies))
    form = Asked(fields, forms.sent(), people=others, given={"starts_on": door.today()})

    def act(values: forms.Values) -> ResponseReturnValue:
        return _added(door.perform(
            verbs.add_member, by=door.actor(), who=values["person"], said=forms.entry(values, bodies), now=door.now()
        ))  # fmt: skip

    return ask(page, form, act)


@guard(keepers)
@screen.route("/panel-register/<int:member_id>/change", methods=["GET", "POST"])
def change(member_id: int) -> ResponseReturnValue:
    """What the register says of a member."""
    found = _page(member_id)
    given = forms.given(found.member, found.bodies)
    page = _asking(found, f"Change the entry of {found.member.name}", LEAD, "Save")

    def act(values: forms.Values) -> ResponseReturnValue:
        said = forms.entry(values, found.bodies)
        door.perform(verbs.change_member, by=door.actor(), member_id=member_id, said=said, now=door.now())
        return done("The change is saved.", page.back)

    return ask(page, Asked(forms.member_fields(found.bodies), forms.sent(), given=given), act)


@guard(keepers)
@screen.route("/panel-register/<int:member_id>/take-off", methods=["GET", "POST"])
def take_off(member_id: int) -> ResponseReturnValue:
    """They are called to no more panels."""
    found = _page(member_id)
    lead = (
        "They are called to no more panels. A panel that they sit on already goes on, and their entry stays to be read."
    )
    page = _asking(found, f"Take {found.member.name} off the register", lead, "Take them off")

    def act(values: forms.Values) -> ResponseReturnValue:
        door.perform(verbs.take_off, by=door.actor(), member_id=member_id, now=door.now(), **values)
        return done(f"{found.member.name} is off the register.", page.back)

    return ask(page, Asked(forms.TAKE_OFF, forms.sent(), given={"day": door.today()}), act)


@guard(keepers)
@screen.route("/panel-register/<int:member_id>/absences/new", methods=["GET", "POST"])
def add_absence(member_id: int) -> ResponseReturnValue:
    """Days on which they cannot be called."""
    found = _page(member_id)
    page = _asking(found, f"When can {found.member.name} not be called?", "", "Record these days")

    def act(values: forms.Values) -> ResponseReturnValue:
        door.perform(verbs.add_absence, by=door.actor(), member_id=member_id, now=door.now(), **values)
        return done("These days are recorded.", page.back)

    return ask(page, Asked(forms.ABSENCE, forms.sent()), act)


@guard(keepers)
@screen.post("/panel-register/absences/<int:absence_id>/remove")
def remove_absence(absence_id: int) -> ResponseReturnValue:
    """They can be called after all."""
    member_id = door.perform(verbs.remove_absence, by=door.actor(), absence_id=absence_id, now=door.now())
    return done("They can be called on these days.", url_for("panel_register.show", member_id=member_id))


@guard(keepers)
@screen.route("/panel-register/<int:member_id>/conflicts/new", methods=["GET", "POST"])
def declare_conflict(member_id: int) -> ResponseReturnValue:
    """A standing conflict of interest."""
    found = _page(member_id)
    lead = "Something that stands for every case. What concerns one case alone they declare when they are called to it."
    page = _asking(found, f"Record a conflict of interest of {found.member.name}", lead, "Record this conflict")
    groups = panel_register.care_groups(door.session(), viewer=door.viewer())

    def act(values: forms.Values) -> ResponseReturnValue:
        said = {"said": values["words"], "care_group_id": forms.care_group(values)}
        door.perform(verbs.declare_conflict, by=door.actor(), member_id=member_id, now=door.now(), **said)
        return done("The conflict is recorded.", page.back)

    return ask(page, Asked(forms.conflict_fields(groups), forms.sent()), act)


@guard(keepers)
@screen.post("/panel-register/conflicts/<int:conflict_id>/remove")
def withdraw_conflict(conflict_id: int) -> ResponseReturnValue:
    """The conflict is over."""
    member_id = door.perform(verbs.withdraw_conflict, by=door.actor(), conflict_id=conflict_id, now=door.now())
    return done("The conflict is recorded no longer.", url_for("panel_register.show", member_id=member_id))


@guard(keepers)
@screen.route("/panel-register/reviews/new", methods=["GET", "POST"])
def review() -> ResponseReturnValue:
    """The register was looked through (CPFT 7.8.12)."""
    lead = "Look through everybody on it first: terms, approvals, absences, conflicts, and how often each was called."
    page = Asking("Record a review of the register", lead, "Record the review", LIST, LIST_WORDS)

    def act(values: forms.Values) -> ResponseReturnValue:
        door.perform(verbs.record_review, by=door.actor(), day=values["day"], said=values["note"], now=door.now())
        return done("The review is recorded.", LIST)

    return ask(page, Asked(forms.REVIEW, forms.sent(), given={"day": door.today()}), act)


def _page(member_id: int) -> panel_register.MemberPage:
    return panel_register.member_page(door.session(), viewer=door.viewer(), member_id=member_id, now=door.now())


def _asking(found: panel_register.MemberPage, title: str, lead: str, button: str) -> Asking:
    back = url_for("panel_register.show", member_id=found.member.id)
    return Asking(title, lead, button, back, found.member.name)


def _added(member_id: int) -> ResponseReturnValue:
    return done("The entry is on the register.", url_for("panel_register.show", member_id=member_id))
