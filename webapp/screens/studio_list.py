"""A diagram of a draft as a list, and everything that can be done to its steps and ways there."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio as of_drafts
from webapp.forms import studio_list as forms
from webapp.forms import studio_steps as of_steps
from webapp.forms.asked import Asked, Revealing
from webapp.guards import guard, studio
from webapp.presenters import studio_list as in_words
from webapp.screens.people_asking import Asking
from workflows.domain.errors import Broken, NotAllowed, NotFound, Unsound
from workflows.domain.studio import Permission
from workflows.studio import drafts
from workflows.studio import editing as verbs
from workflows.studio.editing import CannotChange, Edited, Place, Refused
from workflows.studio.listing import Deed, Line, ListPage, list_page
from workflows.studio.offering import FactOffered

screen = Blueprint("studio_list", __name__)
may_edit = studio(Permission.EDIT)
ROOT = "/studio/drafts/<int:draft_id>/list/<process>"
Act = Callable[[Mapping[str, Any], Place], Edited]


class NoSuchLine(NotFound):
    """This step is not in the list any more. Somebody may have removed it: go back to the list."""


@guard(studio())
@screen.get(ROOT)
def steps(draft_id: int, process: str) -> str:
    """The list."""
    return render_template("studio/list.html", page=shown(draft_id, process), words=in_words)


@guard(may_edit)
@screen.route(f"{ROOT}/<element>/change", methods=["GET", "POST"])
def change(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """What a step says: its name, its words, who does it, by when."""
    page, line = at_line(draft_id, process, element)
    given = of_steps.step_given(page, element) | of_steps.chosen_deadline(page)
    form = Asked(of_steps.step_fields(page, element), forms.sent(), given=given)

    def act(values: forms.Values, place: Place) -> Edited:
        said = of_steps.step_said(values)
        return door.perform(verbs.change_step, by=door.actor(), at=place, element=element, said=said, now=door.now())

    return ask(page, form, act, title=f"Change “{in_words.called(line)}”", button="Save", element=element)


@guard(may_edit)
@screen.route(f"{ROOT}/<element>/add", methods=["GET", "POST"])
def add(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """A new step behind a step, or on a way."""
    page, after, role = place_of(draft_id, process, element)
    offered(page, element, Deed.ADD)
    kind = forms.chosen_kind()
    form = Asked(forms.new_step_fields(page, kind), forms.sent(), given={"role": role})

    def act(values: forms.Values, place: Place) -> Edited:
        step = forms.new_step(values, kind, role)
        return door.perform(verbs.add_step, by=door.actor(), at=place, after=element, step=step, now=door.now())

    title = f"{forms.KINDS[kind].title} after {after}"
    return ask(page, form, act, title=title, button="Add this step", element=element)


@guard(may_edit)
@screen.route(f"{ROOT}/<element>/together", methods=["GET", "POST"])
def together(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """A new step at the same time as another one."""
    page, line = at_line(draft_id, process, element)
    offered(page, element, Deed.TOGETHER)
    kind = forms.chosen_kind()
    form = Asked(forms.new_step_fields(page, kind), forms.sent(), given={"role": line.node.lane})

    def act(values: forms.Values, place: Place) -> Edited:
        step = forms.new_step(values, kind, line.node.lane)
        return door.perform(verbs.add_beside, by=door.actor(), at=place, beside=element, step=step, now=door.now())

    title = f"{forms.KINDS[kind].title} at the same time as {in_words.at_once(line)}"
    lead = "The case goes on once everything that is done at the same time is done."
    return ask(page, form, act, title=title, lead=lead, button="Add this step", element=element)


@guard(may_edit)
@screen.route(f"{ROOT}/<element>/choice", methods=["GET", "POST"])
def choice(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """A choice behind a step, or one more way of a choice; which answer decides is asked first."""
    page, after, _ = place_of(draft_id, process, element)
    line = page.numbered(element)
    adds_way = line is not None and Deed.WAY in line.may
    offered(page, element, Deed.WAY if adds_way else Deed.ADD)
    title = f"Add a way to {after}" if adds_way else f"Add a choice after {after}"
    if not forms.chosen_fact():
        return which_fact(page, element, title)
    fact = fact_of(page)
    fields = forms.choice_fields(page, fact, adds_way=adds_way)
    form = Revealing(fields, forms.sent(), given={"comparison": "is", "then": forms.STEP})

    def act(values: forms.Values, place: Place) -> Edited:
        asked = {"question": values.get("question") or "", "otherwise": values.get("otherwise") or ""}
        way = forms.way(values, fact)
        return door.perform(
            verbs.add_choice, by=door.actor(), at=place, after=element, way=way, now=door.now(), **asked
        )  # fmt: skip

    return ask(page, form, act, title=title, button="Add this", element=element)


@guard(may_edit)
@screen.route(f"{ROOT}/ways/<element>", methods=["GET", "POST"])
def way(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """A way out of a choice: its name, its condition, where it leads."""
    page = shown(draft_id, process)
    drawn = next((flow for flow in page.drawing.flows if flow.id == element), None)
    if drawn is None:
        raise NoSuchLine
    default = page.drawing.nodes[drawn.source].default == element or not drawn.condition
    title = f"Change the way to {in_words.name(page, drawn.target)}"
    if not default and not forms.chosen_fact():
        return which_fact(page, element, title, forms.fact_of(drawn.condition))
    fact = None if default else fact_of(page)
    given = {"name": drawn.name, "to": drawn.target, **forms.condition_given(drawn.condition)}
    form = Asked(forms.way_fields(page, fact, default=default), forms.sent(), given=given)

    def act(values: forms.Values, place: Place) -> Edited:
        said = {"name": values["name"] or "", "condition": "" if default else forms.condition(values, fact)}
        asked = {"flow": element, "to": values["to"], **said}
        return door.perform(verbs.change_way, by=door.actor(), at=place, now=door.now(), **asked)

    return ask(page, form, act, title=title, button="Save", element=element)


@guard(may_edit)
@screen.route(f"{ROOT}/<element>/time", methods=["GET", "POST"])
def time(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """A deadline that ends a step."""
    page, line = at_line(draft_id, process, element)
    offered(page, element, Deed.LIMIT)
    if of_steps.wants_deadline():
        return redirect(new_deadline(page, element, "time", forms.time_typed(request.form)), 303)
    given = {"deadline": line.node.deadline} | of_steps.chosen_deadline(page) | forms.time_given()
    form = Revealing(forms.time_fields(page), forms.sent(), given=given)

    def act(values: forms.Values, place: Place) -> Edited:
        said = forms.time_said(values)
        return door.perform(verbs.limit_time, by=door.actor(), at=place, step=element, now=door.now(), **said)

    title = f"Let a deadline end “{in_words.called(line)}”"
    return ask(page, form, act, title=title, button="Add this deadline", element=element)


@guard(may_edit)
@screen.route(f"{ROOT}/<element>/first", methods=["GET", "POST"])
def first(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """A wait for whichever of two things comes first, behind a step or on a way."""
    page, after, _ = place_of(draft_id, process, element)
    offered(page, element, Deed.ADD)
    fields = (*forms.wait_fields(page, 1, "What may come?"), *forms.wait_fields(page, 2, "Or what else?"))
    form = Revealing(fields, forms.sent(), given={"then_1": "on"})

    def act(values: forms.Values, place: Place) -> Edited:
        waits = [forms.wait(values, number) for number in (1, 2)]
        return door.perform(verbs.add_race, by=door.actor(), at=place, after=element, waits=waits, now=door.now())

    title, lead = f"Wait for whichever comes first after {after}", in_words.FIRST
    return ask(page, form, act, title=title, lead=lead, button="Add this wait", element=element)


@guard(may_edit)
@screen.route(f"{ROOT}/<element>/wait", methods=["GET", "POST"])
def wait(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """One thing more of which whichever comes first is waited for."""
    page, line = at_line(draft_id, process, element)
    offered(page, element, Deed.WAIT)
    form = Revealing(forms.wait_fields(page, 1, "Or what else may come?"), forms.sent())

    def act(values: forms.Values, place: Place) -> Edited:
        more = forms.wait(values, 1)
        return door.perform(verbs.add_wait, by=door.actor(), at=place, gateway=element, wait=more, now=door.now())

    title = f"Wait for one thing more at “{in_words.called(line)}”"
    return ask(page, form, act, title=title, lead=in_words.FIRST, button="Add this wait", element=element)


@guard(may_edit)
@screen.route(f"{ROOT}/<element>/remove", methods=["GET", "POST"])
def remove(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """Take out a step, a way or a deadline, once that is confirmed."""
    page = shown(draft_id, process)
    what = in_words.thing(page, element)
    if not what:
        raise NoSuchLine
    offered(page, element, Deed.REMOVE)

    def act(_: forms.Values, place: Place) -> Edited:
        return door.perform(verbs.remove, by=door.actor(), at=place, element=element, now=door.now())

    lead = "What led there leads on to what follows. You can undo this."
    return ask(page, Asked((), forms.sent()), act, title=f"Remove {what}", lead=lead, button="Remove", element=element)


@guard(may_edit)
@screen.post(f"{ROOT}/<element>/move")
def move(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """Let a step change places with its neighbour."""
    up = request.form.get("way") == "up"
    place = Place(draft_id, process, forms.version())
    return turned(draft_id, process, element, lambda: door.perform(
        verbs.move_step, by=door.actor(), at=place, element=element, up=up, now=door.now()
    ).said)  # fmt: skip


@guard(may_edit)
@screen.post(f"{ROOT}/ways/<element>/otherwise")
def otherwise(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """Let a way be taken when no condition of the others holds."""
    place = Place(draft_id, process, forms.version())
    return turned(draft_id, process, element, lambda: door.perform(
        verbs.make_default, by=door.actor(), at=place, flow=element, now=door.now()
    ).said)  # fmt: skip


@guard(may_edit)
@screen.post(f"{ROOT}/undo")
def undo(draft_id: int, process: str) -> ResponseReturnValue:
    """Take back the newest change of the draft."""
    return _again(drafts.undo, "Undone", draft_id, process)


@guard(may_edit)
@screen.post(f"{ROOT}/redo")
def redo(draft_id: int, process: str) -> ResponseReturnValue:
    """Do again what was undone."""
    return _again(drafts.redo, "Done again", draft_id, process)


def _again(verb: drafts.Turn, word: str, draft_id: int, process: str) -> ResponseReturnValue:
    number = of_drafts.number(request.form)

    def act() -> str:
        return f"{word}: {door.perform(verb, by=door.actor(), draft_id=draft_id, number=number, now=door.now())}"

    return turned(draft_id, process, "", act)


# ------------------------------------------------------------------------------------------------- what they share


def shown(draft_id: int, process: str) -> ListPage:
    """The list as it is now."""
    return list_page(door.session(), viewer=door.viewer(), draft_id=draft_id, process=process, now=door.now())


def at_line(draft_id: int, process: str, element: str) -> tuple[ListPage, Line]:
    """The list and one line of it. Raises NoSuchLine."""
    page = shown(draft_id, process)
    line = page.numbered(element)
    if line is None:
        raise NoSuchLine
    return page, line


def offered(page: ListPage, element: str, deed: Deed) -> None:
    """Raises CannotChange before a form is shown that would be refused whatever is typed."""
    if request.method == "GET":
        page.check(element, deed)


@screen.errorhandler(CannotChange)
def refused(fault: CannotChange) -> ResponseReturnValue:
    """Back to the line, with the reason above the list."""
    at = request.view_args or {}

    def act() -> str:
        raise fault

    return turned(at["draft_id"], at["process"], at.get("element", ""), act)


def place_of(draft_id: int, process: str, element: str) -> tuple[ListPage, str, str]:
    """The list, where something new is to go in words, and who does the step before it."""
    page = shown(draft_id, process)
    if line := page.numbered(element):
        return page, f"“{in_words.called(line)}”", line.node.lane
    flow = next((each for each in page.drawing.flows if each.id == element), None)
    if flow is None:
        raise NoSuchLine
    return page, in_words.thing(page, element), page.drawing.nodes[flow.source].lane


def fact_of(page: ListPage) -> FactOffered | None:
    """The answer that a condition is to look at; None where the condition is typed."""
    return next((fact for fact in page.offer.facts if fact.key == forms.chosen_fact()), None)


def which_fact(page: ListPage, element: str, title: str, given: str = "") -> str:
    """Ask which answer decides."""
    form = Asked(forms.fact_fields(page.offer), None, given={"fact": given})
    return asked_first(page, form, Asking(title, "", "Continue", back(page, element), page.line.title))


def asked_first(page: ListPage, form: Asked, asking: Asking) -> str:
    """A question on which the others depend: its answer comes back in the address."""
    return _form(page, form, asking, first=True)


def ask(
    page: ListPage, form: Asked, act: Act, *, title: str, button: str, element: str, lead: str = ""
) -> ResponseReturnValue:
    """A form about a line: see outcome. Once done, one is back at the line that was changed, or on the way to a new
    deadline for it."""
    asking = Asking(title, lead, button, back(page, element), page.line.title)

    def onward(made: Edited) -> str:
        if of_steps.wants_deadline():
            return new_deadline(page, element, "step", {})
        return back(page, made.element or in_words.before(page, element))

    return _outcome(page, form, act, asking, onward)


def outcome(
    page: ListPage, form: Asked, act: Act, *, title: str, button: str, back: str, words: str, lead: str = ""
) -> ResponseReturnValue:
    """Show the form; once it was sent and can be read, change the diagram and go back. A refusal is said above it."""
    return _outcome(page, form, act, Asking(title, lead, button, back, words), lambda _: back)


def _outcome(
    page: ListPage, form: Asked, act: Act, asking: Asking, onward: Callable[[Edited], str]
) -> ResponseReturnValue:
    if request.method == "GET":
        return _form(page, form, asking)
    if not form.valid():
        return _form(page, form, asking), 422
    try:
        made = act(form.values(), Place(page.draft.id, page.line.key, forms.version()))
    except Refused as unreadable:
        form.complain({box: unreadable.sentence for box in ("condition", "value") if box in form})
        return _form(page, form, asking), 422
    except (NotAllowed, Unsound) as refused:
        return _form(page, form, asking, refused), 409 if isinstance(refused, NotAllowed) else 422
    if made.text != page.file.text or not of_steps.wants_deadline():
        flash(made.said, "success")
    return redirect(onward(made), 303)


def _form(page: ListPage, form: Asked, asking: Asking, refused: Broken | None = None, *, first: bool = False) -> str:
    sentence = door.said(refused) if refused else ""
    version = request.form.get("version", "") or str(page.file.version)
    arrived = request.args.get("deadline", "") if request.method == "GET" and "deadline" in form else ""
    return render_template(
        "studio/list_form.html",
        page=asking,
        form=form,
        sentence=sentence,
        version=version,
        first=first,
        chosen=in_words.not_yet(page, arrived, asking.button),
        kinds=forms.KINDS,
    )


def new_deadline(page: ListPage, element: str, to: str, typed: Mapping[str, Any]) -> str:
    """The form of a deadline that the policy does not have, from which one comes back with what was typed."""
    about: dict[str, Any] = {"to": to, "process": page.line.key, "element": element, **typed}
    return url_for("studio_deadlines.new", draft_id=page.draft.id, **about)


def turned(draft_id: int, process: str, element: str, act: Callable[[], str]) -> ResponseReturnValue:
    """Do what a button asks, and come back to the list at the line."""
    anchor = f"line-{element}" if element else None
    return tried(act, url_for("studio_list.steps", draft_id=draft_id, process=process, _anchor=anchor))


def tried(act: Callable[[], str], address: str) -> ResponseReturnValue:
    """Do something and go on; what is refused is said at the top of the next page."""
    try:
        flash(act(), "success")
    except (NotAllowed, Unsound) as refused:
        flash(door.said(refused), "important")
    return redirect(address, 303)


def back(page: ListPage, element: str) -> str:
    """The address of the list at a line."""
    anchor = f"line-{element}" if element else None
    return url_for("studio_list.steps", draft_id=page.draft.id, process=page.line.key, _anchor=anchor)
