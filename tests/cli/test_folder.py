from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlsd.cli.folder import acceptable, design_file, prepare
from mlsd.errors import CannotWrite, ExitCode, MlsdError, UsageError


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_template_names_the_folder_unless_one_is_given() -> None:
    assert design_file("recsys", None) == Path("recsys/design.yaml")
    assert design_file("recsys", "docs/shelf") == Path("docs/shelf/design.yaml")
    assert design_file("recsys", "../beside") == Path("../beside/design.yaml")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "con",
        "a/NUL.txt",
        "lpt1",
        "dots.",
        "spaces /x",
        "a\x00b",
        "a\nb",
        "user\u202egnp",
        "zero\u200bwidth",
        "\ud800",
    ],
)
def test_names_that_no_folder_should_have(name: str) -> None:
    with pytest.raises(UsageError):
        acceptable(name)


@pytest.mark.parametrize("name", [".", "..", "a/b", "shelf-2", "полка", "推荐", "console", "a b"])
def test_names_that_are_fine(name: str) -> None:
    assert acceptable(name) == name


def refused(template: str, given: str | None) -> MlsdError:
    with pytest.raises(MlsdError) as caught:
        design_file(template, given)
    return caught.value


def test_a_file_in_the_way(here: Path) -> None:
    (here / "taken").write_text("")
    error = refused("recsys", "taken/deeper")
    assert str(error) == "“taken” is a file, and the design needs a folder there."
    assert error.exit_code == ExitCode.CANNOT_WRITE


def test_a_name_that_is_too_long() -> None:
    assert refused("recsys", "n" * 300).exit_code == ExitCode.CANNOT_WRITE


def test_the_default_folder_does_not_follow_a_link_out_of_here(
    here: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (here / "recsys").symlink_to(outside)
    assert str(refused("recsys", None)) == "“recsys” is a link that leads out of this folder."
    assert design_file("recsys", str(outside)) == outside / "design.yaml"


def test_a_design_that_is_a_link_is_not_written_through(here: Path) -> None:
    (here / "recsys").mkdir()
    (here / "recsys" / "design.yaml").symlink_to(here / "elsewhere.yaml")
    assert str(refused("recsys", None)) == (
        "“recsys/design.yaml” is a symbolic link, and mlsd does not write through links."
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write(here: Path) -> None:
    (here / "locked").mkdir(mode=0o555)
    with pytest.raises(CannotWrite):
        prepare(here / "locked" / "new" / "design.yaml")


def test_a_folder_is_made_with_all_above_it(here: Path) -> None:
    prepare(here / "a" / "b" / "design.yaml")
    assert (here / "a" / "b").is_dir()
