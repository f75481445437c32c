"""What `mlsd check` says of two small bad designs, in every format: the golden files of its tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from mlsd import __version__

FOLDER = Path("tests/cli/formats")
SELECTED = "FMT,PRB-01,MET-01,MET-02,MOD-05,PIP-05,ABT-01,ABT-07"
"""Few rules, so that a new one leaves the reports as they are."""
NAMES = {
    "text": "report.txt",
    "concise": "concise.txt",
    "json": "report.json",
    "jsonl": "report.jsonl",
    "sarif": "report.sarif",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "markdown": "report.md",
}
RUSSIAN = {"text": "report.ru.txt", "markdown": "report.ru.md"}


def command(form: str, language: str = "en") -> list[str]:
    """The command line that a report is made with."""
    flags = ["--no-config", "--no-plugins", "--select", SELECTED]
    return ["--lang", language, "check", "designs/*.yaml", *flags, "--format", form]


def repository(root: Path, folder: Path) -> Path:
    """A repository of its own that holds the designs and nothing else."""
    copytree(root / FOLDER / "designs", folder / "designs")
    (folder / ".git").mkdir()
    return folder


def plain(report: str) -> str:
    """The report without the version of mlsd."""
    return report.replace(f'"semanticVersion": "{__version__}"', '"semanticVersion": "0.0.0"')


def files(root: Path) -> dict[str, str | bytes]:
    """Name → content of every report."""
    made: dict[str, str | bytes] = {}
    with TemporaryDirectory() as temporary:
        here = repository(root, Path(temporary))
        for language, names in {"en": NAMES, "ru": RUSSIAN}.items():
            for form, name in names.items():
                called = [sys.executable, "-m", "mlsd", *command(form, language)]
                environ = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100", "PYTHONPATH": str(root / "src")}
                done = subprocess.run(called, capture_output=True, cwd=here, env=environ, check=False)
                if done.stderr:
                    raise RuntimeError(done.stderr.decode())
                made[(FOLDER / name).as_posix()] = plain(done.stdout.decode())
    return made
