"""What is read offline: the edition, each chapter in one file, each page's source.

A book built alone has neither EPUB nor PDF, and its pages name none. A file of another
commit would say something else than the pages do, so it is not linked either: each
file's time is that of the commit it was made from.

A chapter's file is to open from a disk, or to pass on by e-mail. It is made from the
chapter's page in the site. Styles, scripts and pictures stand in it; so do, below the
chapter, the passages, questions and words that its links lead to. Its search looks
through those and through the chapter's own questions. A link to any other place leads
to the published book where its address is known, and else to nowhere, and says so.

A page of the site holds no line of script. This one has to, so it names the two
scripts that may run by their digests, and allows nothing to be fetched at all.
"""

import base64
import hashlib
import json
import mimetypes
import posixpath
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from sourcebook.coding.book_files import CHAPTERS, digest, put
from sourcebook.data.citation import commit_time, load_work
from sourcebook.site.hovercards import cards_html, linked, made_from
from sourcebook.site.page_hooks import WrittenPage, make_anew, on_each_page, once_built
from sourcebook.site.search_index import DATA_SCRIPT, read_index
from sourcebook.site.theme import BOOT, BUNDLE, CHART, FIGURES, SOURCE_COLOURS
from sourcebook.views.fragment import escape

OFFLINE = "downloads"  # in the site
MAILABLE = 2_000_000  # bytes: what goes with any e-mail
_SOURCES = "_sources"  # where Sphinx puts the sources of pages
_SAVED = frozenset({".ipynb", ".md"})  # those of them that a reader may save
_TEMPLATE = "one-file.html"
_NOTE = "sourcebook-chapters.json"  # from what each file was made
_STYLES = (
    "one-file.css",
    "pygments.css",
    SOURCE_COLOURS,
    *("book.css", "page.css", "folds.css", "search.css", "evidence.css"),
)
_FIRST = ("early.js",)  # before anything is drawn
_SCRIPTS = ("search.js", "folds.js", "evidence.js", "tables.js", FIGURES)
_ARTICLE = re.compile(r'<article class="bd-article">(.*?)</article>', re.DOTALL)
_FACTS = re.compile(r'<div class="sb-page">.*?</details>\s*</div>', re.DOTALL)
_EDITIONS = re.compile(r'<p class="sb-editions">.*?</p>', re.DOTALL)
_HEADING = re.compile(
    r'<section[^>]*? id="([^"]+)">\s*(?:<span[^>]*></span>\s*)*<h2>(.*?)<a class="head'
)
_CARD = re.compile(
    r'<template class="sb-evidence-of"><div (?:[^>]*?(data-source="[^"]*"))?[^>]*>'
    r'<div id="card-([^"]+)-says">(.*?)</div>',
    re.DOTALL,
)
_LINK = re.compile(r'(?<=\s)href="([^"]*)"')
_PICTURE = re.compile(r'(?<=\ssrc=")(?![a-z]+:)[^"]+')
_ID = re.compile(r'\sid="([^"]+)"')
# Names that mean one thing in all the book, in the order in which a file shows them.
_HELD = ("claim-", "question-", "fact-", "term-")
_NOWHERE = 'role="link" aria-disabled="true" data-away'


def is_chapter(page: str) -> bool:
    """Tell whether a page is had as one file too.

    >>> is_chapter("notebooks/synthesis/gas"), is_chapter("book/index")
    (True, False)
    """
    return page.startswith(f"{CHAPTERS}/")


def file_name(page: str) -> str:
    """Return where the file of a chapter lies in the site.

    >>> file_name("notebooks/synthesis/gas")
    'downloads/gas.html'
    """
    return f"{OFFLINE}/{posixpath.basename(page)}.html"


def parts(markup: str, *, page: str, base: str, cards: str = "") -> dict[str, Any]:
    """Return of a page of the site what goes into its file, by the template's names.

    ``base`` is where the book is published, "" for nowhere; ``cards`` are those that
    the page itself is too long to have.
    """
    article = _ARTICLE.search(markup)[1] + cards  # type: ignore[index]
    facts = "".join(_FACTS.findall(markup)[:1])
    own = set(_ID.findall(article))
    found = (card for card in _CARD.findall(article) if card[1] not in own)
    cited = sorted(found, key=_kind)
    held = own | {anchor for _, anchor, _ in cited}
    lead = partial(relink, page=page, base=base, held=held)
    return {
        "article": lead(article),
        "cited": [(source, name, lead(says)) for source, name, says in cited],
        "facts": lead(_EDITIONS.sub("", facts)),
        "headings": _HEADING.findall(article),
        "held": held,
    }


def _kind(card: tuple[str, str, str]) -> int:
    """Put passages before questions, and words of the glossary last."""
    return next(n for n, kind in enumerate(_HELD) if card[1].startswith(kind))


def relink(markup: str, *, page: str, base: str, held: AbstractSet[str]) -> str:
    """Lead the links of a page into its file, else to the published book, else nowhere.

    >>> a = '<a href="../b.html#claim-c">c</a> <a href="../b.html#d">d</a>'
    >>> relink(a, page="a/p", base="", held={"claim-c", "d"})[:24]
    '<a href="#claim-c">c</a>'
    >>> relink(a, page="a/p", base="https://e.org/", held={"claim-c"})[25:]
    '<a href="https://e.org/b.html#d">d</a>'
    """

    def led(found: re.Match[str]) -> str:
        path, mark, place = unescape(found[1]).partition("#")
        if ":" in path or not path:
            return found[0]
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if place in held and (place.startswith(_HELD) or whole == f"{page}.html"):
            return f'href="#{place}"'
        return f'href="{base}{whole}{mark}{place}"' if base else _NOWHERE

    return _LINK.sub(led, markup)


def with_pictures(markup: str, folder: Path) -> str:
    """Return the words of a page with the pictures that lie beside it in them."""

    def data(found: re.Match[str]) -> str:
        path = folder / unescape(found[0])
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"

    return _PICTURE.sub(data, markup)


def own_rows(index: Mapping[str, Any], held: Collection[str]) -> str:
    """Return what of the book's search leads into a file, as its script."""
    own = [
        [*row[:-1], f"#{place}"]
        for row in index["rows"]
        if (place := row[-1].partition("#")[2]) in held and _leads(row)
    ]
    small = {"rows": own, "alike": index["alike"]}
    text = json.dumps(small, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")  # else it could end the script it stands in


def read_scripts(static: Path, names: Iterable[str]) -> str:
    r"""Return some scripts as one that can stand in a page."""
    # Read as text: a browser takes the digest once every end of line is \n.
    each = ((static / name).read_text(encoding="utf-8") for name in names)
    return "\n".join(each).replace("</script", "<\\/script").replace("<!--", "<\\!--")


def policy(*scripts: str) -> str:
    """Return what a file allows: these scripts, and nothing from outside it."""
    digests = (hashlib.sha256(each.encode()).digest() for each in scripts)
    named = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in digests)
    return (
        f"default-src 'none'; script-src {named}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def own_context(static: Path, *, charts: bool) -> Mapping[str, str]:
    """Return styles, scripts and policy of a file, with what draws charts or not."""
    first = read_scripts(static, _FIRST)
    rest = read_scripts(static, (*_SCRIPTS, *((BUNDLE, BOOT) if charts else ())))
    styles = ((static / name).read_text(encoding="utf-8") for name in _STYLES)
    return {
        "styles": "\n".join(styles),
        "first": first,
        "scripts": rest,
        "policy": policy(first, rest),
    }


def write_chapters(app: Sphinx) -> None:
    """Write every chapter of the site as one file, where it is another than before."""
    out = Path(app.outdir)
    found = out / DATA_SCRIPT
    if not found.exists():  # a site without the search of a book has no such files
        return
    index = dict(read_index(found.read_text(encoding="utf-8")))
    index["rows"] = [row for row in index["rows"] if _leads(row)]
    told = f"{index['rows']}{index['alike']}"
    shared = digest([told, _around(app, out), made_from(app)])

    def wanted() -> Iterator[tuple[Path, str, Callable[[], bytes]]]:
        for page in sorted(filter(is_chapter, app.env.found_docs)):
            path = out / f"{page}.html"
            markup = path.read_text(encoding="utf-8")
            told = digest([shared, markup, *_pictures(markup, path.parent)])
            yield out / file_name(page), told, partial(_whole, app, page, markup, index)

    make_anew(Path(app.doctreedir) / _NOTE, wanted())


def _leads(row: list[str]) -> bool:
    """Whether a row of the search leads to what a file may hold."""
    return row[-1].partition("#")[2].startswith(_HELD)


def _around(app: Sphinx, out: Path) -> str:
    """Return all that stands around every chapter, and what puts it there."""
    root = Path(app.srcdir)
    templates = sorted((root / "book/_templates").rglob("*.html"))
    put_by = [path.read_text(encoding="utf-8") for path in templates]
    around = own_context(out / "_static", charts=True)
    return str([put_by, load_work(root), app.config.sourcebook_url, around])


def _pictures(markup: str, folder: Path) -> Iterator[str]:
    """Yield a digest of each picture of a page's article."""
    for name in _PICTURE.findall(_ARTICLE.search(markup)[1]):  # type: ignore[index]
        yield hashlib.sha256((folder / unescape(name)).read_bytes()).hexdigest()


def _whole(app: Sphinx, page: str, markup: str, index: Mapping[str, Any]) -> bytes:
    """Return the file of a chapter, made from its page."""
    out, base = Path(app.outdir), app.config.sourcebook_url
    known = {anchor for _, anchor, _ in _CARD.findall(markup)}
    article = _ARTICLE.search(markup)[1]  # type: ignore[index]
    more = [name for name in linked(article, most=None) if name not in known]
    made = parts(markup, page=page, base=base, cards=cards_html(app, page, more))
    made["article"] = with_pictures(made["article"], (out / page).parent)
    context = {
        **made,
        **own_context(out / "_static", charts=CHART in made["article"]),
        "rows": own_rows(index, made["held"]),
        "title": app.env.titles[page].astext(),
        "work": load_work(Path(app.srcdir)),
        "address": f"{base}{page}.html" if base else "",
    }
    return str(app.builder.templates.render(_TEMPLATE, context)).encode()


def as_script(name: str, text: str) -> str:
    r"""Return a file as a call that saves it.

    >>> as_script("a.md", "# A")
    'sourcebookSave("a.md", "# A");\n'
    """
    return f"sourcebookSave({json.dumps(name)}, {json.dumps(text)});\n"


def _pack(app: Sphinx) -> None:
    """Write the script beside each source of a page."""
    # From a disk a browser opens a linked source in the tab, and forbids a page to read
    # it. It does let a page load a script: so beside each source lies the same as one,
    # which hands the text to save.js when somebody asks for the file.
    for path in sorted((Path(app.outdir) / _SOURCES).rglob("*")):
        if path.suffix in _SAVED:
            script = as_script(path.name, path.read_text(encoding="utf-8"))
            beside = path.with_name(f"{path.name}.js")
            put(beside, script.encode())  # one that is the same stays as it is


_FORMS = (("_build/pdf", "pdf", "PDF, for paper"), ("_build/epub", "epub", "EPUB"))
ONE_FILE = "this chapter in one file"
_LATE = 600  # after the theme's own buttons, before all are named


def editions(root: Path) -> list[tuple[str, str]]:
    """Return path in the project and words of each edition made from this commit."""
    made = int(commit_time(root))
    return [
        (path.relative_to(root).as_posix(), words)
        for folder, end, words in _FORMS
        for path in sorted((root / folder).glob(f"*.{end}"))
        if int(path.stat().st_mtime) == made
    ]


def links(found: Iterable[tuple[str, str]]) -> str:
    """Return the sentence that links files to read offline; "" for none.

    >>> links([("downloads/b.epub", "EPUB")])[23:]
    'To read offline: <a href="downloads/b.epub">EPUB</a>.</p>'
    >>> links([])
    ''
    """
    each = [f'<a href="{href}"{_saved(href)}>{words}</a>' for href, words in found]
    said = f"To read offline: {' · '.join(each)}."
    return f'<p class="sb-editions">{said}</p>' if each else ""


def _saved(href: str) -> str:
    """Have a page saved, not opened: a host may allow no script that stands in one."""
    return " download" if href.endswith(".html") else ""


def _settle(app: Sphinx, config: Config) -> None:
    """Note what is there: when that moves, every page is written again."""
    config.sourcebook_editions = [list(each) for each in editions(Path(app.srcdir))]


def add_links(page: WrittenPage) -> None:
    """Give a page the sentence that names the editions, where there are any."""
    app, up = page.app, "../" * page.name.count("/")
    found = [
        (f"{up}{OFFLINE}/{posixpath.basename(path)}", words)
        for path, words in app.config.sourcebook_editions
    ]
    if is_chapter(page.name):
        found.append((f"{up}{file_name(page.name)}", ONE_FILE))
    # Said once: at the foot of a page, and on the landing page where its words end.
    place = "body" if page.name == app.config.root_doc else "sb_editions"
    more = _chapters(app, up) if place == "body" else ""
    page.context[place] = page.context.get(place, "") + links(found) + more


def _chapters(app: Sphinx, up: str) -> str:
    """Return the list of the chapters, each as one file; "" where there is none."""
    order = app.env.toctree_includes.get(app.config.root_doc, ())
    each = [
        f'<li><a href="{up}{file_name(page)}" download>'
        f"{escape(app.env.titles[page].astext())}</a></li>"
        for page in filter(is_chapter, order)
    ]
    said = "One chapter in one file, to open from a disk or to pass on by e-mail"
    return (
        f'<details class="sb-editions"><summary>{said}</summary>'
        f"<ul>{''.join(each)}</ul></details>"
        if each
        else ""
    )


def add_button(page: WrittenPage) -> None:
    """Put a chapter's file among the downloads that its header offers."""
    if not is_chapter(page.name):
        return
    for group in page.context.get("header_buttons", ()):
        if group["label"] == "download-buttons":
            button = {
                "type": "link",
                "url": f"{'../' * page.name.count('/')}{file_name(page.name)}",
                "text": ".html",
                "tooltip": ONE_FILE,
                "icon": "fas fa-file",
                "label": "download-one-file-button",
            }
            group["buttons"].insert(0, button)


def _copy(app: Sphinx) -> None:
    folder = Path(app.outdir) / OFFLINE
    folder.mkdir(exist_ok=True)
    given = [Path(app.srcdir) / path for path, _ in app.config.sourcebook_editions]
    for path in given:
        shutil.copy2(path, folder)
    kept = {path.name for path in given}
    chapters = filter(is_chapter, app.env.found_docs)
    kept |= {posixpath.basename(file_name(page)) for page in chapters}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def setup(app: Sphinx) -> None:
    """Register with Sphinx; a chapter after the search's rows are written."""
    once_built(app, _pack)
    once_built(app, write_chapters, priority=900)
    app.add_config_value("sourcebook_editions", [], "html", [list])
    app.connect("config-inited", _settle)
    on_each_page(app, add_links)
    on_each_page(app, add_button, priority=_LATE)
    once_built(app, _copy)
