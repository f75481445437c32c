"""The peers of the row ``--help``: each in an environment of its own, which is made when it is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PEERS = ("copier", "cookiecutter", "commitizen", "deon")
PROGRAMS = {"commitizen": "cz"}


def cache() -> Path:
    """Where the environments are kept, outside of the repository."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mlsd-benchmarks"


def program(name: str) -> Path | None:
    """The installed program of a peer; None, with a sentence on stderr, where it can be neither found nor installed."""
    home = cache() / name
    found = home / "bin" / PROGRAMS.get(name, name)
    if found.exists():
        return found
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
    made = subprocess.run([home / "bin" / "pip", "install", "-q", "--compile", name], capture_output=True, text=True)
    if made.returncode or not found.exists():
        print(f"{name} could not be installed (offline?), so it is left out.", file=sys.stderr)
        return None
    return found


def version(name: str) -> str:
    """The version of an installed peer."""
    asked = [cache() / name / "bin" / "python", "-c", f"import importlib.metadata as m; print(m.version({name!r}))"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
