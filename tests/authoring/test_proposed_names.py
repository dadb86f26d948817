"""Whom a new document names: of the table first, then what the table does not have."""

from __future__ import annotations

import pytest

from sourcebook.authoring.proposed_names import Name, Names, find_names
from sourcebook.authoring.sheet_writing import names_text
from sourcebook.reading.text import clean

TABLE = {"Acton": ("Actonian",), "Port Union": ("PU",)}


def _names(text):
    return {each.name: each for each in find_names(clean(text), TABLE).unknown}


def test_names_of_the_table_are_counted_and_are_not_proposed():
    found = find_names(clean("Actonian ships left Acton. The PU was told.\n"), TABLE)
    assert found.known == (("Acton", 2), ("Port Union", 1))
    assert found.unknown == ()
    alike = find_names(clean("The PU told Acton.\n"), TABLE)
    assert alike.known == (("Acton", 1), ("Port Union", 1))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ships, said H.E. Amina Diallo, left.", "Amina Diallo", "person"),
        ("Ships, said Mr J. P. van den Berg, left.", "J. P. van den Berg", "person"),
        ("So the Beeton Commission President Ada Lind said.", "Ada Lind", "person"),
        ("So the Beeton Commission President Ada Lind said.", "Beeton Commission",
         "institution"),
        ("Then the Actonian Foreign Minister Ada Lind left.", "Ada Lind", "person"),
        ("Then the Ministry of Foreign Trade paid.", "Ministry of Foreign Trade",
         "institution"),
        ("Then the Peace and Trade Council (PTC) paid.", "Peace and Trade Council",
         "institution"),
        ("The ships lay in Cedarville for a day.", "Cedarville", "place"),
        ("# Ships And Quays\n\nThey lay in Cedarville.", "Cedarville", "place"),
        ("They took the PU Delegation along.", "PU Delegation", "institution"),
        ("The ships left Cedarville. In Cedarville it rained.", "Cedarville", ""),
        ("They lay in Cedarville[3] for a day.", "Cedarville", "place"),
        ("Ships and Quays of Cedarville\n\nIt rained.", "Cedarville", ""),
        ("They lay in Cedarville\n\nIt rained", "Cedarville", "place"),
        ("Ada Lind\n\nIt rained.", "Ada Lind", ""),
        ("Ada Lind sailed.", "Ada Lind", ""),
        ("So “Ada Lind sailed”, it says.", "Ada Lind", ""),
        ("They saw Jean Le Roy-Dunn.", "Jean Le Roy-Dunn", ""),
        ("Then Prime Minister Ada Lind left.", "Ada Lind", "person"),
        ("Then the Vice-President Ada Lind left.", "Ada Lind", "person"),
        ("Then the Bank of the North left.", "Bank of the North", "institution"),
        ("Then the Institute for Sea Law left.", "Institute for Sea Law",
         "institution"),
        ("Then the Committee on the North left.", "Committee on the North",
         "institution"),
        ("Then Prince Omar al-Masri left.", "Omar al-Masri", "person"),
        ("It was Ada Lind. Then Ms Lind left.", "Ada Lind", "person"),
        ("It was Beeton Lind. Now then, Lind left.", "Lind", ""),
        ("They saw Jean de Roy.", "Jean de Roy", ""),
        ("Then the Co-Chair Ada Lind left.", "Ada Lind", "person"),
        ("They saw Ada Lind of", "Ada Lind", ""),
        ("They saw Zornb 5 times.", "Zornb", ""),
        ("They saw Lind of Beeton of the North.", "Beeton", ""),
        ("They saw the Trade and Sea Council.", "Trade and Sea Council", "institution"),
        ("They saw a Trade and Sea Council.", "Sea Council", "institution"),
        ("They saw the Trade and Sea of a Council.", "Trade", ""),
        ("They saw Acton Lind.", "Lind", ""),
        ("They saw Lind of Acton.", "Lind", ""),
        ("They saw Lind’s ships.", "Lind", ""),
        ("Then it left for H.E. Ada Lind’s port.", "Ada Lind", "person"),
        ("They saw Ox and the BSF.", "Ox", ""),
        ("Sailing Cedarville was slow.", "Cedarville", ""),
        ("Ships sailed. They saw ships. Ships Cedarville sent.", "Cedarville", ""),
        ("The Beeton Sea Fund [BSF] paid.", "Beeton Sea Fund", "institution"),
    ],
)  # fmt: skip
def test_a_name_is_proposed_with_what_it_seems_to_be(text, name, kind):
    found = _names(f"{text}\n")
    assert name in found
    assert found[name].kind == kind


def test_a_short_form_and_a_surname_count_with_the_whole_name():
    found = _names(
        "So the Beeton Sea Fund (BSF) paid. Then the BSF left. It wrote to President "
        "Ada Lind, and then Lind sailed.\n"
    )
    assert (found["Beeton Sea Fund"].also, found["Beeton Sea Fund"].count) == ("BSF", 2)
    assert (found["Ada Lind"].also, found["Ada Lind"].count) == ("Lind", 2)
    assert not {"BSF", "Lind"} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        "# Ships And Harbours\n\nIt rained.",
        "Recalling the rain, it left on Monday 3 May. The rain stayed.",
        "Ships left. Later the ships came back, says Table 3 of the Report.",
        "It paid Rs 300 and USD 5 (PSC/PR/1).",
        "Protocol was kept (Fox 2001, 5).",
        "They saw X, and 5 Zorn, and Zorn 5.",
        "5 ZORN came.",
    ],
)
def test_what_only_bears_a_capital_is_no_name(text):
    assert _names(f"{text}\n") == {}


def test_the_sheet_lists_them_as_a_comment_with_their_lines():
    listed = names_text([Name("Beeton Sea Fund", "institution", "BSF", 2, [7, 9])])
    assert listed.startswith("# Names that seeds/actors.yml does not have")
    assert listed.endswith("# Beeton Sea Fund = BSF (institution?, 2, line 7)\n")
    assert names_text([]) == ""


@pytest.mark.parametrize(
    ("count", "rest"), [(12, ""), (13, " and 1 more, in the sheet")]
)
def test_of_many_names_twelve_are_told_and_how_many_more_there_are(count, rest):
    names = [Name(f"Quay {number}", count=1) for number in range(count)]
    (line,) = Names((), tuple(names)).told()
    assert line.count("Quay") == 12
    assert line.endswith(f"Quay 11 (1){rest}")


def test_the_commonest_name_comes_first_and_then_the_first():
    text = "They saw Dunn, Cole and Beck. Beck left. Cole saw Ada Cole and Ida Beck.\n"
    found = find_names(clean(text), TABLE).unknown
    assert [(each.name, each.count) for each in found] == [
        ("Cole", 2), ("Beck", 2), ("Dunn", 1), ("Ada Cole", 1), ("Ida Beck", 1)
    ]  # fmt: skip
    assert found[0].lines == [1, 1]


def test_a_surname_that_two_people_have_counts_with_neither():
    found = _names("So Mr Ian Lind and Ms Ada Lind came, but Lind left.\n")
    assert {name: each.count for name, each in found.items()} == {
        "Ian Lind": 1, "Ada Lind": 1, "Lind": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cited", "left"),
    [
        ("(Baker and Dunn 2012), as Baker", []),
        ("(Ito et al., 2012), as Ito", []),
        ("(Baker 2012), as Baker", ["Baker"]),
    ],
)
def test_who_is_cited_together_is_a_person_without_a_list_of_works(cited, left):
    assert sorted(_names(f"Gas is sold {cited} says.\n")) == left


PAPER = """# Pipes

As Moreau (2011) and Fox and Hen (2009) say, Moreau is right; Fox’s view is known.
Smith et al. [3] and Gupta [4] met nobody; Gupta wrote. Eurostat (2020) says so, and so
does Eurostat. Mr Aliyev met Jan Kowalski there (Aliyev 2008).

## References

Fox, A. and Hen, B. (2009) Gas. Oxford: Clarendon Press.
Moreau, Jean-Luc. 2011. “The Bargain.” Foreign Affairs 90 (2): 11–25.
"""


@pytest.mark.parametrize("head", ["## References", "7. REFERENCES", "Works Cited"])
def test_who_is_only_cited_and_what_is_only_listed_is_no_name(head):
    text = PAPER.replace("## References", f"\n{head}\n")
    assert sorted(_names(text)) == ["Aliyev", "Eurostat", "Jan Kowalski"]
