"""The tables a scan writes: every column, its type, and what it means.

One list serves the schema of the Parquet files, their own description in them, and the
tables on the page. Offsets count code points, from zero, end exclusive, as everywhere
in this book: those of the text that is taken out of a file when it is added to a book,
which is the file itself where ``changed`` is empty.
"""

from typing import Final

from sourcebook.data.fields import Table, read_fields

_PLACE = """
    document    string!  the file it stands in, by its name below the folder
    start       integer! first code point of the words in its text, from zero
    end         integer! code point after the last one
    line        integer! line of its text, from one
    sentence    integer! sentence of the document, from zero; the same in every table
    text        string!  the words as printed, white space and link marks aside
"""

NUMBERS = Table(
    "Numbers: quantities with what they say, and labels",
    read_fields(f"""
    {_PLACE}
    role        string!  quantity; or label, as in Figure 34, which has no value
    value       number   the figure itself; empty for a range
    low         number   lower figure printed, scale applied
    high        number   upper figure printed; the same unless it is a range
    value_low   number   lower end of the interval the words leave open; empty: no end
    value_high  number   upper end of that interval; empty: no end
    low_closed  boolean  whether the lower end belongs to the interval
    high_closed boolean  whether the upper end does
    unit        string!  unit of the figure; empty for a count
    per         string!  unit of time of a rate
    noun        string!  what is counted, as printed
    hedge       string!  words that loosen or bound the figure, as printed
    hedge_rule  string!  the rule these words are read by
    of          string!  what a share is a share of, as printed
    rule        string!  line of the grammar that read it
    ground      string!  read; or inferred or doubtful, and why
    context     string!  its sentence, or as much of a long one as stands beside it
    """),
    key=("document", "start"),
)
DATES = Table(
    "Dates: as printed, and in EDTF as far as the words fix a time",
    read_fields(f"""
    {_PLACE}
    kind        string!  date, range, relative, duration or vague
    edtf        string!  the time in EDTF; empty where the words alone do not fix it
    first       date     first day it may mean; empty: open or not fixed
    last        date     last day it may mean; empty: open or not fixed
    rule        string!  line of the grammar that read it
    ground      string!  read; or inferred or doubtful, and why
    context     string!  its sentence, or as much of a long one as stands beside it
    """),
    key=("document", "start"),
)
QUOTATIONS = Table(
    "Quotations: what stands in quotation marks",
    read_fields(f"""
    {_PLACE}
    kind        string!  speech, or term for a name, a title or a word spoken of
    marks       string!  double or single
    """),
    key=("document", "start"),
)
ACTORS = Table(
    "Actors: whom a document names, by the table of names in seeds/actors.yml",
    read_fields(f"""
    {_PLACE}
    actor       string!  the actor, under one name
    kind        string!  state, institution, organisation, person, group or region
    """),
    key=("document", "start"),
)
DOUBTS = Table(
    "Doubts: places whose text is doubtful, which adding a document asks to settle",
    read_fields("""
    document    string!  the file it stands in, by its name below the folder
    what        string!  what is doubtful: raised, digits, deleted and so on
    place       string!  where, in the file and in its text
    words       string!  its words in the file
    text        string!  what was read for them; empty where they are left out
    near        string!  the words on both sides of it
    """),
    key=("document", "place"),
)
DOCUMENTS = Table(
    "Documents: one row for each",
    read_fields("""
    document    string!  the file, by its name below the folder
    sha256      string!  hash of its bytes
    title       string!  its first heading; empty where there is none
    changed     string!  what was changed or left out to take its text; empty: nothing
    characters  integer! the length of its text in code points
    words       integer! its length in words
    paragraphs  integer! how many paragraphs were told apart
    sentences   integer! how many sentences were told apart
    numbers     integer! rows of numbers
    dates       integer! rows of dates
    quotations  integer! rows of quotations
    actors      integer! rows of actors
    doubts      integer! rows of doubts
    fault       string!  why its words could not be read; empty where they were
    """),
    key=("document",),
)
MENTIONS: Final = {
    "numbers": NUMBERS,
    "dates": DATES,
    "quotations": QUOTATIONS,
    "actors": ACTORS,
    "doubts": DOUBTS,
}
# Documents come last: where their rows are, those of the other tables are, too.
SCANNED: Final = {**MENTIONS, "documents": DOCUMENTS}
