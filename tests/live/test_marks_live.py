"""In JupyterLab a mark reads as its words, and links lead to the lines they mean."""

from __future__ import annotations

import nbformat
import pytest

from sourcebook.views.fragment import linked_words

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NAME = "notebooks/synthesis/marks.ipynb"
CLAIM = "{claim}`a modest 4.3% <bbc-2025/gas-share>`"
FACT = "{fact}`14 November 2016 <mandate-2016>`"
QUESTION = "{question}`the shares <gas/share-of-eu-gas>`"
TEXT = f"In {CLAIM} and `<code>`, {{holds}}`one text <texts: word=oil>` ({FACT})."
PLACES = {  # in which box, what is clicked: the file and the line it leads to
    (".jp-MarkdownCell", "a modest"): ("seeds/bbc-2025.yml", "gas-share"),
    (".jp-OutputArea", "a modest"): ("seeds/bbc-2025.yml", "gas-share"),
    (".jp-OutputArea", "14 Nov"): ("book/record/treaty.yml", "mandate-2016"),
    (".jp-OutputArea", "the shares"): ("book/questions/gas.yml", "share-of-eu-gas"),
}


@pytest.fixture
def marked(lab, open_notebook):
    """A notebook with marks in its text and in an output, open."""
    words = f"{CLAIM} {FACT} {QUESTION}"
    shown = {"text/html": linked_words(words).html, "text/plain": words}
    output = nbformat.v4.new_output("display_data", shown)
    cell = nbformat.v4.new_code_cell("1", outputs=[output])
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(TEXT), cell],
        metadata={"kernelspec": kernel},
    )
    nbformat.write(notebook, lab.book / NAME)
    return open_notebook(NAME)


def test_a_mark_reads_as_its_words_and_a_link_leads_to_its_line(marked, lab):
    marked.locator(".jp-MarkdownCell a", has_text="a modest").wait_for()
    text = marked.locator(".jp-MarkdownCell .jp-RenderedMarkdown").inner_text()
    said = "In a modest 4.3% and <code>, one text (14 November 2016)."
    assert text.strip().rstrip("¶") == said
    for (box, words), (path, name) in PLACES.items():
        lines = (lab.book / path).read_text(encoding="utf-8").splitlines()
        line = [each.strip() for each in lines].index(f"- id: {name}") + 1
        marked.get_by_role("tab", name="marks.ipynb").click()
        marked.locator(f"{box} a", has_text=words).click()
        marked.get_by_text(f"Ln {line}, Col 1", exact=True).wait_for()
        assert marked.get_by_role("tab", name=path.rpartition("/")[2]).is_visible()
