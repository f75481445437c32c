"""Language models: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity

LLM = "model: {llm: {%s}}\n"
MODEL = "{id: a, tokens_in: 1000, tokens_out: 0, price_in: 1, price_out: 0}"
ASKED = "problem: {scale: {volume_day: 1000}%s}\nmodel: {llm: {models: [%s]}}\n"


def test_a_prompt_may_fill_its_window(said):
    full = "model: {llm: {context: {window: %s, system: 100, question: 50, output: 50}}}\n"
    assert said("LLM-08", full % 200) == []
    assert said("LLM-08", full % 199) == ["error model.llm.context.window"]


@pytest.mark.parametrize(
    ("parts", "largest"),
    [
        ("system: 100, history: 500, output: 50", "history"),
        ("system: 300, chunks: 2, chunk_tokens: 200", "chunks"),
        ("system: 100, question: 100, output: 300", "output"),
    ],
)
def test_a_full_window_names_what_fills_most_of_it(named, parts, largest):
    full = LLM % f"context: {{window: 200, {parts}}}"
    assert named("LLM-08", full) == [("model.llm.context.window", f"model.llm.context.{largest}")]


@pytest.mark.parametrize(
    ("stages", "own", "other"),
    [
        ("{kind: alignment, data_kind: preferences}, {kind: sft}", "[0]", "[1]"),
        ("{kind: sft}, {kind: alignment, data_kind: text}", "[1].data_kind", "[1].kind"),
        ("{kind: reward_model, data_kind: prompt_response}", "[0].data_kind", "[0].kind"),
        ("{kind: sft, data_kind: text}", "[0].data_kind", "[0].kind"),
        ("{kind: sft, loss_on: all}", "[0].loss_on", "[0].kind"),
    ],
)
def test_a_stage_out_of_order_or_on_other_data_names_both_facts(named, stages, own, other):
    places = (f"model.llm.stages{own}", f"model.llm.stages{other}")
    assert named("LLM-16", LLM % f"stages: [{stages}]") == [places]


def test_all_models_of_a_request_share_the_budget(said):
    budget = ', constraints: [{kind: cost, op: "<=", value: %s, unit: EUR/month}]'
    assert said("LLM-09", ASKED % (budget % 30, MODEL)) == []
    assert said("LLM-09", ASKED % (budget % 30, f"{MODEL}, {MODEL.replace('a,', 'b,')}")) == ["error model.llm.models"]


def test_a_bill_without_a_budget_is_a_warning(said):
    assert said("LLM-09", ASKED % ("", MODEL)) == ["warning model.llm.models"]
    assert said("LLM-09", ASKED % ("", "{id: a, tokens_in: 1000, tokens_out: 0}")) == []


BUDGET = ', constraints: [{kind: cost, op: "<=", value: %s, unit: EUR/%s}]'


@pytest.mark.parametrize(("limit", "found"), [(0.002, []), (0.0019, ["error model.llm.models"])])
def test_a_budget_of_one_request_needs_no_number_of_them(said, limit, found):
    both = f"{MODEL}, {MODEL.replace('a,', 'b,')}"
    asked = ASKED % (BUDGET % (limit, "request"), both)
    assert said("LLM-09", asked) == said("LLM-09", asked.replace("{volume_day: 1000}", "{}")) == found
    assert said("LLM-09", asked.replace("unit:", "applies_to: a, unit:")) == []


@pytest.mark.parametrize(
    ("limit", "cached", "found"),
    [
        (16.5, "", []),
        (16.4, "", ["warning model.llm.models"]),
        (5.7, "", ["warning model.llm.models"]),
        (5.6, "", ["error model.llm.models"]),
        (5.7, ", price_cached: 0.1", []),
        (16.4, ", price_cached: 0.5", ["error model.llm.models"]),
    ],
)
def test_what_a_cached_token_costs_is_known_or_a_tenth_to_a_half(said, limit, cached, found):
    model = MODEL.replace("}", f", cached_share: 90%{cached}}}")
    assert said("LLM-09", ASKED % (BUDGET % (limit, "month"), model)) == found


@pytest.mark.parametrize("kind", ["embedding", "reranker"])
def test_a_model_that_only_reads_is_billed_for_what_it_reads(said, kind):
    """Neither the answer nor the prompt of the model beside it are its own."""
    reads = f"{{id: e, kind: {kind}, hosting: api, tokens_in: 1000, price_in: 1}}"
    context = "\nmodel: {llm: {context: {system: 9000, output: 900}, models"
    asked = (ASKED % (BUDGET % ("%s", "month"), "%s")).replace("\nmodel: {llm: {models", context)
    assert said("LLM-09", asked % (30, reads)) == []
    assert said("LLM-09", asked % (29, reads)) == ["error model.llm.models"]
    assert said("LLM-09", asked % (29, reads.replace("tokens_in: 1000, ", ""))) == []


def test_a_model_without_a_bill_is_named_where_others_keep_to_the_budget(said):
    asked = ASKED % (BUDGET % ("%s", "month"), MODEL + ", {id: b, hosting: %s, price_out: 4}")
    assert said("LLM-09", asked % (30, "api"), Maturity.PILOT) == ["info model.llm.models"]
    assert said("LLM-09", asked % (29, "api"), Maturity.PILOT) == ["error model.llm.models"]
    both = asked.replace("constraints: [", "constraints: [{kind: cost, value: 9, unit: EUR/request}, ")
    assert said("LLM-09", both % (30, "api"), Maturity.PILOT) == ["info model.llm.models"]
    assert said("LLM-09", asked % (30, "own"), Maturity.PILOT) == said("LLM-09", asked % (30, "api")) == []


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("tokens_in: 900, tokens_out: 100", []),
        ("tokens_in: 900, tokens_out: 101", ["error model.llm.models[a].tokens_in"]),
        ("tokens_in: 1001", ["error model.llm.models[a].tokens_in"]),
        ("tokens_out: 1001", []),
        ("tokens_in: 8000, kind: embedding", []),
    ],
)
def test_one_call_fits_the_window(said, model, found):
    assert said("LLM-08", LLM % f"context: {{window: 1000}}, models: [{{id: a, {model}}}]") == found


@pytest.mark.parametrize(
    ("models", "found"),
    [
        ("{id: a, tokens_out: 600}", []),
        ("{id: a, tokens_out: 601}", ["warning model.llm.models[a].tokens_out"]),
        ("{id: a, tokens_out: 601}, {id: planner, tokens_out: 900}", []),
        ("{id: a, tokens_out: 601}, {id: vectors, kind: embedding}", ["warning model.llm.models[a].tokens_out"]),
    ],
)
def test_a_usual_answer_is_no_longer_than_the_longest(said, models, found):
    assert said("LLM-08", LLM % f"context: {{output: 600}}, models: [{models}]") == found


def test_weights_and_the_cache_of_everybody_share_the_gpus(said):
    served = """
      model:
        llm:
          context: {window: 8192}
          serving: {params: 8B, weight_bytes: 2, layers: 32, kv_heads: 8, head_dim: 128, kv_bytes: 2,
            concurrency: %s, gpus: 1, gpu_memory_gb: 40}
    """
    assert said("LLM-11", served % 18) == []
    assert said("LLM-11", served % 19) == ["error model.llm.serving.gpus"]


@pytest.mark.parametrize(
    "judge",
    ["a reasoning model", "LLM", "gpt-4o with a rubric", "Qwen3", "the grader, twice", "большая модель с рубрикой"],
)
def test_a_judge_that_is_a_model_is_compared_with_people(said, judge):
    models = "models: [{id: grader}], evaluation: {judge: '%s'%s}"
    assert said("LLM-02", LLM % models % (judge, "")) == ["warning model.llm.evaluation.judge_agreement"]
    assert said("LLM-02", LLM % models % (judge, ", judge_agreement: 80%")) == []


@pytest.mark.parametrize(
    "judge", ["two editors", "editors who read the model's answers", "two support agents", "редакторы, ответы модели"]
)
def test_a_judge_that_is_a_person_needs_no_person(said, judge):
    assert said("LLM-02", LLM % f'models: [{{id: edit}}], evaluation: {{judge: "{judge}"}}') == []


@pytest.mark.parametrize("corpus", ["", "source: handbook", "access_filter: by group", "private: false"])
def test_documents_are_private_only_where_that_is_said(said, corpus):
    assert said("LLM-04", LLM % f"corpus: {{{corpus}}}") == []


def test_an_index_lags_behind_what_is_promised_of_it(said):
    promise = "problem: {constraints: [{kind: freshness, op: '<=', value: 60, unit: min%s}]}\n"
    corpus = LLM % "knowledge: rag, corpus: {source: handbook, %s}"
    late = corpus % "index_lag_minutes: 61, delete_lag_minutes: 60"
    index, delete = "warning model.llm.corpus.index_lag_minutes", "warning model.llm.corpus.delete_lag_minutes"
    assert said("LLM-05", promise % "" + late) == [index]
    assert said("LLM-05", promise % ", applies_to: handbook" + late) == [index]
    assert said("LLM-05", promise % ", applies_to: click_log" + late) == []
    assert said("LLM-05", promise % "" + corpus % "index_lag_minutes: 60, delete_lag_minutes: 90") == [delete]
    assert said("LLM-05", corpus % "index_lag_minutes: 60, delete_lag_minutes: 60") == []


def test_an_index_that_nobody_has_needs_no_lag(said):
    index, delete = "warning model.llm.corpus.index_lag_minutes", "warning model.llm.corpus.delete_lag_minutes"
    assert said("LLM-05", LLM % "knowledge: prompt") == []
    assert said("LLM-05", LLM % "knowledge: rag") == [delete]
    assert said("LLM-05", LLM % "knowledge: prompt, corpus: {delete_lag_minutes: 5}") == [index]


@pytest.mark.parametrize(
    "design",
    [
        "model: {task: translation, llm: {knowledge: prompt}}\n",
        "model: {llm: {models: [{id: a, kind: embedding}, {id: b, kind: reranker}]}}\n",
    ],
)
def test_what_claims_nothing_has_nothing_to_admit(said, design):
    assert said("LLM-06", design) == []


def test_one_model_that_answers_has_to_know_its_end(said):
    models = "models: [{id: a, kind: embedding}, {id: b, kind: instruct}]"
    assert said("LLM-06", LLM % models) == ["warning model.llm.abstention"]


@pytest.mark.parametrize(
    "design",
    [
        "metrics: {online: [{id: hallucinations}], offline: [{id: recall}]}\nmodel: {llm: {knowledge: rag}}\n",
        "metrics: {offline: [{id: recall}]}\nmodel: {llm: {knowledge: rag, output_feeds: sql}}\n",
        "metrics: {offline: [{id: recall}]}\nmodel: {llm: {knowledge: [prompt, tools]}}\n",
        "metrics: {business: [{id: cost}]}\nmodel: {llm: {knowledge: rag}}\n",
    ],
)
def test_answers_without_documents_need_no_grounding(said, design):
    assert said("LLM-07", design) == []


def test_a_summary_rests_on_its_document(said):
    summary = "metrics: {offline: [{id: rouge}]}\nmodel: {task: summarisation, llm: {knowledge: prompt}}\n"
    assert said("LLM-07", summary) == ["warning model.llm.knowledge"]


PROMISED = "problem: {constraints: [{kind: latency, op: '<=', value: %s, unit: ms}]}\n"


def test_a_complete_answer_may_come_at_the_last_moment(said):
    served = LLM % "context: {output: 100}, serving: {ttft_ms: 500, tokens_per_second: 50, streaming: %s}"
    whole, first = "error model.llm.serving.tokens_per_second", "error model.llm.serving.ttft_ms"
    assert said("LLM-10", PROMISED % 2500 + served % "false") == []
    assert said("LLM-10", PROMISED % 2499 + served % "false") == [whole]
    assert said("LLM-10", PROMISED % 500 + served % "true") == []
    assert said("LLM-10", PROMISED % 499 + served % "true") == [first]
    assert said("LLM-10", PROMISED % 499 + served % "false") == [first]
    assert said("LLM-10", served % "false") == []


@pytest.mark.parametrize(
    ("limit", "usual", "kind", "found"),
    [
        (2500, 50, "base", []),
        (2499, 50, "base", ["warning"]),
        (1500, 50, "base", ["warning"]),
        (1499, 50, "base", ["error"]),
        (2499, 50, "embedding", ["error"]),
        (2499, 100, "base", ["error"]),
    ],
)
def test_it_only_warns_where_a_usual_answer_comes_in_time(said, limit, usual, kind, found):
    """100 tokens take 2,000 ms and 50 take 1,000, after 500 ms to the first."""
    served = "context: {output: 100}, serving: {ttft_ms: 500, tokens_per_second: 50, streaming: false}"
    models = f"models: [{{id: a, kind: {kind}, tokens_out: {usual}}}]"
    assert said("LLM-10", PROMISED % limit + LLM % f"{models}, {served}") == [
        f"{word} model.llm.serving.tokens_per_second" for word in found
    ]


def test_of_several_models_it_is_not_known_which_one_answers(said):
    served = "context: {output: 100}, serving: {ttft_ms: 500, tokens_per_second: 50, streaming: false}"
    models = "models: [{id: a, tokens_out: 50}, {id: b, tokens_out: 50}]"
    assert said("LLM-10", PROMISED % 2000 + LLM % f"{models}, {served}") == [
        "error model.llm.serving.tokens_per_second"
    ]


def test_where_nobody_says_whether_it_is_streamed_it_may_be(said):
    served = LLM % "context: {output: 100}, serving: {ttft_ms: 500, tokens_per_second: 50}"
    assert said("LLM-10", PROMISED % 2499 + served) == ["warning model.llm.serving.tokens_per_second"]
    assert said("LLM-10", PROMISED % 499 + served) == ["error model.llm.serving.ttft_ms"]


@pytest.mark.parametrize(
    ("limit", "calls", "streaming", "agent", "found"),
    [
        (7500, 5, "false", "{typical_steps: 4}", []),  # 5 · (500 + 1,000) ms
        (7499, 5, "false", "{typical_steps: 4}", ["warning"]),
        (5999, "", "false", "{typical_steps: 4}", ["warning"]),
        (6000, "", "false", "{typical_steps: 4}", []),
        (7499, 5, "true", "{typical_steps: 4}", []),
        (7499, 5, "false", "", []),  # calls of no agent may run side by side
        (2499, 5, "false", "{typical_steps: 4}", ["warning"]),  # one call alone is late already
    ],
)
def test_an_agent_answers_after_all_its_calls(said, limit, calls, streaming, agent, found):
    often = f", calls_per_request: {calls}" if calls else ""
    served = f"context: {{output: 100}}, serving: {{ttft_ms: 500, tokens_per_second: 50, streaming: {streaming}}}"
    model = f"model: {{llm: {{models: [{{id: a, tokens_out: 50{often}}}], {served}}}, agent: {agent or 'null'}}}\n"
    places = [f"{word} model.llm.serving.tokens_per_second" for word in found]
    assert said("LLM-10", PROMISED % limit + model) == places


PATH = """
pipeline: {components: [{id: a, role: llm, p99_ms: 500}, {id: g, role: %s, p99_ms: 100}], request_path: %s, flows: [%s]}
"""
STREAMED = LLM % "context: {output: 100}, serving: {ttft_ms: 500, tokens_per_second: 50, streaming: %s}"


@pytest.mark.parametrize(
    ("role", "path", "flows", "streaming", "found"),
    [
        ("guard", "[a, g]", "", "true", True),
        ("policy", "[a, g]", "{from: a, to: g, mode: sync}", "true", True),
        ("guard", "[a, g]", "{from: a, to: g, mode: stream}", "true", False),
        ("guard", "[[a, g]]", "", "true", False),
        ("guard", "[g, a]", "", "true", False),
        ("guard", "[a, g]", "", "false", False),
        ("online_store", "[a, g]", "", "true", False),
    ],
)
def test_a_guard_reads_an_answer_before_it_is_shown(said, role, path, flows, streaming, found):
    design = STREAMED % streaming + PATH % (role, path, flows)
    place = " model.llm.serving.streaming"
    assert said("LLM-10", design) == ["info" + place] * found
    assert said("LLM-10", design, Maturity.PILOT) == ["warning" + place] * found


def test_the_first_token_passes_the_checks_after_the_model(said):
    design = STREAMED % "true" + PATH % ("guard", "[a, g]", "{from: a, to: g, mode: stream}")
    assert said("LLM-10", PROMISED % 600 + design) == []
    assert said("LLM-10", PROMISED % 599 + design) == ["error model.llm.serving.ttft_ms"]


@pytest.mark.parametrize("streaming", ["true", "false", "null"])
def test_a_model_that_works_for_a_later_step_is_held_by_its_whole_path(found, said, streaming):
    """500 ms to the first token, 2000 for the 100 tokens, 100 ms of the search: nobody reads a first token."""
    design = STREAMED % streaming + PATH % ("retrieval", "[a, g]", "")
    assert said("LLM-10", PROMISED % 2600 + design) == []
    (only,) = found("LLM-10", PROMISED % 2599 + design)
    assert (only.severity.word, only.path) == ("error", "model.llm.serving.tokens_per_second")
    assert only.message.text.startswith("With the longest output of the language model the request path takes")
    assert not any("streaming" in way.text for way in only.ways_out)


@pytest.mark.parametrize(
    ("limit", "block", "found"),
    [(2600, "a", []), (2599, "a", ["warning"]), (2500, "a", ["warning"]), (2499, "a", ["error"]), (9, "g", [])],
)
@pytest.mark.parametrize("streaming", ["true", "false"])
def test_a_promise_of_the_block_that_writes_is_one_of_its_whole_answer(said, limit, block, found, streaming):
    """The time of the other steps is another block's, so it only warns."""
    whole = (PROMISED % limit).replace("unit", f"applies_to: {block}, unit")
    design = whole + STREAMED % streaming + PATH % ("guard", "[a, g]", "{from: a, to: g, mode: stream}")
    assert said("LLM-10", design) == [f"{word} model.llm.serving.tokens_per_second" for word in found]


@pytest.mark.parametrize(
    "model",
    [
        "{baseline: {kind: prompt only}, llm: {knowledge: fine_tuning}}",
        "{candidates: [{id: a, family: llm}, {id: b, family: fine_tuned}], llm: {knowledge: fine_tuning}}",
        "{llm: {knowledge: fine_tuning, stages: [{kind: pretraining, teaches: facts}]}}",
        "{llm: {knowledge: rag, stages: [{kind: sft, teaches: format}]}}",
    ],
)
def test_tuning_after_something_simpler_is_left_alone(said, model):
    assert said("LLM-12", f"model: {model}\n") == []


def test_tuning_comes_last_and_teaches_no_facts(said):
    candidates = "candidates: [{id: b, family: fine_tuned}, {id: a, family: llm}]"
    assert said("LLM-12", f"model: {{{candidates}, llm: {{knowledge: fine_tuning}}}}") == [
        "warning model.llm.knowledge"
    ]
    stages = "knowledge: [rag, fine_tuning], stages: [{kind: sft, teaches: facts}]"
    assert said("LLM-12", LLM % stages) == ["warning model.llm.stages[0].teaches"]


def test_models_and_prompts_are_pinned(said):
    pinned = LLM % "models: [{id: a, hosting: %s}]" + "deploy: {versions: [%s], retraining: {gate: all cases}}\n"
    assert said("LLM-13", pinned % ("own", "model, prompt")) == []
    assert said("LLM-13", pinned % ("own", "prompt")) == ["warning model.llm.models"]
    assert said("LLM-13", pinned % ("api", "model, prompt")) == ["warning model.llm.models"]
    assert said("LLM-13", pinned % ("own", "model")) == ["warning model.llm.models"]
    assert said("LLM-13", pinned % ("own", "model"), Maturity.DESIGN) == []


def test_a_model_that_nobody_trains_here_passes_a_gate_too(said):
    """Of a model that is trained here, DEP-10 asks for the gate."""
    pinned = LLM % "models: [{id: a, hosting: %s, version: v7}]" + "deploy: {versions: prompt}\n"
    assert said("LLM-13", pinned % "api") == ["warning model.llm.evaluation"]
    assert said("LLM-13", pinned % "own") == ["warning model.llm.evaluation"]
    assert said("LLM-13", (pinned % "own").replace("models:", "stages: {kind: sft}, models:")) == []


def test_training_and_evaluation_are_kept_apart(said):
    place = ["warning model.llm.evaluation.decontamination"]
    assert said("LLM-15", LLM % "knowledge: fine_tuning, evaluation: {golden_set: 90}") == place
    assert said("LLM-15", LLM % "knowledge: rag, evaluation: {golden_set: 90}") == []
    assert said("LLM-15", LLM % "knowledge: fine_tuning") == []


@pytest.mark.parametrize(("days", "severity"), [(4.8, []), (4.7, ["warning"]), (3.9, ["warning"]), (3.8, ["error"])])
def test_a_training_may_take_a_quarter_longer_before_it_is_an_error(said, days, severity):
    """7B on 1T tokens: 4.8 days of 256 H100 at 40 %."""
    stage = "stages: [{kind: sft, params: 7B, tokens: 1T, gpus: 256, peak_tflops: 989%s}]"
    assert said("LLM-17", LLM % stage % f", days: {days}") == [f"{word} model.llm.stages[0].days" for word in severity]
    assert said("LLM-17", LLM % stage % "") == []


@pytest.mark.parametrize(("params", "found"), [("70B", True), ("4B", False), ("", False)])
def test_an_adapter_is_judged_by_the_model_it_sits_in(said, params, found):
    """40M parameters in a frozen 70B on 2B tokens: 16 days of an H100, and a day in 4B."""
    stage = "kind: sft, method: lora, params: 40M, tokens: 2B, gpus: 1, peak_tflops: 989, days: 1"
    written = LLM % f"serving: {{params: {params or 'null'}}}, stages: [{{{stage}}}]"
    assert said("LLM-17", written) == (["error model.llm.stages[0].days"] if found else [])


def test_a_large_model_on_few_tokens_is_mentioned(said):
    stage = "stages: [{kind: %s, params: 70B, tokens: %s}]"
    assert said("LLM-17", LLM % stage % ("pretraining", "699B")) == ["info model.llm.stages[0].tokens"]
    assert said("LLM-17", LLM % stage % ("pretraining", "700B")) == []
    assert said("LLM-17", LLM % stage % ("sft", "1B")) == []


@pytest.mark.parametrize(
    ("metrics", "model", "found"),
    [
        ("task_success", "{llm: {reads: user_text}}", True),
        ("refusal_accuracy", "{llm: {reads: user_text}}", False),
        ("over_refusal_rate", "{llm: {output_feeds: human}}", True),
        ("task_success", "{llm: {reads: user_text, output_feeds: code}}", False),
        ("chrf", "{task: translation, llm: {output_feeds: human}}", False),
        ("task_success", "{llm: {knowledge: prompt}}", False),
        ("task_success", "{llm: {reads: user_files, output_feeds: human, models: {id: a, kind: base}}}", False),
        ("task_success", "{llm: {reads: user_files, output_feeds: human, models: {id: a, kind: instruct}}}", True),
        ("task_success", "{llm: {reads: user_text, output_feeds: human, models: {id: a, kind: base}}}", True),
        ("task_success", "{llm: {output_feeds: human, models: {id: a, kind: base}}}", True),
    ],
)
def test_whoever_talks_to_people_is_asked_for_both_ends(said, metrics, model, found):
    design = f"metrics: {{offline: [{{id: {metrics}}}]}}\nmodel: {model}\n"
    assert said("LLM-18", design) == ["warning model.llm.evaluation"] * found


@pytest.mark.parametrize("consumer", ["", "output_feeds: human", "output_validation: a schema"])
def test_what_people_read_is_not_validated(said, consumer):
    assert said("LLM-19", LLM % consumer) == []


def test_a_base_model_has_no_prompt(said):
    pinned = LLM % "stages: {kind: pretraining}, models: {id: a, hosting: own, kind: %s, version: v1}"
    assert said("LLM-13", pinned % "base") == []
    assert said("LLM-13", pinned % "instruct") == ["warning model.llm.models"]


@pytest.mark.parametrize("kind", ["embedding", "reranker"])
def test_what_writes_nothing_has_no_prompt(said, kind):
    pinned = LLM % "stages: {kind: sft}, models: [{id: a, hosting: own, version: v1, kind: %s}%s]"
    assert said("LLM-13", pinned % (kind, "")) == []
    assert said("LLM-13", pinned % (kind, ", {id: b, hosting: own, version: v1}")) == ["warning model.llm.models"]


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("hosting: api, version: gpt-4o", True),
        ("hosting: api, version: claude-sonnet-4-5", True),
        ("hosting: api, version: gpt-4o-2024-08-06", False),
        ("hosting: api, version: gemini-2.0-flash-001", False),
        ("hosting: api, version: command-r-08-2024", False),
        ("hosting: api, version: llama-3.3-70b-versatile", False),
        ("hosting: api, version: large@2026-01", False),
        ("hosting: api, version: text-embedding-small, kind: embedding", False),
        ("hosting: own, version: qwen3", False),
        ("version: gpt-4o", False),
        ("hosting: own, version: stable", True),
        ("hosting: own, version: org/model@main", True),
        ("hosting: own, version: Latest-2026-01", True),
    ],
)
def test_a_name_that_moves_is_not_pinned(said, model, found):
    pinned = LLM % f"models: [{{id: a, {model}}}]" + "deploy: {versions: prompt, retraining: {gate: all cases}}\n"
    assert said("LLM-13", pinned) == ["warning model.llm.models"] * found


WRITER = """
  problem: {{scale: {{rps_peak: 1}}}}
  model:
    llm:
      context: {{output: 64}}
      models: [{{id: writer, hosting: {hosting}, tokens_out: 25}}]
      serving: {{ttft_ms: 120, tokens_per_second: 120, concurrency: 48{serving}}}
  pipeline: {{components: [{{id: writer, role: llm, replicas: 2, {block}}}], request_path: [writer]}}
"""


@pytest.mark.parametrize(("rate", "found"), [(100, False), (175, False), (176, True), (800, True)])
def test_a_copy_takes_what_its_places_make(said, rate, found):
    """48 places of 328 ms, the first token and 25 more at 120 a second, make 146 calls a second; a fifth is noise."""
    written = WRITER.format(hosting="own", serving="", block=f"capacity_rps: {rate}")
    assert said("LLM-20", written) == (["error model.llm.serving.concurrency"] if found else [])


@pytest.mark.parametrize(
    ("hosting", "serving", "block", "found"),
    [
        ("own", ", gpus: 1", "p99_ms: 100", ["error pipeline.components[writer].p99_ms"]),
        ("own", ", gpus: 1", "p99_ms: 120", []),
        ("api", "", "p99_ms: 400", []),
        ("api", ", gpus: 1", "p99_ms: 400", ["warning model.llm.serving.gpus"]),
        ("api", ", params: 8B", "p99_ms: 400", ["warning model.llm.serving.params"]),
    ],
)
def test_a_block_and_its_model_say_one_thing(said, hosting, serving, block, found):
    assert said("LLM-21", WRITER.format(hosting=hosting, serving=serving, block=block)) == found


SIZED = """\
model: {llm: {models: [{id: m, hosting: own}], serving: {params: 70B, weight_bytes: 2, gpus: 2, gpu_memory_gb: 80}}}
pipeline: {components: [{id: w, role: llm, %s}], request_path: [w]}
"""


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ("gpus: 2, memory_gb: 160, holds: {what: weights, rows: 70.6B, bytes: 2}", None),
        ("gpus: 2, memory_gb: 80, holds: {what: weights, rows: 70B}", None),
        ("gpus: 2, memory_gb: 24", None),
        ("gpus: 1", "gpus"),
        ("gpus: 0", "gpus"),
        ("gpus: 8", None),
        ("holds: {what: weights, rows: 1.7B}", "holds[0].rows"),
        ("gpus: 1, memory_gb: 24, holds: {what: weights, rows: 1.7B}", "holds[0].rows"),
        ("holds: {what: weights, rows: 70B, bytes: 1}", "holds[0].bytes"),
        ("memory_gb: 24, holds: {what: weights, rows: 70B}", "memory_gb"),
        ("holds: [{what: weights, rows: 1.7B}, {what: weights, rows: 70B}]", None),
        ("holds: {what: table, rows: 1M}", None),
    ],
)
def test_a_block_and_its_model_are_of_one_size(said, block, place):
    expected = [f"error pipeline.components[w].{place}"] if place else []
    assert said("LLM-21", SIZED % block) == expected


def test_the_thresholds_of_the_fields_are_held(said):
    cases = LLM % "evaluation: {golden_set: %s}"
    assert said("LLM-01", cases % 49) == []
    assert said("LLM-01", cases % 49, Maturity.DESIGN) == ["warning model.llm.evaluation.golden_set"]
    assert said("LLM-01", cases % 50, Maturity.DESIGN) == []
    judged = LLM % "evaluation: {judge: two editors, judge_agreement: %s}"
    assert said("LLM-02", judged % "79%") == ["warning model.llm.evaluation.judge_agreement"]
    assert said("LLM-02", judged % "80%") == []
