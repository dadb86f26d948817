"""Digits that name, number or order a thing, and so are never a quantity.

A rule is one line: its name, its pattern, and an example whose part in braces must be
read by that rule. In a pattern a space is any gap that stays on its line, ``<word>`` is
looked up in the vocabulary, and the group ``so``, where there is one, is the label.
Where two rules want the same digits, the match that begins first wins, then the longer
one. Ordinals (*sixth round*, *33rd*) are labels: they say which, not how many.
"""

import re
from typing import Final, NamedTuple

from sourcebook.reading.numbers.numerals import PARTED, with_gaps
from sourcebook.reading.numbers.units import CURRENCY
from sourcebook.reading.patterns import later

_TO_TWELVE: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MEASURED: Final = (
    r"[ -]?(?:[ckm]?m|[mk]g|ha|bcm|[kMG]W|tonnes?|tons?|degrees|hours?|minutes?|weeks?"
    r"|months?|miles?|kilomet(?:re|er)s?|met(?:re|er)s?|feet|lit(?:re|er)s?)\b| ?°"
)
# Words that begin with letters say so first: most places of a table have none.
_VOCABULARY: Final = {
    "more": (
        r"(?:(?: ?[–-] ?|, | and | or | to |, and | & )\d{1,5}[A-H]?(?:\(\d{1,2}\))?"
        rf"(?![\w%(]|[.,]\d| ?(?:%|per ?cent|[mb]illion|bn)|{_MEASURED}"
        r"| (?:people|<Month>|[a-z]{2,20}[a-hj-rt-z]s)\b))"
    ),
    "one": rf"(?=[a-zA-Z])(?:{_TO_TWELVE})",
    "One": rf"(?=[A-Z])(?:{_TO_TWELVE.title()})",
    "Month": (
        "(?:January|February|March|April|May|June|July|August|September|October"
        "|November|December)"
    ),
    "end": (
        r"(?![\w%+]|[.,]\d|[-/]\d|[ -]?(?:%|per ?cent\b|million\b|billion\b|bn\b"
        rf"|thousand\b|hundred\b|years?\b|days?\b|euros?\b|dollars?\b|times\b|(?:{CURRENCY}|GEL|TRY)(?!\w))|{_MEASURED}"
        rf"|(?: to | or |[–-])\d[\d.,]{{0,9}}(?:[ -]?(?:%|per ?cent)|{_MEASURED}))"
    ),
    "uncounted": (
        r"(?! (?:(?!(?:over|in|on|at|of|for|from|with|by|to|and|or|under|is|are|was"
        r"|were|the|has|had|its|that|after|during|as|but)\b)[a-z’-]{2,20} ){0,2}"
        r"(?!(?:starts|begins|ends|opens|covers|runs|costs|holds|gives|shows|gets|means"
        r"|applies|pays|says)\b)(?:people|men|women|troops|[a-z]{2,20}[a-hj-rt-z]s)\b)"
    ),
    "free": r"(?<![\w.,:/+$€£-])",
    "cap": r"[A-Z][^\W\d_]{1,20}",
    "nth": (
        "(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?:first|second"
        "|third|fourth|fifth|sixth|seventh|eighth|ninth)|(?:tenth|eleventh|twelfth"
        "|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six|seven"
        "|eigh|nine)tieth|hundredth)"
    ),
    "part": (
        "(?=[a-zA-Z№])(?:(?:figure|table|column|chart|map|graph|chapter|section|article|paragraph|para"
        "|clause|resolution|recommendation|footnote|page|volume|vol|episode|exhibit|slide|question"
        "|recital|amendment|item|decree|directive|regulation|protocol)s?|(?:no|fig|art|vol|col)s?\\."
        "|box|annex|appendix|ch\\.|sec\\.|para\\.|sch\\.?|op\\.|version|ver\\.|cols?|motion|entry"
        "|entries|nr\\.|№|pp?\\.|nn?\\.|fn\\.)"
    ),
    "leaf": r"(?:(?:pp?|paras?|ch|fig|sec|n)\.? ?)",
    "see": r"(?:(?:[Ss]ee|cf\.|e\.g\.,?|also|[Rr]efs?\.?) ){0,3}",
    "Day": "(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)",
    "step": (
        "(?=[a-zA-Z])(?:(?:[Pp]hase|[Ss]tage|[Ss]tep|[Ll]evel|[Tt]ier|[Pp]art|[Pp]illar|[Ss]cenario"
        "|[Oo]ption|[Rr]ound|[Tt]ype|[Gg]rade|[Rr]ank|[Bb]and|[Ll]ap"
        "|[Gg]as [Mm]ark|[Nn]ote|[Dd]ay|[Tt]urbine|[Hh]eading|[Cc]luster"
        "|[Uu]nit|[Tt]rain|[Pp]atient|[Ss]ubject|[Ee]xperiment|[Ss]ample|[Ss]tation|[Rr]eactor|[Nn]ode|[Ww]ard"
        "|[Ff]light(?: [A-Z]{2})?)s?"
        "|[Cc]ategory|Annexe|[Ww]eek|[Rr]unway|[Aa]ct|[Aa]xis|[Aa]xes|[Ll]ine|[Ff]orce"
        "|(?<!y[ ])[Bb]us|(?<!y[ ])[Tt]ram|[Ee]xt(?:ension|\\.)"
        ")"
    ),
    "thing": (
        "(?=[A-Z])(?:Group|Line|Room|Schedule|Route|Highway|Gate|Terminal|Block|Item|Goal|SDG|Model|Grade"
        "|Class|Lot|Zone|Sector|Unit|Season|Series|Case|Rule|Law|Title|Channel|Studio"
        "|Formula|Book|Point|Number|Flight|(?:Boeing|Airbus|Embraer|Falcon)"
        "(?! \\d+ (?:workers|jobs|staff|people|employees|planes|jets|orders|pilots)\\b)"
        "|Airlines|Airways|Bombardier|Cessna|Antonov|Tupolev|Apollo|Windows|Area|Order"
        "|Junction|Exit|Planet|Algorithm|Experiment|Study|Equation|Eqs?\\.|Theorem|Lemma|Claim"
        "|Proposition|Corollary|Definition|Example|Hypothesis|Sample|Patient|Cohort|Wave"
        "|Amendment|Motion|Court|Hall|Pier|Dock|Camp|Cell|Site|Battalion|Brigade|Lane|Bus"
        "|Super Bowl|Expo|District|Precinct|Tunnel|Hole|Super League|Task Force"
        "|COP|Bill|Vote|Ballot|Train|Psalm|Opus|Ward|Platform|Track|Priority|Objective|UNSCR?|Building|House|Flat|Villa|Seat|Row|Cabin|Apartment|Reactor|Decision|Euro"
        "|Protocol|Bulletin|Agenda|Radio|Interstate|Sputnik|Nord Stream|Shah Deniz"
        "|Turk ?Stream|Blue Stream)"
    ),
    "voice": (
        "(?=[a-zA-Z])(?:official|representative|interviewee|respondent|interview|expert|witness"
        "|participant|speaker|informant|diplomat)"
    ),
    "moon": (
        "(?:Muharram|Safar|Rabi[’']? ?(?:al-[a-z]+|II?)|Jumada|Rajab|Sha[’']?ban"
        "|Heisei|Reiwa|Showa|Ramadan|Shawwal|Dhu al-[A-Z][a-z]+|Farvardin|Ordibehesht"
        "|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Bahman|Esfand|Nisan|Iyar|Sivan|Tammuz|Elul|Tishrei|Kislev|Tevet|Shevat|Adar|Thermidor|Brumaire)"
    ),
    "money": CURRENCY,
    # A part of a unit, and a whole with a part, are quantities: "1/2 mile".
    "parted": (
        rf"(?:[123]/[2-5] (?:the|its|their|all|did|do|were|are|have|had|voted"
        rf"|majority)\b|{PARTED}[ -](?:of an? )?"
        r"(?:cups?|teaspoons?|tablespoons?|tsp|tbsp|inch|inches|miles?|pounds?|lbs?|ounces?|oz|foot"
        r"|feet|ft|hours?|years?|acres?|gallons?|tons?|yards?|per ?cent|percent|points?"
        r"|[mb]illion)\b)"
    ),
}

_TABLE: Final = r"""
url | \b(?:https?://|www\.)\S{1,300} | see {https://example.org/2021/45} for more
doi | \b(?:doi:? ?)?10\.\d{4,9}/[^\s;,)]{1,200} | article {10.1080/21599165.2017.1322957}
isbn | \bISBN(?:-1[03])?:? \d[\d -]{8,16} | the book, {ISBN 978-92-79-12345-6}
symbol | \b[A-Z]{1,6}(?:/[A-Z\d]{1,9}){1,4}/\d{1,5} | text {S/RES/822} of the Council
docket | \b[A-Z]{2,4}\(\d{4}\) ?\d{1,4} | the paper {COM(2020) 7} says
eu-act | \((?:EU|EC|EEC)\) (?:No )?\d{1,4}/\d{1,4} | Regulation {(EU) 2017/1001}
phone | <free>\+\d{1,3}(?:[ .-]?\(\d{1,4}\)|[ .-]\d{1,4}){2,6}(?!\w)|<free>\+\d{9,14}(?!\w)|<free>\+\d{1,3} ?\(?\d{1,3}\)? ?\d{6,8}(?!\w) | call {+994 12 493 77 99} now
phone-local | <free>(?:\(\d{3,4}\) ?|0\d{2,4}[ -]|\d{3}-)\d{3,4}[ -]\d{2,4}(?:[ -]\d{2})?(?![\w,]) | {555-123-4567}
phone-named | \b(?=[a-zA-Z])(?i:(?:tel|phone|telephone|fax|call|mobile)(?:\.|:| at)? )(?P<so>\d{2,5}(?:[ .-]\d{2,4}){1,4})(?!\w) | tel. {493 77 99}
post-code | (?<![\w-])(?:[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}|(?:[A-Z]{2}|(?:[A-Z]\.){2}),? \d{5}(?:-\d{4})?)\b | London {SW1A 2AA}, and
clock | <free>0\d\.[0-5]\d(?![.\d]| ?(?:%|per ?cent))|<free>(?:[01]?\d|2[0-4]):[0-5]\d(?::\d\d)?(?: ?(?i:[ap]\.?m\b)\.?)?(?![\d:]) | at {10:30} in Baku
clock-hours | (?=[cdfhlostuwSMTWFDHOLUC])\b(?i:open(?:s|ing)?(?: hours)?|closes|shuts|until|till|last entry|doors|hours|daily|weekdays|<Day>s?|departs?|starts|leaves|arrives)(?:[ ](?:is|are|open|at|from|until|till|on|between|daily|and|to|<Day>s?)|[:,]|[–-]<Day>){0,4} (?P<so>(?:[01]?\d|2[0-4])\.[0-5]\d(?:(?:[ ](?:to|until|till|and)[ ]|[ ]?[–-][ ]?)(?:[01]?\d|2[0-4])\.[0-5]\d)?)<end>(?![ ]?[€$£])<uncounted> | open from {10.00 to 18.00} daily
clock-12 | <free>(?:\d{1,2}(?:[ ](?:and|to|or)[ ]|[ ]?[–-][ ]?))?\d{1,2}(?:\.\d\d?)? ?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|o[’']clock\b(?: [0-5]\d(?! \w{2,20}s\b))?|\((?:[A-Z]\w+|local) time\)) | at {5 p.m.} local time
ratio | <free>\d{1,3}:\d{1,3}(?![\d:]) | a ratio of {3:1} in favour
points | <free>\d{1,4}(?:\.\d{1,4}){2,4}(?![\w%]) | release {1.4.2} of it
slashed | <free>(?!<parted>)(?<!\d[ ])\d{1,4}/\d{1,4}(?:/\d{1,4})?(?![\w/%]|[.,]\d| of\b) | open {24/7} all year
part | (?<![\w.])(?i:<part>) ?(?:No\.? )?[A-Z]?\d{1,7}(?:\.\d{1,3}){0,3}(?:bis|ter|[a-zA-H])?(?:\(\w{1,3}\)){0,3}<more>{0,9}(?: (?:of|/) \d{1,4}(?! ?[\w%])|/ \d{1,4})?<end> | ({Figure 34}) shows
section-sign | §§? ?\d{1,5}[a-z]?(?: ?\(\w{1,3}\)){0,3}(?:(?:,| and|, and| or|[–-]) ?\d{1,4}(?: ?\(\w{1,3}\)){0,3}){0,6}|\bss?\. ?\d{1,4}(?:\(\w{1,3}\)){0,3}<end> | under {§ 230} of it
journal | \bOJ [LC](?: ?[A-Z])? \d{1,4}|\b[LC] \d{1,4}(?=, \d{1,2}\.\d{1,2}\.\d{4}) | ({OJ L 173}, 30.6.2022)
paper | \b[Pp]apers?(?: [Ss]eries)? [A-Z]{1,4} ?\d{1,5} | published {paper NG 184} in July
resolution-next | (?=\d)(?:(?<=\d\d\d\d,[ ])|(?<=\d\d\d\d\),[ ])|(?<=\d\d\d\d[ ]and[ ])|(?<=\d\d\d\d\)[ ]and[ ]))\d{3,4}(?= \((?:19|20)\d\d\)) | resolutions 822 (1993), {853} (1993)
gazette | \b(?:HC|HL|Cm|Cmnd|CP|S\.?I\.|S\.?R\.?O?\.|G\.?S\.?R\.?|S\.O\.|L\.N\.) \d{1,5}(?:\([A-Z]\)|[-–][IVX]{1,4})?<end><uncounted> | laid as {HC 267} in May
flight | \b[Ff]light (?P<so>[A-Z]\d ?\d{3,4})\b | on flight {J2 8243} to
counter | \b(?=[a-zA-Z])(?i:visitors?|pages?|hits?|views?) (?i:counter|count|views?|hits?) ?: ?\d[\d,]{0,11} | {Visitor Counter : 1874}
ibid | \b(?:[Ii]bid|[Ii]d(?=\.)|[Oo]p\. ?cit|[Ll]oc\. ?cit)\.?,? (?:at |<leaf>)?\d{1,4}(?:[–-]\d{1,4})?<end> | see {ibid., 23}; and
note-at | \b(?:[Nn]otes?|nn?\.?|fn\.?) \d{1,3},? at \d{1,4}(?:[–-]\d{1,4})?<end> | supra {note 14, at 23} of
note-in-brackets | \(nn? \d{1,3}(?:[–-]\d{1,3})?\)(?: \d{1,4}(?:[–-]\d{1,4})?(?=[.,;)]|$))? | Fox {(n 14) 23}.
note-number | ^[ \t]{0,8}\d{1,3}(?= (?:[Ii]bid|[Ss]ee|[Cc]f|[Ii]d|[Oo]p\. ?cit|Author[’']?s?|Interview|[Ss]upra)\b) | {12} Interview 7, March 2015
reference | \b(?:[Rr]efs?\.?|References?|fnn?\.?|[Ee]ndnotes?) \d{1,3}<more>{0,9}<end> | and {refs. 3, 4} say
number | \b(?:N[o°]|(?<=cree[ ])N|(?<=rder[ ])N|(?<=tion[ ])N|(?<=chool[ ])N|(?<=law[ ])N) \d{1,5}(?:/\d{2,4}|<end><uncounted>)|(?:(?<=[,;(][ ])|(?<=\bthe[ ])|(?<=world[ ]))number \d{1,3}<end><uncounted> | Decision {No 1/2020} of it
step | \b<step> \d{1,3}(?:\.(?:\d<end>|\*)|<more>{0,3}<end><uncounted>) | {Phase 2} of the field
class | \b(?<!his[ ])(?<!hat[ ])(?<!ach[ ])(?<!the[ ])(?:[Tt]ier|[Pp]hase|[Bb]and|[Cc]ategory|[Tt]ype|[Gg]rade|[Ss]tage|Class|Group|Level|Part) \d{1,2}(?= [a-z])<end> | all {Tier 2} sponsors pay
step-word | \b<step> <one>\b | in {phase two} of the field
milestone | (?<=[( ])(?i:km|kilomet(?:re|er)|mile(?:post)?) \d{1,4}(?:[.+]\d{1,3})?<end><uncounted> | a bridge ({km 68}) was
octane | \bRON ?(?:9\d|10[0-2])(?![\w%]|[.,]\d)(?=[^.;]{0,40}\b(?:petrol|gasoline|gasohol|fuel|octane|premium|unleaded|diesel)\b)|<free>(?:9\d|10[0-2]) RON\b(?! (?:per|a|each)\b)(?=[^.;]{0,40}\b(?:petrol|gasoline|fuel|premium|grade)) | {RON 95} petrol costs
octane-named | (?i:\b(?:petrol|gasoline|gasohol|fuel|octane|premium|unleaded|grade|diesel)\b)[^.;\d]{0,40}(?P<so>\bRON ?(?:9\d|10[0-2]))(?![\w%]|[.,]\d) | petrol of {RON 98} costs
airliner | <free>7[0-8]7(?:[-–]\d{1,3}[A-Z]{0,3})?(?: (?:MAX|Max)(?: (?:10|[789])\b)?|(?= (?:Dreamliner|Freighter|[a-z]{0,10} ?(?:jet|plane|airplane|airliner|freighter|fleet|simulator)s?\b|aircraft)))|(?<=[Tt]he[ ])7[0-8]7(?:[-–]\d{1,3}[A-Z]{0,2})?<end><uncounted> | of {737–9} airplanes in
index | \b(?:S ?& ?P|S P|SP|sp|Nasdaq|NASDAQ|Stoxx|STOXX|FTSE|Fortune|CAC|DAX|Dow|Nikkei|API|Russell|ASX|TA|Nifty|Big|Top|iPhone|iPad|Galaxy|Galaxy Note|Pixel|PlayStation|Xbox|Euro Stoxx) \d{1,4}(?: (?:Pro|Plus|Max|Mini|Ultra))*(?:(?:,| and| or) \d{1,2}(?: (?:Pro|Plus|Max|Mini|Ultra))+){0,4}(?![\w%]|[.,]\d) | the {S&P 500} fell
software | \b(?:iOS|macOS|Android|Windows|Python|Linux|Ubuntu|Firefox|Chrome) \d{1,4}(?:\.\d{1,3}){0,3}<end> | since {iOS 18.2} came
weight-class | <free>[-−–+]\d{2,3} ?kg\b(?=(?:,? (?:and|or)? ?[-−–+]\d{2,3} ?kg){0,5} (?:categor|class|division|event|final|title|weight)) | in the {-66 kg} category
set-scores | <free>\d{1,2}-\d{1,2}(?: \(\d{1,2}(?:-\d{1,2})?\))?(?:,? (?:and )?\d{1,2}-\d{1,2}(?: \(\d{1,2}(?:-\d{1,2})?\))?)+(?![\w%-]) | won {6-3 3-6 6-4} in Paris
score-of | <free>\d{1,3}[–-]\d{1,3}(?= (?:decision|ruling|win|victory|defeat|loss|draw|lead|majority|scoreline|on aggregate|on penalties|after extra time|at half[- ]time|aggregate|shot|favou?rite|outsider|in the (?:series|semi|tie|shoot|play-?off|cup|league|derby|(?:first|second) (?:half|leg|set|match)))\b)|(?<=odds[ ]of[ ])\d{1,3}-\d{1,2}<end> | by a {2-1} decision
star | \b(?i:<one>|\d(?:\.\d)?)[- ]stars?\b(?= ) | a {five-star} hotel
war-of-days | \b(?:<One>|Hundred|Thirty)[- ](?:Day|Week|Month|Year)s?[’']? War | the {Six-Day War} of
charge-word | \b(?<=[Oo]n[ ])counts? <one>(?:(?:,| and|, and| to) <one>)*\b<uncounted> | jailed on {counts one to four}, he
charge | (?=[chgl])(?:(?<=;[ ])(?=claims? )|(?<=\b[Oo]n[ ])|(?<=\bof[ ])|(?<=nder[ ])|(?<=ssed[ ]))(?:counts?|heads|grounds?|limbs?|claims?) \d{1,3}<more>{0,5}<end><uncounted> | convicted on {counts 1, 3 and 5}, he
standard | \b(?=[CHTSDPIGEBA])(?:(?:CN|HS|TARIC)(?: [Cc]odes?| [Hh]eadings?)? \d{4}(?:[ .]\d\d){0,3}(?:(?:,| and| or) \d{4}(?:[ .]\d\d){0,3}){0,9}<end>|Scopes? \d(?:(?:,| and|, and| to| &) \d){0,2}\b|(?:DN|PN|ISO|GOST|SITC|CPV|IEC|EN|BS|ASTM) \d{2,10}(?:[.-]\d{1,4}){0,3}<end>) | imports under {HS 8703} rose
clock-dated | (?<=[Aa]t[ ])\d{1,2}\.[0-5]\d(?= (?:hours|hrs|h)\b| on (?:\d{1,2} <Month>|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)) | at {14.30} on 3 May
year-of | (?=[Yywmdzrgptb])(?:(?<=\bat[ ])|(?<=\bon[ ])|(?<=ver[ ])|(?<=ring[ ])|(?<=tween[ ])|(?<=fter[ ])|(?<=\bin[ ])|(?<=rom[ ])|(?<=\bby[ ])|(?<=\bof[ ])|(?<=\bto[ ])|(?<=ntil[ ]))(?:(?:[Yy]ear|week|month|day|zone|room|gate|platform|terminal|berth|point)s? (?:<one>\b|\d{1,2}<more>{0,5}<end>))<uncounted> | from {year five} on
thing | \b<thing>(?: |s(?<!Cases)(?<!Votes)(?<!Points) (?=\d{1,4}<more>))\d{1,4}[A-Z]?<more>{0,3}<end> | gas from {Shah Deniz 2} flows
thing-word | \b(?=[a-zA-Z])(?:<thing>|<step>|World War|Air Force|BBC|Chapter|Article) <One>\b | after {World War Two} ended
club | \b(?:Group|Gang|Council|Club) of (?:<One>|\d{1,2})\b | the {Group of 20} met
name-word | \b(?<=the[ ])<One> [A-Z]\w{2,20} | the {Three Seas} Initiative
clock-words | \b(?:[Hh]alf past|(?:[Aa] )?[Qq]uarter (?:past|to)|(?:five|ten|twenty|twenty-five)(?: minutes)? past|(?<=\b[Aa]t[ ])(?:five|ten|twenty|twenty-five)(?: minutes)? to) <one>\b(?! (?:times|per|<nth>))|(?<=\b[Aa]t[ ])\d{1,2} past\b<uncounted> | at {half past two} it
big-word | \bBig (?:Three|Four|Five|Six)\b | the {Big Four} auditors
law-report | <free>\d{1,4} (?:U\.? ?S\.?(?: ?C\.?)?|F\.(?: ?[234]d|4th)|F\. ?Supp\.(?: ?[23]d)?|S\. ?Ct\.|C\.?F\.?R\.?|Fed\. ?Reg\.|Stat\.|L\. ?Ed\.(?: ?2d)?|A\.C\.|W\.L\.R\.|All E\.?R\.?|I\.L\.M\.|U\.N\.T\.S\.)(?: §§?)? \d{1,5}<end> | in {347 U.S. 483} it held
neutral-citation | \[(?:19|20)\d\d\] (?P<so>(?:\d{1,2} )?[A-Z][A-Za-z]{1,5}(?: [A-Z][a-z]{2,4})? \d{1,5}) | in [2019] {UKSC 41} it held
bill | \b(?:H\.R\.|H\. ?Res\.|H\.J\. ?Res\.|S\. ?Res\.|S\.B\.|H\.B\.|A\.B\.|HR|SB|HB) ?\d{1,5}<end> | passed {H.R. 5376} in May
id-number | \b(?=[a-zA-Z])(?i:decree|decision|resolution|law|act|regulation|card|case|account|licen[cs]e|registration|passport|reference|serial|application|docket|patent|pat\.|reg\.|policy|file|permit|order|catalogue|charity|company|contract|grant|invoice|project|tender)s? (?i:number|no\.|id):? (?:\d{1,3}(?:,\d{3})+|\d[\d/-]{1,14})(?!\w) | {card number 25-0517} shows
id | \b(?:OMIM|MIM|PMID|PMCID|CAS|ISSN|ORCID|EIN|NCT|ICD|VAT|ID|IMO|MMSI|CIK|DUNS|EORI|SIREN|CRN|UPRN|URN|EUDR|EudraCT|GTIN|EAN|ISIN):? ?\d[\d-]{3,14}(?!\w) | gene ({OMIM: 606639}) is
clock-24 | \b(?=[012])(?:(?<=[Aa]t[ ])|(?<=[Bb]y[ ])|(?<=rom[ ])|(?<=ntil[ ])|(?<=ween[ ])|(?<=ound[ ]))(?:[01]\d|2[0-3])[0-5]\d ?(?:hours|hrs|h)\b(?! of\b)|<free>0\d[0-5]\d ?(?:hours|hrs|h)\b|<free>(?:[01]\d|2[0-3])[0-5]\d ?(?:GMT|UTC|BST|CET|CEST|EST|IST|EAT|local time)\b | at {1800 hours} it shut
score | \b(?=[a-zA-Z])(?i:(?:beat(?:en|ing)?|defeat(?:ed|ing)?|drew|drawn?|drawing|thrash(?:ed|ing)|thump(?:ed|ing)|trounc(?:ed|ing)|edg(?:ed|ing)|tied|tie|level(?:led)?|trail(?:ed|ing|s)?|lead(?:s|ing)?|led|ahead|behind|down|victory|defeat|win|draw)(?: [\w’'.-]{1,20}){0,4}? |(?:set|match|tie|final|decider|tie-?break) )(?P<so>\d{1,2}[–-]\d{1,2})(?![\w%–-]|[.,]\d| ?(?:%|per ?cent)| (?!thanks\b|as\b|his\b|its\b|this\b|versus\b|across\b|always\b)(?:[a-z]{2,15} )?[a-z]{3,20}s\b) | City beat United {3-1} at home
score-won | \b(?=[wl])(?:won|wins?|lost|loses?|losing|winning)(?: [a-z]+ly| it)? (?P<so>\d[–-]\d|\d\d?[–-]\d\d?(?=[.;:)]|$|,(?! \d)| (?:to|at|in|on|after|against|away|with|thanks|despite|through|and|but)\b))(?![\w%–/-]|[.,]\d| ?%|,? (?:and )?\d{1,2}-| \(\d| (?!thanks\b)[a-z]{3,20}s\b| (?:kg|km|m|lb|st|MW|GW|bn)\b) | they won {3-1} away
wickets | \b(?:made|reach(?:ed)?|posted|closed on|were|are|at|to|[A-Z][a-z]{2,12}) (?P<so>\d{2,3}(?:[-–]| for )\d)(?=[.,;)]|$| (?:declared|dec|in|off|at|and|with|from|during|\()) | England made {214-7} in Leeds
name-score | \b(?!(?:About|Only|Aged?|Ages|Between|Over|Under|Around|Nearly|Some|From|At|In|On|For|Of|By|To|With|Every|All|Up|And|But|Or|Than)\b)(?<!\d[ ])(?:<cap> |(?<=he[ ])<cap> \()(?P<so>\d{1,3}[–-]\d{1,3})(?=[.,;:)]|$| (?:in|at|on|to|after|and|but|with|thanks|away|last)\b)(?![.,]\d|[.,;:)]* ?\d{1,2}-\d) | the Colts {31-17}, winning
result | \b(?<![,;][ ])<cap> (?P<so>\d{1,2} <cap>(?: <cap>)? \d{1,2})(?=[:;.)]|$)(?![.,]\d) | after Leeds {3 Hull 1}: it
bowling | \btook (?P<so>\d-\d{2,3})(?=[.,;)]|$| (?:and|as|off|on|but|with)\b) | she took {5-41} and left
record | (?<=[Tt]he[ ])\d{1,2}-\d{1,2}(?= [A-Z][a-z]) | for the {11-2} Eagles to win
word-ratio | \b(?=[a-z])<one>-to-(?:<one>)\b|<free>\d{1,3}-to-\d{1,2}(?= (?:ratio|odds|margin|majority|vote|favou?rite|advantage|split|chance|shot)\b) | by a {two-to-one} margin
ratio-said | \b(?:ratio|odds)(?: of)?(?: (?:is|was|are|were|at))? (?P<so><one> to <one>)\b | the ratio is {three to one} in
scale | \b(?:scale (?:of|from) (?=\w{1,6}(?:[ ]to|[ ]?[–-]))|(?:rat|scor|mark)(?:e|ed|es|ing)?(?: (?!<one>\b)[a-z]+){0,3} out of )(?P<so>(?:<one>|\d{1,3})(?:(?:[ ]to[ ]|[ ]?[–-][ ]?)(?:<one>|\d{1,3}))?)<end> | on a scale of {one to ten} it
group | (?<=[Tt]he[ ])(?:top|bottom|final) (?:<one>|\d{1,2})\b(?=[.,;:)!?]|$| (?:in|of|during|for|after|with|at|on|by|from|to|but|as|when|is|are|was|were|will|would|spot|place|places|finish)\b) | into the {bottom three} during
voice | \b(?i:<voice>)s? \d{1,2}<more>{0,3}<end><uncounted> | with EEAS {official 4}, July
voice-list | \b<voice>s, \d{1,2} and \d{1,2}(?=, <Month>) | {representatives, 2 and 3}, July 2014
voice-next | (?:(?<=;[ ])|(?<=and[ ])|(?<=or[ ]))\d{1,2}(?=, <Month>,? \d{4}) | 2014; and {2}, July 2014
page-cited | (?<!\d[ ]\()(?<!%[ ]\()(?<!\d[bm]n[ ]\()(?<!\dm[ ]\()(?:(?<!\()|\b[A-ZÀ-Þ][\w’'.-]{1,24} (?:et al\.?,? )?\(|(?=\d{4}[a-f]?,))(?:1[5-9]|20)\d\d[a-f]?(?:: ?|, ?)(?P<so>\d{1,4}(?:[–-]\d{1,4})?(?:, ?\d{1,4}(?:[–-]\d{1,4})?){0,6})(?= ?[);]) | (Cornell 2011: {72, 75}; Aliyev
volume | <free>\d{1,4}\(\d{1,3}(?:[–/-]\d{1,3})?\)(?:[,:] ?(?:pp?\. ?)?\d{1,5}(?:[–-]\d{1,5})?)?|<free>\d{1,3} \(\d{1,3}\)[,:] ?\d{1,5}[–-]\d{1,5} | Politics {33(3), 388–405}
law-code | <free>\d{1,3} (?:C\.?F\.?R\.?|U\.?S\.?C\.?|F\.?R\.?|Fed\. ?Reg\.?)(?= (?:[Pp]arts? |§)?\d| part\b)(?: (?:[Pp]arts?|§{1,2}))? ?\d{1,6}(?:\.\d{1,5})?[a-z]?(?:\(\w{1,4}\)){0,4}(?:(?:, ?(?:and )?|[ ]and |[–-])\d{1,6}(?! (?:C\.?F|U\.?S|F\.?R))(?:\.\d{1,5})?[a-z]?(?:\(\w{1,4}\)){0,4}){0,9}<end> | under {14 CFR 11.43 and 11.45}, by
order-number | \b(?:Executive Orders?|E\.O\.|Public Law|Pub\. ?L\.|P\.L\.|Proclamation|Revision|Rev\.) (?:No\. )?\d{1,6}(?:[–-]\d{1,4})?<end> | under {Executive Order 13132} of
dashed-code | <free>\d{1,6}(?:[-–‑] ?\d{1,6}){2,5}<end> | telephone is {562–797–1717}, and
dashed-letters | (?<![\w$€£–-])(?!<money>)(?=[A-Z\d]{1,9}(?:-[A-Z\d]{1,9}){0,3}– ?[A-Z\d])(?=[A-Z\d– -]{0,40}[A-Z])(?:[A-Z]{1,5}\d{0,4}|\d{1,4}(?=[–-][A-Z]))(?:[–-] ?[A-Z\d]{1,6}){1,5}<end> | Docket No. {FAA–2020–0686} of it
parts | (?<![\w.])(?i:<part>) ?\d{1,3}(?:\.\d{1,3}){1,3}(?:(?: ?[–-] ?|,? (?:and |or )?)\d{1,3}(?:\.\d{1,3}){1,3}){1,9}<end> | ({Tables 6.1-6.3}) show
cross-reference | (?:(?<=\b[Ss]ee[ ])|(?<=\bcf\.[ ]))\d{1,2}\.\d{1,2}\.?(?=[),;]) | tasks (see {9.1.}), and
enumerator | (?<!\d{4}:[ ])(?:(?<=[:;][ ])|(?<=;[ ]and[ ])|(?<=;[ ]or[ ]))\d{1,2}\)(?= [a-z])|(?!(?<=\|[ ])(?<!\)[ ]\|[ ])\(\d{1,2}\) \|(?! \())\(\d{1,2}\) | goals: {1)} peace; and
section-number | ^[ \t]{0,8}\d{1,2}(?:\.\d{1,2}){1,3}\.?(?= (?!(?:[Mm]illion|[Bb]illion|Trillion|Per ?cent|Euros?|Mt|GW|MW)\b)(?:[A-Z][a-z]|[A-Z]{2,20}\b)) | {6.1} Market size and
sub-point | <free>\d{1,3}\([a-z]{1,2}\)(?:\([ivx]{1,4}\))?(?!\w) | point {3(b)} of it
cited | \[<see>\d{1,3}[a-z]?(?:(?: ?[,;–-] ?| and )\d{1,3}[a-z]?){0,19}(?:[,:] ?(?:<leaf>|[A-Z][a-z]{1,8}\.? ?)?\d{1,4}(?:[–-]\d{1,4})?)?\] | by 14 bcm {[see 4, 7–9, p. 3]} and
cited-page | \b(?:[Ss]ee|cf\.)(?: also)? <cap>,? (?:1[89]|20)\d\d[:,] (?P<so>\d{1,4}(?:[–-]\d{1,4})?)(?![\w%]|[.,]\d) | cf. Palmer 1987: {51–52} and
cited-round | (?<=[^\W\d][ ])\((?:<see>\d{1,2}(?:[–-]\d{1,2})?(?:(?:[,;] ?| and )\d{1,2}(?:[–-]\d{1,2})?){1,19}|<see>\d{1,2}[–-]\d{1,2}(?=\)(?:[.,;:]|$))|(?!\d)<see>\d{1,2}|\d{1,3}(?:, ?<leaf>|: ?)\d{1,4}(?:[–-]\d{1,4})?)\) | it rose {(4, 7–9)} in May
raised | \b\d{1,3}\^-?\d{1,3}|(?<=[\w.,;:!?%)”’\]])\^\d{1,3}(?:[,–-]\d{1,3}){0,9} | 14 bcm{^3} came
list-number | ^[ \t]{0,8}\d{1,3} ?[.)](?=[ \t]|$)|^[ \t]{0,8}\d{1,4}[ \t]{0,4}$ | {2.} Open borders
footnote | (?<!Rs\.)(?<!hs\.)(?<![ .]c\.)(?<!ca\.)(?<!rox\.)(?<=[^\W\d_’”)][.,;!?’”])\d{1,2}(?:[,–-]\d{1,2}){0,5}(?:,[ ]\d{1,2}(?=[ ][A-Z]))?(?=[\s.,;)]|$) | it,{6} yet Brussels
footnote-share | (?<=%[.,;])\d{1,2}(?=\s[A-Z“(a-z]|\s*$)|(?<=\d%)\d{1,2}(?=[\s.,;)]|$)|(?<=\d[ ]%)\d{1,2}(?=[\s.,;)]|$) | some 45%.{2} And
footnote-quote | (?<=[.,;!?][’”)])\d{1,2}(?=[\s.,;)]|$)|(?<=[’”)][.,;!?])\d{1,2}(?=[\s.,;)]|$)|(?<=[\w’”][)’”])\d{1,2}(?=[\s.,;)]|$) | ‘othering’.{10} In this
footnote-word | (?<=[a-z]{3})(?<!shs)\d{1,2}(?:[,–-]\d{1,2}){0,5}(?=[\s.,;:)]|$)(?![.,]\d| (?:[mb]illion|trillion|bn|crore|lakh|per ?cent|%)) | set of demands{4}. Azerbaijan
footnote-year | <Month> (?:19|20)\d\d(?P<so>\d{1,2})(?!\d) | July 2014{1}), and
code | (?<![\w$€£.-])(?!<money>\d|FY|[NM]m3\b|(?:[kMG]?t)?[CNS]O2(?:e|eq)?\b|tCO2)[A-Z][A-Za-z]{0,7}\d{1,4}(?:[.+-]\d{1,3}){0,3}(?:[A-Za-z]{1,3}\d{0,3})?(?![\w%]|[.,]\d) | Trust ({Q2.11}) rose
exponent | (?=[−⁻–-]\d)(?:(?<=[A-Za-zµ])[−⁻]|(?<=\byr)[–-]|(?<=\bha)[–-])\d(?![\d.,]*\d) | in g m{−2} of it
formula | (?<=\))\d{1,2}(?=[(A-Z→+=]) | of Ca10(PO4){6}(OH)2
hyphen-code | (?<![\w-])(?:[A-Z][A-Za-z]{0,11}|covid)(?:[-‑]|(?<=(?i:covid)) [-‑])\d{1,4}[A-Za-z]{0,3}(?![\w%–]|[.,]\d) | after {Covid-19} began
digit-code | <free>\d{1,3}(?:[GD]|nm|(?<=[248])K(?= (?:TVs?|UHD|OLED|LED|HDR|[Vv]ideos?|[Dd]isplays?|[Ss]creens?|[Rr]esolution|[Bb]lu|[Mm]onitors?|[Ff]ootage|sets?|cameras?|streaming)\b| at \d)|(?<=\bin[ ][48])K(?! (?:of\b|an?\b|[a-z]+s\b)))\b(?!-?\w) | a {5G} network
track | \b[Tt]rack[- ](?:one|two|three|1\.5|1|2)\b | {track-two} exchanges
format | <free>\d{1,2}(?:(?: \+ |\+)\d{1,2})+(?![\w%]|[.,]\d| [a-z]{2,20}[a-hj-rt-z]s\b(?! platform)) | the {3+3} platform
isotope | <free>(?:1[134]C|1[78]O|1[35]N)(?= ?(?:NMR|isotop|label|discrimin|enrich|abundan|dating|dates?\b|signal|signatures?\b|values?\b|uptake|tracer|and 1|/1)) | the {14C} dating of it
locant | <free>\d{1,2}(?:,\d{1,2}){0,3}-(?:(?:meth|eth|prop|but|pent|hex|hept|oct)(?:[ae]n|yl|yn|ox)|phen[oy]|benz|amin[oe]|nitro|chloro|fluoro|bromo|iodo|hydroxy|thio|pyri|naphth|cyclo|deoxy|acet[oy]|sulf)[a-z]{0,20}\b | of {3-hexylthiophene} it
glued | (?<=[A-Za-z]{2})\(\d{1,4}\) | the Pt{(111)} face
version | (?<![\w.])v\.?\d{1,3}(?:\.\d{1,3}){0,4}(?!\w) | since {v2.0} was
thousands | (?<![\w.,])(?<!\d\s)['’]?000(?:['’]?s)?(?![\w]|[.,]\d) | Sales ({000}) in all
leading-zeros | <free>00\d{1,8}<end> | on ({0001}) planes
hash | #\d{1,6}\b | item {#12} was
address | <free>\d{1,4},? <cap>(?: <cap>)? (?:(?:Street|St\.|Avenue|Ave\.|Road|Boulevard|Square|Lane|Drive)(?!\w)|(?:Grove|Close|Crescent|Gardens|Terrace|Mews|Row|Marg|Way|Court|Hill|Place)(?=[,:;.]| in\b|$)) | at {10 Downing Street} on
street-abroad | <free>\d{1,4}(?=,? (?:rue|rua|calle|avenida|avenue|boulevard|quai|strada|corso|viale|ulitsa) (?:(?:d[aeiu]s?|del|de la|della) )?[A-ZÀ-Þ])|\b[A-Z][a-zà-ÿ]{2,20}(?:stra(?:ss|ß)e|straat|gasse|platz|laan) \d{1,4}<end> | at {12} rue Dumas in Lille
calendar | <free>\d{1,2}(?: (?:of )?<moon>\b)(?: \d{1,4}\b)?|\b<moon> \d{1,2}(?:,? \d{4}\b)?<end><uncounted>|<free>\d{1,2}\.(?:i{1,3}|i?[vx]|vi{1,3}|xi{1,2})\.\d{2,4}\b|\b<Day>,? \d{1,2}(?= ?(?:[–-]|to) ?<Day> \d) | on {14 Muharram 1049} it
bearing | <free>\d{1,3}(?:\.\d{1,6})?° ?(?:\d{1,2}[′'] ?)?[NSEW]\b|<free>\d{1,2}(?:\.\d{1,6})?[NS],? \d{1,3}(?:\.\d{1,6})?[EW]\b | at {40.4° N} lies
name-number | (?<![\w’-])(?<!\d[ ])(?!(?:In|At|On|The|By|From|For|Of|With|Since|But|And|Some|About|Over|As|Only|To|After|Before|When|Of|Above|Below|Under|Nearly|Almost|Around|Another|Total|Between|Roughly)\b)(?:<cap> ){1,3}(?!(?:Rs|Shs?|Tk|Rp|Ksh|Dhs?)\b)<cap>(?<![a-hj-rt-z]s) \d{1,2}<end><uncounted>(?! ?(?:kg|m|bcm|mcm|MW|GW|ha|t|pp|[A-Z]{3}|°)\b)(?![–-]) | fly {Falcon Heavy 2} again
before-christ | <free>(?:c\. ?)?\d{1,4}(?:[–-]\d{1,4})? ?(?:BCE?\b|CE\b|AD\b|A\.D\.|B\.C\.(?:E\.)?)<uncounted>|\b(?:AH|A\.H\.|AD|A\.D\.) \d{1,4}\b | in {44 BC} he
year-range | <free>(?:1[5-9]|20)\d\d ?[–/-] ?(?:(?:1[5-9]|20)\d\d|\d\d)(?![\w%]|[.,]\d) | for {2018-2020} document
street | <free>\d{1,5} (?:(?:[NS]?[EW]|[NS])\.? |(?:North|South|East|West) )?(?:<cap>|\d{1,3}(?:st|nd|rd|th))(?: <cap>)? (?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard|Blvd\.?|Drive|Lane)(?!\w) | at {1309 S. Mary Avenue} in
idiom | \b(?:20[-/]20(?= vision)|(?:one|two)-(?:way|sided|faced|off|stop|time)|(?:four|five|six|seven|eight)-figure|two by two|three by three|cloud nine|zero-sum|zero tolerance|net[- ]zero|ground zero|square one|catch-22|fifty-fifty|nine-to-five|9-to-5)\b | a {two-way} street
"""  # noqa: E501 - one rule a line

_LATE: Final = r"""
ordinal | <free>(?!\d{0,2}(?:[02-9]|1[0-9])st\b)\d{1,4}(?:st|nd|rd|th)\b | the {33rd} meeting
ordinal-word | (?=[efhnstEFHNSTſ])\b(?<!per[ ])(?i:<nth>)\b(?!-(?:hand|class|rate)) | the {sixth} round
"""  # noqa: E501 - one rule a line


# "345 (2023), 360 (2024)" are figures unless a resolution was named before.
_NEXT: Final = "resolution-next"
_NAMED: Final = "esolution"
_FAR: Final = 300


class Label(NamedTuple):
    """Digits or words that are no quantity, and the rule that says so."""

    start: int
    end: int
    rule: str


class LabelRule(NamedTuple):
    """One line of the table."""

    name: str
    pattern: re.Pattern[str]
    example: str


def _rules(table: str) -> tuple[LabelRule, ...]:
    rules = []
    for line in table.strip().splitlines():
        name, pattern, example = line.split(" | ")
        for key, words in _VOCABULARY.items():
            pattern = pattern.replace(f"<{key}>", words)
        compiled = later(with_gaps(pattern), re.MULTILINE)
        rules.append(LabelRule(name, compiled, example))
    return tuple(rules)


LABELS: Final = _rules(_TABLE)
LATE_LABELS: Final = _rules(_LATE)


def read_labels(text: str, *, late: bool = False) -> tuple[Label, ...]:
    """Every label of ``text``; ``late`` ones yield to a quantity (*a third of*).

    >>> [text for *text, rule in read_labels("the C6 (Figure 34)")]
    [[4, 6], [8, 17]]
    """
    found = []
    for order, rule in enumerate(LATE_LABELS if late else LABELS):
        for match in rule.pattern.finditer(text):
            start, end = match.span("so" if "so" in rule.pattern.groupindex else 0)
            if rule.name == _NEXT and _NAMED not in text[max(0, start - _FAR) : start]:
                continue
            found.append((start, -end, order, Label(start, end, rule.name)))
    kept: list[Label] = []
    last = 0
    for *_, label in sorted(found):
        if label.start >= last:
            kept.append(label)
            last = label.end
    return tuple(kept)
