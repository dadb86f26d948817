"""The log shows where a text changed; old names lead to what replaced them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.corrections import Correction
from sourcebook.comparing.withdrawn_ids import FILE
from sourcebook.site.corrections_page import (
    corrections_listing,
    counts_said,
    differing,
    withdrawn_nodes,
)
from sourcebook.views.listings import Link


def made(
    what="claim", name="acme-2021/a", field="when", old="2021", new="2022", **more
):
    return Correction("0.1.0", "0.2.0", what, name, field, old, new, **more)


def row(each, known=()):
    return corrections_listing([each], dict(known), caption="All").rows[0]


def test_a_row_has_old_new_and_why():
    known = {("claim", "acme-2021/a"): "acme-2021/a"}
    assert row(made(why="It was misread."), known) == (
        Link("acme-2021/a", "book/claims/acme-2021", "claim-acme-2021-a"),
        "when",
        "2021",
        "2022",
        "It was misread.",
        "0.1.0",
    )


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
    ],
)
def test_a_long_text_is_cut_to_where_it_changed(old, new, shown):
    found = differing(old, new)
    assert (found[0], found[1]) == shown


def test_what_the_page_leaves_to_the_download_is_counted():
    words = counts_said([made(), made("question", "gas/q", "why", "So.", "Thus.")])
    assert words == (
        "Since release 0.1.0: 1 changes of claims, 1 changes of questions. Of these, "
        "1 are of notes, and of what a question says of its reasons, its passages and "
        "what would settle it; they stand in the download alone."
    )


def test_a_withdrawn_name_keeps_its_place_with_the_reason(tmp_path):
    (tmp_path / "book").mkdir()
    text = "claims: {acme-2021/a: It is of another firm., bob-2021/a: So.}\n"
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    domain = SimpleNamespace(root=tmp_path, use=lambda _: None)
    (line,) = withdrawn_nodes(domain, "claim", "acme-2021")
    assert line["ids"] == ["claim-acme-2021-a"]
    assert line.astext() == "a: withdrawn. It is of another firm."
