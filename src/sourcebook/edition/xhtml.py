"""A page as XHTML, for readers that run nothing and forgive nothing.

Pages come out of Sphinx nearly as XHTML; what notebooks and cards add is HTML. Here
the difference is levelled, and what only a browser with scripts can use is taken out.
A page that is then still not well formed is refused: a reader of books would show an
error in its place.
"""

import re
from collections.abc import Callable
from html.entities import html5

from lxml import etree
from lxml.builder import ElementMaker

from sourcebook.errors import SourcebookError

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
E = ElementMaker(namespace=XHTML, nsmap={None: XHTML})
XP = {"x": XHTML}  # for paths
_DEAD = ("button", "input", "iframe", "noscript", "template", "form")
_KEPT = {"amp", "lt", "gt", "quot", "apos"}
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_VALUE = r"""\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>=]+)"""
_ATTRIBUTE = re.compile(rf"""\s+([^\s"'<>=/]+)(?:{_VALUE})?""")
_TAG = re.compile(
    rf"""<([A-Za-z][A-Za-z0-9:]*)((?:\s+[^\s"'<>=/]+(?:{_VALUE})?)*)\s*(/?)>"""
)
_EMPTY = frozenset("br col embed hr img input link meta source track wbr".split())


def level(page: str) -> str:
    r"""Return HTML written as XML is: every value quoted, every empty element closed.

    >>> level('<p hidden title="a hidden word">one<br>two&nbsp;three</p>')
    '<p hidden="" title="a hidden word">one<br />two\xa0three</p>'
    """
    page = _SCRIPT.sub("", page)
    return _ENTITY.sub(_character, _TAG.sub(_tag, page))


def _tag(found: re.Match[str]) -> str:
    name, given, closed = found[1], found[2], found[found.re.groups]
    parts = [f"{key}={_quoted(value)}" for key, value in _ATTRIBUTE.findall(given)]
    end = " /" if closed or name in _EMPTY else ""
    return f"<{' '.join([name, *parts])}{end}>"


def _quoted(value: str) -> str:
    """Return an attribute's value in quotation marks."""
    return value if value[:1] in {'"', "'"} else f'"{value}"'


def as_xhtml(page: str, *, name: str, leads: Callable[[str], bool]) -> bytes:
    """Return a page as well-formed XHTML without scripts and controls.

    ``name`` says which page it is, for errors; ``leads`` tells whether a relative
    address leads to a file of the book. Raises `SourcebookError`.
    """
    try:
        tree = etree.fromstring(level(page).encode())
    except etree.XMLSyntaxError as error:
        fix = "write the HTML that this page holds as XHTML: every element closed, "
        raise SourcebookError(
            f"{name}: not well formed: {error.msg}",
            fix=f"{fix}every attribute in quotation marks",
        ) from error
    # What needs a script goes; the text that follows it stays.
    for element in list(tree.iter(*(f"{{{XHTML}}}{dead}" for dead in _DEAD))):
        remove(element)
    _name_drawings(tree)
    _relink(tree, leads)
    return write(tree)


def write(tree: etree._Element) -> bytes:
    """Return a page's tree as the bytes of a file."""
    written: bytes = etree.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _character(found: re.Match[str]) -> str:
    """Return an entity's character; the five that XML knows stay as they are."""
    name = found[1]
    return found[0] if name in _KEPT else html5.get(f"{name};", found[0])


def remove(element: etree._Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def body_of(tree: etree._Element) -> etree._Element:
    """Return what a page says, without its frame."""
    (body,) = tree.xpath("//x:div[contains(@class, 'body')][@role]", namespaces=XP)
    return body


def title_of(body: etree._Element) -> str:
    """Return the title of a page."""
    return " ".join(body.xpath("string(.//x:h1)", namespaces=XP).split())


def having(tree: etree._Element, *classes: str) -> list[etree._Element]:
    """Return the elements that have one of some classes, in document order."""
    wanted = set(classes)
    elements = tree.xpath(".//*[@class]")
    return [each for each in elements if wanted & set(each.get("class").split())]


def heading_of(section: etree._Element) -> str:
    """Return the heading of a section of a page, "" without one."""
    return str(section.xpath("string(x:h2)", namespaces=XP)).strip()


def _name_drawings(tree: etree._Element) -> None:
    """Put every drawing into its own namespace: HTML knows it by its name, XML not."""
    for svg in list(tree.iter(f"{{{XHTML}}}svg")):
        named = etree.Element(f"{{{SVG}}}svg", dict(svg.attrib), nsmap={None: SVG})
        named.text, named.tail = svg.text, svg.tail
        svg.getparent().replace(svg, named)
        named.extend(list(svg))
        for element in named.iter(f"{{{XHTML}}}*"):
            element.tag = f"{{{SVG}}}{etree.QName(element).localname}"


def _relink(tree: etree._Element, leads: Callable[[str], bool]) -> None:
    """Lead links to pages of the site to those of the book; end links to nowhere."""
    for link in tree.iter(f"{{{XHTML}}}a"):
        path, mark, place = link.get("href", "").partition("#")
        if not path or ":" in path:
            continue
        if path.endswith(".html"):
            path = f"{path.removesuffix('.html')}.xhtml"
            link.set("href", f"{path}{mark}{place}")
        if not leads(path):
            del link.attrib["href"]
    for sheet in list(tree.iter(f"{{{XHTML}}}link")):
        if not leads(sheet.get("href", "")):
            remove(sheet)  # styles that an extension writes when all is packed
