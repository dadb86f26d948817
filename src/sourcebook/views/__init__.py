"""What notebooks show: charts, cards, tables and answers as pieces of a page.

Nothing here opens a source or decides anything: a view shows what was read, coded and
compared.
"""
