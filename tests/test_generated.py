"""What is made from the code is fresh: one command makes it again."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
REFRESH = ROOT / "tools" / "refresh.py"


@pytest.fixture
def refresh(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, with one maker in place of its own."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    for name in ("MLSD_LANG", "COLUMNS", "SOURCE_DATE_EPOCH"):
        monkeypatch.setenv(name, "")  # the tool sets them for itself
    spec = spec_from_file_location("refresh", REFRESH)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "MAKERS", [lambda: {"docs/a.md": "§ one\n", "made/b.bin": b"\x00\r\n"}])
    return module


def run(*flags: str) -> str:
    found = subprocess.run([sys.executable, REFRESH, *flags], capture_output=True, text=True, check=False)
    assert found.stderr == ""
    return found.stdout


MAKERS = ("schema", "reference", "readme", "defects", "translations", "prints", "reports")


@pytest.mark.parametrize("maker", MAKERS)
def test_everything_made_is_fresh(maker):
    assert run("--check", "--only", maker) == "", f"refresh it with: python tools/refresh.py --only {maker}"


def test_every_maker_is_looked_at():
    assert "{" + ",".join(MAKERS) + "}" in run("--help")


def test_what_is_stale_is_named_and_what_is_missing_is_written(refresh, tmp_path, capsys):
    assert refresh.main(["--check", "--in", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "stale: docs/a.md\nstale: made/b.bin\n"
    assert list(tmp_path.iterdir()) == []

    assert refresh.main(["--in", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "written: docs/a.md\nwritten: made/b.bin\n"
    assert (tmp_path / "docs/a.md").read_bytes() == "§ one\n".encode()
    assert (tmp_path / "made/b.bin").read_bytes() == b"\x00\r\n"


def test_a_changed_file_is_stale_until_it_is_written_again(refresh, tmp_path, capsys):
    refresh.main(["--in", str(tmp_path)])
    (tmp_path / "docs/a.md").write_text("two\n")
    capsys.readouterr()

    assert refresh.main(["--check", "--in", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "stale: docs/a.md\n"
    assert refresh.main(["--in", str(tmp_path)]) == 0
    assert refresh.main(["--check", "--in", str(tmp_path)]) == 0


def test_every_page_of_the_reference_is_made():
    made = {"docs/reference/defects.md", *run("--list", "--only", "reference").split()}
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "reference").iterdir()} == made
