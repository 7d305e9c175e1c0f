"""Names of one long word: no page of the studio or of a case scrolls sideways because of them, on any screen."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.rules import DESK, TELEPHONE, TOO_WIDE
from tests.journeys.studio_world import BEFORE, OWNER
from tests.journeys.visitor import Visitor
from workflows.domain.studio import LONGEST_DRAFT_NAME, LONGEST_NAME

OF_A_DRAFT = (
    *("", "/changes", "/soundness", "/import", "/import/mediation", "/policy", "/diagrams/mediation", "/new-process"),
    *("/list/mediation", "/list/mediation/decide/change", "/list/mediation/decide/questions"),
    *("/list/mediation/decide/choice?answer-fact=typed", "/list/mediation/decide/add"),
    *("/tables/spa_tariff", "/tables/spa_tariff/rules/new", "/letters/mediation_decision"),
)
STRETCH = """() => {
  const ours = 'script, style, option, svg, thead, .nhsuk-table__heading, .nhsuk-tag, .nhsuk-u-visually-hidden';
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) found.push(texts.currentNode);
  const shown = found.filter((text) => text.textContent.trim() && !text.parentElement.closest(ours));
  shown.forEach((text) => { text.textContent += 'W'.repeat(200); });
  return shown.length;
}"""
"""Whatever somebody might have named is one long word: every text of the page but headings of columns and tags."""


def fits(at: Visitor) -> None:
    """Neither the page as it is nor with everything stretched is wider than the screen."""
    for stretched in (False, True):
        if stretched:
            assert at.page.evaluate(STRETCH) > 0
        for screen in (TELEPHONE, DESK):
            at.page.set_viewport_size(screen)
            assert at.page.evaluate(TOO_WIDE) == [], (at.page.url, screen["width"], stretched)


@pytest.mark.slow
def test_no_page_is_wider_for_a_word_that_fits_in_no_line(studio: Site, somebody: Callable[[Site], Person]) -> None:
    owner = somebody(studio)(OWNER)
    draft = begin(owner)
    fits(owner)
    begin_process(owner.open(f"{draft}/new-process"))
    for page in (owner.page.url, f"{draft}/import/{'w' * 60}", *(f"{draft}{page}" for page in OF_A_DRAFT)):
        fits(owner.open(page))
    doctor = somebody(studio)(BEFORE)
    for page in ("/", "/cases"):
        fits(doctor.open(page))
    doctor.open("/cases")
    doctor.open(doctor.main.locator("a[href^='/cases/']").first.get_attribute("href") or "")
    fits(doctor)


def begin(owner: Visitor) -> str:
    """A draft of the longest name that its form takes."""
    owner.open("/studio").follow("Begin a draft")
    fill(owner, {"What is this draft about?": "W" * LONGEST_DRAFT_NAME})
    return owner.press("Begin this draft").page.url


def begin_process(owner: Visitor) -> None:
    """A process with the longest names that its form takes."""
    name = "W" * LONGEST_NAME
    titles = ("What is the process called?", "What is its first step called?", "How does it end?")
    words = ("What is it about?", "What is the person asked to do?")
    fill(owner, dict.fromkeys((*titles, *words), name))
    owner.main.get_by_label("Who does it?").select_option("practitioner")
    owner.press("Begin this process").sees("The check finds nothing to mend")


def fill(at: Visitor, words: dict[str, str]) -> None:
    """Type into boxes by their labels."""
    for label, said in words.items():
        at.main.get_by_role("textbox", name=label).fill(said)
