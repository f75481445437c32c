"""A person's own registries: read like designs, checked entry by entry, known beside ours while they are in use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlsd.content import registry
from mlsd.errors import MlsdError, UsageError
from mlsd.storage.registries import read_registries

METRICS = """\
# Ours
mlsd_registry: 1
metrics:
  - {id: basket_depth, names: ["Глубина корзины", basket depth], direction: up, kinds: [online], flags: [behavioural]}
  - id: ctr
    names:
      - widget ctr
    direction: down
    tasks: [ranking]
"""


@pytest.fixture(autouse=True)
def ours_again() -> Iterator[None]:
    yield
    registry.use({})


def known(folder: Path, **files: str) -> None:
    """Know what these files of a folder say."""
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    registry.use(read_registries([folder]))


def test_an_entry_is_known_by_all_its_names(tmp_path: Path) -> None:
    assert registry.metric("basket depth") is None
    known(tmp_path, metrics=METRICS)
    for name in ("basket_depth", "Basket-Depth", "глубина корзины"):
        found = registry.metric(name)
        assert found is not None
        assert (found.id, found.direction, found.behavioural) == ("basket_depth", "up", True)


def test_an_entry_takes_the_place_of_ours_with_the_same_id(tmp_path: Path) -> None:
    assert "ctr" not in registry.metrics_for("ranking")
    known(tmp_path, metrics=METRICS)
    for name in ("ctr", "click-through rate", "widget CTR"):
        found = registry.metric(name)
        assert found is not None
        assert (found.id, found.direction, found.ratio) == ("ctr", "down", False)
    assert {"ctr", "ndcg"} <= registry.metrics_for("ranking")


def test_all_four_files_and_their_sections(tmp_path: Path) -> None:
    known(
        tmp_path,
        losses="losses: [{id: house_loss, names: [our loss], tasks: [regression]}]\n",
        models="families: [{id: house, simple: true}]\nmodels: [{id: oracle, names: [delphi], family: house}]\n",
        tools="tools:\n- {id: conveyor, roles: [orchestration]}\n",
    )
    assert "house_loss" in registry.losses_for("regression")
    delphi, conveyor = registry.model("Delphi"), registry.tool("conveyor 2.1")
    assert delphi is not None
    assert delphi.simple
    assert conveyor is not None
    assert conveyor.roles == {"orchestration"}


def test_a_later_folder_wins(tmp_path: Path) -> None:
    for name, direction in (("a", "up"), ("b", "down")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "metrics.yaml").write_text(f"metrics: [{{id: depth, direction: {direction}}}]\n")
    registry.use(read_registries([tmp_path / "a", tmp_path / "b"]))
    found = registry.metric("depth")
    assert found is not None
    assert found.direction == "down"


def test_what_is_no_longer_in_use_is_unknown_again(tmp_path: Path) -> None:
    known(tmp_path, metrics=METRICS)
    registry.use({})
    ctr = registry.metric("ctr")
    assert ctr is not None
    assert (registry.metric("basket depth"), ctr.direction) == (None, "up")


@pytest.mark.parametrize(
    ("content", "place", "message", "hint"),
    [
        ("metrics: [{id: a, nmaes: [b]}]\n", "1:19", "“nmaes” is not known here.", "Did you mean “names”?"),
        ("metrics: [{id: a, tasks: [rankng]}]\n", "1:27", "“rankng” is not known here.", "Did you mean “ranking”?"),
        ("metrics: [{id: a, direction: upp}]\n", "1:30", "“upp” is not known here.", "Did you mean “up”?"),
        ("metrics: [{id: a, names: b}]\n", "1:26", "“names” is a list of words.", "Write it in brackets: [a, b]."),
        ("metrics: [{id: a, names: [1]}]\n", "1:26", "“names” is a list of words.", "Write it in brackets: [a, b]."),
        ("metrics: [{id: a, needs_label: often}]\n", "1:32", "“needs_label” is true or false.", "None"),
        ("metrics: [{id: a, direction: [up]}]\n", "1:30", "“direction” is a word.", "None"),
        ("metrics: [{names: [a]}]\n", "1:11", "An entry needs an id.",
         "Write entries such as: - {id: our_metric, names: [our metric]}"),
        ("metrics: {id: a}\n", "1:10", "A list of entries belongs here.",
         "Write entries such as: - {id: our_metric, names: [our metric]}"),
        ("metric: []\n", "1:1", "“metric” is not known here.", "Did you mean “metrics”?"),
        ("hunter2\n", "1:1", "A registry is a mapping of keys to lists of entries, and the file holds something else.",
         "Begin with a key: metrics:"),
        ("mlsd_registry: 2\n", "1:16", "This version of registries is not known.", "Write: mlsd_registry: 1"),
        ("metrics: [{id: &a x}, *a]\n", "1:16", "“&a” names a part to repeat it (an anchor), which a design may not.",
         "Write the value itself; text that begins so goes in quotes."),
        ("metrics:\n  - {id: a\n", "3:1", "The bracket opened on line 2 is not closed, or a comma is missing.",
         "Close what was opened, and put a comma between entries."),
    ],
)  # fmt: skip
def test_a_slip_is_one_sentence_with_its_place(
    tmp_path: Path, content: str, place: str, message: str, hint: str
) -> None:
    (tmp_path / "metrics.yaml").write_text(content)
    with pytest.raises(MlsdError) as refused:
        read_registries([tmp_path])
    error = refused.value
    assert (str(error.place), str(error.message), str(error.hint)) == (
        f"{tmp_path}/metrics.yaml:{place}",
        message,
        hint,
    )


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^There is no folder .*nowhere with registries\.$"):
        read_registries([tmp_path / "nowhere"])


def test_files_of_other_names_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("a: [\n")
    (tmp_path / "sources.yaml").write_text("a: [\n")
    assert read_registries([tmp_path]) == {}


def test_our_own_registries_could_be_somebodys() -> None:
    """Every line that ships with mlsd passes the same checks."""
    ours = read_registries([Path(__file__).parents[2] / "templates" / "registries"])
    assert {section: len(entries) > 10 for section, entries in ours.items()} == dict.fromkeys(registry.KINDS, True)
