"""How one knows that a language model is good enough."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.design import Design
from mlsd.design.llm import Llm
from mlsd.lint import Finding, Maturity, Severity, rule

STRANGERS = frozenset({"user_files", "web", "email", "tool_output"})
"""What may carry orders of somebody who is not the user."""


@rule("LLM-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NL", "AA", "BK", "COR"])
def no_golden_set(llm: Llm) -> Iterator[Finding]:
    """There is no set of hand-checked cases.

    A prompt, a model version, a chunk size: each change moves some answers up and others down. Without a hundred to
    five hundred checked cases nobody can say which. 38 % of the public documents with a language model have none.

    Ask: Which cases would you run before letting a new prompt live, and how many are there?
    False positives: none known.

    Bad:
    ```yaml
    model: {llm: {knowledge: prompt}}
    ```
    Good:
    ```yaml
    model: {llm: {knowledge: prompt, evaluation: {golden_set: 300}}}
    ```
    """
    if not llm.evaluation.golden_set:
        yield Finding("No evaluation set of hand-checked cases is named.", at="evaluation.golden_set")


@rule("LLM-03", Severity.WARNING, since=Maturity.INTERVIEW, sources=["BK", "AD"])
def rag_without_retrieval_eval(llm: Llm, design: Design) -> Iterator[Finding]:
    """Retrieval feeds the model, but no metric looks at retrieval alone.

    If the right passage is not among the retrieved ones, no prompt can save the answer. Recall of retrieval is the
    ceiling of everything after it, and cheap to measure.

    Ask: In what share of the questions is the passage with the answer among the retrieved ones?
    False positives: none known.

    Bad:
    ```yaml
    metrics: {offline: [{id: faithfulness}]}
    model: {llm: {knowledge: rag}}
    ```
    Good:
    ```yaml
    metrics: {offline: [{id: recall_at_10}, {id: faithfulness}]}
    model: {llm: {knowledge: rag}}
    ```
    """
    if "rag" not in llm.knowledge:
        return
    entries = (known_metric(metric.metric or metric.id) for metric in design.metrics.offline)
    if not any(entry and "retrieval" in entry.flags for entry in entries):
        yield Finding(
            "The model answers from retrieved passages, but no offline metric looks at retrieval.", at="knowledge"
        )


@rule("LLM-14", Severity.ERROR, since=Maturity.DESIGN, sources=["OL1", "NL", "BK", "COR"])
def untrusted_content_undefended(llm: Llm) -> Iterator[Finding]:
    """The model reads what strangers wrote, and nothing keeps that from giving orders.

    Text from files, the web, e-mail or tools is read by the same model that reads your instructions. “Ignore what
    you were told” in a web page is an attack that needs no access at all. 77 % of the public documents with a
    language model say nothing about it.

    Ask: What happens when a page it reads contains instructions?
    False positives: the content is written by your own people only; then it is `documents`.

    Bad:
    ```yaml
    model: {llm: {reads: [web]}}
    ```
    Good:
    ```yaml
    model: {llm: {reads: [web], injection_control: passages are quoted as data and cannot call tools}}
    ```
    """
    strange = sorted(STRANGERS & set(llm.reads))
    if strange and not llm.injection_control:
        yield Finding(
            "The model reads {what}, and nothing keeps it from obeying what stands there.", at="reads", what=strange
        )
