"""What has been entered in a case, in words: the questions that its drawings ask, with their answers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from workflows import releases
from workflows.domain.fields import Field
from workflows.domain.standing import may_see_field
from workflows.domain.vocabulary_reviews import GIVEN
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import is_dispute
from workflows.inbox.readers import Reader, on_step
from workflows.store import panel_rows, step_pages
from workflows.store import papers as paper_rows
from workflows.store import people as people_rows
from workflows.store.models import Case


@dataclass(frozen=True)
class Said:
    """Something that was entered, with the question that it answers. `value` is in words, but for rows; `by` says whose
    answer it is where several people gave one."""

    label: str
    value: Any
    type: str
    by: str = ""


Facts = Mapping[str, Any]
Answers = Mapping[str, Mapping[str, Any]]
"""Values by key and, for what each of several people was asked, by item."""


@dataclass(frozen=True)
class Surroundings:
    """A step's case with what it knows."""

    session: Session
    viewer: Viewer
    row: step_pages.OpenedStep
    loaded: releases.Loaded
    now: datetime

    @cached_property
    def _known(self) -> tuple[Answers, Mapping[str, str]]:
        return panel_rows.facts_and_where(self.session, case_id=self.row.case.id)

    @property
    def answers(self) -> Answers:
        """What the case knows: by key and, for what each of several people was asked, by item."""
        return self._known[0]

    @property
    def where(self) -> Mapping[str, str]:
        """By fact: the element of the diagram in which it was asked for last."""
        return self._known[1]

    @cached_property
    def labels(self) -> Mapping[str, Field]:
        """By fact: the field that asks for it."""
        return labels(self.loaded)

    @cached_property
    def facts(self) -> Facts:
        """Of each key the value written last."""
        return panel_rows.newest(self.answers)

    @cached_property
    def reader(self) -> Reader:
        """How the viewer reads, with this step of theirs."""
        case, step = self.row.case, self.row.step
        node = self.loaded.diagrams.drawing(step.process).nodes[step.element]
        return on_step(self.session, viewer=self.viewer, case=case, step=step, node=node, now=self.now)


def just_written(around: Surroundings) -> Answers:
    """What the step that was completed last before this one wrote: mostly why this one is there at all."""
    step = around.row.step
    return panel_rows.facts_of_step_before(
        around.session, case_id=around.row.case.id, step_id=step.id, opened_at=step.opened_at
    )


def labels(loaded: releases.Loaded) -> Mapping[str, Field]:
    """The fields of every drawing of the release: what a team plan holds was asked for in another process."""
    drawings = loaded.diagrams.drawings.values()
    return {asked.key: asked for drawing in drawings for node in drawing.nodes.values() for asked in node.fields}


def team_said(around: Surroundings, facts: Facts) -> tuple[Said, ...]:
    """Answers with their questions, in words; what is empty or was never asked is left out."""
    answers = [
        Said(field.label, in_words(around.session, around.row.case.id, field, facts[field.key]), field.type)
        for field in around.labels.values()
        if facts.get(field.key) not in (None, "", [])
    ]
    return (*answers, *_rows(facts))


def _rows(facts: Facts) -> tuple[Said, ...]:
    """The lists of a team's plan."""
    lists = {
        "requirements": Said("What the service and the team need", facts.get("requirements"), "rows"),
        "service_needs": Said("What each service needs", facts.get("service_needs"), "needs"),
        "teaching_sessions": Said("Teaching in clinical sessions", facts.get("teaching_sessions"), "teaching"),
    }
    return tuple(said for said in lists.values() if said.value)


def in_words(session: Session, case_id: int, field: Field, value: Any) -> Any:
    """An answer in words: options by their labels, people by name, documents by title."""
    options = dict(field.options)
    match field.type:
        case "choice":
            return options.get(value, value)
        case "several":
            return [options.get(one, one) for one in value]
        case "person" | "people":
            ids = value if isinstance(value, list) else [value]
            return sorted(people_rows.names(session, person_ids=ids).values())
        case "files":
            return paper_rows.titles(session, case_id=case_id, document_ids=value)
        case "date":
            return date.fromisoformat(value)
        case _:
            return value


def entered(
    session: Session, *, case: Case, loaded: releases.Loaded, standings: Collection[str], roles: Collection[str]
) -> tuple[Said, ...]:
    """What has been entered in a doctor's case, between their steps: for its parties what names no readers, and for
    whoever holds one of the roles that a question names. What each of several people was asked is left to their steps,
    and what was said in a dispute is read in its story (workflows.inbox.dispute_story).
    """
    if is_dispute(case):
        return ()
    drawing = loaded.diagrams.drawing(case.process)
    asked = (field for element in drawing.order for field in drawing.nodes[element].fields)
    readers = frozenset(standings) - {"holder"} | frozenset(roles)
    known = {field.key: field for field in (*GIVEN, *asked) if may_see_field(readers, field.visible)}
    if not known or case.subject_id is None:
        return ()
    answers, where = panel_rows.facts_and_where(session, case_id=case.id)
    for node in (drawing.nodes[element] for element in drawing.order):
        known |= {field.key: field for field in node.fields if field.key in known and where.get(field.key) == node.id}
    return tuple(
        Said(field.label, in_words(session, case.id, field, answers[key][""]), field.type)
        for key, field in known.items()
        if answers.get(key, {}).get("") not in (None, "", [])
    )


def visible(around: Surroundings) -> tuple[Said, ...]:
    """What this case asked for and got, in the order of its drawings, without what was meant for others."""
    return (*told(around, around.answers), *_rows(around.facts))


def given(around: Surroundings) -> tuple[Said, ...]:
    """What the case was started with: for the first of its steps, which has none before it."""
    return answered(around.session, around.row.case.id, GIVEN, around.answers)


def told(around: Surroundings, answers: Answers) -> tuple[Said, ...]:
    """These answers with the questions that the case's own drawing and the stages that it calls ask, as far as the
    viewer reads them. What several elements may ask counts once, in the words of the one that asked it in this case."""
    diagrams, case = around.loaded.diagrams, around.row.case
    asked = {field.key: field for field in GIVEN}
    for stage in diagrams.stages(case.process):
        drawing = diagrams.drawing(stage)
        for node in (drawing.nodes[element] for element in drawing.order):
            for drawn in (field for field in node.fields if around.reader.reads(node, field)):
                if drawn.key not in asked or around.where.get(drawn.key) == node.id:
                    asked[drawn.key] = drawn
    return answered(around.session, case.id, asked.values(), answers, own_item=around.row.step.item)


def answered(
    session: Session, case_id: int, fields: Iterable[Field], answers: Answers, *, own_item: str = ""
) -> tuple[Said, ...]:
    """The answers to these questions in words; what is empty or was never asked is left out."""
    names = people_rows.names(session, person_ids=_items(answers))
    return tuple(
        Said(field.label, in_words(session, case_id, field, value), field.type, names.get(_person(item), ""))
        for field in fields
        for item, value in answers.get(field.key, {}).items()
        if value not in (None, "", []) and _is_for(item, own_item)
    )


def _is_for(item: str, own_item: str) -> bool:
    """In a for-each step people see their own answers to what everybody was asked, not each other's."""
    return not own_item or item in {"", own_item}


def _person(item: str) -> int:
    return int(item) if item.isdecimal() else 0


def _items(answers: Answers) -> set[int | None]:
    return {int(item) for by_item in answers.values() for item in by_item if item.isdecimal()}
