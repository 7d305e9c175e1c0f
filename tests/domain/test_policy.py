"""The shipped policies, what they inherit, and what is said of a faulty one."""

import csv
from pathlib import PurePosixPath

import pytest

from tests.domain.factories import policy, policy_files
from workflows.domain.deadlines import Effect, Kind, Length, Strength
from workflows.domain.plan import CATEGORIES, SECTIONS
from workflows.domain.policy import NoSuchDeadline, PolicyFault, read_policy
from workflows.domain.roles import Role
from workflows.domain.vocabulary import PROCESSES

TRUSTS = ["national_england", "cumbria", "blackpool"]
PREFIXES = {"cumbria": "CPFT", "blackpool": "BTH"}
AREAS = {"team_planning", "individual_planning", "sign_off", "disagreement", "mediation", "appeal", "review_and_change"}
NOT_A_DEADLINE_OF_A_CASE = {
    "CPFT-7.7.4-a",  # "as soon as possible" has no date: the review opens at once and shows the days elapsed
}


def clauses() -> list[dict[str, str]]:
    return list(csv.DictReader(policy_files()["clauses.csv"].splitlines()))


@pytest.mark.parametrize("trust", TRUSTS)
def test_every_deadline_names_a_clause_that_there_is(trust: str) -> None:
    known = {row["id"] for row in clauses()}
    assert {rule.clause for rule in policy(trust).deadlines.values()} <= known


@pytest.mark.parametrize("trust", ["cumbria", "blackpool"])
def test_every_clause_of_the_trust_that_sets_a_deadline_has_one(trust: str) -> None:
    wanted = {
        row["id"]
        for row in clauses()
        if row["policy"] == PREFIXES[trust] and row["kind"] == "deadline" and row["area"] in AREAS
    }
    named = {rule.clause for rule in policy(trust).deadlines.values()}
    assert wanted - named == (NOT_A_DEADLINE_OF_A_CASE if trust == "cumbria" else set())


@pytest.mark.parametrize("trust", ["cumbria", "blackpool"])
def test_a_trusts_own_deadlines_rest_on_its_own_policy(trust: str) -> None:
    own = [rule for rule in policy(trust).deadlines.values() if rule.source == trust]
    assert own
    assert all(rule.clause.startswith(PREFIXES[trust]) and rule.verified for rule in own)


@pytest.mark.parametrize("trust", TRUSTS)
def test_every_policy_knows_the_whole_dispute_chain(trust: str) -> None:
    chain = {
        key: (str(rule.length), rule.strength.value, rule.effect.value)
        for key in ("referral", "mediation_meeting", "lodge_appeal", "panel_meets", "statements", "recommendation")
        for rule in [policy(trust).deadline(key)]
    }
    assert chain == {
        "referral": ("2 weeks", "must", "lapse"),
        "mediation_meeting": ("4 weeks", "normally", "late"),
        "lodge_appeal": ("2 weeks", "must", "lapse"),
        "panel_meets": ("4 weeks", "must", "late"),
        "statements": ("1 week", "must", "late"),
        "recommendation": ("2 weeks", "normally", "late"),
    }


@pytest.mark.parametrize("trust", TRUSTS)
def test_only_rights_lapse(trust: str) -> None:
    lapsing = {key for key, rule in policy(trust).deadlines.items() if rule.effect is Effect.LAPSE}
    assert lapsing == {
        *("referral", "late_referral", "lodge_appeal", "late_appeal", "third_objection"),
        *("extra_pa_offer", "pay_answer"),
    }


@pytest.mark.parametrize("trust", TRUSTS)
def test_a_rule_that_is_not_its_own_is_marked_national(trust: str) -> None:
    assert {rule.source for rule in policy(trust).deadlines.values()} <= {trust, "national"}


@pytest.mark.clause("CPFT-7.5-a")
def test_cumbria_asks_for_two_signatures_within_28_days() -> None:
    cumbria = policy("cumbria")
    assert cumbria.signatories == (Role.PRACTITIONER, Role.CLINICAL_MANAGER)
    signing = cumbria.deadline("sign_off")
    assert (signing.start, signing.length, signing.strength) == ("meeting_date", Length(28, "day"), Strength.MUST)
    assert signing.effect is Effect.LATE


@pytest.mark.clause("BTH-App5-f")
def test_blackpool_asks_for_three_signatures() -> None:
    blackpool = policy("blackpool")
    assert [blackpool.title(role) for role in blackpool.signatories] == [
        "Senior doctor", "Head of Department", "Divisional Director",
    ]  # fmt: skip


def test_blackpool_sets_no_clock_for_sign_off_and_shows_the_national_default() -> None:
    signing = policy("blackpool").deadline("sign_off")
    assert (signing.source, signing.verified, signing.strength) == ("national", False, Strength.NORMALLY)


def test_both_parties_sign_the_whole_plan_and_the_divisional_director_not_its_notes() -> None:
    blackpool = policy("blackpool")
    assert blackpool.covers["practitioner"] == blackpool.covers["clinical_manager"] == SECTIONS
    assert blackpool.covers["amd"] == ("period", *CATEGORIES)


@pytest.mark.clause("BTH-3.4.1.4-a")
def test_blackpool_holds_its_specialty_meeting_in_a_window() -> None:
    meeting = policy("blackpool").deadline("team_meeting")
    assert (meeting.kind, str(meeting.length), str(meeting.until)) == (Kind.WINDOW, "14 days", "7 days")
    assert policy("blackpool").values["team_meeting_window"] is True
    assert policy("cumbria").values["team_meeting_window"] is False


@pytest.mark.clause("BTH-3.3.2.4-b")
def test_blackpool_issues_preparation_material_and_cumbria_does_not() -> None:
    assert policy("blackpool").values["preparation_material"] is True
    assert policy("cumbria").values["preparation_material"] is False


@pytest.mark.clause("CPFT-7.4.1-a")
def test_cumbria_wants_five_groups_at_a_team_session() -> None:
    assert set(policy("cumbria").values["team_session_groups"]) == {
        "service_manager", "clinical_manager", "nursing_quality_manager", "practitioners", "decision_makers",
    }  # fmt: skip


@pytest.mark.parametrize("trust", TRUSTS)
def test_every_role_has_a_title(trust: str) -> None:
    assert {role for role in Role if policy(trust).title(role)} == set(Role)


def test_the_place_of_a_party_is_taken_along_the_chain() -> None:
    chain = policy("cumbria").stands_in
    assert chain[Role.CLINICAL_MANAGER] is Role.AMD
    assert chain[chain[Role.AMD]] is Role.CHIEF_EXECUTIVE


def test_what_a_trust_leaves_unsaid_shows_through_with_its_source() -> None:
    blackpool = policy("blackpool")
    assert blackpool.values["full_time_pas"] == 10
    assert blackpool.source_of("values.full_time_pas") == "national"
    assert blackpool.source_of("values.preparation_material") == "blackpool"
    assert (blackpool.source_of("titles.amd"), blackpool.source_of("titles.mediator")) == ("blackpool", "national")
    assert (blackpool.source_of("sign_off"), blackpool.source_of("team_meeting")) == ("national", "blackpool")
    assert blackpool.source_of("signatories") == "blackpool"


def test_diagrams_read_the_values_and_cannot_write_them() -> None:
    values = policy("cumbria").values
    assert values["signatories"] == ["practitioner", "clinical_manager"]
    assert values["bodies"]["governance_group"] == "Job Planning Governance Group"
    with pytest.raises(TypeError):
        values["bodies"]["board"] = "Somebody else"


def test_a_deadline_that_is_not_in_the_policy_is_told_of() -> None:
    with pytest.raises(NoSuchDeadline, match="has no deadline “tea_time”"):
        policy("cumbria").deadline("tea_time")


@pytest.mark.parametrize("trust", TRUSTS)
def test_deadlines_of_whole_cases_are_kept_by_processes_that_there_are(trust: str) -> None:
    kept = {process for rule in policy(trust).deadlines.values() for process in rule.processes}
    assert kept <= set(PROCESSES)
    assert policy(trust).deadline("interim_plan").met_by == "plan_number"


def test_the_files_may_stand_in_folders() -> None:
    files = {f"policies/{name}": text for name, text in policy_files().items()}
    assert read_policy("cumbria", files).title("amd") == "Associate Medical Director"
    assert all(PurePosixPath(name).parent.name == "policies" for name in files)


FAULTS = [
    ('length = "28 days"', 'length = "28 dyas"', "cumbria.toml: deadlines.sign_off.length: “28 dyas” is not a length"),
    ('length = "28 days"', 'length = "0 days"', "cumbria.toml: deadlines.sign_off.length: a length must be more"),
    ('length = "28 days"', "", "cumbria.toml: deadlines.sign_off.length: a fixed date has no length"),
    (
        'effect = "late"',
        'effect = "shout"',
        "cumbria.toml: deadlines.sign_off.effect: `shout` must be one of `lapse`, `late`",
    ),
    ('strength = "must"', "", "cumbria.toml: deadlines.sign_off.strength: a text is needed here"),
    ("runs from {date}", "runs from {day}", r"cumbria.toml: deadlines.sign_off.start_words: it must hold `\{date\}`"),
    ("runs from {date}", "runs", r"cumbria.toml: deadlines.sign_off.start_words: it must hold `\{date\}`"),
    (
        'start = "meeting_date"',
        'begin = "meeting_date"',
        "cumbria.toml: deadlines.sign_off.begin: this is not known here",
    ),
    ('"escalate", to = ["amd"]', '"escalate", to = ["boss"]', "rung 4: `boss` is neither `holders` nor a role"),
    ('at = "+1 day"', 'at = "+1 working day"', "rung 4: rungs are counted in calendar days"),
    ('do = "escalate"', 'do = "shout"', "rung 4: `do` must be `remind` or `escalate`"),
]


@pytest.mark.parametrize(("was", "becomes", "sentence"), FAULTS)
def test_a_fault_is_a_sentence_that_names_file_and_key(was: str, becomes: str, sentence: str) -> None:
    files = policy_files()
    before, signing = files["cumbria.toml"].split("[deadlines.sign_off]")
    assert was in signing
    files["cumbria.toml"] = f"{before}[deadlines.sign_off]{signing.replace(was, becomes, 1)}"
    with pytest.raises(PolicyFault, match=sentence):
        read_policy("cumbria", files)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", "trust.toml: file: this is not TOML"),
        ('name = "T"\nnickname = "t"', "trust.toml: nickname: this is not known here"),
        ('name = "T"\ninherits = "scotland"', "trust.toml: inherits: there is no file scotland.toml"),
        ('name = "T"\ninherits = "trust"', "trust.toml: inherits: the policies inherit from each other in a circle"),
        ('inherits = "national_england"', "trust.toml: name: a text is needed here"),
        ('name = "T"\ninherits = "national_england"\ntitles = 3', "trust.toml: titles: a table is needed here"),
        ('name = "T"\ninherits = "national_england"\nsignatories = ["boss"]', "signatories: `boss` is no role"),
        ('name = "T"\ninherits = "national_england"\nsignatories = ["amd"]', "covers.amd: a signatory must cover"),
        (
            'name = "T"\ninherits = "national_england"\n[covers]\npractitioner = ["tea"]\nclinical_manager = "all"',
            "covers.practitioner: `tea` is no section",
        ),
        (
            'name = "T"\ninherits = "national_england"\n[stands_in]\nchief_executive = "amd"',
            "stands_in: .* would in the end stand in for itself",
        ),
        ('name = "T"', "titles: there is no title for"),
    ],
)
def test_a_faulty_file_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(PolicyFault, match=sentence):
        read_policy("trust", policy_files() | {"trust.toml": text})


def test_a_policy_that_is_not_there_is_told_of() -> None:
    with pytest.raises(PolicyFault, match=r"there is no file atlantis\.toml"):
        read_policy("atlantis", policy_files())


def test_the_words_of_a_drawing_name_roles_as_the_trust_does() -> None:
    words = "Ask your {clinical_manager}, then the {medical_directorate}; {case.x} and {tea} are none."
    assert policy("blackpool").worded(words) == (
        "Ask your Head of Department, then the Medical Workforce; {case.x} and {tea} are none."
    )


def test_lanes_of_a_drawing_are_called_by_the_titles_of_their_roles_and_what_is_no_role_stays() -> None:
    drawn = '<bpmn:lane id="lane_amd" name="amd"><lane\nname="somebody" id="amd"/><task name="amd"/>'
    said = drawn.replace('lane_amd" name="amd"', 'lane_amd" name="Associate Medical Director"')
    assert policy("cumbria").titled(drawn) == said
