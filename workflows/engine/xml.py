"""XML that somebody uploaded, made safe to read: diagrams and decision tables come through here and nowhere else.

No DTD, no entities, no network, UTF-8, at most 1 MB and 30,000 tags; comments and processing instructions are dropped
and every element keeps the line that it stood on, so that a fault can be shown where it is.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol, cast

from lxml import etree

from workflows.domain.errors import Unsound

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ACCORD = "https://accord.example/bpmn/1.0"
MAX_BYTES = 1_000_000
MAX_TAGS = 30_000
"""The largest diagram that ships has 1,400."""
MAX_ATTRIBUTES = 200
"""Of one element: what looks for each of them by name would take as long again for each that there is."""

MAX_SIGNS_UNSEEN = 5_000
_PLACE = re.compile(r",?\s*line \d+, column \d+.*$", re.DOTALL)


class Element(Protocol):
    """What we use of an lxml element, which comes without types."""

    tag: str
    text: str | None
    sourceline: int

    @property
    def attrib(self) -> Mapping[str, str]: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> "Iterator[Element]": ...
    def get(self, key: str, default: str) -> str: ...
    def iterfind(self, path: str) -> "Iterator[Element]": ...
    def find(self, path: str) -> "Element | None": ...
    def findall(self, path: str) -> "list[Element]": ...
    def iter(self, *tags: str) -> "Iterator[Element]": ...
    def iterchildren(self, *tags: str) -> "Iterator[Element]": ...
    def itertext(self) -> Iterator[str]: ...
    def getparent(self) -> "Element | None": ...


class NotAcceptable(Unsound):
    """{fault}"""

    line: int = 0

    def __init__(self, *, fault: str, line: int = 0) -> None:
        super().__init__(fault=fault)
        self.line = line


def parse(data: str | bytes) -> Element:
    """The root element of an XML text; NotAcceptable with a plain sentence and the line of the fault (0: the file)."""
    return cast(Element, _read(as_text(data), _parser()))


def parse_whole(text: str) -> etree._Element:
    """The same with comments and processing instructions, for whoever writes the text back. Raises NotAcceptable."""
    return _read(as_text(text), _parser(whole=True))


def _read(text: str, parser: etree.XMLParser) -> etree._Element:
    doctype = text.find("<!DOCTYPE")
    if doctype >= 0:
        raise NotAcceptable(
            fault="The file begins with a DOCTYPE, which can hide other files inside it. Save the drawing without one.",
            line=text.count("\n", 0, doctype) + 1,
        )
    if text.count("<") > MAX_TAGS:
        raise NotAcceptable(fault=f"The file has more than {MAX_TAGS:,} tags, which is more than a drawing can have.")
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise NotAcceptable(fault=_in_words(error), line=error.lineno or 0) from error
    _check_attributes(cast(Element, root), text)
    return root


def _check_attributes(root: Element, text: str) -> None:
    """Only a text with so many signs can have an element with so many attributes: most need no second look."""
    if text.count("=") > MAX_SIGNS_UNSEEN:
        for element in root.iter():
            if len(element.attrib) > MAX_ATTRIBUTES:
                fault = f"An element has more than {MAX_ATTRIBUTES} attributes, which none of a drawing needs."
                raise NotAcceptable(fault=fault, line=element.sourceline)


def as_text(data: str | bytes) -> str:
    """The text of a file. Raises NotAcceptable where it is too large, or not UTF-8."""
    try:
        if isinstance(data, str):
            size, text = len(data.encode()), data
        else:
            size, text = len(data), data.decode("utf-8-sig") if len(data) <= MAX_BYTES else ""
    except UnicodeError as error:
        raise NotAcceptable(fault="The file is not UTF-8 text, so it cannot be read as a drawing.") from error
    if size > MAX_BYTES:
        raise NotAcceptable(fault="The file is larger than 1 MB, which is more than a drawing can be.")
    return text.removeprefix("\ufeff")


def _parser(*, whole: bool = False) -> etree.XMLParser:
    """A parser of its own for each document: lxml's parsers keep state and are not to be shared between threads."""
    return etree.XMLParser(
        encoding="utf-8",  # whatever the declaration says: the text has been decoded already
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not whole,
        remove_pis=not whole,
        strip_cdata=not whole,
    )


def _in_words(error: etree.XMLSyntaxError) -> str:
    message = _PLACE.sub("", error.msg or "it is empty")
    if "Excessive depth" in message:
        return "The file nests its elements too deeply to be a drawing."
    return f"The file is not well-formed XML: {' '.join(message.split())}."


def local_name(element: Element) -> str:
    """`userTask` for `{http://www.omg.org/...}userTask`."""
    return element.tag.rpartition("}")[2]
