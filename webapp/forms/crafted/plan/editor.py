"""The whole plan in one form."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from webapp.forms.base import Boxes
from webapp.forms.crafted.cells import Cell, Exact, said
from webapp.forms.crafted.plan import head, lines, parts, starting
from webapp.forms.crafted.plan.head import Head
from webapp.forms.crafted.plan.lines import Kind, with_what_was_not_asked
from webapp.forms.crafted.plan.parts import PartRows, Statements
from webapp.forms.crafted.plan.reasons import Reasons
from webapp.forms.errors import Problem, complain, summary
from webapp.forms.fields import Text
from webapp.forms.rows import Row, Rows, Typed, by_section
from webapp.forms.step import Extra
from workflows.domain.errors import BadValues
from workflows.domain.plan import CATEGORIES, PARTS, Plan
from workflows.domain.plan.on_call import rota_of
from workflows.inbox.panels import Panel, PlanPanel

SPLIT: Boxes = {
    "holder": Text("Employer", widget=Cell()),
    "pas": Exact("Supporting PAs a week", widget=Cell(inputmode="decimal")),
    "agreed_by": Text("Who agreed it there", widget=Cell()),
}
PLACE = re.compile(rf"(activities|spa_split|{'|'.join(PARTS)})\.(\d+)(?:\.(.+))?")
"""Where in the plan's JSON a complaint is: the list, the row counted from 0, and the part of the row."""
MARKERS = (lines.SHAPE_MARKER, head.MARKER, parts.STATEMENTS_MARKER, *(f"{key}-shown" for key in (*CATEGORIES, *PARTS)))
MADE_FROM = "made_from"
NAMING = ("title", "holder")
"""The boxes by which sentences call a line, or an employer."""


class PlanEditor(Extra):
    """The whole plan. It supplies `plan`, the JSON of workflows.domain.plan, and `made_from`, which tells the draft
    that the page was made from."""

    template = "steps/crafted/plan_editor.html"
    rotas: frozenset[int] = frozenset()
    """Those whose pages whoever writes may open."""

    @classmethod
    def wants_panel(cls, typed: Mapping[str, Any]) -> bool:
        """What was not on the page stays as it is in the draft; and a new start needs what there is to start from."""
        starts = str(typed.get("press", "")).startswith(starting.BUTTON)
        return starts or not all(marker in typed for marker in MARKERS)

    def __init__(self, panel: Panel, typed: Typed) -> None:
        self.panel, self.typed, self.moved, self.before = panel, typed, False, ""
        draft = panel.draft.plan if isinstance(panel, PlanPanel) and panel.draft else Plan.from_template()
        self._fill(draft, with_what_was_not_asked(typed, draft))
        self.made_from = typed.get(MADE_FROM, "") if typed is not None else draft.fingerprint()
        self.before = typed.get(starting.KEPT, "") if typed is not None else ""

    def _fill(self, plan: Plan, typed: Typed) -> None:
        """Make every box anew."""
        self.rests = _asks(self.panel, plan, typed)
        own = by_section(typed)
        self.kinds = [Kind(key, plan, own.get(key), rests=self.rests) for key in CATEGORIES]
        self.parts = [PartRows(key, plan, own.get(key)) for key in PARTS]
        self.split = Rows("split", SPLIT, own.get("split"), [vars(share) for share in plan.spa_split])
        self.around = Head(plan, typed, self.panel)
        self.statements = Statements(plan, typed)
        self.reasons = Reasons(plan, typed)

    def beside(self, panel: Panel) -> None:
        if not isinstance(panel, PlanPanel):
            return
        self.panel = panel
        for kind in self.kinds:
            kind.beside(panel)
        self.reasons.ask(panel.findings)

    @property
    def starts(self) -> list[starting.Start]:
        """What the draft may start from."""
        return starting.starts(self.panel)

    @property
    def total(self) -> Fraction:
        """The sum of PAs over all kinds."""
        return sum((kind.total for kind in self.kinds), Fraction(0))

    def as_typed(self) -> Plan | None:
        """The plan that stands in the form; None while it cannot be read."""
        try:
            return Plan.from_json(self.values()["plan"])
        except BadValues:
            return None

    def press(self, button: str) -> None:
        for rows in self._rows():
            rows.press(button)
        if button == f"{starting.BUTTON}{starting.BEFORE}":
            kept = starting.brought_back(self.typed)
            if kept is not None:
                self.__init__(self.panel, kept)  # type: ignore[misc]  # the same form, as it was
            return
        chosen = starting.plan_from(button, self.panel)
        if chosen is not None:
            self.before = starting.keep(self.typed)
            self._fill(chosen, None)

    def valid(self) -> bool:
        looked_at = [self.around.validate(), *(rows.valid() for rows in self._rows()), self.statements.valid()]
        try:
            Plan.from_json(self.values()["plan"])
        except BadValues as bad:
            self.complain(bad.problems)
            return False
        return all(looked_at)

    def values(self) -> dict[str, Any]:
        reasons = {each.key: each.reason.data for each in self._sections() if each.reason.data}
        plan = {
            **self.around.given(),
            "activities": [line for kind in self.kinds for line in kind.activities()],
            "not_applicable": reasons,
            "spa_split": [{key: said(row[key]) for key in SPLIT} for row in self.split.filled()],
            **{part.key: part.entries() for part in self.parts},
            "statements": self.statements.given(),
            "reasons": self.reasons.given(),
        }
        return {"plan": plan, **({MADE_FROM: self.made_from} if self.made_from else {})}

    def complain(self, problems: Mapping[str, str]) -> set[str]:
        self.moved = MADE_FROM in problems
        return {key for key, sentence in problems.items() if self._place(key, sentence)}

    def note_unread(self, unread: Mapping[str, str]) -> None:
        """Have each line and row say what cannot be read in it yet: sentences by the keys of Plan.from_json. What was
        refused at its box already is not said again."""
        for key, sentence in unread.items():
            if found := PLACE.fullmatch(key):
                box = self._box_in_row(found[1], int(found[2]), found[3] or "")
                if not box.errors:
                    row = self._row(found[1], int(found[2]))
                    row.unread.append((box.label.text, self._of_the_row(key, sentence)))

    def place_of(self, key: str) -> str:
        """The id of the box to which a key of Plan.from_json leads; the top of the form where there is none."""
        box = self._box(key)
        return str(box.id) if box is not None else "part-period"

    def rota_of(self, row: Row) -> int | None:
        """The rota from which a line or row comes, where whoever writes may open its page."""
        rota = rota_of(row["id"].data or "")
        return rota if rota in self.rotas else None

    def problems(self) -> list[Problem]:
        found = summary(self.around)
        for kind in self.kinds:
            found += [*kind.rows.problems("title"), *summary(kind.reason_form)]
        found += self.split.problems("holder")
        for part in self.parts:
            found += [*part.rows.problems(part.part.named), *summary(part.reason_form)]
        return [*found, *summary(self.statements), *summary(self.reasons)]

    def _sections(self) -> list[Kind | PartRows]:
        return [*self.kinds, *self.parts]

    def _rows(self) -> Iterator[Rows]:
        yield from (kind.rows for kind in self.kinds)
        yield self.split
        yield from (part.rows for part in self.parts)

    def _place(self, key: str, sentence: str) -> bool:
        """Put a complaint at its box, unless that has one already. Sentences of a row begin with its name: it goes."""
        box = self._box(key)
        if box is None:
            return False
        if not box.errors:
            complain(box, self._of_the_row(key, sentence))
        return True

    def _of_the_row(self, key: str, sentence: str) -> str:
        """ "Line 3, Ward round: the time must be like 09:30." -> "The time must be like 09:30." """
        found = PLACE.fullmatch(key)
        if found is None:
            return sentence
        row = self._row(found[1], int(found[2]))
        title = next((str(row[name].data) for name in NAMING if name in row and row[name].data), "")
        words = sentence.partition(title)[2] if title and title in sentence else sentence
        _, parted, rest = words.partition(": ")
        return rest[:1].upper() + rest[1:] if parted else sentence

    def _box(self, key: str) -> Any:
        name, _, rest = key.partition(".")
        if key in self.around:
            return self.around[key]
        for form, prefix in ((self.statements, "statements"), (self.reasons, "reasons")):
            if name == prefix:
                return form[rest] if rest in form else None  # noqa: SIM401 - a form has no get
        if name == "not_applicable":
            return next((each.reason for each in self._sections() if each.key == rest), None)
        found = PLACE.fullmatch(key)
        return self._box_in_row(found[1], int(found[2]), found[3] or "") if found else None

    def _row(self, where: str, number: int) -> Row:
        if where == "activities":
            return [row for kind in self.kinds for row in kind.rows.filled()][number]
        rows = self.split if where == "spa_split" else next(part.rows for part in self.parts if part.key == where)
        return rows.filled()[number]

    def _box_in_row(self, where: str, number: int, column: str) -> Any:
        row = self._row(where, number)
        if where == "activities":
            named = {"pattern": "which" if row["often"].data else "often"}.get(column, column)
            named = f"{lines.MORE}{named.removeprefix('more.')}" if named.startswith("more.") else named
            return row[named if named in row else "title"]
        return row[column if column in row else "holder" if where == "spa_split" else PARTS[where].named]


def _asks(panel: Panel, plan: Plan, typed: Typed) -> bool:
    """Whether the page asks what each line rests on: the policy has rules on it, or something was said of it before."""
    if typed is not None and lines.RESTS_MARKER in typed:
        return True
    on_record = bool(plan.spa_split) or any(line.support for line in plan.activities)
    return on_record or (isinstance(panel, PlanPanel) and bool(RESTING & panel.rules.keys()))


RESTING = frozenset(
    {"evidence", "evidence_or_need", "spa_agreed", "spa_diary", "spa_split", "teaching", "local_teaching"}
)
"""The rules that look at what a line rests on."""
