"""The fourth floor: claims and verdicts become pieces of a page.

Charts, cards, tables and one live control for notebooks; assets and roles for the
built book. Nothing here opens a source or decides anything: a page shows what the
floors below have read, coded and compared.
"""
