"""Small lies planted in the code, one at a time, and whether the tests notice.

`make mutants` draws some from every floor, changes one place in a copy of the
repository, and runs the linter, the tests that name the module, then those of its
floor, then the notebooks, whose outputs must stay as they are. The score goes into
``book/mutants.json``, which the page on reproduction prints; who is not noticed is told
with its place. Another ``SEED`` draws others.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import click

from sourcebook.checking.signed_texts import sign

ROOT = Path(__file__).resolve().parent.parent
SCORE = ROOT / "book" / "mutants.json"
FLOORS = sorted(
    path.parent
    for pattern in ("src/sourcebook/*/__init__.py", "src/*/__init__.py")
    for path in ROOT.glob(pattern)
    if path.parent.name != "sourcebook"
)
WANTED = 0.9  # of all mutants are to be noticed
LIMIT = 600  # seconds; who hangs is noticed
_LEFT = ("_build", ".git", ".venv", ".uv", ".*_cache", ".hypothesis", "__pycache__")
_APART = "not book and not browser"  # those would need a build
_OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
Place = tuple[int, int, str, int]  # begin and end in bytes, the lie, the line
_NO = ("None", "False")  # the same to whoever asks whether
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}


def lie(node: ast.AST) -> str:
    """Return other code for a place, or "" where there is none to plant.

    >>> lie(ast.parse("a < b", mode="eval").body)
    '(a <= b)'
    """
    match node:
        case ast.Compare(ops=[op]) if type(op) in _OTHER:
            node.ops = [_OTHER[type(op)]()]
        case ast.BoolOp(op=op):
            node.op = _OTHER[type(op)]()
        case ast.BinOp(op=ast.Add() | ast.Sub() as op):
            node.op = _OTHER[type(op)]()
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return f"({ast.unparse(inner)})"
        case ast.Constant(value=bool() | int() as value):
            return repr(not value if isinstance(value, bool) else value + 1)
        case ast.IfExp(body=body, orelse=orelse):
            node.body, node.orelse = orelse, body
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in _NAMES:
            node.func = ast.Name(_NAMES[name])
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) not in _NO:
            return "return None"
        case ast.Continue():
            return "break"
        case _:
            return ""
    made = ast.unparse(node)
    return f"({made})" if isinstance(node, ast.expr) else made


def places(path: Path) -> Iterator[Place]:
    """Yield each place of a module where a lie can be planted.

    Not in ``zip(…, strict=True)``, which only says what holds: no test could tell.
    """
    data = path.read_bytes()
    begins = [0]
    for line in data.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    tree = [*ast.walk(ast.parse(data))]
    bodies = [n for n in tree if isinstance(n, ast.FunctionDef)]
    said = {k.value for n in tree for k in _keywords_of_zip(n)}
    seen = set()
    for node in (n for b in bodies for part in b.body for n in ast.walk(part)):
        if not hasattr(node, "lineno") or isinstance(node, ast.Raise) or node in said:
            continue
        start = begins[node.lineno - 1] + node.col_offset
        end = begins[node.end_lineno - 1] + node.end_col_offset
        if (start, end) not in seen and (told := lie(node)):
            seen.add((start, end))
            yield start, end, told, node.lineno


def _keywords_of_zip(node: ast.AST) -> list[ast.keyword]:
    match node:
        case ast.Call(func=ast.Name(id="zip"), keywords=keywords):
            return keywords
    return []


def near(module: Path) -> list[str]:
    """Return the module, for its examples, and the tests that import it.

    Where none does, they are those of the nearest modules that import it.
    """
    tests = sorted((ROOT / "tests").rglob("test_*.py"))
    sources = sorted((ROOT / "src").rglob("*.py"))
    own = [path for path in tests if path.stem == f"test_{module.stem}"]
    names, seen = {_name(ROOT / module)}, set[str]()
    while names:
        if found := {*own, *(path for path in tests if names & imports(path))}:
            return [str(module), *sorted(str(p.relative_to(ROOT)) for p in found)]
        seen |= names
        names = {_name(path) for path in sources if names & imports(path)} - seen
    return [str(module)]


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the names of the modules that a file imports, and of what it takes."""
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Import(names=names):
                found |= {each.name for each in names}
            case ast.ImportFrom(module=str(package), names=names):
                found |= {package, *(f"{package}.{each.name}" for each in names)}
    return frozenset(found)


def faults(module: Path) -> Counter[str]:
    """Return how often a module breaks each rule of the linter, waived there or not.

    How code is laid out does not count: a lie stands in one line, whatever its length.
    """
    check = [sys.executable, "-m", "ruff", "check", "-q", "--ignore-noqa"]
    options = ["--ignore", "E501,Q,UP034", "--output-format", "json"]
    done = subprocess.run([*check, *options, module], check=False, capture_output=True)
    return Counter(each["code"] for each in json.loads(done.stdout))


def noticed(copy: Path, what: list[str]) -> bool:
    """Whether any of some tests fails in the copy."""
    command = [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider"]
    env = {**os.environ, "PYTHONPATH": str(copy / "src"), "CI": "true"}
    try:
        done = subprocess.run(
            [*command, "-m", _APART, *what],
            cwd=copy, env=env, check=False, capture_output=True, timeout=LIMIT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    return done.returncode not in {0, 5}  # 5: nothing there to run


def main() -> None:
    """Plant, test, count; fail where too few are noticed."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--each", type=int, default=3, help="mutants of a floor")
    given = parser.parse_args()
    rng = random.Random(given.seed)  # noqa: S311 - nothing secret
    draws = [drawn(floor, given.each, rng) for floor in FLOORS]
    with (
        tempfile.TemporaryDirectory(prefix="sourcebook-mutants-") as folder,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        copies = [Path(folder) / floor.name for floor in FLOORS]
        killed = [*pool.map(tried, FLOORS, draws, copies)]
    score = {
        floor.name: {"noticed": count, "of": given.each}
        for floor, count in zip(FLOORS, killed, strict=True)
    }
    SCORE.write_text(json.dumps(score, indent=1) + "\n", encoding="utf-8")
    sign(ROOT, [SCORE.relative_to(ROOT).as_posix()])  # as every record is, when made
    share = sum(killed) / len(FLOORS) / given.each
    sys.exit(f"only {share:.0%} are noticed" if share < WANTED else 0)


def tried(floor: Path, draws: list[tuple[Path, Place]], copy: Path) -> int:
    """Return how many mutants of a floor are noticed, each told with its place."""
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*_LEFT))
    (copy / ".venv").symlink_to(ROOT / ".venv")  # some tests look for its commands
    killed, sound = 0, set()
    for path, (start, end, told, line) in draws:
        module, data = path.relative_to(ROOT), path.read_bytes()
        tests = near(module)
        if module not in sound and noticed(copy, tests):
            sys.exit(f"{module}: its tests fail as they are: {tests}")
        sound.add(module)
        (copy / module).write_bytes(data[:start] + told.encode() + data[end:])
        further = [f"tests/{floor.name}"], ["--nbval", "notebooks"]
        caught = bool(faults(copy / module) - faults(path))  # the gate lints as well
        caught = caught or any(noticed(copy, what) for what in (tests, *further))
        (copy / module).write_bytes(data)
        killed += caught
        was = " ".join(data[start:end].decode().split())
        say = "noticed" if caught else "LIVES"
        click.echo(f"{say}: {module}:{line}: {was}  ->  {told}")
    return killed


def drawn(floor: Path, number: int, rng: random.Random) -> list[tuple[Path, Place]]:
    """Return some places of a floor, each as likely as any other."""
    modules = sorted(floor.rglob("*.py"))
    found = [(path, place) for path in modules for place in places(path)]
    return rng.sample(found, number)


if __name__ == "__main__":
    main()
