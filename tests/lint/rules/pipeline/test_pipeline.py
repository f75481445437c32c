"""Load, machines, serving and tools: what the pages cannot show."""

from __future__ import annotations

import pytest

SCALE = "problem: {scale: {%s}}\n"


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("volume_day: 86400, rps_peak: 1", []),
        ("volume_day: 86400, rps_peak: 0.9", ["error problem.scale.rps_peak"]),
        ("volume_day: 86400, rps_peak: 50", []),
        ("volume_day: 86400, rps_peak: 51", ["warning problem.scale.rps_peak"]),
        ("volume_day: 30, daily_users: 10, requests_per_user_day: 1", []),
        ("volume_day: 31, daily_users: 10, requests_per_user_day: 1", ["error problem.scale.volume_day"]),
        ("volume_day: 40, daily_users: 10, requests_per_user_day: 1, rps_peak: 1", ["error problem.scale.volume_day"]),
        ("rps_peak: 900", []),
        ("daily_users: 10, rps_peak: 900", []),
    ],
)
def test_load(said, scale, expected):
    assert said("PIP-07", SCALE % scale) == expected


def test_answers_made_ahead_may_be_looked_up(said):
    waiting = """
      problem: {decision: {deadline_ms: 300}}
      pipeline: {serving: {mode: batch}, components: [{id: a, role: %s}], request_path: [a]}
    """
    assert said("PIP-03", waiting % "online_store") == []
    assert said("PIP-03", waiting % "ranking") == ["error pipeline.serving.mode"]


@pytest.mark.parametrize(
    ("limit", "role", "found"),
    [
        ("value: 200, unit: ms, percentile: 99", "ranking", True),
        ("value: 200, unit: ms, percentile: 99", "online_store", False),
        ("value: 2, unit: h", "ranking", False),
        ("value: 200, unit: ms, applies_to: a", "ranking", False),
    ],
)
def test_a_batch_promises_no_answer_at_once(said, limit, role, found):
    batch = f"""
      problem: {{constraints: [{{id: fast, kind: latency, op: "<=", {limit}}}]}}
      pipeline: {{serving: {{mode: batch}}, components: [{{id: a, role: {role}}}], request_path: [a]}}
    """
    assert said("PIP-03", batch) == (["error pipeline.serving.mode"] if found else [])


def test_a_report_may_be_late_but_not_stale(said):
    batch = """
      problem: {decision: {deadline_ms: 2 d}, constraints: [{kind: freshness, op: "<=", value: 5, unit: h}]}
      pipeline: {serving: {mode: batch, batch_every_hours: %s, batch_hours: 1}}
    """
    assert said("PIP-03", batch % 4) == []
    assert said("PIP-03", batch % 5) == ["error pipeline.serving.batch_every_hours"]


def test_the_first_step_takes_all_items_and_the_next_what_the_last_gives(said):
    funnel = """
      problem: {scale: {items: 400}}
      pipeline: {funnel: [{component: a, gives: %s}, {component: b, gives: %s}, {component: c, takes: 900, gives: 800}]}
    """
    assert said("PIP-06", funnel % (400, 400)) == []
    assert said("PIP-06", funnel % (500, 100)) == ["error pipeline.funnel[0].gives"]
    assert said("PIP-06", funnel % (100, 200)) == ["error pipeline.funnel[1].gives"]


def test_many_things_are_narrowed_before_they_are_scored(said):
    scored = """
      problem: {scale: {items: %s}}
      model: {task: ranking}
      pipeline: {components: [{id: a, role: %s}, {id: b, role: ranking}], request_path: [a, b]}
    """
    assert said("PIP-06", scored % ("100k", "gateway")) == []
    assert said("PIP-06", scored % ("1M", "gateway")) == ["error pipeline.request_path"]
    assert said("PIP-06", scored % ("1M", "text_index")) == []


def test_a_block_in_parallel_shares_the_step_budget(said):
    step = """
      pipeline:
        components: [{id: ranker, p99_ms: 50}]
        funnel: [{component: ranker, takes: 500, gives: 10, ms_per_item: 0.4, parallel: %s}]
    """
    assert said("PIP-06", step % 4) == []
    assert said("PIP-06", step % 2) == ["error pipeline.funnel[0].ms_per_item"]


def test_capacity_is_used_to_seventy_per_cent(said):
    block = "pipeline: {components: [{id: a, %s}], request_path: [a]}\n"
    assert said("PIP-08", SCALE % "rps_peak: 70" + block % "capacity_rps: 10, replicas: 10") == []
    assert said("PIP-08", SCALE % "rps_peak: 71" + block % "capacity_rps: 10, replicas: 10") == [
        "error pipeline.components[a].replicas"
    ]
    assert said("PIP-08", SCALE % "rps_peak: 36" + block % "capacity_rps: 10, replicas: 10, fan_out: 2") == [
        "error pipeline.components[a].replicas"
    ]


def test_what_runs_at_once_is_bounded(said):
    block = "pipeline: {components: [{id: a, %s}], request_path: [a]}\n"
    block %= "capacity_rps: 999, replicas: 9, p99_ms: 100, concurrency: %s"
    assert said("PIP-08", SCALE % "rps_peak: 900" + block % 90) == []
    assert said("PIP-08", SCALE % "rps_peak: 900" + block % 89) == ["error pipeline.components[a].concurrency"]


def test_nothing_to_compute_capacity_from_is_a_remark(said):
    assert said("PIP-08", SCALE % "rps_peak: 9" + "pipeline: {components: [{id: a}], request_path: [a]}\n") == [
        "info pipeline.components"
    ]


def test_memory_is_spread_over_shards(said):
    held = "pipeline: {components: [{id: a, memory_gb: 1, shards: %s, holds: [%s]}]}\n"
    both = "{what: table, rows: 100M, dim: 4}, {what: weights, rows: 200M, bytes: 2}"
    assert said("PIP-09", held % (3, both)) == []
    assert said("PIP-09", held % (2, both)) == ["warning pipeline.components[a].memory_gb"]
    assert said("PIP-09", held % (1, both)) == ["error pipeline.components[a].memory_gb"]
    assert said("PIP-09", held % (1, "{what: vectors, dim: 8}")) == []


def test_somebody_elses_block_of_unknown_uptime_is_a_warning(said):
    api = """
      problem: {constraints: [{kind: availability, op: ">=", value: 0.999}]}
      pipeline: {components: [{id: api, external: true, %s}], request_path: [api]}
    """
    assert said("PIP-10", api % "p99_ms: 10") == ["warning pipeline.components[api].availability"]
    assert said("PIP-10", api % "critical: false") == []
    assert said("PIP-10", api % "availability: 0.999") == []


@pytest.mark.parametrize("mode", ["batch", "nearline"])
def test_a_job_has_no_percentile(said, mode):
    job = f"problem: {{constraints: [{{kind: latency, value: 200}}]}}\npipeline: {{serving: {{mode: {mode}}}}}\n"
    assert said("PIP-04", job) == []


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("deploy: {tracking: mlflow}", []),
        ("deploy: {monitoring: [{tool: mlflow}]}", ["warning deploy.monitoring[0].tool"]),
        ("deploy: {monitoring: [{tool: mlflow}, {tool: grafana}]}", []),
        ("deploy: {transport: airflow}", ["warning deploy.transport[0]"]),
        ("deploy: {transport: [airflow, kafka]}", []),
        ("deploy: {transport: our_own_queue}", []),
        ("deploy: {transport: kafkaa}", ["info deploy.transport[0]"]),
        ("pipeline: {components: [{id: a, role: vector_index, tool: faisss}]}", ["info pipeline.components[a].tool"]),
        ("deploy: {storage: [{id: a, tool: s3, role: online_store}]}", ["warning deploy.storage[a].tool"]),
        ("deploy: {storage: [{id: a, tool: s3}]}", []),
        ("deploy: {retraining: {tool: grafana}}", ["warning deploy.retraining.tool"]),
        ("pipeline: {components: [{id: a, role: policy, tool: grafana}]}", []),
        ("pipeline: {components: [{id: a, role: ranking, tool: xgboost}]}", []),
    ],
)
def test_tools_and_roles(said, yaml, expected):
    assert said("PIP-15", f"{yaml}\n") == expected


@pytest.mark.parametrize(
    ("models", "expected"),
    [
        ("", []),
        ("model: {llm: {models: {id: planner, hosting: api}}}", []),
        ("model: {llm: {models: {id: planner, hosting: own}}}", []),
        ("model: {llm: {models: {id: planner, hosting: own}, stages: {kind: sft}}}", ["error pipeline.flows"]),
    ],
)
def test_an_index_is_enough_where_nobody_has_said_yet_that_the_model_is_ones_own(said, models, expected):
    indexed = """
      template: ai-agent
      data: {sources: [{id: articles}]}
      pipeline:
        components: [{id: planner, role: llm}, {id: index_jobs, role: batch_compute}]
        request_path: [planner]
        flows: [{from: articles, to: index_jobs}]
      %s
    """
    assert said("PIP-01", indexed % models) == expected


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("timeout_ms: 200", False),
        ("timeout_ms: 201", True),
        ("timeout_ms: 100, retries: 1", False),
        ("timeout_ms: 100, retries: 2", True),
        ("retries: 9", False),
    ],
)
def test_every_retry_waits_the_whole_timeout(said, block, found):
    promise = 'problem: {constraints: [{id: l, kind: latency, op: "<=", value: 0.2, unit: s}]}\n'
    blocks = f"pipeline: {{components: [{{id: a, {block}}}, {{id: b, timeout_ms: 9 s}}], request_path: [a]}}\n"
    assert said("PIP-11", promise + blocks) == (["error pipeline.components[a].timeout_ms"] if found else [])
    assert said("PIP-11", blocks) == []


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("concurrency: 10, p50_ms: 1000", "error concurrency"),  # 10 a second of 864k ÷ 86,400 · 2 calls
        ("concurrency: 20, p50_ms: 1000", ""),
        ("concurrency: 10, p99_ms: 1000", "warning concurrency"),
        ("concurrency: 10, p50_ms: 500, p99_ms: 5000", ""),
        ("concurrency: 10, p50_ms: 1000, capacity_rps: 3, replicas: 5", "error concurrency"),
        ("concurrency: 19, p50_ms: 1000, capacity_rps: 3, replicas: 5", "error replicas"),
        ("capacity_rps: 3, replicas: 7", ""),
        ("concurrency: 10", ""),
    ],
)
def test_what_never_catches_up_is_said_without_a_peak(said, block, found):
    """Nobody waits for a stream, so that it has no peak; its places at once bound it as well as its replicas."""
    severity, _, field = found.partition(" ")
    stream = f"""
      problem: {{scale: {{volume_day: 864k}}}}
      pipeline:
        serving: {{mode: nearline}}
        components: [{{id: scorer, lane: nearline, fan_out: 2, {block}}}]
        request_path: [scorer]
    """
    assert said("PIP-08", stream) == ([f"{severity} pipeline.components[scorer].{field}"] if found else [])


@pytest.mark.parametrize(("calls", "found"), [(9, False), (10, True)])
def test_many_calls_at_once_meet_a_slow_one(said, calls, found):
    block = f"pipeline: {{components: [{{id: a, fan_out: {calls}}}], request_path: [%s]}}\n"
    reason = "decisions: [{about: 'pipeline.components[a].fan_out', choice: hedged, because: slow calls go out twice}]"
    assert said("PIP-12", block % "a") == (["info pipeline.components[a].fan_out"] if found else [])
    assert said("PIP-12", block % "b") == said("PIP-12", block % "a" + reason) == []


@pytest.mark.parametrize(
    ("mode", "lane", "found"),
    [("online", "online", True), ("hybrid", "online", True), ("nearline", "nearline", False),
     ("batch", "online", False), ("hybrid", "nearline", False), ("online", "offline", False)],
)  # fmt: skip
def test_nobody_waits_for_the_slowest_of_many_calls_of_a_stream(said, mode, lane, found):
    blocks = f"serving: {{mode: {mode}}}, components: [{{id: a, lane: {lane}, fan_out: 100}}], request_path: [a]"
    assert said("PIP-12", f"pipeline: {{{blocks}}}\n") == ["info pipeline.components[a].fan_out"] * found


@pytest.mark.parametrize(
    ("flows", "store", "found"),
    [
        ("{from: log, to: t}, {from: a, to: lake}", "", True),
        ("{from: log, to: t}, {from: a, to: log}", "", False),
        ("{from: log, to: t}, {from: decision, to: log}", "", False),
        ("{from: log, to: t}", "log", False),
        ("{from: log, to: t}", "lake", True),
        ("{from: log, to: lake}", "lake", False),
    ],
)
def test_what_was_served_is_learned_from(said, flows, store, found):
    loop = f"""
      data: {{sources: [{{id: log}}]}}
      deploy: {{logging: {{store: {store}}}}}
      pipeline:
        components: [{{id: a, role: ranking}}, {{id: t, role: training}}]
        request_path: [a]
        flows: [{flows}]
    """
    assert said("PIP-13", loop) == (["warning pipeline.flows"] if found else [])


def test_where_nothing_is_trained_nothing_comes_back(said):
    rented = """
      data: {sources: [{id: docs}]}
      model: {llm: {models: [{id: writer, hosting: api}]}}
      pipeline:
        components: [{id: a, role: llm}, {id: i, role: text_index}]
        request_path: [a]
        flows: [{from: docs, to: i}]
    """
    assert said("PIP-13", rented) == []


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("model: {output_used_as: cutoff}", True),
        ("model: {operating_point: {kind: threshold}}", True),
        ("model: {operating_point: {kind: quantile}}", False),
        ("model: {output_used_as: order}", False),
        ("model: {output_used_as: cutoff}\nproblem: {decision: {actor: human}}", False),
        ("model: {output_used_as: cutoff}\nproblem: {decision: {actor: machine}}", True),
    ],
)
def test_a_cut_has_a_block_of_its_own(said, rest, found):
    blocks = "pipeline: {components: [{id: a, role: scoring}%s]}\n"
    assert said("PIP-16", f"{blocks % ''}{rest}\n") == (["info pipeline.components"] if found else [])
    assert said("PIP-16", f"{blocks % ', {id: b, role: human}'}{rest}\n") == []
    assert said("PIP-16", f"{blocks % ', {id: b}'}{rest}\n") == []


@pytest.mark.parametrize(
    ("serving", "expected"),
    [
        ("", ["warning pipeline.request_path"]),
        ("ttft_ms: 900, streaming: true", []),
        ("streaming: true", ["warning pipeline.request_path"]),
        ("ttft_ms: 900, tokens_per_second: 50, streaming: false", []),
        ("ttft_ms: 900, tokens_per_second: 50", []),
        ("ttft_ms: 900, tokens_per_second: 500", ["warning pipeline.request_path"]),
    ],
)
def test_one_slow_answer_is_said_once(said, serving, expected):
    """LLM-10 holds a streamed answer against its first token, and says how late a whole one is."""
    assert said("PIP-05", f"""
      problem: {{constraints: [{{kind: latency, value: 3, unit: s}}]}}
      pipeline:
        components: [{{id: search, role: retrieval, p99_ms: 300}}, {{id: writer, role: llm, p99_ms: 9000}}]
        request_path: [search, writer]
      model: {{llm: {{context: {{output: 400}}, serving: {{{serving}}}}}}}
    """) == expected  # fmt: skip


@pytest.mark.parametrize(
    ("percentile", "ranker", "found"),
    [
        (", percentile: 99", "p99_ms: 201", "error pipeline.components[ranker].p99_ms"),
        (", percentile: 99.9", "p99_ms: 201", "error pipeline.components[ranker].p99_ms"),
        (", percentile: 99", "p99_ms: 200", "warning pipeline.request_path"),
        (", percentile: 95", "p99_ms: 201", "warning pipeline.request_path"),
        ("", "p99_ms: 201", "warning pipeline.request_path"),  # of the average, for all we know
        (", percentile: 99", "p99_ms: 201, timeout_ms: 100, fallback: gateway", "warning pipeline.request_path"),
        (", percentile: 99", "p50_ms: 20, p99_ms: 201", "error pipeline.components[ranker].p99_ms"),
    ],
)
def test_a_block_that_alone_is_over_the_promise_breaks_it(said, percentile, ranker, found):
    path = f"""
      problem: {{constraints: [{{kind: latency, value: 200, unit: ms{percentile}}}]}}
      pipeline:
        components: [{{id: gateway, p50_ms: 5, p99_ms: 10}}, {{id: ranker, {ranker}}}]
        request_path: [gateway, ranker]
    """
    assert said("PIP-05", path) == [found]


def test_what_a_path_does_not_say_of_its_blocks_is_a_remark(said):
    path = """
      problem: {constraints: [{kind: latency, value: 200, unit: ms}]}
      pipeline: {components: [{id: a, p99_ms: 50}, {id: b%s}], request_path: [a, b]}
    """
    assert said("PIP-05", path % "") == ["info pipeline.request_path"]
    assert said("PIP-05", path % ", p99_ms: 150") == []
    assert said("PIP-05", path.replace(", p99_ms: 50", "") % "") == []


def test_what_never_leaves_a_device_and_what_is_trained_once_come_back_to_no_training(said):
    blocks = """
      data: {sources: {id: corpus}}
      pipeline:
        serving: {mode: %s}
        components: [{id: recogniser, role: scoring}, {id: trainer, role: training}]
        request_path: [recogniser]
        flows: [{from: corpus, to: trainer}, {from: trainer, to: recogniser}]
    """
    blocks += "  %s"
    private = "deploy: {privacy: {minimisation: only counters leave the phone}}"
    assert said("PIP-13", blocks % ("edge", "")) == ["warning pipeline.flows"]
    assert said("PIP-13", blocks % ("edge", private)) == []
    assert said("PIP-13", blocks % ("online", private)) == ["warning pipeline.flows"]
    assert said("PIP-13", blocks % ("batch", "model: {task: pretraining}")) == []


HANDED_OVER = """
  data: {sources: [{id: log}]}
  pipeline:
    serving: {mode: %s}
    components: [{id: trainer, role: training}, {id: ranker, role: ranking}, {id: end, role: %s}]
    flows: [{from: log, to: trainer}, {from: log, to: ranker}, {from: ranker, to: end}]
"""


@pytest.mark.parametrize(
    ("mode", "role", "found"),
    [
        ("batch", "warehouse", False),
        ("nearline", "online_store", False),
        ("hybrid", "cache", False),
        ("online", "warehouse", True),
        ("batch", "human", False),
        ("online", "human", False),
        ("batch", "monitoring", True),
        ("batch", "vector_index", False),
        ("hybrid", "vector_index", True),
    ],
)
def test_what_is_predicted_ahead_ends_in_a_store_or_with_a_person(said, mode, role, found):
    assert said("PIP-01", HANDED_OVER % (mode, role)) == (["error pipeline.request_path"] if found else [])


def test_a_store_of_predictions_hands_on_nothing_itself(said):
    decided = HANDED_OVER.replace("to: end}]", "to: end}, {from: ranker, to: decision}, {from: trainer, to: ranker}]")
    assert said("PIP-02", decided % ("batch", "warehouse")) == []
    assert said("PIP-02", decided % ("batch", "policy")) == ["error pipeline.components[end]"]


@pytest.mark.parametrize(
    ("gives", "path", "found"),
    [
        (9, "[ranker, page]", "error"),
        (10, "[ranker]", ""),
        (50, "[ranker]", "info"),
        (50, "[ranker, page]", ""),
        (50, "[]", ""),
    ],
)
def test_what_the_last_step_gives_is_shown_or_left_out_by_a_block_behind_it(said, gives, path, found):
    shown = f"""
      pipeline:
        serving: {{slots: 10}}
        request_path: {path}
        funnel: [{{component: retrieval, gives: 500}}, {{component: ranker, gives: {gives}}}]
    """
    assert said("PIP-06", shown) == ([f"{found} pipeline.funnel[1].gives"] if found else [])


CIRCLE = """
  data: {sources: [{id: log}]}
  pipeline:
    components:
      - {id: a, role: ranking}
      - {id: b, role: tool}
      - {id: c, role: tool}
      - {id: kept, role: database}
      - {id: trainer, role: training}
    request_path: [a, kept]
    flows: [{from: log, to: trainer}, {from: trainer, to: a}, %s]
"""


@pytest.mark.parametrize(
    ("flows", "found"),
    [
        ("{from: b, to: c, mode: sync}, {from: c, to: b, mode: sync}", ("flows[2].mode", "flows[3]")),
        (
            "{from: a, to: b, mode: sync}, {from: b, to: c, mode: sync}, {from: c, to: a, mode: sync}",
            ("flows[2].mode", "flows[3]"),
        ),
        ("{from: b, to: b, mode: sync}", ("flows[2].mode", "")),
        ("{from: b, to: c, mode: sync}, {from: c, to: b, mode: async}", None),
        ("{from: b, to: c, mode: sync}, {from: c, to: b}", None),
        ("{from: a, to: kept, mode: sync}, {from: kept, to: a, mode: sync}", None),
        ("{from: b, to: c, mode: sync}, {from: a, to: c, mode: sync}", None),
    ],
)
def test_blocks_that_wait_for_one_another_are_a_cycle_wherever_they_stand(named, flows, found):
    """A flow of which nothing is said may be the answer; what was written to a store is read from it."""
    assert named("PIP-02", CIRCLE % flows) == (
        [tuple(f"pipeline.{place}" if place else "" for place in found)] if found else []
    )


@pytest.mark.parametrize(
    ("scale", "mode", "found"),
    [
        ("scale: {rps_peak: 10}", "online", False),
        ("scale: {rps_peak: 200}", "online", True),
        ("scale: {rps_peak: 200}", "edge", False),
        ("scale: {rps_peak: 200}", "batch", False),
        ('constraints: [{kind: throughput, op: ">=", value: 200, unit: rps}]', "online", True),
        ('constraints: [{kind: throughput, op: ">=", value: 200, unit: items/h}]', "online", False),
        ('scale: {rps_peak: 10}, constraints: [{kind: throughput, op: ">=", value: 200, unit: rps}]', "online", True),
    ],
)
def test_what_is_promised_is_carried_too_but_every_device_carries_itself(said, scale, mode, found):
    written = f"problem: {{{scale}}}\npipeline: {{serving: {{mode: {mode}}}, "
    written += "components: [{id: a, capacity_rps: 50, replicas: 2}], request_path: [a]}"
    assert said("PIP-08", written) == (["error pipeline.components[a].replicas"] if found else [])


@pytest.mark.parametrize(
    ("mode", "takes", "found"),
    [("batch", 30, True), ("batch", 24, False), ("online", None, False)],
)
def test_a_batch_ends_before_the_next_begins(said, mode, takes, found):
    hours = f"batch_every_hours: 24, batch_hours: {takes}" if takes else "batch_every_hours: 24"
    written = f"pipeline: {{serving: {{mode: {mode}, {hours}}}}}"
    assert said("PIP-03", written) == (["error pipeline.serving.batch_hours"] if found else [])


@pytest.mark.parametrize(("mode", "found"), [("online", True), ("batch", False), ("nearline", False)])
def test_what_is_computed_ahead_is_not_what_is_looked_up(said, mode, found):
    written = f"problem: {{scale: {{volume_day: 30M, rps_peak: 5}}}}\npipeline: {{serving: {{mode: {mode}}}}}"
    assert said("PIP-07", written) == (["error problem.scale.rps_peak"] if found else [])


def test_a_fallback_nobody_knows_the_availability_of_is_asked_for(said):
    promise = 'problem: {constraints: [{kind: availability, op: ">=", value: 99.9%}]}\n'
    path = "pipeline: {request_path: [ranker], components: [{id: ranker, availability: 99%, fallback: popular}, "
    assert said("PIP-10", promise + path + "{id: popular}]}") == ["warning pipeline.components[popular].availability"]
    assert said("PIP-10", promise + path + "{id: popular, availability: 50%}]}") == ["error pipeline.request_path"]
    assert said("PIP-10", promise + path + "{id: popular, availability: 95%}]}") == []


@pytest.mark.parametrize(
    ("streaming", "role", "found"), [("true", "llm", 0), ("false", "llm", 1), ("true", "guard", 1)]
)
def test_a_streamed_answer_may_be_written_for_longer_than_its_first_token_takes(said, streaming, role, found):
    promise = 'problem: {constraints: [{kind: latency, op: "<=", value: 2, unit: s, percentile: 95}]}\n'
    blocks = f"components: [{{id: writer, role: {role}, timeout_ms: 20000}}], request_path: [writer]"
    written = promise + f"pipeline: {{{blocks}}}\nmodel: {{llm: {{serving: {{streaming: {streaming}}}}}}}"
    assert len(said("PIP-11", written)) == found


BESIDE = """
  problem: {scale: {items: 3M}}
  pipeline:
    components: [{id: ann, role: retrieval}, {id: carts, role: retrieval}, {id: ranker, role: ranking}]
    request_path: [%s, ranker]
    funnel: [{component: ann, gives: 400}, {component: carts, gives: %s}, {component: ranker%s, gives: 50}]
"""


@pytest.mark.parametrize(
    ("path", "second", "takes", "found"),
    [
        ("[ann, carts]", 500, "", []),
        ("[ann, carts]", 200, ", takes: 600", []),
        ("[ann, carts]", 200, ", takes: 480", []),  # what both found counts once
        ("[ann, carts]", 200, ", takes: 700", ["error pipeline.funnel[2].takes"]),
        ("ann, carts", 500, "", ["error pipeline.funnel[1].gives"]),
    ],
)
def test_steps_beside_one_another_choose_from_the_same_things(said, path, second, takes, found):
    written = BESIDE % (path, second, takes)
    assert said("PIP-06", written) == found
    assert said("XST-01", written) == []


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("gate, ann, ranker, rules", []),
        ("gate, [ann, ranker], rules", []),
        ("ann, rules", []),
        ("gate, ranker, [ann, store], rules", ["error pipeline.funnel[1].component"]),
        ("rules, ann, ranker", ["error pipeline.funnel[2].component"]),
        ("rules, ann", ["error pipeline.funnel[2].component"]),
        ("", []),
    ],
)
def test_a_request_passes_the_steps_in_their_order(said, path, found):
    written = f"""
      pipeline:
        request_path: [{path}]
        funnel: [{{component: ann, gives: 500}}, {{component: ranker, gives: 50}}, {{component: rules, gives: 10}}]
    """
    assert said("PIP-06", written) == found


PROMISED = """
  problem: {constraints: [{kind: %s, applies_to: %s}]}
  pipeline:
    components:
      - {id: a, p50_ms: 20, p99_ms: 60, availability: 99.9%%, capacity_rps: 100, replicas: 2, fallback: spare}
      - {id: b, p99_ms: 40, availability: 99%%}
      - {id: spare, availability: 90%%}
      - {id: writer, role: llm, p99_ms: 9000}
    request_path: [[a, b], writer]
"""


@pytest.mark.parametrize(
    ("limit", "blocks", "found"),
    [
        ('latency, op: "<=", value: 50, unit: ms, percentile: 99', "a", "error"),
        ('latency, op: "<=", value: 50, unit: ms, percentile: 95', "a", "warning"),
        ('latency, op: "<=", value: 50, unit: ms, percentile: 50', "a", None),
        ('latency, op: "<=", value: 15, unit: ms, percentile: 95', "a", "error"),
        ('latency, op: "<=", value: 0.05, unit: s', "a", "error"),
        ('latency, op: "<=", value: 70, unit: ms, percentile: 99', "[a, b]", None),
        ('latency, op: "<=", value: 50, unit: ms, percentile: 99', "[a, b]", "warning"),
        ('latency, op: "<=", value: 50, unit: ms, percentile: 99', "writer", None),
        ('latency, op: "<=", value: 1, unit: ms, percentile: 99', "spare", None),
        ('availability, op: ">=", value: 99.5%', "b", "error"),
        ('availability, op: ">=", value: 99.99%', "a", None),
        ('availability, op: ">=", value: 95%', "spare", "error"),
        ('downtime, op: "<=", value: 10, unit: h/year', "b", "error"),
        ('downtime, op: "<=", value: 100, unit: h/year', "b", None),
        ('throughput, op: ">=", value: 150, unit: rps', "a", "error"),
        ('throughput, op: ">=", value: 150, unit: requests/min', "a", None),
    ],
)
def test_a_limit_is_held_against_the_blocks_it_names(said, limit, blocks, found):
    asked = [f"{found} problem.constraints[0].value"] if found else []
    assert said("PIP-17", PROMISED % (limit, blocks)) == asked


@pytest.mark.parametrize(
    ("value", "unit", "found"), [(1, "h/year", True), (90, "h/year", False), (1, "days/year", True)]
)
def test_a_downtime_promises_an_availability(said, value, unit, found):
    down = f'problem: {{constraints: [{{kind: downtime, op: "<=", value: {value}, unit: {unit}}}]}}\n'
    path = "pipeline: {request_path: [a], components: [{id: a, availability: 99%}]}"
    assert said("PIP-10", down + path) == (["error pipeline.request_path"] if found else [])


def test_a_path_that_is_late_only_when_added_up_is_a_remark(said):
    promise = 'problem: {constraints: [{kind: latency, op: "<=", value: %s, unit: ms, percentile: 99}]}\n'
    times = ((4, 20), (15, 50), (5, 15), (50, 110), (5, 30))
    blocks = ", ".join(f"{{id: b{at}, p50_ms: {low}, p99_ms: {high}}}" for at, (low, high) in enumerate(times))
    path = f"pipeline: {{components: [{blocks}], request_path: [b0, b1, b2, b3, b4]}}"
    assert said("PIP-05", promise % 225 + path) == []
    assert said("PIP-05", promise % 200 + path) == ["info pipeline.request_path"]
    assert said("PIP-05", promise % 140 + path) == ["warning pipeline.request_path"]
    assert said("PIP-05", promise % 70 + path) == ["error pipeline.request_path"]


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("shards: 8, replicas: 16", "error pipeline.components[ann].replicas"),
        ("shards: 8, replicas: 120", None),
        ("shards: 8, replicas: 16, fan_out: 1", None),
        ("replicas: 16", None),
    ],
)
def test_the_nearest_vectors_are_looked_for_in_every_shard(said, block, found):
    written = f"""
      problem: {{scale: {{rps_peak: 20000, items: 200M}}}}
      pipeline:
        components: [{{id: ann, role: retrieval, capacity_rps: 2000, {block}, holds: {{what: vectors, dim: 128}}}}]
        request_path: [ann]
    """
    assert said("PIP-08", written) == ([found] if found else [])


def test_every_shard_runs_somewhere(said):
    block = "pipeline: {components: [{id: ann, shards: 8, replicas: %s}]}"
    assert said("PIP-09", block % 4) == ["error pipeline.components[ann].replicas"]
    assert said("PIP-09", block % 8) == []


def test_the_gpus_of_a_node_hold_its_weights_together(said):
    block = "pipeline: {components: [{id: w, role: llm, gpus: %s, memory_gb: 80, holds: {what: weights, %s}}]}\n"
    held, serving = "rows: 70B, bytes: 2", "model: {llm: {serving: {gpu_memory_gb: 80}}}"
    assert said("PIP-09", block % (1, held) + serving) == ["error pipeline.components[w].memory_gb"]
    assert said("PIP-09", block % (2, held) + serving) == ["warning pipeline.components[w].memory_gb"]
    assert said("PIP-09", block % (4, held) + serving) == []


@pytest.mark.parametrize(
    ("vector", "found"),
    [("bytes: 4", False), ("bytes: 4, code_bytes: 64", False), ("code_bytes: 128", True), ("bytes: 0.5", False)],
)
def test_a_compressed_vector_is_as_long_as_its_code(said, vector, found):
    """1B codes of 64 bytes with their ids are 72 GB; of whole floats no size is guessed."""
    holds = f"{{what: vectors, rows: 1B, dim: 128, index: ivf_pq, {vector}}}"
    written = f"pipeline: {{components: [{{id: a, memory_gb: 128, holds: {holds}}}]}}"
    assert said("PIP-09", written) == (["error pipeline.components[a].memory_gb"] if found else [])


@pytest.mark.parametrize(
    ("serving", "replicas", "found"),
    [
        ("batch_every_hours: 24, batch_hours: 6", 2, True),
        ("batch_every_hours: 24, batch_hours: 6", 14, False),
        ("batch_every_hours: 24", 3, True),
        ("batch_every_hours: 24", 4, False),
        ("batch_every_hours: 6", 4, False),  # a quarter of the rows in a quarter of the time
        ("slots: 1", 1, False),
    ],
)
def test_a_batch_gets_through_its_rows(said, serving, replicas, found):
    written = f"""
      problem: {{scale: {{volume_day: 30M}}}}
      pipeline:
        serving: {{mode: batch, {serving}}}
        components: [{{id: scorer, role: scoring, capacity_rps: 100, replicas: {replicas}}}]
    """
    assert said("PIP-08", written) == (["warning pipeline.components[scorer].replicas"] if found else [])


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("capacity_rps: 1, replicas: 6", None),  # 3,333 pages are 0.93 hours
        ("capacity_rps: 1, replicas: 6, fan_out: 20", "replicas"),
        ("capacity_rps: 1, replicas: 19, fan_out: 20", None),
        ("concurrency: 5, p99_ms: 20_000", "concurrency"),  # 0.25 a second are 3.7 hours
        ("concurrency: 19, p99_ms: 20_000", None),
        ("concurrency: 5, p50_ms: 5_000, p99_ms: 20_000", None),
        ("concurrency: 5, p50_ms: 6_000, p99_ms: 20_000", "concurrency"),
    ],
)
def test_a_batch_makes_all_calls_of_its_rows_in_the_places_it_has(said, block, found):
    written = f"""
      problem: {{scale: {{volume_day: 40_000}}}}
      pipeline:
        serving: {{mode: batch, batch_every_hours: 2, batch_hours: 1}}
        components: [{{id: ocr, role: scoring, {block}}}]
        request_path: [ocr]
    """
    assert said("PIP-08", written) == ([f"warning pipeline.components[ocr].{found}"] if found else [])


@pytest.mark.parametrize(
    ("replicas", "mode", "found"), [(9, "nearline", True), (10, "nearline", False), (9, "edge", False)]
)
def test_a_queue_that_only_grows_needs_no_peak_to_be_seen(said, replicas, mode, found):
    """40,000 a day are 0.463 a second, ten replicas do 0.5."""
    written = f"""
      problem: {{scale: {{volume_day: 40_000}}}}
      pipeline:
        serving: {{mode: {mode}}}
        components: [{{id: ocr, role: scoring, capacity_rps: 0.05, replicas: {replicas}}}]
        request_path: [ocr]
    """
    assert said("PIP-08", written) == (["error pipeline.components[ocr].replicas"] if found else [])


@pytest.mark.parametrize(("replicas", "found"), [(39, True), (40, False), (47, False), (7, False)])
def test_every_shard_has_copies_enough(said, replicas, found):
    """2,000 a second need five copies of each of eight shards; 39 leave one with four. Fewer than shards: PIP-09."""
    written = f"""
      problem: {{scale: {{rps_peak: 2000, items: 6M}}}}
      pipeline:
        components:
          - {{id: ann, capacity_rps: 600, shards: 8, replicas: {replicas}, holds: {{what: vectors, dim: 8}}}}
        request_path: [ann]
    """
    assert said("PIP-08", written) == (["error pipeline.components[ann].replicas"] if found else [])


def test_what_answers_instead_carries_the_load_of_what_failed(said):
    written = """
      problem: {scale: {rps_peak: 1000}}
      pipeline:
        components:
          - {id: ranker, capacity_rps: 100, replicas: 20, fallback: popular}
          - {id: popular, capacity_rps: 100%s}
        request_path: [ranker]
    """
    assert said("PIP-08", written % ", replicas: 14") == ["warning pipeline.components[popular].replicas"]
    assert said("PIP-08", written % ", replicas: 15") == []
    assert said("PIP-08", written % "") == []
    asked_often = written.replace("id: ranker", "id: ranker, fan_out: 2").replace("replicas: 20", "replicas: 40")
    assert said("PIP-08", asked_often % ", replicas: 15") == []  # one call of the fallback answers the request


@pytest.mark.parametrize(
    "block", ["replicas: 2", "replicas: 1, fallback: b", "replicas: 1, critical: false", "replicas: 1, external: true"]
)
def test_one_replica_is_enough_where_something_else_answers(said, block):
    promise = 'problem: {constraints: [{kind: availability, op: ">=", value: 99.9%}]}\n'
    assert said("PIP-19", promise + f"pipeline: {{components: [{{id: a, {block}}}], request_path: [a]}}") == []


@pytest.mark.parametrize(
    ("mode", "role", "fills", "lag", "found"),
    [
        ("batch", "cache", "batch", 0, False),
        ("batch", "cache", "batch", 5, True),
        ("hybrid", "cache", "batch", 0, False),
        ("hybrid", "cache", "batch", 5, True),
        ("nearline", "cache", "batch", 5, True),
        ("hybrid", "cache", "stream", 5, False),  # something keeps the store fresh between two runs
        ("hybrid", "ranking", "batch", 5, False),  # a model answers
        ("hybrid", "cache", "batch", 61, False),  # so late a source is its own fault
    ],
)
def test_age_of_the_data_interval_and_run_add_up(said, mode, role, fills, lag, found):
    aged = f"""
      problem: {{constraints: [{{kind: freshness, op: "<=", value: 60, unit: min}}]}}
      data: {{sources: [{{id: radar, lag_minutes: {lag}}}, {{id: wind, lag_minutes: 360}}]}}
      pipeline:
        serving: {{mode: {mode}, batch_every_hours: 0.75, batch_hours: 0.25}}
        components: [{{id: tiles, role: {role}}}, {{id: model, role: scoring}}]
        request_path: [tiles]
        flows: [{{from: model, to: tiles, mode: {fills}}}]
      model: {{features: [{{id: a, source: radar}}, {{id: b, source: wind}}]}}
    """
    assert said("PIP-03", aged) == (["error pipeline.serving.batch_every_hours"] if found else [])


@pytest.mark.parametrize(("takes", "severity"), [(4, "warning"), (23, "warning"), (24, "error")])
def test_what_ends_with_the_run_may_be_used_once(said, takes, severity):
    ordered = f"""
      problem: {{constraints: [{{kind: freshness, op: "<=", value: 24, unit: h}}]}}
      data: {{sources: [{{id: sales, lag_minutes: 60}}]}}
      pipeline:
        serving: {{mode: batch, batch_every_hours: 24, batch_hours: {takes}}}
        components: [{{id: forecast, role: scoring}}, {{id: orders, role: policy}}]
        request_path: [forecast, orders]
      model: {{features: [{{id: a, source: sales}}]}}
    """
    assert said("PIP-03", ordered) == [f"{severity} pipeline.serving.batch_every_hours"]


@pytest.mark.parametrize(
    ("growth", "replicas", "fan_out", "found"),
    [
        ("60%", 24, 1, []),  # 24 · 60 = 1,440 = 900 · 1.6
        ("61%", 24, 1, ["info pipeline.components[ranker].replicas"]),
        ("61%", 25, 1, []),
        ("61%", 48, 2, ["info pipeline.components[ranker].replicas"]),
        ("300%", 12, 1, ["error pipeline.components[ranker].replicas"]),  # today's peak is one finding
        ("", 24, 1, []),
    ],
)
def test_the_peak_of_next_year_is_held_against_every_replica_full(said, growth, replicas, fan_out, found):
    grown = f"""
      problem: {{scale: {{rps_peak: 900, growth_per_year: {growth}}}}}
      pipeline:
        components: {{id: ranker, capacity_rps: 60, replicas: {replicas}, fan_out: {fan_out}}}
        request_path: ranker
    """
    assert said("PIP-08", grown) == found
