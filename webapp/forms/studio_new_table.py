"""What is asked where a draft begins a decision table, and what was typed."""

from collections.abc import Mapping

from flask import request

from webapp.forms.answers import PREFIX
from webapp.forms.asked import Asked
from webapp.forms.crafted.cells import Cell, SelectCell
from webapp.forms.fields import Select, Text
from webapp.forms.lines import Kind, Lines
from webapp.forms.people import sent
from webapp.forms.rows import Row
from webapp.forms.studio_boxes import Options, choice, text
from workflows.domain.errors import NotAllowed
from workflows.domain.fields import Field
from workflows.domain.studio import LONGEST_DOCUMENTATION, LONGEST_NAME
from workflows.studio.adding import Column, NewTable, answer_key

MOST_ASKED, MOST_ANSWERED = 12, 6
WHICH: Options = (("FIRST", "The first of them"), ("COLLECT", "All of them: what it answers is then a list"))
TYPES: Options = (("text", "A text"), ("number", "A number"), ("yes_no", "Yes or no"), ("date", "A day"))
PROCESS = "process"
FIELDS = (
    Field(
        "title", "text", "What is the table called?", hint="For example, Who has to agree.", required=True,
        limit=LONGEST_NAME,
    ),
    Field(
        "about", "long_text", "What does it decide, and under which rule?", required=True, limit=LONGEST_DOCUMENTATION,
        hint="A sentence or two, for whoever reads the table next year.",
    ),
    choice("which", "Which rules count where several fit?", WHICH),
)  # fmt: skip


def process_fields(processes: Options) -> tuple[Field, ...]:
    """In which process it is asked: on that depends what it can look at."""
    return (choice(PROCESS, "In which process is it asked?", processes),)


def chosen_process() -> str:
    """Which process was chosen on the page before; "" where none was yet."""
    return request.args.get(f"{PREFIX}-{PROCESS}", "")


class TableForm(Asked):
    """What a table is called, what it looks at and what it answers. `known`: what the cases of the process know;
    `offered`: that of it which a table can look at."""

    def __init__(self, known: frozenset[str], offered: Mapping[str, Column]) -> None:
        typed = sent()
        super().__init__(FIELDS, typed, given={"which": WHICH[0][0]})
        self.known, self.offered = known, offered
        facts = (("", "Choose one"), *((column.key, column.label) for column in offered.values()))
        looks = Kind(
            "What does it look at?",
            "Each is a column of the table. A case knows it from a question, or Accord keeps it.",
            "Column",
            "about",
            {"fact": Select("What the case knows", widget=SelectCell(), offered=facts)},
            {},
        )
        gives = Kind(
            "What does it answer?",
            "Once the table was asked, conditions and letters can name each answer, as they name those of people.",
            "Answer",
            "about",
            {
                "label": Text("What the answer is called", widget=Cell()),
                "type": Select("What kind of answer", widget=SelectCell(), offered=TYPES),
            },
            {"type": TYPES[0][0]},
        )
        self.looks = Lines("looks", looks, typed, (), MOST_ASKED)
        self.gives = Lines("gives", gives, typed, (), MOST_ANSWERED)
        self.lines = (self.looks, self.gives)

    def valid(self) -> bool:
        """Whether it can be read, and names everything once; what is not is said at its box."""
        self._check_looks()
        self._check_gives()
        return all([super().valid(), self.looks.valid(), self.gives.valid()])

    def _check_looks(self) -> None:
        chosen: list[str] = []
        for row in self.looks.said() or list(self.looks)[:1]:
            key = row["fact"].data or ""
            if key not in self.offered:
                self.looks.refuse(row, "fact", "Choose what the table looks at.")
            elif key in chosen:
                self.looks.refuse(row, "fact", "Another column looks at this. Take one of them out.")
            chosen.append(key)

    def _check_gives(self) -> None:
        taken = set(self.known)
        for row in self.gives.said() or list(self.gives)[:1]:
            label = _label(row)
            if not label:
                self.gives.refuse(row, "label", "Say what the answer is called.")
            elif len(label) > LONGEST_NAME:
                self.gives.refuse(row, "label", f"Use {LONGEST_NAME} characters or fewer.")
            if row["type"].data not in dict(TYPES):
                self.gives.refuse(row, "type", "Choose what kind of answer it is.")
            try:
                taken.add(answer_key(label, taken))
            except NotAllowed as refused:
                self.gives.refuse(row, "label", refused.sentence)

    def said(self) -> NewTable:
        """The table that was typed."""
        values = self.values()
        answers = tuple(Column(answer_key(_label(row), ()), _label(row), row["type"].data) for row in self.gives.said())
        asks = tuple(self.offered[row["fact"].data] for row in self.looks.said())
        return NewTable(text(values, "title"), text(values, "about"), text(values, "which"), asks, answers)


def _label(row: Row) -> str:
    return " ".join(text(row.values(), "label").split())
