"""An example for every command, shown below its help and tried in the tests."""

from __future__ import annotations

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
    "status": ("sourcebook status",),
    "suggest": ("sourcebook suggest", "sourcebook suggest acme-2024 --rank 20"),
    "verify": ("sourcebook verify _build/html", "sourcebook verify one two"),
}


def epilog(command: str) -> str:
    """Return the examples of a command as click prints them, each on its own line."""
    lines = EXAMPLES.get(command, ())
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", head, *(f"  {line}" for line in lines)]) if lines else ""
