"""The form of a step: the drawn answers, and what a crafted screen asks besides."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from webapp.forms.answers import PREFIX, Answers
from webapp.forms.errors import Problem, summary
from webapp.forms.rows import Typed
from workflows.inbox.panels import Panel
from workflows.inbox.steps import StepToFill

COMPLETE, SAVE, STAY, PREVIEW = "complete", "save", "stay", "preview"
ADD_DOCUMENT = "add_document"
"""What the button that was pressed means; others add and remove rows."""
OURS = frozenset({"csrf_token", "press", "draft_version", "kept-before"})
"""Boxes that say nothing about the step."""


class Extra:
    """What a crafted screen asks besides the drawn fields: by itself nothing."""

    template = ""
    """Draws it; under the name `extra`."""
    last = False
    """Whether it comes after the drawn fields, for what it asks depends on them."""

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:  # noqa: ARG003 - for those that do
        """Whether what was posted can only be read beside the panel; showing the page again reads it anyway."""
        return False

    def __init__(self, panel: Panel, typed: Typed) -> None:
        """`panel` says what is known already; `typed` counts where there is any."""

    def beside(self, panel: Panel) -> None:
        """Take in what is known already, where it was not needed to read what was typed: the page is shown again."""

    def press(self, button: str) -> None:
        """Add or remove a row."""

    def valid(self) -> bool:
        """Whether everything can be read and is allowed."""
        return True

    def values(self) -> dict[str, Any]:
        """What the screen supplies, by the key of the fact."""
        return {}

    def complain(self, problems: Mapping[str, str]) -> set[str]:  # noqa: ARG002 - for those that have boxes
        """Say what is wrong, each at its box. Returns the keys that have found theirs."""
        return set()

    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page."""
        return []


class StepForm:
    """All that a step asks. `typed` is what was posted, or the draft, or None."""

    def __init__(self, to_fill: StepToFill, extra: Extra, typed: Typed) -> None:
        self.answers = Answers(to_fill.fields, to_fill.people, to_fill.nearby, to_fill.documents)
        self.answers.process(typed)
        self.extra, self.typed = extra, typed
        self.unplaced: list[str] = []

    def valid(self) -> bool:
        """Whether everything can be read and is allowed, both parts looked at."""
        return all([self.extra.valid(), self.answers.valid()])

    def values(self) -> dict[str, Any]:
        """What goes to the verb: the drawn fields by key, and what the crafted screen supplies."""
        return {**self.answers.values(), **self.extra.values()}

    def complain(self, problems: Mapping[str, str]) -> None:
        """Say what the verb found wrong; what has no box of its own stands in the summary alone."""
        placed = self.extra.complain(problems)
        self.answers.complain(problems)
        known = placed | {field.key for field in self.answers.drawn}
        self.unplaced = [sentence for key, sentence in problems.items() if key not in known]

    def typed_words(self) -> list[tuple[str, str]]:
        """What was typed, as it was typed, with the questions: to be copied when it can no longer be sent."""
        labels = {field.name: field.label.text for field in self.answers}
        return typed_words(self.typed or MultiDict(), labels)

    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page."""
        loose = [{"text": sentence, "href": "#step-form"} for sentence in self.unplaced]
        parts = [self.extra.problems(), summary(self.answers)]
        return [*loose, *(one for part in (reversed(parts) if self.extra.last else parts) for one in part)]


def typed_words(typed: Typed, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed, box by box; a box without a label goes by its name."""
    boxes = typed or MultiDict()
    return [
        (labels.get(name, name.removeprefix(f"{PREFIX}-").replace("-", " ").replace("_", " ").capitalize()), said)
        for name in boxes
        if name not in OURS
        and not name.endswith(("-shown", "-id", "made_from"))
        and (said := _joined(boxes.getlist(name)))
    ]


def _joined(values: list[str]) -> str:
    return ", ".join(value for value in values if value)


def to_draft(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """What was typed, as it was typed, to be kept."""
    return {name: form.getlist(name) for name in form if name not in OURS}


def from_draft(values: Mapping[str, Any]) -> MultiDict[str, str]:
    """What was kept, as if it had just been typed: lists by the name of the box, or a text by the key of the field."""
    typed: MultiDict[str, str] = MultiDict()
    for name, kept in values.items():
        if isinstance(kept, list):
            typed.setlist(name, [str(one) for one in kept])
        else:
            typed[f"{PREFIX}-{name}"] = str(kept)
    return typed
