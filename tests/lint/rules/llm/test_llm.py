"""Language models: what the pages cannot show."""

from __future__ import annotations

MODEL = "{id: a, tokens_in: 1000, tokens_out: 0, price_in: 1, price_out: 0}"
ASKED = "problem: {scale: {volume_day: 1000}%s}\nmodel: {llm: {models: [%s]}}\n"


def test_a_prompt_may_fill_its_window(said):
    full = "model: {llm: {context: {window: %s, system: 100, question: 50, output: 50}}}\n"
    assert said("LLM-08", full % 200) == []
    assert said("LLM-08", full % 199) == ["error model.llm.context.window"]


def test_all_models_of_a_request_share_the_budget(said):
    budget = ', constraints: [{kind: cost, op: "<=", value: %s, unit: EUR/month}]'
    assert said("LLM-09", ASKED % (budget % 30, MODEL)) == []
    assert said("LLM-09", ASKED % (budget % 30, f"{MODEL}, {MODEL.replace('a,', 'b,')}")) == ["error model.llm.models"]


def test_a_bill_without_a_budget_is_a_warning(said):
    assert said("LLM-09", ASKED % ("", MODEL)) == ["warning model.llm.models"]
    assert said("LLM-09", ASKED % ("", "{id: a, tokens_in: 1000, tokens_out: 0}")) == []


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
