"""Everything a document may use, as plain data: the design in words, what follows from it, what was found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd.content.language import LANGUAGES, Language
from mlsd.content.values import WORDS
from mlsd.design import Design
from mlsd.render.facts import Facts
from mlsd.render.facts.assumptions import assumptions
from mlsd.render.facts.bill import bill
from mlsd.render.facts.experiment import arms, experiment
from mlsd.render.facts.hierarchy import hierarchy, inherited
from mlsd.render.facts.language_model import agent, language_model
from mlsd.render.facts.learning import learning
from mlsd.render.facts.load import growth_note, load
from mlsd.render.facts.service import capacity, funnel, path_ms, service
from mlsd.render.pictures import Pictures
from mlsd.render.view.figures import Figures
from mlsd.render.view.headings import LEVELS, TRAITS
from mlsd.render.view.tree import Tree


def context(
    design: Design,
    language: Language,
    *,
    pictures: Pictures | None,
    findings: Sequence[Mapping[str, Any]] = (),
    waived: Sequence[Mapping[str, Any]] = (),
    template: Mapping[str, Any] | None = None,
    date: str | None = None,
) -> Facts:
    """The context of a document: dict, list, str, int, float, bool and None, nothing else.

    ``findings`` and ``waived`` are plain dicts with texts already in the document's language.
    """
    figures = Figures(language, design.currency)
    tree = Tree(design, figures)
    shown = tree.shown()
    inherited(design, shown)
    split = arms(design, figures)
    assumed = assumptions(design, language, shown, {("ab_test", "split"): ", ".join(split)})
    facts: Facts = {
        "load": load(design, figures, path_ms(design)) | {"later": growth_note(design, figures)},
        "service": service(design, figures, tree.names),
        "funnel": funnel(design, figures, tree.names),
        "capacity": capacity(design, figures, tree.names),
        "hierarchy": hierarchy(design, shown),
        "learning": learning(design, figures, shown),
        "llm": language_model(design, figures, shown),
        "agent": agent(design, figures),
        "untrained": _untrained(design),
        "bill": bill(design, figures),
        "test": experiment(design, figures),
        "arms": split,
        "every": {
            "features": _every(figures, design.deploy.feature_pipeline.cadence_hours),
            "retraining": _every(figures, design.deploy.retraining.cadence_hours),
        },
        "traits": _traits(design, tree),
        "fallback": _fallback(design, tree),
        "personal": any(attribute.personal for entity in design.data.entities for attribute in entity.attributes),
    }
    return {
        "design": shown,
        "facts": facts,
        "assumed": assumed,
        "findings": _asked_once([_finding(finding, language) for finding in findings]),
        "waived": [plain(finding) for finding in waived],
        "template": {"name": None, "title": None, "summary": None} | plain(template or {}),
        "date": date,
        "language": language.say(LANGUAGES[language.code]),
        "pictures": pictures.fences() if pictures else {},
    }


def _finding(finding: Mapping[str, Any], language: Language) -> Facts:
    empty = {"code": "", "severity": "", "message": "", "path": "", "question": "", "working": "", "ways_out": []}
    found: Facts = empty | plain(finding)
    word = WORDS.get(found["severity"])
    return found | {"severity_word": (language.say(word) if word else found["severity"]).capitalize()}


def _asked_once(findings: list[Facts]) -> list[Facts]:
    """The findings; of those of one rule in a row only the first bears the question they all ask."""
    before: list[Facts] = [{}, *findings]
    return [
        found | {"question": ""}
        if (found["code"], found["question"]) == (last.get("code"), last.get("question"))
        else found
        for last, found in zip(before, findings, strict=False)
    ]


def _every(figures: Figures, hours: float | None) -> str | None:
    return figures.every(hours) if hours else None


def _untrained(design: Design) -> bool:
    """Whether a language model is used as it is: what changes are its prompts, its tools and its version."""
    llm = design.model.llm
    return llm is not None and not llm.stages and not design.model.features


def _traits(design: Design, tree: Tree) -> list[str]:
    """What the design says of its problem against the template, in words."""
    found = []
    for trait, message in TRAITS.items():
        level = getattr(design.traits, trait)
        if level:
            words = f"{tree.figures.say(message)}: {tree.figures.say(LEVELS[level])}"
            found.append(tree.marked(words, ("traits", trait)))
    return found


def _fallback(design: Design, tree: Tree) -> str | None:
    """What people see when the model is down: a block by its name, or the words that stand there."""
    text = design.deploy.fallback
    blocks = {block.id for block in design.pipeline.components}
    return tree.marked(tree.names.of(text) if text in blocks else text, ("deploy", "fallback")) if text else None


def plain(value: Any) -> Any:
    """The value as JSON would carry it: exact built-in types, anything unknown as its text."""
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if value is None or isinstance(value, bool):
        return value
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    return str(value)
