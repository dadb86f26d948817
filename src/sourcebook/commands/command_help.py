"""Help on the command line: what a shell completes, and an example for every command.

A shell completes commands, options and the names of this book. The examples are shown
below each command's help, and the tests run them.
"""

from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from sourcebook.coding.book_files import find_root
from sourcebook.errors import SourcebookError

SHELLS = ("bash", "zsh", "fish")
PROGRAM = "sourcebook"
VARIABLE = "_SOURCEBOOK_COMPLETE"  # click's own way to ask the program


def script(command: click.Command, shell: str) -> str:
    """Return the script that teaches a shell to complete the command."""
    found = get_completion_class(shell)
    if found is None:
        raise SourcebookError(
            f"no completion for {shell!r}\n  fix: use one of {', '.join(SHELLS)}"
        )
    # Its parts are put together here, because click's own `source()` would look for a
    # bash on this machine, and the script may be meant for another.
    made = found(command, {}, PROGRAM, VARIABLE)
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


EXAMPLES = {
    "add": (
        "sourcebook add report.pdf --key acme-2024",
        "sourcebook add speech.docx --key doe-2025 --bib library.bib",
    ),
    "build": ("sourcebook build",),
    "check": (
        "sourcebook check",
        "sourcebook check --json > faults.json",
        "sourcebook --root ~/books/trade check",
    ),
    "completion": (
        "sourcebook completion bash >> ~/.bashrc",
        "sourcebook completion zsh >> ~/.zshrc",
        "sourcebook completion fish > ~/.config/fish/completions/sourcebook.fish",
    ),
    "drafts": (
        "sourcebook drafts acme-2024",
        "sourcebook drafts acme-2024 --section 'Exports and imports'",
    ),
    "epub": ("sourcebook epub",),
    "exchange": (
        "sourcebook exchange export codings.qdpx",
        "sourcebook exchange import theirs.qdpx --to drafts.yml",
    ),
    "export": ("sourcebook export data",),
    "init": ("sourcebook init ../harbour --title 'The Harbour, Paper by Paper'",),
    "impact": ("sourcebook impact", "sourcebook impact --against HEAD~5"),
    "notebooks": ("sourcebook notebooks", "sourcebook notebooks acme-2024 trade"),
    "new": (
        "sourcebook new trade --title 'Who trades with whom?'",
        "sourcebook new trade --title Trade --asks 'How much?' --claims acme/x,doe/y",
    ),
    "pdf": ("sourcebook pdf",),
    "remove": ("sourcebook remove acme-2024", "sourcebook remove acme-2024/sales"),
    "rename": (
        "sourcebook rename acme-2024 doe-2024",
        "sourcebook rename acme-2024/sales sales-in-may",
    ),
    "reread": ("sourcebook reread acme-2024 report-v2.pdf",),
    "record": ("sourcebook record check", "sourcebook record check --pause 3"),
    "release": ("sourcebook release",),
    "reproduce": ("sourcebook reproduce",),
    "scan": ("sourcebook scan letters", "sourcebook scan letters --to tables"),
    "schema": ("sourcebook schema", "sourcebook schema check"),
    "serve": ("sourcebook serve", "sourcebook serve --port 8080 --no-open"),
    "sign": ("sourcebook sign", "sourcebook sign book/method.md gas-share"),
    "status": ("sourcebook status", "sourcebook status acme-2024"),
    "suggest": ("sourcebook suggest", "sourcebook suggest acme-2024 --rank 20"),
    "verify": ("sourcebook verify _build/html", "sourcebook verify one two"),
}


def epilog(command: str) -> str:
    """Return the examples of a command as click prints them, each on its own line."""
    lines = EXAMPLES.get(command, ())
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", head, *(f"  {line}" for line in lines)]) if lines else ""
