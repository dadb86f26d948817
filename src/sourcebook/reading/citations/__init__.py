"""Citations and interviews: what a text says it rests on."""

from sourcebook.reading.citations.citation_reader import read_citations, read_interviews
from sourcebook.reading.citations.cited_works import CitationMention
from sourcebook.reading.citations.interviews import InterviewMention, interview_faults

__all__ = [
    "CitationMention",
    "InterviewMention",
    "interview_faults",
    "read_citations",
    "read_interviews",
]
