"""What makes a password good enough (NCSC): long, not one of the commonest, nothing that is known of its person.

No rules on capitals, figures or signs: they make passwords harder to remember, not harder to guess.
"""

import re
import unicodedata

from workflows.domain.errors import BadValues

UNUSABLE = "none"
"""In the place of a hash: no password fits."""
SHORTEST = 12
LONGEST = 200
"""Characters. Longer ones only cost time."""
WELL_KNOWN = """\
passwordpassword password password1 password12 password123 password1234 password12345 passw0rd passw0rd123
mypassword yourpassword thisismypassword changeme changemenow changethis letmein letmeinplease letmeinnow
qwertyuiop qwertyqwerty qwertyuiopasdf qwertyuiopasdfgh asdfghjkl asdfasdfasdf zxcvbnm qazwsxedcrfv 1qaz2wsx3edc
1q2w3e4r5t6y 1qaz2wsx3edc4rfv q1w2e3r4t5y6 abcdefghijkl abcdefghijklm abcdefghijklmnop abcabcabcabc abcd1234abcd
iloveyou iloveyouforever iloveyousomuch iloveyou123 sunshine sunshine123 princess princess123 football football123
baseball123 superman superman123 batman123456 dragon123456 monkey123456 master123456 shadow123456 charlie12345
michael12345 liverpool liverpoolfc liverpool123 arsenal12345 chelsea12345 manchester manchesterunited manchestercity
welcome welcome1 welcome123 welcome1234 welcome12345 admin administrator adminadmin administrator1 administrator123
trustno1 whatever whatever123 computer computer123 internet internet123 secret secretpassword topsecret nopassword
hospital hospital123 nhspassword nhs123456789 nhsnhsnhsnhs nationalhealthservice doctordoctor doctor123456
consultant consultant123 jobplanning jobplan jobplan12345 accordaccord accord123456 accordpassword
summer summer2024 summer2025 summer2026 winter winter2024 winter2025 winter2026 spring autumn january february
"""
COMMON = frozenset(WELL_KNOWN.split())
"""Some of the commonest, as `plain` writes them."""
ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
PARTS = re.compile(r"[^0-9a-z]+")


def check_password(password: str, *, email: str, name: str) -> None:
    """Raises BadValues with a sentence for `password`."""
    problem = problem_of(password, email=email, name=name)
    if problem:
        raise BadValues({"password": problem})


def problem_of(password: str, *, email: str, name: str) -> str:
    """What is wrong with a password, as a sentence; "" for a good one."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three or four words that do not belong together are easy to keep."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    said = plain(password)
    if is_own(said, email, name):
        return "Choose a password that is not made of your name or your e-mail address."
    if is_common(said):
        return "This is one of the passwords that are guessed first. Choose another."
    return ""


def plain(text: str) -> str:
    """A text as it is compared: small letters and figures alone, without accents; as it is where it has none."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return PARTS.sub("", folded) or "".join(text.casefold().split())


def is_own(said: str, email: str, name: str) -> bool:
    """Whether a password is made of the words of a name and an address alone, with figures around them or not."""
    words = {part for part in PARTS.split(unicodedata.normalize("NFKD", f"{email} {name}".casefold())) if len(part) > 1}
    left = said
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left != said and not left.strip("0123456789")


def is_common(said: str) -> bool:
    """Whether it is among the commonest, with figures before or after it or not; or one run of keys, or one part over
    and over again."""
    core = said.strip("0123456789")
    if said in COMMON or core in COMMON or (not core and len(set(said)) < 5):
        return True
    if any(said in row * 3 or said in row[::-1] * 3 for row in ROWS):
        return True
    return any(said == said[:size] * (len(said) // size) for size in range(1, 5) if len(said) % size == 0)
