"""What came out, in words a reader knows: one table for relations and verdicts.

Data keep the codes (``not-comparable(of)``, ``both-stand``); pages print the words.
Every relation, every gate on which two claims can fail, and every adjudication has its
row. A word of the codebook
needs no row: `code_words` spells it as readers do.
"""

from sourcebook.comparing.questions import Answer
from sourcebook.comparing.relations import RELATIONS

RELATION_WORDS = {name: row.words for name, row in RELATIONS.items()} | {
    "not-comparable(of)": "Different totals",
    "not-comparable(measure)": "Different things counted",
    "not-comparable(unit)": "Different units",
    "not-comparable(where)": "Different places",
    "not-comparable(concept)": "Different matters",
    "not-comparable(target)": "Not about the same",
}
ADJUDICATION_WORDS = {
    "open": "Left open",
    "prefer-a": "The first is better supported",
    "prefer-b": "The second is better supported",
    "both-stand": "Both can stand",
    "both-doubtful": "Both are doubtful",
    "cannot-judge": "We cannot tell",
    "no-conflict": "Nothing in conflict",
}
# How a fact from outside bears on the claims it is set beside.
BEARING_WORDS = {
    "contradicts": "Contradicts",
    "corrects": "Corrects",
    "dates": "Dates",
    "bears-out": "Bears out",
    "completes": "Completes",
    "leaves-open": "Leaves open",
}
# Where we decide nothing, the badge says what comparing came to instead.
_UNDECIDED = frozenset({"both-stand", "no-conflict"})

_PROPER = "EU NATO Armenia Azerbaijan Baku Belgium Georgia Karabakh Russia Ukraine"
_NAMES = {name.lower(): name for name in _PROPER.split()}


def code_words(code: str) -> str:
    """Return words of the codebook as a reader reads them.

    >>> code_words("eu-azerbaijan"), code_words("gas-buyers"), code_words("eu-policy")
    ('EU–Azerbaijan', 'gas buyers', 'EU policy')
    """
    parts = code.split("-")
    between = "–" if all(part in _NAMES for part in parts) else " "
    return between.join(_NAMES.get(part, part) for part in parts)


def relation_words(code: str) -> str:
    """Return a relation in words, with the gate it failed on where there is one.

    >>> relation_words("not-comparable(of)"), relation_words("silent")
    ('Different totals', 'Not in every text')
    """
    return RELATION_WORDS.get(code) or RELATION_WORDS[code.partition("(")[0]]


def badge(answer: Answer) -> str:
    """Return what a question came to, as a reader's page prints it.

    A verdict of ours goes first. Where both stand or nothing conflicts, it is the words
    of the relation if all pairs have the same words, else those of the adjudication, or
    where nothing conflicts those of the pair that is furthest apart.
    """
    ours = answer.question.adjudication
    if ours in _UNDECIDED:
        # Between documents; within one where there is nothing else.
        across = tuple(str(v) for a, b, v in answer.verdicts if a.source != b.source)
        codes = across or (("silent",) if answer.silences else answer.relations)
        words = {relation_words(code) for code in codes}
        if len(words) == 1 or ours == "no-conflict":
            kinds = {code: RELATIONS[code.partition("(")[0]] for code in codes}
            return relation_words(min(codes, key=lambda code: kinds[code].apart))
    if ours in {"prefer-a", "prefer-b"}:
        return "One is better supported"
    return ADJUDICATION_WORDS[ours]
