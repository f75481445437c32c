"""Rules about the text of the document."""
