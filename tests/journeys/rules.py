"""What every page of the site must be. A browser that is watched fails its journey at the page that breaks a rule.

On each page: nothing complains in the console, nothing is asked of another host, no answer is a fault of ours, there is
one first heading and the title begins with it, and nothing scrolls sideways. Once a page's shape in a run: axe, at the
width of a desk and at that of a telephone.
"""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, Response, ViewportSize

AXE = (Path(__file__).resolve().parents[1] / "browser/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK: ViewportSize = {"width": 1280, "height": 900}
TELEPHONE: ViewportSize = {"width": 375, "height": 812}
EXPECTED = frozenset({403, 404, 409, 422})
"""Answers that are pages of ours, although Chromium's console calls them failures."""
FAILED_TO_LOAD = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")

FACTS = """() => {
  const own = (heading) => [...heading.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
    .map((node) => node.textContent).join(' ').trim() || heading.textContent;
  const plain = (text) => text.replace(/\\s+/g, ' ').trim();
  const headings = [...document.querySelectorAll('h1')];
  return {
    title: plain(document.title),
    headings: headings.map((heading) => plain(own(heading))),
    failed: document.querySelector('.nhsuk-error-summary') !== null,
    sections: [...document.querySelectorAll('main h2')].map((heading) => plain(heading.textContent)).join('|'),
  };
}"""
RUN_AXE = f"""async () => {{
  const found = await axe.run({{runOnly: {STANDARDS}, resultTypes: ['violations']}});
  return found.violations.map((one) => `${{one.id}}: ${{one.help}}: ` +
    one.nodes.slice(0, 3).map((node) => `${{node.html.slice(0, 200)}} (${{node.failureSummary}})`).join(' || '));
}}"""
TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth <= 0 ? [] :
  [...document.querySelectorAll('main *')].filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map((part) => part.outerHTML.slice(0, 160)).concat('(the page scrolls sideways)')"""

_looked_at: set[tuple[str, ...]] = set()
_shared: list[Path] = []


class BrokenRule(AssertionError):
    """A page is not as every page has to be."""


@dataclass
class Watch:
    """What one browser did that it should not have."""

    host: str
    scripts: bool = True
    """Whether the browser runs JavaScript; without it axe cannot run either."""
    wrongs: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a browser."""
        context.on("console", self._said)
        context.on("weberror", lambda error: self.wrongs.append(f"error in a script: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("dialog", _go_on)

    def must_be_clean(self, where: str) -> None:
        """Fails with everything that went wrong so far."""
        if self.wrongs:
            raise BrokenRule(f"{where}: " + "; ".join(self.wrongs))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        failed = FAILED_TO_LOAD.match(message.text)
        if failed and int(failed[1]) in EXPECTED and message.page and message.location["url"] == message.page.url:
            return
        self.wrongs.append(f"the console says “{message.text}” ({message.location['url']})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.wrongs.append(f"a request left the host: {request.url}")

    def _answered(self, response: Response) -> None:
        of_ours = response.request.resource_type == "document" and response.status in EXPECTED
        if response.status >= 400 and not of_ours:
            self.wrongs.append(f"{response.request.method} {response.url} answered {response.status}")


DRAWN = "[data-diagram], [data-modeller], [data-table]"
"""What a script draws, and marks as shown once it has."""
MOMENTS = 10
"""Tenths of a second within which a page has taken the window's new width."""


def look_at(page: Page, *, scripts: bool) -> None:
    """Check the page that is open. Fails with the page's address and what is wrong."""
    facts = page.evaluate(FACTS)
    _check_heading(page, facts)
    shape = (shape_of(page), str(facts["failed"]), facts["sections"])
    if not scripts or shape in _looked_at or not _is_first(shape):
        return
    if page.locator(DRAWN).count():
        page.locator("[data-shown]").first.wait_for()
    look_closely(page)
    _looked_at.add(shape)


def share(folder: Path) -> None:
    """Tell the workers of a run, by a folder that they share, which shapes one of them has looked at closely."""
    folder.mkdir(exist_ok=True)
    _shared[:] = [folder]


def _is_first(shape: tuple[str, ...]) -> bool:
    """Whether no worker has taken this shape upon itself. Whoever finds something wrong fails the run."""
    mark = sha256("\n".join(shape).encode()).hexdigest()
    try:
        for folder in _shared:
            (folder / mark).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def look_closely(page: Page) -> None:
    """Check what stands on the page now, with axe, at the width of a telephone and at that of a desk."""
    # Evaluated through the browser's own protocol, which the content security policy does not stop.
    page.evaluate(AXE)
    for size in (TELEPHONE, DESK):
        page.set_viewport_size(size)
        _check_width(page, size)


def shape_of(page: Page) -> str:
    """An address without what differs from case to case; but each step is a screen of its own."""
    path = re.sub(r"(?<=/)[A-Z]+-[A-Z0-9-]+(?=/|$)|(?<=/)\d+(?=/|$)", "_", urlsplit(page.url).path)
    return f"{path} {page.title()}" if path.startswith("/steps/") else path


def _check_heading(page: Page, facts: dict[str, str]) -> None:
    if len(facts["headings"]) != 1 or not facts["headings"][0]:
        raise BrokenRule(f"{page.url} has the first headings {facts['headings']}")
    if not facts["title"].removeprefix("Error: ").startswith(facts["headings"][0]):
        raise BrokenRule(f"{page.url}: the title “{facts['title']}” does not begin with “{facts['headings'][0]}”")
    if facts["failed"] and not facts["title"].startswith("Error: "):
        raise BrokenRule(f"{page.url}: there are problems, and the title does not say so")


def _check_width(page: Page, size: ViewportSize) -> None:
    wide = page.evaluate(TOO_WIDE)
    for _ in range(MOMENTS):
        if not wide:
            break
        page.wait_for_timeout(100)  # the menu folds itself a moment after the window has changed
        wide = page.evaluate(TOO_WIDE)
    if wide:
        raise BrokenRule(f"{page.url} at {size['width']} px: {wide}")
    found = page.evaluate(RUN_AXE)
    if found:
        raise BrokenRule(f"{page.url} at {size['width']} px:\n" + "\n".join(found))


def _go_on(dialog: Dialog) -> None:
    """Leave the page when it asks whether changes may be lost."""
    dialog.accept()
