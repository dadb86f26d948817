"""The public pages that the record rests on, asked whether they still answer."""
