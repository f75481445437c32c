# ruff: noqa: E501
"""From a path to a design, and every fault on the way in one reading."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from mlsd.errors import ExitCode, Unreadable, UsageError
from mlsd.storage.loader import load, read
from mlsd.storage.stamp import Stamp


def said(text: str) -> list[str]:
    """Every fault as one line: code, place, message, hint."""
    with pytest.raises(Unreadable) as caught:
        load(text, "f")
    return [f"{fault.code} {fault.place}: {fault.message} {fault.hint}" for fault in caught.value.faults]


def test_a_file_becomes_a_design_with_its_places(tmp_path: Path) -> None:
    path = tmp_path / "design.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: Related items\r\nproblem:\r\n  scale: {daily_users: 2M}\r\ncurrency: EUR\r\n")
    loaded = read(path)
    assert loaded.file == str(path)
    assert loaded.design.title == "Related items"
    assert loaded.design.problem.scale.daily_users == 2_000_000
    assert loaded.data["problem"] == {"scale": {"daily_users": "2M"}}
    assert str(loaded.places.of(("problem", "scale", "daily_users"))) == f"{path}:3:11"
    assert loaded.stamp == Stamp.taken(path)


def test_nothing_is_an_empty_design() -> None:
    assert load("", "f").design.is_empty
    assert load("title:\nproblem:\nmetrics:\n  online:\n", "f").design.is_empty


@pytest.mark.parametrize(
    ("written", "kept"),
    [("value: 99.9, unit: '%'", 0.999), ("value: '99,9', unit: percent", 0.999), ("value: 99.9%, unit: '%'", 0.999),
     ("value: 0.5, unit: '%'", 0.005), ("value: 0.5, unit: share", 0.5)],
)  # fmt: skip
def test_a_number_beside_the_unit_percent_is_kept_as_a_share(written: str, kept: float) -> None:
    design = load(f"problem: {{constraints: [{{id: a, {written}}}]}}", "f").design
    assert design.problem.constraints[0].value == pytest.approx(kept)
    assert design.problem.constraints[0].unit == "share"


def test_a_metric_and_a_bound_beside_the_unit_percent_are_shares_too() -> None:
    metrics = "metrics: {online: [{id: ctr, baseline: 5, target: '6', margin: 0.1, unit: '%'}]}\n"
    design = load(f"{metrics}deploy: {{rollout: [{{passes_if: [{{target: ctr, value: 4, unit: '%'}}]}}]}}", "f").design
    metric, bound = design.metrics.online[0], design.deploy.rollout[0].passes_if[0]
    numbers = metric.baseline, metric.target, metric.margin, bound.value
    assert numbers == pytest.approx((0.05, 0.06, 0.001, 0.04))
    assert (metric.unit, bound.unit) == ("share", "share")


def test_what_stands_in_for_a_missing_value_may_be_a_bare_number() -> None:
    design = load("model: {features: [{id: a, default: 0}, {id: b, default: the mean}]}", "f").design
    assert [feature.default for feature in design.model.features] == ["0", "the mean"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("title: Ряд".encode())))
    loaded = read("-")
    assert (loaded.file, loaded.design.title, loaded.stamp) == ("<stdin>", "Ряд", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metrcs: {}", "FMT-02 f:1:1: “metrcs” is not a key that may stand here. Did you mean “metrics”?"),
        ("pipeline: {Serving: {mode: online}}", "FMT-02 f:1:12: “Serving” is not a key that may stand here. Did you mean “serving”?"),
        ("pipeline: {rps_peak: 2}", "FMT-02 f:1:12: “rps_peak” is not a key that may stand here. “rps_peak” belongs under problem.scale."),
        ("pipeline: {serving: {x: 2}}", "FMT-02 f:1:22: “x” is not a key that may stand here. The keys that may stand here are mode, slots, batch_every_hours, batch_hours."),
        ("pipeline:\n  flows: {form: a}", "FMT-02 f:2:11: “form” is not a key that may stand here. Did you mean “from”?"),
        ("metrics:\n  online:\n    - {id: a, margin: 0,5 %}", 'FMT-02 f:3:25: “5 %” is not a key that may stand here. A comma between braces ends the value; a number with a comma needs quotes: margin: "0,5 %".'),
        ("pipeline: {serving: {mode: onlin}}", "FMT-03 f:1:28: “onlin” is none of the words that may stand here: batch, nearline, online, edge, hybrid. Did you mean “online”?"),
        ("model: {task: binary classification}", "FMT-03 f:1:15: “binary classification” is none of the words that may stand here: binary, multiclass, multilabel, regression, forecasting, ranking, retrieval, clustering, anomaly, detection, segmentation, speech_recognition, translation, summarisation, generation, agent, text_to_image, survival, uplift, bandit, pretraining, other. Did you mean “binary”?"),
        ("traits: {regulated: hard}", "FMT-03 f:1:21: “hard” is none of the words that may stand here: none, weak, strong. Write one of these words."),
        ("pipeline: {serving: {mode: true}}", "FMT-03 f:1:28: One of batch, nearline, online, edge, hybrid belongs here, but this reads as the truth value true. Write one of these words."),
        ("pipeline: [1]", "FMT-03 f:1:11: Keys with values belong here, but this reads as a list. Its keys are serving, components, request_path, funnel, flows."),
        ("glossary: [a]", "FMT-03 f:1:11: Keys with values belong here, but this reads as a list. Write “key: value” on lines of their own."),
        ("title: 1.10", "FMT-03 f:1:8: Text belongs here, but this reads as the number 1.1. Put it in quotes: it is text then."),
        ("title: true", "FMT-03 f:1:8: Text belongs here, but this reads as the truth value true. Put it in quotes: it is text then."),
        ("problem: {decision: {reversible: yes}}", "FMT-03 f:1:34: “yes” is neither true nor false. Write true or false."),
        ("pipeline: {components: {id: Ab}}", "FMT-03 f:1:29: “Ab” is not an id. Write “ab”, and keep the wording in “name”."),
        ("mlsd: 2\nmetrcs: 1", "FMT-04 f:1:7: The file is in version 2 of the format, and this program reads versions up to 1. Upgrade mlsd, then read it again."),
        ("- a", "FMT-03 f:1:1: A design is a mapping of keys to values, and the file holds a list. Begin with a key: title: What is designed"),
    ],
)  # fmt: skip
def test_a_fault_says_what_was_read_and_what_may_stand_there(text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_all_faults_of_a_file_come_in_its_order() -> None:
    text = dedent("""\
        titel: x
        pipeline:
          components:
            - {id: a, role: rankng}
            - {id: b, lane: 3, p99: 4}
        problem:
          scale: {items: lots}
        """)
    assert [line.split(":", 3)[:3] for line in said(text)] == [
        ["FMT-02 f", "1", "1"],
        ["FMT-03 f", "4", "21"],
        ["FMT-03 f", "5", "21"],
        ["FMT-02 f", "5", "24"],
        ["FMT-03 f", "7", "18"],
    ]


def test_a_hundred_thousand_unknown_keys_are_all_named() -> None:
    text = "".join(f"k{number}: v\n" for number in range(50_000))
    with pytest.raises(Unreadable) as caught:
        load(text, "f")
    assert len(caught.value.faults) == 50_000


def test_bytes_that_are_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "design.yaml"
    path.write_bytes("title: ряд\nproblem: ".encode() + "ряд".encode("cp1251"))
    with pytest.raises(Unreadable) as caught:
        read(path)
    (fault,) = caught.value.faults
    assert f"{fault.code} {fault.place}: {fault.message} {fault.hint}" == (
        f"FMT-01 {path}:2:10: The file is not UTF-8: the byte 0xF0 stands here. Save it as UTF-8; every editor can."
    )


def test_a_file_of_more_than_a_mebibyte(tmp_path: Path) -> None:
    path = tmp_path / "design.yaml"
    path.write_bytes(b"\xff" * ((1 << 20) + 1))
    with pytest.raises(Unreadable, match="larger than 1 MiB"):
        read(path)


def test_a_path_that_cannot_be_read_says_what_to_try(tmp_path: Path) -> None:
    (tmp_path / "design.yaml").write_text("title: x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "up" / "recsys").mkdir(parents=True)
    (tmp_path / "up" / "recsys" / "design.yaml").write_text("title: x")

    def refused(name: str) -> str:
        with pytest.raises(UsageError) as caught:
            read(os.path.join(tmp_path, name))
        assert caught.value.exit_code == ExitCode.USAGE
        return f"{caught.value.message} {caught.value.hint}"

    at = str(tmp_path)
    assert refused("desing.yaml") == f"There is no file {at}/desing.yaml. Did you mean {at}/design.yaml?"
    assert refused("none.yaml") == f"There is no file {at}/none.yaml. Name a design file, or start one with: mlsd new"
    assert refused("other") == f"There is no file {at}/other. Name a design file, or start one with: mlsd new"
    assert refused("gone/x") == f"There is no file {at}/gone/x. There is no folder {at}/gone either."
    assert refused("up/design.yaml") == (
        f"There is no file {at}/up/design.yaml. Did you mean {at}/up/recsys/design.yaml?"
    )
    assert refused("") == f"{at}/ is a folder. Name the file in it: {at}/design.yaml"
    assert (
        refused("folder")
        == f"{at}/folder is a folder. There is no design in it. Start one with: mlsd new -o {at}/folder"
    )
    assert refused("a\0b") == f"{f'{at}/a' + chr(0) + 'b'!r} is not the name of a file. Start a design with: mlsd new"
