"""Two decision tables, or two letters, compared: rules and paragraphs added, taken out and changed."""

from collections.abc import Iterator, Mapping

from workflows.domain.letters import Block, Letter
from workflows.domain.roles import Role
from workflows.engine.decisions import Rule, Table
from workflows.studio.differences import Change, Detail, Sign, changed, paired

ANY = frozenset({"", "-"})
HITS: Mapping[str, str] = {
    "UNIQUE": "only one rule may apply",
    "FIRST": "the first rule that applies counts",
    "COLLECT": "all rules that apply count",
}


def compare_tables(before: Table, after: Table) -> Iterator[Change]:
    """Every difference between two decision tables."""
    yield from changed(
        "The table",
        (
            ("Name", before.name, after.name),
            ("Which rules count", HITS.get(before.hit_policy, ""), HITS.get(after.hit_policy, "")),
            ("What it looks at", _inputs(before), _inputs(after)),
            ("What it answers", ", ".join(before.outputs), ", ".join(after.outputs)),
        ),
    )
    old, new = _told(before), _told(after)
    if sorted(old) == sorted(new) and old != new:
        yield Change(Sign.CHANGED, "Order of the rules", (Detail("", "\n".join(old), "\n".join(new)),))
        return
    for was, now in paired(old, new):
        if now is None:
            yield Change(Sign.REMOVED, f"Rule {_number(was)}", (Detail("", old[was or 0], ""),))
        elif was is None:
            yield Change(Sign.ADDED, f"Rule {_number(now)}", (Detail("", "", new[now]),))
        else:
            yield Change(Sign.CHANGED, f"Rule {_number(now)}", (Detail("", old[was], new[now]),))


def _number(place: int | None) -> int:
    return (place or 0) + 1


def _inputs(table: Table) -> str:
    return ", ".join(f"{column.label} ({column.expression.text})" for column in table.inputs)


def _told(table: Table) -> list[str]:
    return [in_words(table, rule) for rule in table.rules]


def in_words(table: Table, rule: Rule) -> str:
    """ "Weekly PAs > 10, Grade "sas": tariff 2", "Otherwise: tariff 1"."""
    asked = [
        f"{column.label or column.expression.text} {cell}"
        for column, cell in zip(table.inputs, rule.cells, strict=True)
        if cell not in ANY
    ]
    values = (_value(value) for value in rule.values)
    said = [f"{name.replace('_', ' ')} {value}" for name, value in zip(table.outputs, values, strict=True)]
    return f"{', '.join(asked) or 'Otherwise'}: {', '.join(said)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return "nothing" if value is None else str(value)


def compare_letters(before: Letter, after: Letter, titles: Mapping[Role, str]) -> Iterator[Change]:
    """Every difference between two letters. `titles` are those of the roles."""
    yield from changed(
        "The letter",
        (
            ("What it is called", before.title, after.title),
            ("Who gets it", _roles(before.to, titles), _roles(after.to, titles)),
            ("Who gets a copy", _roles(before.copies, titles), _roles(after.copies, titles)),
        ),
    )
    old = [_key(block) for block in before.blocks]
    new = [_key(block) for block in after.blocks]
    for was, now in paired(old, new):
        if now is None:
            block = before.blocks[was or 0]
            yield Change(Sign.REMOVED, _what(block), _said(block, Sign.REMOVED))
        elif was is None:
            yield Change(Sign.ADDED, _what(after.blocks[now]), _said(after.blocks[now], Sign.ADDED))
        else:
            one, other = before.blocks[was], after.blocks[now]
            rows = (
                ("", text_of(one), text_of(other)),
                ("Said when", one.when or "always", other.when or "always"),
                ("Kind", one.kind, other.kind),
            )
            yield from changed(_what(other), rows)


def _key(block: Block) -> tuple[str, tuple[str, ...], str]:
    return block.kind, block.texts, block.when


def _what(block: Block) -> str:
    return f"{block.kind.capitalize()} in line {block.line}"


def text_of(block: Block) -> str:
    """The words of a paragraph, a line for each item of a list."""
    return "\n".join(block.texts)


def _said(block: Block, sign: Sign) -> tuple[Detail, ...]:
    texts = [("", text_of(block))] + ([("Said when", block.when)] if block.when else [])
    return tuple(Detail(what, said, "") if sign == Sign.REMOVED else Detail(what, "", said) for what, said in texts)


def _roles(keys: tuple[str, ...], titles: Mapping[Role, str]) -> str:
    return ", ".join(titles[Role(key)] if key in set(Role) else key for key in keys)
