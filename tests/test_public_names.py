"""The public names are exactly the exported ones, each with a docstring, and importing mlsd loads nothing."""

from __future__ import annotations

import subprocess
import sys

import mlsd


def test_every_exported_name_is_there_and_explained() -> None:
    for name in mlsd.__all__:
        thing = getattr(mlsd, name)
        assert name == "__version__" or thing.__doc__


def test_exported_names_are_the_lazy_ones() -> None:
    assert set(mlsd.__all__) == {*mlsd._HOMES, "__version__"}
    assert mlsd.__all__ == sorted(mlsd.__all__)


def test_import_loads_no_library() -> None:
    heavy = "{'pydantic', 'typer', 'rich', 'yaml', 'jinja2', 'typst', 'mlsd.errors'}"
    program = f"import sys, mlsd; print(sorted(set(sys.modules) & {heavy}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_version_is_said_without_loading_anything() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "mlsd", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"mlsd {mlsd.__version__}\n"
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {name for name in loaded if name.startswith("mlsd")} == {"mlsd", "mlsd.cli", "mlsd.cli.streams"}
    assert "typer" not in loaded
