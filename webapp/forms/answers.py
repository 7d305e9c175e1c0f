"""The form that a diagram draws: one field of ours for each accord:field."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from webapp.forms import fields, widgets
from webapp.forms.base import Part
from webapp.forms.errors import complain
from workflows.domain.errors import BadValues
from workflows.domain.fields import Field, check_values

PREFIX = "answer"
RADIOS_AT_MOST = 7
SHORT_ENOUGH = 70
"""Characters of the answers that a label can still name."""
NONE = "--none--"
"""The key of an option, the first of its question, which says in words of its own that there is none."""
Named = Sequence[tuple[int, str]]


class Answers(Part):
    """The drawn fields of a step. Items are reached by key: a key may be any name, so none is an attribute.

    `people` are those whom a field may name, `nearby` those among whom several are ticked.
    """

    def __init__(
        self,
        drawn: Sequence[Field],
        people: Named = (),
        nearby: Named = (),
        documents: Named = (),
        *,
        prefix: str = PREFIX,
    ) -> None:
        self.drawn = drawn
        self.people = frozenset(person for person, _ in (*people, *nearby))
        offered = {"person": people, "people": nearby, "files": documents}
        super().__init__({field.key: self.box(field, offered.get(field.type, ())) for field in drawn}, prefix=prefix)

    def box(self, field: Field, offered: Named) -> Any:
        """In what a field is answered."""
        label = field.label if field.required else f"{field.label}{self.condition(field) or fields.OPTIONAL}"
        return MAKERS[field.type](field, label, [(str(one), name) for one, name in offered])

    def condition(self, field: Field) -> str:
        """With which answers to another question a question needs one, in words; "" where none makes it needed."""
        key, answers = field.when
        asked = next((other for other in self.drawn if other.key == key), None)
        if asked is None:
            return ""
        options = dict(asked.options) or {"yes": "Yes", "no": "No"}
        said = " or ".join(f"“{options[one]}”" for one in answers if one in options)
        return f" (if you answered {said})" if len(said) <= SHORT_ENOUGH else " (with some answers)"

    def values(self) -> dict[str, Any]:
        """What was typed, by key."""
        return {key: field.data for key, field in self._fields.items()}

    def valid(self) -> bool:
        """Whether everything can be read and is allowed. Says at each field what is not."""
        self.validate()
        try:
            check_values(self.drawn, self.values(), self.people)
        except BadValues as bad:
            self.complain(bad.problems)
        return not self.errors

    def complain(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong, each at its field; a field that cannot be read has been complained of already."""
        for key, sentence in problems.items():
            if key in self._fields and not self[key].errors:
                complain(self[key], sentence)


Maker = Callable[[Field, str, list[tuple[str, str]]], Any]


def _plain(kind: Callable[..., Any]) -> Maker:
    def make(field: Field, label: str, _: list[tuple[str, str]]) -> Any:
        return kind(label, description=field.hint)

    return make


def _choice(field: Field, label: str, _: list[tuple[str, str]]) -> Any:
    if len(field.options) > RADIOS_AT_MOST:
        empty = () if field.options[0][0] == NONE else (("", "Choose one"),)
        return fields.Select(label, description=field.hint, offered=(*empty, *field.options))
    alone = {"widget": widgets.Checkboxes()} if len(field.options) == 1 else {}
    return fields.Choice(label, description=field.hint, offered=field.options, **alone)


def _several(field: Field, label: str, _: list[tuple[str, str]]) -> Any:
    return fields.Several(label, description=field.hint, offered=field.options)


def _person(field: Field, label: str, people: list[tuple[str, str]]) -> Any:
    return fields.Person(label, description=field.hint, offered=[("", "Choose a person"), *people])


def _people(field: Field, label: str, people: list[tuple[str, str]]) -> Any:
    return fields.People(label, description=field.hint or "Choose all that apply.", offered=people)


def _files(field: Field, label: str, documents: list[tuple[str, str]]) -> Any:
    hint = field.hint or (
        "Choose all that apply." if documents else "There is no document at this stage of the case yet."
    )
    alone = {} if documents else {"widget": widgets.NothingToChoose()}
    return fields.Documents(label, description=hint, offered=documents, **alone)


MAKERS: Mapping[str, Maker] = {
    "text": _plain(fields.Text),
    "long_text": _plain(fields.LongText),
    "date": _plain(fields.Day),
    "time": _plain(fields.Time),
    "number": _plain(fields.Number),
    "yes_no": _plain(fields.YesNo),
    "choice": _choice,
    "several": _several,
    "person": _person,
    "people": _people,
    "files": _files,
}
"""One maker for each of workflows.domain.fields.FIELD_TYPES."""
