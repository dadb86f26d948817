"""What a page shows is read in order, and each character has its place in the file."""

from __future__ import annotations

from sourcebook.prose.markdown import Role, read_prose

PAGE = """\
# Gas

````{admonition} A title
---
class: x
caption: No
---
Body one
and two.
````

```{figure} x.png
:alt: Said here

Below it.
```

```{note}
---
open
```

<div>Seen <script>one</script></b> more
next</div><p><code>x</code>Last.</p>
<q>no <code>none</code> no</q></q>And so on.

One &amp; two &
three *four* {claim}`five <a/b>` {doc}`x <y>` six.
> Not ours.

:::
Boxed.
:::

<https://a.org> ![se*ven*](p) {ref}`here`.

```{code-cell}
draw(title="Up\\n\\n\\nand\\n\\naway")
```
"""


def test_each_stretch_has_its_place():
    found = read_prose(PAGE)
    assert [(each.text, each.places[0], each.places[-1]) for each in found] == [
        ("Gas", (1, 3), (1, 5)),
        ("A title", (3, 18), (3, 24)),
        ("No", (6, 10), (6, 11)),
        ("Body one and two.", (8, 1), (9, 8)),
        ("Said here", (13, 7), (13, 15)),
        ("Below it.", (15, 1), (15, 9)),
        ("open", (20, 1), (20, 4)),
        ("Seen ", (23, 6), (23, 10)),
        (" more\nnext", (23, 35), (24, 4)),
        ("Last.", (24, 28), (24, 32)),
        ("And so on.\n", (25, 35), (25, 45)),
        ("One & two & three four ￼ x six.", (27, 1), (28, 50)),
        ("Boxed.", (32, 1), (32, 6)),
        ("￼ seven ￼.", (35, 2), (35, 42)),
        ("Up", (38, 13), (38, 14)),
        ("and", (41, 1), (41, 3)),
        ("away", (43, 1), (43, 4)),
    ]
    assert found[11].roles == (
        Role("claim", "five", "a/b", 23, (28, 22)),
        Role("doc", "x", "y", 25, (28, 40)),
    )
    line = found[8].places
    assert line[4:7] == ((23, 39), (23, 40), (24, 1))


def test_words_that_stand_twice_have_a_place_each():
    [stretch] = read_prose("one *one*\none")
    at = [at for at, char in enumerate(stretch.text) if char == "o"]
    assert [stretch.places[each] for each in at] == [(1, 1), (1, 6), (2, 1)]
    cells = read_prose("| one | one |\n|---|---|\n| one | two |")
    assert [each.places[0] for each in cells] == [(1, 3), (1, 9), (3, 3), (3, 9)]

    [rewritten] = read_prose("a&nbsp;b\n&#35; c")
    assert (rewritten.text, rewritten.places[-3]) == ("a\xa0b # c", (2, 1))

    [cut] = read_prose("`x\ny` &amp; x y.")
    assert (cut.text, cut.places[0], cut.places[4]) == ("￼ & x y.", (1, 2), (2, 10))
