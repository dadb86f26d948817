"""Which unit of one reading is which of the other is one declared rule."""

from __future__ import annotations

import pytest

from sourcebook.coding.corpus import load_corpus
from sourcebook.comparing.second_reading import (
    Unit,
    differences,
    is_found,
    load_readings,
    meet,
    pairs,
    second_files,
    settled,
    settled_readings,
)
from sourcebook.errors import SourcebookError

FIRST = "claim,kind,start,end,actor,target,concept,sign\n"
PRAISE = "acme-2021/praise,stance,{start},{end},Acme,Doe,praise,1\n"
SECOND = """\
units:
  - id: r1
    kind: stance
    quote: "Acme praises the town of Doe for its help"
    actor: Acme
    target: {target}
    concept: praise
    sign: {sign}
"""
SIGN = "    sign: 1\n"
STATUS = '  - {{id: {}, kind: status, quote: "Acme praises", actor: Acme'


def unit(name, start, end, kind="status", *, target="", sign=None):
    parties = frozenset([target] if target else [])
    return Unit(name, "acme", kind, start, end, parties=parties, sign=sign)


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ((0, 10), (5, 30), True),
        ((0, 10), (6, 30), False),
        ((0, 10), (10, 20), False),
        ((0, 2), (5, 7), False),
    ],
    ids=["half of the shorter", "less than half", "only side by side", "far apart"],
)
def test_units_meet_from_half_of_the_shorter_on(one, other, meets):
    a, b = unit("a", *one), unit("b", *other)
    assert meet(a, b) is meet(b, a) is meets
    assert is_found(a, [b]) is is_found(a, [unit("c", 90, 99), b]) is meets


def test_a_stance_beside_an_argument_is_paired_with_the_stance():
    first = [
        unit("a", 0, 40, "argument"),
        unit("b", 0, 40, "stance", target="x", sign=1),
    ]
    second = [
        unit("c", 0, 40, "stance", target="x", sign=1),
        unit("d", 0, 20, "argument"),
    ]
    made = [(p.first.id, p.second.id) for p in pairs(first, second)]
    assert sorted(made) == [("a", "d"), ("b", "c")]
    assert {p.differ for p in pairs(first, second)} == {""}


def test_of_stances_the_one_on_the_same_target_is_taken_first():
    first = [unit("a", 0, 40, "stance", target="x", sign=1)]
    second = [
        unit("b", 0, 40, "stance", target="y", sign=1),
        unit("c", 0, 25, "stance", target="x", sign=1),
    ]
    taken = next(p for p in pairs(first, second) if p.first)
    assert taken.second.id == "c"


@pytest.mark.parametrize(
    ("second", "differ"),
    [
        ([], ["only-first"]),
        ([unit("b", 0, 10, "stance", target="x", sign=1)], [""]),
        ([unit("b", 0, 10, "status")], ["kind"]),
        ([unit("b", 0, 10, "stance", target="y", sign=1)], ["target"]),
        ([unit("b", 0, 10, "stance", target="x", sign=0)], ["sign"]),
        ([unit("b", 0, 10, "stance", target="y", sign=0)], ["target-sign"]),
        ([unit("b", 50, 60, "status")], ["only-first", "only-second"]),
    ],
    ids=str,
)
def test_what_differs_is_named(second, differ):
    first = [unit("a", 0, 10, "stance", target="x", sign=1)]
    assert [pair.differ for pair in pairs(first, second)] == differ


def test_each_unit_of_either_reading_is_in_one_pair(corpus):
    for each in settled_readings(corpus):
        made = pairs(each.first, each.second)
        assert sorted(p.first.id for p in made if p.first) == sorted(
            u.id for u in each.first
        )
        assert sorted(p.second.id for p in made if p.second) == sorted(
            u.id for u in each.second
        )


def test_of_a_reading_of_some_sections_the_paragraphs_of_others_are_no_part(corpus):
    document = corpus.sources["van-gils-2017"].document
    (read,) = (r for r in settled_readings(corpus) if r.source == "van-gils-2017")
    starts = {document.raw_span(p.start, p.end).start: p for p in document.paragraphs}
    titles = [document.section_at(starts[b.start].start).title for b in read.blocks]
    first = "The EU’s DHR promotion efforts – two decades without results"
    assert (titles[0], len(set(titles)), len(titles)) == (first, 3, 12)


def test_every_difference_in_stance_or_forecast_of_the_book_is_settled(corpus):
    for each in settled_readings(corpus):
        assert {(s.first, s.second) for s in each.settled} == {
            pair.key for pair in differences(each)
        }


@pytest.fixture
def reread(unfinished):
    """Write both readings of the made-up source; return what writes the second."""
    folder = unfinished.parent / "second"
    folder.mkdir()
    text = (unfinished.parent / "acme.txt").read_text(encoding="utf-8")
    start = text.index("Acme praises")
    end = start + len("Acme praises the town of Doe")
    (folder / "first.csv").write_text(
        FIRST + PRAISE.format(start=start, end=end), encoding="utf-8"
    )

    def write(*, target="Doe", sign=1, more=""):
        path = folder / "acme-2021.yml"
        path.write_text(
            SECOND.format(target=target, sign=sign) + more, encoding="utf-8"
        )
        return path

    return write


def _corpus(path):
    root = path.parent.parent.parent
    sheet = root / "seeds" / "acme-2021.yml"
    # Enough of the sheet to be read: what is left to do is not what is asked here.
    text = sheet.read_text(encoding="utf-8").replace(
        "state: complete", "state: partial"
    )
    sheet.write_text(
        text.replace("{state: partial}", "{state: partial, only: praise}"),
        encoding="utf-8",
    )
    return load_corpus(root)


def test_readings_that_agree_need_no_settling(reread):
    path = reread()
    assert settled(path, _corpus(path)).settled == ()


def test_a_difference_that_nobody_settled_is_refused(reread):
    path = reread(sign=-1)
    with pytest.raises(SourcebookError, match=r"praise and r1: sign, and not settled"):
        settled(path, _corpus(path))


@pytest.mark.parametrize(
    ("settlement", "said"),
    [
        ("first: praise, second: r1, differ: sign, stands: first", ""),
        (
            "first: praise, second: r1, differ: target, stands: first",
            "differ: sign, not",
        ),
        ("first: praise, second: r1, differ: sign, stands: second", "still has it"),
        ("first: praise, second: r1, differ: sign, stands: neither", "still has it"),
        ("first: praise, second: r1, differ: sign, stands: both", "claims name none"),
        (
            "first: praise, second: r1, differ: sign, stands: both, claims: [lost]",
            "no claim 'lost'",
        ),
        ("second: r1, differ: only-second, stands: first", "no difference"),
    ],
    ids=["stands", "misnamed", "second", "neither", "both", "lost claim", "unknown"],
)
def test_a_settlement_holds_only_if_the_sheet_has_what_stands(reread, settlement, said):
    path = reread(sign=-1, more=f"settled:\n  - {{{settlement}, why: It says so.}}\n")
    corpus = _corpus(path)
    if not said:
        assert settled(path, corpus).settled[0].stands == "first"
    else:
        with pytest.raises(SourcebookError, match=said):
            settled(path, corpus)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Acme praises", "Acme praised", "quote not found"),
        ("concept: praise", "concept: prase", "unknown concept 'prase'"),
        ("    sign: 1\n", "", "needs target and sign"),
        ("kind: stance", "kind: status", "only kind: stance takes"),
        (
            SIGN,
            f"{SIGN}{STATUS.format('r2')}, target: Doe}}\n",
            "only kind: stance takes",
        ),
        (SIGN, f"{SIGN}{STATUS.format('r1')}}}\n", "'r1' stands twice"),
        ("units:", "sections: [Sales]\nunits:", "no section 'Sales'"),
        ("units:", "unit:", "unknown field 'unit'"),
    ],
    ids=[
        "quote",
        "concept",
        "no sign",
        "sign of a status",
        "target of a status",
        "twice",
        "section",
        "field",
    ],
)
def test_a_file_that_is_not_a_reading_is_one_clear_error(reread, old, new, said):
    path = reread()
    text = path.read_text(encoding="utf-8").replace(old, new)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourcebookError, match=said) as caught:
        load_readings(path, _corpus(path))
    assert all(fault.fix for fault in caught.value.faults)
    assert "seeds/second/acme-2021.yml" in str(caught.value)


def test_a_first_reading_that_is_gone_is_told(reread):
    path = reread()
    (path.parent / "first.csv").unlink()
    with pytest.raises(SourcebookError, match="No such file"):
        load_readings(path, _corpus(path))


def test_every_document_of_the_book_has_a_second_reading(corpus, root):
    assert {path.stem for path in second_files(root)} == set(corpus.sources)
