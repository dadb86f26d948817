"""The white space that may stand inside one mention of a number or a date."""

from typing import Final

GAP: Final = r"(?:[^\S\t-\r\x1c-\x1f\x85]{1,2})"
"""One blank or two of any width: no tab, and nothing that ends a line.

A thousand patterns hold it. It is written by what it is not, because a set that names
characters above U+00FF takes ten times as long to compile.
"""
