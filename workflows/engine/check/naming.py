"""Ids are names: written so that files, addresses and histories can carry them, and each used once."""

import re
from collections.abc import Iterator, Mapping

from workflows.domain.policy import TITLED
from workflows.domain.roles import ROLE_WORDS, Role
from workflows.domain.signs import plays_tricks
from workflows.domain.studio import LONGEST_DOCUMENTATION, LONGEST_HINT, LONGEST_LABEL, LONGEST_NAME
from workflows.domain.wording import code
from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem, guess
from workflows.engine.check.sheet import B, Rule, Sheet
from workflows.engine.drawings import Flow, Node
from workflows.engine.xml import Element

ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,99}")
OF_THE_ENGINE = frozenset({"Start", "End", "Root"})
DECLARED = tuple(f"{B}{kind}" for kind in ("message", "signal", "error", "escalation"))
MAX_WORDS: Mapping[str, int] = {"label": LONGEST_LABEL, "hint": LONGEST_HINT, "options": 1_000_000}
"""What people read in a question, and how long it may be; the longest label and hint that ship have 110 characters, and
what several options say together may be long."""
BOXES: Mapping[str, str] = {"label": "Question", "hint": "Hint", "options": "Answers"}
"""What they are called where they are typed."""
_DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def ids_are_used_once(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """No two elements have the same id, the picture's own ids among them."""
    seen: dict[str, int] = {}
    for element in sheet.root.iter():
        key = element.get("id", "")
        if not key or not element.tag.startswith((B, _DIAGRAM)):
            continue
        if key in seen:
            yield sheet.at(element, f"The id {code(key)} is used twice, here and in line {seen[key]}.")
        seen.setdefault(key, element.sourceline)


def ids_are_names(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Every step, event, gateway and flow has an id that can be written down; two words belong to the engine."""
    drawing = sheet.drawing
    if not ID.fullmatch(drawing.process):
        yield sheet.whole(f"The process needs an id {_LIKE_A_NAME}")
    for declared in sheet.root.iter(*DECLARED):
        if not declared.get("id", ""):
            yield sheet.at(declared, "This has no id, so that nothing could refer to it. Give it one.")
    everything: list[Node | Flow] = [*drawing.nodes.values(), *drawing.flows]
    for drawn in everything:
        if not drawn.id:
            yield sheet.of(drawn, "This has no id, so that no case would come to it. Give it one.")
        elif drawn.id in OF_THE_ENGINE:
            yield sheet.of(drawn, f"The id {code(drawn.id)} belongs to Accord itself. Choose another.")
        elif not ID.fullmatch(drawn.id):
            yield sheet.of(drawn, f"This needs an id {_LIKE_A_NAME}")


_LIKE_A_NAME = "of letters, digits, hyphens and underscores that begins with a letter, such as `sign_plan`."


def words_are_harmless(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Names and documentation are of a length that a page can show, without characters that play tricks on it."""
    for element in sheet.process.iter():
        name = element.get("name", "")
        if len(name) > LONGEST_NAME:
            yield sheet.at(
                element, f"The name is longer than {LONGEST_NAME} characters. Put the rest into the words below it."
            )
        if plays_tricks(name):
            yield sheet.at(element, "The name has an invisible control character in it. Type it anew.")
        if element.tag == f"{B}documentation":
            text = "".join(element.itertext())
            if len(text) > LONGEST_DOCUMENTATION:
                yield sheet.at(element, f"{_explained(element)} longer than {LONGEST_DOCUMENTATION:,} characters.")
            if plays_tricks(text):
                yield sheet.at(element, f"{_explained(element)} with an invisible control character. Type it anew.")


def _explained(element: Element) -> str:
    """What the documentation of an element is called where it is typed."""
    holder = element.getparent()
    is_step = holder is not None and holder.tag == f"{B}userTask"
    return f"“{'What the person is asked to do' if is_step else 'What it is for'}” is"


def questions_are_harmless(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """The same of what people read in a question."""
    for element in sheet.process.iter():
        for word, most in MAX_WORDS.items():
            if len(element.get(word, "")) > most:
                yield sheet.at(element, f"“{BOXES[word]}” is longer than {most:,} characters.")
            if plays_tricks(element.get(word, "")):
                yield sheet.at(element, f"“{BOXES[word]}” has an invisible control character in it. Type it anew.")


def titles_are_of_roles(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """What stands in braces in the documentation is the key of a role: people read the title of their trust there."""
    for element in sheet.process.iter(f"{B}documentation"):
        for key in TITLED.findall("".join(element.itertext())):
            if key not in set(Role):
                yield sheet.at(
                    element, f"{code(f'{{{key}}}')} is the title of no role.{guess(key, set(Role), ROLE_WORDS)}"
                )


RULES: tuple[Rule, ...] = (
    ids_are_used_once,
    ids_are_names,
    words_are_harmless,
    questions_are_harmless,
    titles_are_of_roles,
)
