"""What is locked: pins with hashes, no address, and nothing old without a reason."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

# The three kinds of line a lock may have: anything else could name an address.
LOCK_LINE = re.compile(
    r"""
      [a-z0-9][a-z0-9.-]*(\[[a-z0-9,-]+\])?==[0-9][0-9a-z.!+]*   # name==version
        (\ ;\ [a-z_]+\ [A-Za-z0-9_.'\ <>=!()]+)?\ \\             # ; marker
    | \ {4}--hash=sha256:[0-9a-f]{64}(\ \\)?                     # a hash
    | \ {4}\#\ (\ \ |via\ ?)[A-Za-z0-9_.\[\] ()-]*(:(build|tools)\))?  # who asked
    """,
    re.VERBOSE,
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict:
    return tomllib.loads(read("pyproject.toml"))


LOCKS = tuple(f"requirements{kind}.lock" for kind in ("", "-dev", "-uv", "-newest"))
BOOK, DEV, TOOLS, NEWEST = LOCKS
YEARS = 3  # a pick that is older has a reason beside it


def pins(lock: str) -> list[Requirement]:
    lines = [ln for ln in read(lock).splitlines() if "==" in ln[:60]]
    return [Requirement(ln.removesuffix(" \\")) for ln in lines if ln[0] not in " #"]


def locked(lock: str = DEV) -> dict[str, Requirement]:
    return {canonicalize_name(pin.name): pin for pin in pins(lock)}


def days() -> dict[str, date]:
    """The day on which each pick was published, as `make lock` took it down."""
    lines = map(str.split, read("tests/release_days.txt").splitlines())
    return {pick: date.fromisoformat(day) for pick, day in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_made_of_pins_and_hashes_alone(lock):
    lines = read(lock).splitlines()
    assert [ln for ln in lines if not LOCK_LINE.fullmatch(ln)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock):
    entries = re.split(r"^(?=\S)", read(lock), flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(lock)) > 0
    assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []


def test_the_lock_holds_what_the_project_asks_for():
    asked = project()
    wanted = [
        *asked["build-system"]["requires"],
        *asked["project"]["dependencies"],
        *(w for g in asked["project"]["optional-dependencies"].values() for w in g),
        *(w for g in asked["dependency-groups"].values() for w in g),
    ]
    found, unmet = locked() | locked(TOOLS), []
    for want in map(Requirement, wanted):
        pin = found.get(canonicalize_name(want.name))
        version = next(iter(pin.specifier)).version if pin else None
        if version is None or version not in want.specifier:
            unmet.append(f"{want}: locked is {version}; fix: make lock")
    assert unmet == []


def test_the_book_has_the_versions_that_are_tested():
    book, dev = locked(BOOK), locked(DEV)
    assert [
        n for n in book if n not in dev or book[n].specifier != dev[n].specifier
    ] == []


@pytest.mark.parametrize(
    "name", ["dask", "distributed", "duckdb", "jupyterlab", "playwright", "pyarrow"]
)
def test_who_builds_the_book_needs_no_machinery_of_tests_and_extras(name):
    assert name not in locked(BOOK)
    assert name in locked(DEV)


def test_the_newest_lock_holds_what_the_book_needs_and_goes_beyond():
    book, newest = locked(BOOK), locked(NEWEST)
    assert book.keys() <= newest.keys()
    beyond = re.search(r"^BEYOND := (.*)$", read("Makefile"), re.MULTILINE)[1]
    for wanted in (Requirement(words.strip("'")) for words in beyond.split()):
        version = next(iter(newest[wanted.name].specifier)).version
        assert version in wanted.specifier, f"fix: make lock UPGRADE=1 ({wanted})"
        old = next(iter(book[wanted.name].specifier)).version
        assert old not in wanted.specifier, f"{wanted} needs no way out any more"


def test_each_pick_has_its_day_and_no_other_is_kept():
    picks = {f"{pin.name}{pin.specifier}" for lock in LOCKS for pin in pins(lock)}
    assert picks == days().keys(), "fix: make lock"


def test_a_pick_that_is_old_has_a_reason_and_no_other_has():
    told = days()
    last = max(told.values())  # about when the locks were made: no clock is asked
    since = last.replace(year=last.year - YEARS, day=min(last.day, 28))
    old = {pick.partition("==")[0]: day for pick, day in told.items() if day < since}
    reasons = project()["tool"]["sourcebook"]["old-picks"]
    faults = [
        f"{name}: of {old[name]}, more than {YEARS} years before {last}; "
        "fix: take another, or say why it stays in pyproject.toml, old-picks"
        for name in sorted(old.keys() - reasons.keys())
    ]
    faults += [
        f"{name}: no old pick; fix: take its reason out of pyproject.toml, old-picks"
        for name in sorted(reasons.keys() - old.keys())
    ]
    assert faults == []
    assert [name for name, why in reasons.items() if len(why.split()) < 5] == []


@pytest.mark.parametrize("name", ["torch", "tensorflow", "jax", "triton"])
def test_the_lock_is_free_of_heavy_machinery(name):
    assert name not in locked()
