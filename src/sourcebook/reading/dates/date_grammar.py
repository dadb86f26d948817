"""The grammar of English dates: a table of named rules.

A rule is one line: its name, the maker that turns a match into EDTF, its pattern, and
an example read as if issued on 31 July 2025, with the answer it must give. ``<word>``
is looked up in the vocabulary. Where two rules want the same words, the match that
begins first wins, then the longer one, then the one higher up. Numerals are day first
(05/06/2020 is 5 June) unless that cannot be.
"""

import re
from bisect import bisect_left
from functools import cache
from typing import Final, NamedTuple

from sourcebook.reading.dates.date_words import compiled

_TABLE: Final = r"""
iso-day | point | <y4>-<mm>-<dd>(?=T\d|<right>) | date 2025-07-31 -> 2025-07-31
year-first | point | <y4>(?P<s>[/.])<mm>(?P=s)<dd><right> | 2020/09/27 -> 2020-09-27
year-named | point | <y4>(?P<s>[/ -])<m>(?P=s)<dd><right> | on 2020-Sep-27 -> 2020-09-27
days-numeric | days-numeric | <left>(?P<a>0?[1-9]|[12]\d|3[01])(?:[./](?P<am>0?[1-9]|1[0-2])(?:[./](?P<ay>(?:1[5-9]|20)\d\d)?)?)?(?: ?[–-] ?|(?<=[./]) (?:to|until|till) )<dd>(?P<s>[./])<mm>(?P=s)<4y> | on 27-28.09.2020 -> 2020-09-27/2020-09-28
iso-whole | point | <left>(?P<y>19\d\d|20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])<right> | on 20200927 -> 2020-09-27
day-month-short | short-year | <W><d>[ -](?:of )?<m> ?[’']<99> | on 27 September ’20 -> 2020-09-27
day-first | point | <left><dd>(?P<s>[/.-])<mm>(?P=s)<4y> | 27/09/2020 -> 2020-09-27
month-first | point | <left><mm>/<13+>/<4y> | on 9/27/2020 -> 2020-09-27
low-month | point | <left><dd> <low-m>,? <4y> | on 27 april 2020 -> 2020-04-27
month-clipped | short-year | <m> [’']<99> | in September ’20 -> 2020-09
short-month-year | short-year | (?<![\w.-])(?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[-‐–’']<99> | for Sep-20 -> 2020-09
roman-month | point | <left><dd>(?P<s>\.[ ]|[./ -])<roman>(?:(?P=s)|-)<4y> | 27.IX.2020 -> 2020-09-27
roman-day | point | (?:(?<=rom[ ])|(?<=\b[tT]o[ ])|(?<=ntil[ ])|(?<=\b[oO]n[ ]))<dd>\.<roman>(?![\w/-]|\.\w)(?=(?:(?: ?[–-] ?| (?:to|until) )\d\d?\.[IVX]{1,4}\.(?P<y>(?:1[5-9]|20)\d\d))?) | from 1.VII to -> 2025-07-01
short-year | short-year | <left><dd>(?P<s>[/.])<mm>(?P=s)<99> | 27/09/20 -> 2020-09-27
short-american | short-year | <left><mm>/<13+>/<99> | on 9/27/20 -> 2020-09-27
day-clipped | short-year | <left><dd>(?P<s>[-‐–])<m>(?P=s)<99> | on 13-Sep-11 -> 2011-09-13
iso-range | iso-range | <left>(?P<a>\d{4}-\d\d-\d\d)(?: ?[–—/] ?| (?:to|-) )(?P<z>\d{4}-\d\d-\d\d)<right> | 2024-07-01 – 2024-09-30 -> 2024-07-01/2024-09-30
iso-month | iso-month | <y4>-(?P<m>0[1-9]|1[0-2])<right> | in 2020-05 -> 2020-05
day-month-year | point | <W><d>[ -](?:of (?:the (?:month of )?)?)?<m>,?(?: of(?: the year)?)?[ -]<Y> | 22 May, 2022 -> 2022-05-22
month-day-year | point | <W><m>(?:,(?= \d+(?:th|, \d{4}\b)))? (?:the )?<d>,? <Y> | February 22, 2022 -> 2022-02-22
quoted-day | point | (?<!\w)["“«] ?<dd> ?["”»] <m>,? <y> | on “26” May 2009 -> 2009-05-26
two-calendars | dual | <d> \((?P<n>[0-3]?\d)\) <m>,? <y> | 12 (24) October 1813 -> 1813-10-24
double-dated | point | (?:(?<=[a-np-z][ ]\d{4}/)|(?<=[a-np-z][ ]\d{3}/))<dd> <m>,? <y> | 14 Muharram 1049/17 May 1639 -> 1639-05-17
day-month | point | <W><d>[ -](?:of (?:the month of )?)?<m> | the 22nd of May -> 2025-05-22
stroke-day | point | (?:(?<=\b[Oo]n[ ])|(?<=rom[ ])|(?<=ntil[ ])|(?<=[Dd]ated[ ])|(?<=[Ss]igned[ ])|(?<=day[ ])|(?<=day,[ ]))(?!24/7|9/11|7/7)(?P<d>[12]?\d|3[01])/(?P<m>0?[1-9]|1[0-2])(?![\w/%]|[.,]\d| (?:of|the|inch|mile|cup|full|majority|vote)) | signed 14/5 in -> 2025-05-14
point-day | point | (?:(?<=\b[Oo]n[ ])|(?<=he[ ])|(?<=rom[ ])|(?<=ntil[ ]))<dd>\.(?P<m>0[1-9]|1[0-2])\.(?= [a-z(]) | on the 14.05. at -> 2025-05-14
nth-day | nth-day | (?:(?<=\b[Oo]n[ ]the[ ])|(?<=\b[Bb]y[ ]the[ ])|(?<=ntil[ ]the[ ])|(?<=[Aa]fter[ ]the[ ])|(?<=efore[ ]the[ ]))(?P<n>\d\d?)(?:st|nd|rd|th)(?=[.,;:)]|$| (?:and|or|but|it|they|he|she|we|the|an?|with|when|after|before|at|in|as|for|that|his|her|their|was|were|had|all|most|some|both|no|only|every)\b(?! (?:the )?\d)) | on the 14th, -> 2025-07-14
nth-of-unit | nth-day | (?<=[Tt]he[ ])(?P<n>\d\d?)(?:st|nd|rd|th) of (?P<way>this) month\b | the 20th of this month -> 2025-07-20
nth-of-month | point | <nth>(?: day)? of (?:the month of )?<m>(?:,? <y>)? | the first of May 2022 -> 2022-05-01
month-day | month-day | <W><m> <d> | On May 22, he -> 2025-05-22
month-year | point | <about><part>?<m>,?(?: of(?: the year)?)?[ -]<Y> | in March of 2022 -> 2022-03
part-of-month | point | <part><m> | by mid-May -> 2025-05
short-month | month | <amid>(?P<m>Jan|Feb|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b(?!\.?-?[\d’']|\.? [A-Z\d][a-z\d]) | rose in Oct, -> 2024-10
month-elsewhere | point | (?:<left><dd>(?:er|st|nd|rd|th|\.|º)? (?:de |of )?)?\b(?!Mars\b)(?P<m><elsewhere>)\b,? (?:de )?<4y> | on 1er mars 2021 -> 2021-03-01
days-elsewhere | range | <left>(?P<a>0?[1-9]|[12]\d|3[01])\.?<to>(?P<z>(?:0?[1-9]|[12]\d|3[01])\.? (?:<elsewhere>) (?:1[5-9]|20)\d\d)<right> | from 4 to 7 juin 2019 -> 2019-06-04/2019-06-07
bare-month | month | <name> | in March -> 2025-03
range | range | <about>(?:[Ff]rom (?:the )?)?<some><W><a><to>(?:the )?<some><W><z> | 3 to 9 May 2022 -> 2022-05-03/2022-05-09
day-or-next | range | <left>(?P<a>[0-3]?\d)/(?P<z>[0-3]?\d(?: of)? <month>(?:,? <year>)?) | 9/10 May 2022 -> 2022-05-09/2022-05-10
month-or-next | range | (?P<a><month>(?: [0-3]?\d)?)/(?P<z>(?:<month>|[0-3]?\d)(?:,? <year>)?)(?!\d) | May/June 2022 -> 2022-05/2022-06
between | range | [Bb]etween (?:the )?<some><a>,? and (?:the )?<some><z> | between 1969 and 1982 -> 1969/1982
open-range | open | <y><to>(?:the )?(?:present|today|now)\b | 2014–present -> 2014/..
short-range | short | <about><y4>(?P<s>[/–-])(?P<z>\d\d)<right> | in 2018/19 -> 2018/2019
year-digit | short | <y4>(?P<s>[/–-])(?P<z>\d)<right> | in 2005-6 -> 2005/2006
fiscal | fiscal | \bFY ?[’']?(?P<yy>\d\d)(?:[/–-](?P<z>\d\d))?(?![\w%]|[.,]\d) | in FY25 -> 2025
fiscal-years | short | \bFY ?(?P<y>(?:19|20)\d\d)(?P<s>[/–-])(?:20)?(?P<z>\d\d)(?![\w%]|[.,]\d) | in FY2026/27 -> 2026/2027
split-years | short | <y4>/\d\d(?P<s> ?[–-] ?| to )(?:1[5-9]|20)\d\d/(?P<z>\d\d)<right> | 2019/20–2023/24 -> 2019/2024
clipped-pair | fiscal | (?<![\w’'])[’'‘](?P<yy>\d\d)[/–-](?P<z>\d\d)(?![\w%]|[.,]\d) | in ’23/24 -> 2023/2024
year-pair | range | <left>(?P<a>(?:1[5-9]|20)\d\d)/(?P<z>(?:1[5-9]|20)\d\d)<right> | in 2024/2025 -> 2024/2025
days-of-month | each | <days> <month>(?:,? <y>)? | 4 and 5 May -> 2025-05-04 2025-05-05
month-and-days | each | <month> <days>(?:,? <y>)? | May 4 and 5 -> 2025-05-04 2025-05-05
months-of-year | each | <month>(?:, <month>){0,9},? (?:and|or|&) (?:in )?<month>,? <y> | May and July 2014 -> 2014-05 2014-07
days-of-year | each | <day> <month> and <day> <month> <y> | 2 May and 3 June 2023 -> 2023-05-02 2023-06-03
half | half | <i> half(?:-year)?<of> | the first half of 2023 -> 2023-01/2023-06
slashed-half | half | \bH(?P<i>[12])/<4y> | in H1/2023 -> 2023-01/2023-06
year-half | half | <y4>[ -]?H(?P<i>[12])(?![\w-]) | in 2023H1 -> 2023-01/2023-06
slashed-quarter | quarter | \bQ<i4>/<4y> | in Q1/2023 -> 2023-01/2023-03
clipped-quarter | quarter | \bQ<i4> ?[’'](?P<y>\d\d)(?![\w%]) | in Q1 ’23 -> 2023-01/2023-03
half-noun | half | (?<!\()\bH(?P<i>[12])(?= <figures>) | the H1 results -> 2025-01/2025-06
bare-half | half | <amid>H(?P<i>[12])(?![\w-]|[.,]\d| (?:(?:19|20)\d\d|<month>)) | fell in H1 -> 2025-01/2025-06
year-quarter | quarter | <y4>[ -]?Q<i4>(?![\w-]) | in 2013Q4 -> 2013-10/2013-12
slashed-month | point | <amid><mm>/<4y> | since 9/2018 -> 2018-09
half-year | half | \bH(?P<i>[12])<of> | H1 2023 -> 2023-01/2023-06
quarters | quarters | (?:\b[Bb]etween )?\bQ<i4>(?: ?[–-] ?| (?:to|and|through|until) )Q<z4>(?:,? (?:of )?|-)<y> | Q1 to Q3 2023 -> 2023-01/2023-09
quarters-of-years | quarters | \bQ<i4>,? (?:of )?(?P<x>(?:1[5-9]|20)\d\d)(?: ?[–-] ?| (?:to|through|until) )Q<z4>,? (?:of )?<y> | Q4 2022 to Q2 2023 -> 2022-10/2023-06
quarters-named | quarters | <i> (?:and|to|through) (?P<z>second|third|fourth) quarters?<of> | first and second quarters of 2023 -> 2023-01/2023-06
the-quarter | quarter | <the><i> quarter<not-of> | the first quarter -> 2025-01/2025-03
quarter-figures | quarter | <i>-quarter(?= <figures>) | first-quarter sales -> 2025-01/2025-03
digit-first | quarter | <amid><i4>Q(?![\w-]|[.,]\d| (?:(?:19|20)\d\d|FY)) | fell in 2Q -> 2025-04/2025-06
digit-half-first | half | <amid>(?P<i>[12])H(?![\w-]|[.,]\d| (?:(?:19|20)\d\d|FY)) | fell in 1H -> 2025-01/2025-06
quarter-noun | quarter | (?<!\()\bQ<i4>(?= (?:<figures>|contracts?\b|guidance\b|deliver|orders?\b|average|prices?\b|bookings\b)|: [€$£]\d) | the Q2 results -> 2025-04/2025-06
bare-quarter | quarter | <amid>Q<i4>(?![\w-]|[.,]\d| (?:19|20)\d\d|<fiscal-next>) | fell in Q2 -> 2025-04/2025-06
the-half-year | half | <the><i> half-year<not-of> | in the first half-year -> 2025-01/2025-06
half-of-accounts | half | (?<=\b[Ii]n[ ]the[ ])<i> (?P<bare>half)(?=[,.;]|$| (?!of|in\b|year|the year)) | in the first half, sales -> 2025-01/2025-06
half-figures | half | <i>-half(?= <figures>) | first-half sales -> 2025-01/2025-06
nth-quarter | quarter | <i>[ -]quarter<of> | third quarter of 2024 -> 2024-07/2024-09
roman-half | half | (?P<i>\bII?)\.? half(?:-year)?<of> | in the I half of 2023 -> 2023-01/2023-06
roman-quarter | quarter | (?P<i>\b(?:I{1,3}|IV))\.? quarter<of> | in the I. quarter of 2024 -> 2024-01/2024-03
quarter-to-month | quarter | <to-month>[ -]quarter<of> | the June quarter of 2024 -> 2024-04/2024-06
quarter-to-bare | quarter | <the><to-month>[ -]quarter\b(?!,? (?:of )?(?:FY|\d{4})) | in the March quarter -> 2025-01/2025-03
fiscal-quarter | unsaid | (?:\bQ[1-4]|(?<=[Tt]he[ ])(?:first|second|third|fourth|last)[ -]quarter|(?:March|June|September|December)[ -]quarter)<fiscal-next> | in Q3 of the fiscal year ->
months-of | months | (?:(?<=\b[Ii]n[ ])|(?<=ring[ ])|(?<=ring[ ]the[ ])|(?<=\b[Ii]n[ ]the[ ])|(?<=or[ ]the[ ])|(?<=\bFor[ ]))(?P<i>)<n> (?P<u>month)s<of> | in 9 months of 2024 -> 2024-01/2024-09
quarter | quarter | \bQ<i4>(?:,? (?:of )?|[-:])<y><no-pair> | Q3 2024 -> 2024-07/2024-09
digit-quarter | quarter | (?<![\w.,/-])<i4>Q ?(?:(?:FY ?)?[’']?<yy-y>)(?![\w%]|[.,]\d) | in 4Q22 -> 2022-10/2022-12
digit-half | half | (?<![\w.,/-])(?P<i>[12])H ?(?:[’']?<yy-y>)(?![\w%]|[.,]\d) | in 1H 2023 -> 2023-01/2023-06
digit-months | digit-months | (?<![\w.,/-])(?P<n>[69]|(?:[4578]|1[01])(?=M[’']?(?:20)?\d\d\b))M ?(?:[’']?<yy-y>)(?![\w%]|[.,]\d) | in 9M 2023 -> 2023-01/2023-09
the-months | months | (?<=\b[Ii]n[ ]the[ ])<i> (?!12\b|twelve)<n> (?P<u>month)s(?=[,.;)]| (?:was|were|alone|it|they|the|against|compared|\d)\b) | in the first 4 months, -> 2025-01/2025-04
months | months | <i> <n> (?P<u>month|quarter)s<of> | first nine months of 2024 -> 2024-01/2024-09
citation-year | citation | <y>[a-z]?(?!\w) | (EC 2010a) -> 2010
era | era | <led>(?:<left>(?P<y>\d{3,4})(?:[–/-](?P<z>\d{2,4}))? (?:AD|CE|A\.D\.|C\.E\.)|\b(?:AD|A\.D\.) (?P<ad>\d{1,4})(?:[–/-](?P<adz>\d{1,4}))?)(?![\w.,]*\d) | in 1078–79 AD -> 1078/1079
before-era | vague | <about><led>(?:<left>\d{1,4}s?(?: ?[–-] ?\d{1,4})?|<nth>(?: century| millennium)) (?:BCE?\b|B\.C\.(?:E\.)?) | in 331 BC ->
year | year | <about><part>?<y>(?!\w)(?! ?BCE?\b| ?B\.C\.) | since 1992 -> 1992
worded-year | worded-year | (?:(?<=\b[Ii]n[ ])|(?<=rom[ ])|(?<=\bto[ ])|(?<=ince[ ])|(?<=ntil[ ])|(?<=\b[Bb]y[ ])|(?<=efore[ ])|(?<=fter[ ]))(?:(?P<hundreds>(?:seven|eigh|nine)teen|twenty)[ -](?P<n>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))(?:[ -](?:<ones>))?|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve|hundred)|two thousand(?: and)? (?P<more><ones>))(?=[.,;:)]|$| (?:and|the|an?|he|she|it|they|when|after|with|to|was|were|at|on|is|had)\b) | in nineteen seventy-two, -> 1972
old-year | year | (?:(?<=\b[Ii]n[ ])|(?<=ince[ ])|(?<=ntil[ ])|(?<=round[ ])|(?<=\b[Bb]y[ ])(?=21[05]0))(?P<y>(?:1[0-4]|21)\d\d)(?=[.,;:)](?!\d)|$|(?<=21\d\d) (?![a-z-]+s\b|[a-z-]+ [a-z-]+s\b)[a-z]| (?:and|the|an?|he|she|it|they|when|by|after|with|to|was|were|at|on|under|did|had|took|his|her|its|their)\b) | begun in 1248, it -> 1248
decade | decade | <about><part>?\b<ten>0(?:[–-](?P<z>\d)0)?(?:[’']?s|-(?:ie|e)?s)\b | in the late 1990s -> 199X
short-decade | decade | (?<![\w’'])[’'‘](?P<ten>\d)0s\b | the ’90s -> 199X
decade-of-century | decade | \b(?P<ten>\d)0(?:[–-](?P<z>\d)0)?(?:-(?:ie|e)?)?s of the (?P<nth>XX|X?IX|XVIII|(?:20|19|18)th|twentieth|nineteenth|last) century | in the 30s of the XX century -> 193X
the-decade | decade | (?:(?<=[Tt]he[ ])|(?<=0s[ ]and[ ])|(?<=early[ ])|(?<=late[ ])|(?<=mid-))(?P<ten>[3-9])0(?:[–-](?P<z>\d)0)?(?:-(?:ie|e)?)?s\b | in the 80s -> 198X
noughties | noughties | \b(?i:noughties)\b | in the noughties -> 200X
word-decade | decade | <part>?\b(?:(?P<hundreds>(?:seven|eigh|nine)teen)[ -])?<ties>\b | in the early nineties -> 199X
clipped-year | clipped | (?<![^\s(])[’'‘]<99>\b(?! (?:days?|weeks?|months?|hours?|minutes?|years?|per ?cent|people|members)\b) | revised in ’99 -> 1999
centuries | centuries | <part>?<nth>(?: ?[–-] ?| (?:to|and(?= (?:the )?(?:early |mid-|late )?\S+ centuries)) )(?:the )?(?:early |mid-|late )?<last-nth>[ -]centur(?:ies|y)\b(?! BC) | the 13th to 15th centuries -> 12XX/14XX
century | century | <part>?<nth>[ -]century\b(?! BCE?\b| B\.C\.) | the 19th century -> 18XX
roman-century | century | <part>?\b(?P<nth>XXI?|XI{0,3}|XI?[VX]|XVI{1,3})(?:st|nd|rd|th)?(?: |-)century\b(?! BCE?\b| B\.C\.) | the XIX century -> 18XX
season | season | <part>?<season>s?(?: of)? <Y>(?:[/–-]\d\d(?:\d\d)?\b)? | spring 2019 -> 2019-21
season-of-unit | season | <part>?<season>(?: of)? (?P<way>this|last|next) year\b | in autumn last year -> 2024-23
season-of-issue | season | \b(?i:in|by|since|until|during|over)(?: the)? <season>\b(?! of| \d| (?:this|last|next) year) | in the spring -> 2025-21
unit | unit | <when><way> <unit> | earlier this year -> 2025
unit-of-issue | unit | (?:\b(?:beginning|start|end|middle|rest|course) of|(?:latter|early|later) part of|[Ee]arly in|[Ll]ater? in) (?P<way>the) <unit> | by the end of the year -> 2025
named-month | named-month | <when>(?!(?<=[Tt]he[ ])next)<way> <name> | last December -> 2024-12
month-of-unit | dated | (?P<a>(?:<day> )?<month>(?: <day>)?)(?: of)? <way> year\b | in May last year -> 2024-05
named-season | named-season | <when>(?!(?<=[Tt]he[ ])next)<way> <season>\b | last summer -> 2024-22
weekday | weekday | (?:<way> )?(?P<day><weekday>)\b | last Monday -> 2025-07-28
day-word | day-word | \b(?P<word>[Yy]esterday|[Tt]omorrow)\b | yesterday -> 2025-07-30
ago | ago | <hedge><n>[ -]<u> ago\b | two years ago -> 2023
from-now | ago | <n> <u> from (?P<on>now)\b | ten years from now -> 2035
in-time | ago | (?<=[Ii]n[ ])<n> <u>(?P<on>[’']s?) time\b | in two years’ time -> 2027
last-n | last-n | \b(?P<way>(?i:last|past|next)) <n> <u>(?! (?:of|before|after)) | last 30 years -> 1995/2025
past | last-n | (?P<way>past) <unit> | over the past year -> 2024/2025
narrative | unsaid | \b(?i:previous|following|same|preceding) (?:day|week|month|year|decade)\b | the same year ->
that-year | unsaid | \b[Tt]hat (?:day|month|year)\b(?! (?:is|was|will|has|had)\b) | later that year ->
year-before | unsaid | \b(?P<n>[Tt]he) (?:year|month|day) (?:before|after|earlier)\b(?: that)?(?=[,.;)]|$| (?:and|it|they|but|or)\b) | than the year before ->
next-day | unsaid | \bnext day\b | the next day ->
season-of-story | season | (?:(?<=\b[Tt]hat[ ])|(?<=ollowing[ ])|(?<=receding[ ])|(?<=revious[ ])|(?<=[Ss]ame[ ])|(?<=he[ ]next[ ]))<season>\b(?!,? (?:of )?\d) | the following spring -> 2025-21
part-of-day | unsaid | <way> (?:morning|evening|night|weekend)\b | last night ->
later | unsaid | (?:(?:<hedge><n>|<few>) )?<time><and-half> (?:(?i:later|earlier|before(?=[.,;)]|$)|on(?=,(?! (?:and|then|one|two|three)\b))))\b | two days later ->
units-ago | unsaid | (?:<few> )?<times> ago\b | decades ago ->
last-few | vague | \b(?i:recent|coming|previous|past|last|next|future|subsequent|following|earlier|later|preceding) (?:<few> )?<times> | in recent years ->
long | vague | \b(?i:for (?:so |such )?a long (?:period of )?time|long ago)\b | for a long period of time ->
vague | vague | <vague>\b | at the time of writing ->
duration | duration | <hedge><n><n-more>[ -]<time><and-half>(?!-old| old| ago) | 44-day war ->
durations | durations | <few> <times>|(?<=[Ff]or[ ])<times>|<times>(?=-long| of\b) | for decades ->
"""  # noqa: E501 - one rule a line

# What the words of a rule may begin with: letters of a word, in either case, and
# characters as they are, 0 for a figure of four digits or more and 9 for a shorter
# one. A rule that is not here is tried everywhere.
_PART: Final = "vemlbsctf"  # early, mid, late, the beginning of, and so on
_NUMBER: Final = "ahotfsen"  # a, half, one, two, three, and so on
_HEDGED: Final = f"{_NUMBER}mjlurw"  # more than, just over, less than, and so on
_TIMES: Final = "afscnmhdwy"  # a few, several, many; minutes, hours, days, and so on
_WHEN: Final = "elmbsrctn"  # earlier, late, mid, the course of; this, last, next
_MONTH: Final = "JFMASOND"
_WHERE: Final = f"""
| 0 | iso-day iso-whole iso-range year-named year-digit year-first iso-month open-range year-pair split-years citation-year year-quarter year-half
| 9 | short-american the-decade decade-of-century day-first low-month roman-month nth-day roman-day days-elsewhere days-numeric stroke-day point-day nth-of-unit short-year two-calendars double-dated slashed-month month-first digit-quarter digit-half digit-first digit-half-first digit-months day-clipped day-or-next days-of-month days-of-year
{_MONTH}anr{_PART} | 09 | era before-era
| FQH | fiscal fiscal-years slashed-quarter clipped-quarter quarters-of-years quarter bare-quarter quarter-noun half-year bare-half slashed-half half-noun
| 9MTWFSJAOND | day-month-year day-month day-month-short month-day-year month-day
| 9{_MONTH} | quarter-to-bare month-of-unit bare-month short-month short-month-year month-clipped month-or-next month-and-days months-of-year quarter-to-month
| IV | roman-quarter roman-half
fstl | 9QMJSD | the-months the-half-year quarters-named half half-figures the-quarter half-of-accounts quarter-figures nth-quarter months fiscal-quarter
n |  | noughties next-day
{_NUMBER} | 9 | worded-year nth-of-month from-now in-time months-of
acr{_PART} | {_MONTH} | month-year part-of-month
b | Q | between quarters
adefhijkmnostyş | 9 | month-elsewhere
acr{_PART} | 0 | year short-range decade
nx{_PART} | 9 | word-decade roman-century century centuries
aw{_PART} |  | season season-of-unit season-of-story
ibsudo |  | season-of-issue
{_WHEN} |  | unit named-month named-season unit-of-issue
tlnc | MTWFS | weekday part-of-day
yt |  | day-word that-year year-before
{_HEDGED} | 9 | ago duration
lpfsn |  | last-n past narrative
{_HEDGED}{_TIMES} | 9 | later
{_TIMES} |  | units-ago durations
rcplnfse |  | last-few long
rlntsoai |  | vague
"""  # noqa: E501 - one row for each set of beginnings
_ROWS: Final = [line.split("|") for line in _WHERE.strip().splitlines()]
_BEGINNINGS: Final = {
    name: (letters.strip(), characters.strip())
    for letters, characters, names in _ROWS
    for name in names.split()
}
# Rules of which a unit of time is a part: where none is near, none of them fits.
TIMED: Final = frozenset(
    "ago from-now in-time last-n later units-ago duration durations last-few".split()
)
_BEGINNING: Final = re.compile(r"\b\w|(?<!\d)\d")  # of a word, or of a figure
# A figure may begin a date if it looks like a year or a written day, or if a month, a
# unit of time or the like is near: the rest of a table is passed over at a glance.
_YEAR: Final = re.compile(r"\d{4}")
_FIGURE: Final = re.compile(
    r"\d{1,2}[./–-]\d|\d{1,2}\s{0,5}[–-]\s{0,5}\d{1,2}[./]\d"
    r"|\d{1,2}[./\s-]\s?[IVXivx]|(?:\d{1,2}\.?(?:\s{0,5}[–—-]\s{0,5}|-to-|\s{1,5}(?:to|until|till|through|up\s{1,5}to)\s{1,5}))?\d{1,2}(?:er|st|nd|rd|th|\.|º)?\s{1,5}(?:(?:de|of)\s{1,5})?[^\W\d_]{3,10},?\s{1,5}(?:de\s{1,5})?\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)\b|[1-4][QH]|\d{1,2}M|\d{1,4}s?(?:\s{0,5}[–/-]\s{0,5}\d{1,4})?\s{1,5}(?:AD|BC|CE|A\.D|B\.C|C\.E)"
)
_DATING: Final = re.compile(
    r"\b(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL"
    r"|AUG|SEP|OCT|NOV|DEC)|(?i:min|hour|day|week|month|quarter|half|year|dec|cent))"
    r"|0-?(?:ie|e)?s\b"
)
_CLOSE: Final = 90  # characters: "on 3, 5, 7, 9, 11, 13, 15, 17, 19 and 21 September"


class Rule(NamedTuple):
    """One line of the table: ``example`` must give ``answer``, if it can be said.

    Its words begin with one of the characters of ``begins``, as `beginnings` tells
    them; where that is empty, with anything.
    """

    name: str
    maker: str
    pattern: re.Pattern[str]
    example: str
    answer: str
    begins: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the table, its patterns compiled, in order of preference."""
    return tuple(_rule(line) for line in _TABLE.strip().splitlines())


def _rule(line: str) -> Rule:
    name, maker, pattern, example = line.split(" | ")
    words, answer = example.split(" ->")
    letters, characters = _BEGINNINGS.get(name, ("", ""))
    old = "ſ" if "s" in letters else ""  # the long s, which is an s in either case
    begins = "".join(dict.fromkeys(letters + letters.upper() + old + characters))
    return Rule(name, maker, compiled(pattern), words, answer.strip(), begins)


def beginnings(text: str) -> dict[str, list[int]]:
    """Return where words and figures begin in a text, by the first character.

    Every figure that may begin a date stands under 0 if it may be a year, else under 9.

    >>> beginnings("On 22 May, 7 men in FY2022")
    {'O': [0], '9': [3], 'M': [6], 'm': [13], 'i': [17], 'F': [20], '0': [22]}
    """
    found: dict[str, list[int]] = {}
    worded = [match.start() for match in _DATING.finditer(text)]
    for match in _BEGINNING.finditer(text):
        first, at = match[0], match.start()
        if not first.isdecimal():
            found.setdefault(first, []).append(at)
        elif _YEAR.match(text, at):
            found.setdefault("0", []).append(at)
        elif _FIGURE.match(text, at) or _near(worded, at):
            found.setdefault("9", []).append(at)
    return found


def timed(text: str, begins: dict[str, list[int]]) -> dict[str, list[int]]:
    """The beginnings that a unit of time, or a month, follows closely."""
    worded = [match.start() for match in _DATING.finditer(text)]
    return {
        first: [at for at in places if _near(worded, at)]
        for first, places in begins.items()
    }


def _near(worded: list[int], at: int) -> bool:
    """Whether a word that makes a date of a figure follows it closely."""
    after = bisect_left(worded, at) if worded else 0
    return after < len(worded) and worded[after] - at <= _CLOSE
