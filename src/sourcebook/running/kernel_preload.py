"""What kernels have imported before a notebook runs, where they are warm.

Libraries of others stay as they were imported. Of ours, the zygote keeps nothing but
the patterns of the readers, which `re` has by their text.
"""

from importlib import import_module

# What notebooks and our package import; TextBlob is left to the one chapter that does.
LIBRARIES = (
    "numpy pandas altair defusedxml.ElementTree edtf ipywidgets pydantic.fields "
    "pydantic.main pyparsing regex vl_convert yaml".split()
)

# What of ours compiles patterns; the rest of it is not run here.
PATTERNS = (
    "sourcebook.reading.actors sourcebook.reading.citations sourcebook.reading.dates "
    "sourcebook.reading.numbers sourcebook.reading.quotations sourcebook.reading.text"
).split()


def preload() -> None:
    """Import the libraries, and compile what the readers search with."""
    for name in LIBRARIES:
        import_module(name)
    _compile_patterns()


def _compile_patterns() -> None:
    """Have `re` compile what our readers search with: most of what they take to import.

    It keeps the last 512 patterns, and finds them again by their text.
    """
    for name in PATTERNS:
        import_module(name)
    import_module("sourcebook.reading.dates").read_dates("1")
    numbers = import_module("sourcebook.reading.numbers")
    for rule in import_module("sourcebook.reading.numbers.number_grammar").RULES:
        numbers.read_numbers(rule.example)
