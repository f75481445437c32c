# ruff: noqa: E501
"""The editor on design files: where new keys go, what short spellings become, what stays as it was."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from mlsd.errors import ValueRefused
from mlsd.storage.editor import remove, rename, set_value

FILE = dedent("""\
    # the header stays
    mlsd: 1
    title: Related items   # in one line

    problem:
      goal: {metric: revenue, baseline: 1.84}      # 2.3 % of sessions
      # how large it is
      scale:
        daily_users: 2M   # as the log says
        # more about load

    data:
      entities:
      - {id: user, attributes: [country, age]}
      # the things
      - id: item
        key: item_id   # never reused

    deploy:
      transport: kafka
      storage: {id: lake, tool: s3}
    ab_test:
      split: 70/30
      mde: 5% relative
    """)


def after(path: tuple[str | int, ...], value: Any, text: str = FILE) -> str:
    """The lines that differ once the value is set, the new ones with +, the lost ones with -."""
    return difference(text, set_value(text, path, value))


def without(path: tuple[str | int, ...], text: str = FILE) -> str:
    return difference(text, remove(text, path))


def difference(before: str, edited: str) -> str:
    old, new = before.splitlines(), edited.splitlines()
    head = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = zip(old[head:][::-1], new[head:][::-1], strict=False)
    tail = next((at for at, (a, b) in enumerate(rest) if a != b), min(len(old), len(new)) - head)
    lost, added = old[head : len(old) - tail], new[head : len(new) - tail]
    return "\n".join([*(f"-{line}" for line in lost), *(f"+{line}" for line in added)])


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("title",), "no", '-title: Related items   # in one line\n+title: "no"   # in one line'),
        (("title",), "a: b", '-title: Related items   # in one line\n+title: "a: b"   # in one line'),
        (("title",), "Two\nlines\n", "-title: Related items   # in one line\n+title: |   # in one line\n+  Two\n+  lines"),
        (("problem", "scale", "daily_users"), 3000000, "-    daily_users: 2M   # as the log says\n+    daily_users: 3000000   # as the log says"),
        (("problem", "scale", "daily_users"), "2M", ""),
        (("problem", "goal", "baseline"), 0.5, "-  goal: {metric: revenue, baseline: 1.84}      # 2.3 % of sessions\n+  goal: {metric: revenue, baseline: 0.5}      # 2.3 % of sessions"),
        (("problem", "goal", "target"), 2, "-  goal: {metric: revenue, baseline: 1.84}      # 2.3 % of sessions\n+  goal: {metric: revenue, baseline: 1.84, target: 2}      # 2.3 % of sessions"),
        (("problem", "goal", "statement"), "Sell, more", '-  goal: {metric: revenue, baseline: 1.84}      # 2.3 % of sessions\n+  goal: {statement: "Sell, more", metric: revenue, baseline: 1.84}      # 2.3 % of sessions'),
    ],
)  # fmt: skip
def test_a_word_is_replaced_where_it_stands(path: tuple[str | int, ...], value: Any, expected: str) -> None:
    assert after(path, value) == expected


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("template",), "recsys", "+template: recsys"),
        (("problem", "scale", "rps_peak"), 900, "+    rps_peak: 900"),
        (("problem", "decision", "actor"), "machine", "+  decision: {actor: machine}"),
        (("metrics", "online", 0, "id"), "ctr", "+metrics:\n+  online:\n+    - {id: ctr}\n+"),
        (("data", "entities", 1, "rows"), 5, "+    rows: 5"),
        (("data", "entities", 1, "attributes"), ["a", "b"], "+    attributes: [a, b]"),
        (("data", "entities", 2), {"id": "x", "key": "k"}, "+  - {id: x, key: k}"),
        (("ab_test", "guardrails"), ["latency"], "+  guardrails: [latency]"),
        (("model", "task"), "ranking", "+model:\n+  task: ranking\n+"),
        (("assumed", 0), "problem.scale", "+\n+assumed: [problem.scale]"),
    ],
)
def test_what_is_missing_goes_where_the_schema_has_it(path: tuple[str | int, ...], value: Any, expected: str) -> None:
    assert after(path, value) == expected


def test_a_new_key_stands_below_its_neighbour_and_above_the_next_one_s_comment() -> None:
    edited = set_value(FILE, ("problem", "goal", "by"), "2027-06-30")
    edited = set_value(edited, ("problem", "decision", "action"), "show")
    assert edited.splitlines()[4:9] == [
        "problem:",
        "  goal: {metric: revenue, baseline: 1.84, by: 2027-06-30}      # 2.3 % of sessions",
        "  decision: {action: show}",
        "  # how large it is",
        "  scale:",
    ]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("deploy", "transport", 0), "s3", "-  transport: kafka\n+  transport: s3"),
        (("deploy", "transport", 1), "s3", "-  transport: kafka\n+  transport: [kafka, s3]"),
        (("deploy", "storage", 0, "role"), "log", "-  storage: {id: lake, tool: s3}\n+  storage: {id: lake, tool: s3, role: log}"),
        (("deploy", "storage", 1), {"id": "cold"}, "-  storage: {id: lake, tool: s3}\n+  storage: [{id: lake, tool: s3}, {id: cold}]"),
        (("data", "entities", 0, "attributes", 1, "personal"), True, "-  - {id: user, attributes: [country, age]}\n+  - {id: user, attributes: [country, {name: age, personal: true}]}"),
        (("ab_test", "mde", "value"), 0.1, "-  mde: 5% relative\n+  mde: {value: 0.1, kind: relative}"),
        (("ab_test", "split", "control"), 0.5, "-  split: 70/30\n+  split: {control: 0.5, treatment: 0.3}"),
    ],
)  # fmt: skip
def test_short_spellings_grow_when_they_must(path: tuple[str | int, ...], value: Any, expected: str) -> None:
    assert after(path, value) == expected


def test_one_block_without_brackets_becomes_a_list_of_two() -> None:
    text = "deploy:\n  storage:\n    id: lake   # cheap\n    keeps:\n      - events\n  owner: me\n"
    assert set_value(text, ("deploy", "storage", 1), {"id": "hot"}) == (
        "deploy:\n  storage:\n    - id: lake   # cheap\n      keeps:\n        - events\n    - {id: hot}\n  owner: me\n"
    )


def test_a_list_given_whole_is_changed_entry_by_entry() -> None:
    text = "data:\n  entities:\n    # people\n    - {id: user, key: u}   # one\n    # things\n    - {id: item}   # two\n    - {id: x}\n"
    entities = [{"id": "user", "key": "uid"}, {"id": "item"}]
    assert set_value(text, ("data", "entities"), entities) == (
        "data:\n  entities:\n    # people\n    - {id: user, key: uid}   # one\n    # things\n    - {id: item}   # two\n"
    )
    assert set_value(text, ("data", "entities"), [{"id": "user", "key": "u"}, {"id": "x"}]) == (
        "data:\n  entities:\n    # people\n    - {id: user, key: u}   # one\n    # things\n    - {id: x}\n"
    )


def test_a_long_entry_goes_on_the_next_line() -> None:
    text = "data: {labels: {source: a_rather_long_name_of_a_source_of_labels, origin: natural, delay_days: 2, count: 54}}\n"
    assert set_value(text, ("data", "labels", "negatives"), "seen and not taken") == (
        "data: {labels: {source: a_rather_long_name_of_a_source_of_labels, origin: natural, delay_days: 2, count: 54,\n"
        "                negatives: seen and not taken}}\n"
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("title",), "-title: Related items   # in one line"),
        (("problem", "goal", "metric"), "-  goal: {metric: revenue, baseline: 1.84}      # 2.3 % of sessions\n+  goal: {baseline: 1.84}      # 2.3 % of sessions"),
        (("problem", "goal", "baseline"), "-  goal: {metric: revenue, baseline: 1.84}      # 2.3 % of sessions\n+  goal: {metric: revenue}      # 2.3 % of sessions"),
        (("problem", "goal"), "-  goal: {metric: revenue, baseline: 1.84}      # 2.3 % of sessions"),
        (("problem", "scale", "daily_users"), "-  scale:\n-    daily_users: 2M   # as the log says\n+  scale: {}   # as the log says"),
        (("data", "entities", 1, "id"), "-  - id: item\n-    key: item_id   # never reused\n+  - key: item_id   # never reused"),
        (("data", "entities", 0), "-  - {id: user, attributes: [country, age]}"),
        (("deploy", "transport", 0), "-  transport: kafka"),
    ],
)  # fmt: skip
def test_what_is_removed_takes_only_its_own_lines(path: tuple[str | int, ...], expected: str) -> None:
    assert without(path) == expected


def test_the_first_key_of_an_empty_file() -> None:
    assert set_value("", ("title",), "x") == "title: x\n"
    assert set_value("# only a comment", ("data", "entities", 0, "id"), "user") == (
        "# only a comment\ndata:\n  entities:\n    - {id: user}\n"
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a:\n  b: 1 # x\n\n    # deeper\n  c: 2\n", ["-  b: 1 # x", '+  b: "one\\ntwo" # x']),
        ("a:\n  b: 1\n  # beside\n  c: 2\n", ["-  b: 1", "+  b: |-", "+    one", "+    two"]),
    ],
)
def test_a_text_does_not_swallow_the_comment_below(text: str, lines: list[str]) -> None:
    assert difference(text, set_value(text, ("a", "b"), "one\ntwo")).splitlines() == lines


def test_windows_line_ends_stay() -> None:
    text = "title: x\r\nproblem:\r\n  why_ml: y\r\n"
    assert set_value(text, ("problem", "in_scope"), ["a\nb"]) == (
        "title: x\r\nproblem:\r\n  why_ml: y\r\n  in_scope:\r\n    - |-\r\n      a\r\n      b\r\n"
    )


def test_an_entry_between_braces_leaves_no_hole_where_its_line_was() -> None:
    text = "data:\n  entities:\n    - {id: user, key: user_id,\n       name: buyer,\n       rows: 5}\n"
    shorter = remove(text, ("data", "entities", 0, "name"))
    assert shorter == "data:\n  entities:\n    - {id: user, key: user_id,\n       rows: 5}\n"
    assert remove(shorter, ("data", "entities", 0, "rows")) == "data:\n  entities:\n    - {id: user, key: user_id}\n"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("data", "entities", 4), "There is no entry at position 4. Name an entry that is there, or the position after the last."),
        (("data", "entities", "id"), "There is no “id” here. Name the entry first, then its key."),
        (("metrics", "online", 2, "id"), "There is no entry at position 2. A list begins at position 0."),
        (("title", "x"), "“Related items” stands there, and it has no “x”. Replace it as a whole, or name another path."),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere(path: tuple[str | int, ...], expected: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        set_value(FILE, path, 1)
    assert f"{caught.value.message} {caught.value.hint}" == expected


def test_what_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(ValueRefused):
        remove(FILE, ("problem", "risks"))


def test_a_value_that_no_file_can_hold() -> None:
    for value in (float("nan"), "\ud800"):
        with pytest.raises(ValueRefused):
            set_value(FILE, ("title",), value)


def test_one_and_true_are_not_the_same() -> None:
    text = "data:\n  sources: [{id: a, personal: 1}]   # why\n"
    assert set_value(text, ("data", "sources"), [{"id": "a", "personal": True}]) == (
        "data:\n  sources: [{id: a, personal: true}]   # why\n"
    )


def test_a_file_without_a_last_line_end_gets_one_where_it_must() -> None:
    assert set_value("title: x", ("title",), "one\ntwo\n") == "title: |\n  one\n  two\n"
    assert set_value("title: x", ("title",), "z") == "title: z"


@pytest.mark.parametrize(
    ("path", "name", "lines"),
    [
        (("title",), "name", ["-title: Related items   # in one line", "+name: Related items   # in one line"]),
        (("problem", "goal", "baseline"), "target", [
            "-  goal: {metric: revenue, baseline: 1.84}      # 2.3 % of sessions",
            "+  goal: {metric: revenue, target: 1.84}      # 2.3 % of sessions",
        ]),
        (("data", "entities", 1, "key"), "keys", ["-    key: item_id   # never reused", "+    keys: item_id   # never reused"]),
        (("problem", "scale"), "size", ["-  scale:", "+  size:"]),
    ],
)  # fmt: skip
def test_a_key_is_called_otherwise(path: tuple[str | int, ...], name: str, lines: list[str]) -> None:
    assert difference(FILE, rename(FILE, path, name)).splitlines() == lines


def test_a_key_in_quotes_loses_them() -> None:
    assert rename('"titel": x  # y\n', ("titel",), "title") == "title: x  # y\n"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (("problem", "goals"), "There is no “goals” here."),
        (("title",), "There is a “problem” here already."),
    ],
)
def test_what_cannot_be_called_otherwise(path: tuple[str | int, ...], message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        rename(FILE, path, "problem")
    assert str(refused.value.message) == message
