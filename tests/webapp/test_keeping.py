"""Keeping a half-filled step while somebody is at it, as the page's script does."""

from collections.abc import Callable

from tests.cases.walk import Walk
from tests.webapp.test_crafted import at, interim  # noqa: F401 - the case of a new starter
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]


def keep(visitor: Visitor, step: int, **typed: str) -> tuple[int, dict[str, object]]:
    """What the script sends, and what it hears."""
    boxes = {"csrf_token": visitor.page.token, **{name.replace("__", "-"): value for name, value in typed.items()}}
    answer = visitor.client.post(f"/steps/{step}/draft", data=boxes)
    return answer.status_code, answer.get_json(silent=True) or {}


def test_what_was_typed_is_kept_and_the_page_learns_when(walk: Walk, visit: Visit, interim: str) -> None:  # noqa: F811
    doctor = at(walk, visit, walk.house.doctor, "draft_plan", interim)
    step = walk.step(walk.house.doctor, "draft_plan", interim)
    assert keep(doctor, step, draft_version="0", plan__base="Penrith") == (200, {"version": 1, "at": "9:30am"})
    assert keep(doctor, step, draft_version="1", plan__base="Carlisle") == (200, {"version": 2, "at": "9:30am"})
    page = doctor.open(f"/steps/{step}")
    assert page.values()["plan-base"] == ["Carlisle"]
    assert page.values()["draft_version"] == ["2"]


def test_of_two_windows_neither_overwrites_the_other_unseen(walk: Walk, visit: Visit, interim: str) -> None:  # noqa: F811
    doctor = at(walk, visit, walk.house.doctor, "draft_plan", interim)
    step = walk.step(walk.house.doctor, "draft_plan", interim)
    keep(doctor, step, draft_version="0", plan__base="Penrith")
    status, said = keep(doctor, step, draft_version="0", plan__base="Carlisle")
    assert (status, said["version"]) == (409, 1)
    assert doctor.open(f"/steps/{step}").values()["plan-base"] == ["Penrith"]
    assert keep(doctor, step, draft_version=str(said["version"]), plan__base="Carlisle")[0] == 200


def test_nobody_keeps_anything_in_somebody_elses_step(walk: Walk, visit: Visit, interim: str) -> None:  # noqa: F811
    step = walk.step(walk.house.doctor, "draft_plan", interim)
    manager = visit(walk.house.manager)
    manager.open("/")
    assert keep(manager, step, draft_version="0", plan__base="Carlisle")[0] in {403, 404}
