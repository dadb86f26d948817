"""Widgets to code the sign of every stance a second time, blind to the first.

What the second coder sees, and what not, is for `sourcebook.desk.coding_desk` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets

from sourcebook.desk.claim_form import SIGNS
from sourcebook.desk.coder import attempt, notice
from sourcebook.desk.coding_desk import Desk, Stance
from sourcebook.errors import SourcebookError
from sourcebook.views.figure import is_live
from sourcebook.views.fragment import Fragment, escape, table_rows


def code_again(desk: Desk, *, live: bool | None = None) -> Fragment | ipywidgets.VBox:
    """Return the widgets of the second pass, or a notice where nobody can use them."""
    return SecondCoder(desk).box if (is_live() if live is None else live) else notice()


class SecondCoder:
    """One stance at a time, those without a second sign first."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.number = desk, 0
        self.status = ipywidgets.HTML()
        self.view = ipywidgets.HTML()
        self.agreed = ipywidgets.HTML()
        self.sign = ipywidgets.ToggleButtons(options=SIGNS, value=None)
        steps: Mapping[str, Callable[[], None]] = {
            "Previous": lambda: self.go(self.number - 1),
            "Next": lambda: self.go(self.number + 1),
            "Next without a sign": self.next_open,
            "Save the sign": self.save,
        }
        buttons = []
        for name, act in steps.items():
            button = ipywidgets.Button(description=name, layout={"width": "auto"})
            button.on_click(lambda _, act=act: attempt(act, self.status))
            buttons.append(button)
        row = ipywidgets.HBox(buttons, layout={"flex_flow": "row wrap"})
        self.box = ipywidgets.VBox(
            [self.status, self.view, self.sign, row, self.agreed]
        )
        self.stances: tuple[Stance, ...] = ()
        attempt(self._begin, self.status)

    def _begin(self) -> None:
        self.stances = self.desk.stances()
        self.next_open()
        self._agree()

    def _count(self, before: str = "") -> None:
        signed = self.desk.signed()
        done = sum(each.claim in signed for each in self.stances)
        words = f"{before}{done} of {len(self.stances)} stances have a second sign."
        self.status.value = f'<p role="status">{escape(words)}</p>'

    def go(self, number: int) -> None:
        """Show the stance of this number, without any sign."""
        if not self.stances:
            self.view.value = "<p>No stance is coded yet.</p>"
            return
        self.number = min(max(number, 0), len(self.stances) - 1)
        self.sign.value = None
        self.view.value = self._stance(self.stances[self.number])

    def _stance(self, stance: Stance) -> str:
        facts = [
            ("actor", stance.actor),
            ("target", stance.target),
            ("concept", f"{stance.concept}: {stance.meaning}"),
        ]
        head = (
            f"<p><strong>Stance {self.number + 1} of {len(self.stances)}</strong></p>"
        )
        passage = f'<blockquote dir="auto">{escape(stance.passage)}</blockquote>'
        return f"{head}{passage}<table>{table_rows(facts)}</table>"

    def next_open(self) -> None:
        """Show the next stance that has no second sign, or the first of all."""
        signed = self.desk.signed()
        numbers = range(len(self.stances))
        left = [at for at in numbers if self.stances[at].claim not in signed]
        later = [at for at in left if at > self.number]
        self.go((later or left or [0])[0])
        self._count()

    def save(self) -> None:
        """Write the sign that is chosen, and go on."""
        if self.sign.value is None:
            raise SourcebookError("no sign is chosen", fix="choose one of the three")
        self.desk.sign(self.stances[self.number].claim, self.sign.value)
        last = self.number == len(self.stances) - 1
        self.go(0 if last else self.number + 1)
        self._count("Saved. ")
        self._agree()

    def _agree(self) -> None:
        found = self.desk.agreement()
        self.agreed.value = "<p>Agreement is told when every stance has both signs.</p>"
        if found is not None:
            same, alpha = found
            self.agreed.value = (
                f'<p role="status">{same} of {alpha.of} stances have the same '
                f"sign in both passes. Krippendorff’s alpha is {alpha.value:.2f} "
                f"({alpha.low:.2f} to {alpha.high:.2f}).</p>"
            )
