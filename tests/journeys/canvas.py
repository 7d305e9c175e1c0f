"""The canvas of the studio at a browser: choosing, drawing, saying what is chosen, and what it says back."""

import re
from dataclasses import dataclass

from playwright.sync_api import FloatRect, Locator, expect

from tests.journeys.visitor import Visitor

MIDDLE = """(drawn) => {
  const path = drawn.querySelector('.djs-visual > path');
  const box = drawn.getBoundingClientRect();
  if (!drawn.classList.contains('djs-connection')) return [box.x + box.width / 2, box.y + box.height / 2];
  const [point, seen] = [path.getPointAtLength(path.getTotalLength() / 2), path.getScreenCTM()];
  return [point.x * seen.a + seen.e, point.y * seen.d + seen.f];
}"""
"""Where in the window the middle of an arrow or of a shape is."""

LYING = """() => {
  const shapes = [...document.querySelectorAll('.djs-viewport, .viewport')][0].querySelectorAll('g.djs-shape');
  const boxes = [...shapes].filter((each) => !/^lane_|_label$/.test(each.dataset.elementId)).map((each) => {
    const place = each.transform.baseVal.consolidate().matrix;
    const { width, height } = each.querySelector('.djs-hit').getBBox();
    return { id: each.dataset.elementId, x: place.e, y: place.f, width, height };
  }).filter(({ width, height }) => width < 300 && height !== 36);
  const meet = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;
  return boxes.flatMap((one, place) => boxes.slice(place + 1).filter((other) => meet(one, other))
    .map((other) => `${one.id} and ${other.id}`));
}"""
"""Which steps and gateways lie over each other."""

CROSSING = """() => {
  const layer = document.querySelector('.djs-container .viewport');
  const isStep = (each) => !/^lane_|_pool$|_label$/.test(each.dataset.elementId);
  const boxes = [...layer.querySelectorAll('g.djs-shape')].filter(isStep).map((each) => {
    const place = each.transform.baseVal.consolidate().matrix;
    const { width, height } = each.querySelector('.djs-hit').getBBox();
    return { id: each.dataset.elementId, x: place.e, y: place.f, right: place.e + width, bottom: place.f + height };
  });
  const inside = (box, { x, y }) => x > box.x + 3 && x < box.right - 3 && y > box.y + 3 && y < box.bottom - 3;
  return [...layer.querySelectorAll('g.djs-connection')].flatMap((arrow) => {
    const path = arrow.querySelector('.djs-visual > path');
    const points = Array.from({ length: path.getTotalLength() / 4 }, (_, place) => path.getPointAtLength(4 * place));
    return boxes.filter((box) => points.filter((point) => inside(box, point)).length > 2)
      .map((box) => `${arrow.dataset.elementId} through ${box.id}`);
  });
}"""
"""Which arrows run through steps, their own ends among them."""

PICTURE = """() => [...document.querySelectorAll('.djs-container .viewport g.djs-element')].map((each) => {
  const line = each.querySelector('.djs-visual > path')?.getAttribute('d');
  return [each.dataset.elementId, each.getAttribute('transform'), line].join(' ');
}).sort()"""
"""Where everything stands, to be compared with later."""

SELECTED = re.compile(r"\bselected\b")


@dataclass
class Canvas:
    """The canvas that is open in a window."""

    at: Visitor

    def __post_init__(self) -> None:
        self.at.page.locator("[data-modeller][data-shown]").wait_for()

    @property
    def panel(self) -> Locator:
        """What is said of the chosen element."""
        return self.at.main.get_by_role("region", name="What is chosen")

    @property
    def problems(self) -> Locator:
        """What the checker says, line by line."""
        return self.at.main.locator("[data-modeller-problems] li")

    def drawn(self, element: str) -> Locator:
        """An element of the drawing by its id."""
        return self.at.page.locator(f'g.djs-element[data-element-id="{element}"]')

    def mark(self, element: str) -> Locator:
        """The number of things to mend at an element."""
        return self.at.page.locator(f'.djs-overlays[data-container-id="{element}"] .app-modeller__mark')

    def middle(self, element: str) -> tuple[float, float]:
        """Where it is in the window, once the whole drawing is."""
        self.at.main.get_by_role("region", name=re.compile("^Diagram:")).scroll_into_view_if_needed()
        x, y = self.drawn(element).evaluate(MIDDLE)
        return x, y

    @property
    def frame(self) -> FloatRect:
        """Where in the window the canvas is."""
        found = self.at.main.get_by_role("region", name=re.compile("^Diagram:")).bounding_box()
        assert found
        return found

    def box(self, element: str) -> FloatRect:
        """Where in the window a step or a lane is."""
        found = self.drawn(element).locator(".djs-visual > rect").first.bounding_box()
        assert found
        return found

    @property
    def lying_over_each_other(self) -> list[str]:
        """Steps and gateways that cover each other, two by two."""
        found: list[str] = self.at.page.evaluate(LYING)
        return found

    @property
    def arrows_through_steps(self) -> list[str]:
        """Arrows that do not go round a step, each with the step."""
        found: list[str] = self.at.page.evaluate(CROSSING)
        return found

    @property
    def picture(self) -> list[str]:
        """Where everything stands."""
        found: list[str] = self.at.page.evaluate(PICTURE)
        return found

    @property
    def scale(self) -> float:
        """How large it is drawn; 1 is as large as it is kept."""
        found: float = self.at.page.locator(".djs-container .viewport").evaluate("(layer) => layer.getCTM().a")
        return round(found, 3)

    def press_on_the_map(self, element: str) -> None:
        """Go to a step by the small map beside the drawing."""
        small = self.at.page.locator(f'[data-modeller-map] [id^="djs-minimap-{element}-"]')
        small.scroll_into_view_if_needed()
        box = small.bounding_box()
        assert box
        self.at.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def shows(self, element: str) -> bool:
        """Whether a step is wholly in the frame."""
        frame, box = self.frame, self.drawn(element).bounding_box()
        assert box
        across = frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]
        return across and frame["y"] <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"]

    @property
    def done_by(self) -> Locator:
        """What the panel shows as the role of the chosen step."""
        return self.panel.get_by_label("Who does this?").locator("option:checked")

    def press(self, words: str) -> None:
        """A button above the drawing."""
        self.at.main.get_by_role("button", name=words, exact=True).click()

    def choose(self, element: str) -> None:
        """Choose a step or an arrow."""
        self.at.page.keyboard.press("Escape")
        self.at.page.mouse.click(*self.middle(element))
        expect(self.drawn(element)).to_have_class(SELECTED)

    def mend(self, element: str, words: str) -> None:
        """Choose what the checker names in the list of what to mend."""
        self.problems.get_by_role("button", name=words, exact=True).first.click()
        expect(self.drawn(element)).to_have_class(SELECTED)

    def draw(self, what: str, between: tuple[str, str], share: float = 0.5, beside: str = "") -> None:
        """Take something from the palette and put it down: as far from the one to the other as `share` says, in the row
        of the first or of `beside`. On an arrow it comes between the two ends."""
        self.tool(what)
        (left, row), (right, _) = map(self.middle, between)
        self.put(left + (right - left) * share, self.middle(beside)[1] if beside else row)

    def tool(self, what: str) -> None:
        """Something of the palette."""
        self.at.page.keyboard.press("Escape")
        self.at.page.locator(f'.djs-palette [data-action="{what}"]').click()

    def put(self, x: float, y: float) -> None:
        """Go there, as a hand does, and press."""
        self.at.page.mouse.move(x - 20, y - 8)
        self.at.page.mouse.move(x, y, steps=4)
        self.at.page.mouse.click(x, y)

    def lead(self, source: str, target: str) -> None:
        """Draw an arrow."""
        self.tool("connect")
        for element in (source, target):
            self.put(*self.middle(element))
        expect(self.drawn(f"{source}_to_{target}")).to_be_attached()

    def deed(self, what: str) -> None:
        """Something of the menu at what is chosen, by the words that it shows."""
        self.at.page.locator(f'.djs-context-pad [title="{what}"]').click()

    @property
    def deeds(self) -> set[str | None]:
        """What the menu at what is chosen offers."""
        return {each.get_attribute("title") for each in self.at.page.locator(".djs-context-pad .entry").all()}

    def carry(self, element: str, between: tuple[str, str]) -> None:
        """Move a step to half way between two others, a little below their row."""
        mouse = self.at.page.mouse
        (left, row), (right, _) = map(self.middle, between)
        x, y = self.middle(element)
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 20, y + 8, steps=4)
        mouse.move((left + right) / 2, row + 8, steps=8)
        mouse.up()

    def remove(self) -> None:
        """Take out what is chosen."""
        self.deed("Remove it")

    def say(self, label: str, words: str) -> None:
        """Fill a box of the panel."""
        box = self.panel.get_by_label(label, exact=True).last
        box.fill(words)
        box.press("Tab")

    def pick(self, label: str, words: str) -> None:
        """Choose from a list of the panel."""
        self.panel.get_by_label(label, exact=True).last.select_option(label=words)

    def ask(self, question: str, answer: str) -> None:
        """Add a question to the chosen step, which must be answered."""
        self.panel.get_by_role("button", name="Add a question").click()
        self.say("Question", question)
        self.pick("Kind of answer", answer)
        self.panel.get_by_label("An answer is needed").last.check()

    def saved(self) -> None:
        """It is kept, without a button."""
        expect(self.at.main.locator("[data-modeller-said]")).to_contain_text("Saved at")
