"""Help on the command line: what a shell completes, and an example for every command.

A shell completes commands, options and the names of this book. The examples are shown
below each command's help, and the tests run them.
"""

from pathlib import Path

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
)

from sourcebook.coding.book_files import find_root
from sourcebook.errors import SourcebookError

SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
PROGRAM = "sourcebook"
VARIABLE = "_SOURCEBOOK_COMPLETE"  # click's own way to ask the program


def script(command: click.Command, shell: str) -> str:
    """Return the script that teaches a shell to complete the command."""
    # Its parts are put together here, because click's own `source()` would look for a
    # bash on this machine, and the script may be meant for another.
    made = SHELLS[shell](command, {}, PROGRAM, VARIABLE)
    return made.source_template % made.source_vars()


def notebook_names(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the citekeys and chapters that begin with what was typed."""
    chosen = set(ctx.params.get(param.name or "") or ())
    return _beginning(incomplete, _stems(ctx, "*") - chosen)


def source_names(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the citekeys that begin with what was typed."""
    return _beginning(incomplete, _stems(ctx, "sources"))


def _stems(ctx: click.Context, folder: str) -> set[str]:
    """Return the names of text pairs in a folder; none outside a book."""
    given = ctx.find_root().params.get("root")
    try:
        root = Path(given) if given else find_root()
    except SourcebookError:
        return set()
    return {pair.stem for pair in (root / "notebooks" / "text").glob(f"{folder}/*.md")}


def _beginning(typed: str, names: set[str]) -> list[CompletionItem]:
    return [CompletionItem(name) for name in sorted(names) if name.startswith(typed)]


# command | examples of it, without the name of the program
_TABLE = """
add | add report.pdf --key acme-2024 \
; add speech.docx --key doe-2025 --bib library.bib
build | build
check | check ; check --json > faults.json ; --root ~/books/trade check
completion | completion bash >> ~/.bashrc ; completion zsh >> ~/.zshrc \
; completion fish > ~/.config/fish/completions/sourcebook.fish
drafts | drafts acme-2024 ; drafts acme-2024 --section 'Exports and imports'
epub | epub
exchange | exchange export codings.qdpx ; exchange import theirs.qdpx --to drafts.yml
export | export data
init | init ../harbour --title 'The Harbour, Paper by Paper'
impact | impact ; impact --against HEAD~5
notebooks | notebooks ; notebooks acme-2024 trade
new | new trade --title 'Who trades with whom?' \
; new trade --title Trade --asks 'How much?' --claims acme/x,doe/y
pdf | pdf
remove | remove acme-2024 ; remove acme-2024/sales
rename | rename acme-2024 doe-2024 ; rename acme-2024/sales sales-in-may
reread | reread acme-2024 report-v2.pdf
record | record check ; record check --pause 3
release | release
reproduce | reproduce
scan | scan letters ; scan letters --to tables
schema | schema ; schema check
serve | serve ; serve --port 8080 --no-open
sign | sign ; sign book/method.md gas-share
status | status ; status acme-2024
suggest | suggest ; suggest acme-2024 --rank 20
verify | verify _build/html ; verify one two
"""
EXAMPLES = {
    name: tuple(f"{PROGRAM} {line}" for line in lines.split(" ; "))
    for name, lines in (row.split(" | ") for row in _TABLE.strip().split("\n"))
}


def epilog(command: str) -> str:
    """Return the examples of a command as click prints them, each on its own line."""
    lines = EXAMPLES.get(command, ())
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", head, *(f"  {line}" for line in lines)]) if lines else ""
