"""The Sphinx extension that ties a build to its inputs and its exports.

It works the same under ``sourcebook build`` and plain ``jupyter-book build``: only what
the contents name is a page, stale notebooks are run before anything is read, pages are
read and written again when what they show has changed (`incremental_build`), and the
data files are written at the end.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from sourcebook.coding.book_files import DATA, refuse_unreadable
from sourcebook.data.export import put_all
from sourcebook.errors import SourcebookError
from sourcebook.running.batch import renew
from sourcebook.running.execution_store import Store, reasons
from sourcebook.running.task import NOTEBOOK, OUTPUT
from sourcebook.site.build_record import DIRECTIVES, exports
from sourcebook.site.domain import get_domain
from sourcebook.site.page_hooks import once_built
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


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx."""
    for limit in (NOTEBOOK, OUTPUT):  # read by what runs notebooks, also without Sphinx
        app.add_config_value(limit, None, "", [int, float])
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("config-inited", keep_to_contents, priority=_KNOWN)
    app.connect("config-inited", _prepare, priority=_KNOWN)
    app.connect("builder-inited", _before_reading)
    app.connect("env-get-outdated", _execute)
    once_built(app, _export)
    app.setup_extension("sourcebook.site.incremental_build")
