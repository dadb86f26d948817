"""The line under a chapter: when it was last read through, and what changed since.

It stands with the other facts of a page. A chapter's page is written anew when its line
is another than in the build before, whatever else of it is still the same.
"""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import sourcebook
from sourcebook.coding.book_files import question_page
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.comparing.outside_readings import load_trust
from sourcebook.comparing.release_changes import chapter_states, load_records
from sourcebook.site.domain import get_domain
from sourcebook.site.page_hooks import WrittenPage, on_each_page

_KEPT = "sourcebook_read_through"  # on the environment, from build to build


def lines(env: BuildEnvironment) -> dict[str, str]:
    """Return the line of each chapter, by its page."""
    domain, version = get_domain(env), sourcebook.__version__

    def make() -> dict[str, str]:
        trust, records = load_trust(domain.root), load_records(domain.root)
        states = chapter_states(domain.answers, records, trust, version=version)
        return {question_page(name): state.words for name, state in states.items()}

    return kept(
        domain.root / KEPT / "read-through.pickle",
        lambda: ([], make()),  # the files of both are of what people write
        told=f"{version} {domain.state}",
        rooms=("coding", "comparing", "prose"),
    )


def _moved(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the chapters whose line is another than before."""
    before, now = getattr(env, _KEPT, {}), lines(env)
    setattr(env, _KEPT, now)
    moved = (page for page in now if now[page] != before.get(page))
    return [page for page in moved if page in env.found_docs]


def _add(page: WrittenPage) -> None:
    """Give a page's template its line, "" for a page that is no chapter."""
    page.context["sb_read_through"] = getattr(page.app.env, _KEPT, {}).get(
        page.name, ""
    )


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("env-updated", _moved)
    on_each_page(app, _add)
