"""What is suggested: the template's design, or one's own, in the language of the document."""

from __future__ import annotations

from mlsd.content.language import Language
from mlsd.content.prose import prose
from mlsd.design import Design
from mlsd.interview.plain import put


def spoken(design: Design, language: Language, domain: str) -> Design:
    """The design with its prose in the language, as far as the catalogue has it."""
    if language.code == "en" or design.is_empty:
        return design
    data = design.filled()
    for path, text in prose(design):
        put(data, path, language.text(domain, text))
    return Design.model_validate(data)
