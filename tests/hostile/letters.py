"""Attacks by letters."""

from collections.abc import Mapping

from tests.hostile.attack import Attack
from tests.hostile.diagrams import many

FILE = "letters/hostile.md"
TOP = "title: A letter\nto: practitioner\n\n"


def letter(text: str, says: str = "") -> Attack:
    """A letter that says something."""
    return Attack(FILE, TOP + text, says)


LETTERS: Mapping[str, Attack] = {
    "a file that is read": letter('#read("/etc/passwd")'),
    "a file in a paragraph": letter('Dear #read("/etc/passwd") and #include "/etc/passwd"'),
    "a picture from a file": letter('#image("/etc/passwd")\n\n![x](file:///etc/passwd)'),
    "a formula": letter("$ sum_(k=0)^(10^9) k $ and `raw` and @label and \\u{1F4A9}", "stands for nothing"),
    "a loop": letter('#{ let a = "x"; while true { a += a } }', "stands for nothing"),
    "script": letter("<script>alert(1)</script> [here](javascript:alert(1))"),
    "900 KB": letter("x" * 900_000, "longer than 20,000"),
    "a paragraph as long as may be": letter("word " * 3_900),
    "5,000 paragraphs": letter("x\n\n" * 6_000),
    "3,000 places": letter("{trust} " * 2_400),
    "6,000 empty places": letter("{}" * 9_000, "stands for nothing"),
    "braces in braces": letter("{" * 5_000 + "}" * 5_000, "brace"),
    "braces that never close": letter("{" * 19_000, "brace"),
    "a place that reaches into an object": letter("{case.__class__.__mro__} {to.__class__} {0.__class__}",
                                                  "stands for nothing"),
    "a place that fills the memory": letter("{to!r:>9999999999}", "stands for nothing"),
    "a place of the policy's inside": letter("{policy.__class__}", "says nothing about it"),
    "a place that runs a program": letter("{__import__('os').system('id')}", "stands for nothing"),
    "a name that nobody has": letter("{name.__class__}", "is no role"),
    "a condition that runs a program": letter("[__import__('os').system('id')]\nx", "cannot be used"),
    "a condition that burns": letter("[9**9**9]\nx", "A power"),
    "2,000 conditions": letter("[to == 1]\nx\n\n" * 1_300),
    "2,000 conditions that are wrong": letter("[a b]\nx\n\n" * 2_000, "is not written as an expression"),
    "a condition of 19 KB": letter(f"[{'not ' * 4_700}1]\nx", "longer than 2000"),
    "a title with a place": Attack(FILE, "title: {case.days}\nto: amd\n\nx", "The title is the same"),
    "3,000 titles": Attack(FILE, "title: a\n" * 2_000 + "\nx", "said twice"),
    "4,000 roles": Attack(FILE, f"title: a\nto: {many('r# ', 3_000)}\n\nx", "is no role"),
    "a head that almost ends": Attack(FILE, f"{'a' * 9_000}{' ' * 9_000}\n\nx", "Above the first empty line"),
    "letters that run backwards": letter("\u202eabc\u2066", "invisible control character"),
    "letters that show nothing": letter("a\u3164b\u200bc", "invisible control character"),
    "marks upon marks": letter("a" + "\u0301" * 15_000, "invisible control character"),
    "a title that runs backwards": Attack(FILE, "title: A\u202eB\nto: amd\n\nx", "invisible control character"),
    "a word of 19 KB": letter("x" * 19_000),
    "a NUL": letter("a\0b", "invisible control character"),
    "nothing": Attack(FILE, "", "says nothing"),
}  # fmt: skip
