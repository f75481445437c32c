"""Names as people write them, and what is known of what they mean."""

from __future__ import annotations

import pytest

from mlsd.content.registry import family, loss, losses_for, metric, metrics_for, model, source, tool


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NDCG@10", "ndcg"),
        ("ndcg_at_10", "ndcg"),
        ("recall_at_500", "recall"),
        ("Recall@FPR=0.01", "recall_at_fpr"),
        ("precision@k", "precision"),
        ("PR-AUC", "pr_auc"),
        ("Log loss", "logloss"),
        ("F1", "f1"),
        ("p99_latency", "latency"),
        ("D30 retention", "retention"),
        ("retention_30d", "retention"),
        ("удержание 30 дней", "retention"),
        ("orders", "orders"),
        ("purchases_7d", "orders"),
        ("clicks_per_user", "clicks_per_user"),
        ("Полнота", "recall"),
        ("конверсия", "cvr"),
        ("удовлетворенность", "csat"),
    ],
)
def test_a_metric_by_any_of_its_names(written: str, name: str) -> None:
    known = metric(written)
    assert known is not None
    assert known.id == name


@pytest.mark.parametrize("ask", [metric, loss, model, family, tool, source])
@pytest.mark.parametrize("written", ["", None, "xyzzy", "…", "@", "10"])
def test_an_unknown_name_is_none(ask, written) -> None:  # type: ignore[no-untyped-def]
    assert ask(written) is None


def test_what_is_known_of_a_metric() -> None:
    ctr, mape, ece, p99 = metric("CTR"), metric("MAPE"), metric("ECE"), metric("p99")
    assert ctr
    assert (ctr.direction, ctr.behavioural, ctr.ratio, ctr.needs_label, "offline" in ctr.kinds) == (
        "up",
        True,
        True,
        False,
        False,
    )
    assert mape
    assert (mape.direction, mape.mape_like, mape.needs_label) == ("down", True, True)
    assert ece
    assert ece.calibration
    assert p99
    assert p99.system


def test_metrics_and_losses_of_a_task() -> None:
    assert {"ndcg", "map", "mrr", "precision", "recall", "hit_rate", "err", "gauc", "roc_auc"} <= metrics_for("ranking")
    assert "ndcg" not in metrics_for("regression")
    assert metrics_for("no such task") == frozenset()
    assert {"bpr", "warp", "lambdarank", "listnet"} <= losses_for("ranking")
    assert not {"bpr", "ctc"} & losses_for("forecasting")
    assert losses_for("other") == frozenset()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("BPR loss", "bpr"),
        ("weighted focal", "focal"),
        ("LambdaMART", "lambdarank"),
        ("in-batch softmax", "sampled_softmax"),
    ],
)
def test_a_loss_by_any_of_its_names(written: str, name: str) -> None:
    known = loss(written)
    assert known is not None
    assert known.id == name


def test_a_family_by_its_name_or_by_a_model_of_it() -> None:
    by_model, by_name = family("XGBoost"), family("trees")
    assert by_model == by_name
    assert by_name is not None
    assert by_name.simple
    deep = model("two-tower")
    assert deep is not None
    assert (deep.family, deep.simple) == ("deep", False)
    popular = model("хиты продаж")
    assert popular is not None
    assert popular.simple


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        ("MLflow", {"registry", "scoring"}),
        ("Kafka 3.7", {"transport", "log"}),
        ("Apache Airflow", {"orchestration"}),
        ("Amazon S3", {"object_store"}),
        (
            "Redis cluster",
            {"cache", "online_store", "feature_store", "vector_index", "retrieval", "transport", "database"},
        ),
    ],
)
def test_the_roles_a_tool_can_play(written: str, roles: set[str]) -> None:
    known = tool(written)
    assert known is not None
    assert known.roles == roles


@pytest.mark.parametrize(("written", "name"), [("EY 5.4", "EY"), ("G29", "G"), ("TS-O2", "TS"), ("yi_2019", "yi_2019")])
def test_a_source_by_its_citation(written: str, name: str) -> None:
    known = source(written)
    assert known is not None
    assert known.id == name
    assert known.title
