"""The same design on paper: Markdown is the canonical text, HTML and PDF are made from it."""
