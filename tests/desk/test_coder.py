"""The coding widgets: what a person sees, and what is written for them."""

from __future__ import annotations

import ipywidgets
import nbformat
import pytest

from sourcebook.desk.coder import NOTICE, Coder, code
from sourcebook.desk.coding_desk import open_desk
from sourcebook.desk.second_coder import SecondCoder, code_again
from sourcebook.reading.text import read_document


@pytest.fixture
def desk(unfinished):
    return open_desk(unfinished.parent.parent)


@pytest.fixture
def coder(desk):
    return Coder(desk)


def _every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _every(child)


def _button(box, name):
    return next(w for w in _every(box) if getattr(w, "description", "") == name)


def _words(box):
    """All a person can see in the widgets, options of lists included."""
    parts = []
    for widget in _every(box):
        for trait in ("value", "description", "options", "placeholder"):
            parts.append(str(getattr(widget, trait, "")))
    return "\n".join(parts)


@pytest.mark.parametrize("show", [code, code_again])
def test_without_a_front_end_there_is_a_notice_and_nothing_of_a_source(desk, show):
    shown = show(desk)
    assert NOTICE in shown.html
    assert repr(shown) == NOTICE
    assert isinstance(show(desk, live=True), ipywidgets.VBox)


def test_what_every_claim_has_cannot_be_left_empty(coder):
    lists = {
        name: ("", "") in control.options
        for name, control in coder.form.fields.items()
        if isinstance(control, ipywidgets.Dropdown)
    }
    assert {n for n, empty in lists.items() if not empty} == {"kind", "status", "voice"}


@pytest.mark.parametrize("nth", [2, "second"])
def test_what_is_typed_into_the_form_is_what_the_sheet_gets(coder, nth):
    given = {"kind": "event", "quote": "x", "nth": nth, "actors": ["Acme", "Bolt"]}
    coder.form.fill(given, fixed=False)
    assert coder.form.value() == given


def test_the_notebook_of_the_repository_shows_no_word_of_a_source(root):
    path = root / "notebooks" / "coding" / "desk.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    shown = [out.data["text/plain"] for c in cells for out in c.get("outputs", ())]
    assert shown == [NOTICE, NOTICE]
    text = path.read_text(encoding="utf-8")
    for file in sorted((root / "seeds").glob("*.txt")):
        document = read_document(file, citekey="x")
        long = [document.text[s.start : s.end] for s in document.sentences]
        assert not [words for words in long if len(words) > 30 and words in text]


def test_nothing_in_it_can_hang_a_run(desk, coder):
    kinds = {type(w) for box in (coder.box, SecondCoder(desk).box) for w in _every(box)}
    assert ipywidgets.Output not in kinds


def test_going_through_a_document(coder):
    assert "Sentence 1 of 8" in coder.view.value
    assert "<mark>Sales of the Acme company</mark>" in coder.view.value
    _button(coder.box, "Next gap").click()
    assert "Sentence 2 of 8" in coder.view.value
    assert "6 of 8 sentences have something left to do" in coder.status.value
    _button(coder.box, "Next").click()
    _button(coder.box, "Previous").click()
    _button(coder.box, "Previous").click()
    _button(coder.box, "Previous").click()
    assert "Sentence 1 of 8" in coder.view.value
    coder.jump.value = 0  # there is none: the first is meant
    assert coder.jump.value == 1
    coder.jump.value = 8
    _button(coder.box, "Next gap").click()
    assert "Sentence 2 of 8" in coder.view.value


def test_what_the_document_holds_is_words_and_never_markup(coder):
    coder.go(5)
    assert "<script>" not in coder.view.value
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in coder.view.value


def test_a_draft_is_completed_and_saved(coder, unfinished):
    coder.go(1)
    fields = coder.form.fields
    assert fields["quote"].value == "Sales rose to around 14 tons"
    assert fields["measure"].value == "tons"
    assert fields["sign"].layout.display == "none"
    _button(coder.box, "Save the claim").click()
    assert "alert" in coder.status.value
    assert "missing field &#x27;topic&#x27;" in coder.status.value
    assert fields["measure"].value == "tons"  # nothing typed is lost
    fields["topic"].value = "sales"
    fields["where"].value = "Doe"
    fields["when"].value = "2021"
    _button(coder.box, "Save the claim").click()
    assert "Saved sales-rose-around. 5 of 8 sentences" in coder.status.value
    assert "✓ coded" in coder.view.value
    assert "measure: tons" in unfinished.read_text(encoding="utf-8")


def test_a_claim_is_corrected_and_what_it_keeps_is_untouched(coder, unfinished):
    before = unfinished.read_text(encoding="utf-8")
    coder.go(4)
    assert coder.form.fields["id"].disabled
    coder.form.fields["sign"].value = 0
    _button(coder.box, "Save the claim").click()
    assert "Saved praise" in coder.status.value
    after = unfinished.read_text(encoding="utf-8")
    assert after == before.replace("sign: 1", "sign: 0")


def test_what_the_form_does_not_ask_for_a_claim_keeps(coder, unfinished):
    kept = "    formerly: [thanks]\n"
    text = unfinished.read_text(encoding="utf-8")
    note = "    note: It says so with joy.\n"
    unfinished.write_text(text.replace(note, note + kept), encoding="utf-8")
    coder.open("acme-2021")
    number = next(
        n for n, _ in enumerate(coder.progress.sentences) if coder.progress.coded(n)
    )
    coder.go(number)
    coder.draft.index = next(
        at for at, each in enumerate(coder.offers) if each.name == "praise"
    )
    coder.form.fields["note"].value = "With joy."
    coder.save()
    assert kept in unfinished.read_text(encoding="utf-8")
    assert "note: With joy." in unfinished.read_text(encoding="utf-8")


def test_a_sentence_is_set_aside(coder, unfinished):
    coder.go(7)
    assert coder.named.layout.display == "none"
    coder.reason.value = "repeats"
    assert coder.named.layout.display is None
    coder.named.value = "praise"
    coder.why.value = "Said twice."
    _button(coder.box, "Set aside").click()
    assert "– set aside" in coder.view.value
    last = unfinished.read_text(encoding="utf-8").split("waivers:")[1]
    assert last.endswith(
        '  - quote: "It was so."\n    nth: 2\n    reason: repeats:praise\n'
        "    note: Said twice.\n"
    )


def test_a_change_on_the_disk_is_told(coder, unfinished):
    text = unfinished.read_text(encoding="utf-8")
    unfinished.write_text(text.replace("# The", "# Their"), encoding="utf-8")
    coder.go(7)
    _button(coder.box, "Set aside").click()
    assert "changed meanwhile; both changes are in it" in coder.status.value
    assert unfinished.read_text(encoding="utf-8").startswith("# Their sheet")


def test_a_sheet_that_cannot_be_read_is_said_and_read_again_later(coder, unfinished):
    text = unfinished.read_text(encoding="utf-8")
    unfinished.write_text("claims: [", encoding="utf-8")
    _button(coder.box, "Read again").click()
    assert 'role="alert"' in coder.status.value
    unfinished.write_text(text, encoding="utf-8")
    _button(coder.box, "Read again").click()
    assert 'role="status"' in coder.status.value


def test_the_second_coder_sees_nothing_of_the_first(desk, unfinished):
    seen = _words(SecondCoder(desk).box)
    assert "Acme praises the town of Doe" in seen
    assert "Words of praise" in seen
    for hidden in ("acme-2021/praise", "with joy"):
        assert hidden not in seen
    text = unfinished.read_text(encoding="utf-8")
    unfinished.write_text(text.replace("sign: 1", "sign: -1"), encoding="utf-8")
    assert _words(SecondCoder(desk).box) == seen


def test_the_second_coder_signs_and_agreement_is_told_at_the_end(desk, unfinished):
    second = SecondCoder(desk)
    assert "Agreement is told when" in second.agreed.value
    _button(second.box, "Save the sign").click()
    assert "no sign is chosen" in second.status.value
    second.sign.value = 1
    _button(second.box, "Save the sign").click()
    assert "Saved. 1 of 1 stances" in second.status.value
    assert "1 of 1 stances have the same sign" in second.agreed.value
    assert second.sign.value is None
    signs = unfinished.with_name("second-coding.yml").read_text(encoding="utf-8")
    assert signs.endswith("acme-2021/praise: 1\n")


def test_the_second_coder_stays_among_the_stances(desk):
    second = SecondCoder(desk)
    second.stances *= 3
    for number, shown in ((-1, 1), (1, 2), (9, 3)):
        second.go(number)
        assert f"Stance {shown} of 3" in second.view.value
    steps = (("Previous", 2), ("Previous", 1), ("Next", 2), ("Next without a sign", 3))
    for name, shown in (*steps, ("Next without a sign", 1)):
        _button(second.box, name).click()
        assert f"Stance {shown} of 3" in second.view.value
    second.desk.sign("acme-2021/praise", 1)
    _button(second.box, "Next").click()
    _button(second.box, "Next without a sign").click()  # there is none: from the start
    assert "Stance 1 of 3" in second.view.value
    second.go(2)
    second.sign.value = 1
    _button(second.box, "Save the sign").click()
    assert "Stance 1 of 3" in second.view.value


DRAFTS = """\
drafts:
  - id: draft-1  # line 3 of the text
    kind: quantity
    topic: ""
    quote: "Sales rose to around 14 tons"
    measure: ""  # in t: tons
    voice: ""
  - id: draft-2
    kind: ""
    quote: "It was so"
    nth: 2

waivers:
"""


@pytest.fixture
def drafted(desk, unfinished):
    """The coding widgets over a sheet that holds drafts, as a new source's does."""
    text = unfinished.read_text(encoding="utf-8").replace("waivers:\n", DRAFTS)
    unfinished.write_text(text, encoding="utf-8")
    return Coder(desk)


def test_a_draft_of_the_sheet_becomes_a_claim(drafted, unfinished):
    drafted.go(1)
    assert [offer.draft for offer in drafted.offers] == ["draft-1", ""]
    fields = drafted.form.fields
    assert fields["id"].value == "sales-rose-around"
    given = {"topic": "sales", "measure": "tons", "where": "Doe", "when": "2021"}
    for name, value in given.items():
        fields[name].value = value
    _button(drafted.box, "Save the claim").click()
    assert "Saved sales-rose-around" in drafted.status.value
    text = unfinished.read_text(encoding="utf-8")
    assert "draft-1" not in text
    assert "drafts:\n  - id: draft-2\n" in text
    assert text.index("id: sales-rose-around") < text.index("drafts:")


def test_what_is_set_aside_is_a_draft_no_more(drafted, unfinished):
    drafted.go(7)
    _button(drafted.box, "Set aside").click()
    assert "– set aside" in drafted.view.value
    text = unfinished.read_text(encoding="utf-8")
    assert "draft-2" not in text
    assert "draft-1" in text
