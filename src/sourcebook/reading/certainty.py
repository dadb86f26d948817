"""What a reading rests on: it is read, inferred, or doubtful, and why.

A ground is one line. *Read* is what the words themselves say; *inferred* what they say
by the habit of the text or of such texts; *doubtful* what could as well be otherwise,
and somebody has to settle.
"""

from typing import Final

READ: Final = "read"
_DOUBTFUL: Final = "doubtful"


def is_doubtful(ground: str) -> bool:
    """Whether a reading has to be settled by somebody.

    >>> is_doubtful("doubtful: a range, or two figures"), is_doubtful(READ)
    (True, False)
    """
    return ground.startswith(_DOUBTFUL)
