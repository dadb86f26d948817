"""The desk saves one edit at a time, checked, and loses nothing of anybody's."""

from __future__ import annotations

import pytest

from sourcebook.desk import coding_desk as desk_module
from sourcebook.desk.coding_desk import open_desk
from sourcebook.errors import SourcebookError

QUANTITY = {
    "id": "sales",
    "kind": "quantity",
    "topic": "sales",
    "quote": "Sales rose to around 14 tons",
    "measure": "tons",
    "where": "Doe",
    "when": "2021",
}
WRITTEN = """\
  - id: sales
    kind: quantity
    topic: sales
    quote: "Sales rose to around 14 tons"
    measure: tons
    where: Doe
    when: "2021"
"""
DRAFT = """\
  - id: draft-1
    kind: event
    quote: "The company was founded in May 2021"
  - id: draft-2
    kind: status
    quote: "It was so."
    nth: 1
"""
FOUNDED = {
    "id": "founded",
    "kind": "event",
    "topic": "firm",
    "quote": "The company was founded in May 2021",
    "type": "founded",
    "when": "2021-05",
}
ASIDE = {"quote": "It was so.", "nth": 1, "reason": "transition"}
PRAISE = {
    "id": "praise",
    "kind": "stance",
    "topic": "firm",
    "quote": "Acme praises the town of Doe",
    "actor": "Acme",
    "target": "Doe",
    "concept": "praise",
    "sign": 1,
}


@pytest.fixture
def desk(unfinished):
    return open_desk(unfinished.parent.parent)


def _left_behind(unfinished):
    return [path.name for path in unfinished.parent.iterdir() if "part" in path.name]


def test_a_claim_is_added_and_everything_else_stays(desk, unfinished):
    before = unfinished.read_text(encoding="utf-8")
    saved = desk.add_claim(desk.open("acme-2021"), QUANTITY)
    after = unfinished.read_text(encoding="utf-8")
    assert not saved.moved
    assert [each.claim.id for each in saved.progress.coded(1)] == ["acme-2021/sales"]
    mark = "    note: It says so with joy.\n"
    assert after == before.replace(mark, mark + WRITTEN)
    assert _left_behind(unfinished) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (QUANTITY | {"quote": "Sales rose to around 41 tons"}, "quote not found"),
        (QUANTITY | {"topic": "sale"}, "did you mean 'sales'?"),
        (QUANTITY | {"when": ""}, "needs when"),
        (QUANTITY | {"id": "praise"}, "repeated id"),
        (QUANTITY | {"id": "No Slug"}, "pattern"),
        (QUANTITY | {"figure": "15"}, "no figure '15'"),
    ],
    ids=["words", "topic", "missing", "twice", "id", "figure"],
)
def test_what_the_loader_would_refuse_is_not_saved(desk, unfinished, fields, said):
    before = unfinished.read_bytes()
    with pytest.raises(SourcebookError) as caught:
        desk.add_claim(desk.open("acme-2021"), fields)
    assert said in str(caught.value)
    assert unfinished.read_bytes() == before
    assert _left_behind(unfinished) == []


def test_faults_that_were_there_do_not_stop_the_work(desk, unfinished):
    text = unfinished.read_text(encoding="utf-8")
    unfinished.write_text(text.replace("    sign: 1\n", ""), encoding="utf-8")
    saved = desk.add_claim(desk.open("acme-2021"), QUANTITY)
    assert len(saved.progress.faults) == 1
    saved = desk.change_claim(saved.progress, "praise", PRAISE)
    assert saved.progress.faults == ()
    assert unfinished.read_text(encoding="utf-8").count("note:") == 0


def test_what_somebody_else_saved_meanwhile_stays(desk, unfinished):
    opened = desk.open("acme-2021")
    text = unfinished.read_text(encoding="utf-8")
    theirs = text.replace("# The sheet", "# THEIR sheet").replace("with joy", "gladly")
    unfinished.write_text(theirs, encoding="utf-8")
    saved = desk.add_claim(opened, QUANTITY)
    assert saved.moved
    now = unfinished.read_text(encoding="utf-8")
    assert now.startswith("# THEIR sheet")
    assert "gladly" in now
    assert "id: sales" in now


def test_a_claim_that_changed_meanwhile_is_not_overwritten(desk, unfinished):
    opened = desk.open("acme-2021")
    text = unfinished.read_text(encoding="utf-8").replace("with joy", "gladly")
    unfinished.write_text(text, encoding="utf-8")
    with pytest.raises(SourcebookError, match="changed in the file meanwhile"):
        desk.change_claim(opened, "praise", PRAISE)
    assert unfinished.read_text(encoding="utf-8") == text


def test_a_save_at_the_very_same_moment_is_not_overwritten(
    desk, unfinished, monkeypatch
):
    opened = desk.open("acme-2021")
    plain = desk_module.read_progress

    def meanwhile(root, citekey, *, texts=None):
        if texts is not None:
            unfinished.write_text("# theirs\n", encoding="utf-8")
        return plain(root, citekey, texts=texts)

    monkeypatch.setattr(desk_module, "read_progress", meanwhile)
    with pytest.raises(SourcebookError, match="this very moment"):
        desk.add_claim(opened, QUANTITY)
    assert unfinished.read_text(encoding="utf-8") == "# theirs\n"


def test_a_passage_is_set_aside(desk):
    opened = desk.open("acme-2021")
    fields = {"quote": "It was so.", "nth": 2, "reason": "inside:praise", "note": "Ok."}
    assert desk.waive(opened, fields).progress.state(7) == "waived"
    for reason in ("inside:nobody", "inside", "because"):
        with pytest.raises(SourcebookError):
            desk.waive(opened, fields | {"reason": reason})


def test_the_second_pass_is_written_and_agreement_told_when_it_is_whole(
    desk, unfinished
):
    (stance,) = desk.stances()
    assert desk.agreement() is None
    desk.sign(stance.claim, -1)
    signs = unfinished.with_name("second-coding.yml").read_text(encoding="utf-8")
    assert signs == "# again\n\nacme-2021/praise: -1\n"
    same, alpha = desk.agreement()
    assert (alpha.of, same) == (1, 0)
    with pytest.raises(SourcebookError, match="no sign"):
        desk.sign(stance.claim, 2)


def test_an_unknown_source_is_refused(desk):
    with pytest.raises(SourcebookError, match="acme-2021"):
        desk.open("../acme-2021")


def test_an_edit_is_written_into_the_file_that_has_the_claim(desk, unfinished):
    part = unfinished.with_name("acme-2021.part-2.yml")
    part.write_text(f"# More.\nclaims:\n{WRITTEN}drafts:\n{DRAFT}", encoding="utf-8")
    head, more = unfinished.read_bytes(), part.read_text(encoding="utf-8")
    opened = desk.open("acme-2021")
    desk.change_claim(opened, "sales", {**QUANTITY, "note": "Ours."})
    noted = more.replace("drafts:", "    note: Ours.\ndrafts:")
    assert part.read_text(encoding="utf-8") == noted
    desk.add_claim(desk.open("acme-2021"), FOUNDED, draft="draft-1")
    said = part.read_text(encoding="utf-8")
    assert said.index("id: sales") < said.index("id: founded") < said.index("drafts:")
    assert "draft-1" not in said
    desk.waive(desk.open("acme-2021"), ASIDE, drafts=["draft-2"])
    said = part.read_text(encoding="utf-8")
    assert "It was so." in said.partition("waivers:")[2]
    assert "draft-2" not in said
    assert (unfinished.read_bytes(), _left_behind(unfinished)) == (head, [part.name])
    assert desk.change_claim(opened, "praise", {**PRAISE, "note": "Gladly."}).moved


def test_a_draft_and_its_claim_may_stand_in_two_files(desk, unfinished):
    part = unfinished.with_name("acme-2021.part-2.yml")
    part.write_text(f"drafts:\n{DRAFT}", encoding="utf-8")
    after_praise = {"quote": "It was so.", "nth": 1, "kind": "status", "topic": "firm"}
    fields = {"id": "so", **after_praise}
    saved = desk.add_claim(desk.open("acme-2021"), fields, draft="draft-1")
    assert "id: so" in unfinished.read_text(encoding="utf-8")
    assert "draft-1" not in part.read_text(encoding="utf-8")
    assert [each.id for each in saved.progress.unfinished] == ["draft-2"]
