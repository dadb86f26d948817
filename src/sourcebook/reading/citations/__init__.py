"""Citations and interviews: what a text says it rests on."""

from sourcebook.reading.citations.faults import citation_faults, interview_faults
from sourcebook.reading.citations.interviews import InterviewMention
from sourcebook.reading.citations.reader import read_citations, read_interviews
from sourcebook.reading.citations.works import CitationMention

__all__ = [
    "CitationMention",
    "InterviewMention",
    "citation_faults",
    "interview_faults",
    "read_citations",
    "read_interviews",
]
