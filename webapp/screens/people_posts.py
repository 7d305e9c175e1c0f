"""Posts: give one, end one, hand one over. Steps that wait pass on with them."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import people as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, holds
from webapp.presenters import people as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows import people as verbs
from workflows.domain.roles import Role
from workflows.inbox import people, people_person, people_places, steps

screen = Blueprint("people_posts", __name__)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/posts/new", methods=["GET", "POST"])
def give() -> ResponseReturnValue:
    """Give somebody a post. The address may say who, which role and over what."""
    session, viewer = door.session(), door.viewer()
    page = Asking("Give a post", "A role over a team, a care group or the whole trust, from a day on.", "Give the post",
                  "/people")  # fmt: skip
    fields = forms.post_fields(people.titles(session, viewer=viewer), people_places.choices(session, viewer=viewer))

    def act(values: forms.Values) -> ResponseReturnValue:
        area = door.perform(
            verbs.give_post,
            by=door.actor(),
            person_id=values["person"],
            role=values["role"],
            place=forms.place(values["place"]),
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            now=door.now(),
        )
        return done("The post is given.", url_for("people.show", person_id=values["person"]), area)

    everybody = steps.candidates(session, viewer=viewer, now=door.now())
    given = forms.of_address(request.args, door.today())
    return ask(page, Asked(fields, forms.sent(), people=everybody, given=given), act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/posts/<int:post_id>/end", methods=["GET", "POST"])
def end(post_id: int) -> ResponseReturnValue:
    """The last day of a post."""
    row = people_person.post_page(door.session(), viewer=door.viewer(), post_id=post_id)
    back = url_for("people.show", person_id=row.post.person_id)
    page = Asking("When does the post end?", f"{row.holder}: {in_words.post_of(row)}", "Save", back, row.holder)

    def act(values: forms.Values) -> ResponseReturnValue:
        last = values["last_day"]
        area = door.perform(verbs.end_post, by=door.actor(), post_id=post_id, last_day=last, now=door.now())
        return done("The end of the post is recorded.", back, area)

    return ask(page, Asked(forms.LAST_DAY, forms.sent(), given={"last_day": row.post.ends_on}), act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/posts/<int:post_id>/hand-over", methods=["GET", "POST"])
def hand_over(post_id: int) -> ResponseReturnValue:
    """A post passes to somebody else on a day."""
    row = people_person.post_page(door.session(), viewer=door.viewer(), post_id=post_id)
    back = url_for("people.show", person_id=row.post.person_id)
    lead = f"{row.holder}: {in_words.post_of(row)}. Steps that wait for this post pass on with it."
    page = Asking("Hand over a post", lead, "Hand the post over", back, row.holder)

    def act(values: forms.Values) -> ResponseReturnValue:
        area = door.perform(
            verbs.hand_over,
            by=door.actor(),
            post_id=post_id,
            to_id=values["to"],
            starts_on=values["starts_on"],
            now=door.now(),
        )
        return done("The post is handed over.", back, area)

    others = steps.candidates(door.session(), viewer=door.viewer(), now=door.now())
    return ask(page, Asked(forms.OVER, forms.sent(), people=others, given={"starts_on": door.today()}), act)
