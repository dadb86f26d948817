"""What a reader of the repository relies on before running anything."""

from __future__ import annotations

import ast
import fnmatch
import hashlib
import os
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import sourcebook

ROOT = Path(__file__).resolve().parent.parent

SEEDS = {
    "000_4fd19ad99e483c22.txt": (
        "3b43b7ab43ba579d163e77461d0feabf1ca795ae59b78a97154cb167b7da9445"
    ),
    "001_563311c35fa0e9c9.txt": (
        "3a84e3d74cf0c29caf18607806ff86d335bce80a80e277f058c7b2619d56acfa"
    ),
    "002_c6e903471105ff21.txt": (
        "a1a5916c54d32d3f57936f1e8b65d8c94f6aff4ae7a1d1e35c4632326827a375"
    ),
    "003_3c1ae771e5e216c5.txt": (
        "158e2e7f4065a08adf5df414e15869106d9d15f27faaac449cd8e99a6288c312"
    ),
    "004_35620c24add02881.txt": (
        "f08538bb7bf289d29f3a9d9f2c1c4087c4d5ee8e80b6c9ea400b4bd0bfaf6e1d"
    ),
}
DOCUMENT = re.compile(r"\d{3}_[0-9a-f]{16}(\.original)?\.[a-z]+")  # not our words
LAYOUT = """
    README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md CITATION.cff
    LICENSE LICENSE-CONTENT
    Makefile _config.yml _toc.yml pyproject.toml
    requirements.lock requirements-dev.lock requirements-uv.lock
    requirements-newest.lock
    seeds/references.bib seeds/codebook.yml book/index.md book/questions
    notebooks/sources notebooks/synthesis notebooks/text src/sourcebook/reading
    src/sourcebook/coding src/sourcebook/comparing src/sourcebook/views
    src/sourcebook/site src/warm_kernels tests
    .ci/run .gitignore .gitattributes .editorconfig
""".split()

# Folders that exist on one machine only, and the hosts a package may come from. Spelt
# in parts, because this file is read too.
FOLDERS = "work|root|tmp|home"
MACHINE_PATH = re.compile(rf"(?<![\w.)])/(?:{FOLDERS})/")
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("debian", "org"),
        ("anaconda", "org"),
    )
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict:
    return tomllib.loads(read("pyproject.toml"))


def published_files() -> list[Path]:
    """Every file of the repository but those that .gitignore names."""
    rules = [line.strip("/") for line in read(".gitignore").splitlines()]
    rules = [".git", *(rule for rule in rules if rule and not rule.startswith("#"))]

    def kept(names: list[str]) -> list[str]:
        return [n for n in names if not any(fnmatch.fnmatch(n, r) for r in rules)]

    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = kept(folders)
        found += [Path(folder, name) for name in kept(files)]
    return sorted(found)


def our_texts() -> list[tuple[Path, str]]:
    """Name and content of each text file that we wrote or generated."""
    texts = []
    for path in published_files():
        name = path.relative_to(ROOT)
        if name.parent.name == "seeds" and DOCUMENT.fullmatch(name.name):
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            texts.append((name, content.decode("utf-8")))
    return texts


@pytest.mark.parametrize("name", SEEDS, ids=lambda name: name[:3])
def test_a_document_is_the_one_we_read_byte_for_byte(name):
    digest = hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest()
    assert digest == SEEDS[name]


def test_every_document_belongs_to_a_sheet():
    files = (ROOT / "seeds").glob("*.yml")
    sheets = [yaml.load(p.read_bytes(), yaml.CSafeLoader) for p in files]
    named = {sheet["file"] for sheet in sheets if "file" in sheet}
    assert {p.name for p in (ROOT / "seeds").glob("*.txt")} == named
    assert named >= set(SEEDS)


def test_git_leaves_the_documents_as_they_are():
    rules = [line.split() for line in read(".gitattributes").splitlines()]
    for pinned in (["seeds/*.txt", "-text"], ["seeds/*.original.*", "-text"]):
        assert pinned in rules
        assert rules.index(pinned) > rules.index(["*", "text=auto", "eol=lf"]), (
            "a later rule wins"
        )


@pytest.mark.parametrize("name", LAYOUT)
def test_the_repository_has_what_its_design_names(name):
    assert (ROOT / name).exists()


def imported(folder: str) -> set[str]:
    """The top names that the modules under ``folder`` import, ours left out."""
    names = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(node.module)
    tops = {name.split(".")[0] for name in names}
    ours = {path.stem for part in ("src", "tests") for path in (ROOT / part).iterdir()}
    return tops - set(sys.stdlib_module_names) - ours


_homes = cache(packages_distributions)  # which reads thousands of files


@pytest.mark.parametrize(
    ("folder", "extras"),
    [("src", ["pdf", "scan", "cluster"]), ("tests", ["test", "scan", "cluster"])],
    ids=["src", "tests"],
)
def test_what_is_imported_is_asked_for_by_name(folder, extras):
    asked = project()["project"]
    wanted = [*asked["dependencies"]]
    wanted += [w for extra in extras for w in asked["optional-dependencies"][extra]]
    names = {canonicalize_name(Requirement(want).name) for want in wanted}
    homes = _homes()
    borrowed = {
        module
        for module in imported(folder)
        if not names & {canonicalize_name(home) for home in homes.get(module, ())}
    }
    assert borrowed == set()


def test_no_file_names_a_folder_of_one_machine():
    found = [
        f"{name}: {match[0]}"
        for name, text in our_texts()
        for match in MACHINE_PATH.finditer(text)
    ]
    assert found == []


def test_no_file_names_a_package_registry():
    found = [f"{name}: {h}" for name, text in our_texts() for h in HOSTS if h in text]
    assert found == []


def test_every_page_of_the_contents_exists():
    def files(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node[key] for key in ("root", "file") if key in node]
            return own + [f for value in node.values() for f in files(value)]
        return (
            [f for item in node for f in files(item)] if isinstance(node, list) else []
        )

    pages = files(yaml.safe_load(read("_toc.yml")))
    assert len(pages) == len(set(pages)) > 2
    missing = [
        page
        for page in pages
        if not any((ROOT / f"{page}{end}").is_file() for end in (".md", ".ipynb"))
    ]
    assert missing == []


def test_every_notebook_and_chapter_is_in_the_contents():
    contents = read("_toc.yml").split()
    pages = [
        *(ROOT / "book").glob("*.md"),
        *(ROOT / "notebooks" / "explore").glob("*.ipynb"),
        *(ROOT / "notebooks" / "sources").glob("*.ipynb"),
        *(ROOT / "notebooks" / "synthesis").glob("*.ipynb"),
        *(ROOT / "notebooks" / "tutorial").glob("*.ipynb"),
    ]
    names = [p.relative_to(ROOT).with_suffix("").as_posix() for p in pages]
    assert sorted(n for n in names if n not in contents) == []


def test_the_version_is_the_same_everywhere():
    version = project()["project"]["version"]
    citation = yaml.safe_load(read("CITATION.cff"))
    newest = re.search(r"^## \[([^]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert {sourcebook.__version__, citation["version"], newest[1]} == {version}


def test_the_book_is_cited_under_its_own_title():
    citation = yaml.safe_load(read("CITATION.cff"))
    config = yaml.safe_load(read("_config.yml"))
    assert citation["title"] == config["title"]
    assert read("README.md").startswith(f"# {citation['title']}\n")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LICENSE", "MIT License"),
        ("LICENSE-CONTENT", "Creative Commons Attribution 4.0 International Public"),
        ("LICENSE-CONTENT", "Not covered: the five documents seeds/*.txt"),
    ],
    ids=["code", "text", "documents"],
)
def test_each_part_says_its_licence(name, words):
    assert words in read(name)
