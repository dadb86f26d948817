"""Time the search for pairs of claims in the book around the working folder."""

from __future__ import annotations

import json
import time

import click

from sourcebook.coding.corpus import load_corpus
from sourcebook.comparing.suggested_pairs import suggest

if __name__ == "__main__":
    claims = load_corpus().claims
    begun = time.perf_counter()
    proposals = suggest(claims)
    seconds = round(time.perf_counter() - begun, 4)
    found = {"claims": len(claims), "proposals": len(proposals), "seconds": seconds}
    click.echo(json.dumps(found))
