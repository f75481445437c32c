"""What a language model's training takes, and where in the path it stands."""

from __future__ import annotations

from typing import Any

import pytest

from mlsd.derived.every import every
from mlsd.derived.fact import Derived
from mlsd.derived.generation import hands_on, is_streamed
from mlsd.design import Design

ADAPTER = {"kind": "sft", "method": "lora", "params": 40_000_000, "tokens": 2_000_000_000}


def found(**stages: Any) -> dict[str, Derived]:
    return {derived.id: derived for derived in every(Design.model_validate(stages))}


def stages(*trained: dict[str, Any], params: int | None = None) -> dict[str, Derived]:
    return found(model={"llm": {"serving": {"params": params} if params else {}, "stages": list(trained)}})


@pytest.mark.parametrize("method", ["lora", "QLoRA", "qlora, 4 bit", "adapter"])
def test_an_adapter_takes_the_operations_of_its_whole_model(method: str) -> None:
    machines = {"gpus": 1, "peak_tflops": 989, "utilisation": 0.4, "days": 1}
    rows = stages(ADAPTER | machines | {"method": method}, params=70_000_000_000)
    assert rows["llm.flops.0"].result == pytest.approx(4 * 70e9 * 2e9)
    assert rows["llm.days.0"].result == pytest.approx(16.38, abs=0.01)
    assert rows["llm.training_gpus.0"].result == 17


@pytest.mark.parametrize("method", ["full", "dpo", None])
def test_other_methods_take_the_operations_of_what_they_train(method: str | None) -> None:
    rows = stages(ADAPTER | {"method": method}, params=70_000_000_000)
    assert rows["llm.flops.0"].result == pytest.approx(6 * 40e6 * 2e9)


def test_an_adapter_in_a_model_of_unknown_size_is_not_computed() -> None:
    rows = stages(ADAPTER)
    assert rows["llm.flops.0"].working is None
    assert rows["llm.flops.0"].missing == ("model.llm.serving.params",)


def test_an_adapter_sits_in_the_model_that_was_trained_before() -> None:
    whole = {"kind": "continued_pretraining", "params": 7_000_000_000, "tokens": 10_000_000_000}
    rows = stages(whole, ADAPTER, ADAPTER)
    assert rows["llm.flops.0"].result == pytest.approx(6 * 7e9 * 10e9)
    assert rows["llm.flops.1"].result == rows["llm.flops.2"].result == pytest.approx(4 * 7e9 * 2e9)


@pytest.mark.parametrize(("kind", "judged"), [("pretraining", True), ("sft", False), ("alignment", False)])
def test_tokens_a_parameter_are_counted_of_pretraining_only(kind: str, judged: bool) -> None:
    rows = stages({"kind": kind, "params": 1_000_000_000, "tokens": 3_000_000_000})
    assert ("llm.tokens_per_parameter.0" in rows) is judged


def path(*roles: str, streaming: bool | None = None) -> Design:
    blocks = [{"id": f"{role}{at}", "role": role, "p99_ms": 10} for at, role in enumerate(roles)]
    serving = {"ttft_ms": 30, "tokens_per_second": 100, "streaming": streaming}
    pipeline = {"components": blocks, "request_path": [block["id"] for block in blocks]}
    llm = {"serving": serving, "context": {"output": 10}}
    return Design.model_validate({"pipeline": pipeline, "model": {"llm": llm}})


PARSER = ("gateway", "llm", "retrieval", "ranking", "policy")


@pytest.mark.parametrize(
    ("roles", "middle"),
    [
        (PARSER, True), (("llm", "scoring"), True), (("gateway", "retrieval", "llm", "guard"), False),
        (("retrieval", "llm", "tool"), False), (("llm", "retrieval", "llm"), False), (("ranking",), False),
    ],
)  # fmt: skip
def test_a_model_before_a_search_answers_nobody(roles: tuple[str, ...], middle: bool) -> None:
    assert hands_on(path(*roles)) is middle


def test_what_nobody_reads_is_not_streamed_and_has_no_first_token() -> None:
    rows = {entry.id: entry for entry in every(path(*PARSER, streaming=True))}
    assert "llm.first_token_ms" not in rows
    assert rows["llm.answer_ms"].result == 40 + 30 + 100
    assert str(rows["llm.answer_ms"].name).startswith("time of the request path with the longest output")
    assert is_streamed(path(*PARSER, streaming=True)) is False


@pytest.mark.parametrize(("streaming", "first"), [(True, True), (None, True), (False, False)])
def test_an_answer_that_is_shown_whole_has_no_first_token(streaming: bool | None, first: bool) -> None:
    rows = {entry.id: entry for entry in every(path("retrieval", "llm", streaming=streaming))}
    assert ("llm.first_token_ms" in rows) is first


def test_the_time_of_all_other_steps_is_not_called_a_time_before() -> None:
    working = next(entry.working for entry in every(path(*PARSER)) if entry.id == "llm.answer_ms")
    assert working is not None
    others = next(entry for entry in working.inputs if entry.path == "pipeline.request_path")
    assert (str(others.name), others.value) == ("time of the other steps", 40)


def test_a_usual_number_is_not_said_to_be_given() -> None:
    block = {"id": "b", "role": "scoring", "capacity_rps": 5, "replicas": 2, "gpus": 2, "memory_gb": 24}
    block["holds"] = {"what": "weights", "rows": 7_000_000_000, "bytes": 2}
    rows = found(
        problem={"scale": {"volume_day": 80_000}},
        pipeline={"serving": {"mode": "batch"}, "components": [block]},
        model={"llm": {"serving": {"gpu_memory_gb": 24}}},
    )
    workings = [rows[name].working for name in ("load.batch.b", "memory.nodes.b")]
    origins = {str(entry.name): entry.origin for working in workings if working for entry in working.inputs}
    assert origins["hours between runs"] == "default"
    assert origins["memory of a node"] == "computed"
