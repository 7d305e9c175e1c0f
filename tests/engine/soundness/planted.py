"""Small diagrams, each with one fault planted in it, and a sound one of each kind beside them."""

from tests.engine.trial import flow, sketch

ENDS = '<startEvent id="begin"/><endEvent id="end" name="Done"/>'
AGREED = (
    '<accord:field key="agreed" type="choice" label="What was agreed" '
    'options="yes: Agreed; no: Not agreed; later: Another meeting" required="true"/>'
)
DAYS = '<accord:field key="days" type="number" label="How many days" required="true" min="0"/>'
OPINION = '<accord:field key="opinion" type="yes_no" label="Are you for it" required="true"/>'


def step(key: str, *fields: str, more: str = "") -> str:
    """A step that is called like its id."""
    inside = f"<extensionElements>{''.join(fields)}</extensionElements>" if fields else ""
    return f'<userTask id="{key}" name="{key.replace("_", " ").capitalize()}" {more}>{inside}</userTask>'


def gateway(key: str, default: str = "", kind: str = "exclusive", name: str = "") -> str:
    """A gateway with its default flow."""
    return f'<{kind}Gateway id="{key}" name="{name}"{f""" default="{default}" """ if default else ""}/>'


def whole(*parts: str) -> str:
    """A diagram that begins with the step “Meet”."""
    return sketch(ENDS + step("meet", AGREED) + flow("begin", "meet") + "".join(parts))


def both(key: str, name: str = "") -> str:
    """A parallel gateway."""
    return gateway(key, kind="parallel", name=name)


JOIN_AFTER_A_CHOICE = whole(
    gateway("choice", "choice-second") + step("first") + step("second") + both("join", "Both in"),
    flow("meet", "choice") + flow("choice", "first", 'case.agreed == "yes"') + flow("choice", "second"),
    flow("first", "join") + flow("second", "join") + flow("join", "end"),
)
LEFT_BEHIND = whole(
    both("split") + gateway("choice", "choice-join") + step("second") + both("join", "Both in"),
    '<endEvent id="gone" name="Dropped"/>' + flow("meet", "split") + flow("split", "choice") + flow("split", "second"),
    flow("choice", "gone", 'case.agreed == "no"') + flow("choice", "join") + flow("second", "join"),
    flow("join", "end"),
)
ENDLESS = whole(
    gateway("choice", "choice-end") + gateway("again", "again-talk") + step("talk") + step("talk_on"),
    flow("meet", "choice") + flow("choice", "talk", 'case.agreed == "no"') + flow("choice", "end"),
    flow("talk", "talk_on") + flow("talk_on", "again") + flow("again", "talk"),
    flow("again", "end", 'case.agreed == "yes"'),
)
CIRCLE = whole(
    gateway("choice", "choice-end") + '<serviceTask id="work" name="Tell all" accord:action="notify"/>',
    flow("meet", "choice") + flow("choice", "work", 'case.agreed == "no"') + flow("work", "choice"),
    flow("choice", "end"),
)
NEVER = whole(
    gateway("choice", "choice-end") + step("never"),
    flow("meet", "choice") + flow("choice", "never", 'case.agreed == "nope"') + flow("choice", "end"),
    flow("never", "end"),
)
NEVER_A_NUMBER = whole(
    step("count", DAYS) + gateway("choice", "choice-end") + gateway("then", "then-long") + step("long") + step("short"),
    flow("meet", "count") + flow("count", "choice") + flow("choice", "then", "case.days &gt; 28"),
    flow("then", "short", "case.days &lt; 10") + flow("then", "long") + flow("choice", "end"),
    flow("short", "end") + flow("long", "end"),
)
NO_WAY_OUT = whole(
    gateway("choice", name="Agreed?") + step("first") + flow("meet", "choice"),
    flow("choice", "first", 'case.agreed == "yes"') + flow("choice", "end", 'case.agreed == "no"'),
    flow("first", "end"),
)
PILES_UP = whole(
    both("split") + step("read"),
    flow("meet", "split") + flow("split", "meet") + flow("split", "read") + flow("read", "end"),
)
INCLUSIVE_RING = whole(
    both("split") + gateway("one", kind="inclusive", default="one-two", name="One"),
    gateway("two", kind="inclusive", default="two-one", name="Two"),
    flow("meet", "split") + flow("split", "one") + flow("split", "two"),
    flow("one", "two") + flow("one", "end", 'case.agreed == "yes"'),
    flow("two", "one") + flow("two", "end", 'case.agreed == "yes"'),
)
NEVER_DUE = whole(
    gateway("choice", "choice-day") + step("plan", '<accord:field key="meeting_date" type="date" label="When"/>'),
    '<intermediateCatchEvent id="day" name="The day comes">'
    '<timerEventDefinition><timeDate>due("sign_off")</timeDate></timerEventDefinition></intermediateCatchEvent>',
    flow("meet", "choice") + flow("choice", "plan", 'case.agreed == "later"') + flow("choice", "day"),
    flow("plan", "day") + flow("day", "end"),
)
CLASH = whole(
    '<businessRuleTask id="decide" name="Decide" accord:decision="how_long"/>' + gateway("choice", "choice-end"),
    step("wait") + flow("meet", "decide") + flow("decide", "choice"),
    flow("choice", "wait", "case.weeks &gt; 2") + flow("choice", "end") + flow("wait", "end"),
)
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="tables" name="t" namespace="n">
<decision id="how_long" name="How long"><decisionTable id="how_long_table" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="e"><text>case.agreed</text></inputExpression></input>
<output id="o" name="weeks"/>
<rule id="r1"><inputEntry id="a1"><text>"yes"</text></inputEntry>
<outputEntry id="b1"><text>1</text></outputEntry></rule>
<rule id="r2"><inputEntry id="a2"><text>"no", "later"</text></inputEntry>
<outputEntry id="b2"><text>4</text></outputEntry></rule>
<rule id="r3"><inputEntry id="a3"><text>"later"</text></inputEntry>
<outputEntry id="b3"><text>6</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
VOTE = whole(
    step("vote", OPINION, more="""accord:for_each="case.members" accord:until="not case.opinion" """),
    gateway("choice", "choice-end") + step("carry_on") + both("join"),
    flow("meet", "vote") + flow("vote", "choice") + flow("choice", "carry_on", "case.opinion"),
    flow("choice", "end") + flow("carry_on", "end"),
)
