"""The day each page last changed, as git knows it.

The dates come from the commits of a page's own file and of every file it is made from:
a notebook's text pair, a source's sheet, a chapter's questions. They never come from
the clock or from the files' own dates, so that every copy of a commit says the same.
Without git, outside a repository or in a clone that is too shallow there is no date,
and nothing else happens.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from sourcebook.running.git_history import asked

_LIBRARY = "sphinx_last_updated_by_git"
# Where git cannot say, the page goes without; that is no reason to stop.
_MISSING = (
    "git.command_not_found git.dependency_not_found git.subprocess_error "
    "git.too_shallow git.unhandled_files".split()
)
_BEFORE, _AFTER = 100, 900  # the library, which comes in the middle


def changed(env: BuildEnvironment, page: str) -> date | None:
    """Return the day (UTC) a page last changed, None where git cannot say."""
    found = getattr(env, "git_last_updated", {}).get(page)
    if not found or not found[0]:
        return None
    return datetime.fromtimestamp(int(found[0]), UTC).date()


def _leave_pages_alone(_app: Sphinx, config: Config) -> None:
    """Let the library find dates, but not take download buttons off the pages."""
    # Else it removes the link to the source of every file that git does not
    # know.
    config.html_last_updated_fmt = None
    config.suppress_warnings = [*config.suppress_warnings, *_MISSING]


def _remember(app: Sphinx, env: BuildEnvironment, _pages: list[str]) -> None:
    """Keep the dates that there are; ask for all of them again after a commit."""
    kept: Any = env
    known: dict[str, Any] = getattr(env, "git_last_updated", {})
    commit = asked(Path(app.srcdir), "rev-parse", "HEAD", "--is-shallow-repository")
    same = commit and commit == getattr(env, "sourcebook_commit", "")
    kept.sourcebook_commit = commit
    kept.sourcebook_dates = dict(known)
    kept.sourcebook_files = {page: _files(env, page) for page in known if same}
    # All of them: a commit changes the date of a page that is not read again, too.
    for page in known if not same else ():
        known[page] = None


def _spare(_app: Sphinx, env: BuildEnvironment) -> None:
    """Give pages that were read again the date they had, where it cannot have moved."""
    known: dict[str, Any] = getattr(env, "git_last_updated", {})
    before: dict[str, set[str]] = getattr(env, "sourcebook_files", {})
    # A date comes from the commits alone, and from the files that a page is made from.
    for page in [page for page, day in known.items() if day is None]:
        files = _files(env, page)
        inside = all(name.startswith(f"{env.srcdir}/") for name in files)
        if inside and before.get(page) == files:
            known[page] = getattr(env, "sourcebook_dates", {}).get(page)


def _files(env: BuildEnvironment, page: str) -> set[str]:
    """Return the paths of all that a page is made from, its own file among them."""
    names = [env.doc2path(page), *env.dependencies[page]]
    return {os.path.normpath(Path(env.srcdir, name)) for name in names}


def _rewrite(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write every page anew whose date moved."""
    before = getattr(env, "sourcebook_dates", {})
    now = getattr(env, "git_last_updated", {})
    return [page for page in now if page in before and before[page] != now[page]]


def _note_pair(app: Sphinx, page: str, _source: list[str]) -> None:
    """A notebook is also its text pair, which is what people edit."""
    folder, _, name = page.partition("/")
    pair = f"{folder}/text/{name}.md"
    if folder == "notebooks" and (app.srcdir / pair).is_file():
        app.env.note_dependency(str(app.srcdir / pair))


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx, and the library it rests on."""
    app.setup_extension(_LIBRARY)
    app.connect("config-inited", _leave_pages_alone, priority=_AFTER)
    app.connect("env-before-read-docs", _remember)
    app.connect("env-updated", _spare, priority=_BEFORE)
    app.connect("source-read", _note_pair)
    app.connect("env-updated", _rewrite, priority=_AFTER)
