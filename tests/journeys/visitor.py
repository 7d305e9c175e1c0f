"""Somebody at a browser of their own. Every page that they come to is checked; they find what to press by its words."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from playwright.sync_api import APIResponse, Locator, Page, expect

from tests.journeys import drawn, rules
from tests.journeys.live import Site

Answers = Mapping[str, Any]
COMPLETE, SAVE = "Complete this step", "Save and come back later"


class Visitor:
    """One person. `page` is the one that is open."""

    def __init__(self, page: Page, site: Site, watch: rules.Watch) -> None:
        self.page, self.site, self.watch = page, site, watch

    # Coming to pages

    def sign_in(self, person: str) -> "Visitor":
        """Choose a persona on the sign-in page."""
        self.open("/sign-in")
        self.press(f"Sign in as {person}")
        self.reads("My steps")
        return self

    def open(self, address: str, status: int = 200) -> "Visitor":
        """Open an address of the site."""
        answer = self.page.goto(f"{self.site.url}{address}" if address.startswith("/") else address)
        assert answer is not None, address
        assert answer.status == status, f"{address} answered {answer.status}: {self.heading}"
        self.look()
        return self

    def get(self, address: str) -> APIResponse:
        """Ask for an address as this person, without opening it."""
        return self.page.request.get(f"{self.site.url}{address}")

    def press(self, words: str | re.Pattern[str], within: Locator | None = None) -> "Visitor":
        """Press a button that leads to another page."""
        with self.arriving():
            (within or self.page).get_by_role("button", name=words, exact=True).click()
        return self

    def follow(self, words: str | re.Pattern[str], within: Locator | None = None) -> "Visitor":
        """Follow a link, or what is a link and looks like a button."""
        place = within or self.page
        with self.arriving():
            place.get_by_role("link", name=words).or_(place.get_by_role("button", name=words)).first.click()
        return self

    def again(self) -> "Visitor":
        """Reload."""
        return self.open(self.page.url)

    def window(self) -> "Visitor":
        """A second window of the same browser."""
        return Visitor(self.page.context.new_page(), self.site, self.watch)

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Wait for the page that follows, and look at it."""
        with self.page.expect_event("load"):
            yield
        self.look()

    def look(self) -> None:
        """Check the open page by the rules of every page."""
        self.watch.must_be_clean(self.page.url)
        rules.look_at(self.page, scripts=self.watch.scripts)
        self.watch.must_be_clean(self.page.url)

    # What is there to read

    @property
    def main(self) -> Locator:
        """What is in the page between its head and its foot."""
        return self.page.get_by_role("main")

    @property
    def heading(self) -> str:
        """The first heading."""
        return self.page.locator("h1").inner_text()

    def reads(self, heading: str) -> None:
        """The page's first heading begins like this."""
        expect(self.page.locator("h1")).to_have_text(re.compile(rf"^\s*{re.escape(heading)}"))

    def sees(self, *words: str | re.Pattern[str]) -> None:
        """Each of these stands on the page."""
        for each in words:
            expect(self.main).to_contain_text(each)

    def problems(self) -> list[str]:
        """The lines of the error summary, which must have the focus."""
        box = self.page.locator(".nhsuk-error-summary")
        expect(box).to_be_focused()
        expect(box).to_contain_text("There is a problem")
        return box.get_by_role("link").all_inner_texts()

    def shown(self) -> str:
        """The words of the open page, for whoever asks why a journey failed."""
        return str(self.page.evaluate("(document.querySelector('main') ?? document.body).innerText"))

    # Steps

    def waiting(self) -> list[str]:
        """The names of the steps that wait for this person."""
        self.open("/")
        return [each.strip() for each in self.main.locator("a[href^='/steps/']").all_inner_texts()]

    def take(self, element: str, about: str = "") -> "Visitor":
        """Open the step that waits; `about` is a word of its row where several wait."""
        self.open("/")
        rows = self.main.get_by_role("row").filter(has=self.page.get_by_role("link", name=drawn.name(element)))
        row = rows.filter(has_text=about) if about else rows
        self.follow(drawn.name(element), within=row.first)
        claim = self.main.get_by_role("button", name="Claim this step", exact=True)
        if claim.count():
            self.press("Claim this step")
        self.reads(drawn.name(element))
        return self

    def do(self, element: str, about: str = "", also: Callable[[], None] | None = None, **answers: Any) -> "Visitor":
        """Take a step, answer its questions and complete it. `also` fills what the diagram does not draw."""
        self.take(element, about)
        if also is not None:
            also()
        self.answer(element, **answers)
        return self.complete(element)

    def complete(self, element: str) -> "Visitor":
        """Press the button that ends the step, and read that it is done."""
        self.press(COMPLETE)
        assert not self.page.locator(".nhsuk-error-summary").count(), self.main.inner_text()
        self.sees(f"You have completed “{drawn.name(element)}”")
        return self

    def answer(self, element: str, **answers: Any) -> None:
        """Answer drawn questions. A choice is named by its key, several by theirs, people by their names, a date by a
        date."""
        for key, value in answers.items():
            field = drawn.question(element, key)
            label = re.compile(
                rf"^\s*{re.escape(field.label)}(\s*\((optional|if you answered .*|with some answers)\))?\s*$"
            )
            if field.type == "date":
                self.fill_date(self.main.get_by_role("group", name=label), value)
            elif field.type in {"choice", "yes_no"}:
                self._choose(label, dict(field.options).get(value) or {True: "Yes", False: "No"}[value])
            elif field.type in {"people", "several"}:
                for name in value:
                    words = dict(field.options).get(name, name)
                    self.main.get_by_role("group", name=label).get_by_role("checkbox", name=words).check()
            elif field.type == "person":
                self.choose(label, value)
            else:
                self.main.get_by_role("textbox", name=label).fill(str(value))

    def choose(self, question: str | re.Pattern[str], words: str) -> None:
        """The option with these words, in a list or among buttons: which of the two depends on how many there are."""
        boxes = self.main.get_by_role("combobox", name=question)
        if boxes.count():
            boxes.select_option(label=boxes.get_by_role("option").filter(has_text=words).first.inner_text())
        else:
            self.main.get_by_role("group", name=question).get_by_role("radio", name=words).check()

    def fill_date(self, group: Locator, value: date) -> None:
        """The three boxes of a date."""
        for part, number in (("Day", value.day), ("Month", value.month), ("Year", value.year)):
            group.get_by_role("textbox", name=part).fill(str(number))

    def _choose(self, label: re.Pattern[str], words: str) -> None:
        group = self.main.get_by_role("group", name=label)
        group.get_by_role("radio", name=words, exact=True).or_(
            group.get_by_role("checkbox", name=words, exact=True)
        ).check()

    # The demonstration's clock

    def today(self) -> date:
        """The day that the demonstration shows."""
        said = self.page.get_by_role("complementary", name=re.compile("clock")).inner_text()
        found = re.search(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})", said)
        assert found, said
        return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))

    def move_to(self, day: date) -> "Visitor":
        """Move the demonstration's clock to the morning of a day."""
        banner = self.page.get_by_role("complementary", name=re.compile("clock"))
        banner.get_by_text("Move time forward").click()
        banner.get_by_label("To", exact=True).fill(day.isoformat())
        self.press(re.compile("^Go"), within=banner)
        self.sees("It is now")
        return self


MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
]
