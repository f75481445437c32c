"""One way to run a command and to see all it said."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from security_run import Ran

from mlsd.cli.app import run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, an English terminal without colours; a fault of ours is raised, not told."""
    for name in ("LC_ALL", "LANG", "MLSD_LANG", "FORCE_COLOR", "CLICOLOR_FORCE", "VISUAL", "EDITOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MLSD_DEBUG", "1")
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def mlsd(here: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """``mlsd("check", "x.yaml")`` in this process, with what it wrote; ``given`` is standard input."""

    def command(*arguments: str, given: bytes = b"") -> Ran:
        streams = [io.TextIOWrapper(io.BytesIO(content), "utf-8") for content in (given, b"", b"")]
        with monkeypatch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            code = run(arguments)
            for stream in streams[1:]:
                stream.flush()
        out, err = (stream.buffer.getvalue().decode("utf-8") for stream in streams[1:])  # type: ignore[attr-defined]
        return Ran(code, out, err)

    return command
