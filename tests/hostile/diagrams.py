"""Attacks by diagrams."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tests.engine.check.sound import FILES, HEAD, REVIEW, REVIEW_FILE, TAIL, edited
from tests.hostile.attack import Attack

BODY = REVIEW.partition("?>")[2]
DOCTYPE = "begins with a DOCTYPE"
BROKEN = "is not well-formed XML"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
SCRIPT = "&lt;script&gt;alert(1)&lt;/script&gt;"
MARKUP = "&quot;&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;{{7*7}}{0.__class__}%s"


def review(*edits: tuple[str, str], says: str = "") -> Attack:
    """The sound diagram after some edits."""
    return Attack(REVIEW_FILE, edited(REVIEW, *edits), says)


def whole(text: str | bytes, says: str) -> Attack:
    """Another text in place of the sound diagram."""
    return Attack(REVIEW_FILE, text, says)


def beside_the_end(part: str, says: str = "") -> Attack:
    """The sound diagram with something more in its process."""
    return review(('<endEvent id="closed"', f'{part}<endEvent id="closed"'), says=says)


def in_extension(part: str, says: str = "") -> Attack:
    """The sound diagram with something more among what a vendor added to a step."""
    return review(('<vendor:colour value="blue"/>', part), says=says)


def condition(text: str, says: str) -> Attack:
    """The sound diagram with another condition."""
    return review(("case.days &gt; 28 and not policy.preparation_material", text), says=says)


def joined(parts: Iterable[str]) -> str:
    return "".join(parts)


def many(pattern: str, times: int) -> str:
    """A text again and again, with its number in the place of a #."""
    return "".join(pattern.replace("#", str(number)) for number in range(times))


def calling(process: str, called: str) -> str:
    """A diagram that does nothing but call another."""
    return (
        HEAD.format(process=process)
        + f'<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="c"/><callActivity id="c" name="Call" '
        f'calledElement="{called}"/><sequenceFlow id="b" sourceRef="c" targetRef="e"/><endEvent id="e"/>' + TAIL
    )


def round_trip(tail: str) -> Attack:
    """A sound beginning, after whose first answer the case comes to something else, "a"."""
    text = (
        HEAD.format(process="looping")
        + '<laneSet id="lanes"><lane id="lane" name="amd"><flowNodeRef>q</flowNodeRef><flowNodeRef>a</flowNodeRef>'
        '</lane></laneSet><startEvent id="s"/><sequenceFlow id="f0" sourceRef="s" targetRef="q"/>'
        '<userTask id="q" name="Ask"><documentation>Answer.</documentation><extensionElements>'
        '<accord:field key="go" type="yes_no" label="Go?" required="true"/></extensionElements></userTask>'
        '<sequenceFlow id="f1" sourceRef="q" targetRef="g"/><exclusiveGateway id="g" default="f2"/>'
        '<sequenceFlow id="f2" sourceRef="g" targetRef="e"/><endEvent id="e"/>'
        '<sequenceFlow id="f3" sourceRef="g" targetRef="a"><conditionExpression>case.go == True</conditionExpression>'
        f"</sequenceFlow>{tail}{TAIL}"
    )
    return Attack("processes/looping.bpmn", text)


def flow(key: str, source: str, target: str, when: str = "") -> str:
    condition = f"<conditionExpression>{when}</conditionExpression>" if when else ""
    return f'<sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}">{condition}</sequenceFlow>'


def called_by_all(deep: int, wide: int) -> dict[str, str]:
    """Processes of which each calls the next one many times over: twenty to the power of eight calls, and no circle."""
    calls = joined(
        f'<callActivity id="k{n}" name="Call" calledElement="c{{next}}"/>'
        + flow(f"g{n}", f"k{n}", f"k{n + 1}" if n < wide - 1 else "e")
        for n in range(wide)
    )
    start, end = f'<startEvent id="s"/>{flow("f", "s", "k0")}', f'<endEvent id="e"/>{TAIL}'
    found = {
        f"processes/c{n}.bpmn": HEAD.format(process=f"c{n}") + start + calls.format(next=n + 1) + end
        for n in range(deep)
    }
    last = f'<startEvent id="s"/>{flow("f", "s", "e")}{end}'
    return {**found, f"processes/c{deep}.bpmn": HEAD.format(process=f"c{deep}") + last}


def meshed(kind: str, gates: int, ways: int) -> str:
    """Gateways of which each leads to the next ones, and to the end."""
    default = ' default="end{n}"' if kind != "parallelGateway" else ""
    condition = "<conditionExpression>case.days == 1</conditionExpression>" if default else ""
    nodes = joined(f'<{kind} id="g{n}"{default.format(n=n)}/>' for n in range(gates))
    flows = joined(
        f'<sequenceFlow id="f{n}_{m}" sourceRef="g{n}" targetRef="g{(n * 7 + m) % gates}">{condition}</sequenceFlow>'
        for n in range(gates)
        for m in range(1, ways)
    )
    ends = joined(f'<sequenceFlow id="end{n}" sourceRef="g{n}" targetRef="closed"/>' for n in range(gates))
    return f"{nodes}{flows}{ends}"


ENTITIES: Mapping[str, Attack] = {
    "billion laughs": whole(f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l9;</d>', DOCTYPE),
    "laughs in an attribute": whole(f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>\n<d name="&l9;"/>', DOCTYPE),
    "quadratic blow-up": whole(f'<!DOCTYPE d [<!ENTITY a "{"x" * 400_000}">]><d>{"&a;" * 100_000}</d>', DOCTYPE),
    "an entity of a file": whole(f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{BODY}', DOCTYPE),
    "an entity of an address": whole(f'<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1/x">]>{BODY}', DOCTYPE),
    "a parameter entity": whole('<!DOCTYPE d [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><d/>', DOCTYPE),
    "a DTD elsewhere": whole(f'<!DOCTYPE d SYSTEM "http://127.0.0.1/x.dtd">{BODY}', DOCTYPE),
    "a DTD behind a comment": whole(f'<!-- hello --><!DOCTYPE d [<!ENTITY x "y">]>{BODY}', DOCTYPE),
    "a small doctype": whole('<!doctype d [<!ENTITY x "y">]><d>&x;</d>', BROKEN),
    "an entity that nobody declared": review(("Write the report", "&x;"), says=BROKEN),
    "a character that is none": review(("Write the report", "&#0;"), says=BROKEN),
    "a character beyond all": review(("Write the report", "&#x110000;"), says=BROKEN),
    "an inclusion of a file": beside_the_end(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
        "“include” is not supported",
    ),
    "an inclusion in an extension": in_extension(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    ),
    "a stylesheet": whole(REVIEW.replace("?>", '?><?xml-stylesheet href="http://127.0.0.1/x.xsl"?>', 1), ""),
    "a program in an instruction": beside_the_end("<?php system('id'); ?>"),
    "a schema elsewhere": whole(
        REVIEW.replace(
            "<definitions ",
            '<definitions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            'xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL http://127.0.0.1/x.xsd" ',
            1,
        ),
        "",
    ),
}

ENCODINGS: Mapping[str, Attack] = {
    "UTF-16": whole(REVIEW.encode("utf-16"), "is not UTF-8 text"),
    "UTF-32": whole(REVIEW.encode("utf-32"), "is not UTF-8 text"),
    "EBCDIC": whole(REVIEW.encode("cp037"), "is not UTF-8 text"),
    "UTF-7 that hides a DOCTYPE": whole(
        '<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE d+AFs-+AF0APg-<d/>', BROKEN
    ),
    "an encoding that there is not": whole(f'<?xml version="1.0" encoding="x-nonsense"?>{BODY}', ""),
    "an encoding that is another": whole(f'<?xml version="1.0" encoding="utf-16"?>{BODY}', ""),
    "a NUL": whole(REVIEW.replace("Closed", "Clo\0sed"), BROKEN),
    "half a character": whole(REVIEW.encode().replace(b"Closed", b"Clo\xc3\x28sed"), "is not UTF-8 text"),
    "half a pair": whole(REVIEW.replace("Closed", "Clo\ud800sed"), "is not UTF-8 text"),
    "a longer way to write a sign": whole(b"\xc0\xbcdefinitions/>", "is not UTF-8 text"),
    "nothing": whole("", BROKEN),
    "noise": whole(bytes(range(256)) * 100, "is not UTF-8 text"),
    "a picture": whole('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "is not a BPMN drawing"),
    "XML 1.1": whole(REVIEW.replace('version="1.0"', 'version="1.1"', 1), ""),
}

SIZES: Mapping[str, Attack] = {
    "one byte too many": whole(REVIEW.ljust(1_000_001), "is larger than 1 MB"),
    "fifty megabytes": whole(b"<" * 50_000_000, "is larger than 1 MB"),
    "50,000 deep": whole("<d>" * 50_000, "more than 30,000 tags"),
    "20,000 deep": whole("<d>" * 20_000, "nests its elements too deeply"),
    "10,000 nested elements": in_extension("<vendor:a>" * 10_000 + "</vendor:a>" * 10_000, "nests its elements too"),
    "200 nested elements": in_extension("<vendor:a>" * 200 + "</vendor:a>" * 200),
    "100,000 elements": beside_the_end("<task/>" * 100_000, "more than 30,000 tags"),
    "20,000 elements": beside_the_end("<task/>" * 20_000, "more than 2,000 elements"),
    "100,000 elements of a vendor": in_extension("<vendor:a/>" * 90_000, "more than 30,000 tags"),
    "25,000 elements of a vendor": in_extension("<vendor:a/>" * 25_000),
    "40,000 attributes": in_extension("<vendor:a " + many('a#="#" ', 40_000) + "/>", "more than 200 attributes"),
    "5,000 elements of 20 attributes": in_extension(("<vendor:a " + many('a#="#" ', 20) + "/>") * 5_000),
    "20,000 names of names": in_extension("<vendor:a " + many('xmlns:a#="u#" ', 20_000) + "/>"),
    "one attribute of 900 KB": review(
        ('name="Write the report"', f'name="{"x" * 900_000}"'), says="The name is longer than 200"
    ),
    "an id of 100 KB": whole(REVIEW.replace('"choice"', f'"{"x" * 100_000}"'), "id"),
    "3,000 fields": review(
        (
            '<accord:field key="note"',
            many('<accord:field key="n#" type="text" label="N"/>', 3_000) + '<accord:field key="note"',
        ),
        says="",
    ),
    "10,000 fields of one name": in_extension('<accord:field key="n" type="text" label="N"/>' * 10_000, "`n`"),
    "20,000 options": review(("good: Well; bad: Badly", many("o#: Option #;", 20_000)), says=""),
    "5,000 flows": beside_the_end(
        many('<sequenceFlow id="f#" sourceRef="choice" targetRef="join"/>', 5_000),
        "more than 2,000 elements",
    ),
    "3,000 steps of one id": beside_the_end('<userTask id="same" name="Same"/>' * 3_000, "more than 2,000 elements"),
    "400 steps of one id": beside_the_end('<userTask id="same" name="Same"/>' * 400, "same"),
    "5,000 lanes": review(
        ('<lane id="lane_directorate"', many('<lane id="l#" name="amd"/>', 5_000) + '<lane id="lane_directorate"'),
        says="",
    ),
    "lanes in lanes": review(
        (
            '<lane id="lane_directorate"',
            many('<lane id="l#" name="amd"><childLaneSet id="c#">', 60)
            + "</childLaneSet></lane>" * 60
            + '<lane id="lane_directorate"',
        ),
        says="A lane inside a lane is not supported",
    ),
    "10,000 messages": review(
        ('<error id="error_refused"', many('<message id="m#" name="x"/>', 10_000) + '<error id="error_refused"'),
        says="",
    ),
    "two events on each other": beside_the_end(
        '<boundaryEvent id="b1" attachedToRef="b2"><timerEventDefinition/></boundaryEvent>'
        '<boundaryEvent id="b2" attachedToRef="b1"><timerEventDefinition/></boundaryEvent>',
        "“b1”",
    ),
    "400 events on one step": beside_the_end(
        many('<boundaryEvent id="b#" attachedToRef="write_report"><timerEventDefinition/></boundaryEvent>', 400),
        "This does not say which deadline it waits for",
    ),
    "400 faults on one line of 900 KB": whole(
        edited(REVIEW, ('<endEvent id="closed"', '<manualTask id="m"/>' * 400 + '<endEvent id="closed"')).replace(
            "\n", " "
        )
        + " " * 800_000,
        "Nobody could say that a manual task is done",
    ),
    "900 KB of comments": beside_the_end(f"<!--{'x' * 900_000}-->"),
    "900 KB of text that is no comment": beside_the_end(f"<![CDATA[{'x' * 900_000}]]>", "does not follow"),
}

DRAWINGS: Mapping[str, Attack] = {
    "a mesh of choices": beside_the_end(meshed("exclusiveGateway", 40, 10), "cannot be reached"),
    "a mesh of forks": beside_the_end(meshed("parallelGateway", 40, 10), "cannot be reached"),
    "a mesh of choices that a case comes to": whole(
        edited(REVIEW, ('targetRef="closed"/>\n    <endEvent id="closed"',
                        f'targetRef="g0"/>{meshed("inclusiveGateway", 40, 10)}<endEvent id="closed"')),
        "",
    ),
    "a mesh of forks that a case comes to": whole(
        edited(REVIEW, ('targetRef="closed"/>\n    <endEvent id="closed"',
                        f'targetRef="g0"/>{meshed("parallelGateway", 40, 10)}<endEvent id="closed"')),
        "waited for without end",
    ),
    "a process that calls itself": review(('calledElement="closer_look"', 'calledElement="team_planning"'),
                                          says="would call itself without end"),
    "processes that call the next twenty times each": Attack(
        "processes/c0.bpmn", called_by_all(8, 20)["processes/c0.bpmn"], "more than 100 stages", called_by_all(8, 20)
    ),
    "a step that leads to itself": replace(
        round_trip(f'<receiveTask id="a" messageRef="message_closed"/>{flow("x", "a", "a")}'), says="no end"
    ),
    "gateways that go round": round_trip(
        '<exclusiveGateway id="a"/><exclusiveGateway id="b" default="z"/>'
        + flow("x", "a", "b") + flow("y", "b", "a", "case.go == True") + flow("z", "b", "e")
    ),
    "forks of forks": round_trip(
        '<parallelGateway id="a"/>'
        + joined(f'<exclusiveGateway id="p{n}"/><parallelGateway id="r{n}"/>{flow(f"w{n}", f"p{n}", f"r{n}")}'
                 + joined(f'<exclusiveGateway id="o{n}_{m}"/>{flow(f"y{n}_{m}", f"o{n}_{m}", f"p{n}")}'
                          + flow(f"x{n}_{m}", f"r{n - 1}" if n else "a", f"o{n}_{m}") for m in range(10))
                 for n in range(12))
        + flow("last", "r11", "e")
    ),
    "60,000 clauses": review(
        ('accord:clause="CPFT-7.5-a"', f'accord:clause="{many("CPFT-# ", 60_000)}"'), says="There is no clause"
    ),
    "60,000 roles": review(
        ('name="Write the report"', f'name="Write the report" accord:roles="{many("amdd# ", 60_000)}"'),
        says="There are more faults of this kind",
    ),
    "60,000 roles that may see": review(
        ('visible="clinical_manager amd"', f'visible="{many("amdd# ", 60_000)}"'), says="which is no role"
    ),
    "40,000 titles": review(("Say how the year went.", "{clinical_managers}" * 40_000), says="is the title of no role"),
    "a label that runs backwards": review(("How many days?", "How\u202e many\u2066 days?"), says="“Question” has an"),
    "a hint that shows nothing": review(
        ('label="How many days?"', 'label="How many days?" hint="a\u200bb"'), says="“Hint” has an invisible"
    ),
    "an option that runs backwards": review(("good: Well", "good: \u202eWell"), says="“Answers” has an invisible"),
    "a label of 500 KB": review(("How many days?", "x" * 500_000), says="“Question” is longer than 300"),
    "a name that shows nothing": review(("Write the report", "\u3164\u2800"), says="invisible control character"),
    "a name under marks": review(("Write the report", "W" + "\u0301" * 190), says="invisible control character"),
    "a name of half-width nothing": review(("Write the report", "Wri\u200bte\u2060 it"), says="invisible control"),
    "limits beyond all numbers": review(('min="0" max="365"', f'min="{"9" * 4_000}" max="1e400"'), says="not a number"),
    "a pattern that burns": review(('max="365"', 'max="365" pattern="(a+)+$"'), says="A question has no `pattern`"),
    "a fact of Python": review(('key="note"', 'key="__class__"'), says="needs a name in conditions"),
    "3,000 shapes without a place": whole(
        REVIEW.replace(
            "</definitions>",
            '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" '
            'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="D"><d:BPMNPlane id="P" bpmnElement="team_planning">'
            + many('<d:BPMNShape id="sh#" bpmnElement="write_report"><dc:Bounds x="1e308" y="nan" width="-5" '
                   'height="inf"/></d:BPMNShape>', 3_000)
            + "</d:BPMNPlane></d:BPMNDiagram></definitions>",
        ),
        "does not follow the BPMN standard",
    ),
    "150 processes that call each other": Attack(
        "processes/c0.bpmn",
        calling("c0", "c1"),
        "would call itself without end",
        {f"processes/c{n}.bpmn": calling(f"c{n}", f"c{(n + 1) % 150}") for n in range(1, 150)},
    ),
    "script in every name": whole(
        REVIEW.replace("Write the report", SCRIPT).replace("How many days?", MARKUP).replace("Well;", f"{SCRIPT}")
        .replace("Say how the year went.", SCRIPT),
        "",
    ),
    "an address that runs": review(("Say how the year went.", "[here](javascript:alert(1)) javascript:alert(1)")),
    "a picture with script": in_extension(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><a href="javascript:alert(1)"/></svg>'
    ),
    "a picture in the documentation": review(
        ("Say how the year went.", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    ),
    "a way out of the folder": whole(REVIEW.replace('"team_planning"', '"../../etc/passwd"'), "id"),
    "an id of the browser's own": whole(REVIEW.replace('"choice"', '"__proto__"'), "`__proto__`"),
    "an id that runs backwards": whole(REVIEW.replace('"choice"', '"cho\u202eice"'), "id"),
    "a type of another schema": in_extension(
        '<vendor:a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="vendor:none"/>',
        "does not follow the BPMN standard",
    ),
    "a timer of a second": review(
        ('timeDate id="report_date">due("sign_off")</timeDate', "timeCycle>R/PT0S</timeCycle"), says="repeating timer"
    ),
    "a timer of half a megabyte": review(('due("sign_off")', f'due("{"a" * 500_000}")'), says="deadline"),
    "a list of a thousand million": whole(
        REVIEW.replace('name="Agree" accord:for_each="case.members"', 'name="Agree" accord:for_each="range(10**9)"'),
        "no function called range",
    ),
    "a condition of half a megabyte": condition("1+" * 250_000 + "1", "longer than 2000 characters"),
    "a condition that runs a program": condition("__import__('os').system('id')", "cannot be used"),
    "a script that runs a program": review(
        ('route = "long" if case.size == "large" else "short"', "import os; os.system('id')"), says="name = expression"
    ),
    "a script of 100,000 lines": review(
        ('route = "long" if case.size == "large" else "short"', "a = 1\n" * 100_000), says="at most 40 lines"
    ),
    "200 conditions as large as may be": beside_the_end(
        joined(
            f'<sequenceFlow id="f{n}" sourceRef="choice" targetRef="join"><conditionExpression>'
            f"{many('case.days == # or ', 45)}case.days == {n}</conditionExpression></sequenceFlow>"
            for n in range(200)
        ),
        "drawn twice",
    ),
}  # fmt: skip

DIAGRAMS = {**ENTITIES, **ENCODINGS, **SIZES, **DRAWINGS}
BASE = FILES
