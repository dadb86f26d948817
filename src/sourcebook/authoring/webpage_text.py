"""The text of a web page: its one main part, without scripts, styles and menus.

Headings bear the marks that Markdown has for them; for tables, see `webpage_tables`.
What is raised, struck, deleted, hidden or an equation comes out with the marks of
`marked`. Nothing is fetched or run.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from importlib.metadata import version
from typing import Any

from inscriptis import Inscriptis
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from lxml import etree, html

from sourcebook.authoring import marked, webpage_tables
from sourcebook.authoring.formulas import written_out
from sourcebook.authoring.incoming_file import (
    AS_TEXT,
    Incoming,
    check_markup,
    decode_page,
)
from sourcebook.authoring.levelling import without_control, without_nothing
from sourcebook.authoring.list_numbering import count_by_style, number_items
from sourcebook.authoring.marked import mark, without_marks
from sourcebook.authoring.text_extraction import Extract
from sourcebook.authoring.webpage_tables import HEADINGS, MOST_CELLS, words_in
from sourcebook.errors import SourcebookError

# A <div> is a block of its own: what stands in two of them is no one sentence.
_LAYOUT = STRICT_CSS_PROFILE | {
    "div": HtmlElement(display=Display.block, margin_before=1, margin_after=1)
}
_DROPPED = (
    "script style nav noscript template form button iframe object embed svg canvas "
    "audio video input select textarea rt rp annotation annotation-xml".split()
)
_LOOK = re.compile(
    r"(display|visibility|vertical-align|text-decoration|list-style)(?:-line|-type)?"
    r"\s*:\s*([\w -]+)"
)
_CSS_COMMENT = re.compile(r"(?s)/\*.*?(?:\*/|\Z)")
_OF_CLASSES = re.compile(r"\s*[a-z0-9]*((?:\.[\w-]+)+)\s*", re.IGNORECASE)
_UNSEEN = frozenset(
    "visually-hidden visuallyhidden sr-only screen-reader-text screen-reader "
    "screen-reader-only element-invisible assistive-text u-hidden".split()
)
_NOTE = re.compile(r"\[?\d{1,3}\]?")
_TO_NOTE = re.compile(r"#.*(?:note|fn|ftn|cite|ref)", re.IGNORECASE)


def _named(names: str) -> str:
    """Return the XPath of elements of one of these classes, or with it as their id."""
    held = "contains(concat(' ', @class, ' ', @id, ' '), ' {} ')"
    return f".//*[{' or '.join(map(held.format, names.split()))}]"


# What stands in the main part of a page, or over it, and is no part of the document.
_NOT_OF_IT = {
    "what lies over the page": (
        ".//*[@role='dialog' or @role='alertdialog' or @aria-modal='true']"
    ),
    "the comments of readers": _named(
        "comments disqus_thread comments-area comment-list"
    ),
    "the comments of who wrote it": (
        ".//sup[a[starts-with(@id, 'cmnt_ref')]] | "
        ".//div[p/a[starts-with(@href, '#cmnt_ref')]]"
    ),
    "what invites to read on": _named("newsletter related-articles read-more"),
    "menus": ".//*[@role='navigation' or @role='search' or @role='toolbar']",
    "what a wiki or a blog puts around its text": _named(
        "mw-editsection catlinks printfooter vector-dropdown vector-page-toolbar "
        "sharedaddy jp-relatedposts"
    ),
}
_PLACED = ("p", "li", "dd", "dt", "td", "th", "caption", "figcaption", *HEADINGS)
_REFERENCE = re.compile(r"&#([xX][\da-fA-F]{1,8}|\d{1,10});?")
_INLINE = ("span", "time", "a", "small", "label", "strong", "b")
_AROUND = ("nav", "aside", "header", "footer", "form")
_MAIN = {  # the surest first
    "//main": "<main>",
    "//article": "<article>",
    "//*[@role='main']": "part of the role main",
    "//*[@itemprop='articleBody']": "articleBody",
}
# Where a page says what it is: our name for it, and the paths, the surest first.
_SELF = {
    "title": ("//meta[@property='og:title']/@content", "//h1", "//title"),
    "author": (
        "//meta[@name='author']/@content",
        "//meta[@property='article:author']/@content",
    ),
    "issued": (
        "//meta[@property='article:published_time']/@content",
        "//meta[@name='date' or @name='dc.date' or @name='DC.date']/@content",
        "//time/@datetime",
    ),
    "publisher": ("//meta[@property='og:site_name']/@content",),
    "url": ("//link[@rel='canonical']/@href",),
}


def read_webpage(incoming: Incoming) -> Extract:
    """Return the text of an HTML file, with marks. Raises `SourcebookError`."""
    page, decoded = decode_page(incoming.data, name=incoming.name)
    page, dropped = without_nothing(_REFERENCE.sub(_meant, page.replace("\f", " ")))
    page, controls = without_control(page)  # which no tree may hold
    tree = _parse(page, incoming.name)
    proposals = {
        name: value for name, paths in _SELF.items() if (value := _first(tree, paths))
    }
    rules = [*_rules(tree)]
    _look_up(tree, rules)
    uncounted = count_by_style(tree, rules)
    part, said = _main_part(tree)
    for element in part.iter(*_PLACED):
        if (element.text or "").strip():
            label = f"{marked.PLACE}line {element.sourceline} of the file{marked.END}"
            element.text = label + element.text.lstrip()
    _set_aside(part)
    parted = _part_inline(part)
    text, more = text_of(part, name=incoming.name)
    text = f"{uncounted}{text}"
    used = f"inscriptis {version('inscriptis')}"
    return Extract(
        incoming.name,
        text,
        (*decoded, *dropped, *controls, said, *parted, *more),
        proposals,
        used,
    )


def _set_aside(part: Any) -> None:  # noqa: ANN401
    """Put notes behind the text, and doubt what else stands beside it."""
    for aside in [each for each in part.iter("aside") if each is not part]:
        if "footnote" in (aside.get("epub:type") or aside.get("role") or ""):
            aside.drop_tree()
            aside.tail = None
            part.append(aside)
        else:
            first = next(aside.iter(*_PLACED), aside)
            told = "words beside the text, or part of it"
            first.text = f"{mark(marked.DOUBT, told)}{first.text or ''}"


def _meant(found: re.Match[str]) -> str:
    """Return a reference to a sign of markup; for another, its character, if any."""
    sign = without_nothing(unescape(found[0]))[0].replace("\ufffd", "")
    return found[0] if sign in (*"<>&\"'",) else sign


def _part_inline(part: Any) -> list[str]:  # noqa: ANN401
    """Put a blank between two elements that only the look of a page keeps apart.

    A day and the hour behind it are no one figure. Where two may be one, as the runs of
    a paragraph that a word processor wrote most often are, it is doubted.
    """
    count = 0
    for element in part.iter(*_INLINE):
        after = element.getnext()
        beside = after is not None and not element.tail and after.tag in _INLINE
        if not beside or _kind(after):
            continue
        words, more = map(without_marks, (element.text_content(), after.text_content()))
        joint = words[-1:] + more[:1]
        if "time" in (element.tag, after.tag) or re.fullmatch(r"[a-z][A-Z]", joint):
            element.tail, count = " ", count + bool(joint.strip())
        elif re.fullmatch(r"\d\d|\d[A-Z]|[^\W\dA-Z]\d", joint):
            told = f"two parts of a line: {words[-30:]} | {more[:30]}"
            run = element.getparent().tag == "p"
            element.tail = f"{mark(marked.DOUBT, told)}{'' if run else ' '}"
    said = f"{count} × parted words that only the look of a page parts"
    return [said] * bool(count)


def text_of(part: Any, *, name: str) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401
    """Return the text of a parsed part of a page, and what was left out or changed."""
    try:
        told = (*_drop(part), *_mark_type(part), *_mark(part))
        text = Inscriptis(part, ParserConfig(css=_LAYOUT)).get_text()
    except OverflowError:
        said = f"{name}: a table of more than {MOST_CELLS:,} cells"
        raise SourcebookError(said, fix=AS_TEXT) from None
    except RecursionError:
        said = f"{name}: nested too deeply to be read"
        raise SourcebookError(said, fix=AS_TEXT) from None
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(lines).strip("\n") + "\n", told


def _parse(text: str, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    check_markup(text, name)
    # No declaration of an encoding is believed: the text is decoded already.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        fix = "save the page again, as HTML"
        raise SourcebookError(f"{name}: holds no page", fix=fix) from None
    if cut := parser.error_log.filter_from_fatals():  # and what follows is not there
        raise SourcebookError(
            f"{name}: cannot be read beyond line {cut[0].line}: too deeply nested, or "
            "too long a piece",
            fix=AS_TEXT,
        )
    for strange in tree.iter(etree.ProcessingInstruction):
        strange.drop_tree()
    return tree


def _rules(tree: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield what the page's own style sheets select, and what they say of it.

    What holds on paper or on small screens alone is not looked at.
    """
    for sheet in tree.iter("style"):
        depth = 0
        for rule in _CSS_COMMENT.sub("", sheet.text or "").split("}"):
            selectors, opened, said = rule.partition("{")
            if depth == 0 and opened and "{" not in said:
                for selector in selectors.rpartition(";")[2].split(","):
                    yield selector, said
            depth = max(0, depth + rule.count("{") - 1)


def _look_up(tree: Any, rules: list[tuple[str, str]]) -> None:  # noqa: ANN401
    """Write into elements what the page's own style sheets say of their classes."""
    looks: dict[str, list[tuple[set[str], str]]] = {}
    for selector, said in rules:
        named = _OF_CLASSES.fullmatch(selector)
        if named and _LOOK.search(said):
            names = named[1][1:].split(".")
            looks.setdefault(names[0], []).append((set(names), said))
    for element in tree.xpath("//*[@class]") if looks else ():
        classes = set(element.get("class").split())
        found = [said for name in classes for names, said in looks.get(name, ())
                 if names <= classes]  # fmt: skip
        if found:
            element.set("style", ";".join([*found, element.get("style") or ""]))


def _first(tree: Any, paths: tuple[str, ...]) -> str:  # noqa: ANN401
    for path in paths:
        for found in tree.xpath(path):
            words = found if isinstance(found, str) else found.text_content()
            if words.strip():
                return " ".join(words.split())
    return ""


def _main_part(tree: Any) -> tuple[Any, str]:  # noqa: ANN401
    """Return the part of a page that it marks as the main one, else the whole body.

    A part that holds little beside the paragraphs of the page is a card or a frame.
    """
    body = tree.find("body")
    body = tree if body is None else body
    around = " or ".join(f"ancestor::{tag}" for tag in _AROUND)
    words = sum(map(_count, body.xpath(f".//p[not({around})]")))
    why = "it marks no one part as the main one"
    for path, name in _MAIN.items():
        found = tree.xpath(path)
        if len(found) == 1 and (held := _count(found[0])) * 3 >= words:
            return found[0], f"read the page's {name} and nothing around it"
        if len(found) == 1:
            why = f"its {name} holds {held} words, and its paragraphs {words}"
    return body, f"read the whole page, for {why}"


def _drop(part: Any) -> list[str]:  # noqa: ANN401
    dropped: Counter[str] = Counter()
    lines: list[str] = []
    said = []
    words = _count(part)
    for element in list(part.iter("form")):
        if element is not part and (most := _count(element)) * 2 > words:
            element.tag = "div"
            said.append(f"kept a <form>, which holds {most:,} of {words:,} words")
    for what, path in _NOT_OF_IT.items():
        held, gone = _counts(part), set[Any]()
        for element in part.xpath(path):
            within = not gone.isdisjoint(element.iterancestors())
            if held[element] * 2 < words and not within:
                said.append(f"left out {what}: {held[element]:,} words")
                gone.add(element)
                element.drop_tree()
    for element in list(part.iter(*_DROPPED)):
        if element.getparent() is not None and element is not part:
            dropped[element.tag] += 1
            lines.append(str(element.sourceline))
            element.drop_tree()  # keeps the words after it
    if not dropped:
        return said
    counts = ", ".join(f"{count} <{tag}>" for tag, count in sorted(dropped.items()))
    where = ", ".join(dict.fromkeys(lines[:6]))
    more = ", …" if len(lines) > 6 else ""
    return [*said, f"left out {counts} (line {where}{more} of the file)"]


def _count(part: Any) -> int:  # noqa: ANN401
    return _counts(part)[part]


def _counts(part: Any) -> dict[Any, int]:  # noqa: ANN401
    """Return how many words each element shows, those to be dropped left out."""
    counts: dict[Any, int] = {}
    for element in reversed([*part.iter()]):  # each behind those in it
        code, hides = element.tag in ("script", "style"), element.tag == "noscript"
        texts = [element.text, *(each.tail for each in element)] if not hides else []
        own = sum(len(without_marks(words).split()) for words in texts if words)
        counts[element] = 0 if code else own + sum(counts[each] for each in element)
    return counts


def _mark_type(part: Any) -> list[str]:  # noqa: ANN401
    """Put marks around what the type or the markup says of words."""
    for math in list(part.iter("math", "{*}math")):
        tail, around = math.tail, math.getparent()
        for beside in (around.getnext(), around.getprevious()):
            if beside is not None and beside.get("aria-hidden") == "true":
                beside.drop_tree()  # the same equation a second time, for the eye
                around.attrib.pop("style", None)
        _replace_words(math, mark(marked.EQUATION, written_out(math)))
        math.tag, math.tail = "span", tail
    for turned in part.iter("bdo"):
        turned.text = f"\u202e{turned.text or ''}"
    for picture in part.iter("img"):
        picture.text = mark(marked.PICTURE, picture.get("alt") or "")
        picture.tag = "span"
    said = []
    counts = _counts(part)
    for element in part.iter():
        kind = _kind(element) if isinstance(element.tag, str) else ""
        if kind == marked.HIDDEN:
            element.attrib.pop("style", None)  # the library would drop it unsaid
        if kind == marked.HIDDEN and counts[element] * 2 > counts[part]:
            said = ["kept what the page hides until its script has run: most of it"]
        elif kind:
            _surround(element, kind)
    return said


def _kind(element: Any) -> str:  # noqa: ANN401
    """Return the mark that goes around an element, "" for none."""
    look = dict(_LOOK.findall((element.get("style") or "").lower()))
    classes = set((element.get("class") or "").lower().split())
    unseen = look.get("display") == "none" or look.get("visibility") == "hidden"
    if element.get("hidden") is not None or unseen or classes & _UNSEEN:
        return "" if element.tag in _DROPPED else marked.HIDDEN
    if element.tag == "sup" and element.xpath(".//a[starts-with(@href, '#')]"):
        return marked.NOTED
    if element.tag == "a" and _leads_to_note(element):
        return marked.NOTED
    if "line-through" in look.get("text-decoration", ""):
        return marked.STRUCK
    placed = look.get("vertical-align", "").removesuffix("er")
    return marked.BY_TAG.get(placed) or marked.BY_TAG.get(element.tag, "")


def _leads_to_note(link: Any) -> bool:  # noqa: ANN401
    """Say whether a link is the number of a note, printed right behind a word."""
    words = without_marks(link.text_content()).strip()
    if not (_NOTE.fullmatch(words) and _TO_NOTE.search(link.get("href") or "")):
        return False
    before = link.getprevious()
    if before is not None and not before.tail:
        return not link.xpath("ancestor::sup")
    text = before.tail if before is not None else link.getparent().text
    return bool(text) and not text[-1:].isspace() and text[-1:] != marked.RAISED


def _surround(element: Any, kind: str) -> None:  # noqa: ANN401
    """Put a mark before the first words of an element and its end behind the last."""
    element.text = f"{kind}{element.text or ''}"
    last = element[-1] if len(element) else None
    if last is None:
        element.text += marked.END
    else:
        last.tail = f"{last.tail or ''}{marked.END}"


def _mark(part: Any) -> list[str]:  # noqa: ANN401
    """Give headings their marks, lists their numbers, and rows of tables a line."""
    said = []
    tables: list[Any] = []
    others: list[Any] = []
    for table in part.iter("table"):
        (tables if webpage_tables.is_data(table) else others).append(table)
    celled = {heading for table in tables for heading in table.iter(*HEADINGS)}
    headings = [h for h in part.iter(*HEADINGS) if words_in(h) and h not in celled]
    for heading in headings:
        _replace_words(heading, f"{'#' * int(heading.tag[1])} {words_in(heading)}")
    if headings:
        said.append(
            f"marked {len(headings)} heading{'s' * (len(headings) != 1)} with #"
        )
    for numbered in part.xpath(
        ".//ol[@start or @reversed or @type or li/@value or contains(@style, 'list')]"
    ):
        number_items(numbered)
    for table in others:
        webpage_tables.part_cells(table)
    for table in tables:
        webpage_tables.lay_out(table)
    if tables:
        said.append(
            f"laid {len(tables)} table{'s' * (len(tables) != 1)} out, one line a row"
        )
    if others:
        said.append(f"{len(others)} × read the long cells of a table one by one")
    return said


def _replace_words(element: Any, words: str) -> None:  # noqa: ANN401
    for child in list(element):
        element.remove(child)
    element.text = words
