"""Passwords: long, not among the commonest, nothing that is known of their person. No rules on signs."""

import pytest

from workflows.domain.errors import BadValues
from workflows.domain.passwords import check_password, problem_of

EMAIL, NAME = "amina.osei@cpft.example", "Dr Amina Osei"


@pytest.mark.parametrize(
    "good",
    [
        "seven grey herons fishing",
        "all small letters",
        "7391 4402 8815 2",
        "密码是很长的一个句子没有规则",
        "Amina walks to Keswick",
        "  spaces around it  ",
    ],
)
def test_a_long_password_of_whatever_signs_is_good(good: str) -> None:
    assert problem_of(good, email=EMAIL, name=NAME) == ""


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("eleven char", "at least 12 characters"),
        ("x" * 201, "at most 200 characters"),
        ("amina.osei@cpft.example", "your name or your e-mail"),
        ("AMINA OSEI 2027", "your name or your e-mail"),
        ("oseiaminaosei", "your name or your e-mail"),
        ("Password1234", "guessed first"),
        ("P a s s w o r d 1 2 3 4", "guessed first"),
        ("Welcome 2027!", "guessed first"),
        ("qwertyuiopqwertyuiop", "guessed first"),
        ("098765432109", "guessed first"),
        ("abababababab", "guessed first"),
        ("111111111111", "guessed first"),
        ("!!!!!!!!!!!!!", "guessed first"),
    ],
)
def test_what_is_guessed_first_is_refused_with_a_sentence(bad: str, words: str) -> None:
    with pytest.raises(BadValues, match=words) as refused:
        check_password(bad, email=EMAIL, name=NAME)
    assert list(refused.value.problems) == ["password"]
