"""The contents beside each page, made once instead of once for every page.

The theme makes the list of all pages anew for every page, so that a book twice as long
takes four times as long. The list differs from page to page in two things alone: where
its links start from, and which entry is marked as the page that is open. So the theme
makes it once, for a page that no list has, and links and marks are put in here. The
site is the same, byte for byte.

Whether they are right is not taken on trust: for the first page of each kind (how deep
its folder, how deep its entry) the theme's own list is made as well, and where the two
differ, that one and all that follow are the theme's own. They are, too, where the list
cannot be the same for all: branches folded away, parts shown to some builders only, a
page listed twice, another builder, another version of the theme.
"""

import re
from collections.abc import Callable
from typing import Any

import pydata_sphinx_theme
from pydata_sphinx_theme.toctree import add_toctree_functions
from sphinx.addnodes import only
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

_LOGGER = logging.getLogger(__name__)
_EVENT = "html-page-context"
_MAKER = "generate_toctree_html"  # what the theme calls its function
_KNOWN = "0.17."  # the theme whose lists these are
_NOBODY = "…"  # the name of a page that no book has
_TAG = re.compile(r"<(/?)(ul|li|a|details)\b[^>]*>")
_HREF = re.compile(r'(?<= href=")[^"]*')
_INSIDE = re.compile(r'(?<=<a class="reference internal" href=")[^"#]+(?=")')
_DEPTH = re.compile(r"toctree-l\d+")

Spot = tuple[int, int, str]  # from where to where in a text, and what is to stand there


class Contents:
    """The theme's contents for a folder, with no page marked."""

    def __init__(self, text: str) -> None:
        """Note for each link of ``text`` what changes when its page is open."""
        self.text = text
        self.spots: dict[str, list[Spot]] = {}
        self.twice: set[str] = set()
        self._read()

    def marked(self, href: str) -> str:
        """Return the contents with the entry that leads to ``href`` marked."""
        parts, last = [], 0
        for start, end, words in self.spots.get(href, ()):
            parts += [self.text[last:start], words]
            last = end
        return "".join([*parts, self.text[last:]])

    def _read(self) -> None:
        around: list[re.Match[str]] = []
        link_of: dict[int, str] = {}  # where an item begins: its own link
        for tag in _TAG.finditer(self.text):
            if tag[1]:
                around.pop()
                continue
            item = around[-1].start() if around else -1
            around.append(tag)
            if tag[2] == "details" and item in link_of:  # the link stands before it
                self.spots[link_of[item]].append(_spot(tag))
            elif tag[2] == "a" and (href := _HREF.search(tag[0])):
                link_of[item] = href[0]
                if href[0] in self.spots:
                    self.twice.add(href[0])
                self.spots[href[0]] = [_spot(each) for each in around]


def _spot(tag: re.Match[str]) -> Spot:
    """Return a tag as it is when the open page is in it."""
    return tag.start(), tag.end(), _MARKS[tag[2]](tag[0])


def _mark_list(tag: str) -> str:
    if " class=" not in tag:
        return tag.replace("<ul", '<ul class="current"')
    return tag.replace(' class="', ' class="current ')


_MARKS: dict[str, Callable[[str], str]] = {
    "ul": _mark_list,
    "li": lambda tag: _DEPTH.sub(r"\g<0> current active", tag, count=1),
    "a": lambda tag: _HREF.sub("#", tag.replace(' class="', ' class="current ')),
    "details": lambda tag: tag if " open" in tag else '<details open="open">',
}


class Sidebars:
    """The contents of one build, folder by folder."""

    def __init__(self, app: Sphinx) -> None:
        """Make nothing yet: titles are known when the first page is written."""
        self._app = app
        self._first: dict[str, str] = {}  # by what was asked: as seen from the top
        self._made: dict[tuple[str, str], Contents] = {}
        self._checked: set[tuple[str, int, int]] = set()
        self._sound: bool | None = None

    def add(self, page: str, context: dict[str, Any]) -> None:
        """Put our function in the place of the theme's."""
        own = context[_MAKER]

        def make(kind: str, **more: object) -> Any:  # noqa: ANN401 - as the theme has it
            found = self._of(page, own, more) if kind == "sidebar" else None
            return own(kind=kind, **more) if found is None else found

        context[_MAKER] = make

    def _of(
        self, page: str, own: Callable[..., Any], more: dict[str, Any]
    ) -> str | None:
        """Return the contents for a page, None where they must be the theme's."""
        if more.get("startdepth") != 0 or more.get("collapse", True):
            return None
        if not self._is_sound():
            return None
        folder = page.rpartition("/")[0]
        contents = self._contents(folder, more)
        href = self._app.builder.get_relative_uri(_nobody(folder), page)
        if href in contents.twice:
            return None
        text = contents.marked(href)
        place = (repr(more), page.count("/"), len(contents.spots.get(href, ())))
        if place not in self._checked:
            self._checked.add(place)
            self._sound = str(own(kind="sidebar", **more)) == text
            if not self._sound:
                _LOGGER.info("the contents beside the pages are made one by one")
                return None
        return text

    def _is_sound(self) -> bool:
        """Whether nothing in the book makes the contents differ page by page."""
        if self._sound is None:
            tocs = self._app.env.tocs.values()
            self._sound = not any(toc.next_node(only) for toc in tocs)
        return self._sound

    def _contents(self, folder: str, more: dict[str, Any]) -> Contents:
        """Return the contents for a folder: the same list, with links from there."""
        key = (folder, repr(more))
        if key not in self._made:
            top = self._top(more)
            here = self._app.builder.get_target_uri(_nobody(folder))
            self._made[key] = Contents(_from(here, top) if folder else top)
        return self._made[key]

    def _top(self, more: dict[str, Any]) -> str:
        """Return the theme's contents for a page at the top that no list has."""
        key = repr(more)
        if key not in self._first:
            builder: StandaloneHTMLBuilder = self._app.builder  # type: ignore[assignment]
            context: dict[str, Any] = {
                "toctree": lambda **asked: builder._get_local_toctree(_NOBODY, **asked)  # noqa: SLF001
            }
            add_toctree_functions(self._app, _NOBODY, "page.html", context, None)
            self._first[key] = str(context[_MAKER](kind="sidebar", **more))
        return self._first[key]


def _nobody(folder: str) -> str:
    return f"{folder}/{_NOBODY}".removeprefix("/")


def _from(here: str, contents: str) -> str:
    """Return contents made for the top with links that start from ``here``."""
    return _INSIDE.sub(lambda found: relative_uri(here, found[0]), contents)


def _begin(app: Sphinx) -> None:
    """Stand right behind the theme, whose next listener already uses its function."""
    known = pydata_sphinx_theme.__version__.startswith(_KNOWN)
    if app.builder.name != "html" or not known:
        return
    listeners = app.events.listeners.get(_EVENT, [])
    places = [
        n for n, each in enumerate(listeners) if each.handler is add_toctree_functions
    ]
    if len(places) != 1:
        return
    sidebars = Sidebars(app)

    def add(
        _app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object
    ) -> None:
        sidebars.add(page, context)

    app.connect(_EVENT, add, priority=listeners[places[0]].priority)
    listeners.insert(places[0] + 1, listeners.pop())


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.connect("builder-inited", _begin, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
