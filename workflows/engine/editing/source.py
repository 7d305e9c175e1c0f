"""A BPMN text that is being changed: the elements as a tree, and with each of them the very letters that it stood in.

Whatever an edit leaves alone is written back byte for byte: comments, the way attributes are broken into lines, the
namespaces and attributes of other tools. Only elements that were changed are written anew.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import cast

from lxml import etree

from workflows.engine.xml import parse_whole

Node = etree._Element
"""One element of the tree, a comment or a processing instruction."""

_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|</[^>]*>|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_IN_ATTRIBUTES = {**_IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
INDENT = "  "


@dataclass
class _Letters:
    """How an element was written: its tag, and the texts within it and behind it, as letters and as read."""

    tag: str = ""
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    closed: str = ""
    text: str = ""
    read_text: str | None = None
    tail: str = ""
    read_tail: str | None = None
    node: Node | None = None


class Source:
    """A text with its tree. `root` may be changed freely; `text()` writes it."""

    def __init__(self, text: str) -> None:
        """Raises NotAcceptable where the text cannot be read."""
        self.root = parse_whole(text)
        # The tree makes a new object for an element whenever nobody holds the old one, so all are held here.
        self._letters: dict[Node, _Letters] = {each: _Letters(node=each) for each in self.root.iter()}
        for each, letters in self._letters.items():
            letters.attributes = tuple((str(key), str(value)) for key, value in each.attrib.items())
            letters.read_text, letters.read_tail = each.text, each.tail
            letters.name = str(each.tag)
        self._before, self._after = self._scan(text.removeprefix("\ufeff"))
        self._closing = " />" if text.count(" />") >= text.count("/>") / 2 else "/>"
        self.line_end = "\r\n" if "\r\n" in text else "\n"

    def _scan(self, text: str) -> tuple[str, str]:
        """Give every element its letters; hands back what stands before and after the root."""
        waiting = iter(self._letters.values())
        open_ones: list[_Letters] = []
        marks = [each for each in _MARKUP.finditer(text) if not each[0].startswith("<![CDATA[")]
        first = next(place for place, each in enumerate(marks) if not each[0].startswith(("<?", "<!")))
        last: _Letters | None = None
        for mark, following in zip_longest(marks[first:], marks[first + 1 :]):
            between = text[mark.end() : following.start()] if following else ""
            if mark[0].startswith("</"):
                last = open_ones.pop()
                last.closed, last.tail = mark[0], between
            else:
                last = next(waiting)
                last.tag = mark[0]
                if mark[0].startswith("<!") or mark[0].startswith("<?") or mark[0].endswith("/>"):
                    last.tail = between
                else:
                    last.text = between
                    open_ones.append(last)
            if not open_ones:
                last.tail = ""
                break
        return text[: marks[first].start()], text[mark.end() :]

    def text(self) -> str:
        """The whole text as it stands now."""
        return self._before + "".join(self._write(self.root)) + self._after

    def fragment(self, node: Node) -> str:
        """One element as it stands now."""
        return "".join(self._write(node))

    def _write(self, node: Node) -> Iterator[str]:
        letters = self._letters.get(node) or _Letters()
        if not is_element(node):
            yield letters.tag or etree.tostring(node, encoding="unicode", with_tail=False)
            return
        filled = len(node) > 0 or bool(node.text)
        yield self._tag(node, letters, filled)
        if filled or letters.closed:
            yield letters.text if node.text == letters.read_text else self._escaped(node.text or "")
            for child in node:
                yield from self._write(child)
                own = self._letters.get(child)
                same = own is not None and child.tail == own.read_tail
                yield own.tail if own is not None and same else self._escaped(child.tail or "")
            yield letters.closed if letters.closed and node.tag == letters.name else f"</{self._name(node, node.tag)}>"

    def _tag(self, node: Node, letters: _Letters, filled: bool) -> str:
        attributes = tuple((str(key), str(value)) for key, value in node.attrib.items())
        if letters.tag and attributes == letters.attributes and node.tag == letters.name:
            if not filled or letters.closed:
                return letters.tag
            return letters.tag.removesuffix("/>").rstrip() + ">"
        written = "".join(
            f' {self._name(node, key)}="{"".join(_IN_ATTRIBUTES.get(one, one) for one in value)}"'
            for key, value in attributes
        )
        declared = "".join(re.findall(r"""\sxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*')""", letters.tag))
        ending = ">" if filled or letters.closed else self._closing
        return f"<{self._name(node, str(node.tag))}{declared}{written}{ending}"

    def _name(self, node: Node, name: str) -> str:
        """A name with the prefix that its namespace has there."""
        space, brace, local = name.removeprefix("{").rpartition("}")
        if not brace:
            return name
        if space == "http://www.w3.org/XML/1998/namespace":
            return f"xml:{local}"
        prefixes = [prefix for prefix, uri in node.nsmap.items() if uri == space]
        plain = None in prefixes and name == node.tag
        named = next((prefix for prefix in prefixes if prefix), None)
        return local if plain or named is None else f"{named}:{local}"

    def _escaped(self, text: str) -> str:
        written = "".join(_IN_TEXT.get(one, one) for one in text)
        return written.replace("\n", self.line_end) if self.line_end != "\n" else written

    def declare(self, prefix: str, uri: str) -> None:
        """Make sure that a namespace has a prefix at the root."""
        if uri in self.root.nsmap.values():
            return
        taken = self.root.nsmap.keys()
        while prefix in taken:
            prefix += "_"
        declared: dict[str, str] = dict(_prefixes(self.root))
        declared[prefix] = uri
        self._redeclare(declared, f' xmlns:{prefix}="{uri}"')

    def _redeclare(self, nsmap: Mapping[str, str], written: str) -> None:
        """lxml cannot add a namespace to an element, so the root is made anew around its children."""
        old, letters = self.root, self._letters.pop(self.root)
        self.root = etree.Element(old.tag, {str(key): str(value) for key, value in old.attrib.items()}, nsmap=nsmap)
        self.root.text = old.text
        for child in list(old):
            tail = child.tail
            self.root.append(child)
            child.tail = tail
        letters.tag = re.sub(r"^<[^\s/>]+", lambda name: name[0] + written, letters.tag)
        letters.node = self.root
        self._letters[self.root] = letters


def put(parent: Node, node: Node, place: int) -> None:
    """Put an element among the children of another, on a line of its own."""
    depth = sum(1 for _ in parent.iterancestors()) + 1
    if len(parent) == 0:
        parent.text = "\n" + INDENT * depth
        node.tail = "\n" + INDENT * (depth - 1)
        parent.append(node)
        return
    if place >= len(parent):
        node.tail, parent[-1].tail = parent[-1].tail, "\n" + INDENT * depth
        parent.append(node)
        return
    node.tail = (parent[place - 1].tail if place else parent.text) or "\n" + INDENT * depth
    parent.insert(place, node)


def take_out(node: Node) -> None:
    """Remove an element with its line; what stood before it joins what stood behind."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if node.getnext() is None:
        if before is not None:
            before.tail = node.tail
        else:
            parent.text = None
    parent.remove(node)


def is_element(node: Node) -> bool:
    """False for comments and processing instructions, whose tags are no texts."""
    return isinstance(cast(object, node.tag), str)


def make(parent: Node, tag: str, **attributes: str) -> Node:
    """A new element in the namespaces of its parent, not yet put anywhere."""
    return parent.makeelement(tag, attributes, nsmap=_prefixes(parent))


def _prefixes(node: Node) -> Mapping[str, str]:
    """The namespaces by prefix. The nameless one has None for its prefix, which the types of lxml do not know."""
    return cast(Mapping[str, str], node.nsmap)
