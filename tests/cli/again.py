"""Runs ``mlsd`` again and again in children of one process, as long as they are killed: ``python again.py FOLDER``."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(folder: str) -> int:
    import mlsd.cli.new
    import mlsd.cli.prompts.terminal
    import mlsd.cli.sitting
    import mlsd.cli.wizard  # noqa: F401 - loaded before the fork
    from mlsd.cli.app import run

    while True:
        there = (Path(folder) / "design.yaml").exists()
        child = os.fork()
        if not child:
            named(Path(folder).parent / "child")
            os._exit(run(["resume", folder] if there else ["new", "recsys", "-o", folder]))
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        print(f"\r\nkilled by {os.WTERMSIG(status)}\r\n", flush=True)


def named(file: Path) -> None:
    """Writes the number of this process, whole before its first question stands."""
    file.with_suffix(".new").write_text(str(os.getpid()))
    file.with_suffix(".new").replace(file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
