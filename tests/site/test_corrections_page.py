"""The log shows where a text changed; old names lead to what replaced them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes

from sourcebook.coding.book_files import RECORD_PAGE
from sourcebook.comparing.corrections import WITHDRAWN, Correction
from sourcebook.site import corrections_page
from sourcebook.site.corrections_page import (
    LOGGED,
    _shown,
    add_withdrawn,
    corrections_listing,
    counts_said,
    differing,
    withdrawn_nodes,
)
from sourcebook.site.directives import printing
from sourcebook.views.listings import PageLink


def made(
    what="claim", name="acme-2021/a", field="when", old="2021", new="2022", **more
):
    return Correction("0.1.0", "0.2.0", what, name, field, old, new, **more)


def row(each, known=()):
    return corrections_listing([each], dict(known), caption="All").rows[0]


def test_a_row_has_old_new_and_why():
    known = {("claim", "acme-2021/a"): "acme-2021/a"}
    assert row(made(why="It was misread."), known) == (
        PageLink("acme-2021/a", "book/claims/acme-2021", "claim-acme-2021-a"),
        "when",
        "2021",
        "2022",
        "It was misread.",
        "0.1.0",
    )


FOUND = (made(), made(name="acme-2021/b", field="note"))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("counts", counts_said(FOUND)),
        ("claims", "Corrections of claims: acme-2021/a"),
        ("facts", "Nothing."),
    ],
)
def test_a_part_of_the_log_is_asked_for_by_its_name(monkeypatch, printed, part, said):
    def table(listing):
        names = ", ".join(row[0] for row in listing.rows)
        return nodes.paragraph("", f"{listing.caption}: {names}")

    domain = SimpleNamespace(kept={"names": {}})
    monkeypatch.setattr(corrections_page, "logged", lambda _: FOUND)
    monkeypatch.setattr(corrections_page, "listing_table", table)
    log = printing(_shown, takes=1, among=(*LOGGED, "counts"))
    (node,) = printed(log, domain, part)
    assert node.astext() == said
    with pytest.raises(ValueError, match=f"no part '{part}s'"):
        printed(log, domain, f"{part}s")


def test_where_nothing_changed_that_is_said():
    assert counts_said([]) == "Nothing has changed since the last release."


def test_a_fact_leads_to_its_place_in_the_record():
    known = {("fact", "old"): "new"}
    link = row(made("fact", "old"), known)[0]
    assert (link.words, link.page, link.anchor) == ("old", RECORD_PAGE, "fact-new")


@pytest.mark.parametrize(
    ("page", "lines", "found"),
    [
        ("notebooks/synthesis/gas", ["a: withdrawn."], True),
        ("notebooks/synthesis/gas", [], False),
        ("book/gas", ["a: withdrawn."], False),
    ],
)
def test_a_chapter_ends_in_what_was_withdrawn_of_it(monkeypatch, page, lines, found):
    monkeypatch.setattr(corrections_page, "get_domain", lambda _: None)
    monkeypatch.setattr(
        corrections_page,
        "withdrawn_nodes",
        lambda _, what, name: (
            nodes.paragraph("", line)
            for line in lines
            if (what, name) == ("question", "gas")
        ),
    )
    env = SimpleNamespace(docname=page, domains={"sourcebook": None})
    doctree = nodes.container("", nodes.section("", nodes.title("", "Gas")))
    add_withdrawn(SimpleNamespace(env=env), doctree)
    assert ("Withdrawn\n\na: withdrawn." in doctree[0].astext()) == found


def test_an_old_name_leads_to_what_took_its_place():
    known = {("question", "gas/old"): "treaty/new"}
    link = row(made("relation", "gas/old", "a – b", "agrees", "clashes"), known)[0]
    assert (link.words, link.page) == ("gas/old", "notebooks/synthesis/treaty")
    assert link.anchor == "question-new"


def test_codes_are_told_in_words():
    relation = row(made("relation", "gas/q", "a – b", "agrees", ""))
    assert relation[2:4] == ("The same figure", "no longer compared")
    verdict = row(made("question", "gas/q", "adjudication", "open", "both-stand"))
    assert verdict[2:4] == ("Left open", "Both can stand")


def test_an_answer_is_shown_without_its_marks_unless_only_they_changed():
    old = "It is {claim}`5% <acme-2021/a>`."
    changed = row(made("question", "gas/q", "answer", old, "It is not."))
    assert changed[2:4] == ("It is 5%.", "It is not.")
    moved = old.replace("2021/a", "2021/b")
    assert row(made("question", "gas/q", "answer", old, moved))[2:4] == (old, moved)


def test_what_is_gone_is_not_linked_and_says_so():
    gone = row(made(field="id", old="acme-2021/a", new=""))
    assert gone[:4] == ("acme-2021/a", "its id", "acme-2021/a", "withdrawn")
    assert gone[4] == "no reason on record yet"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        pytest.param("", "2021", ("–", "2021"), id="nothing-before"),
        pytest.param("a b", "a c", ("a b", "a c"), id="short"),
        pytest.param(
            f"{'word ' * 40}ends here",
            f"{'word ' * 40}may end",
            (
                f"… {'word ' * 5}ends here",
                f"… {'word ' * 5}may end",
            ),
            id="late",
        ),
        pytest.param(
            f"new {'word ' * 60}",
            f"old {'word ' * 60}",
            (f"new {'word ' * 17}…", f"old {'word ' * 17}…"),
            id="early",
        ),
        pytest.param(
            f"{'word ' * 17}ends.",
            f"{'word ' * 17}end..",
            (f"{'word ' * 17}ends.", f"{'word ' * 17}end.."),
            id="just-short-enough",
        ),
        pytest.param(
            f"{'word ' * 10}ends here",
            f"{'word ' * 10}may {'end ' * 20}",
            (f"… {'word ' * 5}ends here", f"… {'word ' * 5}may {'end ' * 15}…"),
            id="one-short-one-long",
        ),
    ],
)
def test_a_long_text_is_cut_to_where_it_changed(old, new, shown):
    found = differing(old, new)
    assert (found[0], found[1]) == shown


def test_what_the_page_leaves_to_the_download_is_counted():
    reworded = made("question", "gas/q", "why", "So.", "Thus.")
    words = counts_said([made(), made(), reworded])
    assert words == (
        "Since release 0.1.0: 2 changes of claims, 1 changes of questions. Of these, "
        "1 are of notes, and of what a question says of its reasons, its passages and "
        "what would settle it; they stand in the download alone."
    )


def test_a_withdrawn_name_keeps_its_place_with_the_reason(tmp_path):
    (tmp_path / "book").mkdir()
    text = "claims: {aa-1/a: So., acme-2021/a: It is of another firm., bob-1/a: So.}\n"
    (tmp_path / WITHDRAWN).write_text(text, encoding="utf-8")
    domain = SimpleNamespace(root=tmp_path, use=lambda _: None)
    (line,) = withdrawn_nodes(domain, "claim", "acme-2021")
    assert line["ids"] == ["claim-acme-2021-a"]
    assert line.astext() == "a: withdrawn. It is of another firm."
