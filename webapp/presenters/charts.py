"""Charts as SVG in the page: classes alone, no style and no script. The same figures stand in a table beside each."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from markupsafe import Markup

from webapp.presenters import words

WIDTH, LEFT, RIGHT, TOP, ROW, BAR = 720, 190, 60, 40, 32, 22
LONGEST_LABEL = 24
NARROWEST_NUMBER = 26
"""Below this width a part of a bar has no room for its number."""


class Bar(NamedTuple):
    """A bar of parts. `mark` is where a line crosses it, None for none."""

    label: str
    parts: tuple[Fraction, ...]
    mark: Fraction | None = None


def stacked_bars(key: str, title: str, description: str, series: Sequence[str], bars: Sequence[Bar]) -> Markup:
    """Bars under each other, each with its sum behind it; `key` makes its ids its own in the page."""
    peak = max((max(sum(bar.parts, Fraction(0)), bar.mark or Fraction(0)) for bar in bars), default=Fraction(0))
    scale = Fraction(WIDTH - LEFT - RIGHT) / (peak or 1)
    body = [*_legend(series), *(each for place, bar in enumerate(bars) for each in _bar(place, bar, series, scale))]
    return Markup(
        '<svg class="app-chart" viewBox="0 0 {w} {h}" role="img" aria-labelledby="{key}-title {key}-text">'
        '<title id="{key}-title">{title}</title><desc id="{key}-text">{description}</desc>{body}</svg>'
    ).format(
        w=WIDTH, h=TOP + len(bars) * ROW, key=key, title=title, description=description, body=Markup("").join(body)
    )


def _legend(series: Sequence[str]) -> Iterator[Markup]:
    x = LEFT
    for place, name in enumerate(series, 1):
        yield Markup('<rect class="app-chart__part{}" x="{}" y="6" width="14" height="14"/>').format(place, x)
        yield _text(x + 20, 18, name)
        x += 44 + 8 * len(name)


def _bar(place: int, bar: Bar, series: Sequence[str], scale: Fraction) -> Iterator[Markup]:
    y, x = TOP + place * ROW, Fraction(LEFT)
    label = bar.label if len(bar.label) <= LONGEST_LABEL else f"{bar.label[: LONGEST_LABEL - 1]}…"
    yield _text(LEFT - 10, y + 16, label, "app-chart__label")
    for number, (name, value) in enumerate(zip(series, bar.parts, strict=True), 1):
        if not value:
            continue
        width, said = value * scale, words.figure(value)
        yield Markup(
            '<rect class="app-chart__part{}" x="{}" y="{}" width="{}" height="{}"><title>{}, {}: {}</title></rect>'
        ).format(number, _at(x), y, _at(width), BAR, bar.label, name, said)
        if width > NARROWEST_NUMBER:
            yield _text(x + width / 2, y + 16, said, f"app-chart__number{number}")
        x += width
    yield _text(x + 8, y + 16, words.figure(sum(bar.parts, Fraction(0))), "app-chart__sum")
    if bar.mark is not None:
        where = _at(LEFT + bar.mark * scale)
        yield Markup('<line class="app-chart__mark" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            where, where, y - 3, y + BAR + 3
        )


def _text(x: Fraction | int, y: int, said: str, kind: str = "") -> Markup:
    return Markup('<text class="app-chart__text {}" x="{}" y="{}">{}</text>').format(kind, _at(x), y, said)


def _at(value: Fraction | int) -> str:
    return f"{float(value):.1f}"
