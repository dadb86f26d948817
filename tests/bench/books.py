"""Books of any number of made-up sources, for measuring and for nothing else.

Each source has a document about as long as the news report, a complete sheet, an entry
in the bibliography, a notebook with its text pair and a page of claims; a few chapters
ask questions across them. A source follows from its number alone, so that a book of
300 sources begins with the book of 100, and two runs write the same bytes.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import nbformat
import yaml

from sourcebook.coding.corpus import read
from sourcebook.comparing.relation_by_kind import relate
from sourcebook.running.text_pairs import from_text, notebook_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourcebook.coding.claims import Claim

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
MATERIAL = yaml.safe_load((HERE / "made-up.yml").read_text(encoding="utf-8"))
# Of the repository, what any book needs and what is not about its sources.
FURNITURE = (
    *("_config.yml", "CITATION.cff", "CHANGELOG.md", "pyproject.toml"),
    *(
        "requirements.lock",
        "tests/reading/corpus.yml",
        "book/_static",
        "book/_templates",
        "book/questions.md",
    ),
    *("book/events.md", "book/topics.md", "book/actors.md", "book/glossary.md"),
    *("book/data.md", "book/reproduce.md", "book/bibliography.md", "book/sources.md"),
)
LOOKED_UP = (
    *("questions", "claims", "events", "sources", "topics", "actors", "glossary"),
    *("data", "reproduce", "bibliography"),
)
# Where those pages lead, in pages that are left out: here it is the first page.
LED_TO = ("where-they-disagree", "badges")
WORDING = "book/wording.yml"
WRITTEN = ("book/claims.md", "book/claims/*.md")  # pages that have words of those there
MONTHS = (
    "January February March April May June July August September October November "
    "December"
).split()
ISSUED = "2025-07-31"
LEFT_OUT = 0.1  # of the sentences that need not be there
ASKED = 5  # sources that one chapter asks about
OPENING = 3  # questions whose answers open a chapter
# What a question came to, with a link to the first of its claims.
ANSWERS = {
    "union-share": "The reports give {{claim}}`shares of the Union's imports <{}>`.",
    "union-and-buyer": "{{claim}}`The Union's share <{}>` is not that of a buyer.",
    "single-supplier": "Diplomats speak {{claim}}`against one supplier <{}>`.",
    "trust": "Surveys ask {{claim}}`who trusts the Union <{}>`, in several years.",
    "rounds": "Reports tell of {{claim}}`rounds of talks <{}>`, in several places.",
}
NOTEBOOK = HERE / "source.md"
CHAPTER = HERE / "chapter.md"


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up source: its name, its document, its sheet, its entry."""

    citekey: str
    title: str
    text: str
    sheet: dict[str, Any]

    @property
    def file(self) -> str:
        """The name of the document's file."""
        return self.sheet["file"]


def make_source(number: int) -> Made:
    """Return the source of this number, the same whenever it is asked for."""
    dice = random.Random(number)  # noqa: S311 - made-up words, not secrets
    seller, capital = dice.choice(MATERIAL["sellers"])
    buyer, town = dice.choice(MATERIAL["buyers"])
    whole = {"seller": seller, "capital": capital, "buyer": buyer, "town": town}
    lines, claims = [[f" date {ISSUED}"]], []
    waivers = [{"quote": f"date {ISSUED}", "reason": "page-furniture"}]
    for entry in MATERIAL["sentences"]:
        if "break" in entry:
            lines.append([])
            continue
        slots = whole | _draw(dice)
        if "always" not in entry and dice.random() < LEFT_OUT:
            continue
        sentence = entry["text"].format(**slots)
        lines[-1].append(sentence)
        quote = {"quote": sentence.removesuffix(".")}
        if "waive" in entry:
            waivers.append(quote | {"reason": entry["waive"]})
        claims += [_filled(each, slots) | quote for each in entry.get("claims", ())]
    text = "\n\n".join(" ".join(line) for line in lines if line)
    citekey = f"report-{number:04d}"
    sheet = _sheet(citekey, text, claims, waivers)
    return Made(citekey, f"Report on {seller} and {buyer}", text, sheet)


def _draw(dice: random.Random) -> dict[str, Any]:
    """Return what the slots of one sentence hold."""
    month, year = dice.randrange(12), dice.randrange(2019, 2025)
    day, share = dice.randrange(1, 29), dice.randrange(20, 300) / 10
    return {
        "day": day, "dd": f"{day:02d}",
        "month": MONTHS[month], "mm": f"{month + 1:02d}",
        "year": year, "before": year - 1, "share": share,
        "wider": round(share + dice.randrange(10, 300) / 10, 1),
        "volume": dice.randrange(30, 300) / 10, "money": dice.randrange(12, 980),
        "people": dice.randrange(12, 90), "field": dice.choice(MATERIAL["fields"]),
        "mood": dice.choice(MATERIAL["moods"]),
    }  # fmt: skip


def _filled(value: Any, slots: dict[str, Any]) -> Any:
    """Return plain data with its slots filled, all the way down."""
    if isinstance(value, dict):
        return {key: _filled(each, slots) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, slots) for each in value]
    return value.format(**slots) if isinstance(value, str) else value


def _sheet(
    citekey: str, text: str, claims: list[dict[str, Any]], waivers: list[dict[str, Any]]
) -> dict[str, Any]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    voices = {claim.get("voice") for claim in claims}
    return {
        "file": f"{citekey}_{digest[:16]}.txt",
        "sha256": digest,
        "issued": {"date": ISSUED, "quote": f"date {ISSUED}"},
        "genre": "ReportageNewsArticle",
        "extent": {"state": "whole"},
        "coverage": {"state": "complete"},
        "not_stated": ["Who wrote it."],
        "speakers": {k: v for k, v in MATERIAL["speakers"].items() if k in voices},
        "claims": claims,
        "waivers": waivers,
        "absences": MATERIAL["absences"],
    }


def make_book(folder: Path, sources: int) -> Path:
    """Write a book of this many sources into an empty folder; return the folder."""
    made = [make_source(number) for number in range(1, sources + 1)]
    for name in FURNITURE:
        _copy(REPOSITORY / name, folder / name)
    _free_words(folder)
    _write_seeds(folder, made)
    chapters = dict(_chapters(folder, made))
    for name, questions in chapters.items():
        chapter = {
            "title": f"Made-up questions, {name}",
            "in_short": list(ANSWERS)[:OPENING],
            "questions": questions,
        }
        _write_yaml(folder / f"book/questions/{name}.yml", chapter)
    for source in made:
        _write(folder / f"book/claims/{source.citekey}.md", _register(source))
        words = {"citekey": source.citekey, "title": source.title}
        _write_notebook(folder, "sources", source.citekey, NOTEBOOK, words)
    for name in chapters:
        _write_notebook(folder, "synthesis", name, CHAPTER, {"chapter": name})
    _write_pages(folder, made, list(chapters))
    return folder


def _free_words(folder: Path) -> None:
    """Let the pages of the repository hold in a book of other sources.

    What they say of its five documents goes; what frees the words of a page that is
    here comes along.
    """
    for page in (folder / "book").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        _write(page, text.replace("{holds}`five documents <sources:>`", "documents"))
    given = yaml.safe_load((REPOSITORY / WORDING).read_text(encoding="utf-8"))
    here = {*FURNITURE, *WRITTEN}
    pages = {page: given["pages"][page] for page in given["pages"] if page in here}
    _write_yaml(folder / WORDING, {"anywhere": given["anywhere"], "pages": pages})


def _write_seeds(folder: Path, made: list[Made]) -> None:
    seeds = folder / "seeds"
    _write_yaml(seeds / "codebook.yml", MATERIAL["codebook"])
    _write_yaml(seeds / "actors.yml", MATERIAL["actors"])
    signs = {}
    for source in made:
        _write(seeds / source.file, source.text)
        _write_yaml(seeds / f"{source.citekey}.yml", source.sheet)
        stances = (c for c in source.sheet["claims"] if c["kind"] == "stance")
        signs |= {f"{source.citekey}/{c['id']}": c["sign"] for c in stances}
    _write_yaml(seeds / "second-coding.yml", signs)
    entries = [
        f"@misc{{{s.citekey},\n  author = {{{{Nobody}}}},\n  title = {{{s.title}}},\n"
        "  year = {2025},\n  note = {Made up}\n}\n"
        for s in made
    ]
    _write(seeds / "references.bib", "\n".join(entries))


def _chapters(folder: Path, made: list[Made]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the name and the questions of each chapter; no two ask about one source."""
    count = max(1, min(2 + len(made) // 100, len(made) // ASKED))
    for number in range(count):
        asked = made[number::count][:ASKED]
        claims = {s.citekey: read(s.citekey, root=folder) for s in asked}
        yield (
            f"chapter-{number + 1}",
            [
                _question(name, [claims[key].claim(claim) for key, claim in uses])
                for name, uses in _asks([s.citekey for s in asked]).items()
            ],
        )


def _asks(keys: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Return which claims each question of a chapter compares."""
    return {
        "union-share": [(key, "union-share") for key in keys],
        "union-and-buyer": [(keys[0], "union-share"), (keys[1], "buyer-share")],
        "single-supplier": [(key, "single-supplier") for key in keys],
        "trust": [(key, "trust") for key in keys[:3]],
        "rounds": [(key, "round") for key in keys[:2]],
    }


def _question(name: str, claims: list[Claim]) -> dict[str, Any]:
    """Return a question that expects what comes out."""
    return {
        "id": name,
        "asks": f"How do the reports stand to each other on {name.replace('-', ' ')}?",
        "rank": "lead" if name in list(ANSWERS)[:OPENING] else "main",
        "answer": ANSWERS[name].format(claims[0].id),
        "claims": [claim.id for claim in claims],
        "expect": [str(relate(a, b)) for a, b in combinations(claims, 2)],
        "adjudication": "both-stand",
        "cause": "none",
        "why": "Both reports were made up.",
        "settles": "Nothing would.",
    }


def _register(source: Made) -> str:
    return (
        f"# Claims of `{source.citekey}`\n\nEvery statement that is coded.\n"
        f"[Its page](../../notebooks/sources/{source.citekey}.ipynb) says what it is.\n"
        f"\n```{{claim-register}} {source.citekey}\n```\n"
    )


def _write_notebook(
    folder: Path, kind: str, name: str, template: Path, words: dict[str, str]
) -> None:
    """Write a text pair, and its notebook without outputs."""
    pair = folder / "notebooks" / "text" / kind / f"{name}.md"
    _write(pair, Template(template.read_text(encoding="utf-8")).substitute(words))
    notebook = nbformat.writes(from_text(pair), version=4) + "\n"
    _write(notebook_of(pair), notebook)


def _write_pages(folder: Path, made: list[Made], chapters: list[str]) -> None:
    labels = "".join(f"({label})=\n" for label in LED_TO)
    _write(
        folder / "book/index.md", f"{labels}# A made-up book\n\nNothing in it is so.\n"
    )
    _write(
        folder / "book/claims.md",
        "# All claims\n\nEvery statement coded.\n\n```{listing} claims\n```\n",
    )
    looked_up: list[dict[str, Any]] = [{"file": f"book/{name}"} for name in LOOKED_UP]
    looked_up[1]["sections"] = [{"file": f"book/claims/{s.citekey}"} for s in made]
    says = [{"file": f"notebooks/sources/{source.citekey}"} for source in made]
    asks = [{"file": f"notebooks/synthesis/{name}"} for name in chapters]
    parts = {"Reports": says, "Chapters": asks, "Look up": looked_up}
    toc = {
        "format": "jb-book",
        "root": "book/index",
        "parts": [{"caption": k, "chapters": v} for k, v in parts.items()],
    }
    _write_yaml(folder / "_toc.yml", toc)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_yaml(path: Path, data: object) -> None:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    _write(path, yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True))


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, to)
    else:
        shutil.copyfile(path, to)


if __name__ == "__main__":
    make_book(Path(sys.argv[2]), int(sys.argv[1]))
