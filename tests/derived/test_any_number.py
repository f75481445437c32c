"""Whatever number stands in a design, what follows from it is a number, nothing yet, or a refusal; never an error."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import pytest

from mlsd.derived.every import every
from mlsd.derived.provenance import explain
from mlsd.derived.what_if import replaced
from mlsd.design import Design
from mlsd.lint.stress import numbers
from mlsd.storage import read

EXAMPLE = read(Path(__file__).parents[2] / "examples" / "recsys" / "design.yaml").design
LANGUAGE_MODEL = Design.model_validate(
    {
        "problem": {"scale": {"volume_day": 1000}, "error_costs": {"over": 1, "under": 3}},
        "metrics": {"offline": [{"id": "recall", "target": 0.9}, {"id": "fpr", "target": 0.01}]},
        "data": {
            "labels": {
                "positive_rate": 0.1,
                "test_count": 900,
                "mean": 2,
                "annotation": {"to_label": 900, "per_item": 3, "unit_cost": 1, "per_day": 40},
            }
        },
        "model": {
            "llm": {
                "models": [{"id": "main", "price_in": 1, "price_out": 4, "cached_share": 0.2, "calls_per_request": 2}],
                "context": {"window": 8000, "system": 500, "chunks": 4, "chunk_tokens": 300, "output": 400},
                "serving": {
                    "params": 8_000_000_000, "weight_bytes": 2, "layers": 32, "kv_heads": 8, "head_dim": 128,
                    "concurrency": 10, "gpu_memory_gb": 24, "ttft_ms": 300, "tokens_per_second": 40,
                },
                "stages": [
                    {"params": 10**9, "tokens": 10**10, "gpus": 8, "peak_tflops": 900, "days": 9, "utilisation": 0.4},
                ],
            },
            "agent": {"step_success": 0.9, "typical_steps": 5, "limits": {"cost": 1}},
        },
    }
)  # fmt: skip


@pytest.mark.parametrize("value", [0.0, 1e-300, 1e300])
@pytest.mark.parametrize("design", [EXAMPLE, LANGUAGE_MODEL], ids=["example", "language model"])
def test_every_number_of_a_design_may_be_anything(design: Design, value: float) -> None:
    for path, _, whole in numbers(design, everything=True):
        for derived in every(replaced(design, path, int(value) if whole else value)):
            if derived.working is None:
                assert derived.missing or derived.refused, (path, derived.id)
            else:
                result = derived.working.result
                assert derived.working.note if result is None else isfinite(result), (path, derived.id)


@pytest.mark.parametrize("design", [EXAMPLE, LANGUAGE_MODEL], ids=["example", "language model"])
def test_every_number_can_be_explained(design: Design) -> None:
    for derived in every(design):
        found = explain(design, derived.id)
        assert found.value == derived.result
        assert len(found.sources) == (len(derived.working.inputs) if derived.working else 0)
