"""What a quotation leaves behind of its own clause, on either side.

Words are matched, and no grammar is parsed: a clause ends at a mark of punctuation, at
"but", "although" or "while", and before a second predicate ("and is …"). Within it a
quotation may leave behind no negation, doubt or condition on either side, no hedge on
its left edge, and no verb on its right one. What merely looks like a verb there
("members", "delivered") is refused too: a few words more cost nothing, and the half of
a statement can be its opposite.
"""

from sourcebook.reading.patterns import later

# Words that turn round, weaken or make conditional what follows them in their clause.
_DENIED = (
    r"not(?!\s+(?:only|just|merely|least)\b)|\w+n['’]t|cannot|never|neither|nor"
    r"|no|none|nobody|nothing|without"
)
_NEGATIONS = (
    rf"{_DENIED}|hardly|scarcely|barely|unlikely|far\s+from"
    r"|unable|inability|fail(?:s|ed|ing|ure)?|refus\w+|den(?:y|ies|ied|ying)|reject\w*"
)
_DOUBTS = (
    r"rather\s+than|instead\s+of|unless|if|whether|lest"
    r"|apparently|allegedly|reportedly|supposedly|possibly|perhaps|probably|likely"
    r"|(?-i:may)|might|could|would"
)
_GOVERNORS = later(rf"(?i)\b(?:{_NEGATIONS}|{_DOUBTS})\b")
# After the quotation it is the denial that counts: "is open | if Acme pays" is found by
# its verb, and a doubt there mostly belongs to the next thought.
_DENIALS = later(rf"(?i)\b(?:{_NEGATIONS}|unsuccessful(?:ly)?|impossible|lack\w*)\b")
# Words that deny, each by itself: what our own words may say of an affirmed passage.
_DENYING = later(rf"(?i)\b(?:{_DENIED})\b")
# And all by which a passage may deny something, or set it apart from the rest.
_TURNING = later(
    rf"(?i)\b(?:{_NEGATIONS}|impossible|lack\w*|absen(?:t|ce)|abst\w+|refrain\w*|anonym\w+"
    r"|silen\w+|un(?!der|ion|ited?\b|iver|til|less|doubt|ique)\w+|difficult\w*"
    r"|in(?:sufficien|capa)\w+|stop\w*|ceas\w+|ended|block\w*|veto\w*|ban(?:s|ned)?|prohibit\w*"
    r"|forb\w+|exclu\w+|except|avoid\w*|miss(?:es|ed|ing)|rare\w*|seldom|weak\w*|low|poor"
    r"|but|different\w*|few|little)\b"
)
# Words that loosen or narrow the very next word, and so go with it.
_HEDGES = later(
    r"(?i)\b(?:often|sometimes|usually|generally|mostly|largely|partly|partially|mainly"
    r"|several|some|most|many|few|under|over|above|below|nearly|almost|about|around"
    r"|roughly|approximately|up\s+to|at\s+(?:least|most)|(?:more|less|fewer)\s+than"
    r"|rather|quite|fairly|relatively|somewhat|merely|(?<!not\s)only|seemingly|potentially"
    r"|increasingly|frequently|occasionally|rarely|seldom)\s+$"
)
_AUXILIARIES = (
    r"is|are|was|were|be|been|being|has|have|had|will|would|shall|should|can|could|may"
    r"|might|must|do|does|did|cannot|\w+n['’]t"
)
_ADVERBS = r"\w+ly|also|still|yet|often|therefore|thus|then|now|always|just|perhaps"
# The bare forms are the common ones; of the rest, endings alone tell ("rose" does not).
_VERB_NEXT = later(
    rf"\s+(?:(?:{_ADVERBS})\s+)*(?P<verb>{_AUXILIARIES}|[a-z]+ed"
    r"|(?!(?:as|its|his|this|us|across|besides|whereas|towards|afterwards|versus)\b)"
    r"[a-z]+[^\Ws]s|saw|held|took|made|gave|began|became|came|went|rose|fell|grew|led"
    r"|left|lost|kept|met|put|said|seem|feel|want|need|make|take|show)\b"
)
_UNFINISHED = later(
    rf"(?i)\b(?P<last>{_AUXILIARIES}|still|yet|never|also|always|often|to|an?|the|of|in|on"
    r"|at|by|for|from|with|as|than|that|which|who|and|or|but|both|either|neither|not"
    r"|very|more|most|less|some|any|no|its|their|his|her)$"
)
_EDGE = later(
    r"[.;:!?,—()\[\]“”\"\n]|\s[–-]\s|\b(?:but|although|while)\b"
    rf"|\band\s+(?:even|also|{_AUXILIARIES})\b"
)


def left_before(before: str) -> str:
    """Return the negation, doubt or hedge that stands before a quotation, or "".

    ``before`` is its sentence up to where it begins.

    >>> left_before("The firm will not ")
    'not'
    >>> left_before("Though it was not asked, often ")
    'often'
    """
    edges = list(_EDGE.finditer(before))
    clause = before[edges[-1].end() :] if edges else before
    found = list(_GOVERNORS.finditer(clause)) or list(_HEDGES.finditer(clause))
    return found[-1].group().rstrip() if found else ""


def left_after(quoted: str, after: str) -> str:
    """Return the verb or negation that comes after a quotation in its clause, or "".

    ``after`` is the rest of the sentence. A quotation that breaks off at a word which
    cannot end a clause is told by the words that follow.

    >>> left_after("The separatists are still", " not disarmed.")
    'not'
    >>> left_after("The approach", " has failed, and was given up.")
    'failed'
    >>> left_after("Sales", " rose in May.")
    'rose'
    >>> left_after("Sales rose", " in May, and costs did not.")
    ''
    """
    edge = _EDGE.search(after)
    clause = after[: edge.start()] if edge else after
    if denial := _DENIALS.search(clause):
        return denial.group()
    if verb := _VERB_NEXT.match(clause):
        return verb.group("verb")
    cut = _UNFINISHED.search(quoted)
    return " ".join(clause.split()[:3]) if cut and clause.strip() else ""


def denial_in(words: str) -> str:
    """Return the first word that denies, or "".

    >>> denial_in("It did not grow"), denial_in("It grew, not only here")
    ('not', '')
    """
    found = _DENYING.search(words)
    return found[0] if found else ""


def turns(passage: str) -> bool:
    """Whether a passage denies anything, or sets one thing apart from another.

    >>> turns("The mill is unable to grind."), turns("The mill grinds.")
    (True, False)
    """
    return _TURNING.search(passage) is not None
