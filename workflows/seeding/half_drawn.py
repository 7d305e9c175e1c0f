"""A change of mediation that the process owner has begun and not finished: what somebody finds who opens the studio."""

from workflows.engine.editing.fields import DrawnField
from workflows.seeding.driver import Driver, Scene
from workflows.store import release_drafts as draft_rows
from workflows.studio import drafts, editing
from workflows.studio.editing import NewStep, Place

NAME = "Prepare both sides for the mediation"
PROCESS, BEHIND = "mediation", "book_mediation"
BEFORE_TODAY = 6
"""Days before the present on which it was begun; its last change was made two days before."""
STEP = NewStep(
    name="Say what you hope for",
    role="practitioner",
    documentation="Say in a few lines what you hope for from the meeting, so that the mediator can prepare.",
)
QUESTION = DrawnField(key="hope", type="long_text", label="What do you hope for from the meeting?", required=True)
DEADLINE = "mediation_preparation"
"""Of the new step: no policy has it yet, as the checks say."""


def half_drawn(story: Driver) -> Scene:
    """A new step with a question, kept in time by a deadline that somebody has yet to put into the policy."""
    wait = (story.until - story.at).days - BEFORE_TODAY
    if wait > 0:
        yield wait
    by, session = story.actor("owner"), story.session
    draft_id = drafts.begin(session, by=by, name=NAME, now=story.at)
    place = Place(draft_id, PROCESS, 0)
    step = editing.add_step(session, by=by, at=place, after=BEHIND, step=STEP, now=story.at).element
    place = _as_it_is(story, draft_id)
    editing.keep_field(session, by=by, at=place, step=step, key="", field=QUESTION, now=story.at)
    yield BEFORE_TODAY - 2
    place = _as_it_is(story, draft_id)
    editing.change_step(session, by=by, at=place, element=step, said={"deadline": DEADLINE}, now=story.at)


def _as_it_is(story: Driver, draft_id: int) -> Place:
    """The diagram of the draft, with the version that it has now."""
    row = draft_rows.file(story.session, draft_id=draft_id, path=f"processes/{PROCESS}.bpmn")
    return Place(draft_id, PROCESS, row.version if row else 0)
