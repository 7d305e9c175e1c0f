"""On-call rotas in words."""

from fractions import Fraction

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.arithmetic.on_call import percent
from workflows.domain.arithmetic.on_call_diary import Entry, Regular
from workflows.domain.arithmetic.on_call_supplement import CATEGORIES, METHOD_NOT_STATED, Supplement, spoken
from workflows.domain.arithmetic.working import Working
from workflows.inbox.rota_diaries import DiaryPage, EntryLine
from workflows.inbox.rotas import DiaryLine, Line, MemberLine, RotaPage

SEVERAL = METHOD_NOT_STATED
NOT_VERIFIED = (
    "Your policy gives no figures for diaries and days of leave: 10 weeks and the days of BTH Appendix 4 are a default"
    " (not verified)."
)


def one_in(frequency: Fraction | None) -> str:
    """ "1 in 5"."""
    return f"1 in {spoken(frequency)}" if frequency else "Nobody is on it"


def pas(value: Fraction | None) -> str:
    """ "0.62 PA", or that it is open."""
    return "Not agreed yet" if value is None else f"{words.figure(value)} PA"


def together(line: Line | DiaryLine) -> str:
    """What each doctor has for on-call work a week."""
    if line.predictable is None or line.unpredictable is None:
        return "Not agreed yet"
    return f"{words.figure(line.predictable + line.unpredictable)} PA"


def category(key: str) -> str:
    """The category in words."""
    return CATEGORIES.get(key, "Not set yet")


def diary_tag(line: DiaryLine) -> Tag:
    """How a diary stands."""
    if line.agreed:
        return Tag("Agreed", "green")
    return Tag("Average to be agreed", "orange") if line.over else Tag("Diary open", "blue")


def kept(line: DiaryLine) -> str:
    """ "This diary is kept from 1 March 2027 to 9 May 2027."."""
    verb = "was" if line.over else "is"
    return f"This diary {verb} kept from {words.short_day(line.starts_on)} to {words.short_day(line.ends_on)}."


def period(line: DiaryLine) -> str:
    """ "1 March 2027 to 9 May 2027"."""
    return f"{words.short_day(line.starts_on)} to {words.short_day(line.ends_on)}"


def spell(member: MemberLine) -> str:
    """ "Since 1 March 2027", "1 March 2027 to 9 May 2027"."""
    first = words.short_day(member.starts_on)
    return f"{first} to {words.short_day(member.ends_on)}" if member.ends_on else f"Since {first}"


def supplement(found: Supplement | None) -> str:
    """ "5 % of full-time basic salary", or why there is none."""
    if found is None:
        return "–"
    return f"{words.figure(found.percent)} % of {found.basis}" if found.percent is not None else found.flag


def cover(page: RotaPage) -> str:
    """What prospective cover would make of the frequency, which the supplement never goes by."""
    if page.with_cover is None:
        return ""
    often = f"{float(page.with_cover):.1f}".removesuffix(".0")
    return (
        f"While they cover each other’s leave, a turn comes about 1 in {often}. The supplement does not go by that"
        " (BTH 3.4.13.1)."
    )


def value(line: Working) -> str:
    """ "0.621 PA", "1.5 hours"."""
    return f"{words.figure(line.value)} {line.unit}"


def hours(value: Fraction) -> str:
    """ "1.5 hours"."""
    return f"{words.figure(value)} {'hour' if value == 1 else 'hours'}"


def factor(value: Fraction) -> str:
    """ "124.29 %"."""
    return percent(value)


def entered(entry: Entry) -> str:
    """What is said once work was entered."""
    return f"{hours(entry.hours).capitalize()} on {words.short_day(entry.day)} entered."


def kind(entry: EntryLine) -> str:
    """What kind of work it was, and whether it counts."""
    said = "Predictable" if entry.predictable else "Unpredictable"
    return f"{said}, inside a timetabled PA: not counted here" if entry.in_pa else said


def when(entry: EntryLine) -> str:
    """ "22:00 to 01:30"."""
    return f"{entry.start} to {entry.end}"


def times(number: int) -> str:
    """How often a doctor has entered work."""
    return words.count(number, "entry", "entries")


def silent(page: DiaryPage) -> str:
    """Who has entered nothing."""
    names = [name for name, often in page.kept_by if not often]
    if not names:
        return ""
    have = "has" if len(names) == 1 else "have"
    return f"{words.listed(names)} {have} entered nothing. Were they not called, or is it missing?"


def belongs(found: Regular) -> str:
    """Work that belongs in the timetable: "Saturday 09:00 to 11:00, in 9 of 10 weeks"."""
    slot = found.slot
    return f"{slot.day.capitalize()} {slot.start} to {slot.end}, in {found.times} of {found.weeks} weeks"


def to_agree(page: DiaryPage) -> str:
    """What is about to be agreed."""
    if page.worth is None:
        return "Nobody was on the rota on the last day of this diary, so there is no average to agree."
    share = page.worth.share
    unpredictable, predictable = words.figure(share.unpredictable.pas), words.figure(share.predictable.pas)
    return (
        f"Each of the {words.count(page.worth.doctors, 'doctor')} on {page.rota.line.name} then has {unpredictable} PA"
        f" a week of unpredictable and {predictable} PA of predictable on-call work. No job plan says"
        f" otherwise. {page.worth.warning}"
    ).strip()
