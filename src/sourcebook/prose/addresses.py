"""Where things stand in the built site: shared by pages, links and exports."""

import re

REGISTER = "book/claims"  # the folder with one page of claims for each source
CHAPTERS = "notebooks/synthesis"  # the folder with one page for each set of questions
RECORD_PAGE = f"{CHAPTERS}/record"  # the page that shows every fact from outside
BADGES = "book/how-to-read.html#badges"  # what each badge of an answer means
DATA = "data"  # the folder of downloads, at the root of the site
DOWNLOADS = tuple(
    "absences.json annotations.jsonld census.json claims.csv claims.json "
    "claims.jsonld codebook.csv codebook.json codings.csv codings.json "
    "corrections.csv corrections.json datapackage.json differences.csv "
    "differences.json manifest.json questions.csv questions.json record.csv "
    "record.json references.bib relations.csv relations.json second.csv second.json "
    "sources.csl.json sources.csv trust.json waivers.json".split()
)


def slug(words: str) -> str:
    """Return words as a part of an address.

    >>> slug("Georgia's place, 2025")
    'georgia-s-place-2025'
    """
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))


def register_page(name: str) -> str:
    """Return the page that lists a claim, or all claims of a source.

    >>> register_page("acme-2021/sales-in-may"), register_page("acme-2021")
    ('book/claims/acme-2021', 'book/claims/acme-2021')
    """
    return f"{REGISTER}/{name.partition('/')[0]}"


def claim_anchor(name: str) -> str:
    """Return the HTML id of a claim's entry in the register.

    >>> claim_anchor("acme-2021/sales-in-may")
    'claim-acme-2021-sales-in-may'
    """
    return f"claim-{name.replace('/', '-')}"


def question_page(chapter: str) -> str:
    """Return the page that answers the questions of a chapter.

    >>> question_page("gas")
    'notebooks/synthesis/gas'
    """
    return f"{CHAPTERS}/{chapter}"


def question_anchor(question: str) -> str:
    """Return the HTML id of a question's card on its chapter's page.

    >>> question_anchor("share-of-eu-gas")
    'question-share-of-eu-gas'
    """
    return f"question-{question}"


def fact_anchor(fact: str) -> str:
    """Return the HTML id of a fact's entry on the page of the record.

    >>> fact_anchor("mandate-2016")
    'fact-mandate-2016'
    """
    return f"fact-{fact}"
