"""Dates are found where they stand, said in EDTF, and never made up."""

import datetime as dt
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds, read_dates
from sourcebook.reading.dates.date_grammar import rules
from sourcebook.reading.dates.doubtful_dates import is_of_figures, is_year
from sourcebook.reading.text import clean

ISSUED = "2025-07-31"
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_each_rule_reads_its_own_example(rule):
    found = read_dates(rule.example, issued=ISSUED)
    assert " ".join(d.edtf for d in found) == rule.answer
    assert rule.name in {d.rule for d in found}


def test_rules_are_named_once():
    names = [rule.name for rule in rules()]
    assert len(set(names)) == len(names)


PRINTED = """
In 1990 people left. | 1990=1990
Since 1950 people moved. | 1950=1950
By 2000 the men had left. | 2000=2000
The 2019/21 budget held. | 2019/21=2019/2021
Nothing came in the fifth quarter of 2021. | 2021=2021
The pact was signed on February 22, 2022. | February 22, 2022=2022-02-22
The pact was signed on 22 February 2022. | 22 February 2022=2022-02-22
It dates from the 22nd of February, 2022. | 22nd of February, 2022=2022-02-22
On Thursday, 22 May 2025, ministers met. | Thursday, 22 May 2025=2025-05-22
On Feb. 3, 2021 the ministry replied. | Feb. 3, 2021=2021-02-03
It was adopted on 9th December 2010. | 9th December 2010=2010-12-09
The attacks of 11 September 2001 changed this. | 11 September 2001=2001-09-11
In April 6, 2022 the president hosted both. | April 6, 2022=2022-04-06
He left office in March of 2022. | March of 2022=2022-03
A letter of Jan 2024 says otherwise. | Jan 2024=2024-01
The visit (Baku, July 2014) was short. | July 2014=2014-07
The interview took place in April, 2014. | April, 2014=2014-04
By late May 2014 the talks had stalled. | late May 2014=2014-05
The mid-October 2023 deal held. | mid-October 2023=2023-10
Dated 2025-07-31, the note is short. | 2025-07-31=2025-07-31
It was logged at 2025-07-31T10:00. | 2025-07-31=2025-07-31
Polling day was 27/09/2020. | 27/09/2020=2020-09-27
Polling day was 27.09.2020. | 27.09.2020=2020-09-27
On 05/06/2020 the border opened. | 05/06/2020=2020-06-05
On 9/27/2020 fighting broke out. | 9/27/2020=2020-09-27
The first of May 2022 was warm. | first of May 2022=2022-05-01
Held April 29-30, 2022 in Baku. | April 29-30, 2022=2022-04-29/2022-04-30
29 April – 2 May 2022 | 29 April – 2 May 2022=2022-04-29/2022-05-02
The war of September-November of 2020 | September-November of 2020=2020-09/2020-11
From 27 May to 10 June 2020 | From 27 May to 10 June 2020=2020-05-27/2020-06-10
Between 12 and 14 May 2022 | Between 12 and 14 May 2022=2022-05-12/2022-05-14
Closed 30 December–2 January 2022. | 30 December–2 January 2022=2021-12-30/2022-01-02
Closed between May 2019 and June 2020. | between May 2019 and June 2020=2019-05/2020-06
Exports in January–September 2024 grew. | January–September 2024=2024-01/2024-09
The 2018-2020 priorities lapsed. | 2018-2020=2018/2020
The 2018–2020 priorities lapsed. | 2018–2020=2018/2020
He ruled between 1969 and 1982. | between 1969 and 1982=1969/1982
From 2018 to 2020 little moved. | From 2018 to 2020=2018/2020
It ran from 1991 until 1994. | from 1991 until 1994=1991/1994
The 2018/19 season opened late. | 2018/19=2018/2019
The 2019–20 budget was cut. | 2019–20=2019/2020
In 1999–2000 the project paused. | 1999–2000=1999/2000
The 1998–02 programme ended. | 1998–02=1998/2002
Aid for 2014–present is listed. | 2014–present=2014/..
In 2014 and 2015 interviews were held. | 2014=2014; 2015=2015
On 4 and 5 May 2023 envoys met. | 4=2023-05-04; 5 May 2023=2023-05-05
On May 4 and 5, 2023, envoys met. | May 4=2023-05-04; 5, 2023=2023-05-05
In May and July 2014 she travelled. | May=2014-05; July 2014=2014-07
On 2 May and 3 June 2022 | 2 May=2022-05-02; 3 June 2022=2022-06-03
It has done so since 1992. | 1992=1992
In the 1990s trade collapsed. | 1990s=199X
The late 1990s were hard. | late 1990s=199X
At the end of the 1990s he returned. | end of the 1990s=199X
In the 1980s and early 1990s it grew. | 1980s=198X; early 1990s=199X
In the mid-to-late 2000s oil paid for all. | mid-to-late 2000s=200X
In early 2022 gas was scarce. | early 2022=2022
By mid-2021 a draft was ready. | mid-2021=2021
The deal is due by the end of 2025. | end of 2025=2025
Late in 2019 the tone changed. | Late in 2019=2019
In spring 2019 a tender was held. | spring 2019=2019-21
It opened in the autumn of 2020. | autumn of 2020=2020-23
The winter of 2021/22 was mild. | winter of 2021/22=2021-24
Flows in Q3 2024 fell. | Q3 2024=2024-07/2024-09
Flows in Q1:2024 rose. | Q1:2024=2024-01/2024-03
Flows in Q3 of 2024 fell. | Q3 of 2024=2024-07/2024-09
In the last quarter of 2023 they rose. | last quarter of 2023=2023-10/2023-12
In the first half of 2023 they fell. | first half of 2023=2023-01/2023-06
In the first nine months of 2024 | first nine months of 2024=2024-01/2024-09
The last two months of 2024 were busy. | last two months of 2024=2024-11/2024-12
It began in the 19th century. | 19th century=18XX
It is a twenty-first-century problem. | twenty-first-century=20XX
By the late 20th century it was gone. | late 20th century=19XX
The target year is 2030. | 2030=2030
Deliveries are to double by 2027. | 2027=2027
The post-2014 reforms stalled. | 2014=2014
The Mars 2020 rover rolled on. | 2020=2020
The plan dates from around 2010. | around 2010=2010~
The house was built circa 1990. | circa 1990=1990~
It began around May 2014. | around May 2014=2014-05~
In 2000, nobody expected this. | 2000=2000
The 2015 elections were criticised. | 2015=2015
In 2015 elections were held. | 2015=2015
Compared with 2019 levels, trade fell. | 2019=2019
The EU (1996) agreed. | 1996=1996
The 2015 ENP revision changed little. | 2015=2015
In 2022 Azerbaijan sent 380 tons. | 2022=2022
It sold 12 in 2015, 14 in 2016. | 2015=2015; 2016=2016
The Vision 2030 paper is vague. | 2030=2030
The EU has pledged more for 2021-27. | 2021-27=2021/2027
The 2008-09 crisis hit hard. | 2008-09=2008/2009
In 2024/2025 the presidency changed. | 2024/2025=2024/2025
It fell in Q1-Q2 2023. | Q1-Q2 2023=2023-01/2023-06
Exports of Jan.-Sept. 2021 | Jan.-Sept. 2021=2021-01/2021-09
In May/June 2022 they met. | May/June 2022=2022-05/2022-06
The night of 19/20 May 2023 | 19/20 May 2023=2023-05-19/2023-05-20
On November 9/10, 2020 it ended. | November 9/10, 2020=2020-11-09/2020-11-10
Between the 1970s and the 1990s | 1970s=197X; 1990s=199X
From Sept. 2 to Nov. 10, 2020 | From Sept. 2 to Nov. 10, 2020=2020-09-02/2020-11-10
In phase 2 – 2018–2020 – it grew. | 2018–2020=2018/2020
In May and in October 2019 they met. | May=2019-05; October 2019=2019-10
The EU reacted (OJ L 246, 17.9.1999, p. 3). | 17.9.1999=1999-09-17
Decision 2010/639/CFSP of 25 October 2010 | 25 October 2010=2010-10-25
JOIN(2015) 50 final, 18.11.2015 | 18.11.2015=2015-11-18
The FY2023 budget was adopted. | 2023=2023
In about 2010 the tone changed. | about 2010=2010~
The 18th-century fortress stands. | 18th-century=17XX
The war of August 2008, the EU said | August 2008=2008-08
MAY 2022: A TURNING POINT | MAY 2022=2022-05
It is in force until 19 February 2027. | 19 February 2027=2027-02-19
She died aged 45 in 2014. | 2014=2014
Article 2018 was repealed in 2018. | 2018=2018
In 2024 to 2,000 people it mattered. | 2024=2024
The years 1918–1920 are remembered. | 1918–1920=1918/1920
The 1842 Harbour Road fire is told. | 1842=1842
Rain went on into May 2016. | May 2016=2016-05
It was last seen on 5.ix.2022 by all. | 5.ix.2022=2022-09-05
In week 2 of May 2016 it rained. | May 2016=2016-05
By 2021,8 most had gone home. | 2021=2021
Idle from May 2016 to 4 May 2017 | from May 2016 to 4 May 2017=2016-05/2017-05-04
From May to mid-July 2024 it rained. | From May to mid-July 2024=2024-05/2024-07
Between early 2019 and late 2021 it grew. | Between early 2019 and late 2021=2019/2021
It was held c. 1590–1612 by force. | c. 1590–1612=1590~/1612
It was held circa 1620-22 by force. | circa 1620-22=1620~/1622
Rolls of 2019/20–2023/24 fell. | 2019/20–2023/24=2019/2024
On 9 May AD 14, or in May 650 AD | 9 May AD 14=0014-05-09; May 650 AD=0650-05
From the 16th to the early 18th century | 16th to the early 18th century=15XX/17XX
In the 12th and the 14th century | 14th century=13XX
The twenty-first day of May 1991 was dry. | twenty-first day of May 1991=1991-05-21
"""


def _cases(table):
    return [_case(*line.split(" | ")) for line in table.strip().splitlines()]


def _case(sentence, expected):
    pairs = [tuple(item.rsplit("=", 1)) for item in expected.split("; ")]
    return pytest.param(sentence, pairs, id=sentence)


@pytest.mark.parametrize(("sentence", "expected"), _cases(PRINTED))
def test_printed_dates(sentence, expected):
    found = read_dates(sentence)
    assert [(d.text, d.edtf) for d in found] == expected
    assert not any(d.inferred for d in found)
    assert {d.kind for d in found} <= {"date", "range"}


LEANING = """
On May 22, the service issued a statement. | May 22=2025-05-22
On 22 May the service issued a statement. | 22 May=2025-05-22
Adopted on May 28 and signed, it holds. | May 28=2025-05-28
It arrived on Sept. 3 by sea. | Sept. 3=2024-09-03
It will arrive on Sept. 3 by sea. | Sept. 3=2025-09-03
It expires on 1 April. | 1 April=2026-04-01
It ran April 29–30 in Brussels. | April 29–30=2025-04-29/2025-04-30
It ran from May to July. | from May to July=2025-05/2025-07
In March a mission arrived. | March=2025-03
The April summit failed. | April=2025-04
The March summit failed. | March=2025-03
By mid-May it was over. | mid-May=2025-05
At the end of March it was over. | end of March=2025-03
In the spring a tender was held. | spring=2025-21
Journalists were jailed last month. | last month=2025-06
It was agreed last year. | last year=2024
During last year’s protests he spoke. | last year=2024
A renewed attempt this year failed. | this year=2025
Earlier this year a law passed. | Earlier this year=2025
Later this month they meet. | Later this month=2025-07
A plane crashed last December. | last December=2024-12
Elections are due next March. | next March=2026-03
They met last week. | last week=2025-07-21/2025-07-27
They met yesterday. | yesterday=2025-07-30
Sales fell last quarter. | last quarter=2025-04/2025-06
This quarter is quiet. | This quarter=2025-07/2025-09
It comes next quarter. | next quarter=2025-10/2025-12
They left three weeks ago. | three weeks ago=2025-07-07/2025-07-13
They left two years ago. | two years ago=2023
They left three months ago. | three months ago=2025-04
They left ten days ago. | ten days ago=2025-07-21
They left about 20 years ago. | about 20 years ago=2005~
They will meet next year. | next year=2026
In the last 30 years it tripled. | last 30 years=1995/2025
Polls of the past four years agree. | past four years=2021/2025
Over the past six months flows fell. | past six months=2025-01/2025-07
Over the past decade trade grew. | past decade=2015/2025
Over the next five years it will grow. | next five years=2025/2030
The last two decades were calm. | last two decades=2005/2025
Last summer was dry. | Last summer=2024-22
This summer is dry. | This summer=2025-22
In May last year they met. | May last year=2024-05
On 22 May last year they met. | 22 May last year=2024-05-22
By the end of this year it will be ready. | end of this year=2025
By the end of the year it will be ready. | end of the year=2025
In the first half of this year exports fell. | first half of this year=2025-01/2025-06
This decade will decide. | This decade=202X
The last century was cruel. | last century=19XX
In the ’90s trade collapsed. | ’90s=199X
In two years’ time it will be ready. | two years’ time=2027
It ran 12 March – 20. | 12 March=2025-03-12
On 17 and 18 July they met. | 17=2025-07-17; 18 July=2025-07-18
It was updated on 12/05/21. | 12/05/21=2021-05-12
It was revised in ’99. | ’99=1999
In the early nineties chaos reigned. | early nineties=199X
Turnover in the first quarter was flat. | first quarter=2025-01/2025-03
Due in the third quarter of next year. | third quarter of next year=2026-07/2026-09
In May 22 people were injured. | May=2025-05
At the end of last year it rose. | end of last year=2024
In the next decade it will fall. | next decade=2025/2035
He spoke last Monday. | last Monday=2025-07-28
"""


@pytest.mark.parametrize(("sentence", "expected"), _cases(LEANING))
def test_dates_that_lean_on_the_issue(sentence, expected):
    found = read_dates(sentence, issued=ISSUED)
    assert [(d.text, d.edtf) for d in found] == expected
    assert all(d.inferred for d in found)


UNSAID = """
They met about three weeks ago. | about three weeks ago=relative
He recently tried to leave. | recently=vague
In recent years ties soured. | recent years=vague
Ties took a dive in recent months. | recent months=vague
In the coming years we will see more. | coming years=vague
It went on for a long time. | for a long time=vague
It was unable for a long period of time. | for a long period of time=vague
Reports became critical over time. | over time=vague
At the time of writing this is open. | At the time of writing=vague
Today, Baku is the main supplier. | Today=vague
In the past few years it grew. | past few years=vague
The 44-day war changed this. | 44-day=duration
They mark 33 years of relations. | 33 years=duration
After more than three decades of conflict, peace. | more than three decades=duration
It took two and a half years. | two and a half years=duration
For decades nothing moved. | decades=duration
It is a decades-long dispute. | decades=duration
It will take five to ten years. | five to ten years=duration
Within a year it was over. | a year=duration
A few days later they arrested her. | A few days later=relative
Two years later he left. | Two years later=relative
The following year he left. | following year=relative
A few years ago he left. | A few years ago=relative
More than ten years ago he left. | More than ten years ago=relative
They meet on Tuesday. | Tuesday=relative
The wall fell in 331 BC. | 331 BC=vague
He fell in March 44 BC. | March 44 BC=vague
It was held from 264–241 B.C. by force. | 264–241 B.C.=vague
The tomb is of the 9th century BCE. | 9th century BCE=vague
At this rate it would last 48 years. | 48 years=duration
"""


@pytest.mark.parametrize(("sentence", "expected"), _cases(UNSAID))
def test_vague_dates_and_durations_stay_unsaid(sentence, expected):
    found = read_dates(sentence, issued=ISSUED)
    assert [(d.text, d.kind) for d in found] == expected
    assert {d.edtf for d in found} == {""}


NONE = """
Moscow may increase its pressure.
Baku may continue to sell gas.
The march on the capital was stopped.
March to the square, they shouted.
It was an august assembly.
He met Theresa May in London.
Some 2,022 people signed.
They deployed 2000 soldiers.
They deployed 1,960 military personnel.
They deployed 1960 military personnel.
The firm employs 1850 specialists.
Around 2000 people protested.
More than 2000 were arrested.
At least 1600 homes were lost.
It pumps 16.2 billion cubic metres.
See Resolution 1803 of the Council.
The file is No. 2015 in the list.
It runs on pp. 1501–1520 of the book.
It cost €2015 in all.
It cost USD 2000 in all.
It cost 2000 euros in all.
The line is 1841 km long.
A 2000-strong crowd gathered.
It has 3,000 staff, 2030 of them in Baku.
It closes before May Day.
In 1950 years it will be dust.
April Glaspie spoke.
The 2020–1990 table is upside down.
Form 2014/65 applies.
The brand is a 9/11 memorial.
It carries 5 million tons a year.
Pages 388–405 discuss it.
The vote was 45 to 12.
Directive 2014/65/EU applies.
Regulation (EU) 2016/679 applies.
See Q2.11 and Figure 34.
A quarter of the gas is Azeri.
The office at 2000 Massachusetts Avenue is closed.
The company sold 2014 cars and 1999 trucks.
Some 1,500 to 2,000 people attended.
The 30-year-old conflict goes on.
The train leaves at 1530 GMT.
The score was 9-5 to 12.
They may, in short, march on.
As soon as possible, they said.
Article 5 bis of the code was cited in the den of 12 thieves.
He won 3rd of all, with mars bars, and the 5th of the months is his.
She quoted “26” Mayors and « 7 » Junes of the town.
The sign said "12" Marching bands.
The fifth of the month of honey is told.
In the first half he scored, and the team had profit from it.
In the second half, the play drags, and its output of jokes falls.
In the first half the referee sold the match.
In the last half, a player of the company scored.
In the first half. He sang.
She walked on, two by two.
The electric current year-long tests need is weak, the current weekly.
Currently, current yields are low.
Q1: What is your name? Q2: How old are you?
The Audi Q3 sold well; the Q4 e-tron did too.
Panel Q2 net of the circuit (Q1 results beside it).
The Q3 line and the BQ4 reports stand.
An H1 heading, the H2 title, H1 visas and the H2 gas pipe.
Both 1400s of the firm and IBM 1400s are few.
See sections 4/V-100 and 3/IX-31 and lot 30-IX-12.
The 20th of this monthly series and the 12th of this book.
Springs last yearlings; falls next yearling.
The shop at 1842 Harbour Road is shut.
The judgment (EU:T:2015:953) and ECLI:EU:C:2021:799 say so.
"""


@pytest.mark.parametrize("sentence", NONE.strip().splitlines())
def test_what_is_no_date(sentence):
    assert read_dates(sentence, issued=ISSUED) == ()


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        pytest.param("| Acton | 12 | 640 |\n| Beeton | 14 | 1960 |", True, id="last"),
        pytest.param("| Acton | 12 | 1960 |\n| Beeton | 14 | 640 |", True, id="first"),
        pytest.param("| Acton | 640 |\n| Beeton | 1960 |", True, id="below"),
        pytest.param("| Acton | 1960 |\n| Beeton | 640 |", False, id="head"),
        pytest.param("| 1950 | 640 |\n| 1960 | 650 |", False, id="first column"),
        pytest.param("| 12 | 1960 |\n| 13 | 640 |", False, id="a label's number"),
        pytest.param(
            "| Town | Built |\n| A | 640 |\n| B | 1960 |", False, id="below a word"
        ),
        pytest.param("| Acton | 640 |\n| Built | 1960 |", False, id="beside a word"),
        pytest.param(
            "| Acton | 640 | 650 |\n| Town | 1960 | 1970 |", False, id="among years"
        ),
        pytest.param(
            "| A | 640 | 650 | 12 |\n| B | 1960 | 1970 | 14 |", True, id="mixed"
        ),
        pytest.param("| Acton | 640 |\n\n| Beeton | 1960 |", False, id="another table"),
        pytest.param(
            "| Acton | 640 |\n| Beeton | in 1960 |", False, id="a word before"
        ),
        pytest.param("| Acton | 640 |\n| Beeton | 1960 on |", False, id="a word after"),
        pytest.param(
            "| A | 12 | 640 |\n| 12 |\n| B | 14 | 1960 |", True, id="a short row"
        ),
        pytest.param("| Acton | men |\n| Beeton | 1960 |", False, id="below no figure"),
    ],
)
def test_four_digits_among_figures_are_no_year(rows, counts):
    start = rows.index("1960")
    assert is_of_figures(rows, start, start + 4) == counts
    assert is_year(rows, start, start + 4) != counts


def test_a_year_of_a_reference_is_told_from_an_event():
    text = (
        "In 2015 (EC 2010a; cf. Wetzel and Orbie 2011: 72, 75; EU Council 2009, 1; "
        "see e.g. ESI 2001, 2004) it fell (talk, May 2014), as Diez (1999, 2) says."
    )
    found = [(d.text, d.rule) for d in read_dates(text)]
    cited = [words for words, rule in found if rule == "citation-year"]
    assert cited == ["2010", "2011", "2009", "2001", "2004", "1999"]
    assert ("2015", "year") in found
    assert ("May 2014", "month-year") in found


@pytest.mark.parametrize(
    ("words", "issued", "edtf"),
    [
        ("last month", "2025", ""),
        ("this year", "2025", "2025"),
        ("this winter", "2025-02", "2024-24"),
        ("this winter", "2025-03", "2025-24"),
        ("last month", "2025-07", "2025-06"),
        ("last month", "2025-01-31", "2024-12"),
        ("last December", "2025-12", "2024-12"),
        ("last December", "2025", "2024-12"),
        ("last May", "2025", ""),
        ("last month", "2024-12/2025-01", ""),
        ("yesterday", "2025-03-01", "2025-02-28"),
        ("three months ago", "2025-02-28", "2024-11"),
        ("last winter", "2025-07-31", "2024-24"),
        ("last Thursday", "2025-07-31", "2025-07-24"),
        ("this winter", "2025-01-15", "2024-24"),
        ("next winter", "2025-01-15", "2025-24"),
        ("last spring", "2025-07-31", "2025-21"),
        ("this year", "2025/..", ""),
        ("May 22", "2022-04-29/2022-04-30", "2022-05-22"),
        ("February 29", "2025", ""),
        ("the last 30 years", "2022-04-29", "1992/2022"),
        ("two years ago", "0001-05", ""),
        ("tomorrow", "9999-12-31", ""),
        ("May 22", "", ""),
        ("yesterday", "", ""),
    ],
)
def test_what_the_issue_cannot_settle_is_not_said(words, issued, edtf):
    (found,) = read_dates(words, issued=issued)
    assert found.edtf == edtf


@pytest.mark.parametrize(
    ("text", "issued", "ground"),
    [
        ("Signed on 5 May 2022.", "2025", "read"),
        ("Signed on Thursday, 22 May 2025.", "2025-07", "read"),
        ("Signed on Monday, 22 May 2025.", "2025-07", "doubtful: 2025-05-22 is no M"),
        (
            "In June 2009 it began, and on May 3 it",
            "2010-05-20",
            "doubtful: of the year",
        ),
        ("In 1880 he wrote, and in the sixties", "2010", "doubtful: of that century"),
        ("In 1806 he wrote, and in the forties", "2010", "inferred: the century that"),
        ("It held; the previous May it", "2010-09", "doubtful: near the issue, or"),
        ("The 2021 annual report came on March 1", "2022-09", "doubtful: of 2021, or"),
        ("For 2017 they had until 30 April.", "2018-01-18", "doubtful: of 2017, or n"),
        ("It was put off from 1 May to 9 June 2019.", "2019-04", "doubtful: moved, or"),
        ("The works slipped from 2021 to 2024.", "2019-04", "doubtful: moved, or"),
        ("It was brought forward from May to March.", "2019-04", "doubtful: moved"),
        ("It fell in December.", "2025-02", "inferred: the year before the issue"),
        ("It will open in December.", "2025-02", "inferred: the year of issue, for"),
        ("In December, 40 beds.", "2025-02", "doubtful: before or after the issue"),
        ("In May 1914 it began. By June", "2009-01", "inferred: the year that the t"),
        (
            "In May 2015 it began.\nIn 2019 it ended. By June",
            "2024-05",
            "inferred: the year that the t",
        ),
        ("In 1998 it began. The following May", "2025", "doubtful: after a year of wh"),
        ("It will now open in March, as it was.", "2025-07-31", "inferred: the year a"),
        ("Seen 13/04/2019, and again 3/4/2019.", "2025", "read"),
        ("Seen 12/04/2019.", "2025", "doubtful: the day may stand first"),
        ("They met last month.", "2025-02", "inferred: counted from the issue"),
        ("It was hard in ’99.", "2025-02", "inferred: the century is not printed"),
        ("It is due each year by 1 May.", "2025-02", "inferred: the year of issue"),
        ("It is due by 1 May each year.", "2025-02", "inferred: it comes again"),
        ("They met on Monday, 3 June.", "2024-09", "inferred: the year in which the "),
        ("They met on Monday, 2 June.", "2024-09", "inferred: the year in which the "),
        ("They met on Monday, 4 June.", "2024-09", "doubtful: the weekday fits no y"),
        ("It will open on 31 January.", "2025-06-01", "inferred: the year after the"),
        ("It will open on 1 February.", "2025-06-01", "doubtful: before the issue, "),
        ("It will open on 1 June.", "2025-06-01", "inferred: the year of issue"),
        ("It opened in January.", "2025-06", "inferred: the year of issue"),
        ("Power for Q1 was at 9.", "2023-11", "doubtful: long before the issue"),
        ("Power for Q1 delivery was at 9.", "2023-11", "inferred: the year after the"),
        ("It will open in January.", "9999-06", "doubtful: before the issue, and the"),
    ],
)
def test_a_date_says_what_it_rests_on(text, issued, ground):
    assert read_dates(text, issued=issued)[-1].ground.startswith(ground)


@pytest.mark.parametrize(
    ("near", "edtf"), [("", "1918-06"), (" 2024 2025 2026 2025", "2025-06")]
)
def test_a_year_of_history_holds_on_in_the_next_paragraph(near, edtf):
    text = f"In 1911, 1912, 1914, 1915, 1916 and 1917.{near} In 1918 it ended.\nIn June"
    assert read_dates(text, issued=ISSUED)[-1].edtf == edtf


def test_a_year_holds_on_in_a_text_that_has_no_date_itself():
    found = read_dates("The strike began in 1990.\n\nIn June the two sides met.")
    assert [d.edtf for d in found] == ["1990", "1990-06"]


@pytest.mark.parametrize(
    ("begun", "then", "edtf"),
    [
        ("May 1914", "Two months later it spread.", "1914-07"),
        ("November 1914", "Two months later it spread.", "1915-01"),
        ("May 1914", "It was set to end in May.", "1914-05"),
        ("May 1914", "It was set to end in March.", "1915-03"),
        ("May 1914", "The same month it spread.", "1914-05"),
        ("May 1914", "A year earlier it was planned.", "1913"),
        ("5 May 1914", "Ten days later it spread.", "1914-05-15"),
        ("5 May 1914", "The previous day was quiet.", "1914-05-04"),
        ("May 1914", "The previous March was quiet.", "1914-03"),
        ("May 1914", "The previous May was quiet.", "1913-05"),
        ("May 1914", "The following March it ended.", "1915-03"),
        ("May 1914", "The following May it ended.", "1915-05"),
        ("May 1914, 1911, 1912, 1913, 1915 and 1916", "He left last month.", ""),
    ],
)
def test_what_is_counted_from_the_date_that_a_story_has_come_to(begun, then, edtf):
    assert read_dates(f"In {begun} it began. {then}", issued=ISSUED)[-1].edtf == edtf


def test_a_day_the_calendar_lacks_is_reported_and_not_mended():
    (found,) = read_dates("It was signed on 31 April 2022.")
    assert (found.text, found.edtf) == ("31 April 2022", "")


def test_a_date_does_not_cross_into_the_next_paragraph():
    assert [d.text for d in read_dates("They met in May\n2022 was calm.")] == [
        "May",
        "2022",
    ]


def test_an_issue_that_is_no_date_is_refused():
    with pytest.raises(SourcebookError, match="fix: write EDTF"):
        read_dates("last month", issued="July 2025")


days = st.dates(min_value=dt.date(1500, 1, 1), max_value=dt.date(2099, 12, 31))


@settings(deadline=None)
@given(days, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d/%m/%Y"]))
def test_a_printed_day_comes_back(day, form):
    (found,) = read_dates(f"It was signed on {day.strftime(form)} in Baku.")
    assert bounds(found.edtf) == (day, day)


@given(days, days)
@settings(deadline=None, max_examples=30)
def test_the_month_before_an_issue_ends_before_it(day, other):
    (found,) = read_dates("last month", issued=day.isoformat())
    assert bounds(found.edtf)[1] < day
    assert (day - bounds(found.edtf)[0]).days < 63
    issued = f"{min(day, other)}/{max(day, other)}"
    (found,) = read_dates("last month", issued=issued)
    assert (found.edtf == "") == (f"{day:%Y%m}" != f"{other:%Y%m}")


pieces = st.lists(
    st.sampled_from(
        "May 22 2022 , - – and to from between 1990s the last years two ( ) / . 's of "
        "first quarter Q3 19th century spring early about 30 more than".split()
    ),
    max_size=25,
)


@given(pieces, st.sampled_from(["", "2025", "2025-07-31"]))
def test_mentions_are_in_order_and_always_valid(words, issued):
    text = " ".join(words)
    found = read_dates(text, issued=issued)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
        if mention.edtf:
            bounds(mention.edtf)


@pytest.mark.parametrize(
    "text", ["May " * 1_000, "2022-" * 1_000, "1, " * 1_000, "4 and " * 1_000]
)
def test_reading_takes_time_in_proportion_to_the_text(text):
    once, twice = (_seconds(part) for part in (text, text * 4))
    assert twice < 4 * once * 3 + 0.5


def _seconds(text):
    start = time.process_time()
    read_dates(text, issued=ISSUED)
    return time.process_time() - start


BRIEF = (
    "2022-04-29/2022-04-30 2022-03 1992/2022 - 2020-09/2020-11 - 1992 2022-02-22 "
    "2020-11 1999 2016 2018/2020 2022 - 2022-04-06 2018/2022 - -"
)


ADVERT = "2026 2025 2026 2025 - 2024 - - - - - - 1994 2025 2026 2025"


def _read_source(number, issued):
    (path,) = SEEDS.glob(f"{number}_*.txt")
    text = clean(path.read_text(encoding="utf-8")).text
    return read_dates(text, issued=issued)


@pytest.mark.parametrize(
    ("number", "issued", "expected"),
    [
        ("000", "2022-04-29/2022-04-30", BRIEF),
        ("002", "2025-07-31", "2025-07-31 - 2024-12 2025-06 -"),
        ("003", "2025-06", "2025-05-22 2025-05 2024 2025 2025-05-28 2024 2025 - -"),
        (
            "004",
            "2025-12",
            "2026 2025 2026 2025 - 2024 - - - - - - 1994 2025 2026 2025",
        ),
    ],
)
def test_every_date_of_a_source(number, issued, expected):
    found = _read_source(number, issued)
    assert " ".join(d.edtf or "-" for d in found) == expected


def test_the_dates_of_the_article():
    found = _read_source("001", "2016-05/..")
    events = [
        (d.text, d.edtf)
        for d in found
        if d.rule not in ("citation-year", "month-year") and d.edtf
    ]
    assert [edtf for _, edtf in events] == (
        "2015 1991 1969/1982 2003 2015 1991 1997 2010 2010 2016 2010 2014 2015 2015 "
        "2011 1999 2009 2013 2013 199X 2001 2014"
    ).split()
    assert [d.rule for d in found].count("citation-year") == 70
    assert [d.rule for d in found].count("month-year") == 80
    assert [d.text for d in found if d.kind == "duration"] == [
        "two years",
        "two decades",
        "two weeks",
        "several years",
    ]


def test_a_day_or_a_month_that_may_stand_first_is_doubtful():
    (found,) = read_dates("It was signed on 3/4/2019.")
    assert (found.edtf, found.ground[:8]) == ("2019-04-03", "doubtful")
    (found,) = read_dates("It was signed on 3.4.2019.")
    assert found.ground == "read"


@pytest.mark.parametrize(
    ("text", "edtf", "ground"),
    [
        ("It closed on the 12th.", "2022-07-12", "doubtful: no month is named"),
        (
            "He left on 28 May 2022. On the 3rd it fell.",
            "2022-06-03",
            "doubtful: of the",
        ),
        (
            "It is May 2022. So. And so. On the 9th it fell.",
            "2022-05-09",
            "doubtful: no",
        ),
        ("It is May 2022. On the 9th it fell.", "2022-05-09", "inferred: the month"),
        ("Met in May and on 9 June 2021.", "2022-05", "doubtful: near the issue"),
        ("Met in May, and on 9 June 2017.", "2022-05", "inferred: the year of issue"),
        ("Sold for October, it rose.", "2022-10", "doubtful: for a time to come"),
    ],
)
def test_a_day_without_a_month_says_what_it_leans_on(text, edtf, ground):
    found = read_dates(text, issued="2022-07-30")
    each = next(date for date in found if date.inferred)
    assert each.edtf == edtf
    assert each.ground.startswith(ground)


def test_a_year_named_in_passing_makes_the_next_month_doubtful():
    text = "In May 1941 bombs fell, as they had in 1938, and in August they stopped."
    *_, last = read_dates(text, issued="2012-01-01")
    assert (last.edtf, last.ground[:8]) == ("1941-08", "doubtful")


@pytest.mark.parametrize(
    ("text", "edtf", "ground"),
    [
        ("The estates of 1788 sat as in 1614.\nOn 9 June", "1788-06-09", "inf"),
        ("In 1902 the Act (1880) held.\nIn June it sank.", "1902-06", "inf"),
        ("It sank in December 1941. The 1941 war was on. In May", "1942-05", "inf"),
        ("It closed in November 1917.\nIn July it sank.", "1917-07", "dou"),
        ("It closed in December 1917.\nIn March it sank.", "1918-03", "dou"),
        ("It closed in December 1917. In March it sank.", "1918-03", "inf"),
        ("It closed in May 1917.\nIn April it sank.", "1917-04", "inf"),
        ("In May 1917 it fell, compared to that of December. In May", "1917-05", "i"),
        ("It shut in December 1917.\nIn March it sank. In May", "1918-05", "dou"),
        ("It will be dry by 2100.", "2100", "read"),
    ],
)  # fmt: skip
def test_a_year_is_carried_on_by_what_tells_and_not_by_what_recalls(text, edtf, ground):
    last = read_dates(text)[-1]
    assert (last.edtf, last.ground[: len(ground)]) == (edtf, ground)


COUNTED_ON = """
In June 1902 it began. In May of the following year it ended. | 1903-05 1903
In June 1902 it began. In May and July of the next year it spread. | 1903-05 1903-07 1903
In June 1902 it began. It was planned on 4 May the year before. | 1901-05-04 1901
In June 1902 it began. A year earlier, in May, it was planned. On 9 July | 1901 1901-05 1902-07-09
In June 1902 it began. Five years later, on 22 April, it ended. In May | 1907 1907-04-22 1907-05
In June 1902 it began. It rose again the following spring. In May | 1903-21 1903-05
In June 1902 it began, and that summer it spread. | 1902-22
In June 1902 it began. The next March it ended. | 1903-03
In June 1902 it began. The day before, it was quiet. |
On 9 June 1902 it began. The day before, it was quiet. | 1902-06-08
In June 1902 it began. By the end of the decade it was over. | 190X
In June 1902 it began. At the end of the year it held. In March | 1902 1903-03
In June 1902 it began. In 1906 it spread, and on 3 May it ended. | 1906 1906-05-03
In 1902, after much talk, it began on 3 May. | 1902 1902-05-03
The treaty was signed on 7 June 1494 and kept until May 1512. | 1494-06-07 1512-05
The ordinance of 4. April 2019 stands. | 2019-04-04
It will be dry by 2100 surely. | 2100
In May 1200 cows were sold. |
It was a total of 4. April came. |
By 2100 trees had been felled. |
She read the year before she slept. |
In 1902, as in 1880, it began on 3 May. | 1902 1880 1902-05-03
In June 1902 it began (1903). In July | 1902-06 1903 1902-07
In June 1902 it began, and in August it spread. | 1902-06 1902-08
In June 1902 the next of the three came. In July | 1902-06 1902-07
That march went on. The following springs ran dry. |
"""  # noqa: E501 - one text a line


@pytest.mark.parametrize(
    ("text", "edtf"),
    [line.split(" |") for line in COUNTED_ON.strip().splitlines()],
)
def test_a_story_goes_on_from_what_is_counted_and_not_from_an_aside(text, edtf):
    told = [date.edtf for date in read_dates(text) if date.edtf]
    begun = ("1902-06", "1902-06-09")
    assert told == edtf.split() or (told[0] in begun and told[1:] == edtf.split())


@pytest.mark.parametrize(
    ("text", "edtf", "doubtful"),
    [
        ("It began in June 1902. Some years later, in May, it", "1902-05", True),
        ("It grew to 40 by December 1902. In May it", "1903-05", True),
        ("It began in May 1902. It recalled June 1899.\nOn 3 July", "1899-07-03", True),
        ("In September 1902 it rose, and in May it", "1902-05", True),
        ("It lasted until the fall in May 1902.\nBy the end of July", "1902-07", True),
        ("It stalled in March 1902.\nIt came back by November", "1902-11", True),
        ("It began in autumn 1902. It went on in spring", "1902-21", True),
        ("It stalled in March 1902. It came back by November", "1902-11", False),
        ("On Tuesday 3 June 1902 it rose. On Monday, 2 March", "1903-03-02", False),
    ],
)
def test_what_a_history_leaves_open_is_doubtful(text, edtf, doubtful):
    last = read_dates(text)[-1]
    assert (last.edtf, last.ground.startswith("doubtful")) == (edtf, doubtful)


@pytest.mark.parametrize(
    ("text", "edtf", "doubtful"),
    [
        ("It will report figures for the fourth quarter.", "2018-10/2018-12", False),
        ("Sales fell from May to July the year before.", "2018-05/2018-07", True),
        ("Snow lay until mid-March last year.", "2018-03", False),
        ("Next year brings a vote on 10 February.", "2020-02-10", True),
        ("It was first set for November.", "2018-11", True),
        ("It was to be held in March.", "2019-03", True),
        ("It was moved to 31 March.", "2019-03-31", False),
        ("It came on 31 March.", "2018-03-31", True),
        ("An election may be held in May.", "2019-05", False),
        ("In May 2018 it was low. The bank meets on 9 March.", "2019-03-09", False),
        ("The fund’s year runs from 1 July to 30 June.", "", False),
        ("In 2017, after much talk, it fell on 7 May.", "2017-05-07", False),
        ("The peace of May 1153 ended it.", "1153-05", False),
        ("In April 2016 it fell less than in November and March.", "2016-11", True),
        ("In April 2016 it fell less than in November and after.", "2016-11", False),
        ("It sees 1.2%, against 1.9% in November.", "2018-11", False),
        ("It was the lowest since May 2011. It fell on 6 June.", "2018-06-06", False),
        ("It was 12% above 2017, and stood at 3% on 6 February.", "2019-02-06", False),
        ("They have until the end of May to register.", "2019-05", False),
        ("They have until the end of January to register.", "2019-01", True),
        ("The sitting of 3 May was put back to 28 November.", "2019-11-28", False),
        ("Rain went on into May. March was dry.", "2018-03", False),
        ("It met on 3 and 28 March and 11 May 2016.", "2016-03-28", False),
        ("It met on March 8, May 3 and June 4, 2016.", "2016-03-08", False),
        ("It met on December 14 and January 3, 2016.", "2015-12-14", True),
        ("It ends by May and rests on what is told.", "2019-05", False),
    ],
)
def test_what_news_say_of_days_before_and_behind_their_issue(text, edtf, doubtful):
    *_, last = (d for d in read_dates(text, issued="2019-02-20") if d.rule != "unit")
    found = [d for d in read_dates(text, issued="2019-02-20") if d.edtf == edtf]
    assert found
    assert found[-1].ground.startswith("doubtful") == doubtful
    assert last
