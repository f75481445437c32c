"""A design as a document needs it: every value already words in the document's language, every reference a name."""
