"""A policy changed place by place: only that place of its text changes, and what is wrong is said of its place."""

from difflib import unified_diff
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, shipped_files
from tests.studio.conftest import Studio, by, reader
from workflows.domain.deadlines import Length
from workflows.studio import drafts, policy_edits, policy_texts
from workflows.studio.policy_edits import Edit, PolicyPage, PolicyRefused

TRUST, NATIONAL = "policies/blackpool.toml", "policies/national_england.toml"


def lines(before: str, after: str) -> list[str]:
    """The lines that differ."""
    found = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("path", "value", "differs"),
    [
        (
            ("titles", "amd"),
            "Division head",
            ['-amd = "Divisional Director"', '+amd = "Division head"'],
        ),
        (("titles", "mediator"), "Go-between", ['+mediator = "Go-between"']),
        (("values", "full_time_pas"), 11, ["+full_time_pas = 11"]),
        (
            ("values", "pay_progression_yearly"),
            False,
            [
                "-pay_progression_yearly = true    # BTH-3.4.18-a",
                "+pay_progression_yearly = false    # BTH-3.4.18-a",
            ],
        ),
        (("deadlines", "team_meeting", "until"), "5 days", ['-until = "7 days"', '+until = "5 days"']),
    ],
)
def test_only_what_was_said_changes_in_the_text(path: policy_texts.Path, value: Any, differs: list[str]) -> None:
    text = shipped_files()[TRUST]
    assert lines(text, policy_texts.say(text, path, value)) == differs


def test_what_is_no_longer_said_leaves_everything_else() -> None:
    text = shipped_files()[TRUST]
    assert lines(text, policy_texts.unsay(text, ("titles", "amd"))) == ['-amd = "Divisional Director"']
    assert policy_texts.unsay(text, ("titles", "mediator")) == text
    assert policy_texts.unsay(text, ("studio", "edit")) == text


def test_a_comment_is_the_hint_of_what_it_stands_beside() -> None:
    beside = policy_texts.comments(shipped_files()[NATIONAL])
    assert beside[("values", "full_time_pas")] == "CPFT-7.1-d, BTH-3.2.9"
    assert beside[("values", "panel_binding")].startswith("Whether the board is bound")
    assert ("values", "preparation_material") not in beside
    assert policy_texts.comments("not = [toml") == {}


@pytest.mark.parametrize(
    "hostile", ["x = " + "[" * 90_000, ".".join(["a"] * 50_000) + " = 1", "x = " + "{a=" * 30_000, "a = 1\na = 2"]
)
def test_a_text_that_would_burn_time_or_memory_is_neither_read_nor_changed(hostile: str) -> None:
    with pytest.raises(policy_texts.CannotWrite):
        policy_texts.say(hostile, ("titles", "amd"), "Division head")
    assert policy_texts.comments(hostile) == {}


def begun(session: Session, studio: Studio) -> int:
    return drafts.begin(session, by=by(studio.owner), name="Longer", now=NOW)


def page_of(session: Session, studio: Studio, draft_id: int) -> PolicyPage:
    return policy_edits.policy_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id)


def save(session: Session, studio: Studio, draft_id: int, edits: list[Edit], read: int = 0) -> int:
    about = {"key": "blackpool", "read": read, "said": "Changed it.", "now": NOW, "by": by(studio.owner)}
    return policy_edits.save(session, draft_id=draft_id, edits=edits, **about)  # type: ignore[arg-type]


def test_an_inherited_deadline_is_said_for_this_trust_as_a_whole(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    page = page_of(session, studio, draft_id)
    version = save(session, studio, draft_id, policy_edits.deadline_edits(page, "sign_off", {"length": "6 weeks"}))
    page = page_of(session, studio, draft_id)
    assert page.policy is not None
    assert page.inherited is not None
    rule, national = page.policy.deadlines["sign_off"], page.inherited.deadlines["sign_off"]
    assert (rule.length, rule.source) == (Length(6, "week"), "blackpool")
    assert (rule.ladder, rule.clause, rule.verified) == (national.ladder, national.clause, national.verified)
    assert not page.problems
    save(session, studio, draft_id, [(("deadlines", "sign_off"), None)], version)
    again = page_of(session, studio, draft_id).policy
    assert again is not None
    assert again.deadlines["sign_off"] == national


def test_the_trusts_own_deadline_changes_in_that_line_alone(session: Session, studio: Studio) -> None:
    page = page_of(session, studio, begun(session, studio))
    said = {"length": "21 days", "title": page.policy.deadlines["team_meeting"].title if page.policy else ""}
    assert policy_edits.deadline_edits(page, "team_meeting", said) == [
        (("deadlines", "team_meeting", "length"), "21 days")
    ]


def test_what_cannot_hold_is_refused_with_its_place_and_nothing_is_kept(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    with pytest.raises(PolicyRefused) as refused:
        save(session, studio, draft_id, [(("deadlines", "team_meeting", "length"), "soon")])
    assert refused.value.place == "deadlines.team_meeting.length"
    assert "soon" in refused.value.sentence
    assert drafts.files(session, draft_id=draft_id) == studio.base


def test_a_value_tells_whether_the_trust_says_it_and_what_it_would_inherit(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    found = {value.path: value for value in page_of(session, studio, draft_id).values}
    yearly, full = found["values", "pay_progression_yearly"], found["values", "full_time_pas"]
    assert (yearly.own, yearly.value, yearly.inherited, yearly.kind) == (True, True, False, "yes_no")
    assert (full.own, full.value, full.kind, full.comment) == (False, 10, "number", "CPFT-7.1-d, BTH-3.2.9")
    assert {value.kind for value in found.values()} == {"yes_no", "number", "text", "lines", "rows"}, "each has a form"


def test_a_text_that_cannot_run_is_kept_and_judged(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    about = {"by": by(studio.owner), "draft_id": draft_id, "key": "blackpool", "read": 0, "now": NOW}
    problems = policy_edits.save_text(session, text="name = [", **about)  # type: ignore[arg-type]
    assert problems
    page = page_of(session, studio, draft_id)
    assert (page.policy, page.file.text) == (None, "name = [")
    assert page.fault
