"""Every rule of the site's map, asked as everybody: a new view is asked by itself, nobody has to think of it.

What an address names is real (tests.webapp.every_route.objects); a view with a new kind of argument fails here until
something real is given for it.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from flask import Flask

from tests.factories import NOW
from tests.webapp import every_route
from tests.webapp.apps import new_app
from tests.webapp.demonstration_site import Site
from tests.webapp.every_route import ARGUMENT, SESSION, Asked, Objects
from webapp import guards

TRUSTS = ("CPFT", "BTH")
OTHER = {"CPFT": "BTH", "BTH": "CPFT"}
ONE_OR_BOTH = pytest.mark.parametrize("trust", ["CPFT", pytest.param("BTH", marks=pytest.mark.exhaustive)])
"""Every role of a trust asks everything. One trust shows it of the code, which is the same for both; the other, whose
policy and roles differ a little, is asked with what is exhaustive."""
PUBLIC = frozenset(
    {
        "static",
        "sign_in.form",
        "sign_in.enter",
        "sign_in.at_trust",
        "sign_in.as_persona",
        "sign_in.out",
        "passwords.forgotten",
        "passwords.ask",
        "passwords.choose",
        "health.healthz",
    }
)
"""What a stranger may ask for. Whoever adds to it has opened a door."""
SHARED = frozenset({"account.end_browser"})
"""What nobody may do in a demonstration, whose visitors share accounts (tests.webapp.test_account)."""
HOSTILE = (
    *("0", "-1", "1.5", "1e9", str(2**31), str(2**40), str(2**63), str(2**64), "9" * 400, "٣", "%F0%9F%98%80"),
    *("..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%00", "1%00", "%ff", "%0d%0aX-Hostile:%201", "x" * 5000),
    *("'", '"', "1%20or%201=1", "%3Cscript%3E", "%7B%7B7*7%7D%7D", "%25s", "*", "null"),
)
IN_A_FIELD = (
    "-1",
    str(2**64),
    "9" * 400,
    "..",
    "%00",
    "%ff",
    "x" * 5000,
    "%27%20or%201=1",
    "%3Cscript%3E",
    "2026-99-99",
)
A_FEW_OR_ALL = pytest.mark.parametrize(
    "times",
    [pytest.param(5, id="a few in turn"), pytest.param(len(HOSTILE), id="all", marks=pytest.mark.exhaustive)],
)
"""How many hostile values each place gets: with a few of them all the places together still get each."""
FIELD = re.compile(r'name="([^"]+)"')
READ_BY_ADDRESS = re.compile(r'<form[^>]*method="get".*?</form>', re.DOTALL)


class Everywhere:
    """The demonstration with something real of each trust for each argument, and somebody of it for each role."""

    def __init__(self, told: Path, folder: Path) -> None:
        self.site = Site(told, folder)
        self.app: Flask = self.site.app
        with self.site.session() as session:
            self.objects = {key: every_route.objects(session, key) for key in TRUSTS}
            self.roles = {key: every_route.roles_of(session, key) for key in TRUSTS}

    def asked(self, values: Objects) -> list[Asked]:
        """Everything but what changes who is signed in."""
        return [each for each in every_route.asked(self.app, values) if each.endpoint not in SESSION]

    def never(self, trust: str) -> dict[tuple[str, str], Asked]:
        """The same about things that there have never been, by endpoint and method."""
        found = self.asked(every_route.never(self.objects[trust]))
        return {(each.endpoint, each.method): each for each in found}


@pytest.fixture(scope="module")
def everywhere(small_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everywhere]:
    """One site for all: nobody here gets anything done, except in their own trust."""
    with time_machine.travel(NOW, tick=False):
        yield Everywhere(small_demonstration, tmp_path_factory.mktemp("everywhere"))


def test_every_view_says_who_may_open_it(everywhere: Everywhere) -> None:
    with everywhere.app.app_context():
        silent = [rule.endpoint for rule, _ in every_route.rules(everywhere.app) if not guards.declared(rule.endpoint)]
    assert set(silent) <= guards.OPEN


@pytest.mark.parametrize("trust", TRUSTS)
def test_a_stranger_gets_no_further_than_to_sign_in(everywhere: Everywhere, trust: str) -> None:
    let_in = set()
    for each in every_route.asked(everywhere.app, everywhere.objects[trust]):
        answer = every_route.send(everywhere.app.test_client(), each)
        sent_away = answer.headers.get("Location", "").partition("?")[0] == "/sign-in"
        if not (sent_away and answer.status_code == 303) and answer.status_code not in {403, 404, 405}:
            let_in.add(each.endpoint)
    assert let_in <= PUBLIC, let_in - PUBLIC


@ONE_OR_BOTH
def test_what_belongs_to_the_other_trust_answers_like_what_has_never_been(everywhere: Everywhere, trust: str) -> None:
    """Refused as not there, or before anybody looked whether it is."""
    theirs = [each for each in everywhere.asked(everywhere.objects[OTHER[trust]]) if each.about_objects]
    nothing = everywhere.never(trust)
    before = everywhere.site.read(every_route.counted)
    for role, person in everywhere.roles[trust].items():
        client = every_route.signed_in(everywhere.app, person)
        for each in theirs:
            answer = every_route.send(client, each)
            who = f"{role}: {each.method} {each.address}"
            assert answer.status_code in {403, 404}, f"{who} is {answer.status_code}"
            if answer.status_code == 403:
                same = client.open(nothing[each.endpoint, each.method].address, method=each.method)
                assert same.status_code == 403, f"{who} tells that it is there"
    assert everywhere.site.read(every_route.counted) == before, "nothing was written"


@ONE_OR_BOTH
@pytest.mark.usefixtures("standstill")
def test_every_role_of_the_trust_itself_gets_a_page_or_a_plain_refusal(
    small_demonstration: Path, place: Path, trust: str
) -> None:
    own = Everywhere(small_demonstration, place)
    everything, nothing = own.asked(own.objects[trust]), own.never(trust)
    there = set()
    for person in sorted(own.roles[trust].values(), reverse=True):
        client = every_route.signed_in(own.app, person)
        for each in everything:
            status = every_route.send(client, each).status_code
            if status == 403 and each.endpoint not in there:
                nowhere = every_route.send(client, nothing[each.endpoint, each.method])
                status = 403 if nowhere.status_code == 404 else 404
            if status != 404:
                there.add(each.endpoint)
    real = {each.endpoint for each in everything if each.about_objects}
    assert real - there == SHARED, "what is asked for is there, or nothing here would prove anything"


@pytest.mark.parametrize("token", ["", "made-up"])
def test_no_form_is_taken_without_its_token(everywhere: Everywhere, token: str) -> None:
    everywhere.site.client("Carol Lamb")
    careful = new_app(everywhere.site.url)
    careful.config["WTF_CSRF_ENABLED"] = False
    client = every_route.signed_in(careful, everywhere.roles["CPFT"]["medical_directorate"])
    careful.config["WTF_CSRF_ENABLED"] = True
    before = everywhere.site.read(every_route.counted)
    for each in every_route.asked(careful, everywhere.objects["CPFT"]):
        if each.method != "GET":
            answer = client.open(each.address, method=each.method, data={"csrf_token": token} if token else {})
            every_route.look(answer, f"{each.method} {each.address}")
            assert answer.status_code == 400, f"{each.endpoint} takes a form that is not ours"
            assert "This page was open for too long" in answer.text
    assert everywhere.site.read(every_route.counted) == before


def in_turn(values: Sequence[str], times: int) -> Iterator[tuple[str, ...]]:
    """The next few of the values, over and over."""
    turn = cycle(values)
    while True:
        yield tuple(islice(turn, min(times, len(values))))


@A_FEW_OR_ALL
@pytest.mark.parametrize("who", ["a stranger", "medical_directorate"])
def test_nothing_in_an_address_is_a_fault_of_ours(everywhere: Everywhere, who: str, times: int) -> None:
    turns = in_turn(HOSTILE, times)
    values, app = everywhere.objects["CPFT"], everywhere.app
    client = app.test_client() if who == "a stranger" else every_route.signed_in(app, everywhere.roles["CPFT"][who])
    for rule, method in every_route.rules(app):
        if rule.endpoint in SESSION:
            continue
        for name in ARGUMENT.findall(rule.rule):
            for hostile in next(turns):
                endpoint_too = {name: hostile, f"{rule.endpoint}:{name}": hostile}
                each = Asked(rule.endpoint, method, every_route.fill(rule, {**values, **endpoint_too}), True)
                answer = every_route.send(client, each)
                assert "X-Hostile" not in answer.headers


@A_FEW_OR_ALL
@pytest.mark.parametrize("trust", TRUSTS)
def test_nothing_after_the_question_mark_is_a_fault_of_ours(everywhere: Everywhere, trust: str, times: int) -> None:
    """Every field of every form that is read by its address, and the number of a page."""
    turns = in_turn(IN_A_FIELD, times)
    client = every_route.signed_in(everywhere.app, everywhere.roles[trust]["medical_directorate"])
    narrowed = set()
    for each in everywhere.asked(everywhere.objects[trust]):
        if each.method != "GET":
            continue
        answer = every_route.send(client, each)
        forms = READ_BY_ADDRESS.findall(unescape(answer.text)) if answer.mimetype == "text/html" else []
        for name in {found for form in forms for found in FIELD.findall(form)} | ({"page"} if forms else set()):
            narrowed.add((each.endpoint, name))
            for hostile in next(turns):
                address = f"{each.address}?{quote(name)}={hostile}"
                every_route.send(client, Asked(each.endpoint, "GET", address, False))
    assert {("cases.index", "status"), ("people.index", "page")} <= narrowed
