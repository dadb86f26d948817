"""An equation on one line, out of the markup of Word and of web pages.

It is for a reader and a census of figures: fractions get a stroke, powers a caret,
roots their sign. What has another shape comes out with its parts in their order.
"""

from typing import Any, Final

# Word's names and those of MathML: what stands between the parts.
_BETWEEN: Final = {
    "f": "/", "mfrac": "/", "sSup": "^", "msup": "^", "sSub": "_", "msub": "_",
}  # fmt: skip
_ROOTS: Final = ("rad", "msqrt", "mroot")
_UNSAID: Final = (
    "",  # the name of a comment
    *"rPr ctrlPr fPr sSupPr sSubPr radPr dPr naryPr annotation annotation-xml".split(),
)


def written_out(formula: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the words and signs of an equation on one line."""
    return " ".join(_written(formula).split())


def _written(node: Any) -> str:  # noqa: ANN401
    name = _name(node)
    parts = [_written(child) for child in node if _name(child) not in _UNSAID]
    if name in _BETWEEN and len(parts) > 1:
        return _BETWEEN[name].join(map(_bracketed, parts))
    inner = f"{(node.text or '').strip()}{''.join(parts)}"
    if name in _ROOTS:
        return f"√{_bracketed(inner)}"
    if name == "d" and inner:  # Word's brackets are no words of it
        return f"({inner})"
    return inner


def _name(node: Any) -> str:  # noqa: ANN401
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _bracketed(part: str) -> str:
    return part if part.replace(".", "").isalnum() else f"({part})"
