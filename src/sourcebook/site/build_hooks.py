"""The Sphinx extension that ties a build to its inputs and its exports.

It works the same under ``sourcebook build`` and plain ``jupyter-book build``: only what
the contents name is a page, stale notebooks are run before anything is read, and the
data files are written at the end.

Sphinx reads a page again when its own file changed. It does not know that a page shows
claims, that the contents beside it hold the titles of all others, or that a card at its
end stands in another's glossary. So three things are kept here:

* the code that made the pages: when it moves, every page is read again;
* what each page was written with (its reading and its cards): when that moves, the page
  is written again. It is noted once the site is whole, so that after a build that was
  interrupted the pages it did not reach are written;
* what all pages share (titles, contents, targets of links, styles, scripts): when that
  moves, every page is written again.

Which facts a page is made from, the domain knows. The result is that of a clean build,
byte for byte, and pages that are no longer in the book leave nothing behind.
"""

import json
import re
from importlib.metadata import version
from pathlib import Path
from types import FunctionType
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

import sourcebook
from sourcebook.coding.book_files import DATA, contents, digest, put, refuse_unreadable
from sourcebook.data.export import put_all
from sourcebook.errors import SourcebookError
from sourcebook.running.batch import renew
from sourcebook.running.execution_record import NOTEBOOK, OUTPUT
from sourcebook.running.execution_store import Store, reasons
from sourcebook.site.directives import exports
from sourcebook.site.domain import get_domain
from sourcebook.site.hovercards import cards_html, drawn, made_from
from sourcebook.site.page_hooks import SITE_BUILDER, once_built, read_note
from sourcebook.site.page_preview import preview_name
from warm_kernels import fork_client

_KNOWN = 950  # once the contents are read: which notebooks are pages


def _prepare(app: Sphinx, config: Config) -> None:
    """Have kernels made ready meanwhile, where there are pages to run."""
    if config.nb_execution_mode == "cache":
        why = reasons(Path(app.srcdir), _cache(app))
        # The coding desk is a notebook and no page: no build runs it.
        stale = {name.removesuffix(".ipynb") for name in why if why[name]}
        if stale.intersection(getattr(config, "external_site_map", stale)):
            fork_client.begin()


def keep_to_contents(app: Sphinx, config: Config) -> None:
    """Have only what the contents name become a page, wherever the book lies."""
    # The contents' own way to this (`only_build_toc_files`) looks for all the others,
    # and takes a [ ] * or ? in the path of the book for a pattern. Each name is
    # compared with every file of the book, so only those that are there are given.
    if names := sorted(getattr(config, "external_site_map", ())):
        ends = ("", *config.source_suffix)
        paths = (f"{name}{end}" for name in names for end in ends)
        here = Path(app.srcdir)
        config.include_patterns = [each for each in paths if (here / each).is_file()]


def _cache(app: Sphinx) -> Path:
    given = app.config.nb_execution_cache_path
    return Path(given) if given else Path(app.outdir).parent / ".jupyter_cache"


def _before_reading(app: Sphinx) -> None:
    """Say every fault of sheets at once."""
    domain = get_domain(app.env)
    refuse_unreadable(domain.root)
    domain.forget()  # there is nothing yet: it sees which files all is made from
    try:
        _ = domain.answers  # worked out once for the whole build
    except ExtensionError as error:
        raise ExtensionError(f"the book does not hold together\n{error}") from error


def _execute(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> set[str]:
    """Run the notebooks that are out of date; return the pages with new outputs.

    Jupyter Book then finds all of them in its cache.
    """
    if app.config.nb_execution_mode != "cache":
        return set()
    root, cache = Path(app.srcdir), _cache(app)
    names = {
        Path(path).relative_to(root).as_posix(): page
        for page in sorted(env.found_docs)
        if (path := str(env.doc2path(page))).endswith(".ipynb")
    }
    try:
        renew(root, names, cache=cache)
    except SourcebookError as error:
        raise ExtensionError(str(error), error) from None
    store = Store(root, cache)
    now = {page: store.output(name) for name, page in names.items()}
    before = getattr(env, "sourcebook_outputs", {})
    env.sourcebook_outputs = now  # type: ignore[attr-defined]
    return {page for page, output in now.items() if before.get(page) != output}


def _export(app: Sphinx) -> None:
    put_all(exports(get_domain(app.env)), Path(app.outdir) / DATA)


_NOTE = "sourcebook-written.json"  # beside the pages as they were read
_AFTER = 950  # everybody else who has something to say about pages
_MADE_FROM = ("requirements.lock", "seeds/references.bib")
_SHARED = ("book/_static", "book/_templates")
_LIBRARIES = re.compile(r"^.*/(?:site|dist)-packages(?=/|$)")


def code_digest(root: Path) -> str:
    """Return one SHA-256 over what makes pages out of what people write."""
    package = Path(sourcebook.__file__).parent
    files = [*sorted(package.rglob("*.py")), *(root / name for name in _MADE_FROM)]
    return digest(contents(files))


def _to_read(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> set[str]:
    """Return the pages whose facts moved; all if the code did."""
    now = code_digest(Path(app.srcdir))
    before = getattr(env, "sourcebook_code", None)
    env.sourcebook_code = now  # type: ignore[attr-defined]
    domain = get_domain(env)
    pages = domain.pages_to_read() if before == now else set(env.found_docs)
    domain.data["moment"] = domain.moment  # as of which all pages will have been read
    return pages


def _to_write(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Return the pages that are not written as they would be now."""
    if app.builder.name != SITE_BUILDER:
        return set()
    note = read_note(Path(app.doctreedir) / _NOTE)
    if note.get("shared") != _shared(app):
        return env.found_docs
    pages, same = note["pages"], note.get("made_from") == made_from(app)
    return {
        page
        for page in env.found_docs
        if page not in pages
        or pages[page]["read"] != env.all_docs[page]
        or not (
            same or pages[page]["cards"] == _cards(app, page, pages[page]["anchors"])
        )
    }


def _cards(app: Sphinx, page: str, anchors: list[str]) -> str:
    """Return a digest of the cards of a page, worked out once for a build."""
    known: dict[Any, str] = get_domain(app.env).kept.setdefault("cards", {})
    key = (page, *anchors)
    if key not in known:
        known[key] = digest([cards_html(app, page, anchors)])
    return known[key]


def _shared(app: Sphinx) -> str:
    """Return a digest of what every page may show or link to."""
    env = app.env
    domain = get_domain(env)
    objects = sorted(str(each) for each in env.get_domain("std").get_objects())
    told = [
        {page: title.astext() for page, title in sorted(env.titles.items())},
        {page: title.astext() for page, title in sorted(env.longtitles.items())},
        sorted(env.toctree_includes.items()),
        env.tocs[app.config.root_doc].pformat(),
        sorted(domain.data["listed"].items()),
        objects,
    ]
    root = Path(app.srcdir)
    files = (path for name in _SHARED for path in sorted((root / name).rglob("*")))
    return digest([*map(str, told), *contents(files)])


def _placeless(value: object, root: str) -> str:
    """Return a setting in words, without where the book and the libraries lie.

    >>> print(_placeless({*"zyxwv"}, "/here"))
    ['v', 'w', 'x', 'y', 'z']
    >>> print(_placeless({"b": 1, "a": (dict, "/here/x")}, "/here"))
    ["a: ['builtins.dict', 'book/x']", 'b: 1']
    """
    if isinstance(value, dict):
        return str([f"{k}: {_placeless(v, root)}" for k, v in sorted(value.items())])
    if isinstance(value, (list, tuple)):
        return str([_placeless(inner, root) for inner in value])
    if isinstance(value, (set, frozenset)):  # which have no order of their own
        return str(sorted(_placeless(inner, root) for inner in value))
    if isinstance(value, (type, FunctionType)):  # else its address would be said
        return f"{value.__module__}.{value.__qualname__}"
    return _LIBRARIES.sub("libraries", str(value)).replace(root, "book")


def _note_settings(app: Sphinx) -> None:
    """Have the digest that Sphinx keeps of its settings the same in every place."""
    # Sphinx's own is over paths too: two environments would never give the same file.
    info = getattr(app.builder, "build_info", None)
    if info is not None:
        info.config_hash = settings_digest(app.config, Path(app.srcdir))


def settings_digest(config: Config, root: Path) -> str:
    """Return a digest of all that the look of pages depends on, but for places."""
    found = {each.name: each.value for each in config.filter({"html"})}
    return digest([_placeless(found, str(root))])


def _keep_templates(app: Sphinx) -> None:
    """Have no template compiled that was compiled for the build before."""
    templates = getattr(app.builder, "templates", None)
    if environment := getattr(templates, "environment", None):
        made_by = f"templates-{version('jinja2')}-{version('sphinx')}"
        folder = Path(app.doctreedir) / made_by
        folder.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _as_in_a_clean_build(app: Sphinx) -> None:
    """Take away a style sheet that its library writes once all pages are."""
    # In a clean build it is not there when pages name it, so they name it without its
    # checksum; were it left from the build before, they would differ.
    if app.builder.name == SITE_BUILDER:
        for path in (Path(app.outdir) / "_static").glob("mystnb.*.css"):
            path.unlink()


def _finish(app: Sphinx) -> None:
    """Take away what no page has any more, and note what was written."""
    before, env = read_note(Path(app.doctreedir) / _NOTE), app.env
    known, written = before.get("pages", {}), drawn(app)
    same = before.get("made_from") == made_from(app)
    pages = {}
    for page in sorted(env.found_docs):
        then = known.get(page, {})
        anchors = written.get(page, then.get("anchors", []))
        cards = then.get("cards") if same and anchors == then.get("anchors") else ""
        pages[page] = {
            "read": env.all_docs[page],
            "anchors": anchors,
            "cards": cards or _cards(app, page, anchors),
        }
    images = sorted(name for _, name in env.images.values())
    _remove(app, sorted(known.keys() - pages.keys()), before.get("images", []), images)
    note = {
        "shared": _shared(app),
        "made_from": made_from(app),
        "pages": pages,
        "images": images,
    }
    put(Path(app.doctreedir) / _NOTE, json.dumps(note, sort_keys=True).encode())


def _remove(
    app: Sphinx, gone: list[str], images_before: list[str], images: list[str]
) -> None:
    """Remove the files of pages that have gone, and pictures nobody shows."""
    out = Path(app.outdir)
    lost = [out / "_images" / name for name in set(images_before) - set(images)]
    for page in gone:
        lost += [out / f"{page}.html", out / preview_name(page)]
        source = out / "_sources" / page
        lost += source.parent.glob(f"{source.name}.*")
    for path in lost:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in lost}:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx."""
    for limit in (NOTEBOOK, OUTPUT):  # read by what runs notebooks, also without Sphinx
        app.add_config_value(limit, None, "", [int, float])
    app.connect("config-inited", keep_to_contents, priority=_KNOWN)
    app.connect("config-inited", _prepare, priority=_KNOWN)
    app.connect("builder-inited", _before_reading)
    app.connect("env-get-outdated", _execute)
    once_built(app, _export)
    app.connect("builder-inited", _keep_templates)
    app.connect("builder-inited", _as_in_a_clean_build)
    app.connect("builder-inited", _note_settings)
    app.connect("env-get-outdated", _to_read)
    app.connect("env-updated", _to_write, priority=_AFTER)
    once_built(app, _finish, priority=_AFTER)
