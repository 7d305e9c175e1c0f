"""Rehearsing a draft: begun, played, moved on in time, taken back; and the past played over it."""

from contextlib import closing
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp import door, rehearsing
from webapp.forms import forward as forward_form
from webapp.forms import studio_rehearsal as forms
from webapp.forms.asked import Asked
from webapp.forms.studio_boxes import version
from webapp.guards import guard, studio
from webapp.presenters import case_pages, deadlines, studio_replay, words
from webapp.presenters import forward as in_time
from webapp.presenters import studio_rehearsal as in_words
from workflows.domain.calendars import civil_day
from workflows.domain.errors import BadValues, NotAllowed, Unsound
from workflows.rehearsal import pages, playing
from workflows.rehearsal.beginnings import Beginning, examples
from workflows.rehearsal.playing import Play
from workflows.studio import drafts, replaying

screen = Blueprint("studio_rehearsal", __name__)
ROOT = "/studio/drafts/<int:draft_id>/rehearsal"
ONE = f"{ROOT}/<int:rehearsal_id>"
PART = f"{ONE}/<int:version>/as/<int:person_id>"


@guard(studio())
@screen.route(ROOT, methods=["GET", "POST"])
def start(draft_id: int) -> ResponseReturnValue:
    """What is to be rehearsed, then what its case is about; sent, it has begun."""
    page = pages.start_page(door.session(), viewer=door.viewer(), draft_id=draft_id)
    if page.problems or page.closed:
        return render_template("studio/rehearsal/start.html", page=page, form=None, words=in_words)
    offered = playing.what(door.session(), viewer=door.viewer(), draft_id=draft_id)
    chosen = next((one for one in offered if one.process == request.args.get("process")), None)
    if chosen is not None:
        return _about(page, chosen)
    form = Asked(forms.process(offered), forms.sent())
    if request.method == "GET" or not form.valid():
        shown = render_template("studio/rehearsal/start.html", page=page, form=form, words=in_words)
        return shown, 422 if request.method == "POST" else 200
    return redirect(url_for("studio_rehearsal.start", draft_id=draft_id, process=form.values()["process"]), 303)


@guard(studio())
@screen.get(ONE)
def show(draft_id: int, rehearsal_id: int) -> str:
    """Where it stands: what waits, and what has happened."""
    with closing(_opened(draft_id, rehearsal_id)) as play:
        page = pages.play_page(door.session(), viewer=door.viewer(), play=play)
        watcher = pages.player(play, person_id=page.watcher)
        happened = rehearsing.drawn(
            play,
            watcher,
            "studio/rehearsal/happened.html",
            prefix=_part(play, page.watcher),
            home=_home(draft_id, rehearsal_id),
            draft=page.draft_name,
            found=page,
            words=case_pages,
            dates=deadlines,
            rehearsal=in_words,
        )
    return render_template("studio/rehearsal/show.html", page=page, happened=happened, words=in_words, rehearsed=True)


@guard(studio())
@screen.route(f"{PART}/", defaults={"page": ""}, methods=["GET", "POST"])
@screen.route(f"{PART}/<path:page>", methods=["GET", "POST"])
def act(draft_id: int, rehearsal_id: int, version: int, person_id: int, page: str) -> ResponseReturnValue:
    """A page of the site inside the rehearsal, as one of its people."""
    with closing(_opened(draft_id, rehearsal_id)) as play:
        if version != play.version:
            return _elsewhere(play, person_id, page)
        who = pages.player(play, person_id=person_id)
        draft = drafts.named(door.session(), viewer=door.viewer(), draft_id=draft_id)
        prefix, home = _part(play, person_id), _home(draft_id, rehearsal_id)
        played = rehearsing.play(play, who, prefix=prefix, home=home, draft=draft, page=page)
        if request.method == "POST" and (database := play.memory.kept()) != play.before:
            return _moved(play, played, person_id, database, who.name)
        return played.answer


@guard(studio())
@screen.post(f"{ONE}/forward")
def forward(draft_id: int, rehearsal_id: int) -> Response:
    """Move its clock."""
    with closing(_opened(draft_id, rehearsal_id)) as play:
        following = pages.next_due(play)
        try:
            until = forward_form.target(request.form, now=play.at, next_deadline=following)
        except BadValues as bad:
            flash(" ".join(bad.problems.values()), "important")
            return redirect(_home(draft_id, rehearsal_id), 303)
        if version() != play.version:
            return _gone_on(play)
        tally = playing.pass_time(play, until=until)
        said = f"It is now {words.day(until)}. {in_time.happened(tally.done)}"
        _kept(play, f"The clock moved to {words.day(until)}", play.memory.kept(), said)
    return redirect(_home(draft_id, rehearsal_id), 303)


@guard(studio())
@screen.post(f"{ONE}/undo")
def undo(draft_id: int, rehearsal_id: int) -> Response:
    """Take back the last move."""
    one = playing.One(draft_id, rehearsal_id, version())
    try:
        said = door.perform(playing.take_back, viewer=door.viewer(), one=one, now=door.now())
    except NotAllowed as refused:
        flash(door.said(refused), "important")
    else:
        flash(f"Taken back: {said}.", "success")
    return redirect(_home(draft_id, rehearsal_id), 303)


@guard(studio())
@screen.post(f"{ONE}/again")
def again(draft_id: int, rehearsal_id: int) -> Response:
    """Begin it again, with the draft as it is now."""
    viewer, now = door.viewer(), door.now()
    with closing(_opened(draft_id, rehearsal_id)) as play:
        about: dict[str, Any] = {"process": play.process, "answers": playing.begun_with(play)}
    try:
        prepared = playing.prepare(door.session(), viewer=viewer, draft_id=draft_id, now=now, **about)
    except NotAllowed as refused:
        flash(door.said(refused), "important")
        return redirect(url_for("studio_rehearsal.start", draft_id=draft_id), 303)
    door.perform(playing.begin_again, viewer=viewer, rehearsal_id=rehearsal_id, prepared=prepared, now=now)
    flash("Begun again, with the draft as it is now.", "success")
    return redirect(_home(draft_id, rehearsal_id), 303)


@guard(studio())
@screen.post(f"{ONE}/wind-up")
def end(draft_id: int, rehearsal_id: int) -> Response:
    """Clear it away."""
    door.perform(playing.end, viewer=door.viewer(), draft_id=draft_id, rehearsal_id=rehearsal_id)
    flash("The rehearsal is cleared away.", "success")
    return redirect(url_for("studio_rehearsal.start", draft_id=draft_id), 303)


@guard(studio())
@screen.get(f"{ROOT}/replay")
def replay(draft_id: int) -> ResponseReturnValue:
    """What closed cases would have done over the draft; of one that cannot run, what has to be mended first."""
    draft = drafts.named(door.session(), viewer=door.viewer(), draft_id=draft_id)
    try:
        report = replaying.of_draft(door.session(), viewer=door.viewer(), draft_id=draft_id)
    except Unsound:
        return redirect(url_for("studio_rehearsal.start", draft_id=draft_id), 303)
    return render_template(
        "studio/rehearsal/replay.html", report=report, draft=draft, draft_id=draft_id, words=studio_replay
    )


def _about(page: pages.StartPage, chosen: Beginning) -> ResponseReturnValue:
    """What the case is about; once that can be read, it begins."""
    now, today = door.now(), civil_day(door.now())
    form = Asked(forms.about(chosen.begins, today), forms.sent(), given=examples(chosen.begins, today))
    shown = {"page": page, "form": form, "chosen": chosen, "words": in_words}
    if request.method == "GET" or not form.valid():
        status = 422 if request.method == "POST" else 200
        return render_template("studio/rehearsal/about.html", sentence="", **shown), status
    about: dict[str, Any] = {"draft_id": page.draft_id, "process": chosen.process, "answers": form.values()}
    try:
        prepared = playing.prepare(door.session(), viewer=door.viewer(), now=now, **about)
    except NotAllowed as refused:
        return render_template("studio/rehearsal/about.html", sentence=door.said(refused), **shown), 409
    number = door.perform(playing.begin, viewer=door.viewer(), prepared=prepared, now=now)
    return redirect(_home(page.draft_id, number), 303)


def _opened(draft_id: int, rehearsal_id: int) -> Play:
    return playing.opened(door.session(), viewer=door.viewer(), draft_id=draft_id, rehearsal_id=rehearsal_id)


def _moved(play: Play, played: rehearsing.Played, person_id: int, database: bytes, who: str) -> ResponseReturnValue:
    """What was done stays done; the way on leads to the rehearsal's own page, or further into it."""
    if played.endpoint in rehearsing.QUIET:
        door.perform(playing.keep_quietly, play=play, database=database)
        return played.answer
    said = in_words.done(who, forms.flashed(), played.endpoint)
    home, inside = _home(play.draft_id, play.id), _part(play, person_id)
    way = played.answer.headers.get("Location", home).removeprefix(inside)
    if not _kept(play, said.move, database, said.told) or way in {"/", home}:
        return redirect(home, 303)
    return redirect(_part(play, person_id, play.version + 1) + way, 303)


def _kept(play: Play, move: str, database: bytes, told: str) -> bool:
    """Keep a move and say so; or say why it was not kept."""
    try:
        door.perform(playing.keep, play=play, said=move, database=database, now=door.now())
    except NotAllowed as refused:
        flash(door.said(refused), "important")
        return False
    flash(told, "success")
    return True


def _elsewhere(play: Play, person_id: int, page: str) -> Response:
    """An address from before the last move: a page is shown as it is now, nothing is done."""
    if request.method == "GET":
        return redirect(f"{_part(play, person_id)}/{page}", 302)
    return _gone_on(play)


def _gone_on(play: Play) -> Response:
    flash(playing.GoneOn().sentence, "important")
    return redirect(_home(play.draft_id, play.id), 303)


def _home(draft_id: int, rehearsal_id: int) -> str:
    return url_for("studio_rehearsal.show", draft_id=draft_id, rehearsal_id=rehearsal_id)


def _part(play: Play, person_id: int, version: int = 0) -> str:
    """The address under which the site stands for somebody of the rehearsal; without a slash at its end."""
    return in_words.part(play.draft_id, play.id, version or play.version, person_id, "").rstrip("/")
