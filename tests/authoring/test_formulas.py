"""Equations are written out on one line, in the order of their parts."""

from __future__ import annotations

import pytest
from lxml import etree

from sourcebook.authoring.formulas import written_out

WORD = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/math"'


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<mfrac><mn>1.5</mn><mi>b</mi></mfrac>", "1.5/b"),
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow></mfrac>",
         "a/(b+c)"),
        ("<msup><mfrac><mi>a</mi><mi>b</mi></mfrac><mn>2</mn></msup>", "(a/b)^2"),
        ("<msub><mi>x</mi><mn>1</mn></msub>", "x_1"),
        ("<msup><mi>x</mi></msup>", "x"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)"),
        ("<mi> x </mi><mo> = </mo><!-- so --><annotation>x</annotation>", "x="),
        (f"<d {WORD}><dPr/><e><r><t>x</t></r></e></d>", "(x)"),
        (f"<d {WORD}><dPr/></d>", ""),
        (f"<f {WORD}><fPr><c/></fPr><num>1</num><den>2</den></f>", "1/2"),
    ],
)  # fmt: skip
def test_an_equation_is_one_line(markup, line):
    assert written_out(etree.fromstring(f"<math>{markup}</math>")) == line
