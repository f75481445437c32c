"""The journal remembers where the interview stopped, and a damaged one is only a fresh start."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlsd.errors import CannotWrite
from mlsd.storage.journal import Journal, load


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    journal = Journal(
        tmp_path,
        question="goal",
        template="recsys",
        seconds=61.5,
        order=["goal", "scale"],
        answered=["goal"],
        skipped=["scale"],
        revisit=["scale"],
    )
    journal.save()
    assert load(tmp_path) == journal
    assert sorted(os.listdir(tmp_path / ".mlsd")) == [".gitignore", "journal.json"]


def test_without_a_journal_it_starts_fresh(tmp_path: Path) -> None:
    assert load(tmp_path) == Journal(tmp_path)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"question": 3, "order": [1], "seconds": -1, "folder": "/etc"}',
        b'{"seconds": NaN}',
        b'{"seconds": true, "order": "goal"}',
    ],
)
def test_a_damaged_journal_starts_fresh(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / ".mlsd").mkdir()
    (tmp_path / ".mlsd" / "journal.json").write_bytes(damaged)
    journal = load(tmp_path)
    assert journal == Journal(tmp_path)
    journal.save()
    assert load(tmp_path) == journal


def test_what_can_be_understood_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".mlsd").mkdir()
    (tmp_path / ".mlsd" / "journal.json").write_text('{"question": "scale", "order": 7, "newer": 1}')
    assert load(tmp_path) == Journal(tmp_path, question="scale")


def test_a_linked_folder_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".mlsd").symlink_to(elsewhere)
    for call in (lambda: load(tmp_path), Journal(tmp_path).save):
        with pytest.raises(CannotWrite) as caught:
            call()
        assert f"{caught.value.message} {caught.value.hint}" == (
            f"{tmp_path}/.mlsd is a symbolic link, and mlsd keeps its notes in a folder of its own. "
            "Delete the link; mlsd makes the folder again."
        )
    assert os.listdir(elsewhere) == []


def test_a_linked_file_is_not_read_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / ".mlsd").mkdir()
    secret = tmp_path / "secret.json"
    secret.write_text('{"question": "secret"}')
    (tmp_path / ".mlsd" / "journal.json").symlink_to(secret)
    assert load(tmp_path).question is None
    with pytest.raises(CannotWrite):
        Journal(tmp_path).save()
    assert secret.read_text() == '{"question": "secret"}'


def test_where_no_folder_can_be_made_it_says_so(tmp_path: Path) -> None:
    (tmp_path / ".mlsd").write_text("a file")
    with pytest.raises(CannotWrite) as caught:
        Journal(tmp_path).save()
    assert str(caught.value.message) == f"{tmp_path}/.mlsd cannot be written. A file of this name is in the way."
