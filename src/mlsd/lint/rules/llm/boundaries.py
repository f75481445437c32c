"""What a language model may read, and what becomes of what it answers."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.promised import promises
from mlsd.derived.served import WRITES_NOTHING
from mlsd.design import Design
from mlsd.design.llm import Corpus, Llm
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, minutes_of, short

STRANGERS = frozenset({"user_files", "web", "email", "tool_output"})
"""What may carry orders of somebody who is not the user."""
SEARCHED = frozenset({"vector_index", "text_index", "retrieval"})
"""Roles of blocks that a promise about the freshness of documents may name."""
RUN = frozenset({"code", "sql", "tool"})
"""Consumers that run an answer instead of reading it."""
CLAIM_NOTHING = frozenset({"translation", "speech_recognition", "text_to_image", "pretraining"})
"""Tasks in which there is nothing to know, so nothing to admit."""
NO_ANSWER = WRITES_NOTHING | {"base"}
"""Kinds of models that give no answer to anybody."""


@rule("LLM-04", Severity.ERROR, since=Maturity.DESIGN, sources=["NL", "OL8"])
def rag_no_acl(corpus: Corpus) -> Iterator[Finding]:
    """Retrieval searches documents that not everybody may see, and no rights are checked in the search.

    What retrieval finds, the model may say, and asking it not to is no lock. The salary table of one department is
    then one clever question away from every other, and with several customers in one index the passages of one
    answer the questions of another. The filter belongs into the query, before the model reads a word.

    Ask: Two people ask the same question: which line makes them get different passages?
    False positives: none known; documents that everybody may see are `private: false`.

    Bad:
    ```yaml
    model: {llm: {knowledge: rag, corpus: {private: true}}}
    ```
    Good:
    ```yaml
    model: {llm: {knowledge: rag, corpus: {private: true, access_filter: groups of the reader in the query}}}
    ```
    """
    if corpus.private and not corpus.access_filter:
        yield Finding(
            "Not everybody may see the documents that are searched, and nothing checks the rights of the reader.",
            at="access_filter",
            ways_out=[Sentence("closes with access_filter: tenant and group in the index, checked at the query")],
        )


@rule("LLM-05", Severity.WARNING, since=Maturity.DESIGN, sources=["NL", "BK"])
def index_staleness(llm: Llm, design: Design) -> Iterator[Finding]:
    """Nobody knows how soon a changed or deleted document reaches the index, or it takes longer than promised.

    An index is a copy. For as long as it lags, the assistant quotes last month's price with a link that looks right,
    and a document that was deleted because it had to be goes on answering. Deleting is the slower of the two: caches
    and backups of the index hold copies as well.

    Ask: A page is corrected at noon and another withdrawn: when does the last answer use the old text of each?
    False positives: documents that never change; both lags are then 0.

    Bad:
    ```yaml
    problem: {constraints: [{id: fresh, kind: freshness, op: "<=", value: 1, unit: h}]}
    model: {llm: {knowledge: rag, corpus: {index_lag_minutes: 1440, delete_lag_minutes: 60}}}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: fresh, kind: freshness, op: "<=", value: 1, unit: h}]}
    model: {llm: {knowledge: rag, corpus: {index_lag_minutes: 15, delete_lag_minutes: 60}}}
    ```
    """
    corpus = llm.corpus
    if "rag" not in llm.knowledge and corpus.is_empty:
        return
    missing = [] if corpus.index_lag_minutes is not None else [Sentence("a change")]
    missing += [] if corpus.delete_lag_minutes is not None else [Sentence("a deletion")]
    if missing:
        at = "corpus.delete_lag_minutes" if corpus.delete_lag_minutes is None else "corpus.index_lag_minutes"
        yield Finding("Nothing says how soon the index knows of: {missing}.", at=at, missing=missing)
    for path, constraint in promises(design, "freshness"):
        limit = minutes_of(constraint)
        if limit is None or (constraint.applies_to and not _searched(design, corpus) & set(constraint.applies_to)):
            continue
        for field in ("index_lag_minutes", "delete_lag_minutes"):
            lag = getattr(corpus, field)
            if lag is not None and lag > limit:
                yield Finding(
                    "The index lags {lag} minutes behind the documents ({field}), but {limit} are allowed.",
                    at=f"corpus.{field}",
                    also=path,
                    ways_out=[Sentence("closes at {field} ≤ {limit}", field=field, limit=at_most(limit))],
                    lag=short(lag),
                    field=field,
                    limit=short(limit),
                )


def _searched(design: Design, corpus: Corpus) -> set[str]:
    """Ids under which a promise may name the documents: their source, or a block that searches them."""
    blocks = {block.id for block in design.pipeline.components if block.id and block.role in SEARCHED}
    return blocks | ({corpus.source} if corpus.source else set())


@rule("LLM-06", Severity.WARNING, since=Maturity.INTERVIEW, sources=["NL", "BK", "AD"])
def no_abstention(llm: Llm, design: Design) -> Iterator[Finding]:
    """Nothing says what the model does when it does not know.

    A language model always has a next word, so without a way to say “not found” it makes an answer up, in the same
    tone as a true one. A way out costs a sentence in the prompt, a threshold on what was retrieved and somebody to
    hand over to; a wrong answer about somebody's contract costs more.

    Ask: The answer is in none of the documents: what does the person read, and who helps then?
    False positives: creative work (slogans, stories), where there is nothing to know; waive it.

    Bad:
    ```yaml
    model: {llm: {knowledge: rag}}
    ```
    Good:
    ```yaml
    model: {llm: {knowledge: rag, abstention: says so and hands over to support}}
    ```
    """
    kinds = {model.kind for model in llm.models}
    if llm.abstention or design.model.task in CLAIM_NOTHING or (kinds and kinds <= NO_ANSWER):
        return
    yield Finding("Nothing says what the model does when it does not know.", at="abstention")


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


@rule("LLM-19", Severity.WARNING, since=Maturity.DESIGN, sources=["OL5", "BK"])
def structured_output_unvalidated(llm: Llm) -> Iterator[Finding]:
    """What the model writes is run by a machine, and nothing checks it first.

    A person forgives a missing bracket; a parser stops, and SQL with a wrong column or a stranger's order in it runs.
    Even a model that keeps to a schema in 99 of 100 answers breaks it a thousand times on a day of 100,000 calls.
    Shape, ids and ranges are checked in code, with one retry and a way out after it.

    Ask: The answer is valid JSON with an id that does not exist: what happens next?
    False positives: constrained decoding guarantees the shape; name it, and say who checks the values.

    Bad:
    ```yaml
    model: {llm: {output_feeds: sql}}
    ```
    Good:
    ```yaml
    model: {llm: {output_feeds: sql, output_validation: read-only grammar and known columns}}
    ```
    """
    if llm.output_feeds in RUN and not llm.output_validation:
        yield Finding(
            "The output of the model is run ({what}), and nothing validates it first.",
            at="output_validation",
            ways_out=[Sentence("closes with output_validation: a schema, ids looked up, one retry, then a person")],
            what=llm.output_feeds,
        )
