"""Quotations in running text, with every quotation mark accounted for."""

from sourcebook.reading.quotations.quotation_reader import (
    QuotationMention,
    read_quotations,
)

__all__ = ["QuotationMention", "read_quotations"]
