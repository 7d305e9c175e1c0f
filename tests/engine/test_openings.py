"""What a case is called when it is opened."""

from workflows.engine.openings import title


def test_a_case_of_a_process_that_a_trust_drew_itself_is_called_as_its_drawing() -> None:
    facts = {"year": "2027/28", "subject": 4}
    assert title("study_leave", facts, "Dr Ada Example", "Study leave") == "Dr Ada Example: study leave 2027/28"
    plan = title("individual_planning", facts, "Dr Ada Example", "Plans")
    assert plan == "Dr Ada Example: individual job plan 2027/28"
