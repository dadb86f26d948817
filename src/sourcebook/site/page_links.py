"""Where the links of a page lead: to a claim's entry, a card, a download, a page.

They are resolved when pages are written, from what the domain keeps of each page.
"""

from functools import cached_property
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from sourcebook.coding.book_files import DATA, claim_anchor, register_page
from sourcebook.site.page_hooks import SITE_BUILDER
from sourcebook.views.fragment import typographic

DOMAIN = "sourcebook"  # of the domain
_LOOKS = {"place": "sb-question", "fact": "sb-fact"}  # to cards, or a list of them


def reference(
    kind: str, target: str, words: str, *, page: str, **more: str
) -> pending_xref:
    """Return a link of a page, which is resolved once all pages are read."""
    return pending_xref(
        "",
        nodes.Text(typographic(words)),
        refdomain=DOMAIN,
        reftype=kind,
        reftarget=target,
        refdoc=page,
        **more,
    )


class Links(Domain):
    """The part of the domain that makes links; ``data`` says who cites and lists."""

    def resolve_xref(
        self,
        _env: BuildEnvironment,
        here: str,
        builder: Builder,
        *given: Any,  # noqa: ANN401 - Sphinx's
    ) -> nodes.Element | None:
        """Return the link of a role, or None where there is nothing to link to."""
        typ, target, node, words = given
        if typ == "cited":
            return self._citing(here, builder, target)
        if typ == "data":
            if builder.name != SITE_BUILDER:
                return None
            uri = relative_uri(builder.get_target_uri(here), f"{DATA}/{target}")
            link = nodes.reference("", "", words, internal=True, refuri=uri)
            link["classes"].append("sb-data")
            return link
        if typ in _LOOKS:
            page, _, anchor = target.partition("#")
            if page not in self.env.all_docs:
                return None
            link = make_refnode(builder, here, page, anchor or None, words)
            link["classes"].append(_LOOKS[typ])
            return link
        register = register_page(target)
        if target not in self.data["listed"].get(register, ()):
            return None
        anchor, tip = claim_anchor(target), node["tip"]
        link = make_refnode(builder, here, register, anchor, words, tip)
        if typ != "entry":  # a list of entries is not a sentence that rests on one
            link["classes"].append("sb-claim")
        return link

    @cached_property
    def _citers(self) -> dict[str, list[str]]:
        """The pages that cite each claim, sorted; asked for once all are read."""
        found: dict[str, list[str]] = {}
        for page, names in sorted(self.data["cited"].items()):
            for name in dict.fromkeys(names):
                found.setdefault(name, []).append(page)
        return found

    def _citing(self, here: str, builder: Builder, claim: str) -> nodes.inline:
        """Return links to the pages that cite a claim, in the order of their names."""
        pages = self._citers.get(claim, ())
        line = nodes.inline("", "" if pages else "no page")
        for number, page in enumerate(pages):
            title = nodes.Text(self.env.titles[page].astext())
            line += nodes.Text(", " if number else "")
            line += make_refnode(builder, here, page, None, title)
        return line
