"""Attacks by policies, and by the list of clauses."""

from collections.abc import Mapping

from tests.hostile.attack import Attack
from tests.hostile.diagrams import many

FILE = "policies/hostile.toml"
TOP = 'name = "Hostile"\ninherits = "national_england"\n'
DEADLINE = """
[deadlines.sign_off]
title = "Sign-off"
clause = "CPFT-7.5-a"
kind = "after"
start = "meeting_date"
start_words = "The meeting was on {date}."
length = "14 days"
strength = "must"
effect = "late"
"""


def policy(text: str, says: str = "") -> Attack:
    """A policy over the national one."""
    return Attack(FILE, TOP + text, says)


def deadline(old: str, new: str, says: str) -> Attack:
    """A policy with a deadline, of which one line is another."""
    assert DEADLINE.count(old) == 1, old
    return policy(DEADLINE.replace(old, new), says)


VALUES: Mapping[str, Attack] = {
    "lists in lists": policy(f"[values]\na = {'[' * 20_000}{']' * 20_000}", "nests its"),
    "tables in tables": policy(f"[values]\na = {'{a=' * 5_000}1{'}' * 5_000}", "nests its"),
    "a name of 20,000 parts": policy(f"[values]\n{'.'.join(['a'] * 20_000)} = 1", "nests its"),
    "a heading of 20,000 parts": policy(f"[values.{'.'.join(['a'] * 20_000)}]", "nests its"),
    "40 lists in lists": policy(f"[values]\na = {'[' * 40}{']' * 40}", "nests its"),
    "30,000 keys": policy("[values]\n" + many("k# = #\n", 30_000), "is larger than"),
    "4,000 keys": policy("[values]\n" + many("k# = #\n", 4_000)),
    "3,000 names of parts": policy("[values]\n" + many("a.b.c.d.e.f.k# = #\n", 3_000)),
    "4,000 tables": policy(many("[values.t#]\n", 4_000)),
    "a list of 200,000": policy(f"[values]\na = [{'1,' * 200_000}]", "is larger than"),
    "a list of 40,000": policy(f"[values]\na = [{'1,' * 40_000}]"),
    "a day after the last": policy("[values]\na = 10000-01-01", "not TOML"),
    "the last day": policy("[values]\na = 9999-12-31"),
    "hours that are none": policy(
        "[values.contracts.consultant_2003]\nplain_hours_per_pa = 0", "plain_hours_per_pa must be more than nothing"
    ),
    "a number of 5,000 digits": policy(f"[values]\na = {'9' * 5_000}", "number is too large"),
    "a number of 100 KB": policy(f"[values]\na = 0x{'f' * 90_000}", "number is too large"),
    "a number that is just too large": policy("[values]\na = 1000000000000001", "number is too large"),
    "no number": policy("[values]\na = nan", "not a number"),
    "the infinite": policy("[values]\na = [{ b = inf }]", "not a number"),
    "a day that there is not": policy("[values]\na = 2027-02-30", "not TOML"),
    "a day of no time": policy("[values]\na = 0000-00-00", "not TOML"),
    "a moment": policy("[values]\na = 2027-02-03T04:05:06+23:59", "a day is needed here"),
    "a text of 900 KB": policy(f'[values]\na = "{"x" * 900_000}"', "is larger than"),
    "script in every word": policy('[values]\na = "<script>alert(1)</script>{0.__class__}"'),
    "a NUL": policy('[values]\na = "\0"', "not TOML"),
    "half a pair": policy('[values]\na = "\ud800"', "not UTF-8"),
    "bytes that are no text": Attack(FILE, b"\xff\xfe" * 100, "not TOML"),
    "a figure of a thousand million digits": policy(
        '[values.contracts.consultant_2003]\nplain_hours_per_pa = "1e999999999"', "is not a figure"
    ),
    "a key of the browser's own": policy("[values]\n__proto__ = 1\nconstructor = 2"),
}

TABLES: Mapping[str, Attack] = {
    "a policy that inherits from itself": Attack(FILE, 'name = "H"\ninherits = "hostile"', "in a circle"),
    "policies in a circle": Attack(
        FILE,
        'name = "H"\ninherits = "other"',
        "in a circle",
        {"policies/other.toml": 'name = "O"\ninherits = "hostile"'},
    ),
    "100 policies that inherit from each other": Attack(
        FILE,
        'name = "H"\ninherits = "h0"',
        "there is no file h100.toml",
        {f"policies/h{n}.toml": f'name = "H"\ninherits = "h{n + 1}"' for n in range(100)},
    ),
    "a policy of another folder": Attack(FILE, 'name = "H"\ninherits = "../../../etc/passwd"', "there is no file"),
    "a name that is a number": Attack(FILE, 'name = 1\ninherits = "national_england"', "a text is needed"),
    "a table that is a number": policy("deadlines = 1", "a table is needed"),
    "a table that there is not": policy("[__class__]", "is not known here"),
    "signatories that are a number": policy("signatories = 1", "a list"),
    "signatories that are lists": policy("signatories = [[1]]", "is no role"),
    "covers that are a list": policy("covers = [1]", "a table"),
    "a role that covers a list of lists": policy("[covers]\namd = [[1]]\n", "must cover a section"),
    "a title that is a table": policy("[titles]\namd = {a = 1}", "a text"),
    "a title of 100 KB": policy(f'[titles]\namd = "{"x" * 100_000}"', "at most"),
    "a title with script": policy('[titles]\namd = "<script>alert(1)</script>"'),
    "who stands in is a list": policy("[stands_in]\namd = [1]", "is no role"),
    "who stands in for themselves": policy('[stands_in]\namd = "amd"', "stand in for itself"),
    "rights that are a text": policy('[studio]\nedit = "amd"', "a list of roles"),
    "bodies that are a number": policy("[bodies]\npanel_list = 1", "a list"),
    "a ladder that is a number": policy("[ladders]\nmust = 1" + DEADLINE, "a list of rungs"),
    "a rung for a number": policy('[ladders]\nmust = [{at = "1 day", do = "remind", to = 5}]' + DEADLINE, "a list"),
    "a rung for a list": policy('[ladders]\nmust = [{at = "1 day", do = "remind", to = [[1]]}]' + DEADLINE, "neither"),
    "a rung that does a list": policy(
        '[ladders]\nmust = [{at = "1 day", do = [1], to = []}]' + DEADLINE, "`do` must be"
    ),
    "2,000 rungs": policy(
        "[ladders]\nmust = [" + many('{at = "# days", do = "remind", to = []},', 2_000) + "]" + DEADLINE, "rungs"
    ),
    "a length of a thousand million years": deadline('"14 days"', '"999999999 years"', "is not a length of time"),
    "a length of 10 KB": deadline('"14 days"', f'"{"9" * 10_000} days"', "is not a length of time"),
    "a length of other digits": deadline('"14 days"', '"१४ days"', "is not a length of time"),
    "words that reach into a text": deadline("{date}", "{date.__class__.__mro__}", "no other braces"),
    "words that fill the memory": deadline("{date}", "{date}{date:>9999999999}", "no other braces"),
    "words that reach into a list": deadline("{date}", "{date[0]}{date}", "no other braces"),
    "words with braces in braces": deadline("{date}", "{{{date}}}", "no other braces"),
    "a process that is a list": policy(DEADLINE + "processes = [[1]]\n", "is no process"),
    "a kind that is a list": deadline('kind = "after"', "kind = [1]", "a text is needed"),
    "2,000 deadlines": policy(many(DEADLINE.replace("sign_off", "d#"), 400)),
    "a deadline with a key of the web": policy(DEADLINE.replace("sign_off", '"a b/../<script>"'), "needs a key of"),
    "a deadline with a key of 5 KB": policy(DEADLINE.replace("sign_off", "d" * 5_000), "needs a key of"),
    "a deadline with a key of Python": policy(DEADLINE.replace("sign_off", "__class__"), "needs a key of"),
    "a deadline with a title of 150 KB": deadline('"Sign-off"', f'"{"x" * 150_000}"', "longer than 300"),
    "a start told in 10 KB": deadline('"The meeting was on {date}."', f'"{"x" * 10_000}{{date}}"', "longer than 300"),
    "a name of 150 KB": Attack(FILE, f'name = "{"x" * 150_000}"\ninherits = "national_england"', "longer than 300"),
    "a title that runs backwards": policy('[titles]\namd = "A\u202eMD"', "invisible control character"),
    "a length of 999 years": deadline('"14 days"', '"999 years"', ""),
    "a length of 10**12 days": deadline('"14 days"', '"1000000000000 days"', "is not a length of time"),
    "a length of 1e9 days": deadline('"14 days"', '"1e9 days"', "is not a length of time"),
    "a rung of 10**12 days": policy(
        '[ladders]\nmust = [{at = "-1000000000000 days", do = "remind", to = []}]' + DEADLINE, "is not a length of time"
    ),
    "terms that are a list": policy("[values]\ncontracts = [1]", "a table"),
    "a kind of contract that is a number": policy("[values.contracts]\nconsultant_2003 = 1", "of another kind"),
    "plain days that are a number": policy("[values.contracts.consultant_2003]\nplain_days = 1", "of another kind"),
    "20,000 clauses behind a rule": policy(
        f'[values.plan_rules]\nclash = "{many("CPFT-# ", 15_000)}"', "There is no clause “CPFT-"
    ),
    "a clause that is a list": deadline('clause = "CPFT-7.5-a"', "clause = [1]", "a text is needed"),
}

CLAUSES: Mapping[str, Attack] = {
    "a clause of 200 KB": Attack("policies/clauses.csv", f"id,clause\n{'x' * 200_000},y\n", "clause"),
    "a list without ids": Attack("policies/clauses.csv", "name,words\na,b\n", "clause"),
    "a quotation that never ends": Attack("policies/clauses.csv", 'id,words\n"a,b\n' * 1_000, "clause"),
    "a NUL among clauses": Attack("policies/clauses.csv", "id,words\na\0,b\n", ""),
}

POLICIES = {**VALUES, **TABLES, **CLAUSES}
