"""What a process owner writes as a letter, read and filled in."""

import pytest

from workflows.domain.letters import Table, fill, filled_in, read_letter

LETTER = """title: The decision
to: practitioner clinical_manager
copy: amd

Dear {to},

# What stands

{outcomes}

[case.answer == "appeal"]
You can appeal until {due.lodge_appeal}.

- One thing of {doctor}
- Another thing
"""


def sentences(text: str) -> list[str]:
    return [fault.sentence for fault in read_letter(text).faults]


def said(text: str, **words: str) -> list[object]:
    """The paragraphs of a letter, with these words in its places; a condition holds where it says so."""
    return [
        block.get("text") or block.get("items") or block["rows"]
        for block in fill(
            read_letter(f"title: A letter\nto: amd\n\n{text}"),
            word=lambda name: words[name],
            table=lambda _: Table(("Part", "What stands"), (("Clinic", "1 PA"),)),
            holds=lambda condition: condition == "yes",
        )
    ]


def test_a_letter_says_what_it_is_called_and_who_gets_it() -> None:
    letter = read_letter(LETTER)
    assert (letter.title, letter.to, letter.copies) == ("The decision", ("practitioner", "clinical_manager"), ("amd",))
    assert [(block.kind, block.line) for block in letter.blocks] == [
        ("paragraph", 5), ("heading", 7), ("table", 9), ("paragraph", 12), ("list", 14),
    ]  # fmt: skip
    assert letter.faults == ()


def test_lines_without_an_empty_one_between_them_are_one_paragraph() -> None:
    assert said("One line\nand the next.\n\nAnother.") == ["One line and the next.", "Another."]


def test_a_paragraph_under_a_condition_is_said_only_where_it_holds() -> None:
    assert said("[yes]\nThis.\n\n[no]\nNot this.\n\nAnd this.") == ["This.", "And this."]


def test_words_of_a_case_are_words_and_never_places_of_their_own() -> None:
    assert said("Dear {to},", to="{sender} {case.__class__}") == ["Dear {sender} {case.__class__},"]
    assert filled_in("{ to }", lambda name: f"<{name}>") == "<to>"


def test_a_table_stands_where_its_name_is_a_paragraph_of_its_own() -> None:
    assert said("{outcomes}") == [[["Clinic", "1 PA"]]]


def test_a_table_without_rows_is_left_out() -> None:
    letter = read_letter("title: A\nto: amd\n\n{agenda}")
    assert fill(letter, word=str, table=lambda _: Table(("Order",)), holds=bool) == []


def test_a_column_that_has_more_to_say_gets_more_room() -> None:
    letter = read_letter("title: A\nto: amd\n\n{outcomes}")
    rows = Table(("Part", "Why"), (("Clinic", "A reason that goes on for a good while, and then some more"),))
    assert fill(letter, word=str, table=lambda _: rows, holds=bool)[0]["widths"] == [1, 4]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("to: amd\n\nWords.", 1, "The letter does not say what it is called. Write “title: …” at its top."),
        ("title: A\n\nWords.", 1, "The letter does not say which roles get it. Write “to: …” at its top."),
        ("title: A\nto: amd\n", 0, "The letter says nothing."),
        ("title: A\nto: boss\n\nWords.", 2, "`boss` is no role that can get a letter."),
        ("title: A\ntitle: B\nto: amd\n\nWords.", 2, "“title” is said twice."),
        ("title: Of {doctor}\nto: amd\n\nWords.", 1, "The title is the same in every case: it has no places to fill."),
        (
            "title: A\nto: amd\nDear all\n\nWords.", 3,
            "Above the first empty line stand only “title: …”, “to: …” and “copy: …”.",
        ),
        (
            "title: A\nto: amd\n\nDear {to", 4,
            "A brace is opened and not closed in this line, or closed and not opened.",
        ),
        ("title: A\nto: amd\n\nThis: {outcomes}.", 4, "`{outcomes}` is a table: it needs a paragraph of its own."),
        ("title: A\nto: amd\n\nWords.\n\n[yes]", 7, "There is nothing under this condition."),
        ("title: A\nto: amd\n\n#", 4, "This says nothing."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(text: str, line: int, sentence: str) -> None:
    assert [(fault.line, fault.sentence) for fault in read_letter(text).faults] == [(line, sentence)]


def test_a_letter_that_goes_on_for_ever_is_not_read() -> None:
    assert sentences("x" * 20_001) == ["The letter is longer than 20,000 characters."]
