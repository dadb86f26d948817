"""The coding desk: a document coded sentence by sentence, and its sheet edited."""
